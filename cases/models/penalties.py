"""Penalties as told and as decided, what was paid or done, and what the public is told."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cases.enums import MONEY, PenaltyKind, Stage
from foundation.accounts.models import User
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from institutions.public_ids import new_public_id

from .cases import Case


class Penalty(models.Model):
    """One penalty of a case. ``amount`` in fen, for fines and confiscations only; ``turn``: see ``Case``.

    ``dropped``: proposed once and sent back; it was never decided.
    """

    SCOPE = Scope("case__jurisdiction_id", division="case__division_id", category="case__category")

    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="penalties")
    stage = models.CharField("阶段", max_length=10, choices=Stage.choices)
    turn = models.PositiveSmallIntegerField("轮次")
    kind = models.CharField("处罚种类", max_length=16, choices=PenaltyKind.choices)
    amount = models.PositiveBigIntegerField("金额(分)", null=True, blank=True)
    detail = models.CharField("内容", max_length=300, blank=True)
    dropped = models.BooleanField("已退回重提", default=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "处罚"
        verbose_name_plural = "处罚"
        constraints = [
            one_of("stage", Stage, name="penalty_stage_known"),
            one_of("kind", PenaltyKind, name="penalty_kind_known"),
            models.UniqueConstraint(
                fields=["case", "stage", "turn", "kind"],
                condition=Q(dropped=False),
                name="penalty_kind_once",
                violation_error_message="同一种处罚只能写一项。",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=MONEY, amount__isnull=False, amount__gt=0)
                | ~Q(kind__in=MONEY) & Q(amount__isnull=True),
                name="penalty_amount_of_money",
                violation_error_message="罚款和没收违法所得必须有金额，其他处罚没有金额。",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Fulfilment(models.Model):
    """What was paid (fen) or done of a decided penalty. ``late_fee``: what the payment held beyond the penalty."""

    SCOPE = Scope(
        "penalty__case__jurisdiction_id", division="penalty__case__division_id", category="penalty__case__category"
    )

    penalty = models.ForeignKey(Penalty, verbose_name="处罚", on_delete=models.PROTECT, related_name="fulfilments")
    done_on = models.DateField("履行日期")
    amount = models.PositiveBigIntegerField("缴纳金额(分)", null=True, blank=True)
    late_fee = models.PositiveBigIntegerField("加处罚款(分)", default=0)
    note = models.CharField("履行情况", max_length=300)
    recorded_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "履行情况"
        verbose_name_plural = "履行情况"
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True, late_fee=0) | Q(amount__isnull=False, amount__gt=0),
                name="fulfilment_amount_positive",
                violation_error_message="缴纳金额必须大于零。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.penalty} {self.done_on}"


class Publication(models.Model):
    """A decision as the public may read it: masked words, from a day until a day, or taken back before.

    ``public_id``: random, so that nobody walks through the decisions by counting.
    """

    SCOPE = Scope("case__jurisdiction_id", division="case__division_id", category="case__category")

    case = models.OneToOneField(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="publication")
    public_id = models.CharField("公开编号", max_length=12, unique=True, default=new_public_id, editable=False)
    party = models.CharField("公开的当事人", max_length=120)
    facts = models.TextField("公开的违法事实", max_length=2000)
    penalty = models.CharField("公开的处罚内容", max_length=500)
    basis = models.CharField("依据", max_length=300)
    published_on = models.DateField("公开日期")
    until = models.DateField("公开至")
    withdrawn_on = models.DateField("撤下日期", null=True, blank=True)
    withdrawn_because = models.CharField("撤下理由", max_length=300, blank=True)
    published_by = models.ForeignKey(User, verbose_name="公开人", on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "处罚决定公开"
        verbose_name_plural = "处罚决定公开"
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("published_on")),
                name="publication_period_ordered",
                violation_error_message="公开截止日必须晚于公开日期。",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_because="")
                | Q(withdrawn_on__isnull=False, withdrawn_on__gte=F("published_on")) & ~Q(withdrawn_because=""),
                name="publication_withdrawn_with_reason",
                violation_error_message="撤下公开信息必须写明理由。",
            ),
        ]
        indexes = [models.Index(fields=["-published_on", "-id"], name="publication_by_day")]

    def __str__(self) -> str:
        return f"{self.case} 公开"
