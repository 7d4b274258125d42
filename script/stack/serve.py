"""script/server: from a bare checkout to a running portal, and everything stopped again at the end."""

import argparse
import http.client
import json
import os
import secrets
import shutil
from pathlib import Path

from stack import layout, packages, ports, servers, stopping
from stack.console import Interrupted, Refusal, pad, say, step
from stack.family import Child, Family
from stack.lock import Lock
from stack.supervisor import Supervisor

#: One worker has nobody to gossip with, and one that gossips may stand still after Valkey came back (celery#8091).
ALONE = ("--without-gossip", "--without-mingle", "--without-heartbeat")
KEPT_ON_RESET = ("lock", "postgres-binaries-", "test-", "bench-", "venv.log", "pip.log", "apt.log")


def main(arguments: list[str]) -> int:
    """Entry of script/server; returns the exit code."""
    options = _options(arguments)
    stopping.listen()
    state = _own_state_dir()
    lock = Lock(state / "lock")
    lock.acquire({"port": options.port})
    _need_port(options.port)
    family = Family(lock.fd)
    try:
        _serve(family, options, state)
    except Interrupted as interrupted:
        say("\nStopping ...")
        return 0 if interrupted.code in (130, 143) else interrupted.code
    finally:
        family.stop_all()
        lock.release()
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="script/server",
        description="Starts the portal on 127.0.0.1. DATABASE_URL, DATABASE_OWNER_URL and REDIS_URL, when set, "
        "are used instead of the embedded servers.",
    )
    parser.add_argument("--port", type=int, default=8000, help="port of the web server (8000)")
    parser.add_argument("--no-demo", action="store_true", help="do not load the small demo into an empty database")
    parser.add_argument("--no-cases", action="store_true", help="leave the seven cases of the bulletin out of the demo")
    parser.add_argument("--reset", action="store_true", help="delete the embedded servers' data first, without asking")
    return parser.parse_args(arguments)


def _own_state_dir() -> Path:
    try:
        return layout.make_private_dir(layout.state_dir())
    except PermissionError as error:
        raise Refusal(f"Cannot create {layout.state_dir()}: {error.strerror}.", code=2) from error


def _need_port(port: int) -> None:
    try:
        problem = None if ports.is_free(port) else "is taken by another program"
    except (OSError, OverflowError) as error:
        problem = f"cannot be used ({error})"
    if problem:
        other = port + 1 if 1024 <= port < 65535 else 8001
        raise Refusal(f"Port {port} {problem}. Choose another one: script/server --port {other}", 2)


def _serve(family: Family, options: argparse.Namespace, state: Path) -> None:
    if options.reset:
        with step("Deleting the old data"):
            _reset(state)
    with step("Python packages") as remark:
        packages.install(family, packages.LOCAL, remark)
    with step("PostgreSQL and Valkey") as remark:
        running = servers.start(family, state, durable=True)
        remark(", ".join(_sources(running)))
    for warning in running.warnings:
        say(f"  Warning: {warning}")
    address = os.environ.get("SITE_ADDRESS") or f"http://127.0.0.1:{options.port}"
    settings = {
        **running.environment,
        **_keys(state),
        "DEMO_MODE": "0" if options.no_demo else "1",
        "SITE_ADDRESS": address,
    }
    lines = "".join(f"{name}={value}\n" for name, value in settings.items())
    layout.write_private(_made(layout.local_env_file()), lines)
    _prepare_database(family, options, state, running, settings)
    with step("Web server"):
        web = family.start(web_server(options.port, settings))
        _wait_for_page(web, options.port)
    family.start(worker(settings))
    family.start(celery("beat", settings, "--schedule", str(state / "celerybeat-schedule")))
    _announce(options.port, state / "logins.json", cases=not options.no_cases)
    Supervisor(family).watch()


def _reset(state: Path) -> None:
    for path in state.iterdir():
        if path.name.startswith(KEPT_ON_RESET):
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _made(path: Path) -> Path:
    layout.make_private_dir(path.parent)
    return path


def _sources(running: servers.Servers) -> list[str]:
    return [
        f"PostgreSQL {running.postgres.binaries.major}" if running.postgres else "DATABASE_URL as given",
        "Valkey" if running.valkey else "REDIS_URL as given",
    ]


def _keys(state: Path) -> dict[str, str]:
    """The two secrets of this installation; given ones win, own ones are made once."""
    path = state / "keys.json"
    keys = layout.read_json(path)
    if not keys:
        keys = {"SECRET_KEY": secrets.token_urlsafe(60), "FIELD_KEY": secrets.token_hex(32)}
        layout.write_json(path, keys)
    return {name: os.environ.get(name) or value for name, value in keys.items()}


def _prepare_database(
    family: Family, options: argparse.Namespace, state: Path, running: servers.Servers, settings: dict[str, str]
) -> None:
    """Migrate and load the demo; skipped for our own cluster when no source file changed since the last time."""
    done_file = running.postgres.folder / "prepared.json" if running.postgres else None
    done = layout.read_json(done_file) if done_file else {}
    fingerprint = layout.digest_of_sources()
    with step("Database migrations") as remark:
        if done.get("migrated") == fingerprint:
            remark("unchanged")
        else:
            _manage(family, state, settings, "migrate", "--no-input", "-v", "1")
    if not options.no_demo and not done.get("demo"):
        with step("Demo data"):
            _manage(family, state, settings, "load_base_demo", "--if-empty", "--deliver-later", *_logins(state))
        done["demo"] = True
    if not options.no_demo and not options.no_cases and not done.get("cases"):
        with step("Cases, for the worker"):
            _manage(family, state, settings, "load_demo", "--in-worker", "--if-demo", *_logins(state))
        done["cases"] = True
    if done_file:
        layout.write_json(done_file, {**done, "migrated": fingerprint})


def _logins(state: Path) -> tuple[str, str]:
    return "--logins-file", str(state / "logins.json")


def _environment(settings: dict[str, str]) -> dict[str, str]:
    own = {"DJANGO_SETTINGS_MODULE": "shuanjian.settings.local", "PYTHONUNBUFFERED": "1"}
    return {**layout.inherited_environment(), **settings, **own}


def _manage(family: Family, state: Path, settings: dict[str, str], *arguments: str) -> None:
    command = [layout.venv_python(), "manage.py", *arguments]
    log = state / f"{arguments[0]}.log"
    family.run(Child(f"manage.py {arguments[0]}", command, env=_environment(settings), cwd=layout.ROOT, log=log))


def web_server(port: int, settings: dict[str, str]) -> Child:
    # Modules, not the scripts in .venv/bin: their first line breaks with spaces in the path or after a move.
    command = [layout.venv_python(), "-m", "granian", "--interface", "wsgi", "shuanjian.wsgi:application"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--workers", "2", "--blocking-threads", "8"]
    command += ["--log-level", "error", "--respawn-failed-workers", "--workers-kill-timeout", "5"]
    return Child("web", command, env=_environment(settings), cwd=layout.ROOT)


def celery(part: str, settings: dict[str, str], *arguments: str) -> Child:
    # As root Celery warns at length at each start; its JSON serializer makes that harmless here.
    quiet = ["-W", "ignore:You're running the worker with superuser privileges"]
    command = [layout.venv_python(), *quiet, "-m", "celery", "--quiet", "-A", "shuanjian.celery", part, "-l", "WARNING"]
    return Child(part, [*command, *arguments], env=_environment(settings), cwd=layout.ROOT)


def worker(settings: dict[str, str]) -> Child:
    """The worker, with the processes that a machine of two cores has room for."""
    return yielding(celery("worker", settings, "--concurrency", "2", *ALONE))


def yielding(child: Child) -> Child:
    """Jobs take the processor time that pages leave: a large import must not make readers wait."""
    if nice := shutil.which("nice"):
        child.command = [nice, "-n", "10", *child.command]
    return child


def _wait_for_page(web: Child, port: int) -> None:
    for _ in range(3000):
        stopping.pause(0.02)
        if not web.alive:
            raise Refusal("The web server ended at once; its messages stand above.")
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            link.request("GET", "/healthz")
            if link.getresponse().status == 200:
                return
        except (OSError, http.client.HTTPException):
            continue
        finally:
            link.close()
    raise Refusal("The web server does not answer GET /healthz with 200.")


def _announce(port: int, logins_file: Path, *, cases: bool) -> None:
    address = f"http://127.0.0.1:{port}"
    say()
    for label, path in (("公众网站", "/"), ("工作人员", "/admin/"), ("手机端", "/m/")):
        say(f"  {pad(label, 10)}{address}{path}")
    try:
        logins = json.loads(logins_file.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        logins = []
    if logins:
        say("\n  演示登录：角色、用户名、密码")
    for login in logins:
        say(f"  {pad(login['role'], 24)}{pad(login['username'], 18)}{login['password']}")
    if logins and cases:
        say("\n  七个演示案例由后台载入（约需几分钟，工作人员页面上方显示进度），它们的登录账号随后写入：")
        say(f"  {logins_file}")
    say("\n  按 Ctrl-C 停止 (Ctrl-C stops everything)")
