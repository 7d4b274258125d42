"""A running portal as people meet it, over HTTP: a clerk who imports a file, visitors who read public pages."""

from __future__ import annotations

import http.client
import http.cookiejar
import re
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
BAR = re.compile(r'<progress class="progress"[^>]*? max="(\d+)" value="(\d+)"')
ADDRESSES = 30  # of the loopback network: one address may ask for 60 lists a minute


@dataclass(frozen=True)
class Look:
    """What the batch's page showed: the state in the database's words, and the bar."""

    state: str
    done: int | None


class Clerk:
    """Logs in, uploads, watches, confirms: through the pages and nothing else."""

    def __init__(self, port: int, username: str, password: str) -> None:
        self.base = f"http://127.0.0.1:{port}"
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), jar)
        _, text = self._open("/accounts/login/")
        fields = {"csrfmiddlewaretoken": _token(text), "login": username, "password": password}
        where, _ = self._open("/accounts/login/", urlencode(fields).encode())
        assert "/accounts/login" not in where, "the log-in was refused"

    def upload(self, path: Path) -> str:
        """Send a file through the upload page; returns the address of its batch."""
        _, text = self._open("/admin/imports/batch/upload/")
        bureau = re.search(r'<input type="hidden" name="bureau" value="(\d+)"', text)
        assert bureau, "a county's clerk has one bureau, which is not asked"
        fields = {"csrfmiddlewaretoken": _token(text), "target": "institutions", "bureau": bureau[1]}
        fields["mode"] = "all-or-nothing"
        border = uuid.uuid4().hex
        named = f'--{border}\r\nContent-Disposition: form-data; name="'
        parts = [f'{named}{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()]
        parts.append(f'{named}file"; filename="{path.name}"\r\nContent-Type: text/csv\r\n\r\n')
        body = "".join(parts).encode() + path.read_bytes() + f"\r\n--{border}--\r\n".encode()
        where, text = self._open(
            "/admin/imports/batch/upload/", body, {"Content-Type": f"multipart/form-data; boundary={border}"}
        )
        why = re.search(r'<ul class="errorlist[^>]*>(.*?)</ul>', text, re.DOTALL)
        assert re.search(r"/batch/\d+/", where), f"the upload was refused: {why and why[1]}"
        return where.removeprefix(self.base).partition("?")[0]

    def look(self, batch: str) -> Look:
        """Open the batch's page once."""
        _, text = self._open(batch)
        bar = BAR.search(text)
        for words, state in (("正在校验", "uploaded"), ("正在写入名录", "applying"), ("导入完成", "applied")):
            if words in text:
                return Look(state, int(bar[2]) if bar else None)
        return Look("checked" if "apply/" in text else "unknown", None)

    def confirm(self, batch: str) -> None:
        """Press 确认导入 and say yes."""
        pk = re.search(r"/batch/(\d+)/", batch)[1]
        page = f"/admin/imports/batch/{pk}/apply/"
        _, text = self._open(page)
        self._open(page, urlencode({"csrfmiddlewaretoken": _token(text)}).encode())

    def _open(self, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> tuple[str, str]:
        request = urllib.request.Request(self.base + path, body, {"Referer": self.base + path, **(headers or {})})
        with self._opener.open(request, timeout=120) as answer:
            return answer.url, answer.read().decode()


def _token(text: str) -> str:
    found = TOKEN.search(text)
    assert found, "the page has no form"
    return found[1]


@dataclass
class Visitors:
    """Read the public pages one after the other, each from another address, with a short pause."""

    port: int
    paths: list[str]
    pause: float = 0.05
    phase: str = ""
    seconds: dict[tuple[str, str], list[float]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    def _visit(self) -> None:
        number = 0
        while not self._over.wait(self.pause):
            path, phase = self.paths[number % len(self.paths)], self.phase
            began = time.perf_counter()
            answer = self._ask(path, f"127.0.1.{number // len(self.paths) % ADDRESSES + 1}")
            if answer != 200:
                self.refused.append(f"{phase}: {path} {answer}")
            self.seconds.setdefault((phase, path), []).append(time.perf_counter() - began)
            number += 1

    def _ask(self, path: str, address: str) -> int | str:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30, source_address=(address, 0))
        try:
            link.request("GET", path)
            answer = link.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            return type(error).__name__
        finally:
            link.close()
        return answer.status

    def figures(self, phase: str, path: str = "") -> tuple[int, float, float, float]:
        """How many visits of a page, or of all, and their p50, p95 and the longest in milliseconds."""
        pages = [path] if path else self.paths
        taken = sorted(1000 * each for page in pages for each in self.seconds.get((phase, page), []))
        if not taken:
            return 0, 0.0, 0.0, 0.0
        return len(taken), taken[len(taken) // 2], taken[int(len(taken) * 0.95)], taken[-1]

    @contextmanager
    def reading(self) -> Iterator[Visitors]:
        """Visitors come while the block runs."""
        thread = threading.Thread(target=self._visit)
        thread.start()
        try:
            yield self
        finally:
            self._over.set()
            thread.join(timeout=60)
