"""The services of the matrix: those of go-plugin's examples, and quiver.conformance.Peer."""

import datetime
import hashlib
import json
import os
import sys
import threading
import traceback

import grpc

import protos

STATUS_CODES = {code.value[0]: code for code in grpc.StatusCode}
# The process's own, also when sys.stderr goes to the host.
PROCESS_STDERR = sys.stderr
NO_BROKER = "This plugin has no broker"


def register(server: grpc.Server, version: int) -> None:
    protos.kv_services.add_KVServicer_to_server(KV(), server)
    protos.streamer_services.add_StreamerServiceServicer_to_server(Streamer(), server)
    protos.greeter_services.add_GreeterServicer_to_server(Greeter(), server)
    protos.peer_services.add_PeerServicer_to_server(Peer(version), server)


class KV(protos.kv_services.KVServicer):
    def __init__(self) -> None:
        self.values: dict[str, bytes] = {}

    def Get(self, request, context):
        if request.key not in self.values:
            context.abort(grpc.StatusCode.NOT_FOUND, f"No such key: {request.key}")
        return protos.kv.GetResponse(value=self.values[request.key])

    def Put(self, request, context):
        self.values[request.key] = request.value
        return protos.kv.Empty()


class Streamer(protos.streamer_services.StreamerServiceServicer):
    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.path = ""
        self.piece_length = 1

    def Configure(self, request, context):
        if request.chunk_size < 1:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, f"No size of pieces: {request.chunk_size}")
        self.path, self.piece_length = request.path, request.chunk_size
        return protos.streamer.Configure.Response()

    def Read(self, request, context):
        content = self.files.get(self.path, b"")
        for start in range(0, len(content), self.piece_length):
            yield protos.streamer.Read.ResponseChunk(read_bytes=content[start : start + self.piece_length])

    def Write(self, request_iterator, context):
        self.files[self.path] = b"".join(request.bytes_to_write for request in request_iterator)
        return protos.streamer.Write.Response()


class Greeter(protos.greeter_services.GreeterServicer):
    def SayHello(self, request, context):
        return protos.greeter.HelloReply(message=f"Hello {request.name}")


class Peer(protos.peer_services.PeerServicer):
    """proto/conformance/peer.proto says what each call does."""

    def __init__(self, version: int) -> None:
        self.version = version
        self.held: set[threading.Event] = set()

    def Describe(self, request, context):
        return protos.peer.Description(
            protocol_version=self.version, process_id=os.getpid(), held_calls=len(self.held)
        )

    def Count(self, request, context):
        for number in range(1, request.to + 1):
            yield protos.peer.Counted(number=number)
        if request.code != 0:
            context.abort(STATUS_CODES[request.code], request.message)

    def Echo(self, request_iterator, context):
        yield from request_iterator

    def Hold(self, request, context):
        ended = threading.Event()
        self.held.add(ended)

        # Not after the wait: a call that is given up just after its message is never resumed.
        def release() -> None:
            self.held.discard(ended)
            ended.set()

        if not context.add_callback(release):
            release()
        yield protos.peer.Holding()
        ended.wait()

    def Fill(self, request, context):
        pattern = bytes(range(251))
        times = request.byte_length // len(pattern) + 1
        return protos.peer.Blob(content=(pattern * times)[: request.byte_length])

    def Measure(self, request, context):
        return protos.peer.Measurement(
            byte_length=len(request.content), sha256=hashlib.sha256(request.content).digest()
        )

    def Print(self, request, context):
        sys.stdout.write(request.stdout)
        sys.stderr.write(request.stderr)
        return protos.peer.PrintReply()

    def Log(self, request, context):
        # Six decimals: go-plugin's parser takes no other number of them.
        now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        record = {"@level": request.level, "@message": request.message, "@timestamp": now, request.key: request.value}
        print(json.dumps(record), file=PROCESS_STDERR, flush=True)
        return protos.peer.LogReply()

    def Panic(self, request, context):
        # What nobody catches would end only this call: gRPC catches everything.
        try:
            raise SystemError(request.message)
        except SystemError:
            traceback.print_exc(file=PROCESS_STDERR)
            PROCESS_STDERR.flush()
            os._exit(1)

    def CallBack(self, request, context):
        context.abort(grpc.StatusCode.UNIMPLEMENTED, NO_BROKER)

    def Serve(self, request, context):
        context.abort(grpc.StatusCode.UNIMPLEMENTED, NO_BROKER)
