"""约谈: who is summoned about which problems, what each has to put right by when; and visits to a model institution."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from enforcement.enums import InterviewKind, InterviewState, PartyState
from foundation.accounts.models import Organ, User
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.documents.models import Document
from foundation.regions.models import Jurisdiction
from inspections.models import Campaign, Visit
from institutions.models import Institution

VIA_INSTITUTION = Scope(
    "institution__jurisdiction_id",
    division="institution__division_id",
    category="institution__category",
    withdrawn="institution__withdrawn_at",
)


class Interview(models.Model):
    """One conversation: of an organ, with one institution or with many at once."""

    SCOPE = Scope("jurisdiction_id")

    number = models.CharField("编号", max_length=30)
    kind = models.CharField("种类", max_length=12, choices=InterviewKind.choices)
    title = models.CharField("事由", max_length=120)
    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    organ = models.ForeignKey(Organ, verbose_name="约谈单位", on_delete=models.PROTECT)
    planned_on = models.DateField("约谈日期")
    place = models.CharField("地点", max_length=120)
    due_on = models.DateField("整改期限", null=True, blank=True)
    campaign = models.ForeignKey(
        Campaign, verbose_name="专项行动", on_delete=models.PROTECT, null=True, blank=True, related_name="interviews"
    )
    planned_by = models.ForeignKey(User, verbose_name="安排人", on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField("安排时间")

    state = models.CharField("状态", max_length=10, choices=InterviewState.choices, default=InterviewState.PLANNED)
    state_at = models.DateTimeField("状态时间")
    held_on = models.DateField("实际约谈日期", null=True, blank=True)
    host = models.CharField("主持人", max_length=60, blank=True)
    present = models.CharField("参加单位和人员", max_length=300, blank=True)
    requirements = models.TextField("要求", max_length=2000, blank=True)
    commitments = models.TextField("被约谈方表态", max_length=2000, blank=True)
    cancel_reason = models.CharField("取消理由", max_length=300, blank=True)
    document = models.OneToOneField(
        Document, verbose_name="约谈记录", on_delete=models.PROTECT, null=True, blank=True, related_name="interview"
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "约谈"
        verbose_name_plural = "约谈"
        constraints = [
            models.UniqueConstraint(
                fields=["number"], name="interview_number_once", violation_error_message="编号重复。"
            ),
            one_of("kind", InterviewKind, name="interview_kind_known"),
            one_of("state", InterviewState, name="interview_state_known"),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("planned_on")),
                name="interview_due_after_it",
                violation_error_message="整改期限不能早于约谈日期。",
            ),
            models.CheckConstraint(
                condition=(Q(state=InterviewState.HELD, held_on__isnull=False) & ~Q(host=""))
                | (~Q(state=InterviewState.HELD) & Q(held_on__isnull=True)),
                name="interview_held_has_facts",
                violation_error_message="完成的约谈必须写明日期和主持人。",
            ),
            models.CheckConstraint(
                condition=Q(state=InterviewState.CANCELLED) & ~Q(cancel_reason="")
                | ~Q(state=InterviewState.CANCELLED) & Q(cancel_reason=""),
                name="interview_cancelled_with_reason",
                violation_error_message="取消约谈必须写明理由。",
            ),
        ]
        indexes = [models.Index(fields=["jurisdiction", "-planned_on", "-id"], name="interview_by_bureau")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class InterviewProblem(models.Model):
    """A kind of problem that the interview is about; 类 are counted from these."""

    interview = models.ForeignKey(Interview, verbose_name="约谈", on_delete=models.PROTECT, related_name="problems")
    name = models.CharField("问题", max_length=120)

    class Meta:
        verbose_name = "约谈问题"
        verbose_name_plural = "约谈问题"
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "name"],
                name="interview_problem_once",
                violation_error_message="同一约谈中问题重复。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class InterviewParty(models.Model):
    """One institution that is summoned; 家 are counted from these."""

    SCOPE = VIA_INSTITUTION

    interview = models.ForeignKey(Interview, verbose_name="约谈", on_delete=models.PROTECT, related_name="parties")
    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="interviews"
    )
    state = models.CharField("状态", max_length=10, choices=PartyState.choices, default=PartyState.SUMMONED)
    state_at = models.DateTimeField("状态时间")
    attended = models.BooleanField("到场", null=True, blank=True)
    attendee = models.CharField("到场人和职务", max_length=120, blank=True)
    due_on = models.DateField("整改期限", null=True, blank=True)
    closing_visit = models.ForeignKey(
        Visit, verbose_name="复查记录", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    remark = models.CharField("核实情况", max_length=300, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "约谈对象"
        verbose_name_plural = "约谈对象"
        constraints = [
            one_of("state", PartyState, name="interview_party_state_known"),
            models.UniqueConstraint(
                fields=["interview", "institution"],
                condition=~Q(state=PartyState.DROPPED),
                name="interview_party_once",
                violation_error_message="该机构已在这次约谈中。",
            ),
            models.CheckConstraint(
                condition=Q(state=PartyState.FIXED, closing_visit__isnull=False)
                | (~Q(state=PartyState.FIXED) & Q(closing_visit__isnull=True)),
                name="interview_party_fixed_by_visit",
                violation_error_message="核实已整改必须有复查记录。",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[PartyState.OPEN, PartyState.FIXED]) | Q(due_on__isnull=False),
                name="interview_party_has_due",
                violation_error_message="要求整改的，必须有整改期限。",
            ),
        ]
        indexes = [models.Index(fields=["institution", "-id"], name="interview_by_institution")]

    def __str__(self) -> str:
        return f"{self.institution.name}（{self.interview.number}）"


class StudyVisit(models.Model):
    """观摩学习: heads of institutions are led through one that does it well."""

    SCOPE = VIA_INSTITUTION

    institution = models.ForeignKey(
        Institution, verbose_name="观摩机构", on_delete=models.PROTECT, related_name="study_visits"
    )
    organ = models.ForeignKey(Organ, verbose_name="组织单位", on_delete=models.PROTECT)
    held_on = models.DateField("日期")
    topics = models.CharField("观摩内容", max_length=300)
    persons = models.PositiveSmallIntegerField("参加人数")
    recorded_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "观摩学习"
        verbose_name_plural = "观摩学习"
        constraints = [
            models.CheckConstraint(
                condition=Q(persons__gte=1),
                name="study_visit_has_persons",
                violation_error_message="参加人数至少1人。",
            ),
            models.UniqueConstraint(
                fields=["institution", "held_on", "organ"],
                name="study_visit_once_a_day",
                violation_error_message="当天到这家机构的观摩已登记。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution.name} {self.held_on}"


class StudyGuest(models.Model):
    """An institution whose people came along."""

    SCOPE = VIA_INSTITUTION

    study_visit = models.ForeignKey(
        StudyVisit, verbose_name="观摩学习", on_delete=models.PROTECT, related_name="guests"
    )
    institution = models.ForeignKey(Institution, verbose_name="参加机构", on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "观摩参加机构"
        verbose_name_plural = "观摩参加机构"
        constraints = [
            models.UniqueConstraint(
                fields=["study_visit", "institution"],
                name="study_guest_once",
                violation_error_message="参加机构重复。",
            ),
        ]

    def __str__(self) -> str:
        return self.institution.name
