"""Checks of our own public pages, and what they found. Found text is kept masked: nothing here repeats it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from foundation.accounts.models import Organ
from foundation.core.actor import Actor
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction
from publicity.enums import CheckState, FindingKind, Phase


class PublicCheck(models.Model):
    """One check of the public site, carried out in slices. A partial one (``limited``) closes no finding."""

    started_at = models.DateTimeField("开始时间")
    started_by = models.CharField("发起人", max_length=80)
    limited = models.BooleanField("部分检查", default=False)
    institution_limit = models.PositiveIntegerField("机构页面上限", null=True, blank=True)
    shape_limit = models.PositiveIntegerField("同类网址上限", default=60)
    state = models.CharField("状态", max_length=10, choices=CheckState.choices, default=CheckState.RUNNING)
    state_at = models.DateTimeField("状态时间")
    beat_at = models.DateTimeField("最近进展")
    phase = models.CharField("进行到", max_length=20, choices=Phase.choices, default=Phase.REGISTER)
    cursor = models.BigIntegerField("机构页面断点", default=0)
    pages = models.PositiveIntegerField("网页数", default=0)
    institutions = models.PositiveIntegerField("机构页面数", default=0)
    skipped = models.PositiveIntegerField("超出上限未打开的网址", default=0)
    problems = models.PositiveIntegerField("问题数", default=0)
    new_problems = models.PositiveIntegerField("新问题数", default=0)
    closed_problems = models.PositiveIntegerField("已消除问题数", default=0)

    class Meta:
        verbose_name = "公众网站检查"
        verbose_name_plural = "公众网站检查"
        constraints = [
            one_of("state", CheckState, name="public_check_state_known"),
            one_of("phase", Phase, name="public_check_phase_known"),
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state=CheckState.RUNNING),
                name="public_check_one_at_a_time",
                violation_error_message="公众网站正在检查，请等它结束。",
            ),
            models.CheckConstraint(
                condition=~Q(state=CheckState.DONE) | Q(phase=Phase.OVER),
                name="public_check_done_is_over",
                violation_error_message="完成的检查必须走完全部环节。",
            ),
            models.CheckConstraint(
                condition=Q(limited=True) | Q(institution_limit__isnull=True),
                name="public_check_whole_has_no_limit",
                violation_error_message="完整检查不能限定机构页面数。",
            ),
        ]

    def __str__(self) -> str:
        return f"公众网站检查{self.pk}"


class FindingQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> FindingQuerySet:
        """Those of the actor's institutions and bureaus, and those of the site as a whole."""
        if not actor.scope:
            return self.none()
        return self.filter(self.model.SCOPE.condition(actor) | Q(jurisdiction__isnull=True))

    def open(self) -> FindingQuerySet:
        return self.filter(closed_at__isnull=True)


class Finding(models.Model):
    """One problem, as long as each check sees it again; ``key`` says what makes it the same problem."""

    SCOPE = Scope("jurisdiction_id")

    kind = models.CharField("问题", max_length=10, choices=FindingKind.choices)
    key = models.CharField("识别码", max_length=64)
    place = models.CharField("网页地址", max_length=300)
    field = models.CharField("栏目或位置", max_length=60, blank=True)
    excerpt = models.CharField("情况", max_length=200)
    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    institution_id = models.BigIntegerField("机构编号", null=True, blank=True)  # no key: an import can be taken back
    subject = models.CharField("机构或单位", max_length=120, blank=True)
    organ = models.ForeignKey(
        Organ, verbose_name="单位", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    first_check = models.ForeignKey(
        PublicCheck, verbose_name="首次发现的检查", on_delete=models.PROTECT, related_name="found"
    )
    last_check = models.ForeignKey(
        PublicCheck, verbose_name="最近发现的检查", on_delete=models.PROTECT, related_name="seen"
    )
    found_at = models.DateTimeField("首次发现")
    seen_at = models.DateTimeField("最近一次看到")
    times = models.PositiveIntegerField("最近一次出现处数", default=1)
    alarmed_at = models.DateTimeField("提醒时间", null=True, blank=True)
    closed_at = models.DateTimeField("消除时间", null=True, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = "网站检查问题"
        verbose_name_plural = "网站检查问题"
        constraints = [
            one_of("kind", FindingKind, name="finding_kind_known"),
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(closed_at__isnull=True),
                name="finding_open_once",
                violation_error_message="这个问题已经登记。",
            ),
            models.CheckConstraint(
                condition=Q(seen_at__gte=F("found_at")) & (Q(closed_at__isnull=True) | Q(closed_at__gte=F("seen_at"))),
                name="finding_times_ordered",
                violation_error_message="发现、看到和消除的时间先后有误。",
            ),
            models.CheckConstraint(
                condition=~Q(place="") & ~Q(excerpt=""),
                name="finding_says_where_and_what",
                violation_error_message="问题必须写明网页地址和情况。",
            ),
        ]
        indexes = [
            models.Index(fields=["last_check"], condition=Q(closed_at__isnull=True), name="finding_open_by_check"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.subject or self.place}"
