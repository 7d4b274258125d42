"""The servers that ``script/bench list`` compares: our application, stock Django, and nginx as we ship it.

Each listens on a free port of 127.0.0.1 and is ended with the benchmark.
"""

from __future__ import annotations

import http.client
import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "script"))

from stack.nginx import Nginx, find

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
WORKERS, THREADS = "2", "8"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(settings: str) -> dict[str, str]:
    """What a server of this benchmark gets: the copy of the database in use, one proxy before it."""
    here = connection.settings_dict
    address = f"postgresql://{here['USER']}:{here['PASSWORD']}@{here['HOST']}:{here['PORT']}/{here['NAME']}"
    own = {"DATABASE_URL": address, "NUM_PROXIES": "1", "DJANGO_SETTINGS_MODULE": settings, "DEMO_MODE": "0"}
    return {**os.environ, **own, "GRANIAN_WORKERS": WORKERS, "GRANIAN_BLOCKING_THREADS": THREADS}


@contextmanager
def running(command: list[str | Path], port: int, env: Mapping[str, str], log: Path) -> Iterator[int]:
    """A server that answers on its port; ended, its children too, with the block."""
    with log.open("ab") as out:
        server = subprocess.Popen(command, env=dict(env), cwd=ROOT, stdout=out, stderr=out, start_new_session=True)
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if server.poll() is not None:
                raise RuntimeError(f"{command[0]} ended at once: {log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()


@contextmanager
def application(log: Path) -> Iterator[int]:
    """The portal on granian, as docs/operations run it."""
    port = free_port()
    command = [
        BIN / "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", WORKERS,
        "--blocking-threads", THREADS, "--log-level", "warning", "--no-access-log", "shuanjian.wsgi:application",
    ]  # fmt: skip
    with running(command, port, environment("bench.served_settings"), log):
        yield port


@contextmanager
def stock(log: Path) -> Iterator[int]:
    """A stock ListView on gunicorn, two sync workers."""
    port = free_port()
    command = [
        BIN / "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", WORKERS, "--no-control-socket",
        "bench.stock_wsgi:application",
    ]  # fmt: skip
    with running(command, port, environment("bench.stock_settings"), log):
        yield port


@contextmanager
def nginx(upstream: int, folder: Path, log: Path) -> Iterator[int]:
    """nginx with docs/operations/nginx.conf before the application, and files of ``static`` beside it."""
    static, port = folder / "static", free_port()
    static.mkdir()
    server = Nginx(
        folder / "nginx",
        name="localhost",
        upstream=f"127.0.0.1:{upstream}",
        static=static,
        http=free_port(),
        https=port,
    )
    server.write()
    with running(server.command(), port, os.environ, log):
        yield port


PLAIN = """
worker_processes auto;
error_log stderr crit;
events {{ worker_connections 1024; }}
http {{
    types {{ text/html html; }}
    charset utf-8;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 10000;
    access_log {folder}/plain.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{ listen 127.0.0.1:{port}; root {folder}; }}
}}
"""


@contextmanager
def plain_nginx(folder: Path, log: Path) -> Iterator[int]:
    """nginx as it comes, over plain HTTP: the limit for an application that speaks plain HTTP."""
    port = free_port()
    config = folder / "plain.conf"
    config.write_text(PLAIN.format(folder=folder, port=port), encoding="utf-8")
    command = [nginx_program(), "-p", folder, "-c", config, "-g", f"pid {folder}/plain.pid; daemon off;"]
    with running(command, port, os.environ, log):
        yield port


def nginx_program() -> str:
    """Where nginx is; refuses to go on without."""
    found = find()
    if found is None:
        raise SystemExit("script/bench list needs nginx and wrk. On Debian: apt-get install nginx-light wrk")
    return found


def fetched(address: str, port: int, *, tls: bool = False, headers: Mapping[str, str] | None = None) -> bytes:
    """The body of one page, which must be 200."""
    if tls:
        link: http.client.HTTPConnection = http.client.HTTPSConnection(
            "localhost", port, context=ssl._create_unverified_context(), timeout=20
        )
    else:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    link.request("GET", address, headers={"Host": "localhost", **(headers or {})})
    answer = link.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{address}: {answer.status}")
    return body
