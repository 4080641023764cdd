"""The plugin of the interop matrix that has nothing but grpcio: go-plugin's protocol by hand. Its contract is in ../README.md."""

import argparse
import json
import os
import sys
import threading
import time
from concurrent import futures

import grpc

import contract
import host_services
import listening
from ending import End

COOKIE = ("BASIC_PLUGIN", "hello")
VERSIONS = (1, 2, 9, 10)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--network", choices=("unix", "tcp"), default="unix")
    arguments.add_argument("--standalone", action="store_true")
    options = arguments.parse_args()
    if not options.standalone:
        refusal = why_not()
        if refusal:
            print(refusal, file=sys.stderr)
            return 1
    version = min(VERSIONS) if options.standalone else choose_version(os.environ.get("PLUGIN_PROTOCOL_VERSIONS", ""))
    end = End()
    # One thread for each call that is open, those of the broker and of stdio among them.
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=32), options=listening.SERVER_OPTIONS)
    output = host_services.Output()
    host_services.register(server, output, end)
    contract.register(server, version)
    address = listening.listen(server, options.network)
    server.start()
    if options.standalone:
        print(reattach_line(version, options.network, address), flush=True)
    else:
        print(handshake_line(version, options.network, address), flush=True)
        output.capture()
        threading.Thread(target=watch_host, args=(os.getppid(), end), daemon=True).start()
    end.wait()
    # The answer to Shutdown is still on its way; the streams that are open would last for ever.
    server.stop(grace=0.1).wait()
    listening.remove(options.network, address)
    return 0


def why_not() -> str | None:
    key, value = COOKIE
    if os.environ.get(key) != value:
        return "This is a plugin. Its host starts it; by hand it does nothing, unless with --standalone."
    if os.environ.get("PLUGIN_CLIENT_CERT"):
        return "Cannot serve with AutoMTLS: gRPC for Python accepts no certificate on P-521"
    return None


def choose_version(offered: str) -> int:
    """The highest that both have, else our lowest, so that the host can say what does not fit (server.go, protocolVersion)."""
    theirs = {int(version) for version in offered.split(",") if version}
    return max(theirs.intersection(VERSIONS), default=min(VERSIONS))


def handshake_line(version: int, network: str, address: str) -> str:
    fields = ["1", str(version), network, address, "grpc", ""]
    if os.environ.get("PLUGIN_MULTIPLEX_GRPC"):
        fields.append("false")
    return "|".join(fields)


def reattach_line(version: int, network: str, address: str) -> str:
    return json.dumps(
        {
            "Protocol": "grpc",
            "ProtocolVersion": version,
            "Pid": os.getpid(),
            "Test": True,
            "Addr": {"Network": network, "String": address},
        }
    )


def watch_host(host: int, end: End) -> None:
    """A host that is killed says nothing; its plugin gets another parent."""
    while os.getppid() == host:
        time.sleep(0.5)
    end.ask()


if __name__ == "__main__":
    sys.exit(main())
