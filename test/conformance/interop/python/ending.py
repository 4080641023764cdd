"""How the program learns that it is to end."""

import os
import signal


class End:
    """Asked for by the host, by SIGTERM, or because the host has gone. A pipe: a lock that a signal's handler wants, too, could be held."""

    def __init__(self) -> None:
        self.reader, self.writer = os.pipe()
        os.set_blocking(self.writer, False)
        # A terminal's Ctrl-C reaches the whole process group, and the host decides (go-plugin server.go, Serve).
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: None)
        signal.set_wakeup_fd(self.writer)

    def ask(self) -> None:
        os.write(self.writer, b".")

    def wait(self) -> None:
        os.read(self.reader, 1)
