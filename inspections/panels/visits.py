"""Visits on the pages of what was visited, the parts of a visit on its own, and what waits for staff."""

from __future__ import annotations

from itertools import groupby

from django.urls import reverse

from clues.panels import named_clues
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.home import Tile, figure_tile, todo_tile
from foundation.core.marks import chip, link
from foundation.core.panels import Panel, panel
from foundation.documents.showing import papers_panel
from foundation.photos.queries import same_pictures
from foundation.photos.showing import gallery
from inspections.enums import Answer, Severity
from inspections.models import Visit, VisitPhoto
from inspections.queries import visits as queries
from inspections.queries.alike import same_words, visits_of
from inspections.rules import visits as rules
from institutions.models import Institution, UnlicensedSite

VISITS = ("日期", "时段", "种类", "编号", "结论", "不合格(项)", "检查人")
SHOWN = 10
TONES = {Severity.LIGHT: "plain", Severity.MAJOR: "notice", Severity.CRITICAL: "bad"}


@panel(Institution, label="检查记录", order=45)
def of_institution(actor: Actor, institution: Institution) -> Panel | None:
    return _visits(actor, institution=institution) if rules.can_view_visits(actor) else None


@panel(UnlicensedSite, label="检查记录", order=45)
def of_unlicensed(actor: Actor, site: UnlicensedSite) -> Panel | None:
    return _visits(actor, unlicensed=site) if rules.can_view_visits(actor) else None


def _visits(actor: Actor, **subject: object) -> Panel:
    found = Visit.objects.visible_to(actor).filter(**subject).order_by("-visited_on", "-pk")[:SHOWN]
    rows = [
        (
            visit.visited_on,
            visit.get_slot_display(),
            visit.get_kind_display(),
            link(visit.number, reverse("admin:inspections_visit_change", args=[visit.pk])),
            chip("已作废", "black") if visit.voided_at else visit.get_outcome_display(),
            visit.failed,
            visit.group_name or visit.filed_by_name,
        )
        for visit in found
    ]
    return Panel(VISITS, rows, empty="还没有检查记录")


@panel(Visit, label="检查人员", order=10)
def officers(actor: Actor, visit: Visit) -> Panel:
    rows = [(row.name, row.organ_name or "—", row.certificate_no or "—") for row in visit.officers.order_by("pk")]
    if visit.unnamed:
        rows.append((f"另有{visit.unnamed}人没有姓名", "—", "—"))
    return Panel(("姓名", "单位", "执法证号"), rows)


@panel(Visit, label="发现问题", order=20)
def findings(actor: Actor, visit: Visit) -> Panel:
    rows = [
        (
            link(row.code or "—", reverse("admin:inspections_finding_change", args=[row.pk])),
            row.text,
            chip(row.get_severity_display(), TONES[Severity(row.severity)]),
            row.get_aspect_display(),
            row.note,
            row.get_state_display(),
        )
        for row in visit.findings.order_by("code", "pk")
    ]
    return Panel(("代码", "检查内容", "程度", "方面", "情况", "状态"), rows, empty="没有发现问题")


@panel(Visit, label="逐项结果", order=40)
def answers(actor: Actor, visit: Visit) -> Panel | None:
    if visit.checklist_id is None:
        return None
    labels = dict(Answer.choices)
    items = visit.checklist.items.order_by("code")
    rows = [(item.code, item.text, labels.get(visit.answers.get(item.code), "未填")) for item in items]
    return Panel(("代码", "检查内容", "结果"), rows)


@panel(Visit, label="请核对：文字相同的记录", order=30)
def alike(actor: Actor, visit: Visit) -> Panel | None:
    """A hint, not an accusation: the same words stand in reports about other sites."""
    rows = [
        (link(number, reverse("admin:inspections_visit_change", args=[pk])), subject, day, words)
        for pk, number, subject, day, words in same_words(actor, visit)
    ]
    return Panel(("编号", "检查对象", "日期", "相同的文字"), rows) if rows else None


@panel(Visit, label="文书", order=28)
def papers(actor: Actor, visit: Visit) -> Panel:
    return papers_panel(actor, visit, empty="还没有出具现场检查记录。")


@todo_tile(order=15)
def to_judge(actor: Actor) -> Tile | None:
    number = queries.to_judge(actor).count() if rules.can_judge_findings(actor) else 0
    url = reverse("admin:inspections_finding_changelist") + "?waiting=me"
    return Tile("待核实的问题", number, url, tone="notice") if number else None


@figure_tile(order=30)
def this_month(actor: Actor) -> Tile | None:
    """Official visits of this month, with those of the five months before."""
    if not rules.can_view_visits(actor):
        return None
    first = clock.today().replace(day=1)
    counts = queries.by_month(queries.official(queries.counted(actor)), until=clock.today())
    url = reverse("admin:inspections_visit_changelist") + f"?counted=official&visited_on__gte={first}"
    return Tile("本月检查", counts[-1], url, unit="家次", trend=tuple(counts[:-1]), note="前五个月")


@panel(Visit, label="照片", order=25)
def photos(actor: Actor, visit: Visit) -> Panel | None:
    """By what they show; a picture that stands in another visit too is pointed out with a link to that visit."""
    held = list(VisitPhoto.objects.filter(visit=visit).select_related("photo").order_by("code", "pk"))
    if not held:
        return None
    repeats = same_pictures([row.photo for row in held], actor=actor)
    seen = visits_of(repeat.photo for found in repeats.values() for repeat in found)
    named = named_clues(actor, repeats) | {
        pk: link(other.number, reverse("admin:inspections_visit_change", args=[other.pk])) for pk, other in seen.items()
    }
    rows = [
        (code or "现场", gallery([row.photo for row in group], repeats=repeats, named=named))
        for code, group in groupby(held, key=lambda row: row.code)
    ]
    return Panel(("条目", "照片"), rows)
