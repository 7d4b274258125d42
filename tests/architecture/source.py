"""Our source as syntax trees, with the place of each module in the house: which app, which layer."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

#: The import order. An app imports only from apps before it; a new app is added here first.
APPS = (
    *(f"foundation.{app}" for app in ("core", "audit", "regions", "accounts", "deadlines", "notifications")),
    *(f"foundation.{app}" for app in ("documents", "imports", "exports", "photos")),
    *(
        "institutions",
        "assignments",
        "clues",
        "inspections",
        "declarations",
        "materials",
        "outreach",
        "enforcement",
        "cases",
    ),
    *("supervisors", "ledger", "contracts", "funds", "payouts", "banking", "alerts", "oversight"),
    *("listings", "afterschool", "matters", "reports", "phone", "publicity", "demo", "shuanjian"),
)
#: Inside an app: leaves < models < rules, queries < operations < importing, panels, tasks < doors.
LAYERS = {
    **dict.fromkeys(("enums", "events", "workflow", "notices"), 0),
    "models": 1,
    **dict.fromkeys(("rules", "queries"), 2),
    "operations": 3,
    **dict.fromkeys(("importing", "panels", "tasks"), 4),
    **dict.fromkeys(("forms", "views", "pages", "admin", "api", "urls", "management", "templatetags", "apps"), 5),
}
LEAF, DOOR = 0, 5
DOORS = frozenset({"views", "admin", "api", "tasks", "management", "forms", "pages", "urls"})
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One file. ``app`` is empty outside the apps; ``part`` is the name below the app, such as ``operations``."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=self.path)

    @cached_property
    def name(self) -> str:
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @cached_property
    def app(self) -> str:
        return app_of(self.name)

    @cached_property
    def part(self) -> str:
        return self.name.removeprefix(self.app).lstrip(".").partition(".")[0] if self.app else ""

    @property
    def is_migration(self) -> bool:
        return ".migrations" in self.name

    def at(self, node: ast.AST) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 1)}"

    def imports(self) -> Iterator[tuple[ast.stmt, str, list[str]]]:
        """(statement, absolute module, names) of every import that runs; those for type checkers only do not."""
        skipped = {id(inner) for node in ast.walk(self.tree) if _is_type_checking(node) for inner in ast.walk(node)}
        for node in ast.walk(self.tree):
            if id(node) in skipped:
                continue
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield node, alias.name, []
            elif isinstance(node, ast.ImportFrom):
                yield node, self._absolute(node), [alias.name for alias in node.names]

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = self.name.split(".")
        if not self.path.endswith("/__init__.py"):
            package = package[:-1]
        base = package[: len(package) - node.level + 1]
        return ".".join([*base, *([node.module] if node.module else [])])

    def functions(self) -> Iterator[Function]:
        for node in ast.walk(self.tree):
            if isinstance(node, Function):
                yield node

    def public_functions(self) -> Iterator[Function]:
        """Top-level functions that others may call."""
        for node in self.tree.body:
            if isinstance(node, Function) and not node.name.startswith("_"):
                yield node


def app_of(name: str) -> str:
    """The app that a dotted name lies in, or nothing."""
    return next((app for app in APPS if name == app or name.startswith(f"{app}.")), "")


def _is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node


def dotted(node: ast.AST) -> str:
    """``a.b.c`` of a name or attribute; what is not named (a call's result) becomes ``?``."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return "?"


@cache
def modules() -> tuple[Module, ...]:
    """All modules of the apps."""
    tops = sorted({app.partition(".")[0] for app in APPS})
    return tuple(module for top in tops for module in below(ROOT / top))


def below(folder: Path) -> list[Module]:
    return [
        Module(path=str(file.relative_to(ROOT)), text=file.read_text(encoding="utf-8"))
        for file in sorted(folder.rglob("*.py"))
    ]
