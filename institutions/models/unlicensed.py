"""Unlicensed sites: a light record made in the field, disposed of, or merged into the register later."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from foundation.accounts.models import Organ
from foundation.core.constraints import one_of
from foundation.core.history import DatedEvent, withdrawal_replaces_something
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Division, Jurisdiction
from institutions.enums import Category, Discovery, Disposal, LicenceStatus, SiteType, UnlicensedState

from .register import Institution


class UnlicensedSite(models.Model):
    """A place that trains without the permit or registration it needs. Open until disposed of or merged."""

    SCOPE = Scope("jurisdiction_id", division="division_id", category="category")

    number = models.CharField("编号", max_length=30)
    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    division = models.ForeignKey(Division, verbose_name="所在乡镇(街道)或社区", on_delete=models.PROTECT)
    address = models.CharField("地址", max_length=200)
    sign = models.CharField("招牌或称呼", max_length=120, blank=True)
    site_type = models.CharField("场所类型", max_length=10, choices=SiteType.choices, default=SiteType.TRAINING)
    category = models.CharField("培训类别", max_length=10, choices=Category.choices)
    subcategory = models.CharField("子类", max_length=20, blank=True, default="")
    licence_status = models.CharField("证照情况", max_length=20, choices=LicenceStatus.choices)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    operator = models.CharField("举办者", max_length=60, blank=True)
    teachers = models.CharField("教师", max_length=200, blank=True)
    pupils = models.PositiveSmallIntegerField("学生数", null=True, blank=True)
    pupils_at_least = models.BooleanField("学生数为下限(余)", default=False)
    discovery = models.CharField("发现方式", max_length=10, choices=Discovery.choices)
    found_on = models.DateField("发现日期")
    recorded_at = models.DateTimeField("登记时间")
    state = models.CharField("状态", max_length=10, choices=UnlicensedState.choices, default=UnlicensedState.OPEN)
    state_at = models.DateTimeField("状态时间")
    disposal = models.CharField("处置结果", max_length=12, choices=Disposal.choices, blank=True)
    disposed_on = models.DateField("处置日期", null=True, blank=True)
    institution = models.ForeignKey(
        Institution, verbose_name="并入机构", on_delete=models.PROTECT, null=True, blank=True, related_name="found_as"
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "无证场所"
        verbose_name_plural = "无证场所"
        constraints = [
            models.UniqueConstraint(
                fields=["number"], name="unlicensed_number_once", violation_error_message="编号重复。"
            ),
            one_of("state", UnlicensedState, name="unlicensed_state_known"),
            one_of("category", Category, name="unlicensed_category_known"),
            one_of("discovery", Discovery, name="unlicensed_discovery_known"),
            one_of("site_type", SiteType, name="unlicensed_site_type_known"),
            one_of("licence_status", LicenceStatus, name="unlicensed_licence_status_known"),
            models.CheckConstraint(
                condition=Q(disposal="") | Q(disposal__in=Disposal.values),
                name="unlicensed_disposal_known",
                violation_error_message="处置结果的取值不在允许范围内。",
            ),
            models.CheckConstraint(
                condition=Q(state=UnlicensedState.OPEN, disposal="", disposed_on__isnull=True)
                | (~Q(state=UnlicensedState.OPEN) & ~Q(disposal="") & Q(disposed_on__isnull=False)),
                name="unlicensed_disposal_fits_state",
                violation_error_message="处置结果和日期应与状态一致。",
            ),
            models.CheckConstraint(
                condition=Q(state=UnlicensedState.MERGED, institution__isnull=False) | ~Q(state=UnlicensedState.MERGED),
                name="unlicensed_merged_names_institution",
                violation_error_message="并入名录必须指明机构。",
            ),
            models.CheckConstraint(
                condition=Q(disposed_on__isnull=True) | Q(disposed_on__gte=models.F("found_on")),
                name="unlicensed_disposed_after_found",
                violation_error_message="处置日期不能早于发现日期。",
            ),
            models.CheckConstraint(
                condition=~Q(licence_status=LicenceStatus.COMPLETE),
                name="unlicensed_lacks_something",
                violation_error_message="证照齐全的机构请登记到机构名录。",
            ),
        ]
        indexes = [models.Index(fields=["jurisdiction", "state", "-found_on"], name="unlicensed_by_bureau")]

    def __str__(self) -> str:
        return f"{self.number} {self.sign or self.address}"

    @property
    def name(self) -> str:
        """What papers call the place: by its sign, else by number and address."""
        return self.sign or f"{self.number} {self.address}"[:120]


class UnlicensedStateEvent(DatedEvent):
    """From ``effective_on`` the site is open, disposed of or merged: the open count of any day comes from these."""

    SUBJECT = ("site_id",)

    site = models.ForeignKey(
        UnlicensedSite, verbose_name="无证场所", on_delete=models.PROTECT, related_name="state_events"
    )
    state = models.CharField("状态", max_length=10, choices=UnlicensedState.choices)

    class Meta:
        verbose_name = "无证场所状态变化"
        verbose_name_plural = "无证场所状态变化"
        constraints = [
            one_of("state", UnlicensedState, name="unlicensed_event_state_known"),
            withdrawal_replaces_something("unlicensed_event_withdrawal_replaces"),
        ]
        indexes = [models.Index(fields=["site", "-effective_on", "-recorded_at"], name="unlicensed_event_chain")]

    def __str__(self) -> str:
        return f"{self.effective_on} {self.get_state_display()}"


class UnlicensedRound(models.Model):
    """One round of checking an unlicensed site (多轮核查)."""

    SCOPE = Scope("site__jurisdiction_id", division="site__division_id")

    site = models.ForeignKey(UnlicensedSite, verbose_name="无证场所", on_delete=models.PROTECT, related_name="rounds")
    no = models.PositiveSmallIntegerField("轮次")
    checked_on = models.DateField("核查日期")
    organ = models.ForeignKey(Organ, verbose_name="核查单位", on_delete=models.PROTECT)
    officers = models.CharField("核查人员", max_length=200)
    finding = models.CharField("核查情况", max_length=500)
    still_operating = models.BooleanField("仍在经营")
    recorded_at = models.DateTimeField("登记时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "核查轮次"
        verbose_name_plural = "核查轮次"
        constraints = [
            models.UniqueConstraint(
                fields=["site", "no"], name="unlicensed_round_once", violation_error_message="该轮次已登记。"
            ),
            models.CheckConstraint(
                condition=Q(no__gte=1), name="unlicensed_round_positive", violation_error_message="轮次从1开始。"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site} 第{self.no}轮"
