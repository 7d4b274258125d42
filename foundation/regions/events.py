"""Facts about grids, school areas and schools."""

from foundation.core.events import EventKind

GRID_REGISTERED = EventKind("grid.registered", "登记网格")
GRID_CHANGED = EventKind("grid.changed", "修改网格")
GRID_CLOSED = EventKind("grid.closed", "停用网格")
SCHOOL_AREA_REGISTERED = EventKind("school_area.registered", "登记学校片区")
SCHOOL_AREA_CHANGED = EventKind("school_area.changed", "修改学校片区")
SCHOOL_REGISTERED = EventKind("school.registered", "登记学校")
SCHOOL_CHANGED = EventKind("school.changed", "修改学校")
SCHOOL_CLOSED = EventKind("school.closed", "撤并学校")
