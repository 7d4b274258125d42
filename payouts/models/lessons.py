"""消课: lessons that were taken are told to the guardian; what is confirmed, or not disputed in time, is earned."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from contracts.models import Contract, Lesson
from foundation.accounts.models import User
from foundation.core.constraints import one_of
from foundation.core.money import yuan
from funds.models.scoped import FundsQuerySet
from payouts.enums import ConfirmedBy, ConsumptionState

from .purses import OF_CONTRACT


class Consumption(models.Model):
    """Some lessons of one contract and what they are worth: the price of the whole, floor by floor (``pricing``)."""

    SCOPE = OF_CONTRACT

    contract = models.ForeignKey(Contract, verbose_name="合同", on_delete=models.PROTECT, related_name="consumptions")
    lessons = models.PositiveSmallIntegerField("课时数")
    amount_fen = models.BigIntegerField("金额(分)")
    first_on = models.DateField("上课日期起")
    last_on = models.DateField("上课日期止")
    state = models.CharField("状态", max_length=10, choices=ConsumptionState.choices, default=ConsumptionState.PROPOSED)
    state_at = models.DateTimeField("状态时间")
    proposed_by = models.ForeignKey(User, verbose_name="提交人", on_delete=models.PROTECT, related_name="+")
    told_on = models.DateField("告知家长日期")
    reached_on = models.DateField("家长收到日期", null=True, blank=True)  # the text went out, or an officer saw to it
    confirmed_by = models.CharField("确认方式", max_length=10, choices=ConfirmedBy.choices, blank=True)
    by_link = models.BooleanField("家长网上答复", default=False)
    remark = models.CharField("说明", max_length=300, blank=True)

    objects = FundsQuerySet.as_manager()

    class Meta:
        verbose_name = "消课"
        verbose_name_plural = "消课记录"
        constraints = [
            one_of("state", ConsumptionState, name="consumption_state_known"),
            one_of("confirmed_by", ConfirmedBy, name="consumption_confirmed_by_known", blank=True),
            models.CheckConstraint(
                condition=Q(lessons__gte=1, amount_fen__gte=0) & Q(last_on__gte=models.F("first_on")),
                name="consumption_figures_sane",
                violation_error_message="消课至少一课时，金额不能为负，止日不能早于起日。",
            ),
            models.CheckConstraint(
                condition=Q(state=ConsumptionState.CONFIRMED) & ~Q(confirmed_by="")
                | ~Q(state=ConsumptionState.CONFIRMED) & Q(confirmed_by=""),
                name="consumption_says_who_confirmed",
                violation_error_message="已确认的消课须写明由谁确认。",
            ),
            models.CheckConstraint(
                condition=Q(reached_on__isnull=True) | Q(reached_on__gte=models.F("told_on")),
                name="consumption_reached_after_told",
                violation_error_message="家长收到日期不能早于告知日期。",
            ),
        ]
        indexes = [models.Index(fields=["state", "told_on"], name="consumption_waiting")]

    def __str__(self) -> str:
        return f"{self.contract} {self.lessons}课时 {yuan(self.amount_fen)}元"


class ConsumedLesson(models.Model):
    """An attendance is earned once: its row goes when the consumption is cancelled."""

    lesson = models.OneToOneField(
        Lesson, verbose_name="上课记录", on_delete=models.PROTECT, primary_key=True, related_name="consumed"
    )
    consumption = models.ForeignKey(
        Consumption, verbose_name="消课", on_delete=models.PROTECT, related_name="consumed_lessons"
    )

    class Meta:
        verbose_name = "消课的上课记录"
        verbose_name_plural = "消课的上课记录"

    def __str__(self) -> str:
        return f"{self.lesson}"
