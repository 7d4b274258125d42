"""What may be declared about a URL. Each policy answers one question: what should this role get here?

The tables say what *ought* to be; nothing is taken from the code under test. Answers are classes of HTTP answers:
``ok`` (2xx, or 3xx to a page of ours), ``login`` (sent to the login page; of an API 401), ``403``, ``404``, ``405``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.authz.relations import CITY, NEIGHBOUR, OTHER_CATEGORY, OTHER_CITY, OTHER_TOWN, OWN

PUBLIC = "public"
COUNTY = frozenset({"officer", "leader", "second_officer", "legal"})
STAFF = COUNTY | {"neighbour", "other_city", "city", "province", "town", "culture", "finance", "bank"}
STAFF |= {"discipline", "system", "security", "auditor"}
PHONE = COUNTY - {"legal"} | {"neighbour", "other_city", "town", "culture", "supervisor", "grid"}
ROLES = STAFF | PHONE | {PUBLIC}

_IN_COUNTY = {OWN, OTHER_TOWN, OTHER_CATEGORY}
_IN_CITY = _IN_COUNTY | {NEIGHBOUR, CITY}
#: Where each role of the cast sees rows: by hand, so that a wrong scope in the code shows as a difference.
REACH: dict[str, frozenset[str]] = {
    **{role: frozenset(_IN_COUNTY) for role in COUNTY},
    "neighbour": frozenset({NEIGHBOUR}),
    "other_city": frozenset({OTHER_CITY}),
    **{role: frozenset(_IN_CITY) for role in ("city", "supervisor", "discipline", "system", "security", "auditor")},
    "province": frozenset(_IN_CITY | {OTHER_CITY}),
    "town": frozenset({OWN, OTHER_CATEGORY}),
    "grid": frozenset({OWN, OTHER_CATEGORY}),
    "culture": frozenset({OWN, OTHER_TOWN}),
    **{role: frozenset() for role in ("finance", "bank", PUBLIC)},
}


def reaches(role: str, relation: str, *, place: bool, category: bool) -> bool:
    """Whether the role sees a row of this relation; a model without place or category is not narrowed by it."""
    if (relation == OTHER_TOWN and not place) or (relation == OTHER_CATEGORY and not category):
        relation = OWN
    return relation in REACH[role]


@dataclass(frozen=True)
class Cell:
    """One question: who asks for what with which method; ``relation`` is empty where the URL names no object."""

    role: str
    method: str
    relation: str = ""
    place: bool = False
    category: bool = False


@dataclass(frozen=True, kw_only=True)
class Policy(ABC):
    """``answer`` says who gets through. Those who do get ``get``, and for a POST ``post``: ``same`` or e.g. ``405``."""

    get: str = "ok"
    post: str = "same"

    def expected(self, cell: Cell) -> str:
        answer = self.answer(cell)
        if answer != "ok":
            return answer
        return self.post if cell.method == "POST" and self.post != "same" else self.get

    @abstractmethod
    def answer(self, cell: Cell) -> str:
        """``ok``, or how this role is refused."""

    def refuses_at_the_door(self, role: str) -> bool:
        """Whether this role is refused before any object is looked up, so that it never learns whether there is one."""
        return False


@dataclass(frozen=True, kw_only=True)
class Public(Policy):
    """Anybody reads; nobody posts unless ``post="same"``."""

    post: str = "405"

    def answer(self, cell: Cell) -> str:
        return "ok"


@dataclass(frozen=True)
class Login(Policy):
    """Anybody who is logged in."""

    def answer(self, cell: Cell) -> str:
        return "login" if cell.role == PUBLIC else "ok"


@dataclass(frozen=True)
class Always(Policy):
    """The same answer for everybody, such as a page that is switched off (404)."""

    what: str = "404"

    def answer(self, cell: Cell) -> str:
        return self.what


@dataclass(frozen=True)
class Roles(Policy):
    """Those who hold one of ``roles``; everybody else who is logged in is refused."""

    roles: frozenset[str] | set[str] = frozenset()

    def answer(self, cell: Cell) -> str:
        if cell.role == PUBLIC:
            return "login"
        return "ok" if cell.role in self.roles else "403"


@dataclass(frozen=True)
class Rows(Policy):
    """Objects: ``view`` may open what lies in their reach, ``roles`` (all of ``view`` if None) get through.

    ``reach`` overrides where single roles see rows: ``{"bank": {OWN}}``. ``door`` are those whom the face lets in.
    """

    view: frozenset[str] | set[str] = frozenset()
    roles: frozenset[str] | set[str] | None = None
    door: frozenset[str] | set[str] = STAFF
    reach: Mapping[str, frozenset[str] | set[str]] = field(default_factory=dict)

    def answer(self, cell: Cell) -> str:
        if cell.role == PUBLIC:
            return "login"
        if cell.role not in self.door or cell.role not in self.view:
            return "403"
        if cell.relation and not self._sees(cell):
            return "404"
        return "ok" if self.roles is None or cell.role in self.roles else "403"

    def refuses_at_the_door(self, role: str) -> bool:
        return role == PUBLIC or role not in self.door or role not in self.view

    def _sees(self, cell: Cell) -> bool:
        if cell.role in self.reach:
            return cell.relation in self.reach[cell.role]
        return reaches(cell.role, cell.relation, place=cell.place, category=cell.category)


@dataclass(frozen=True)
class OfOwnOrgan(Rows):
    """What an organ led or issued is handled by its own people: ``homes`` names where each role's organ does so."""

    homes: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def answer(self, cell: Cell) -> str:
        found = super().answer(cell)
        return "403" if found == "ok" and cell.relation not in self.homes.get(cell.role, ()) else found


def register(
    label: str,
    *,
    view: frozenset[str] | set[str],
    pages: Mapping[str, frozenset[str] | set[str] | Policy] | None = None,
    reach: Mapping[str, frozenset[str] | set[str]] | None = None,
) -> dict[str, Policy]:
    """The URLs of one RegisterAdmin: ``register("audit_event", view={"auditor"}, pages={"withdraw": {"officer"}})``."""
    found: dict[str, Policy] = {
        f"admin:{label}_changelist": Rows(view=view, post="405"),
        f"admin:{label}_change": Rows(view=view, post="405", reach=reach or {}),
    }
    for slug, who in (pages or {}).items():
        policy = who if isinstance(who, Policy) else Rows(view=view, roles=who, reach=reach or {})
        found[f"admin:{label}_{slug}"] = policy
    return found
