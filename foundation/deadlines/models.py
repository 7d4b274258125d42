"""Working-day calendar in versions, statutory limits by date and place, and the one table of deadlines."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from foundation.accounts.enums import TrainingCategory
from foundation.accounts.models import DateRange, Organ, Post
from foundation.core.actor import Actor
from foundation.core.constraints import one_of, ordered
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Division, Jurisdiction

from .enums import DeadlineState, LimitUnit, NamedDayKind
from .kinds import watched_by


class CalendarYear(models.Model):
    """One version of a year's days off. A correction is a new version; rows are never changed.

    Only versions taken from a published notice of the State Council are ``confirmed``; the newest of them counts.
    """

    year = models.PositiveSmallIntegerField("年份")
    version = models.PositiveSmallIntegerField("版本")
    confirmed = models.BooleanField("已按公布的通知确认")
    notice_no = models.CharField("通知文号", max_length=80, blank=True)
    notice_on = models.DateField("通知日期", null=True, blank=True)
    source = models.CharField("来源", max_length=200)
    remark = models.TextField("说明", blank=True)
    recorded_at = models.DateTimeField("登记时间")
    recorded_by = models.CharField("登记人", max_length=80)

    class Meta:
        verbose_name = "工作日历"
        verbose_name_plural = "工作日历"
        constraints = [
            models.UniqueConstraint(
                fields=["year", "version"],
                name="calendar_version_once",
                violation_error_message="该年度的这一版本已存在，请刷新后重试。",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=2000, year__lte=2100),
                name="calendar_year_sane",
                violation_error_message="年份应在2000至2100之间。",
            ),
            models.CheckConstraint(
                condition=Q(confirmed=False) | ~Q(notice_no=""),
                name="calendar_confirmed_by_notice",
                violation_error_message="确认的日历必须写明通知文号。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年工作日历 第{self.version}版"


class CalendarDay(models.Model):
    """A day that the notice names: a day off, or a weekend day that is worked."""

    calendar = models.ForeignKey(CalendarYear, verbose_name="日历", on_delete=models.PROTECT, related_name="days")
    date = models.DateField("日期")
    kind = models.CharField("性质", max_length=10, choices=NamedDayKind.choices)
    name = models.CharField("名称", max_length=60, blank=True)

    class Meta:
        verbose_name = "日历中的日子"
        verbose_name_plural = "日历中的日子"
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "date"], name="calendar_day_once", violation_error_message="同一天只能列一次。"
            ),
            one_of("kind", NamedDayKind, name="calendar_day_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=NamedDayKind.MAKEUP) | Q(date__iso_week_day__gte=6),
                name="calendar_makeup_on_weekend",
                violation_error_message="调休上班日只能是周六或周日。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.get_kind_display()}"


class LimitRule(models.Model):
    """How long something may take, by which clause, where and from when. No jurisdiction means everywhere.

    ``rolls_over``: a period in calendar days or months that ends on a day off ends on the next working day.
    ``needs_review``: a customary or local value that the bureau has not yet checked against its own rules.
    """

    code = models.CharField("代码", max_length=60)
    name = models.CharField("期限名称", max_length=60)
    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name="适用管辖单位", on_delete=models.PROTECT, null=True, blank=True
    )
    amount = models.PositiveSmallIntegerField("时长")
    unit = models.CharField("单位", max_length=20, choices=LimitUnit.choices)
    rolls_over = models.BooleanField("期满日遇休息日顺延", default=False)
    clause = models.TextField("依据条文", blank=True)
    needs_review = models.BooleanField("待核实", default=False)
    remark = models.TextField("说明", blank=True)
    effective_from = models.DateField("施行起")
    effective_to = models.DateField("施行止", null=True, blank=True)

    class Meta:
        verbose_name = "法定期限"
        verbose_name_plural = "法定期限"
        constraints = [
            one_of("unit", LimitUnit, name="limit_unit_known"),
            models.CheckConstraint(
                condition=Q(amount__gte=1, amount__lte=1000),
                name="limit_amount_sane",
                violation_error_message="时长应在1至1000之间。",
            ),
            ordered("effective_from", "effective_to", name="limit_period_ordered", message="施行止不能早于施行起。"),
            ExclusionConstraint(
                name="limit_one_at_a_time",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (Coalesce(F("jurisdiction_id"), Value(0)), RangeOperators.EQUAL),
                    (
                        DateRange(
                            "effective_from",
                            "effective_to",
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="同一期限在同一地区的施行时间不能重叠。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.amount}{self.get_unit_display()}）"


class DeadlineQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> DeadlineQuerySet:
        """Deadlines of the actor's area; those that would tell what only few may know, to who keeps or watches them."""
        known = Q(capability__in=actor.capabilities) | Q(subject_type__in=watched_by(actor))
        return super().visible_to(actor).filter(Q(confidential=False) | known)


class Deadline(models.Model):
    """One running clock over one object of any app: it feeds reminders, 待办, overdue lists and the day-by-day view.

    ``amount``, ``unit`` and ``rolls_over`` are copied from the rule, so that a later change of the rule does not move
    what runs already. ``fixed_due_on`` is a date that a person set; then nothing is counted.
    """

    SCOPE = Scope("jurisdiction_id", division="division_id", category="category")

    subject_type = models.CharField("对象类型", max_length=80)
    subject_id = models.BigIntegerField("对象编号")
    subject_label = models.CharField("事项", max_length=200)
    url = models.CharField("办理页面", max_length=300, blank=True)
    matter = models.CharField("事项编号", max_length=40, blank=True)
    title = models.CharField("期限", max_length=60)

    rule = models.ForeignKey(LimitRule, verbose_name="法定期限", on_delete=models.PROTECT, null=True, blank=True)
    code = models.CharField("期限代码", max_length=60)
    amount = models.PositiveSmallIntegerField("时长", null=True, blank=True)
    unit = models.CharField("单位", max_length=20, choices=LimitUnit.choices, blank=True)
    rolls_over = models.BooleanField("期满日遇休息日顺延", default=False)
    fixed_due_on = models.DateField("指定的到期日", null=True, blank=True)

    started_on = models.DateField("起算日（当日不计入）")
    due_on = models.DateField("到期日")
    extended_by = models.PositiveSmallIntegerField("延长时长", default=0)
    paused_days = models.PositiveSmallIntegerField("中止天数", default=0)
    warning = models.CharField("提示", max_length=200, blank=True)

    state = models.CharField("状态", max_length=10, choices=DeadlineState.choices, default=DeadlineState.RUNNING)
    state_at = models.DateTimeField("状态时间")
    met_at = models.DateTimeField("办结时间", null=True, blank=True)
    cancelled_at = models.DateTimeField("撤销时间", null=True, blank=True)

    capability = models.CharField("所需权限", max_length=80)
    confidential = models.BooleanField("只有办理人员可见", default=False)
    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    division = models.ForeignKey(
        Division, verbose_name="所在区划", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    category = models.CharField("培训类别", max_length=10, choices=TrainingCategory.choices, blank=True)
    organ = models.ForeignKey(Organ, verbose_name="责任单位", on_delete=models.PROTECT, null=True, blank=True)
    post = models.ForeignKey(Post, verbose_name="责任岗位", on_delete=models.PROTECT, null=True, blank=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = "期限"
        verbose_name_plural = "期限"
        constraints = [
            one_of("state", DeadlineState, name="deadline_state_known"),
            models.CheckConstraint(
                condition=Q(unit="") | Q(unit__in=LimitUnit.values),
                name="deadline_unit_known",
                violation_error_message="期限单位不在允许范围内。",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=False) & ~Q(unit="") | Q(fixed_due_on__isnull=False),
                name="deadline_counted_or_fixed",
                violation_error_message="期限必须有时长或指定的到期日。",
            ),
            models.CheckConstraint(
                condition=Q(category="") | Q(category__in=TrainingCategory.values),
                name="deadline_category_known",
                violation_error_message="培训类别不在允许范围内。",
            ),
            ordered("started_on", "due_on", name="deadline_period_ordered", message="到期日不能早于起算日。"),
            models.CheckConstraint(
                condition=Q(state=DeadlineState.MET, met_at__isnull=False)
                | (~Q(state=DeadlineState.MET) & Q(met_at__isnull=True)),
                name="deadline_met_has_time",
                violation_error_message="办结的期限必须有办结时间。",
            ),
            models.CheckConstraint(
                condition=Q(state=DeadlineState.CANCELLED, cancelled_at__isnull=False)
                | (~Q(state=DeadlineState.CANCELLED) & Q(cancelled_at__isnull=True)),
                name="deadline_cancelled_has_time",
                violation_error_message="撤销的期限必须有撤销时间。",
            ),
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "code"],
                condition=Q(state__in=[DeadlineState.RUNNING, DeadlineState.PAUSED]),
                name="deadline_one_open_a_subject",
                violation_error_message="该事项的这一期限已在计算中。",
            ),
        ]
        indexes = [
            models.Index(
                fields=["jurisdiction", "due_on"],
                condition=Q(state__in=["running", "paused"]),
                name="deadline_open_by_due",
            ),
            models.Index(fields=["subject_type", "subject_id"], name="deadline_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.subject_label}"


class Pause(models.Model):
    """A stretch that does not count, from the first day until the day before ``resumed_on``."""

    deadline = models.ForeignKey(Deadline, verbose_name="期限", on_delete=models.PROTECT, related_name="pauses")
    from_on = models.DateField("中止之日")
    resumed_on = models.DateField("恢复之日", null=True, blank=True)
    reason = models.TextField("理由")

    class Meta:
        verbose_name = "期限中止"
        verbose_name_plural = "期限中止"
        constraints = [
            ordered("from_on", "resumed_on", name="pause_period_ordered", message="恢复之日不能早于中止之日。"),
            models.UniqueConstraint(
                fields=["deadline"],
                condition=Q(resumed_on__isnull=True),
                name="pause_one_open_a_deadline",
                violation_error_message="该期限已经中止。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deadline} {self.from_on} 起中止"
