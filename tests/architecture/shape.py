"""What functions look like and what they may do: operations, doors, the clock, the writer of spreadsheets, sizes."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from tests.architecture.source import DOORS, Function, Module, calls, dotted

WRITES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
WRITES |= {f"a{name}" for name in WRITES} | {"insert", "update_fields"}
READS_THE_CLOCK = {"timezone.now", "timezone.localdate", "datetime.now", "datetime.utcnow", "datetime.today"}
READS_THE_CLOCK |= {"date.today", "datetime.datetime.now", "datetime.date.today", "time.time"}
WRITES_SHEETS = {
    "csv.writer",
    "csv.DictWriter",
    "Workbook",
    "openpyxl.Workbook",
    "xlsxwriter.Workbook",
    "tablib.Dataset",
}
#: Operations that ask no rule, with the reason.
ASKS_NOBODY = {"record_login": "whoever tries to log in is nobody yet, and the try is kept whatever comes of it"}
BAD_MODULES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc", "tools", "stuff"}
BAD_FUNCTIONS = {"process", "handle", "do"}
FILE_LINES, FUNCTION_LINES = 400, 40
FILE_P90, FUNCTION_P90 = 250, 25


def _decorators(function: Function) -> set[str]:
    return {dotted(d.func if isinstance(d, ast.Call) else d).rpartition(".")[2] for d in function.decorator_list}


def shapeless_operations(found: Iterable[Module]) -> list[str]:
    """Public functions of ``operations`` that are no operation, and operations that live elsewhere."""
    problems = []
    for module in found:
        for function in module.public_functions():
            is_operation = "operation" in _decorators(function)
            if module.part == "operations" and not is_operation:
                problems.append(f"{module.at(function)} {function.name} is not an @operation")
            if is_operation and module.part != "operations":
                problems.append(f"{module.at(function)} {function.name} is an @operation outside operations/")
            if is_operation:
                problems += [f"{module.at(function)} {function.name} {fault}" for fault in _faults(function)]
    return problems


def _faults(function: Function) -> Iterator[str]:
    arguments = function.args
    if arguments.args or arguments.posonlyargs or arguments.vararg:
        yield "takes positional arguments"
    annotations = {a.arg: ast.unparse(a.annotation) if a.annotation else "" for a in arguments.kwonlyargs}
    if annotations.get("by") != "Actor":
        yield "has no by: Actor"
    if annotations.get("at") != "datetime":
        yield "has no at: datetime"
    if function.returns is None:
        yield "does not say what it returns"
    if not ast.get_docstring(function):
        yield "has no docstring"


def unguarded_operations(found: Iterable[Module]) -> list[str]:
    """Operations that never come to ``authorize``, also not through a function of their own app."""
    problems = []
    apps: dict[str, dict[str, set[str]]] = {}
    below_doors = [module for module in found if module.app and module.part not in DOORS]
    for module in below_doors:
        for function in module.functions():
            called = {dotted(call.func).rpartition(".")[2] for call in calls(function)}
            apps.setdefault(module.app, {}).setdefault(function.name, set()).update(called)
    for module in below_doors:
        if module.part == "operations":
            for function in module.public_functions():
                if function.name not in ASKS_NOBODY and not _reaches(
                    function.name, "authorize", apps[module.app], seen=set()
                ):
                    problems.append(f"{module.at(function)} {function.name} never authorizes")
    return problems


def _reaches(name: str, goal: str, graph: dict[str, set[str]], *, seen: set[str]) -> bool:
    seen.add(name)
    called = graph.get(name, set())
    return goal in called or any(_reaches(next_, goal, graph, seen=seen) for next_ in called - seen if next_ in graph)


def writing_doors(found: Iterable[Module]) -> list[str]:
    """Doors that write by themselves. A dict is joined with ``|``, so every ``.update(`` here is a query's."""
    return [
        f"{module.at(call)} {dotted(call.func)}() in a door"
        for module in found
        if module.part in DOORS and module.app
        for call in calls(module.tree)
        if isinstance(call.func, ast.Attribute) and call.func.attr in WRITES and not _is_harmless(call.func.value)
    ]


def _is_harmless(receiver: ast.AST) -> bool:
    """``super()`` is Django's own machinery; a session is plumbing, not a fact."""
    return dotted(receiver).endswith(".session") or (
        isinstance(receiver, ast.Call) and dotted(receiver.func) == "super"
    )


def state_setters(found: Iterable[Module]) -> list[str]:
    """``.state`` is set by ``advance`` only."""
    problems = []
    for module in found:
        if module.app == "foundation.core" or module.is_migration:
            continue
        for node in ast.walk(module.tree):
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            if any(isinstance(target, ast.Attribute) and target.attr == "state" for target in targets):
                problems.append(f"{module.at(node)} sets .state")
            if isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] in {"update", "setattr"}:
                named = any(keyword.arg == "state" for keyword in node.keywords)
                literal = any(isinstance(arg, ast.Constant) and arg.value == "state" for arg in node.args)
                if named or (literal and dotted(node.func) == "setattr"):
                    problems.append(f"{module.at(node)} sets .state")
    return problems


def own_clocks(found: Iterable[Module]) -> list[str]:
    """Only ``core.clock`` reads the time, and nothing below the doors asks it: operations get ``at``."""
    problems = []
    for module in found:
        if module.name == "foundation.core.clock" or module.is_migration or not module.app:
            continue
        for call in calls(module.tree):
            name = dotted(call.func)
            if name in READS_THE_CLOCK:
                problems.append(f"{module.at(call)} {name}(): use foundation.core.clock")
            if module.part in {"operations", "rules", "models"} and name in {"clock.now", "clock.today"}:
                problems.append(f"{module.at(call)} {name}() in {module.part}: take at")
    return problems


def sheet_writers(found: Iterable[Module]) -> list[str]:
    """Spreadsheets are written in one place, where no text can become a formula."""
    return [
        f"{module.at(call)} {dotted(call.func)}()"
        for module in found
        if module.name != "foundation.core.spreadsheets"
        for call in calls(module.tree)
        if dotted(call.func) in WRITES_SHEETS
    ]


def undocumented(found: Iterable[Module]) -> list[str]:
    """Public operations, queries and rules say in a sentence what they are."""
    return [
        f"{module.at(function)} {function.name} has no docstring"
        for module in found
        if module.part in {"operations", "queries", "rules"}
        for function in module.public_functions()
        if not ast.get_docstring(function) and not (module.part == "rules" and "rule" in _decorators(function))
    ]


def bad_names(found: Iterable[Module]) -> list[str]:
    """Modules and functions whose name says nothing; Django's own ``Command.handle`` is excused."""
    problems = [f"{m.path} is named {last}" for m in found if (last := m.name.rpartition(".")[2]) in BAD_MODULES]
    for module in found:
        for function in module.functions():
            if function.name in BAD_FUNCTIONS and not (module.part == "management" and function.name == "handle"):
                problems.append(f"{module.at(function)} function {function.name}")
    return problems


def prints(found: Iterable[Module]) -> list[str]:
    return [
        f"{module.at(call)} print()" for module in found for call in calls(module.tree) if dotted(call.func) == "print"
    ]


def save_overrides(found: Iterable[Module]) -> list[str]:
    """Models without ``save``, ``delete`` or ``full_clean`` of their own: rules live in operations and constraints."""
    return [
        f"{module.at(function)} overrides {function.name}"
        for module in found
        if module.part == "models"
        for function in module.functions()
        if function.name in {"save", "delete", "full_clean", "save_base"}
    ]


def too_long(found: Iterable[Module]) -> list[str]:
    problems = []
    for module in (module for module in found if not module.is_migration):
        if (lines := length_of(module)) > FILE_LINES:
            problems.append(f"{module.path} has {lines} lines")
        for function in module.functions():
            if (lines := function_length(function)) > FUNCTION_LINES:
                problems.append(f"{module.at(function)} {function.name} has {lines} lines")
    return problems


def length_of(module: Module) -> int:
    return len(module.text.splitlines())


def function_length(function: Function) -> int:
    """Lines of the body without its docstring: keyword-only signatures take a line a fact and are no complexity."""
    body = function.body[1:] if ast.get_docstring(function) and len(function.body) > 1 else function.body
    return (function.end_lineno or function.lineno) - body[0].lineno + 1


def p90(values: Iterable[int]) -> int:
    ordered = sorted(values)
    return ordered[int(len(ordered) * 0.9)] if ordered else 0
