"""Spreadsheets that go out: a campaign's 统计表 and a shift's 工作台账."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Sum

from clues.rules import can_view_clues
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.spreadsheets import Value, xlsx_bytes
from institutions.queries import in_charge_of

from .counters import COUNTERS, by_day, by_group
from .enums import Outcome, RecheckResult, SiteGroup
from .models import Campaign, CampaignReturn, Shift, Visit
from .queries.campaigns import clues_of, done_and_open, last_returns, results, visits_of
from .queries.patrols import visits_on

STATISTICS = ("项目", "指标", "数量", "单位")
LEDGER = (
    *("序号", "检查对象", "地址", "证照情况", "负责人", "检查时间", "组别", "检查人员"),
    *("发现问题", "处置", "整改情况", "检查编号"),
)
CHUNK = 500
#: What the ledger says of putting things right, by the visit's conclusion.
PUT_RIGHT = {Outcome.CORRECTED: "当场改正", Outcome.FOLLOW_UP: "待整改"}


def statistics(campaign: Campaign, actor: Actor) -> list[tuple[Value, ...]]:
    """The lines of the 统计表 for the actor's area: totals, kinds of sites, targets, results, days."""
    visits = visits_of(campaign, actor)
    lines: list[tuple[Value, ...]] = []
    for counter in COUNTERS.values():
        label = f"{counter.label}家次" if counter.key == "visits" else counter.label
        lines.append(("合计", label, counter.text(visits), counter.unit))
    lines.append(("合计", "领导带队", led_by_leaders(campaign), "次"))
    for line in by_group(visits):
        group = SiteGroup(line.of).label
        lines += [
            (group, "检查家次", line.visits, "家次"),
            (group, "检查", line.sites, "家"),
            (group, "发现问题", line.with_problem, "家"),
        ]
    done, still_open = done_and_open(campaign, actor)
    lines += [("对象清单", "已查", done, "家"), ("对象清单", "待查", still_open, "家")]
    if can_view_clues(actor):
        lines.append(("线索", "计入本行动", clues_of(campaign, actor).count(), "条"))
    found = results(campaign, actor)
    lines += [("复核结果", result.label, found[result], "家") for result in RecheckResult]
    lines += [(line.of, "检查家次", line.visits, "家次") for line in by_day(visits)]
    return lines


def led_by_leaders(campaign: Campaign) -> int:
    """领导带队 (次): the sum of the valid returns."""
    valid = CampaignReturn.objects.filter(pk__in=[row.pk for row in last_returns(campaign)])
    return valid.aggregate(sum=Sum("led_by_leaders", default=0))["sum"]


def statistics_sheet(campaign: Campaign, actor: Actor) -> bytes:
    """The 统计表 as a workbook, with area, period and maker on a second sheet."""
    notes = [
        ("专项行动", f"{campaign.number} {campaign.name}"),
        ("行动期间", f"{campaign.starts_on} 至 {campaign.ends_on}"),
        ("统计范围", actor.organ_name or actor.name),
        ("口径", "家次为检查次数，家为不重复的对象，人次为每次检查人数之和，人为不重复人员；余表示含下限数"),
        ("制表人", actor.name),
    ]
    return xlsx_bytes(STATISTICS, statistics(campaign, actor), title="统计表", notes=notes, widths=(16, 16, 12, 8))


def ledger(shift: Shift, actor: Actor) -> Iterator[tuple[Value, ...]]:
    """The lines of the 工作台账, one a visit, read slice by slice."""
    visits = visits_on(Shift.objects.filter(pk=shift.pk), actor).select_related(
        "institution", "unlicensed", "group_visit"
    )
    rows = visits.prefetch_related("officers", "findings").order_by("group_name", "number")
    for number, visit in enumerate(rows.iterator(chunk_size=CHUNK), start=1):
        yield _ledger_line(number, visit)


def _ledger_line(number: int, visit: Visit) -> tuple[Value, ...]:
    subject = visit.institution or visit.unlicensed
    when = f"{visit.visited_on} {visit.get_slot_display()}"
    done = visit.group_visit.get_outcome_display()
    return (
        number,
        visit.subject_name,
        visit.address,
        subject.get_licence_status_display(),
        in_charge_of(subject),
        when,
        visit.group_name,
        "、".join(str(officer) for officer in visit.officers.all()),
        "；".join(f"{finding}（{finding.note}）" if finding.note else str(finding) for finding in visit.findings.all()),
        f"{visit.get_outcome_display()}{f'；{done}' if done else ''}",
        PUT_RIGHT.get(Outcome(visit.outcome), "—"),
        visit.number,
    )


def ledger_sheet(shift: Shift, actor: Actor, *, at: datetime) -> bytes:
    """The 工作台账 as a workbook."""
    notes = [
        ("班次", f"{shift.number} {shift}"),
        ("组织单位", shift.organ.name),
        ("导出人", f"{actor.name} {actor.organ_name}"),
        ("导出日期", local_date(at).isoformat()),
        ("提示", "台账含个人信息，只用于本次巡查工作，请妥善保管"),
    ]
    widths = (6, 30, 34, 12, 10, 16, 12, 40, 40, 24, 12, 24)
    return xlsx_bytes(LEDGER, ledger(shift, actor), title="工作台账", notes=notes, widths=widths)
