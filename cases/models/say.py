"""What the party says before anything is decided: its defence, its wish to be heard, the hearing."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cases.enums import StatementKind
from foundation.accounts.models import User
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet

from .cases import Case
from .papers import CasePaper


class Statement(models.Model):
    """The party's words about a notice. A defence is answered: accepted or not, and why.

    ``entered_by`` is empty where they came by the notice's link.
    """

    SCOPE = Scope("case__jurisdiction_id", division="case__division_id", category="case__category")

    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="statements")
    notice = models.ForeignKey(CasePaper, verbose_name="告知书", on_delete=models.PROTECT, related_name="statements")
    kind = models.CharField("种类", max_length=10, choices=StatementKind.choices)
    text = models.TextField("内容", max_length=3000)
    given_by = models.CharField("陈述人", max_length=60)
    given_on = models.DateField("日期")
    entered_by = models.ForeignKey(
        User, verbose_name="代为登记人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    accepted = models.BooleanField("采纳", null=True, blank=True)
    answer = models.CharField("复核意见", max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        User, verbose_name="复核人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "当事人意见"
        verbose_name_plural = "当事人意见"
        constraints = [
            one_of("kind", StatementKind, name="statement_kind_known"),
            models.CheckConstraint(
                condition=Q(accepted__isnull=True, answer="", answered_by__isnull=True)
                | Q(accepted__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="statement_answered_with_reason",
                violation_error_message="复核必须写明是否采纳和理由。",
            ),
            models.UniqueConstraint(
                fields=["notice", "kind"],
                condition=Q(kind__in=[StatementKind.HEARING, StatementKind.WAIVER]),
                name="statement_once_a_notice",
                violation_error_message="当事人已就这份告知书提出过。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（{self.given_on}）"


class Hearing(models.Model):
    """A hearing that the party asked for: led by somebody who does not handle the case (行政处罚法 §64)."""

    SCOPE = Scope("case__jurisdiction_id", division="case__division_id", category="case__category")

    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="hearings")
    request = models.OneToOneField(Statement, verbose_name="听证要求", on_delete=models.PROTECT, related_name="hearing")
    host = models.ForeignKey(User, verbose_name="主持人", on_delete=models.PROTECT, related_name="+")
    called_on = models.DateField("通知日期")
    planned_on = models.DateField("听证日期")
    place = models.CharField("听证地点", max_length=120)
    open_to_all = models.BooleanField("公开举行", default=True)
    held_on = models.DateField("实际举行日期", null=True, blank=True)
    record = models.TextField("听证笔录摘要", max_length=3000, blank=True)
    withdrawn = models.BooleanField("当事人撤回或未到场", default=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "听证"
        verbose_name_plural = "听证"
        constraints = [
            models.CheckConstraint(
                condition=Q(held_on__isnull=True, record="")
                | Q(held_on__isnull=False, held_on__gte=F("called_on")) & ~Q(record=""),
                name="hearing_held_with_record",
                violation_error_message="听证结束必须有日期和笔录。",
            ),
        ]

    def __str__(self) -> str:
        return f"听证（{self.planned_on}）"
