"""What the staff's home page shows: each app declares its tiles, and each tile opens exactly the rows that it counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .actor import Actor


@dataclass(frozen=True)
class Tile:
    """A number with its unit and the list behind it. ``tone`` is one of plain, ok, notice, bad."""

    label: str
    count: int
    url: str
    unit: str = "件"
    tone: str = "plain"


Maker = Callable[[Actor], Tile | None]
_todo: list[tuple[int, str, Maker]] = []
_figures: list[tuple[int, str, Maker]] = []


def todo_tile(*, order: int) -> Callable[[Maker], Maker]:
    """Declare a 待办 tile: work that waits for this actor."""
    return _declare(_todo, order)


def figure_tile(*, order: int) -> Callable[[Maker], Maker]:
    """Declare a tile of the figures below: what the actor's area looks like now."""
    return _declare(_figures, order)


def _declare(register: list[tuple[int, str, Maker]], order: int) -> Callable[[Maker], Maker]:
    def declare(maker: Maker) -> Maker:
        register.append((order, maker.__name__, maker))
        return maker

    return declare


def todo_tiles(actor: Actor) -> list[Tile]:
    return [tile for _, _, maker in sorted(_todo, key=lambda entry: entry[:2]) if (tile := maker(actor))]


def figure_tiles(actor: Actor) -> list[Tile]:
    return [tile for _, _, maker in sorted(_figures, key=lambda entry: entry[:2]) if (tile := maker(actor))]
