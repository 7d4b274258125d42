"""资金监管总览, and the institutions behind its numbers."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString

from alerts.enums import TONES, Grade
from alerts.rules import can_view as can_view_alerts
from banking.queries import late_differences, open_differences
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.charts import Series, line_chart
from foundation.core.figures import Figure
from foundation.core.marks import amount, chip
from foundation.core.money import yuan
from foundation.core.pages import Page
from foundation.core.site import Menu
from foundation.deadlines.calendars import add_months
from funds import queries as funds
from funds import rates
from institutions.models import Institution
from ledger.enums import Kind
from ledger.queries import Month
from ledger.rules import can_view_books
from payouts import queries as payouts

from . import queries
from .queries import Place

SHOWN = 500
MOVED = (Kind.DEPOSIT, Kind.RELEASE, Kind.REPAY)


def rows_url(**asked: object) -> str:
    return f"{reverse('admin:funds_supervisedaccount_institutions')}?{urlencode(asked)}"


def entries_url(month: date, kind: str = "") -> str:
    asked = {
        "happened_on__gte": month,
        "happened_on__lt": add_months(month, 1),
        **({"kind__exact": kind} if kind else {}),
    }
    return f"{reverse('admin:ledger_entry_changelist')}?{urlencode(asked)}"


class Overview(Page):
    """One page for an area: what lies where, how the three rates stand, how it moved, who is at risk."""

    slug, label, per_object, has_button = "overview", "资金监管总览", False, False
    rule = can_view_books
    menu = Menu("资金", 1, "monitoring")
    template_name = "oversight/overview.html"
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        actor, today = request.actor, clock.today()
        towns = queries.by_town(actor)
        places = queries.places(actor, towns=towns)
        when = rates.moment(actor, on=today)
        total = queries.total(places)
        course = queries.course(actor, until=today)
        group = rates.Group.TOWN if towns else rates.Group.COUNTY
        warned = can_view_alerts(actor)
        return self.render(
            on=today,
            word="镇街" if towns else "县区",
            figures=[*figures(actor, total, today), *(at_risk(total) if warned else ())],
            rates=rate_lines(rates.broken_down(actor, when, group), rates.total(actor, when), today, group),
            balances=balance_lines(places, group),
            chart=chart(course),
            months=[month_line(month) for month in reversed(course)],
            moved=[kind.label for kind in MOVED],
            levels=level_lines(places, group) if warned else [],
            grades=list(Grade),
            warned=warned,
        )


def figures(actor: Actor, total: Place, today: date) -> list[Figure]:
    """What lies there, what was let go this month, and what waits; each number opens its rows."""
    first = today.replace(day=1)
    persons, released = payouts.released(actor, first=first, last=today)
    learners, refunded = payouts.refunded(actor, first=first, last=today)
    paid = urlencode({"state__exact": "paid", "paid_on__gte": first, "paid_on__lt": today + timedelta(days=1)})
    open_ones, late = open_differences(actor).count(), late_differences(actor).count()
    supervised = funds.supervised_on(actor, on=today).count()
    held = total.balance
    waiting = held.to_repay
    accounts = reverse("admin:funds_supervisedaccount_changelist") + "?account=active"
    differences = reverse("admin:banking_difference_changelist")
    return [
        Figure("纳入监管机构", f"{supervised} 家", accounts),
        Figure("专户账上余额", amount(total.custody), rows_url(sort="custody")),
        Figure("未消课", amount(held.unused), rows_url(sort="unused"), note="学员已缴、尚未上课的钱"),
        Figure("核定待退", amount(waiting), rows_url(sort="waiting"), tone="notice" if waiting else "plain"),
        Figure("冻结", amount(held.frozen), rows_url(sort="frozen")),
        Figure(
            "本月核拨", amount(released), f"{reverse('admin:payouts_release_changelist')}?{paid}", f"{persons} 人次"
        ),
        Figure("本月退费", amount(refunded), f"{reverse('admin:payouts_refund_changelist')}?{paid}", f"{learners} 人"),
        Figure(
            "待查对账差异",
            f"{open_ones} 项",
            f"{differences}?difference=open",
            f"另有逾期 {late} 项" if late else "",
            "bad" if open_ones else "ok",
        ),
    ]


def at_risk(total: Place) -> list[Figure]:
    """Institutions at 红 and 橙."""
    return [
        Figure(
            f"{grade.label}色风险机构",
            f"{total.levels[grade]} 家",
            rows_url(level=grade.value, sort="tenths"),
            tone=tone if total.levels[grade] else "ok",
        )
        for grade, tone in ((Grade.RED, "bad"), (Grade.ORANGE, "notice"))
    ]


def rate_lines(lines: list[rates.Line], total: rates.Line, on: date, group: rates.Group) -> list[dict[str, object]]:
    """The three rates of each place, the whole area last; bars are cut to whole percents."""
    address = reverse("admin:funds_flagevent_institutions")
    told = []
    for line in [*lines, total]:
        asked = f"{address}?{urlencode({'on': on, 'group': group.value})}&{line.query}"
        cells = [
            {
                "rate": rate,
                "share": 100 * rate.done // rate.should if rate.should else 0,
                "url": f"{asked}&flag={rate.flag.value}&which=done",
                "missing_url": f"{asked}&flag={rate.flag.value}&which=missing",
            }
            for rate in line.rates
        ]
        told.append({"label": line.label, "should": line.should, "url": asked, "cells": cells})
    return told


def balance_lines(places: list[Place], group: rates.Group) -> list[dict[str, object]]:
    """Each place's money, the most not yet taught first."""
    highest = max((each.balance.unused for each in places), default=0) or 1
    return [
        {
            "label": each.name,
            "share": 100 * max(each.balance.unused, 0) // highest,
            "unused": each.balance.unused,
            "waiting": each.balance.to_repay,
            "custody": each.custody,
            "url": rows_url(**{group.value: each.pk, "sort": "unused"}),
        }
        for each in sorted(places, key=lambda each: (-each.balance.unused, each.name))
        if each.custody or each.balance.deposited
    ]


def level_lines(places: list[Place], group: rates.Group) -> list[dict[str, object]]:
    """Institutions of each place by level, the places with the most at 红 and 橙 first."""
    risky = [each for each in places if any(each.levels.values())]
    highest = max((sum(each.levels.values()) for each in risky), default=0) or 1
    return [
        {
            "label": each.name,
            "cells": [
                (
                    grade,
                    each.levels[grade],
                    100 * each.levels[grade] / highest,
                    rows_url(**{group.value: each.pk, "level": grade.value, "sort": "tenths"}),
                )
                for grade in Grade
            ],
        }
        for each in sorted(risky, key=lambda each: (-each.risky, each.name))
    ]


def chart(course: list[Month]) -> SafeString:
    """专户余额 and 未消课 at the end of each month; a point opens the month's entries."""
    points = [(f"{month.first:%Y-%m}", entries_url(month.first)) for month in course]
    lines = {
        "专户余额": [month.end.custody for month in course],
        "未消课": [month.end.purses.unused for month in course],
    }
    series = [Series(label, values, [in_words(fen) for fen in values]) for label, values in lines.items()]
    return line_chart("专户余额和未消课，各月末（元）", points, series)


def in_words(fen: int) -> str:
    """A short amount for a label: 12.3万元; the table beside it has every fen."""
    return f"{fen // 100_000 / 10:g}万元" if abs(fen) >= 1_000_000 else f"{yuan(fen)}元"


def month_line(month: Month) -> dict[str, object]:
    return {
        "name": f"{month.first:%Y-%m}",
        "url": entries_url(month.first),
        "custody": month.end.custody,
        "unused": month.end.purses.unused,
        "moved": [(kind.label, month.net.get(kind, 0), entries_url(month.first, kind)) for kind in MOVED],
    }


class OverviewRows(Page):
    """机构资金: the institutions behind a number of the overview, each leading to its money page."""

    slug, label, per_object, has_button = "institutions", "机构资金一览", False, False
    rule = can_view_books
    menu = Menu("资金", 2, "table_view")
    template_name = "oversight/institutions.html"
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        found = queries.listed(request.actor, request.GET)
        rows = list(found.select_related("jurisdiction", "division")[: SHOWN + 1])
        warned, level = can_view_alerts(request.actor), request.GET.get("level", "")
        return self.render(
            rows=[(row, risk(row)) for row in rows[:SHOWN]],
            more=len(rows) > SHOWN,
            shown=SHOWN,
            sorts=self.sorts(request, warned=warned),
            warned=warned,
            level=Grade(level).label if level in Grade.values else "",
            place=self.place(rows, request),
            overview=reverse("admin:funds_supervisedaccount_overview"),
        )

    def sorts(self, request: HttpRequest, *, warned: bool) -> list[tuple[str, str, bool]]:
        """(label, address, whether it is so now) of each number that the list can be ordered by."""
        now = request.GET.get("sort", "")
        now = now if now in queries.SORTS else "unused"
        asked = {name: value for name, value in request.GET.items() if name in ("county", "town", "level") and value}
        offered = {name: label for name, label in queries.SORTS.items() if warned or name != "tenths"}
        return [(label, f"?{urlencode({**asked, 'sort': name})}", name == now) for name, label in offered.items()]

    def place(self, rows: list, request: HttpRequest) -> str:
        """What the list is narrowed to, in words, where it has rows to tell by."""
        if not rows:
            return ""
        if request.GET.get("town"):
            division = rows[0].division
            return str(division if str(division.pk) == request.GET["town"] else division.parent)
        return str(rows[0].jurisdiction) if request.GET.get("county") else ""


def risk(row: Institution) -> SafeString:
    """Level and score of a line, both from the newest score."""
    points = f"{row.tenths // 10}.{row.tenths % 10}"
    return chip(f"{Grade(row.level).label} {points}", TONES[Grade(row.level)]) if row.level else chip("正常", "ok")
