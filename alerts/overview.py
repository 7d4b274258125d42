"""What an institution's money page shows of early warning: the day's score, and alerts with what would lower it."""

from __future__ import annotations

from django.urls import reverse

from foundation.core.actor import Actor
from foundation.core.marks import chip, link
from foundation.core.panels import Panel, panel
from funds.overview import Money

from . import rules
from .enums import TONES, AlertState, Grade
from .models import Alert, ScoreDay
from .queries import open_at

SHOWN = 10


@panel(Money, label="风险预警", order=12)
def alerts(actor: Actor, money: Money) -> Panel | None:
    if not rules.can_view(actor):
        return None
    scores = ScoreDay.objects.visible_to(actor).filter(institution=money.institution, on__lte=money.on)
    score = scores.order_by("-on").first()
    found = open_at(Alert.objects.visible_to(actor).filter(institution=money.institution), on=money.on)
    rows: list[tuple[object, ...]] = [_score(score)] if score else []
    for row in found.select_related("owner").order_by("due_on", "pk")[:SHOWN]:
        name = link(str(row), reverse("admin:alerts_alert_change", args=[row.pk]))
        grade = chip(row.get_grade_display(), TONES[Grade(row.grade)])
        rows.append((name, grade, row.words, row.remedy, row.owner or "待认领", row.due_on))
    url = reverse("admin:alerts_alert_changelist") + f"?home={money.institution.pk}&state__exact={AlertState.OPEN}"
    columns = ("项目", "等级", "为什么", "怎样降低", "负责人", "处置期限")
    return Panel(columns, rows, more_url=url, empty="还没有评分，也没有预警。")


def _score(row: ScoreDay) -> tuple[object, ...]:
    name = link(f"{row.on} 评分 {row.points}", reverse("admin:alerts_scoreday_change", args=[row.pk]))
    level = chip(row.get_level_display(), TONES[Grade(row.level)]) if row.tenths else chip("正常", "ok")
    sums = " + ".join(f"{part['rule']} {part['tenths'] / 10:g}" for part in row.parts)
    return name, level, sums or "没有计分的预警", f"直接定红：{row.at_once}" if row.at_once else "—", "—", "—"
