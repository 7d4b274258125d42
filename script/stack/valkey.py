"""One Valkey (or Redis) server of our own: loopback only, password, append-only file."""

import secrets
import signal
import socket
from pathlib import Path

from stack import layout, leftover, ports, stopping
from stack.console import Refusal, tail
from stack.family import Child, Family

CONFIG = """bind 127.0.0.1
port {port}
requirepass {password}
daemonize no
pidfile ./valkey.pid
set-proc-title no
dir ./
save ""
appendonly {appendonly}
maxmemory-policy noeviction
"""


class Valkey:
    """A server in `home/valkey`; the same life cycle as Postgres."""

    def __init__(self, home: Path, binary: str, *, durable: bool) -> None:
        self.binary, self.durable = binary, durable
        self.folder = layout.make_private_dir(home / "valkey")
        self.config = self.folder / "valkey.conf"
        self.log = self.folder / "valkey.log"
        self.notes = layout.read_json(self.folder / "private.json")
        self.child: Child | None = None

    def start(self, family: Family) -> Child:
        """Start on the port of last time or a free one."""
        self._end_leftover()
        self.notes = {
            "password": self.notes.get("password") or secrets.token_hex(24),
            "port": ports.pick(self.notes.get("port")),
        }
        layout.write_json(self.folder / "private.json", self.notes)
        layout.write_private(self.config, CONFIG.format(appendonly="yes" if self.durable else "no", **self.notes))
        self.child = Child(
            "Valkey", [self.binary, str(self.config)], cwd=self.folder, log=self.log, stop_signal=signal.SIGTERM,
            rank=1, before_start=self._end_leftover, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
        )  # fmt: skip
        return family.start(self.child)

    def wait_ready(self, family: Family) -> None:
        """Wait until the server takes our password: another program on the port would not."""
        assert self.child is not None
        for attempt in range(1500):
            if not self.child.alive:
                if attempt < 500 and "already in use" in tail(self.log):
                    family.stop(self.child)
                    self.start(family)
                    continue
                raise Refusal(f"{tail(self.log)}\n\nValkey did not start; its log: {self.log}")
            if self._answers():
                return
            stopping.pause(0.02)
        raise Refusal(f"{tail(self.log)}\n\nValkey does not answer; its log: {self.log}")

    def url(self) -> str:
        return f"redis://:{self.notes['password']}@127.0.0.1:{self.notes['port']}/0"

    def _answers(self) -> bool:
        """Log in and ping; a server that is still loading its file answers -LOADING."""
        try:
            with socket.create_connection(("127.0.0.1", self.notes["port"]), timeout=2) as link:
                link.sendall(f"AUTH {self.notes['password']}\r\nPING\r\nQUIT\r\n".encode())
                said = b""
                while part := link.recv(256):
                    said += part
        except OSError:
            return False
        return b"+PONG" in said

    def _end_leftover(self) -> None:
        leftover.end(self.folder / "valkey.pid", str(self.config), signal.SIGTERM)
