"""The script that anybody may run beside a downloaded edition, on what the portal really gives out."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from foundation.core import clock
from listings.models import Edition
from tests.institutions.factories import AT
from tests.publicity.feeding import grown

pytestmark = pytest.mark.django_db
SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "verify_edition.py"
API = "/api/v1/public/lists/white/"


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT + timedelta(seconds=30)):
        yield


@pytest.fixture
def files(cast, client, tmp_path) -> dict[str, Path]:
    """The second edition: its file, its header, and the changes of all editions."""
    grown(cast)
    addresses = {
        "edition.json": f"{API}editions/1", "first.csv": "/lists/white/editions/1.csv",
        "fourth.json": f"{API}editions/4", "fourth.csv": "/lists/white/editions/4.csv",
        "changes.json": f"{API}changes?since=0",
    }  # fmt: skip
    for name, address in addresses.items():
        (tmp_path / name).write_bytes(client.get(address).content)
    return {name: tmp_path / name for name in addresses}


def verify(*arguments: object) -> tuple[int, str]:
    """Without the portal's packages: as on anybody's machine."""
    command = [sys.executable, "-I", "-S", str(SCRIPT), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_what_was_published_is_confirmed(files):
    code, said = verify(files["edition.json"], files["first.csv"])
    assert (code, said.startswith("一致：2 家")) == (0, True), said
    assert verify(files["fourth.json"], files["fourth.csv"])[0] == 0
    assert verify(files["edition.json"], files["changes.json"])[0] == 0
    assert verify(files["fourth.json"], files["changes.json"])[0] == 0
    sha256 = Edition.objects.get(kind="white", no=1).content_sha256
    assert verify("--sha256", sha256, files["first.csv"])[0] == 0


@pytest.mark.parametrize(
    "tamper",
    [
        lambda text: text.replace("2027-10-31", "2027-10-30", 1),
        lambda text: text.replace("2026-11-02", "2026-11-01", 1),
        lambda text: "\n".join(text.splitlines()[:-1]) + "\n",
        lambda text: text + text.splitlines()[-1].replace(text.splitlines()[-1][:12], "0123456789ab") + "\n",
    ],
    ids=["term", "day", "line gone", "line added"],
)
def test_control_a_file_that_was_changed_is_not(files, tamper):
    text = files["first.csv"].read_text("utf-8-sig")
    assert tamper(text) != text
    files["first.csv"].write_text(tamper(text), "utf-8-sig")
    code, said = verify(files["edition.json"], files["first.csv"])
    assert (code, said.startswith("不一致")) == (1, True), said


def test_control_the_hash_of_another_edition_or_a_changed_history_does_not_fit(files):
    assert verify(files["fourth.json"], files["first.csv"])[0] == 1
    history = json.loads(files["changes.json"].read_text())
    history["changes"].pop(0)
    files["changes.json"].write_text(json.dumps(history))
    assert verify(files["edition.json"], files["changes.json"])[0] == 1


def test_files_that_cannot_be_compared_are_named_so(files, tmp_path):
    for arguments in ([files["edition.json"]], [files["first.csv"]], [tmp_path / "none.csv", files["edition.json"]]):
        code, said = verify(*arguments)
        assert (code, "不能核对" in said) == (2, True), said


def test_it_needs_nothing_but_python():
    imported = {
        name.name.split(".")[0]
        for node in ast.walk(ast.parse(SCRIPT.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (node.names if isinstance(node, ast.Import) else [ast.alias(str(node.module))])
    }
    assert imported <= sys.stdlib_module_names
