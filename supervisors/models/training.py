"""培训 with attendance, and the quiz that stands before the first visit with a checklist."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from foundation.accounts.models import Organ, User
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction
from inspections.models import ChecklistVersion

from .supervisor import Supervisor


class Training(models.Model):
    """One session, with its material as text."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="举办地区", on_delete=models.PROTECT)
    organ = models.ForeignKey(Organ, verbose_name="举办单位", on_delete=models.PROTECT, related_name="+")
    title = models.CharField("培训主题", max_length=120)
    held_on = models.DateField("培训日期")
    place = models.CharField("地点", max_length=120, blank=True)
    lecturer = models.CharField("主讲人", max_length=60, blank=True)
    material = models.TextField("培训材料", max_length=20_000, blank=True)
    recorded_at = models.DateTimeField("登记时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "监督员培训"
        verbose_name_plural = "监督员培训"
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""), name="training_has_title", violation_error_message="请填写培训主题。"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on} {self.title}"


class Attendance(models.Model):
    """That a supervisor was there."""

    training = models.ForeignKey(Training, verbose_name="培训", on_delete=models.PROTECT, related_name="attendances")
    supervisor = models.ForeignKey(
        Supervisor, verbose_name="监督员", on_delete=models.PROTECT, related_name="attendances"
    )
    noted_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "到训"
        verbose_name_plural = "到训"
        constraints = [
            models.UniqueConstraint(
                fields=["training", "supervisor"], name="attendance_once", violation_error_message="已登记到训。"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.training} {self.supervisor}"


class Quiz(models.Model):
    """A test about one checklist version. ``pass_mark`` is a share of the questions in percent."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="适用地区", on_delete=models.PROTECT)
    checklist = models.ForeignKey(
        ChecklistVersion, verbose_name="检查清单版本", on_delete=models.PROTECT, related_name="quizzes"
    )
    title = models.CharField("测试名称", max_length=120)
    pass_mark = models.PositiveSmallIntegerField("及格线(%)", default=80)
    made_by = models.ForeignKey(User, verbose_name="编制人", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("编制时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "上岗测试"
        verbose_name_plural = "上岗测试"
        constraints = [
            models.CheckConstraint(
                condition=Q(pass_mark__gte=1, pass_mark__lte=100) & ~Q(title=""),
                name="quiz_pass_mark_percent",
                violation_error_message="请填写名称，及格线应在1至100之间。",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """One question with its options; ``answer`` is the number of the right one, from 1."""

    quiz = models.ForeignKey(Quiz, verbose_name="测试", on_delete=models.PROTECT, related_name="questions")
    no = models.PositiveSmallIntegerField("题号")
    text = models.CharField("题目", max_length=300)
    options = ArrayField(models.CharField(max_length=120), verbose_name="选项")
    answer = models.PositiveSmallIntegerField("答案")

    class Meta:
        verbose_name = "测试题"
        verbose_name_plural = "测试题"
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "no"], name="question_no_once", violation_error_message="题号重复。"
            ),
            models.CheckConstraint(
                condition=Q(options__len__gte=2, options__len__lte=8) & Q(answer__gte=1) & Q(answer__lte=8),
                name="question_has_options",
                violation_error_message="每题应有2至8个选项，并指明答案。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.no}. {self.text}"


class QuizResult(models.Model):
    """One try; never changed. ``chosen`` are the numbers of the options in the order of the questions, 0 for none."""

    SCOPE = Scope("supervisor__jurisdiction_id")

    quiz = models.ForeignKey(Quiz, verbose_name="测试", on_delete=models.PROTECT, related_name="results")
    supervisor = models.ForeignKey(
        Supervisor, verbose_name="监督员", on_delete=models.PROTECT, related_name="quiz_results"
    )
    chosen = ArrayField(models.PositiveSmallIntegerField(), verbose_name="作答")
    right = models.PositiveSmallIntegerField("答对")
    asked = models.PositiveSmallIntegerField("题数")
    passed = models.BooleanField("及格")
    taken_at = models.DateTimeField("测试时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "测试成绩"
        verbose_name_plural = "测试成绩"
        constraints = [
            models.CheckConstraint(
                condition=Q(asked__gte=1) & Q(right__lte=models.F("asked")),
                name="quiz_result_counts",
                violation_error_message="成绩与题数不符。",
            ),
        ]
        indexes = [models.Index(fields=["supervisor", "quiz"], name="quiz_result_by_supervisor")]

    def __str__(self) -> str:
        return f"{self.supervisor} {self.right}/{self.asked}"
