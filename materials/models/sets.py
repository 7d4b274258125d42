"""A set of training materials (套), the team that reviews, and each review from outside."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from foundation.accounts.models import User
from foundation.core.constraints import one_of, ordered, other_person
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction
from institutions.enums import Stage
from institutions.models import Institution
from materials.enums import MaterialKind, SetState, Verdict

VIA_INSTITUTION = Scope(
    "institution__jurisdiction_id",
    division="institution__division_id",
    category="institution__category",
    withdrawn="institution__withdrawn_at",
)


class MaterialSet(models.Model):
    """A set that an institution teaches from. ``inside_*`` say who reviewed it there; ``number`` and ``valid_*`` are
    those of the present approval, the earlier ones stand in its reviews."""

    SCOPE = VIA_INSTITUTION

    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="material_sets"
    )
    title = models.CharField("材料名称", max_length=120)
    edition = models.CharField("版次", max_length=40, blank=True)
    subject = models.CharField("科目", max_length=40)
    stage = models.CharField("学段", max_length=10, choices=Stage.choices)
    kind = models.CharField("编写方式", max_length=10, choices=MaterialKind.choices)
    isbn = models.CharField("书号", max_length=20, blank=True)
    author = models.CharField("编者或出版社", max_length=80, blank=True)
    state = models.CharField("状态", max_length=10, choices=SetState.choices, default=SetState.ENTERED)
    state_at = models.DateTimeField("状态时间")
    inside_by = models.CharField("内审人", max_length=60, blank=True)
    inside_on = models.DateField("内审日期", null=True, blank=True)
    inside_note = models.CharField("内审结论", max_length=300, blank=True)
    number = models.CharField("备案号", max_length=40, null=True, blank=True, default=None)
    valid_from = models.DateField("有效期起", null=True, blank=True)
    valid_to = models.DateField("有效期至", null=True, blank=True)
    registered_on = models.DateField("登记日期")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "培训材料"
        verbose_name_plural = "培训材料"
        constraints = [
            one_of("stage", Stage, name="material_set_stage_known"),
            one_of("kind", MaterialKind, name="material_set_kind_known"),
            one_of("state", SetState, name="material_set_state_known"),
            models.UniqueConstraint(
                fields=["institution", "title", "edition"],
                name="material_set_once",
                violation_error_message="该机构已登记同名同版次的材料。",
            ),
            models.UniqueConstraint(
                fields=["number"], name="material_set_number_once", violation_error_message="备案号重复。"
            ),
            models.CheckConstraint(
                condition=~Q(kind=MaterialKind.PUBLISHED) | ~Q(isbn=""),
                name="material_set_published_has_isbn",
                violation_error_message="正式出版物必须填写书号。",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[SetState.ENTERED, SetState.RETURNED])
                | (~Q(inside_by="") & Q(inside_on__isnull=False)),
                name="material_set_inside_first",
                violation_error_message="送外审前必须登记内审人和内审日期。",
            ),
            models.CheckConstraint(
                condition=~Q(state=SetState.APPROVED)
                | Q(number__isnull=False, valid_from__isnull=False, valid_to__isnull=False),
                name="material_set_approved_is_filed",
                violation_error_message="审核通过的材料必须有备案号和有效期。",
            ),
            ordered("valid_from", "valid_to", name="material_set_validity", message="有效期止不能早于有效期起。"),
        ]
        indexes = [models.Index(fields=["institution", "state"], name="material_set_by_institution")]

    def __str__(self) -> str:
        return f"《{self.title}》{self.edition}"

    def holds_on(self, day: date) -> bool:
        """Whether its present approval holds on a day."""
        return self.state == SetState.APPROVED and self.valid_from <= day <= self.valid_to


class Reviewer(models.Model):
    """审核队伍: a person whom a bureau named to review materials for a term."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="聘任地区", on_delete=models.PROTECT)
    name = models.CharField("姓名", max_length=60)
    workplace = models.CharField("工作单位", max_length=120)
    subjects = models.CharField("审核科目", max_length=120)
    since = models.DateField("任期起")
    until = models.DateField("任期止")
    ended_on = models.DateField("提前终止日期", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "材料审核人员"
        verbose_name_plural = "材料审核队伍"
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "name", "workplace", "since"],
                name="material_reviewer_once",
                violation_error_message="该人员的这一任期已经登记。",
            ),
            ordered("since", "until", name="material_reviewer_term", message="任期止不能早于任期起。"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.workplace}）"

    def serves_on(self, day: date) -> bool:
        """Whether the term runs on a day."""
        return self.since <= day <= self.until and (self.ended_on is None or day < self.ended_on)


class Review(models.Model):
    """One review from outside by two of the team. A verdict of approval carries its number and validity; ``ended_on``
    is the day on which it was withdrawn."""

    SCOPE = Scope(
        "material__institution__jurisdiction_id",
        division="material__institution__division_id",
        category="material__institution__category",
        withdrawn="material__institution__withdrawn_at",
    )

    material = models.ForeignKey(MaterialSet, verbose_name="培训材料", on_delete=models.PROTECT, related_name="reviews")
    first = models.ForeignKey(Reviewer, verbose_name="第一审核人", on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Reviewer, verbose_name="第二审核人", on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField("送审日期")
    sent_by = models.ForeignKey(User, verbose_name="送审人", on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField("审核结论", max_length=10, choices=Verdict.choices, blank=True)
    points = models.TextField("意见", max_length=2000, blank=True)
    decided_on = models.DateField("结论日期", null=True, blank=True)
    decided_by = models.ForeignKey(
        User, verbose_name="审定人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    number = models.CharField("备案号", max_length=40, blank=True)
    valid_to = models.DateField("有效期至", null=True, blank=True)
    ended_on = models.DateField("撤销日期", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "材料外审"
        verbose_name_plural = "材料外审"
        constraints = [
            one_of("verdict", Verdict, name="material_review_verdict_known", blank=True),
            models.UniqueConstraint(
                fields=["material"],
                condition=Q(verdict=""),
                name="material_review_open_once",
                violation_error_message="这套材料正在外审。",
            ),
            models.UniqueConstraint(
                fields=["number"],
                condition=~Q(number=""),
                name="material_review_number_once",
                violation_error_message="备案号重复。",
            ),
            models.CheckConstraint(
                condition=~Q(first=F("second")),
                name="material_review_two_reviewers",
                violation_error_message="外审须由两名不同的审核人员进行。",
            ),
            other_person(
                "sent_by", "decided_by", name="material_review_two_persons", message="送审人不能审定同一套材料。"
            ),
            models.CheckConstraint(
                condition=Q(verdict="", decided_on__isnull=True, decided_by__isnull=True)
                | (~Q(verdict="") & Q(decided_on__isnull=False, decided_by__isnull=False)),
                name="material_review_decided_by_someone",
                violation_error_message="审核结论必须有日期和审定人。",
            ),
        ]
        indexes = [models.Index(fields=["decided_on", "material"], name="material_review_by_day")]

    def __str__(self) -> str:
        return f"{self.material} {self.sent_on}送审"


class Opinion(models.Model):
    """What one of the two said; written once."""

    SCOPE = Scope(
        "review__material__institution__jurisdiction_id",
        division="review__material__institution__division_id",
        category="review__material__institution__category",
        withdrawn="review__material__institution__withdrawn_at",
    )

    review = models.ForeignKey(Review, verbose_name="材料外审", on_delete=models.PROTECT, related_name="opinions")
    reviewer = models.ForeignKey(Reviewer, verbose_name="审核人", on_delete=models.PROTECT, related_name="opinions")
    verdict = models.CharField("意见", max_length=10, choices=Verdict.choices)
    points = models.TextField("具体问题", max_length=2000, blank=True)
    given_on = models.DateField("意见日期")
    entered_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "外审意见"
        verbose_name_plural = "外审意见"
        constraints = [
            one_of("verdict", Verdict, name="material_opinion_verdict_known"),
            models.UniqueConstraint(
                fields=["review", "reviewer"],
                name="material_opinion_once",
                violation_error_message="这名审核人的意见已经登记。",
            ),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.APPROVE) | ~Q(points=""),
                name="material_opinion_says_why",
                violation_error_message="不同意使用或修改后再审的，须写明具体问题。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer.name}：{self.get_verdict_display()}"
