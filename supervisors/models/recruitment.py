"""征集: one batch of supervisors, what each district may nominate, and what the appointed have to do each month."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from foundation.accounts.models import Organ
from foundation.core.actor import Actor
from foundation.core.constraints import one_of, ordered
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction
from supervisors.enums import CONDITIONS, Level, RecruitmentState


def default_conditions() -> list[str]:
    return list(CONDITIONS)


class RecruitmentQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> RecruitmentQuerySet:
        """The actor's own area's, and those of a superior that ask the actor's area for nominations."""
        if not actor.scope:
            return self.none()
        asked = Quota.objects.filter(jurisdiction__in=actor.scope).values("recruitment")
        return self.filter(Q(jurisdiction__in=actor.scope) | Q(pk__in=asked))


class Recruitment(models.Model):
    """One batch (首批, 第二批): who appoints, for how long, on what conditions, how long the list is shown to all."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="聘任地区", on_delete=models.PROTECT)
    organ = models.ForeignKey(Organ, verbose_name="聘任单位", on_delete=models.PROTECT, related_name="+")
    level = models.CharField("级别", max_length=10, choices=Level.choices)
    batch = models.CharField("批次", max_length=20, help_text="例如：首批、第二批。")
    term_months = models.PositiveSmallIntegerField("聘期(月)", default=24)
    publicity_days = models.PositiveSmallIntegerField("公示工作日", default=5)
    conditions = ArrayField(
        models.CharField(max_length=40), verbose_name="资格条件", default=default_conditions, help_text="每行一条。"
    )
    notes = models.TextField("征集说明", max_length=2000, blank=True)
    nominate_by_on = models.DateField("推荐截止")
    state = models.CharField(
        "状态", max_length=12, choices=RecruitmentState.choices, default=RecruitmentState.NOMINATING
    )
    state_at = models.DateTimeField("状态时间")
    opened_at = models.DateTimeField("征集时间")
    publicity_from_on = models.DateField("公示起", null=True, blank=True)
    publicity_until_on = models.DateField("公示止", null=True, blank=True)
    objection_contact = models.CharField("异议受理电话和地址", max_length=200, blank=True)

    objects = RecruitmentQuerySet.as_manager()

    class Meta:
        verbose_name = "监督员征集"
        verbose_name_plural = "监督员征集"
        constraints = [
            one_of("level", Level, name="recruitment_level_known"),
            one_of("state", RecruitmentState, name="recruitment_state_known"),
            models.UniqueConstraint(
                fields=["jurisdiction", "batch"],
                condition=~Q(state=RecruitmentState.CANCELLED),
                name="recruitment_batch_once",
                violation_error_message="该地区已有同名批次。",
            ),
            models.CheckConstraint(
                condition=Q(term_months__gte=1, term_months__lte=60, publicity_days__gte=1, publicity_days__lte=30),
                name="recruitment_terms_sane",
                violation_error_message="聘期应为1至60个月，公示应为1至30个工作日。",
            ),
            models.CheckConstraint(
                condition=Q(conditions__len__gte=1),
                name="recruitment_has_conditions",
                violation_error_message="请至少列出一条资格条件。",
            ),
            ordered(
                "publicity_from_on",
                "publicity_until_on",
                name="recruitment_publicity_ordered",
                message="公示止不能早于公示起。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RecruitmentState.PUBLICITY, RecruitmentState.FINISHED])
                | (Q(publicity_until_on__isnull=False) & ~Q(objection_contact="")),
                name="recruitment_publicity_has_days",
                violation_error_message="公示必须有起止日期和异议受理方式。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction}{self.batch}{self.get_level_display()}校外培训社会监督员"


class Quota(models.Model):
    """How many persons one district may nominate."""

    SCOPE = Scope("jurisdiction_id")

    recruitment = models.ForeignKey(Recruitment, verbose_name="征集", on_delete=models.PROTECT, related_name="quotas")
    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="推荐地区", on_delete=models.PROTECT)
    places = models.PositiveSmallIntegerField("名额")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "推荐名额"
        verbose_name_plural = "推荐名额"
        constraints = [
            models.UniqueConstraint(
                fields=["recruitment", "jurisdiction"],
                name="quota_district_once",
                violation_error_message="该地区的名额已分配。",
            ),
            models.CheckConstraint(
                condition=Q(places__lte=500), name="quota_sane", violation_error_message="名额不能超过500。"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction} {self.places} 人"


class Duty(models.Model):
    """What each supervisor of a batch owes a calendar month, from a month on; past months keep what held then."""

    recruitment = models.ForeignKey(Recruitment, verbose_name="征集", on_delete=models.PROTECT, related_name="duties")
    from_on = models.DateField("起始月")
    minimum = models.PositiveSmallIntegerField("每月最少(家次)", default=1)
    target = models.PositiveSmallIntegerField("每月目标(家次)", default=2)

    class Meta:
        verbose_name = "履职要求"
        verbose_name_plural = "履职要求"
        constraints = [
            models.UniqueConstraint(
                fields=["recruitment", "from_on"],
                name="duty_month_once",
                violation_error_message="该月已设定履职要求。",
            ),
            models.CheckConstraint(
                condition=Q(from_on__day=1), name="duty_from_first", violation_error_message="履职要求从每月1日起算。"
            ),
            models.CheckConstraint(
                condition=Q(target__gte=F("minimum"), target__lte=31),
                name="duty_target_not_below_minimum",
                violation_error_message="目标不能少于最少家次，也不能多于31。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_on:%Y-%m}起 每月{self.minimum}至{self.target}家次"
