"""Sets of the cast that the matrix names, and where some of them see more or less than their area."""

from __future__ import annotations

from tests.authz.policies import COUNTY, PHONE, STAFF, Rows
from tests.authz.relations import RELATIONS

#: Who reads the register of institutions and what hangs on it.
READERS = COUNTY | {"neighbour", "other_city", "city", "province", "town", "culture", "discipline"}

OFFICERS = frozenset({"officer", "second_officer", "neighbour", "other_city"})
GIVERS = OFFICERS | {"leader", "city", "province"}
TASKS = GIVERS | {"town", "culture", "finance"}
#: Assignments are seen by the organs that gave or received them, and by those who see aggregates of the area.
GIVEN_BY_CITY = {
    **dict.fromkeys(TASKS, frozenset()),
    **dict.fromkeys(["officer", "second_officer", "leader", "city", "province"], frozenset({"own"})),
}
NOBODY = GIVEN_BY_CITY
#: A message is its recipient's, wherever the thing lies that it is about.
INBOX_OF_OFFICER = {**dict.fromkeys(STAFF, frozenset()), "officer": frozenset(RELATIONS)}

#: Who reads organs, people and posts: the three administrators, and those who inspect.
ADMINS = {"system", "security", "auditor", "discipline"}
SYSTEM = frozenset({"system"})
#: Who keeps schools and their areas, and who draws grids: the counties' officers, and for grids the town.
AREA_KEEPERS = frozenset({"officer", "second_officer", "neighbour", "other_city"})
GRID_KEEPERS = AREA_KEEPERS | {"town"}

#: Who enters visits at the desk, who lays checklists down; what a city lays down is read in its counties.
DESK = OFFICERS | {"leader", "town", "culture"}
LAYERS = OFFICERS | {"city", "province"}
BELOW = {
    **dict.fromkeys(COUNTY | {"town", "culture"}, frozenset(RELATIONS) - {"neighbour", "other_city"}),
    "neighbour": frozenset({"neighbour", "city"}),
}

#: Who runs campaigns; who plans patrols (a town keeps the shifts of its own organ only).
RUNNERS = OFFICERS | {"leader", "city"}
PLANNERS = OFFICERS | {"city"}

#: Who imports: counties their registers, the city past visits alone. The batch of the matrix is of schools.
IMPORTERS = OFFICERS | {"city"}
OWN_TARGETS = {"city": frozenset()}

#: Who may ask for exports; of others' they see only what waits for their decision.
EXPORTERS = READERS - {"town"} | {"auditor"}
APPROVERS_ONLY = {
    **{role: frozenset() for role in EXPORTERS - {"leader", "city"}},
    "leader": frozenset({"own", "other_town", "other_category"}),
    "city": frozenset({"own", "other_town", "other_category", "neighbour", "city"}),
}
#: Photos have no place of their own but the jurisdiction; who may not see one is told that there is none.
LOGGED_IN = STAFF | PHONE
PHOTOS = Rows(
    view=LOGGED_IN,
    door=LOGGED_IN,
    reach=dict.fromkeys(LOGGED_IN - READERS, frozenset()),
    post="405",
)
#: Clues are read by officers, leaders and the city; leaders do not handle them.
CLUE_READERS = OFFICERS | {"leader", "city"}
#: The tests' whistle is the town's and calls the culture department; those who see aggregates read it too.
CALLED_BY_TOWN = {
    **dict.fromkeys(TASKS, frozenset()),
    **dict.fromkeys(["officer", "second_officer", "leader", "city", "province", "town", "culture"], frozenset({"own"})),
}
CLUE_HANDLERS = CLUE_READERS - {"leader"}
#: The rules of the advertisement screening are the same everywhere: whoever reads them reads all.
EVERYWHERE = dict.fromkeys(CLUE_READERS | {"province"}, frozenset(RELATIONS))
#: Lists: one proposes, another decides; a city manager may do either, never both for one entry.
PROPOSERS = OFFICERS | {"city"}
DECIDERS = frozenset({"leader", "city"})
#: Supervisors: a city's, which districts, leaders and inspectors read; the city appoints and manages.
CITY_ALONE = frozenset({"city"})
SUPERVISOR_READERS = frozenset(OFFICERS | {"leader", "city", "province", "discipline"})
#: The batch of the tests is the city's and asks the own county; who is neither sees none of it.
_BATCH = frozenset({"own"})
ASKED_BY_CITY = {
    **dict.fromkeys(SUPERVISOR_READERS, _BATCH),
    "neighbour": frozenset(),
    "other_city": frozenset(),
}
#: Texts are read in the place that published them and below it.
READ_BELOW = {
    **dict.fromkeys(
        ["officer", "second_officer", "leader"], frozenset({"own", "other_town", "other_category", "city"})
    ),
    "neighbour": frozenset({"neighbour", "city"}),
}
#: The cast's supervisor has a post and no appointment: whatever the address, one page says so and nothing else.
NOT_APPOINTED = {"supervisor": frozenset(RELATIONS)}
#: Who keeps the public site: officers and leaders of the counties, the city, the province.
SITE_KEEPERS = GIVERS
INBOX_OF_OFFICER_ON_PHONE = {**dict.fromkeys(PHONE, frozenset()), "officer": frozenset(RELATIONS)}

#: Who runs draws; who may agree that one is voided. Declared interests are read by both, by others only their own.
DRAWERS = OFFICERS | {"city"}
INTEREST_READERS = DRAWERS | {"leader"}
OWN_INTERESTS = dict.fromkeys(READERS - INTEREST_READERS, frozenset())
