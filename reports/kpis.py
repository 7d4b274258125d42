"""A KPI is one object: its rows are what it counts, and number, list, chart, export and sentence all come from them.

A number is the count of its rows (each ``key`` once) or the sum of one column of them; a ratio is two such numbers.
Rows depend on the question alone, never on who asks: who may *open* them is ``opens``, a rule of the app that owns
them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import BigIntegerField, Count, DateField, F, Model, Q, QuerySet, Sum, Window
from django.db.models.functions import Coalesce, RowNumber, TruncMonth

from foundation.core.actor import Actor
from foundation.core.money import yuan
from foundation.core.operation import Rule
from foundation.core.scope import Scope
from foundation.exports.declaring import Column
from foundation.regions.queries import town_of
from inspections.enums import Measure

from .asking import Question
from .enums import Group, Rounding, Unit

Rows = Callable[[Question], QuerySet]


@dataclass(frozen=True)
class Answer:
    """A number: whole, a fraction, or None where nothing could be counted (a share of nothing)."""

    value: int | Fraction | None
    unit: Unit
    at_least: bool = False
    places: int = 0
    rounding: Rounding = Rounding.TRUNCATE

    @property
    def number(self) -> str:
        """As it is printed, without its unit: 220余, 91.35, 380,128.00; a dash for None."""
        if self.value is None:
            return "—"
        if self.unit == Unit.YUAN:
            return yuan(int(self.value))
        if isinstance(self.value, int):
            return f"{self.value}{'余' if self.at_least else ''}"
        factor = 100 if self.unit == Unit.PERCENT else 1
        return rounded(self.value * factor, self.places, self.rounding)

    @property
    def text(self) -> str:
        """With its unit: 2051人次, 220余人, 95.3%."""
        return f"{self.number}{self.unit.label}" if self.value is not None else self.number


def rounded(value: Fraction, places: int, rounding: Rounding) -> str:
    """An exact fraction in ``places`` decimals, cut off or half up (away from zero)."""
    scaled = abs(value) * 10**places
    whole = scaled.numerator // scaled.denominator
    if rounding == Rounding.HALF_UP and (scaled - whole) * 2 >= 1:
        whole += 1
    digits = f"{whole:0{places + 1}d}"
    shown = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{shown}" if value < 0 and whole else shown


@dataclass(frozen=True, eq=False)
class Summed:
    """Where a number stands ready by bureau and month: ``total`` (and ``flag``, a count) of rows that ``of`` finds.

    The rows are of ``model``, with ``jurisdiction`` and ``month``; kept by the app that owns the facts, exact always.
    """

    model: type[Model]
    total: str
    of: Mapping[str, object]
    flag: str = ""

    def rows(self, question: Question) -> QuerySet | None:
        """None where the question asks more than whole months of bureaus as they are known now."""
        if not question.is_of_whole_months:
            return None
        months = {"month__gte": question.first, "month__lte": question.until}
        return self.model.objects.filter(jurisdiction__in=question.area, **months, **self.of)


@dataclass(frozen=True, kw_only=True, eq=False)
class Kpi:
    """A number with the rows behind it.

    ``means`` is its definition in a sentence. ``key`` is what is counted once; ``total`` the field that is summed
    instead (fen where the unit is 元), ``flag`` the truth that makes it a lower bound. ``place``, ``town`` and ``day``
    are the paths by which it is broken down; a state has no ``day``. ``category`` is the path to the category that
    the rows had then, where it is not their own of today. ``page`` is the path to the record that a row
    opens. ``measure`` names the historical totals that stand beside it. ``scope`` says which rows a narrowed post sees,
    where their model does not.
    """

    code: str
    label: str
    unit: Unit
    group: Group
    means: str
    rows: Rows
    columns: Sequence[Column]
    opens: Rule
    key: str = "pk"
    total: str = ""
    flag: str = ""
    place: str = "jurisdiction"
    town: str = "division"
    day: str = ""
    known: str = "recorded_at"
    newest: Sequence[str] = ("-pk",)
    page: str = ""
    category: str = ""
    campaigns: bool = False
    evenings: bool = False
    summed: Summed | None = None
    measure: Measure | None = None
    scope: Scope | None = None

    def asked_in_vain(self, question: Question) -> str:
        """Why this KPI has no answer to the question, or nothing."""
        if question.campaign is not None and not self.campaigns:
            return "不按专项行动统计"
        if question.town is not None and not self.town:
            return "不按镇街统计"
        if question.days == "evenings" and not self.evenings:
            return "不按时段统计"
        if question.days == "holidays" and not self.day:
            return "不按日子统计"
        if question.department is not None and self._of_department(question) is None:
            return "不按部门统计"
        return self._hidden_from(question.seen_by, question) if question.seen_by else ""

    def _hidden_from(self, actor: Actor, question: Question) -> str:
        """Why a narrowed post has no number of its own, or nothing: the rows are closed to it, or say no town or
        category by which they could be told apart.
        """
        if not self.opens(actor):
            return "不在您的岗位的查看范围"
        scope = self.scope or getattr(self.rows(question).model, "SCOPE", None)
        told = scope and (scope.division or actor.areas is None) and (scope.category or actor.categories is None)
        return "" if told else "不按您的岗位的范围统计"

    def answer(self, question: Question) -> Answer:
        """The number."""
        if self.asked_in_vain(question):
            return Answer(None, self.unit)
        if (ready := self._ready(question)) is not None:
            return self._told(ready.aggregate(**self._added()))
        found = self._rows(question).order_by().aggregate(**self._counted())
        return self._told(found)

    def list(self, question: Question) -> QuerySet:
        """The rows behind the number, the newest first: as many as it counts, or adding up to it."""
        if self.asked_in_vain(question):
            return self.rows(question).none()
        rows = self._rows(question)
        if self.key != "pk":
            newest = Window(RowNumber(), partition_by=F(self.key), order_by=list(self.newest))
            rows = rows.annotate(nth=newest).filter(nth=1)
        return rows.order_by(*self.newest)

    def by_place(self, question: Question, *, towns: bool = False) -> dict[int, Answer]:
        """The number of each bureau that has rows, by its id; or of each town, its communities included."""
        if self.asked_in_vain(question) or (towns and not self.town):
            return {}
        if not towns and (ready := self._ready(question)) is not None:
            return self._each(ready.annotate(at=F("jurisdiction_id")).values("at").annotate(**self._added()))
        at = town_of(self.town) if towns else F(f"{self.place}_id")
        rows = self._rows(question).order_by().annotate(at=at).values("at")
        return self._each(rows.annotate(**self._counted()))

    def by_value(
        self, question: Question, path: str, prepared: Callable[[QuerySet], QuerySet] = lambda rows: rows
    ) -> dict[Any, Answer]:
        """The number of each value of a field of the rows; ``prepared`` may add the field to them first."""
        if self.asked_in_vain(question):
            return {}
        rows = prepared(self._rows(question)).order_by().annotate(at=F(path)).values("at")
        return self._each(rows.annotate(**self._counted()))

    def by_month(self, question: Question) -> dict[date, Answer]:
        """The number of each month that has rows, by its first day. A state has none."""
        if not self.day or self.asked_in_vain(question):
            return {}
        if (ready := self._ready(question)) is not None:
            return self._each(ready.annotate(at=F("month")).values("at").annotate(**self._added()))
        first = TruncMonth(self.day, output_field=DateField())
        rows = self._rows(question).order_by().annotate(at=first).values("at")
        return self._each(rows.annotate(**self._counted()))

    def late(self, question: Question) -> int:
        """How many of the rows were put on record after the period was over (补录)."""
        if not self.known or self.asked_in_vain(question):
            return 0
        rows = self.list(question)
        shown = rows.model._base_manager.filter(pk__in=rows.order_by().values("pk"))
        return shown.filter(**{f"{self.known}__gte": question.over_at}).count()

    def _of_department(self, question: Question) -> Q | None:
        model = self.rows(question).model
        return question.department.condition(model, self.place, self.group, category=self.category)

    def _rows(self, question: Question) -> QuerySet:
        """The rows, narrowed to a department where one is asked for, and to what the one who asks may see."""
        rows = self.rows(question)
        if question.department is not None and (wanted := self._of_department(question)) is not None:
            rows = rows.filter(wanted)
        if (actor := question.seen_by) is None:
            return rows
        if self.scope:
            return rows.filter(self.scope.condition(actor))
        return rows.filter(pk__in=rows.model._default_manager.visible_to(actor).order_by().values("pk"))

    def _ready(self, question: Question) -> QuerySet | None:
        rows = self.summed.rows(question) if self.summed else None
        return None if rows is None else rows.order_by()

    def _added(self) -> dict[str, object]:
        sums = {"n": self.summed.total, **({"flagged": self.summed.flag} if self.summed.flag else {})}
        whole = BigIntegerField()
        return {name: Coalesce(Sum(field, output_field=whole), 0, output_field=whole) for name, field in sums.items()}

    def _each(self, found: Iterable[dict[str, Any]]) -> dict[Any, Answer]:
        """By place or month; what came to nothing is left out, as where there never was a row."""
        return {each.pop("at"): self._told(each) for each in found if each["n"] or not self.summed}

    def _counted(self) -> dict[str, object]:
        if not self.total:
            return {"n": Count(self.key, distinct=self.key != "pk")}
        summed = Coalesce(Sum(self.total, output_field=BigIntegerField()), 0, output_field=BigIntegerField())
        flagged = {"flagged": Count("pk", filter=Q(**{self.flag: True}))} if self.flag else {}
        return {"n": summed, **flagged}

    def _told(self, found: Mapping[str, int]) -> Answer:
        return Answer(found["n"], self.unit, at_least=bool(found.get("flagged")))


@dataclass(frozen=True, kw_only=True, eq=False)
class Ratio:
    """``part`` (less ``less``, where there is one) of ``whole``; each opens its own rows. Exact until it is printed."""

    code: str
    label: str
    group: Group
    means: str
    part: Kpi
    whole: Kpi
    less: Kpi | None = None
    unit: Unit = Unit.PERCENT
    places: int = 2
    rounding: Rounding = Rounding.TRUNCATE

    @property
    def opens(self) -> Rule:
        return self.part.opens

    @property
    def terms(self) -> tuple[Kpi, ...]:
        """Every number that it is made of."""
        return tuple(dict.fromkeys(filter(None, (self.part, self.less, self.whole))))

    def asked_in_vain(self, question: Question) -> str:
        return next((why for term in self.terms if (why := term.asked_in_vain(question))), "")

    def answer(self, question: Question) -> Answer:
        """The share, or None where the whole is nothing."""
        return self.of({term.code: term.answer(question) for term in self.terms})

    def by_place(self, question: Question, *, towns: bool = False) -> dict[int, Answer]:
        return self.joined({term.code: term.by_place(question, towns=towns) for term in self.terms})

    def joined(self, found: Mapping[str, Mapping[int, Answer]]) -> dict[int, Answer]:
        """The ratio of each place, from the numbers of its terms."""
        places = set().union(*found.values())
        none = {term.code: Answer(0, term.unit) for term in self.terms}
        return {at: self.of({code: by.get(at, none[code]) for code, by in found.items()}) for at in places}

    def by_month(self, question: Question) -> dict[date, Answer]:
        found = {term.code: term.by_month(question) for term in self.terms}
        if not all(found.values()):
            return {}
        none = {term.code: Answer(0, term.unit) for term in self.terms}
        months = set().union(*found.values())
        return {month: self.of({code: by.get(month, none[code]) for code, by in found.items()}) for month in months}

    def of(self, answers: Mapping[str, Answer]) -> Answer:
        """The ratio of numbers that were counted already."""
        part, whole = answers[self.part.code].value, answers[self.whole.code].value
        less = answers[self.less.code].value if self.less else 0
        share = Fraction(part - less, whole) if whole and part is not None and less is not None else None
        return Answer(share, self.unit, places=self.places, rounding=self.rounding)


AnyKpi = Kpi | Ratio


class Answers:
    """Answers to one question: a number that several KPIs rest on is counted once."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self._numbers: dict[str, Answer] = {}
        self._places: dict[tuple[str, bool], dict[int, Answer]] = {}

    def of(self, kpi: AnyKpi) -> Answer:
        """The number."""
        if isinstance(kpi, Ratio):
            return kpi.of({term.code: self.of(term) for term in kpi.terms})
        if kpi.code not in self._numbers:
            self._numbers[kpi.code] = kpi.answer(self.question)
        return self._numbers[kpi.code]

    def by_place(self, kpi: AnyKpi, *, towns: bool = False) -> dict[int, Answer]:
        """The number of each bureau or town."""
        if isinstance(kpi, Ratio):
            return kpi.joined({term.code: self.by_place(term, towns=towns) for term in kpi.terms})
        if (kpi.code, towns) not in self._places:
            self._places[kpi.code, towns] = kpi.by_place(self.question, towns=towns)
        return self._places[kpi.code, towns]


_declared: dict[str, AnyKpi] = {}


def declare(*kpis: AnyKpi) -> None:
    """Make KPIs known, in the order in which pages show them; a higher app declares its own the same way."""
    for kpi in kpis:
        if _declared.setdefault(kpi.code, kpi) is not kpi:
            raise RuntimeError(f"two KPIs are called {kpi.code}")


def kpis() -> Iterator[AnyKpi]:
    """All KPIs, as declared."""
    yield from _declared.values()


def kpi_of(code: str) -> AnyKpi | None:
    """The KPI of a code, or None."""
    return _declared.get(code)


def opened_by(kpi: AnyKpi, actor: Actor) -> bool:
    """Whether this actor may open every row that the number rests on."""
    terms = kpi.terms if isinstance(kpi, Ratio) else (kpi,)
    return all(term.opens(actor) for term in terms)
