"""How a lower app's page shows what higher apps know, without importing them.

A higher app declares, in its ``panels.py``::

    @panel(Institution, label="近期检查", order=40)
    def recent_visits(actor, institution) -> Panel | None: ...

and the page of an institution renders ``panels_for(actor, institution)``. What a page is about may also be a value of
its own, such as one institution's money on a day. A panel costs at most two queries and
returns None when the actor may not see it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .actor import Actor


@dataclass(frozen=True)
class Panel:
    """A small table under a page: column heads, rows of texts, where the full list is, what an empty one means."""

    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]  # texts, or pieces from core.marks
    more_url: str = ""
    empty: str = "暂无记录"


@dataclass(frozen=True)
class Shown:
    label: str
    panel: Panel = field(repr=False)


Maker = Callable[[Actor, Any], Panel | None]
_makers: dict[type, list[tuple[int, str, Maker]]] = {}


def panel(model: type, *, label: str, order: int) -> Callable[[Maker], Maker]:
    def declare(maker: Maker) -> Maker:
        _makers.setdefault(model, []).append((order, label, maker))
        return maker

    return declare


def panels_for(actor: Actor, row: object) -> list[Shown]:
    """All panels of the row's page that this actor may see, in their declared order."""
    makers = sorted(_makers.get(type(row), []), key=lambda entry: entry[:2])
    return [Shown(label, made) for _, label, maker in makers if (made := maker(actor, row)) is not None]
