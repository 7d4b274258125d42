"""The compose file and the image's recipe, held to the units: there is no Docker on the machines that run the suite."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.architecture.test_docs import rows_named
from tests.operations.recovering import shipped_settings
from tests.operations.test_units import HANDBOOK, README, ROOT, UNITS, entries, variables

COMPOSE: dict[str, Any] = yaml.safe_load((HANDBOOK / "compose.yaml").read_text(encoding="utf-8"))
PORTAL = [name for name, service in COMPOSE["services"].items() if service["image"] == "shuanjian"]


def commands(service: dict[str, Any]) -> list[list[str]]:
    """The commands of a service, one after the other; nice is the unit's Nice."""
    words = service["command"]
    if words[0] == "sh":
        return [shlex.split(line) for line in words[2].splitlines()]
    return [words[3:] if words[:3] == ["nice", "-n", "10"] else words]


@pytest.mark.parametrize("name", PORTAL)
def test_a_service_does_what_its_unit_does(name: str) -> None:
    unit, service = UNITS / f"shuanjian-{name}.service", COMPOSE["services"][name]
    assert commands(service) == [shlex.split(line) for line in entries(unit, "ExecStart")]
    assert set(service["environment"]) - {"PGHOST"} == set(variables(unit))
    credentials = {line.rpartition("/")[2] for line in entries(unit, "LoadCredential")}
    assert set(service["secrets"]) == credentials
    named = {v.removeprefix("/run/secrets/") for k, v in service["environment"].items() if k.endswith("_FILE")}
    assert named == credentials
    assert service["env_file"] == ["/etc/shuanjian/portal.env"]


def test_every_unit_has_its_service() -> None:
    units = {path.stem.removeprefix("shuanjian-") for path in UNITS.glob("shuanjian-*.service")}
    assert units - set(PORTAL) == {"alarm@"}


def test_every_variable_is_in_the_handbook() -> None:
    names = {name.removesuffix("_FILE") for service in PORTAL for name in COMPOSE["services"][service]["environment"]}
    assert names - rows_named(README) == set()


def test_secrets_and_volumes_are_declared_and_mounted_files_exist() -> None:
    for name, service in COMPOSE["services"].items():
        assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"]), name
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("./"):
                assert (HANDBOOK / source).exists(), volume
            elif not source.startswith("/"):
                assert source in COMPOSE["volumes"], volume


def test_what_others_can_reach_is_the_proxy_alone() -> None:
    published = {name: service["ports"] for name, service in COMPOSE["services"].items() if "ports" in service}
    assert published == {"web": ["127.0.0.1:8000:8000"]}
    shared = [name for name, service in COMPOSE["services"].items() if service.get("network_mode") == "host"]
    assert shared == ["proxy"]


def test_the_database_is_of_the_version_whose_programs_the_image_holds() -> None:
    recipe = (HANDBOOK / "Dockerfile").read_text(encoding="utf-8")
    major = re.match(r"postgres:(\d+)-", COMPOSE["services"]["postgres"]["image"])[1]
    assert f"postgresql-{major} " in recipe
    assert "config_file=/etc/postgresql/shuanjian.conf" in COMPOSE["services"]["postgres"]["command"]
    assert shipped_settings()["archive_command"].split()[0] == "/opt/shuanjian/docs/operations/bin/wal-archive"


def test_the_recipe_copies_what_is_there_and_leaves_secrets_out() -> None:
    recipe = (HANDBOOK / "Dockerfile").read_text(encoding="utf-8")
    for line in re.findall(r"^COPY (\S+) ", recipe, re.MULTILINE):
        assert (ROOT / line).exists(), line
    assert re.findall(r"^USER (\S+)", recipe, re.MULTILINE) == ["shuanjian"]
    ignored = set(Path(ROOT, ".dockerignore").read_text(encoding="utf-8").split())
    assert {".git", ".state", ".venv", "media", "tests"} <= ignored
