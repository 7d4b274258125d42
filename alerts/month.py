"""资金监管月报: the figures of a month out of the rows of the apps that own them, each with the list that it opens.

Nothing is typed in and nothing is stored: whoever opens a number counts the rows behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.http import urlencode

from banking import queries as banking
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.money import yuan
from foundation.deadlines.calendars import add_months
from funds import queries as funds
from funds import rates
from payouts import queries as payouts
from payouts.enums import RefundState, ReleaseState

from . import queries
from .enums import Grade, RunawayKind
from .models import Search

SHOWN = 200
NUMBER = ("项目", "数字", "说明")
Line = tuple[str, Sequence["Figure"]]


@dataclass(frozen=True)
class Figure:
    """One number with its unit; ``url`` opens the rows that it was counted from."""

    text: str
    url: str = ""
    tone: str = "plain"


@dataclass(frozen=True)
class Section:
    """A table: what stands above its columns, and in each line a word and its numbers."""

    heading: str
    columns: Sequence[str]
    lines: Sequence[tuple[str, Sequence[Figure]]]


@dataclass(frozen=True)
class Month:
    """From the first day to the last, or to today in the month that is not over."""

    first: date
    last: date

    @classmethod
    def of(cls, day: date) -> Month:
        first = day.replace(day=1)
        return cls(first, min(add_months(first, 1) - timedelta(days=1), clock.today()))

    @property
    def title(self) -> str:
        return f"{self.first.year}年{self.first.month}月"


@dataclass(frozen=True)
class Report:
    """All sections, and the searches that make a count of none one that can be shown."""

    month: Month
    sections: Sequence[Section]
    searched: bool
    notes: Sequence[Search]


def report(actor: Actor, month: Month) -> Report:
    """The month in the actor's area."""
    days = {"first": month.first, "last": month.last}
    count, searched = queries.incidents(actor, **days)
    notes = queries.searches(actor, **days).select_related("jurisdiction", "searched_by")[:SHOWN]
    sections = (
        Section("三项监管率", NUMBER, _rates(actor, month)),
        Section("核拨与退费", NUMBER, _moved(actor, month)),
        Section("风险预警（条）", ("等级", "本月发出", "本月结束", "月末未结"), _alerts(actor, month)),
        Section("银行对账", NUMBER, _differences(actor, month)),
        Section("爆雷跑路", NUMBER, _runaways(actor, month, count, searched)),
    )
    return Report(month, sections, searched, list(notes))


def _link(name: str, **query: object) -> str:
    return f"{reverse(f'admin:{name}')}?{urlencode(query)}"


def _between(field: str, month: Month) -> dict[str, date]:
    return {f"{field}__gte": month.first, f"{field}__lte": month.last}


def _rates(actor: Actor, month: Month) -> list[Line]:
    """One denominator for all three, on the last day."""
    line = rates.total(actor, rates.moment(actor, on=month.last))
    rows, on = "funds_flagevent_institutions", {"on": month.last}
    supervised = funds.supervised_on(actor, on=month.last).count()
    found: list[Line] = [
        ("应监管机构", [Figure(f"{line.should}家", _link(rows, **on)), Figure("三项同一分母，以月末为准")]),
        ("纳入监管机构", [Figure(f"{supervised}家", _link("funds_supervisedaccount_changelist")), Figure("")]),
    ]
    for rate in line.rates:
        shown = Figure(rate.text, _link(rows, **on, flag=rate.flag, which="done"), "notice" if rate.missing else "ok")
        missing = Figure(
            f"{rate.fraction}家，未完成{rate.missing}家", _link(rows, **on, flag=rate.flag, which="missing")
        )
        found.append((f"{rate.flag.label}率", [shown, missing]))
    return found


def _moved(actor: Actor, month: Month) -> list[Line]:
    days = {"first": month.first, "last": month.last}
    lines, released = payouts.released(actor, **days)
    people, refunded = payouts.refunded(actor, **days)
    helped, coordinated = payouts.refunded(actor, **days, coordinated=True)
    paid = _between("paid_on", month)
    releases = _link("payouts_release_changelist", state__exact=ReleaseState.PAID, **paid)
    refunds = {"state__exact": RefundState.PAID, **paid}
    all_of_them = _link("payouts_refund_changelist", **refunds)
    by_us = _link("payouts_refund_changelist", **refunds, coordinator__isnull=False)
    return [
        ("耗课费核拨", [Figure(f"{lines}人次", releases), Figure("银行已付的核拨，一份合同一行")]),
        ("核拨金额", [Figure(f"{yuan(released)}元", releases), Figure("")]),
        ("退费", [Figure(f"{people}人", all_of_them), Figure("已退款的学员，一人只计一次")]),
        ("退费金额", [Figure(f"{yuan(refunded)}元", all_of_them), Figure("")]),
        (
            "其中协调退费",
            [Figure(f"{helped}人", by_us), Figure(f"{yuan(coordinated)}元，机构不同意、经协调后退的")],
        ),
    ]


def _alerts(actor: Actor, month: Month) -> list[Line]:
    """By level: what was opened in the month, what ended in it, and what was open at its end."""
    told = queries.moved_in(actor, first=month.first, last=month.last)
    found: list[Line] = []
    for grade in Grade:
        opened, ended, left = told[grade]
        of = {"grade__exact": grade}
        late = "bad" if left and grade == Grade.RED else "plain"
        cells = [
            Figure(str(opened), _link("alerts_alert_changelist", **of, **_between("opened_on", month))),
            Figure(str(ended), _link("alerts_alert_changelist", **of, **_between("ended_on", month))),
            Figure(str(left), _link("alerts_alert_changelist", **of, open_on=month.last), late),
        ]
        found.append((grade.label, cells))
    return found


def _differences(actor: Actor, month: Month) -> list[Line]:
    rows = banking.differences_of(actor, first=month.first, last=month.last)
    waiting = banking.open_ones(rows).count()
    seen = _between("day", month)
    still = _link("banking_difference_changelist", **seen, state__exact="open")
    return [
        ("对账差异", [Figure(f"{rows.count()}项", _link("banking_difference_changelist", **seen)), Figure("")]),
        ("其中待查", [Figure(f"{waiting}项", still, "bad" if waiting else "ok"), Figure("以现在为准")]),
    ]


def _runaways(actor: Actor, month: Month, count: int, searched: bool) -> list[Line]:
    """0 起 is said only where every county searched every day."""
    rows = queries.runaways(actor, first=month.first, last=month.last)
    found: list[Line] = []
    for kind in RunawayKind:
        url = _link("alerts_runaway_changelist", kind__exact=kind, **_between("happened_on", month))
        number = rows.filter(kind=kind).count()
        said = Figure(f"{number}起", url) if number or searched else Figure("没有登记", url, "notice")
        found.append((kind.label, [said, Figure("")]))
    proof = _link("alerts_runaway_proof", first=month.first, last=month.last)
    told = Figure("每天都已排查", proof, "ok") if searched else Figure("有的日子没有排查", proof, "bad")
    return [*found, ("排查", [told, Figure("0起有据" if searched and not count else "" if count else "还不能说0起")])]
