"""Where the server listens."""

import os
import secrets
import tempfile

import grpc

SERVER_OPTIONS = (
    # 64 MiB and more in one message.
    ("grpc.max_receive_message_length", -1),
    # Else two plugins would share a port.
    ("grpc.so_reuseport", 0),
)


def listen(server: grpc.Server, network: str) -> str:
    if network == "unix":
        directory = os.environ.get("PLUGIN_UNIX_SOCKET_DIR") or tempfile.gettempdir()
        path = os.path.join(directory, f"plugin{secrets.token_hex(6)}")
        server.add_insecure_port(f"unix:{path}")
        return path
    first, last = (int(os.environ.get(name) or 0) for name in ("PLUGIN_MIN_PORT", "PLUGIN_MAX_PORT"))
    for port in range(first, last + 1):
        try:
            return f"127.0.0.1:{server.add_insecure_port(f'127.0.0.1:{port}')}"
        except RuntimeError:
            # Taken; the next one.
            continue
    raise RuntimeError(f"Cannot listen on 127.0.0.1: no port from {first} to {last} is free")


def remove(network: str, address: str) -> None:
    if network == "unix" and os.path.exists(address):
        os.unlink(address)
