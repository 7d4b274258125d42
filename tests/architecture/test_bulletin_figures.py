"""No figure of the bulletin stands in the code of reports or in a template: every one of them is counted."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

#: Those of the bulletin's figures that nobody writes by chance.
FIGURES = (
    *("162", "697", "116", "7364", "380128", "993992", "668", "2051", "337", "91.35", "91.36", "87082", "91350"),
    *("95.3", "167", "220"),
)
FOUND = re.compile(rf"(?<![\d.,])(?:{'|'.join(map(re.escape, FIGURES))})(?:\.00)?(?![\d.])")
CODE = sorted((ROOT / "reports").rglob("*.py"))
TEXTS = [*sorted((ROOT / "templates").rglob("*.*")), *sorted((ROOT / "reports").rglob("*.txt"))]


def figures_in(text: str) -> list[str]:
    return FOUND.findall(re.sub(r"(?<=\d),(?=\d{3})", "", text))


def literals(tree: ast.Module) -> Iterator[str]:
    """Numbers and texts of the code; docstrings are for people."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, documented) and ast.get_docstring(node)]
    told = {id(body[0].value) for body in bodies}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in told:
            yield str(node.value)


def found_in(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    pieces = literals(ast.parse(text)) if path.suffix == ".py" else [text]
    return [figure for piece in pieces for figure in figures_in(piece)]


@pytest.mark.parametrize("path", [*CODE, *TEXTS], ids=lambda path: str(path.relative_to(ROOT)))
def test_no_figure_is_typed_in(path):
    assert found_in(path) == []


@pytest.mark.parametrize("text", ["共2051人次", "380,128.00元", "{{ 91.35 }}%", "x = 7364"])
def test_the_look_finds_them(text):
    assert figures_in(text)


def test_the_look_lets_other_numbers_pass():
    assert figures_in("12家，12051，116.5，0.3375，1,162件，20511") == []


def test_code_is_looked_at_without_its_docstrings():
    tree = ast.parse('"""2051"""\ndef f():\n    """7364"""\n    return 697, "共668人次"\n')
    assert [figure for piece in literals(tree) for figure in figures_in(piece)] == ["697", "668"]
