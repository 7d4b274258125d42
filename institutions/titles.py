"""What the name of a sheet, a title or a group row says about the institutions below it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from foundation.regions.reference import county_names

from .enums import Category

_NUMBER = re.compile(r"^(第?[一二三四五六七八九十]+(、|部分|类:)|\([一二三四五六七八九十\d]+\)|\d{1,2}[.、)])")
_COUNT = re.compile(r"[\[(]?共?\d+(家|所|个|户|条)[\])]?$")
_NOT_A_KIND = re.compile(
    r"教?体育?(行政部门|局|路|中心|馆|场)|教体局|科技(局|路|馆)|科学技术局|文化和旅游局|文旅局|非学科(类)?"
)
_KINDS = (
    (Category.SUBJECT, re.compile(r"学科类?")),
    (Category.SPORT, re.compile(r"体育")),
    (Category.ARTS, re.compile(r"文化艺术|艺术|文艺")),
    (Category.SCIENCE, re.compile(r"科技|科学技术")),
    (Category.OTHER, re.compile(r"其[他它](?=类|$)")),
)
_TAIL = re.compile(r"[区县市]$")


def _core(text: str) -> str:
    """The words without number and count: ``3.科技（12家）`` -> ``科技``."""
    bare = "".join(unicodedata.normalize("NFKC", text).split())
    return _COUNT.sub("", _NUMBER.sub("", bare))


def category_in(text: str) -> str | None:
    """The label of the one category that a title names; None when it names none or several."""
    core = _core(text)
    other = re.search(r"其[他它]非学科", core)
    core = _NOT_A_KIND.sub("", core)
    found = [kind for kind, pattern in _KINDS if pattern.search(core)]
    if other and not found:
        found = [Category.OTHER]
    return str(found[0].label) if len(found) == 1 else None


def county_in(text: str) -> str | None:
    """The one county of Fujian that a title names in full, or that is all it says (a sheet called 思明)."""
    core = _core(text)
    found = {name for name in county_names() if name in core}
    found = {name for name in found if not any(name != other and name in other for other in found)}
    if found:
        return found.pop() if len(found) == 1 else None
    return _by_short_name().get(core)


@cache
def _by_short_name() -> dict[str, str]:
    names: dict[str, set[str]] = {}
    for name in county_names():
        if len(short := _TAIL.sub("", name)) > 1:
            names.setdefault(short, set()).add(name)
    return {short: full.pop() for short, full in names.items() if len(full) == 1}
