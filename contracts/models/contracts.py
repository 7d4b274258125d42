"""Training contracts, as the model contract GF-2021-2604 writes them down; who signed stands apart (``parties``)."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from foundation.core.constraints import one_of, ordered
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction
from institutions.enums import SupervisionMode
from institutions.models import Institution, Site, TrainingClass

from ..enums import BoughtVia, ContractState, Delivery, FeeCategory, PaymentWay


class Contract(models.Model):
    """One contract of one institution for one pupil. Gift lessons stand apart: they have no price.

    ``voided_at``: taken back with the import that brought it; nobody sees it any more and it counts nowhere.
    """

    SCOPE = Scope("jurisdiction_id", withdrawn="voided_at")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="contracts"
    )
    number = models.CharField("合同编号", max_length=60)
    site = models.ForeignKey(
        Site, verbose_name="校区", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    training_class = models.ForeignKey(
        TrainingClass, verbose_name="班级", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    course_name = models.CharField("课程名称", max_length=80)
    category = models.CharField("培训类别", max_length=20, choices=FeeCategory.choices)
    delivery = models.CharField("培训形式", max_length=10, choices=Delivery.choices)
    pupils = models.PositiveSmallIntegerField("班额", null=True, blank=True)
    lesson_minutes = models.PositiveSmallIntegerField("每课时分钟数", default=45)
    lessons = models.PositiveSmallIntegerField("课时数")
    gift_lessons = models.PositiveSmallIntegerField("赠送课时", default=0)
    unit_price_fen = models.BigIntegerField("课时单价(分)")
    total_fen = models.BigIntegerField("合同总价(分)")
    signed_on = models.DateField("签订日期")
    starts_on = models.DateField("培训期起")
    ends_on = models.DateField("培训期止")
    first_lesson_on = models.DateField("首次上课日期", null=True, blank=True)
    way = models.CharField("付费方式", max_length=20, choices=PaymentWay.choices, default=PaymentWay.LUMP)
    supervision = models.CharField("资金监管方式", max_length=20, choices=SupervisionMode.choices, blank=True)
    refund_window_days = models.PositiveSmallIntegerField("全额退费期(天)", default=0)
    on_model_contract = models.BooleanField("使用示范文本")
    bought_via = models.CharField("购课渠道", max_length=10, choices=BoughtVia.choices)
    on_platform = models.BooleanField("已上全国平台", default=False)
    state = models.CharField("状态", max_length=20, choices=ContractState.choices, default=ContractState.ACTIVE)
    state_at = models.DateTimeField("状态时间")
    closed_on = models.DateField("结束日期", null=True, blank=True)
    close_reason = models.CharField("解除原因", max_length=300, blank=True)
    recorded_at = models.DateTimeField("登记时间")
    voided_at = models.DateTimeField("撤回时间", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "培训合同"
        verbose_name_plural = "培训合同"
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "number"],
                condition=Q(voided_at__isnull=True),
                name="contract_number_once",
                violation_error_message="该机构已登记这个编号的合同。",
            ),
            one_of("category", FeeCategory, name="contract_category_known"),
            one_of("delivery", Delivery, name="contract_delivery_known"),
            one_of("way", PaymentWay, name="contract_way_known"),
            one_of("supervision", SupervisionMode, name="contract_supervision_known", blank=True),
            one_of("bought_via", BoughtVia, name="contract_bought_via_known"),
            one_of("state", ContractState, name="contract_state_known"),
            ordered("starts_on", "ends_on", name="contract_period_ordered", message="培训期止不能早于培训期起。"),
            models.CheckConstraint(
                condition=Q(first_lesson_on__isnull=True) | Q(first_lesson_on__lte=F("ends_on")),
                name="contract_first_lesson_inside",
                violation_error_message="首次上课日期不能晚于培训期止。",
            ),
            models.CheckConstraint(
                condition=Q(total_fen__gte=0, unit_price_fen__gte=0, lessons__gte=1, lesson_minutes__gte=10),
                name="contract_figures_sane",
                violation_error_message="课时数至少为1，每课时至少10分钟，价格不能为负。",
            ),
            models.CheckConstraint(
                condition=~Q(number="") & ~Q(course_name=""),
                name="contract_has_number_and_course",
                violation_error_message="合同编号和课程名称不能为空。",
            ),
            models.CheckConstraint(
                condition=Q(state=ContractState.ACTIVE, closed_on__isnull=True)
                | (~Q(state=ContractState.ACTIVE) & Q(closed_on__isnull=False)),
                name="contract_closed_has_day",
                violation_error_message="已结束的合同必须有结束日期。",
            ),
        ]
        indexes = [models.Index(fields=["jurisdiction", "signed_on"], name="contract_by_bureau")]

    def __str__(self) -> str:
        return f"合同{self.number}"

    @property
    def begins_on(self) -> date:
        """The day of the first lesson, or the first day of the period when nobody said."""
        return self.first_lesson_on or self.starts_on
