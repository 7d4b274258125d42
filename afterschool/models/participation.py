"""What a school reports of a term, grade by grade and by counts only; and which blocks it offers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from afterschool.enums import FULL_DAYS, FULL_MINUTES, Carrier, Grade
from foundation.accounts.models import User
from foundation.core.constraints import one_of
from foundation.core.history import DatedEvent, DatedEventQuerySet, withdrawal_replaces_something
from foundation.regions.models import School

from .providers import Provider
from .scoped import OF_SCHOOL, SchoolRowsQuerySet
from .terms import Block, Term

EXEMPT = F("exempt_hardship") + F("exempt_boarding") + F("exempt_other")


class ParticipationQuerySet(DatedEventQuerySet, SchoolRowsQuerySet):
    """Dated counts, seen by those of the area."""


class Participation(DatedEvent):
    """Enrolled and joined pupils (人) of one grade on a day of a term, with what was paid for them (分).

    A correction replaces; a later count of the same term is another row, with a later day. No pupil is named.
    """

    SCOPE = OF_SCHOOL
    SUBJECT = ("school_id", "term_id", "grade")

    school = models.ForeignKey(School, verbose_name="学校", on_delete=models.PROTECT, related_name="participation")
    term = models.ForeignKey(Term, verbose_name="学期", on_delete=models.PROTECT, related_name="participation")
    grade = models.PositiveSmallIntegerField("年级", choices=Grade.choices)
    enrolled = models.PositiveIntegerField("在校学生(人)")
    joined = models.PositiveIntegerField("自愿参加(人)")
    exempt_hardship = models.PositiveIntegerField("免收：家庭经济困难(人)", default=0)
    exempt_boarding = models.PositiveIntegerField("免收：寄宿生(人)", default=0)
    exempt_other = models.PositiveIntegerField("免收：其他(人)", default=0)
    subsidy_fen = models.PositiveBigIntegerField("财政补助", default=0)
    paid_fen = models.PositiveBigIntegerField("家长缴费", default=0)
    days_per_week = models.PositiveSmallIntegerField("每周天数", default=FULL_DAYS)
    minutes_per_day = models.PositiveSmallIntegerField("每天时长(分钟)", default=FULL_MINUTES)
    recorded_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("更正理由", max_length=300, blank=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = "参与情况"
        verbose_name_plural = "参与情况"
        constraints = [
            models.CheckConstraint(
                condition=Q(grade__in=Grade.values),
                name="participation_grade_known",
                violation_error_message="年级应为一年级至九年级。",
            ),
            models.CheckConstraint(
                condition=Q(joined__lte=F("enrolled")),
                name="participation_joined_of_enrolled",
                violation_error_message="自愿参加人数不能多于在校学生数。",
            ),
            models.CheckConstraint(
                condition=Q(joined__gte=EXEMPT),
                name="participation_exempt_of_joined",
                violation_error_message="免收人数合计不能多于自愿参加人数。",
            ),
            models.CheckConstraint(
                condition=Q(joined__gt=0) | Q(paid_fen=0, subsidy_fen=0),
                name="participation_money_of_joined",
                violation_error_message="没有学生参加的，不能有财政补助和家长缴费。",
            ),
            models.CheckConstraint(
                condition=Q(days_per_week__lte=7, minutes_per_day__lte=360),
                name="participation_hours_sane",
                violation_error_message="每周天数应不超过7天，每天时长应不超过360分钟。",
            ),
            withdrawal_replaces_something("participation_withdrawal_replaces"),
        ]
        indexes = [
            models.Index(
                fields=["school", "term", "grade", "-effective_on", "-recorded_at"], name="participation_chain"
            ),
            models.Index(fields=["term", "school"], name="participation_by_term"),
        ]

    def __str__(self) -> str:
        return f"{self.school} {self.term} {self.get_grade_display()}"

    @property
    def exempt(self) -> int:
        """Pupils who pay nothing, of whatever kind."""
        return self.exempt_hardship + self.exempt_boarding + self.exempt_other

    @property
    def is_full(self) -> bool:
        """5天×2小时 as reported."""
        return self.days_per_week >= FULL_DAYS and self.minutes_per_day >= FULL_MINUTES


class Offering(models.Model):
    """A block that a school offers in a term: by itself, or by a selected provider. Voided, never changed."""

    SCOPE = OF_SCHOOL

    school = models.ForeignKey(School, verbose_name="学校", on_delete=models.PROTECT, related_name="offerings")
    term = models.ForeignKey(Term, verbose_name="学期", on_delete=models.PROTECT, related_name="offerings")
    block = models.ForeignKey(Block, verbose_name="服务内容", on_delete=models.PROTECT, related_name="offerings")
    title = models.CharField("课程名称", max_length=60, blank=True)
    carrier = models.CharField("承担方", max_length=12, choices=Carrier.choices)
    provider = models.ForeignKey(
        Provider, verbose_name="服务机构", on_delete=models.PROTECT, null=True, blank=True, related_name="offerings"
    )
    lessons = models.PositiveSmallIntegerField("课时数")
    fee_fen = models.PositiveIntegerField("每课时收费", default=0)
    recorded_at = models.DateTimeField("登记时间")
    recorded_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    void_reason = models.CharField("作废理由", max_length=300, blank=True)

    objects = SchoolRowsQuerySet.as_manager()

    class Meta:
        verbose_name = "学校开设"
        verbose_name_plural = "学校开设"
        constraints = [
            one_of("carrier", Carrier, name="offering_carrier_known"),
            models.UniqueConstraint(
                fields=["school", "term", "block", "title"],
                condition=Q(voided_at__isnull=True),
                name="offering_once",
                violation_error_message="该学校本学期已登记这项服务内容的同名课程。",
            ),
            models.CheckConstraint(
                condition=Q(carrier=Carrier.THIRD_PARTY) ^ Q(provider__isnull=True),
                name="offering_third_party_named",
                violation_error_message="由第三方机构承担的应选择服务机构，由本校承担的不选。",
            ),
            models.CheckConstraint(
                condition=Q(lessons__gte=1), name="offering_has_lessons", violation_error_message="课时数应大于0。"
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, void_reason="") | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
                name="offering_void_has_reason",
                violation_error_message="作废须写明理由。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school} {self.title or self.block}"
