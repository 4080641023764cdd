"""The services by which go-plugin's hosts look after a plugin."""

import io
import queue
import sys
from collections.abc import Iterator

import grpc

import protos
from ending import End

# The pieces of go-plugin's own server (grpc_stdio.go).
PIECE = 1024
# The writer waits where the host does not read.
PIECES_AHEAD = 64
LOOK_AROUND_SECONDS = 0.1


def register(server: grpc.Server, output: "Output", end: End) -> None:
    protos.health_services.add_HealthServicer_to_server(Health(), server)
    protos.controller_services.add_GRPCControllerServicer_to_server(Controller(end), server)
    protos.stdio_services.add_GRPCStdioServicer_to_server(Stdio(output), server)
    protos.broker_services.add_GRPCBrokerServicer_to_server(Broker(), server)


class Health(protos.health_services.HealthServicer):
    def Check(self, request, context):
        if request.service not in ("", "plugin"):
            context.abort(grpc.StatusCode.NOT_FOUND, f"No such service: {request.service}")
        return protos.health.HealthCheckResponse(status=protos.health.HealthCheckResponse.SERVING)


class Controller(protos.controller_services.GRPCControllerServicer):
    def __init__(self, end: End) -> None:
        self.end = end

    def Shutdown(self, request, context):
        self.end.ask()
        return protos.controller.Empty()


class Broker(protos.broker_services.GRPCBrokerServicer):
    """Keeps the stream that every host opens, and brokers nothing."""

    def StartStream(self, request_iterator, context):
        for _ in request_iterator:
            pass
        return iter(())


class Output:
    """What the program prints after the handshake line, on its way to the host."""

    def __init__(self) -> None:
        self.pieces: queue.Queue = queue.Queue(PIECES_AHEAD)

    def capture(self) -> None:
        sys.stdout = self.stream(protos.stdio.StdioData.STDOUT)
        sys.stderr = self.stream(protos.stdio.StdioData.STDERR)

    def stream(self, channel: int) -> io.TextIOWrapper:
        return io.TextIOWrapper(Channel(self.pieces, channel), encoding="utf-8", newline="", write_through=True)


class Channel(io.RawIOBase):
    def __init__(self, pieces: queue.Queue, channel: int) -> None:
        self.pieces = pieces
        self.channel = channel

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        text = bytes(data)
        for start in range(0, len(text), PIECE):
            self.pieces.put(protos.stdio.StdioData(channel=self.channel, data=text[start : start + PIECE]))
        return len(text)


class Stdio(protos.stdio_services.GRPCStdioServicer):
    def __init__(self, output: Output) -> None:
        self.pieces = output.pieces

    def StreamStdio(self, request, context) -> Iterator:
        while context.is_active():
            try:
                yield self.pieces.get(timeout=LOOK_AROUND_SECONDS)
            except queue.Empty:
                # Is there still a host?
                continue
