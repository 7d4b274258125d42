"""What the staff's home page shows: each app declares its part, and each number opens exactly the rows that it counts.

From top to bottom: 待办 (work that waits for this actor), figures (what the area looks like), maps (the counties as
tiles), changes (what happened lately). A maker returns None when the actor has nothing to see there. Apps declare in
their ``panels.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from .actor import Actor
from .charts import shade


@dataclass(frozen=True)
class Tile:
    """A number with its unit and the list behind it. ``tone`` is one of plain, ok, notice, bad.

    ``trend`` are the values of the periods before, oldest first, drawn as a sparkline; ``note`` says what they are.
    """

    label: str
    count: int
    url: str
    unit: str = "件"
    tone: str = "plain"
    trend: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class MapTile:
    """One county: where its tile stands, its number, the rows behind it."""

    label: str
    column: int
    row: int
    value: int
    url: str = ""

    @property
    def short(self) -> str:
        """思明 for 思明区, but 沙县 stays whole: what fits on a tile."""
        return self.label[:-1] if len(self.label) > 2 and self.label[-1] in "区县市" else self.label


@dataclass(frozen=True)
class TileMap:
    """The counties as tiles, shaded by value, with the same numbers as a table below. The title names the unit."""

    title: str
    unit: str
    tiles: tuple[MapTile, ...]
    note: str = ""

    def shaded(self) -> list[tuple[MapTile, int]]:
        """Each tile with its shade: 0 for nothing, 1 to 5 in equal steps up to the highest value."""
        highest = max((tile.value for tile in self.tiles), default=0)
        return [(tile, shade(tile.value, highest)) for tile in self.tiles]

    def placed(self) -> list[tuple[MapTile, int, int, int]]:
        """(tile, shade, column, row) with the empty space at the left and above cut off."""
        left = min((tile.column for tile in self.tiles), default=1) - 1
        above = min((tile.row for tile in self.tiles), default=1) - 1
        return [(tile, shade, tile.column - left, tile.row - above) for tile, shade in self.shaded()]

    def ranked(self) -> list[MapTile]:
        return sorted(self.tiles, key=lambda tile: (-tile.value, tile.row, tile.column))


@dataclass(frozen=True)
class Change:
    """One thing that changed lately."""

    at: datetime
    text: str
    url: str = ""
    who: str = ""


T = TypeVar("T")
Maker = Callable[[Actor], T | None]
Entries = list[tuple[int, str, Maker]]
_todo: Entries = []
_figures: Entries = []
_maps: Entries = []
_changes: Entries = []
CHANGES_SHOWN = 12


def todo_tile(*, order: int) -> Callable[[Maker[Tile]], Maker[Tile]]:
    """Declare a 待办 tile: work that waits for this actor."""
    return _declare(_todo, order)


def figure_tile(*, order: int) -> Callable[[Maker[Tile]], Maker[Tile]]:
    """Declare a tile of the figures below: what the actor's area looks like now."""
    return _declare(_figures, order)


def tile_map(*, order: int) -> Callable[[Maker[TileMap]], Maker[TileMap]]:
    """Declare a county map."""
    return _declare(_maps, order)


def recent_changes(*, order: int) -> Callable[[Maker[Sequence[Change]]], Maker[Sequence[Change]]]:
    """Declare a source of what changed lately; sources are merged, the newest first."""
    return _declare(_changes, order)


def _declare(register: Entries, order: int) -> Callable[[Maker], Maker]:
    def declare(maker: Maker) -> Maker:
        register.append((order, maker.__name__, maker))
        return maker

    return declare


def _made(register: Entries, actor: Actor) -> list:
    ordered = sorted(register, key=lambda entry: entry[:2])
    return [made for _, _, maker in ordered if (made := maker(actor)) is not None]


def todo_tiles(actor: Actor) -> list[Tile]:
    return _made(_todo, actor)


def figure_tiles(actor: Actor) -> list[Tile]:
    return _made(_figures, actor)


def tile_maps(actor: Actor) -> list[TileMap]:
    return [made for made in _made(_maps, actor) if made.tiles]


def changes(actor: Actor) -> list[Change]:
    merged = [change for source in _made(_changes, actor) for change in source]
    return sorted(merged, key=lambda change: change.at, reverse=True)[:CHANGES_SHOWN]
