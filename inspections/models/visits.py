"""Visits: one site, one group, one day and slot; what was asked, who was there, what was found."""

from __future__ import annotations

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from foundation.accounts.models import Organ, User
from foundation.core.constraints import one_of, ordered
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Division, Jurisdiction
from inspections.enums import (
    ENFORCEMENT,
    Aspect,
    FindingState,
    Outcome,
    Severity,
    Slot,
    Source,
    Timeliness,
    VisitKind,
)
from institutions.enums import Category, SiteType
from institutions.models import Institution, UnlicensedSite

from .checklists import ChecklistItem, ChecklistVersion


class VisitSeries(models.Model):
    """The last number given to the visits of a bureau in a month: JC for official ones, JD for supervisors'."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    prefix = models.CharField("编号字头", max_length=2)
    month = models.CharField("月份", max_length=6)
    last_no = models.PositiveIntegerField("最后编号", default=0)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "检查编号"
        verbose_name_plural = "检查编号"
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "prefix", "month"],
                name="visit_series_once",
                violation_error_message="检查编号序列重复。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.jurisdiction.code}-{self.month}"


class Visit(models.Model):
    """A fact: filed once, never edited; a wrong one is voided with its reason and stays to be read.

    It counts as one 家次. ``group_key`` names the group that went (a patrol group, a set of officers, a supervisor);
    the database keeps it to one visit of a group at a site in a slot. Where it was is kept coarsely, in hundredths of
    a degree (about a kilometre). ``unnamed`` persons went besides ``officers``: past records often give their number
    without names, so they count in 人次 and never in 人.
    """

    SCOPE = Scope("jurisdiction_id", division="division_id", category="category")

    number = models.CharField("编号", max_length=30)
    client_id = models.UUIDField("表单标识", default=uuid.uuid4)
    kind = models.CharField("检查种类", max_length=12, choices=VisitKind.choices)

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    division = models.ForeignKey(Division, verbose_name="所在乡镇(街道)或社区", on_delete=models.PROTECT)
    category = models.CharField("培训类别", max_length=10, choices=Category.choices)
    site_type = models.CharField("场所类型", max_length=10, choices=SiteType.choices, default=SiteType.TRAINING)
    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, null=True, blank=True, related_name="visits"
    )
    unlicensed = models.ForeignKey(
        UnlicensedSite, verbose_name="无证场所", on_delete=models.PROTECT, null=True, blank=True, related_name="visits"
    )
    subject_name = models.CharField("检查对象", max_length=120)
    address = models.CharField("地址", max_length=200)

    visited_on = models.DateField("检查日期")
    slot = models.CharField("时段", max_length=10, choices=Slot.choices)
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    off_hours = models.BooleanField("班外时间", default=False)
    covert = models.BooleanField("暗访", default=False)
    group_key = models.CharField("检查组标识", max_length=80)
    group_name = models.CharField("检查组", max_length=60, blank=True)

    unnamed = models.PositiveSmallIntegerField("未具名人员数", default=0)

    filed_by = models.ForeignKey(User, verbose_name="填报人", on_delete=models.PROTECT, related_name="visits_filed")
    filed_by_name = models.CharField("填报人姓名", max_length=60)
    organ = models.ForeignKey(Organ, verbose_name="填报单位", on_delete=models.PROTECT, null=True, blank=True)
    recorded_at = models.DateTimeField("登记时间")
    source = models.CharField("登记方式", max_length=10, choices=Source.choices)
    timeliness = models.CharField("登记及时性", max_length=10, choices=Timeliness.choices, default=Timeliness.ON_TIME)

    checklist = models.ForeignKey(
        ChecklistVersion,
        verbose_name="检查清单",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="visits",
    )
    answers = models.JSONField("逐项结果", default=dict, blank=True)
    answered = models.PositiveSmallIntegerField("已答项数", default=0)
    failed = models.PositiveSmallIntegerField("不合格项数", default=0)
    outcome = models.CharField("检查结论", max_length=12, choices=Outcome.choices)
    remark = models.TextField("情况说明", max_length=2000, blank=True)
    remark_key = models.CharField("说明摘要", max_length=32, blank=True)
    accompanied_by = models.CharField("陪同人员", max_length=120, blank=True)
    statement = models.TextField("当事人陈述", max_length=1000, blank=True)

    pupils = models.PositiveSmallIntegerField("现场学生数", null=True, blank=True)
    pupils_at_least = models.BooleanField("学生数为下限(余)", default=False)
    teachers = models.PositiveSmallIntegerField("现场教师数", null=True, blank=True)
    teachers_at_least = models.BooleanField("教师数为下限(余)", default=False)
    dispersed = models.PositiveSmallIntegerField("清散学生数", null=True, blank=True)
    dispersed_at_least = models.BooleanField("清散数为下限(余)", default=False)

    latitude = models.SmallIntegerField(
        "纬度(百分之一度)", null=True, blank=True, validators=[MinValueValidator(-9000), MaxValueValidator(9000)]
    )
    longitude = models.SmallIntegerField(
        "经度(百分之一度)", null=True, blank=True, validators=[MinValueValidator(-18000), MaxValueValidator(18000)]
    )
    no_place_reason = models.CharField("无定位原因", max_length=120, blank=True)

    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    voided_by = models.ForeignKey(
        User, verbose_name="作废人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    void_reason = models.CharField("作废理由", max_length=300, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "检查记录"
        verbose_name_plural = "检查记录"
        constraints = [
            models.UniqueConstraint(
                fields=["number"], name="visit_number_once", violation_error_message="检查编号重复。"
            ),
            models.UniqueConstraint(
                fields=["client_id"], name="visit_client_id_once", violation_error_message="这份检查表已经提交过。"
            ),
            models.CheckConstraint(
                condition=Q(institution__isnull=False, unlicensed__isnull=True)
                | Q(institution__isnull=True, unlicensed__isnull=False),
                name="visit_one_subject",
                violation_error_message="一次检查只对应一家机构或一处无证场所。",
            ),
            models.UniqueConstraint(
                fields=["institution", "visited_on", "slot", "group_key"],
                condition=Q(voided_at__isnull=True, institution__isnull=False),
                name="visit_institution_once_a_slot",
                violation_error_message="同一组人员在同一天同一时段对这家机构的检查已登记过。",
            ),
            models.UniqueConstraint(
                fields=["unlicensed", "visited_on", "slot", "group_key"],
                condition=Q(voided_at__isnull=True, unlicensed__isnull=False),
                name="visit_unlicensed_once_a_slot",
                violation_error_message="同一组人员在同一天同一时段对这处场所的检查已登记过。",
            ),
            one_of("kind", VisitKind, name="visit_kind_known"),
            one_of("category", Category, name="visit_category_known"),
            one_of("site_type", SiteType, name="visit_site_type_known"),
            one_of("slot", Slot, name="visit_slot_known"),
            one_of("source", Source, name="visit_source_known"),
            one_of("timeliness", Timeliness, name="visit_timeliness_known"),
            one_of("outcome", Outcome, name="visit_outcome_known"),
            ordered("started_at", "ended_at", name="visit_times_ordered", message="结束时间不能早于开始时间。"),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, void_reason="") | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
                name="visit_void_has_reason",
                violation_error_message="作废检查记录必须写明理由。",
            ),
            models.CheckConstraint(
                condition=~Q(kind=VisitKind.COVERT) | Q(covert=True),
                name="visit_covert_kind_is_covert",
                violation_error_message="暗访记录必须标为暗访。",
            ),
        ]
        indexes = [
            models.Index(fields=["jurisdiction", "-visited_on", "-id"], name="visit_by_bureau"),
            models.Index(fields=["institution", "-visited_on"], name="visit_by_institution"),
            models.Index(fields=["filed_by", "-visited_on"], name="visit_by_person"),
            models.Index(fields=["remark_key"], condition=~Q(remark_key=""), name="visit_by_remark"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject_name}"

    @property
    def is_enforcement(self) -> bool:
        return self.kind in ENFORCEMENT

    @property
    def is_formal(self) -> bool:
        """What papers to the party may rest on: an inspection that was neither covert nor declared void."""
        return self.is_enforcement and not self.covert and self.voided_at is None

    @property
    def subject(self) -> Institution | UnlicensedSite:
        return self.institution or self.unlicensed


class VisitOfficer(models.Model):
    """Who went, with the department of that day; 出动人次 are counted from these."""

    SCOPE = Scope("visit__jurisdiction_id", division="visit__division_id", category="visit__category")

    visit = models.ForeignKey(Visit, verbose_name="检查记录", on_delete=models.PROTECT, related_name="officers")
    user = models.ForeignKey(
        User, verbose_name="人员", on_delete=models.PROTECT, null=True, blank=True, related_name="visits_made"
    )
    organ = models.ForeignKey(
        Organ, verbose_name="单位", on_delete=models.PROTECT, null=True, blank=True, related_name="visits_made"
    )
    name = models.CharField("姓名", max_length=60)
    organ_name = models.CharField("单位名称", max_length=120, blank=True)
    certificate_no = models.CharField("执法证号", max_length=40, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "检查人员"
        verbose_name_plural = "检查人员"
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "user"],
                name="visit_officer_once",
                violation_error_message="同一检查中人员重复。",
            ),
            models.UniqueConstraint(
                fields=["visit", "name", "organ_name"],
                condition=Q(user__isnull=True),
                name="visit_named_officer_once",
                violation_error_message="同一检查中人员重复。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.organ_name}）" if self.organ_name else self.name


class Finding(models.Model):
    """One item answered 否, or one problem named in a spreadsheet. Counts once its state is 属实."""

    SCOPE = Scope("visit__jurisdiction_id", division="visit__division_id", category="visit__category")

    visit = models.ForeignKey(Visit, verbose_name="检查记录", on_delete=models.PROTECT, related_name="findings")
    item = models.ForeignKey(
        ChecklistItem,
        verbose_name="清单条目",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
    )
    code = models.CharField("条目代码", max_length=3, blank=True)
    text = models.CharField("检查内容", max_length=120)
    aspect = models.CharField("所属方面", max_length=10, choices=Aspect.choices)
    severity = models.CharField("严重程度", max_length=10, choices=Severity.choices)
    note = models.TextField("情况", max_length=1000, blank=True)
    note_key = models.CharField("情况摘要", max_length=32, blank=True)
    state = models.CharField("状态", max_length=10, choices=FindingState.choices, default=FindingState.REPORTED)
    state_at = models.DateTimeField("状态时间")
    judged_by = models.ForeignKey(
        User, verbose_name="核实人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    judged_remark = models.CharField("核实情况", max_length=300, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "发现问题"
        verbose_name_plural = "发现问题"
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "code"],
                condition=~Q(code=""),
                name="finding_item_once",
                violation_error_message="同一检查中同一条目只记一次。",
            ),
            one_of("aspect", Aspect, name="finding_aspect_known"),
            one_of("severity", Severity, name="finding_severity_known"),
            one_of("state", FindingState, name="finding_state_known"),
            models.CheckConstraint(
                condition=~Q(state=FindingState.DISMISSED) | ~Q(judged_remark=""),
                name="finding_dismissed_says_why",
                violation_error_message="核实不属实必须写明情况。",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "severity"], name="finding_by_state"),
            models.Index(fields=["note_key"], condition=~Q(note_key=""), name="finding_by_note"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}".strip()
