"""Numbers of an area's fund supervision: a fixed number of questions, however many institutions, contracts and days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from alerts.enums import Grade
from alerts.models import ScoreDay
from foundation.core.actor import Actor
from foundation.regions.models import Division, Jurisdiction
from foundation.regions.queries import in_town, lowest_bureaus, town_of
from funds.models import SupervisedAccount
from institutions.models import Institution
from ledger.enums import AccountKind
from ledger.models import Account, DayTotal, Purse
from ledger.queries import FIGURES, Balance, Month, months

#: What lists can be sorted by, and the tiles that lead there.
SORTS = {"unused": "未消课", "custody": "专户账上余额", "waiting": "核定待退", "frozen": "冻结", "tenths": "风险分值"}
#: 红 may stand below 橙 in points: what puts an institution there at once comes first.
RANK = Case(*(When(level=grade, then=place) for place, grade in enumerate(Grade)), default=len(Grade))
UNUSED = F("deposited_fen") - F("consumed_fen") - F("refunded_fen")
WAITING = F("refunded_fen") - F("repaid_fen")


@dataclass
class Place:
    """One county or town: what lies there (fen), and how many institutions (家) stand at which level of risk."""

    pk: int
    name: str
    custody: int = 0
    balance: Balance = field(default_factory=Balance)
    levels: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Grade.values, 0))

    @property
    def risky(self) -> int:
        """Institutions at 红 or 橙."""
        return self.levels[Grade.RED] + self.levels[Grade.ORANGE]


def by_town(actor: Actor) -> bool:
    """Towns where the actor has one county, else counties."""
    return lowest_bureaus(actor).count() <= 1


def places(actor: Actor, *, towns: bool) -> list[Place]:
    """Each place with money or risk, in the order of its code (four queries)."""
    found: dict[int, Place] = {}

    def at(pk: int) -> Place:
        return found.setdefault(pk, Place(pk, ""))

    for row in _grouped(Purse.objects.visible_to(actor), towns).annotate(**_sums()):
        place = at(row.pop("place"))
        place.balance = Balance(**row)
    custody = Account.objects.visible_to(actor).filter(kind=AccountKind.CUSTODY)
    for row in _grouped(custody, towns).annotate(fen=_whole(F("debit_fen") - F("credit_fen"))):
        at(row["place"]).custody = row["fen"]
    scores = ScoreDay.objects.visible_to(actor).filter(newest=True, tenths__gt=0)
    for row in _grouped(scores, towns).values("place", "level").annotate(number=Count("pk")):
        at(row["place"]).levels[row["level"]] = row["number"]
    model = Division if towns else Jurisdiction
    named = model.objects.filter(pk__in=found).order_by("code").values_list("pk", "name")
    return [replace(found[pk], name=name) for pk, name in named]


def _grouped(rows: QuerySet, towns: bool) -> QuerySet:
    """Rows about institutions by county, or by town: a community counts with the town that it lies in."""
    place = town_of("institution__division") if towns else F("institution__jurisdiction_id")
    return rows.order_by().annotate(place=place).values("place")


def _sums() -> dict[str, Coalesce]:
    return {name: _whole(F(f"{name}_fen")) for name in FIGURES}


def _whole(fen: F) -> Coalesce:
    """Sums of integers come back as decimals; money is whole fen."""
    return Coalesce(Sum(fen, output_field=BigIntegerField()), 0, output_field=BigIntegerField())


def total(found: list[Place]) -> Place:
    """All places together."""
    levels = {grade: sum(each.levels[grade] for each in found) for grade in Grade.values}
    figures = {name: sum(getattr(each.balance, name) for each in found) for name in FIGURES}
    return Place(0, "合计", sum(each.custody for each in found), Balance(**figures), levels)


def course(actor: Actor, *, until: date, number: int = 12) -> list[Month]:
    """Balances at the end of the last months, and what moved in each (two queries)."""
    return months(DayTotal.objects.visible_to(actor), until=until, number=number)


def listed(actor: Actor, asked: Mapping[str, str]) -> QuerySet[Institution]:
    """Institutions with a special account or money of families, with what lies there; the highest number first.

    ``asked`` narrows: ``county``, ``town``, ``level`` (of risk), and names the number they are ordered by (``sort``).
    """
    accounts = SupervisedAccount.objects.visible_to(actor).filter(closed_on__isnull=True).values("institution")
    scores = ScoreDay.objects.visible_to(actor).filter(newest=True)
    own = {"institution": OuterRef("pk")}
    purses = Purse.objects.filter(**own).order_by().values("institution")
    custody = Account.objects.filter(**own, kind=AccountKind.CUSTODY).order_by().values("institution")
    rows = Institution.objects.visible_to(actor).annotate(
        unused=_one(purses.annotate(fen=_whole(UNUSED)).values("fen")),
        waiting=_one(purses.annotate(fen=_whole(WAITING)).values("fen")),
        frozen=_one(purses.annotate(fen=_whole(F("frozen_fen"))).values("fen")),
        custody=_one(custody.annotate(fen=_whole(F("debit_fen") - F("credit_fen"))).values("fen")),
        tenths=Coalesce(Subquery(scores.filter(**own).values("tenths")[:1]), Value(0), output_field=IntegerField()),
        level=Coalesce(Subquery(scores.filter(**own, tenths__gt=0).values("level")[:1]), Value("")),
    )
    rows = rows.filter(
        Q(pk__in=accounts) | Q(pk__in=Purse.objects.visible_to(actor).values("institution")) | ~Q(level="")
    )
    if (county := asked.get("county", "")).isdecimal():
        rows = rows.filter(jurisdiction=county)
    if (town := asked.get("town", "")).isdecimal():
        rows = rows.filter(in_town(town))
    if (level := asked.get("level", "")) in Grade.values:
        rows = rows.filter(level=level)
    sort = asked.get("sort", "")
    first = [RANK] if sort == "tenths" else []
    return rows.order_by(*first, f"-{sort if sort in SORTS else 'unused'}", "name", "pk")


def _one(rows: QuerySet) -> Coalesce:
    return Coalesce(Subquery(rows), Value(0), output_field=BigIntegerField())
