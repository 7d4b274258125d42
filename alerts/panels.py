"""What warnings show on the pages of institutions and alerts, and what waits on the home page."""

from __future__ import annotations

from django.urls import reverse

from foundation.core.actor import Actor
from foundation.core.home import Tile, figure_tile, todo_tile
from foundation.core.marks import chip, link
from foundation.core.panels import Panel, panel
from foundation.deadlines.kinds import MatterKind, kept, named_in
from institutions.models import Institution

from . import (
    overview,  # noqa: F401  (declares its part of an institution's money page)
    queries,
    rules,
)
from .enums import TONES, Grade, Rule
from .models import Alert, ScoreDay

SHOWN = 10

kept(Alert, kind=MatterKind("risk_alert", "风险预警", 72), keeper=named_in(Alert, "owner"))


def _to_alert(text: object, pk: int):
    return link(text, reverse("admin:alerts_alert_change", args=[pk]))


@panel(Institution, label="风险预警", order=33)
def alerts_of(actor: Actor, institution: Institution) -> Panel | None:
    """The score with its parts, each part its alert; what is behind each is on the alert's page."""
    if not rules.can_view(actor):
        return None
    score = queries.newest_scores(actor).filter(institution=institution).first()
    if score is None:
        return Panel(("项目", "等级", "分值", "怎样降低"), [], empty="还没有评分。")
    open_ones = {row.pk: row for row in queries.open_alerts(actor).filter(institution=institution)}
    level = chip(score.get_level_display() if score.tenths else "正常", TONES[Grade(score.level)])
    rows = [(f"{score.on} 合计", level, score.points, f"直接定红：{score.at_once}" if score.at_once else "")]
    for part in score.parts:
        row = open_ones.get(part["alert"])
        halved = "（已减半）" if part["halved"] else ""
        grade = chip(Grade(part["grade"]).label, TONES[Grade(part["grade"])])
        name = _to_alert(f"{part['rule']} {Rule(part['rule']).label}", part["alert"])
        rows.append((name, grade, f"{part['tenths'] / 10:g}{halved}", row.remedy if row else ""))
    url = reverse("admin:alerts_alert_changelist") + f"?home={institution.pk}"
    return Panel(("项目", "等级", "分值", "怎样降低"), rows, more_url=url)


@panel(Alert, label="数字", order=10)
def figures(actor: Actor, alert: Alert) -> Panel:
    return Panel(("项目", "数值"), [tuple(pair) for pair in alert.figures])


@panel(Alert, label="来源", order=12)
def sources(actor: Actor, alert: Alert) -> Panel:
    """The rows that the figures rest on; each page asks again whether its reader may."""
    rows = [(link(ref["label"], _url(ref)),) for ref in alert.refs]
    return Panel(("记录",), rows)


def _url(ref: dict) -> str:
    return reverse(f"admin:{ref['model'].replace('.', '_')}_change", args=[ref["pk"]])


@panel(ScoreDay, label="近期评分", order=10)
def history(actor: Actor, score: ScoreDay) -> Panel:
    rows = ScoreDay.objects.visible_to(actor).filter(institution=score.institution).order_by("-on")[:30]
    shown = [(row.on, chip(row.get_level_display(), TONES[Grade(row.level)]), row.points) for row in rows]
    return Panel(("日期", "等级", "分值"), shown)


@todo_tile(order=30)
def alerts_to_take(actor: Actor) -> Tile | None:
    if not rules.can_handle_some(actor):
        return None
    count = queries.untaken_alerts(actor).count()
    url = reverse("admin:alerts_alert_changelist") + "?alert=untaken"
    return Tile("预警待认领", count, url, unit="条", tone="notice") if count else None


@todo_tile(order=39)
def thresholds_to_decide(actor: Actor) -> Tile | None:
    count = queries.thresholds_waiting(actor).count()
    url = reverse("admin:alerts_threshold_changelist") + "?waiting=1"
    return Tile("预警阈值待审批", count, url, unit="项", tone="notice") if count else None


@figure_tile(order=74)
def red_ones(actor: Actor) -> Tile | None:
    if not rules.can_view(actor):
        return None
    count = queries.newest_scores(actor).filter(level=Grade.RED).count()
    url = reverse("admin:alerts_scoreday_changelist") + f"?level__exact={Grade.RED}"
    return Tile("红色风险机构", count, url, unit="家", tone="bad" if count else "ok")
