"""What a kind of department sees of a number: the kinds of training that it is in charge of, and what its organs did.

Who is in charge of which kind is the register's (部门分工), as of the day that is asked about; counties may set it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, Q

from foundation.accounts.enums import OrganKind
from foundation.accounts.models import Organ
from institutions.enums import Charge, SiteType
from institutions.models import DepartmentCharge

from .enums import Group

#: Kinds of organs that a number can be asked for.
DEPARTMENTS = (
    *(OrganKind.EDUCATION, OrganKind.MARKET, OrganKind.CIVIL, OrganKind.CULTURE, OrganKind.SCIENCE, OrganKind.SPORT),
    *(OrganKind.POLICE, OrganKind.FIRE, OrganKind.LABOUR, OrganKind.URBAN),
    *(OrganKind.FINANCE_BUREAU, OrganKind.LOCAL_FINANCE, OrganKind.CENTRAL_BANK),
)
OF_MONEY = frozenset({OrganKind.FINANCE_BUREAU, OrganKind.LOCAL_FINANCE, OrganKind.CENTRAL_BANK})


@dataclass(frozen=True)
class Department:
    """A kind of organ, with what it is in charge of in each set of bureaus: categories of training, and 托管."""

    kind: OrganKind
    charges: tuple[tuple[frozenset[int], frozenset[str]], ...]

    @property
    def label(self) -> str:
        return self.kind.label

    def condition(self, model: type[Model], place: str, group: Group, *, category: str = "") -> Q | None:
        """Rows of its categories, and those of its organs; None where the rows say neither.

        ``category`` is the path to what places of training taught then, where that is not the rows' own.
        Who watches over money sees all of it, whatever is taught.
        """
        if self.kind in OF_MONEY and group in (Group.FUNDS, Group.RISK):
            return Q()
        then, organ = bool(category), _organ_of(model)
        category = category or _category_of(model)
        if not category and not organ:
            return None
        wanted = Q(**{f"{organ}__kind": self.kind}) if organ else Q(pk__in=[])
        if category:
            path = "" if then else _site_type_of(model, category)
            care = Q(**{path: SiteType.CARE}) if path else Q(pk__in=[])
            for bureaus, charges in self.charges:
                taught = Q(**{f"{category}__in": charges}) & ~care
                looked_after = care if Charge.CARE in charges else Q(pk__in=[])
                wanted |= Q(**{f"{place}__in": bureaus}) & (taught | looked_after)
        return wanted


def department(kind: str, area: Iterable[int], *, on: date) -> Department | None:
    """The department of a kind over an area on a day; None without a kind."""
    if kind not in DEPARTMENTS:
        return None
    everywhere, own = {}, defaultdict(dict)
    for row in DepartmentCharge.objects.in_force(on).filter(charge__in=Charge.values):
        target = everywhere if row.jurisdiction_id is None else own[row.jurisdiction_id]
        target[row.charge] = row.department
    grouped: dict[frozenset[str], set[int]] = defaultdict(set)
    for bureau in area:
        charged = {**everywhere, **own[bureau]}
        grouped[frozenset(charge for charge, who in charged.items() if who == kind)].add(bureau)
    found = ((frozenset(bureaus), charges) for charges, bureaus in grouped.items() if charges)
    return Department(OrganKind(kind), tuple(found))


def _category_of(model: type[Model]) -> str:
    scope = getattr(model, "SCOPE", None)
    return (scope.category or "") if scope else ""


def _site_type_of(model: type[Model], category: str) -> str:
    """The path to 托管 or not, which stands where the category stands; "" where the rows do not say."""
    *way, _ = category.split("__")
    try:
        for name in way:
            model = model._meta.get_field(name).related_model
        model._meta.get_field("site_type")
    except FieldDoesNotExist:
        return ""
    return "__".join([*way, "site_type"])


def _organ_of(model: type[Model]) -> str:
    try:
        field = model._meta.get_field("organ")
    except FieldDoesNotExist:
        return ""
    return "organ" if field.related_model is Organ else ""
