"""Alerts of institutions, what they came to on each day, and signs that somebody saw in the field."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from alerts.enums import Action, AlertState, Grade, Rule, SignKind
from foundation.accounts.models import User
from foundation.core.constraints import one_of
from funds.models.scoped import OF_INSTITUTION
from institutions.models import Institution

from .scoped import AlertQuerySet


class Alert(models.Model):
    """One rule that holds for one institution, with its figures and the rows they rest on; one open at a time.

    ``fresh_on``: the day of what happened last, or on which the state began. What a person ended does not come back
    for the same fact.
    """

    SCOPE = OF_INSTITUTION

    institution = models.ForeignKey(Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="alerts")
    rule = models.CharField("规则", max_length=3, choices=Rule.choices)
    grade = models.CharField("等级", max_length=8, choices=Grade.choices)
    words = models.CharField("为什么", max_length=500)
    figures = models.JSONField("数字", default=list)
    refs = models.JSONField("来源", default=list)
    remedy = models.CharField("怎样降低", max_length=200)
    fresh_on = models.DateField("事实日期")
    opened_on = models.DateField("发出日期")
    refreshed_on = models.DateField("最近核对日期")
    due_on = models.DateField("处置期限")
    owner = models.ForeignKey(
        User, verbose_name="负责人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    action = models.CharField("处置方式", max_length=10, choices=Action.choices, blank=True)
    state = models.CharField("状态", max_length=10, choices=AlertState.choices, default=AlertState.OPEN)
    state_at = models.DateTimeField("状态时间")
    ended_on = models.DateField("结束日期", null=True, blank=True)
    ended_by = models.ForeignKey(
        User, verbose_name="办结人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    result = models.CharField("结果或理由", max_length=300, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = "风险预警"
        verbose_name_plural = "风险预警"
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "rule"],
                condition=Q(state=AlertState.OPEN),
                name="alert_open_once",
                violation_error_message="该机构这条规则已有一条待处置的预警。",
            ),
            one_of("rule", Rule, name="alert_rule_known"),
            one_of("grade", Grade, name="alert_grade_known"),
            one_of("action", Action, name="alert_action_known", blank=True),
            one_of("state", AlertState, name="alert_state_known"),
            models.CheckConstraint(
                condition=~Q(refs=[]) & ~Q(words=""),
                name="alert_has_sources",
                violation_error_message="预警必须写明原因和来源。",
            ),
            models.CheckConstraint(
                condition=Q(state=AlertState.OPEN, ended_on__isnull=True, ended_by__isnull=True, result="")
                | (Q(state=AlertState.LAPSED, ended_on__isnull=False, ended_by__isnull=True) & ~Q(result=""))
                | (
                    Q(state__in=(AlertState.CLOSED, AlertState.DISAGREED), ended_on__isnull=False)
                    & Q(ended_by__isnull=False)
                    & ~Q(result="")
                ),
                name="alert_ended_whole",
                violation_error_message="结束预警须写明日期、由谁和结果。",
            ),
            models.CheckConstraint(
                condition=~Q(state=AlertState.CLOSED) | ~Q(action=""),
                name="alert_closed_by_action",
                violation_error_message="办结须写明处置方式。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.get_rule_display()}"


class ScoreDay(models.Model):
    """The score of an institution on a day: parts in tenths of a point that sum to it."""

    SCOPE = OF_INSTITUTION

    institution = models.ForeignKey(Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="scores")
    on = models.DateField("日期")
    tenths = models.PositiveIntegerField("分值(十分之一分)")
    level = models.CharField("等级", max_length=8, choices=Grade.choices)
    parts = models.JSONField("构成", default=list)
    at_once = models.CharField("直接定红", max_length=40, blank=True)
    newest = models.BooleanField("最新", default=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = "风险评分"
        verbose_name_plural = "风险评分"
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "on"], name="score_day_once", violation_error_message="该机构这一天已有评分。"
            ),
            models.UniqueConstraint(
                fields=["institution"],
                condition=Q(newest=True),
                name="score_newest_once",
                violation_error_message="该机构已有最新评分。",
            ),
            one_of("level", Grade, name="score_level_known"),
            models.CheckConstraint(
                condition=Q(tenths=0, parts=[]) | (Q(tenths__gt=0) & ~Q(parts=[])),
                name="score_has_parts",
                violation_error_message="评分必须有构成。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution} {self.on} 评分{self.points}"

    @property
    def points(self) -> str:
        return f"{self.tenths // 10}.{self.tenths % 10}"


class Sign(models.Model):
    """What was seen or heard of an institution on a day. A wrong one is struck with a reason and stays to be read."""

    SCOPE = OF_INSTITUTION

    institution = models.ForeignKey(Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="signs")
    kind = models.CharField("迹象", max_length=12, choices=SignKind.choices)
    seen_on = models.DateField("发现日期")
    words = models.CharField("情况", max_length=300)
    source = models.CharField("来源", max_length=120)
    reported_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField("登记时间")
    struck_at = models.DateTimeField("更正时间", null=True, blank=True)
    strike_reason = models.CharField("更正理由", max_length=300, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = "风险迹象"
        verbose_name_plural = "风险迹象"
        constraints = [
            one_of("kind", SignKind, name="sign_kind_known"),
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(source=""),
                name="sign_says_what",
                violation_error_message="请写明情况和来源。",
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True, strike_reason="")
                | (Q(struck_at__isnull=False) & ~Q(strike_reason="")),
                name="sign_struck_whole",
                violation_error_message="更正须写明理由。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seen_on} {self.get_kind_display()}"
