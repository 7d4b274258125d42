"""Who may import whom."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from tests.architecture.source import APPS, DOOR, LAYERS, LEAF, Function, Module, app_of

#: What a leaf may take from Django: the classes that its enums are made of.
LEAF_MAY = {"TextChoices", "IntegerChoices"}
#: Packages that deliver signals, and who may listen: Celery says only by signal that it starts.
SIGNALS = (
    "django.db.models.signals",
    "django.dispatch",
    "django.core.signals",
    "django.contrib.auth.signals",
    "blinker",
)
MAY_LISTEN = frozenset({"shuanjian.celery"})


def breaches_between_apps(found: Iterable[Module]) -> list[str]:
    """An app that imports from an app after it, or from outside the order (tests, script)."""
    problems = []
    for module in found:
        for node, target, names in module.imports():
            for name in {target, *(f"{target}.{name}" for name in names)}:
                other = app_of(name)
                if other and module.app and APPS.index(other) > APPS.index(module.app):
                    problems.append(f"{module.at(node)} {module.app} imports {other}")
            if target.partition(".")[0] in {"tests", "script", "stack"}:
                problems.append(f"{module.at(node)} imports {target}")
    return sorted(set(problems))


def breaches_inside_apps(found: Iterable[Module]) -> list[str]:
    """A layer that imports from a layer above it, also by way of a module with a name of its own."""
    known = {module.name: module for module in found if module.app != "foundation.core" and not module.is_migration}
    inside = {name: _inside(module, known) for name, module in known.items()}
    problems = []
    for name, module in known.items():
        mine = LAYERS.get(module.part)
        if mine is None:
            continue
        for node, target in inside[name]:
            reached = _rank(target, inside, known, seen=set())
            if reached > mine:
                problems.append(f"{module.at(node)} {module.part} imports {target} (a layer above)")
    return sorted(set(problems))


def _inside(module: Module, known: dict[str, Module]) -> list[tuple[ast.stmt, str]]:
    """Imports of modules of the same app."""
    found = []
    for node, target, names in module.imports():
        for name in [f"{target}.{name}" for name in names if f"{target}.{name}" in known] or [target]:
            if app_of(name) == module.app and name != module.app and name in known:
                found.append((node, name))
    return found


def _rank(name: str, inside: dict, known: dict[str, Module], *, seen: set[str]) -> int:
    """A named module's layer; a module with a name of its own stands where the highest thing that it imports stands."""
    rank = LAYERS.get(known[name].part)
    if rank is not None:
        return rank
    seen.add(name)
    return max((_rank(target, inside, known, seen=seen) for _, target in inside[name] if target not in seen), default=0)


def impure_leaves(found: Iterable[Module]) -> list[str]:
    """Leaves that bring more of Django along than the classes of their enums."""
    return [
        f"{module.at(node)} a leaf imports {target} ({', '.join(names)})"
        for module in found
        if LAYERS.get(module.part) == LEAF and module.app != "foundation.core"
        for node, target, names in module.imports()
        if target.partition(".")[0] == "django" and not set(names) <= LEAF_MAY
    ]


def inline_imports(found: Iterable[Module]) -> list[str]:
    """Imports inside a function or class: they hide a cycle."""
    return [
        f"{module.at(inner)} inline import"
        for module in found
        for node in ast.walk(module.tree)
        if isinstance(node, Function | ast.ClassDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]


def signal_imports(found: Iterable[Module]) -> list[str]:
    """Signals move rules to where nobody looks for them."""
    return [
        f"{module.at(node)} imports {target}"
        for module in found
        if module.name not in MAY_LISTEN
        for node, target, names in module.imports()
        if target.startswith(SIGNALS) or target.endswith(".signals") or "signals" in names
    ]


def forbidden_imports(found: Iterable[Module]) -> list[str]:
    """psycopg 3, thread-locals, gettext of our own; HTTP and forms in what lies below the doors."""
    problems = []
    for module in found:
        below_doors = LAYERS.get(module.part, DOOR) < 4 and module.app != "foundation.core"
        for node, target, names in module.imports():
            top = target.partition(".")[0]
            if top in {"psycopg", "contextvars"} or (target == "threading" and "local" in names):
                problems.append(f"{module.at(node)} imports {target}")
            if target.startswith("django.utils.translation"):
                problems.append(f"{module.at(node)} imports {target}: Chinese labels are literals")
            if below_doors and target.startswith(("django.http", "django.forms", "django.views", "rest_framework")):
                problems.append(f"{module.at(node)} {module.part} imports {target}: doors only")
    return problems
