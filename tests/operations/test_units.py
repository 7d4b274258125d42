"""The systemd units: valid, shut in, and their commands really start; servers take the files beside them."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from stack import binaries
from stack.ports import pick

from tests.architecture.test_docs import rows_named
from tests.operations.conftest import ROOT, portal_environment

HANDBOOK = ROOT / "docs/operations"
UNITS = HANDBOOK / "systemd"
SERVICES = sorted(UNITS.glob("*.service"))
PYTHON = "/opt/shuanjian/.venv/bin/python"
README = (HANDBOOK / "README.md").read_text(encoding="utf-8")
#: systemd's own figure, 0 is shut in and 10 is open; what is left is the network and a group-readable umask.
MOST_EXPOSED = "2.0"


def entries(path: Path, name: str) -> list[str]:
    """The values of a setting of a unit, in order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.partition("=")[2] for line in lines if line.partition("=")[0] == name]


def variables(path: Path) -> dict[str, str]:
    """What a unit's Environment lines set."""
    return dict(word.split("=", 1) for line in entries(path, "Environment") for word in shlex.split(line))


def portal_file() -> dict[str, str]:
    lines = (HANDBOOK / "portal.env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


# -- valid and shut in ----------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The units as if the checkout and its virtual environment stood at /opt/shuanjian."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze on this machine")
    folder = shutil.copytree(UNITS, tmp_path_factory.mktemp("units"), dirs_exist_ok=True)
    (folder / "checkout").symlink_to(ROOT)
    for path in [*folder.glob("*.service"), *folder.glob("*/*.conf")]:
        text = path.read_text(encoding="utf-8").replace(PYTHON, os.sys.executable)
        path.write_text(text.replace("/opt/shuanjian", f"{folder}/checkout"), encoding="utf-8")
    return folder


def analyze(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """An empty last part of the path stands for the system's own units."""
    environment = {**os.environ, "SYSTEMD_UNIT_PATH": f"{folder}:", "SYSTEMD_COLORS": "0", "SYSTEMD_PAGER": "cat"}
    command = ["systemd-analyze", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_systemd_takes_every_unit(installed: Path) -> None:
    units = [str(path) for path in sorted(installed.iterdir()) if path.suffix in {".service", ".timer", ".target"}]
    done = analyze(installed, "verify", *units)
    assert (done.returncode, done.stderr.replace(str(installed), "")) == (0, "")


def test_control_systemd_names_a_bad_unit(installed: Path, tmp_path: Path) -> None:
    bad = tmp_path / "shuanjian-bad.service"
    bad.write_text("[Service]\nExecStart=/nowhere/python\nProtectSytem=strict\n", encoding="utf-8")
    said = analyze(installed, "verify", str(bad)).stderr
    assert "/nowhere/python" in said
    assert "ProtectSytem" in said


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_every_service_is_shut_in(installed: Path, path: Path) -> None:
    done = analyze(installed, "security", "--offline=true", f"--threshold={MOST_EXPOSED.replace('.', '')}", path.name)
    assert done.returncode == 0, done.stdout[-400:]
    open_one = analyze(installed, "security", "--offline=true", "--threshold=5", path.name)
    assert open_one.returncode != 0  # the figure is compared at all


# -- the commands ---------------------------------------------------------------------------------------------------
def manage_lines() -> list[tuple[str, list[str]]]:
    lines = [(path.name, shlex.split(line)) for path in SERVICES for line in entries(path, "ExecStart")]
    return [(name, words[2:]) for name, words in lines if words[:2] == [PYTHON, "manage.py"]]


@pytest.mark.parametrize(("unit", "words"), manage_lines(), ids=lambda value: str(value))
def test_each_command_exists_and_takes_its_arguments(unit: str, words: list[str]) -> None:
    name, *arguments = words
    command = load_command_class(get_commands()[name], name)
    command.create_parser("manage.py", name).parse_args(arguments)


def test_only_migrate_holds_the_owners_login() -> None:
    holders = [path.name for path in SERVICES if "database_owner_url" in path.read_text(encoding="utf-8")]
    assert holders == ["shuanjian-migrate.service"]


def test_secrets_are_credentials_and_stand_in_no_environment() -> None:
    for path in SERVICES:
        given = {line.partition(":")[0] for line in entries(path, "LoadCredential")}
        named = {value.removeprefix("%d/") for value in variables(path).values() if value.startswith("%d/")}
        assert named == given, path.name
        assert not {"SECRET_KEY", "FIELD_KEY", "DATABASE_URL", "REDIS_URL"} & {*variables(path), *portal_file()}


def test_every_variable_is_in_the_handbook() -> None:
    names = {name.removesuffix("_FILE") for path in SERVICES for name in variables(path)} | set(portal_file())
    assert names - rows_named(README) == set()


@pytest.fixture
def environment(committed_db: str, tmp_path: Path) -> dict[str, str]:
    """What the units' processes would have, on a database of the test's own."""
    (tmp_path / "orders.json").write_text("{}", encoding="utf-8")
    own = portal_environment(tmp_path, committed_db)
    return {**portal_file(), **own, "CELERY_WORKER_CONCURRENCY": "1", "PYTHONUNBUFFERED": "1"}


def started(unit: str, environment: dict[str, str], log: Path, *more: str) -> subprocess.Popen[bytes]:
    [line] = entries(UNITS / unit, "ExecStart")
    line = line.replace(PYTHON, shlex.quote(os.sys.executable)).replace("/var/lib/shuanjian", str(log.parent))
    with log.open("wb") as output:
        return subprocess.Popen(
            [*shlex.split(line), *more], cwd=ROOT, env=environment, stdout=output, stderr=output, start_new_session=True
        )


def ended(process: subprocess.Popen[bytes]) -> int:
    process.send_signal(signal.SIGTERM)
    return process.wait(60)


def wait_for(condition, log: Path) -> None:
    give_up = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < give_up, log.read_text(encoding="utf-8")
        time.sleep(0.1)


@pytest.mark.slow
def test_the_web_units_command_serves(environment: dict[str, str], tmp_path: Path) -> None:
    port = pick(None)
    given = {**environment, **{k: v for k, v in variables(UNITS / "shuanjian-web.service").items() if "%" not in v}}
    log = tmp_path / "web.log"
    process = started("shuanjian-web.service", {**given, "GRANIAN_PORT": str(port)}, log)

    def healthy() -> bool:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=2) as link:
                link.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                return link.recv(200).startswith(b"HTTP/1.1 200")
        except OSError:
            return False

    try:
        wait_for(healthy, log)
    finally:
        assert ended(process) in {0, -signal.SIGTERM}


@pytest.mark.slow
@pytest.mark.parametrize(("unit", "said"), [("worker", " ready."), ("beat", "beat: Ticking")])
def test_the_celery_units_commands_start(unit: str, said: str, environment: dict[str, str], tmp_path: Path) -> None:
    """Asked to end once they run: beat, which says so at debug level, fails when it is asked while it starts."""
    log = tmp_path / f"{unit}.log"
    process = started(f"shuanjian-{unit}.service", environment, log, "--loglevel", "DEBUG")
    try:
        wait_for(lambda: said in log.read_text(encoding="utf-8", errors="replace"), log)
    finally:
        code = ended(process)
    assert code == 0, log.read_text(encoding="utf-8")


# -- Valkey and Redis -----------------------------------------------------------------------------------------------
def test_valkey_takes_the_shipped_configuration(tmp_path: Path) -> None:
    port = pick(None)
    text = (HANDBOOK / "valkey.conf").read_text(encoding="utf-8").replace("@REDIS_PASSWORD@", "the-password")
    (tmp_path / "valkey.conf").write_text(f"{text}\nport {port}\ndir {tmp_path}\n", encoding="utf-8")
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [binaries.valkey_server(), str(tmp_path / "valkey.conf")], stdout=log, stderr=log, start_new_session=True
        )
    try:
        wait_for(lambda: talk(port, "PING").startswith("-NOAUTH"), tmp_path / "log")
        said = talk(port, "AUTH the-password", "CONFIG GET maxmemory-policy", "CONFIG GET appendonly")
        assert "noeviction" in said
        assert "appendonly\r\n$3\r\nyes" in said
    finally:
        assert ended(process) == 0


def talk(port: int, *lines: str) -> str:
    said = b""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as link:
            link.sendall("".join(f"{line}\r\n" for line in [*lines, "QUIT"]).encode())
            while part := link.recv(4096):
                said += part
    except OSError:
        return ""
    return said.decode()
