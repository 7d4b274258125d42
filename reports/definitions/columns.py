"""Columns that many lists share; each is a function of the path from the row to what it shows."""

from __future__ import annotations

from operator import attrgetter

from foundation.exports.declaring import Column


def county(path: str = "jurisdiction") -> Column:
    return Column("county", "区县", attrgetter(path))


def town(path: str = "division") -> Column:
    return Column("town", "镇街", attrgetter(path))


def on(path: str, label: str) -> Column:
    """A day."""
    return Column(path.rsplit(".", 1)[-1], label, attrgetter(path), kind="date")


def number(path: str, label: str) -> Column:
    """A number of the portal's own: 检查记录编号, 文号."""
    return Column("number", label, attrgetter(path), kind="code")


def named(path: str, label: str = "机构") -> Column:
    """A name, or how the object at the end of the path is called."""
    return Column("name", label, attrgetter(path))


def institution(path: str = "institution") -> tuple[Column, ...]:
    """Name, credit code, county and town of an institution."""
    at = f"{path}." if path else ""
    return (
        named(f"{at}name"),
        Column("credit_code", "统一社会信用代码", attrgetter(f"{at}credit_code"), kind="code"),
        county(f"{at}jurisdiction"),
        town(f"{at}division"),
    )
