"""Reading the annual check: what the year's records are, what waits, what is shown in public."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from enforcement.queries import visits_after
from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.documents.enums import DocumentKind
from inspections.models import Visit
from institutions import dossier
from institutions.enums import OPERATING
from institutions.models import Institution

from .enums import CheckState
from .models import AnnualCheck, CheckYear
from .rating import year_of

QUESTIONS = (
    "办学许可和证照是否在有效期内并亮证",
    "从业人员资质和违法犯罪记录查询",
    "收费公示、合同示范文本和预收费资金监管",
    "消防安全自查和隐患整改",
    "培训材料审核和备案",
    "广告宣传自查",
    "上年度问题整改情况",
)
GRADES = ("合格", "基本合格", "不合格")
NOTICE_DAYS = 7
PAPER = DocumentKind.ANNUAL_CHECK


def year_rows(check: AnnualCheck) -> list[list[str]]:
    """(source, day, what, result) of the year from every app that keeps records of institutions; void ones not."""
    first, last = year_of(check.check_year.year)
    return [
        [dossier.label_of(record.source), record.on.isoformat(), record.what[:500], record.result[:200]]
        for record in dossier.standing_records(check.institution, first=first, last=last)
    ]


def visits_for(check: AnnualCheck) -> QuerySet[Visit]:
    """Formal visits at the institution since its year began: those that can be the site check."""
    return visits_after(check.institution, year_of(check.check_year.year)[0])


def to_add(check_year: CheckYear) -> QuerySet[Institution]:
    """Operating institutions of the area that are not in this check yet."""
    rows = Institution.objects.current().filter(jurisdiction=check_year.jurisdiction, status__in=OPERATING)
    return rows.exclude(pk__in=check_year.checks.values("institution")).order_by("pk")


def to_handle(actor: Actor) -> QuerySet[AnnualCheck]:
    """Checks in which the next step is an officer's."""
    if not actor.can(Can.PROPOSE_LISTING):
        return AnnualCheck.objects.none()
    mine = (CheckState.REPORTED, CheckState.REVIEWED, CheckState.CHECKED)
    return AnnualCheck.objects.visible_to(actor).filter(state__in=mine)


def to_decide(actor: Actor) -> QuerySet[AnnualCheck]:
    """Conclusions that this actor may decide on: another person drew them."""
    if not actor.can(Can.APPROVE_LISTING):
        return AnnualCheck.objects.none()
    waiting = AnnualCheck.objects.visible_to(actor).filter(state=CheckState.CONCLUDED)
    return waiting.exclude(concluded_by=actor.user_id)


def not_reported(actor: Actor, *, on: date) -> QuerySet[AnnualCheck]:
    """Institutions whose own report is overdue."""
    if not actor.can(Can.PROPOSE_LISTING):
        return AnnualCheck.objects.none()
    late = AnnualCheck.objects.visible_to(actor).filter(state=CheckState.OPEN)
    return late.filter(check_year__report_by__lt=on)


def over(*, on: date) -> QuerySet[AnnualCheck]:
    """Notices whose last day has passed."""
    return AnnualCheck.objects.filter(state=CheckState.NOTICE, notice_until__lt=on)


def shown_in_public(*, on: date) -> QuerySet[AnnualCheck]:
    """Conclusions whose notice runs on a day, of institutions that the register shows."""
    current = Institution.objects.current().values("pk")
    running = AnnualCheck.objects.filter(state=CheckState.NOTICE, notice_from__lte=on, notice_until__gte=on)
    rows = running.filter(institution__in=current).select_related("institution__jurisdiction", "check_year__organ")
    return rows.order_by("institution__jurisdiction__code", "institution__name", "pk")
