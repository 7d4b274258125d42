"""What the packages under the staff's pages want translated, read from their source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import django
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation.template import templatize

SITE_PACKAGES = Path(django.__file__).parent.parent
_IN_TEMPLATE = re.compile(r"(?<![a-z])(gettext|ngettext|pgettext)\((.*?)\)\s", re.S)
_FILTERED = re.compile(r"_\(([\"'])(.*?)\1\)")


def messages_of(folder: str, *, without: tuple[str, ...] = ()) -> dict[tuple[str, ...], str]:
    """(function, arguments) of every marked string below a folder of site-packages, with the file it stands in."""
    found: dict[tuple[str, ...], str] = {}
    for file in sorted((SITE_PACKAGES / folder).rglob("*")):
        place = str(file.relative_to(SITE_PACKAGES))
        if file.suffix not in {".py", ".html", ".txt"} or any(part in place for part in without):
            continue
        text = file.read_text(encoding="utf-8")
        for call in _from_code(text) if file.suffix == ".py" else _from_template(text):
            found.setdefault(call, place)
    return found


def _from_code(text: str) -> Iterator[tuple[str, ...]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", "")).removesuffix("_lazy").removesuffix("_noop")
            yield from _call("gettext" if name == "_" else name, node)


def _from_template(text: str) -> Iterator[tuple[str, ...]]:
    for match in _IN_TEMPLATE.finditer(templatize(text)):
        try:
            node = ast.parse(f"call({match[2]})").body[0].value
        except SyntaxError:
            continue
        yield from _call(match[1], node)
    yield from (("gettext", match[2]) for match in _FILTERED.finditer(text))


def _call(name: str, node: ast.Call) -> Iterator[tuple[str, ...]]:
    words = [entry.value for entry in node.args if isinstance(entry, ast.Constant) and isinstance(entry.value, str)]
    wanted = {"gettext": 1, "ngettext": 2, "pgettext": 2}.get(name)
    if wanted and len(words) >= wanted:
        yield (name, *words[:wanted])


def translated(call: tuple[str, ...]) -> str:
    name, *words = call
    if name == "ngettext":
        return ngettext(*words, 2)
    return pgettext(*words) if name == "pgettext" else gettext(*words)
