"""What is made of proto/ when the program starts: grpcio-tools compiles it in the process, so that there are no stubs to keep in step."""

import pathlib
import sys

import grpc

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[4] / "proto"))

kv, kv_services = grpc.protos_and_services("examples/kv.proto")
streamer, streamer_services = grpc.protos_and_services("examples/streamer.proto")
greeter, greeter_services = grpc.protos_and_services("examples/hello.proto")
peer, peer_services = grpc.protos_and_services("conformance/peer.proto")
health, health_services = grpc.protos_and_services("goplugin/health.proto")
controller, controller_services = grpc.protos_and_services("goplugin/grpc_controller.proto")
stdio, stdio_services = grpc.protos_and_services("goplugin/grpc_stdio.proto")
broker, broker_services = grpc.protos_and_services("goplugin/grpc_broker.proto")
