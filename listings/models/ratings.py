"""诚信评价: rubrics that never change, runs over an area, and ratings whose every point names its record."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from foundation.accounts.models import User
from foundation.core.constraints import one_of, other_person
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction
from institutions.models import Institution
from listings.enums import OPEN_RATINGS, Grade, RatingAspect, RatingState

from .lists import VIA_INSTITUTION


class Rubric(models.Model):
    """One version of how points are given; append-only, so that a rating can be reckoned again for ever."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name="适用地区", on_delete=models.PROTECT, null=True, blank=True
    )
    version = models.PositiveIntegerField("版本")
    name = models.CharField("名称", max_length=80)
    basis = models.CharField("依据", max_length=200)
    base = models.PositiveSmallIntegerField("基础分", default=90)
    a_from = models.PositiveSmallIntegerField("A级不低于", default=90)
    b_from = models.PositiveSmallIntegerField("B级不低于", default=75)
    c_from = models.PositiveSmallIntegerField("C级不低于", default=60)
    made_by = models.ForeignKey(
        User, verbose_name="制定人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField("制定时间")

    class Meta:
        verbose_name = "评分标准"
        verbose_name_plural = "评分标准"
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "version"],
                nulls_distinct=False,
                name="rubric_version_once",
                violation_error_message="该地区已有这一版本的评分标准。",
            ),
            models.CheckConstraint(
                condition=Q(base__lte=100, a_from__lte=100, b_from__lt=F("a_from"), c_from__lt=F("b_from")),
                name="rubric_lines_ordered",
                violation_error_message="基础分和各级分数线应在100分以内，并依次降低。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（第{self.version}版）"


class RubricItem(models.Model):
    """One item: records of a source (and weight, unless any) give points each, up to ``most`` together, or a veto."""

    rubric = models.ForeignKey(Rubric, verbose_name="评分标准", on_delete=models.PROTECT, related_name="items")
    code = models.CharField("项目编号", max_length=6)
    aspect = models.CharField("方面", max_length=12, choices=RatingAspect.choices)
    name = models.CharField("项目", max_length=80)
    source = models.CharField("记录来源", max_length=20)
    weight = models.CharField("轻重", max_length=20, blank=True)
    points = models.SmallIntegerField("每条分值")
    most = models.PositiveSmallIntegerField("合计不超过", default=0)
    veto = models.BooleanField("一票否决", default=False)

    class Meta:
        verbose_name = "评分项目"
        verbose_name_plural = "评分项目"
        constraints = [
            one_of("aspect", RatingAspect, name="rubric_item_aspect_known"),
            models.UniqueConstraint(
                fields=["rubric", "code"], name="rubric_item_once", violation_error_message="项目编号重复。"
            ),
            models.CheckConstraint(
                condition=Q(veto=True) | (~Q(points=0) & Q(points__gte=-100, points__lte=100)),
                name="rubric_item_counts",
                violation_error_message="不是一票否决的项目，分值应在-100至100之间且不为0。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class RatingRun(models.Model):
    """One reckoning of an area for a year; the portal does it institution by institution after the commit."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="地区", on_delete=models.PROTECT)
    year = models.PositiveSmallIntegerField("年度")
    rubric = models.ForeignKey(Rubric, verbose_name="评分标准", on_delete=models.PROTECT, related_name="runs")
    started_by = models.ForeignKey(User, verbose_name="发起人", on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField("发起时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "评价计算"
        verbose_name_plural = "评价计算"
        constraints = [
            models.CheckConstraint(
                condition=Q(year__gte=2021, year__lte=2100),
                name="rating_run_year_sane",
                violation_error_message="年度应在2021至2100之间。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jurisdiction}{self.year}年度诚信评价"


class Rating(models.Model):
    """One institution's year: what it was reckoned from (``records``), each point (``points``), and what it came to.

    ``records`` are the records as they stood then, ``points`` rows of (item, record's key, points); ``digest`` is over
    both and the rubric, so that anybody can reckon again. A later reckoning is another row; this one is superseded.
    """

    SCOPE = VIA_INSTITUTION

    run = models.ForeignKey(RatingRun, verbose_name="评价计算", on_delete=models.PROTECT, related_name="ratings")
    institution = models.ForeignKey(Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="ratings")
    year = models.PositiveSmallIntegerField("年度")
    rubric = models.ForeignKey(Rubric, verbose_name="评分标准", on_delete=models.PROTECT, related_name="+")
    records = models.JSONField("依据的记录", blank=True)
    points = models.JSONField("逐项分值", blank=True)
    score = models.PositiveSmallIntegerField("得分")
    vetoed = models.BooleanField("一票否决", default=False)
    grade = models.CharField("等级", max_length=1, choices=Grade.choices)
    digest = models.CharField("内容校验值", max_length=64)
    computed_by = models.ForeignKey(User, verbose_name="计算发起人", on_delete=models.PROTECT, related_name="+")
    computed_at = models.DateTimeField("计算时间")

    state = models.CharField("状态", max_length=10, choices=RatingState.choices, default=RatingState.COMPUTED)
    state_at = models.DateTimeField("状态时间")
    reviewed_by = models.ForeignKey(
        User, verbose_name="复核人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    remark = models.CharField("复核意见", max_length=300, blank=True)
    notice_until = models.DateField("公示和异议截止", null=True, blank=True)
    published_by = models.ForeignKey(
        User, verbose_name="公示人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_on = models.DateField("公布日期", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "诚信评价"
        verbose_name_plural = "诚信评价"
        constraints = [
            one_of("state", RatingState, name="rating_state_known"),
            one_of("grade", Grade, name="rating_grade_known"),
            models.CheckConstraint(
                condition=Q(score__lte=100) & (Q(vetoed=False) | Q(grade=Grade.D)),
                name="rating_score_sane",
                violation_error_message="得分应在0至100之间，一票否决的为D级。",
            ),
            models.UniqueConstraint(
                fields=["institution", "year"],
                condition=Q(state__in=OPEN_RATINGS),
                name="rating_open_once",
                violation_error_message="该机构这一年度已有办理中的评价。",
            ),
            models.UniqueConstraint(
                fields=["institution", "year"],
                condition=Q(state=RatingState.PUBLISHED),
                name="rating_published_once",
                violation_error_message="该机构这一年度的评价已公布。",
            ),
            other_person(
                "computed_by",
                "reviewed_by",
                name="rating_reviewed_by_other",
                message="发起计算的人不能复核。",
            ),
            other_person(
                "computed_by",
                "published_by",
                name="rating_published_by_other",
                message="发起计算的人不能公示和公布。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RatingState.REVIEWED, RatingState.NOTICE, RatingState.PUBLISHED])
                | Q(reviewed_by__isnull=False),
                name="rating_reviewed_by_someone",
                violation_error_message="复核过的评价必须有复核人。",
            ),
            models.CheckConstraint(
                condition=~Q(state=RatingState.PUBLISHED) | Q(published_by__isnull=False, published_on__isnull=False),
                name="rating_published_by_someone",
                violation_error_message="公布的评价必须有公布人和日期。",
            ),
            models.CheckConstraint(
                condition=~Q(state=RatingState.NOTICE) | Q(published_by__isnull=False, notice_until__isnull=False),
                name="rating_shown_until_a_day",
                violation_error_message="公示中的评价必须有公示人和截止日期。",
            ),
            models.CheckConstraint(
                condition=~Q(state=RatingState.PUBLISHED)
                | Q(notice_until__isnull=True)
                | Q(published_on__isnull=False, published_on__gt=F("notice_until")),
                name="rating_final_after_notice",
                violation_error_message="公示期满后才能公布等级。",
            ),
            models.CheckConstraint(
                condition=~Q(state=RatingState.OBJECTED) | ~Q(remark=""),
                name="rating_objection_says_why",
                violation_error_message="提出异议必须写明理由。",
            ),
        ]
        indexes = [models.Index(fields=["institution", "-year"], name="rating_by_institution")]

    def __str__(self) -> str:
        return f"{self.institution} {self.year}年度 {self.grade}级"


class RatingObjection(models.Model):
    """What the institution says against a proposed grade while it is shown, and the answer of a second person.

    ``entered_by`` is empty where it came by the institution's own link.
    """

    SCOPE = Scope(
        "rating__institution__jurisdiction_id",
        division="rating__institution__division_id",
        category="rating__institution__category",
        withdrawn="rating__institution__withdrawn_at",
    )

    rating = models.ForeignKey(Rating, verbose_name="诚信评价", on_delete=models.PROTECT, related_name="objections")
    text = models.TextField("异议内容", max_length=4000)
    given_by = models.CharField("提出人", max_length=60)
    received_on = models.DateField("收到日期")
    entered_by = models.ForeignKey(
        User, verbose_name="代为登记人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    accepted = models.BooleanField("采纳", null=True, blank=True)
    answer = models.CharField("答复", max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        User, verbose_name="答复人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_on = models.DateField("答复日期", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "对诚信等级的异议"
        verbose_name_plural = "对诚信等级的异议"
        constraints = [
            models.UniqueConstraint(
                fields=["rating"],
                condition=Q(accepted__isnull=True),
                name="rating_objection_one_open",
                violation_error_message="该评价已有一份异议待答复，请先答复。",
            ),
            models.CheckConstraint(
                condition=Q(accepted__isnull=True, answered_by__isnull=True, answered_on__isnull=True)
                | Q(accepted__isnull=False, answered_by__isnull=False, answered_on__isnull=False) & ~Q(answer=""),
                name="rating_objection_answered_whole",
                violation_error_message="答复必须写明结论、理由和日期。",
            ),
            other_person(
                "entered_by", "answered_by", name="rating_objection_answered_by_other", message="登记人不能答复异议。"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rating}的异议"
