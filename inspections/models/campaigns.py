"""专项行动: what a bureau and its departments set out to do in a period, and which records belong to it.

A visit knows nothing of campaigns: the tags stand here. One record may bear several tags and counts once in each.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from foundation.accounts.models import Organ, User
from foundation.core.actor import Actor
from foundation.core.constraints import one_of, ordered
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Division, Jurisdiction
from foundation.regions.queries import jurisdictions_above
from inspections.enums import (
    CampaignKind,
    CampaignState,
    PaperKind,
    RecheckResult,
    TargetState,
    TargetTag,
    UnitRole,
)
from institutions.enums import Category, SiteType, Status
from institutions.models import Institution, UnlicensedSite

from .checklists import ChecklistVersion
from .visits import Visit


class CampaignQuerySet(ScopedQuerySet):
    """A campaign is read where it is led, above, and, once it has started, in the bureaus below that take part."""

    PATH = ""

    def visible_to(self, actor: Actor) -> CampaignQuerySet:
        """Campaigns of the actor's jurisdictions, and those from above that have left their draft."""
        if not actor.scope:
            return self.none()
        own = Q(**{f"{self.PATH}jurisdiction__in": actor.scope})
        above = Q(**{f"{self.PATH}jurisdiction__in": jurisdictions_above(*actor.scope)})
        return self.filter(own | above & ~Q(**{f"{self.PATH}state": CampaignState.DRAFT}))


class CampaignPartQuerySet(CampaignQuerySet):
    PATH = "campaign__"


class TargetQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> TargetQuerySet:
        """Targets in the actor's area; those of a draft from above are not there yet."""
        unready = Q(campaign__state=CampaignState.DRAFT) & ~Q(campaign__jurisdiction__in=actor.scope)
        return super().visible_to(actor).exclude(unready)


class Campaign(models.Model):
    """One 专项行动. An empty scope field means "not narrowed": all places, categories, types."""

    SCOPE = Scope("jurisdiction_id")

    number = models.CharField("编号", max_length=30)
    name = models.CharField("行动名称", max_length=80)
    kind = models.CharField("行动种类", max_length=10, choices=CampaignKind.choices)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    organ = models.ForeignKey(Organ, verbose_name="牵头单位", on_delete=models.PROTECT, related_name="campaigns_led")
    aim = models.TextField("目标任务", max_length=2000, blank=True)
    categories = ArrayField(
        models.CharField(max_length=10, choices=Category.choices), verbose_name="培训类别", default=list, blank=True
    )
    site_types = ArrayField(
        models.CharField(max_length=10, choices=SiteType.choices), verbose_name="场所类型", default=list, blank=True
    )
    former_statuses = ArrayField(
        models.CharField(max_length=20, choices=Status.choices), verbose_name="原状态", default=list, blank=True
    )
    checklist = models.ForeignKey(
        ChecklistVersion,
        verbose_name="检查清单",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="campaigns",
    )
    daily_returns = models.BooleanField("要求报送日报", default=True)
    state = models.CharField("状态", max_length=10, choices=CampaignState.choices, default=CampaignState.DRAFT)
    state_at = models.DateTimeField("状态时间")
    drafted_by = models.ForeignKey(User, verbose_name="起草人", on_delete=models.PROTECT, related_name="+")
    report = models.TextField("总结报告", max_length=5000, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = "专项行动"
        verbose_name_plural = "专项行动"
        constraints = [
            models.UniqueConstraint(
                fields=["number"], name="campaign_number_once", violation_error_message="专项行动编号重复。"
            ),
            one_of("kind", CampaignKind, name="campaign_kind_known"),
            one_of("state", CampaignState, name="campaign_state_known"),
            ordered("starts_on", "ends_on", name="campaign_period_ordered", message="结束日期不能早于开始日期。"),
            models.CheckConstraint(
                condition=~Q(state=CampaignState.CLOSED) | ~Q(report=""),
                name="campaign_closed_has_report",
                violation_error_message="结束专项行动须填写总结报告。",
            ),
        ]
        indexes = [models.Index(fields=["jurisdiction", "-starts_on"], name="campaign_by_bureau")]

    def __str__(self) -> str:
        return self.name


class CampaignArea(models.Model):
    """A place to which a campaign is narrowed: a county, town or community."""

    SCOPE = Scope("campaign__jurisdiction_id")

    campaign = models.ForeignKey(Campaign, verbose_name="专项行动", on_delete=models.PROTECT, related_name="areas")
    division = models.ForeignKey(Division, verbose_name="区域", on_delete=models.PROTECT, related_name="+")

    objects = CampaignPartQuerySet.as_manager()

    class Meta:
        verbose_name = "行动区域"
        verbose_name_plural = "行动区域"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "division"], name="campaign_area_once", violation_error_message="行动区域重复。"
            ),
        ]

    def __str__(self) -> str:
        return str(self.division)


class CampaignUnit(models.Model):
    """An organ that takes part; it returns figures daily while it does. ``left_on``: its last day."""

    SCOPE = Scope("campaign__jurisdiction_id")

    campaign = models.ForeignKey(Campaign, verbose_name="专项行动", on_delete=models.PROTECT, related_name="units")
    organ = models.ForeignKey(Organ, verbose_name="单位", on_delete=models.PROTECT, related_name="campaigns")
    role = models.CharField("角色", max_length=10, choices=UnitRole.choices, default=UnitRole.MEMBER)
    contact = models.CharField("联络人", max_length=60, blank=True)
    joined_on = models.DateField("加入日期")
    left_on = models.DateField("退出日期", null=True, blank=True)

    objects = CampaignPartQuerySet.as_manager()

    class Meta:
        verbose_name = "成员单位"
        verbose_name_plural = "成员单位"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "organ"],
                condition=Q(left_on__isnull=True),
                name="campaign_unit_once",
                violation_error_message="该单位已是成员单位。",
            ),
            one_of("role", UnitRole, name="campaign_unit_role_known"),
            ordered("joined_on", "left_on", name="campaign_unit_ordered", message="退出日期不能早于加入日期。"),
        ]

    def __str__(self) -> str:
        return f"{self.organ}（{self.get_role_display()}）"


class CampaignPaper(models.Model):
    """A document behind a campaign: the joint conference, the leading group, the task force, the plan, a notice."""

    SCOPE = Scope("campaign__jurisdiction_id")

    campaign = models.ForeignKey(Campaign, verbose_name="专项行动", on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField("文件种类", max_length=15, choices=PaperKind.choices)
    title = models.CharField("标题", max_length=120)
    reference = models.CharField("文号", max_length=60, blank=True)
    dated_on = models.DateField("日期")
    organ_name = models.CharField("制发单位", max_length=120)
    text = models.TextField("内容", max_length=10000, blank=True)
    added_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField("登记时间")

    objects = CampaignPartQuerySet.as_manager()

    class Meta:
        verbose_name = "行动文件"
        verbose_name_plural = "行动文件"
        constraints = [one_of("kind", PaperKind, name="campaign_paper_kind_known")]

    def __str__(self) -> str:
        return self.title


class CampaignTarget(models.Model):
    """A site that a campaign means to see, and why. Visited or not is read from the campaign's visits."""

    SCOPE = Scope("jurisdiction_id", division="division_id", category="category")

    campaign = models.ForeignKey(Campaign, verbose_name="专项行动", on_delete=models.PROTECT, related_name="targets")
    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, null=True, blank=True, related_name="targeted"
    )
    unlicensed = models.ForeignKey(
        UnlicensedSite,
        verbose_name="无证场所",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="targeted",
    )
    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    division = models.ForeignKey(Division, verbose_name="所在乡镇(街道)或社区", on_delete=models.PROTECT)
    category = models.CharField("培训类别", max_length=10, choices=Category.choices)
    site_name = models.CharField("对象", max_length=120)
    address = models.CharField("地址", max_length=200)
    tags = ArrayField(models.CharField(max_length=12, choices=TargetTag.choices), verbose_name="列入原因", default=list)
    reason = models.CharField("情况", max_length=300, blank=True)
    state = models.CharField("状态", max_length=10, choices=TargetState.choices, default=TargetState.LISTED)
    state_at = models.DateTimeField("状态时间")
    drop_reason = models.CharField("剔除理由", max_length=300, blank=True)
    result = models.CharField("复核结果", max_length=10, choices=RecheckResult.choices, blank=True)
    result_visit = models.ForeignKey(
        Visit, verbose_name="复核依据", on_delete=models.PROTECT, null=True, blank=True, related_name="rechecks"
    )
    result_remark = models.CharField("复核说明", max_length=300, blank=True)
    listed_at = models.DateTimeField("列入时间")

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = "行动对象"
        verbose_name_plural = "行动对象"
        constraints = [
            models.CheckConstraint(
                condition=Q(institution__isnull=False, unlicensed__isnull=True)
                | Q(institution__isnull=True, unlicensed__isnull=False),
                name="target_one_subject",
                violation_error_message="一个对象只对应一家机构或一处无证场所。",
            ),
            models.UniqueConstraint(
                fields=["campaign", "institution"],
                condition=Q(institution__isnull=False),
                name="target_institution_once",
                violation_error_message="这家机构已在对象清单中。",
            ),
            models.UniqueConstraint(
                fields=["campaign", "unlicensed"],
                condition=Q(unlicensed__isnull=False),
                name="target_unlicensed_once",
                violation_error_message="这处场所已在对象清单中。",
            ),
            one_of("category", Category, name="target_category_known"),
            one_of("state", TargetState, name="target_state_known"),
            one_of("result", RecheckResult, name="target_result_known", blank=True),
            models.CheckConstraint(
                condition=Q(result="", result_visit__isnull=True) | (~Q(result="") & Q(result_visit__isnull=False)),
                name="target_result_has_visit",
                violation_error_message="复核结果须以一次检查为依据。",
            ),
            models.CheckConstraint(
                condition=~Q(state=TargetState.DROPPED) | ~Q(drop_reason=""),
                name="target_dropped_says_why",
                violation_error_message="剔除对象须写明理由。",
            ),
        ]
        indexes = [models.Index(fields=["campaign", "state"], name="target_by_campaign")]

    def __str__(self) -> str:
        return self.site_name


class CampaignReturn(models.Model):
    """日报: what one unit's records said of one day at the moment of filing, frozen; a correction is a new revision."""

    SCOPE = Scope("campaign__jurisdiction_id")

    campaign = models.ForeignKey(Campaign, verbose_name="专项行动", on_delete=models.PROTECT, related_name="returns")
    organ = models.ForeignKey(Organ, verbose_name="报送单位", on_delete=models.PROTECT, related_name="campaign_returns")
    day_on = models.DateField("日报日期")
    revision = models.PositiveSmallIntegerField("版次", default=1)
    figures = models.JSONField("数据")
    led_by_leaders = models.PositiveSmallIntegerField("领导带队(次)", default=0, validators=[MaxValueValidator(999)])
    remark = models.TextField("说明", max_length=1000, blank=True)
    late = models.BooleanField("迟报", default=False)
    filed_by = models.ForeignKey(User, verbose_name="报送人", on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField("报送时间")

    objects = CampaignPartQuerySet.as_manager()

    class Meta:
        verbose_name = "行动日报"
        verbose_name_plural = "行动日报"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "organ", "day_on", "revision"],
                name="campaign_return_once",
                violation_error_message="这一天的日报刚刚由他人报送，请刷新。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ} {self.day_on} 日报"
