"""Drawing grids: the smallest areas that grid workers walk."""

from __future__ import annotations

from datetime import date, datetime

from foundation.audit.record import record
from foundation.core import constraints
from foundation.core.actor import Actor
from foundation.core.errors import InvalidInput
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.regions import events, rules
from foundation.regions.enums import DivisionLevel
from foundation.regions.models import Division, GridArea, Jurisdiction
from foundation.regions.queries import lies_in


@operation
def register_grid(
    *, by: Actor, at: datetime, jurisdiction: Jurisdiction, division: Division, name: str, cycle_days: int = 7
) -> GridArea:
    """Add a grid of a community, walked every ``cycle_days`` days.

    Raises NotAllowed outside the own area, InvalidInput for a community elsewhere or a second grid of the name.
    """
    grid = GridArea(jurisdiction=jurisdiction, division=division, name=name.strip(), cycle_days=cycle_days)
    authorize(by, rules.can_manage_grid, grid)
    fits = division.level == DivisionLevel.VILLAGE and division.valid_to is None and lies_in(division, jurisdiction)
    if not fits:
        raise InvalidInput("网格须设在本辖区的社区(村)内。", fields={"division": ["请选择本辖区的社区(村)。"]})
    constraints.insert(grid)
    record(events.GRID_REGISTERED, subject=grid, by=by, at=at, changes={"name": ["", grid.name]})
    return grid


@operation
def change_grid(*, by: Actor, at: datetime, grid: GridArea, name: str, cycle_days: int) -> GridArea:
    """Rename a grid or change how often it is walked."""
    grid = lock(GridArea, grid.pk)
    authorize(by, rules.can_manage_grid, grid)
    grid.name, grid.cycle_days = name.strip(), cycle_days
    if changes := constraints.update(grid, "name", "cycle_days"):
        record(events.GRID_CHANGED, subject=grid, by=by, at=at, changes=changes)
    return grid


@operation
def close_grid(*, by: Actor, at: datetime, grid: GridArea, closed_on: date, reason: str) -> GridArea:
    """Close a grid from a day on; its past rounds stay. A closed grid takes no new grid worker."""
    grid = lock(GridArea, grid.pk)
    authorize(by, rules.can_manage_grid, grid)
    grid.closed_on = closed_on
    changes = constraints.update(grid, "closed_on")
    record(events.GRID_CLOSED, subject=grid, by=by, at=at, changes=changes, reason=reason)
    return grid
