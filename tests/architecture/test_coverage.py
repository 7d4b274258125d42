"""docs/coverage.md: every row of the seven cases has operations, a screen, KPIs and tests that are really there."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from django.urls import get_resolver

from reports.kpis import kpi_of
from tests.architecture.source import ROOT

TEXT = (ROOT / "docs/coverage.md").read_text(encoding="utf-8")
TESTS = ROOT / "tests"
#: How many rows each case has in the notes, and how many stories.
CASES = {"XM": 12, "QZ": 12, "LJ": 9, "JM": 14, "SS": 14, "SY": 5, "XP": 8}
STORIES = 15
#: Operations that tests reach through the job or the import pipeline that calls them.
THROUGH = {
    "institutions.write_imported",
    "contracts.write_contracts",
    "inspections.write_visits",
}
IMPORTS = re.compile(r"^from ((?:tests|demo)[\w.]*) import (?:\(([\w,\s]+)\)|([\w, ]+))$", re.MULTILINE)


def rows(pattern: str) -> list[list[str]]:
    lines = [line for line in TEXT.splitlines() if re.match(rf"\| {pattern} \|", line)]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


CASE_ROWS = rows(r"[A-Z]{2}\d+")
STORY_ROWS = rows(r"\d+")


def named(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@cache
def operations(app: str) -> frozenset[str]:
    """The names of an app's operations."""
    package = import_module(f"{app}.operations")
    inner = [import_module(f"{package.__name__}.{each.name}") for each in iter_modules(package.__path__)]
    facts = [fact for module in (package, *inner) for fact in vars(module).items()]
    return frozenset(name for name, value in facts if hasattr(value, "is_operation"))


@cache
def screens() -> frozenset[str]:
    found: set[str] = set()

    def walk(resolver, space: str) -> None:
        for entry in resolver.url_patterns:
            if hasattr(entry, "url_patterns"):
                walk(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
            elif entry.name:
                found.add(f"{space}{entry.name}")

    walk(get_resolver(), "")
    return frozenset(found)


@cache
def reach(path: Path) -> str:
    """A test file with the test and demo modules that it imports."""
    text = path.read_text(encoding="utf-8")
    parts = [text]
    for module, among, names in IMPORTS.findall(text):
        for name in ("", *re.findall(r"\w+", among or names)):
            file = ROOT / f"{module.replace('.', '/')}{f'/{name}' if name else ''}.py"
            parts += [file.read_text(encoding="utf-8")] if file.exists() else []
    return "\n".join(parts)


def is_reached(operation: str, texts: list[str]) -> bool:
    name = operation.rpartition(".")[2]
    return operation in THROUGH or any(re.search(rf"\b{name}\b", text) for text in texts)


def test_every_row_of_the_cases_and_every_story_is_there():
    assert [row[0] for row in CASE_ROWS] == [f"{case}{n}" for case, most in CASES.items() for n in range(1, most + 1)]
    assert [row[0] for row in STORY_ROWS] == [str(n) for n in range(1, STORIES + 1)]


@pytest.mark.parametrize("row", CASE_ROWS, ids=lambda row: row[0])
def test_a_row_names_what_is_there(row):
    _, _, done_by, shown_on, counted_by, proved_by = row
    assert named(done_by)
    assert named(shown_on)
    for operation in named(done_by):
        app, _, name = operation.rpartition(".")
        assert name in operations(app), operation
    assert set(named(shown_on)) <= screens()
    assert [code for code in named(counted_by) if kpi_of(code) is None] == []
    assert [path for path in named(proved_by) if not (TESTS / path).exists()] == []


@pytest.mark.parametrize("row", CASE_ROWS, ids=lambda row: row[0])
def test_its_tests_reach_its_operations(row):
    texts = [reach(TESTS / path) for path in named(row[5])]
    assert [operation for operation in named(row[2]) if not is_reached(operation, texts)] == []


@pytest.mark.parametrize("row", STORY_ROWS, ids=lambda row: f"story{row[0]}")
def test_a_story_is_walked(row):
    assert named(row[2])
    assert [path for path in named(row[2]) if not (TESTS / path).exists()] == []
