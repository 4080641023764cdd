"""The greeter as a plugin in Python, with grpcio and the protocol by hand. With the host in TypeScript: node host.ts python plugin.py

grpcio-tools reads the .proto files itself, so there are no stubs.
"""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import grpc

protos = Path(__file__).resolve().parents[3] / "proto"
sys.path += [str(protos / folder) for folder in ("examples", "goplugin")]
hello, hello_grpc = grpc.protos_and_services("hello.proto")
health, health_grpc = grpc.protos_and_services("health.proto")
controller, controller_grpc = grpc.protos_and_services("grpc_controller.proto")

shutdown = Event()


class Greeter(hello_grpc.GreeterServicer):
    def SayHello(self, request, context):
        return hello.HelloReply(message=f"Hello {request.name}")


class Health(health_grpc.HealthServicer):
    def Check(self, request, context):
        return health.HealthCheckResponse(status="SERVING")


class Controller(controller_grpc.GRPCControllerServicer):
    def Shutdown(self, request, context):
        shutdown.set()
        return controller.Empty()


if os.environ.get("BASIC_PLUGIN") != "hello":
    sys.exit("This is a plugin that greets; a host starts it.\nTry: node host.ts python plugin.py")

server = grpc.server(ThreadPoolExecutor())
hello_grpc.add_GreeterServicer_to_server(Greeter(), server)
health_grpc.add_HealthServicer_to_server(Health(), server)
controller_grpc.add_GRPCControllerServicer_to_server(Controller(), server)
port = server.add_insecure_port("127.0.0.1:0")
server.start()
# Core protocol 1, the application's version 1, and where this plugin listens.
print(f"1|1|tcp|127.0.0.1:{port}|grpc", flush=True)
shutdown.wait()
server.stop(grace=1).wait()
