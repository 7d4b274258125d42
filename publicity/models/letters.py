"""致家长信 and 通告: one of a bureau for a season, and the schools that hand it out."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from foundation.accounts.models import Organ, User
from foundation.core.constraints import one_of, other_person
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.documents.models import Document
from foundation.regions.models import Jurisdiction, School
from publicity.enums import LetterKind, LetterState, Season


class ParentLetter(models.Model):
    """The words of a letter are those of its document, those of a 通告 its ``body``; what the schools did with it is
    counted here. It is public while it is published."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="发放地区", on_delete=models.PROTECT)
    organ = models.ForeignKey(Organ, verbose_name="出具单位", on_delete=models.PROTECT)
    kind = models.CharField("种类", max_length=10, choices=LetterKind.choices, default=LetterKind.LETTER)
    season = models.CharField("时段", max_length=10, choices=Season.choices)
    title = models.CharField("标题", max_length=120)
    scope = models.CharField("发放范围", max_length=200)
    issued_on = models.DateField("出具日期")
    issued_by = models.ForeignKey(User, verbose_name="出具人", on_delete=models.PROTECT, related_name="+")
    document = models.OneToOneField(
        Document, verbose_name="文书", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    body = models.TextField("正文", max_length=5000, blank=True)
    state = models.CharField("状态", max_length=10, choices=LetterState.choices, default=LetterState.ISSUED)
    state_at = models.DateTimeField("状态时间", null=True, blank=True)
    published_on = models.DateField("发布日期", null=True, blank=True)
    published_by = models.ForeignKey(
        User, verbose_name="发布人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "致家长信"
        verbose_name_plural = "致家长信和通告"
        constraints = [
            one_of("season", Season, name="parent_letter_season_known"),
            one_of("kind", LetterKind, name="parent_letter_kind_known"),
            one_of("state", LetterState, name="parent_letter_state_known"),
            other_person(
                "issued_by", "published_by", name="parent_letter_two_persons", message="出具人不能发布同一封信。"
            ),
            models.CheckConstraint(
                condition=Q(state=LetterState.ISSUED, published_by__isnull=True)
                | Q(published_by__isnull=False, published_on__isnull=False),
                name="parent_letter_published_by_someone",
                violation_error_message="发布必须有发布人和日期。",
            ),
            models.CheckConstraint(
                condition=~Q(kind=LetterKind.NOTICE) | ~Q(body=""),
                name="parent_letter_notice_has_body",
                violation_error_message="通告必须有正文。",
            ),
        ]
        indexes = [models.Index(fields=["jurisdiction", "-issued_on", "-id"], name="parent_letter_by_bureau")]

    def __str__(self) -> str:
        return self.title


class LetterSchool(models.Model):
    """One school of a letter: copies handed out (份) and slips that came back (份); None until it says so.

    ``code`` opens the page on which its parents say that they have read it; ``reads`` counts them (次), without names.
    """

    SCOPE = Scope("letter__jurisdiction_id")

    letter = models.ForeignKey(ParentLetter, verbose_name="致家长信", on_delete=models.PROTECT, related_name="schools")
    school = models.ForeignKey(School, verbose_name="学校", on_delete=models.PROTECT, related_name="+")
    copies = models.PositiveIntegerField("发放份数", null=True, blank=True)
    receipts = models.PositiveIntegerField("回执份数", null=True, blank=True)
    code = models.CharField("回执码", max_length=16, null=True, blank=True, default=None)
    handed_on = models.DateField("学校发放日期", null=True, blank=True)
    handed_by = models.ForeignKey(
        User, verbose_name="学校登记人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reads = models.PositiveIntegerField("网上回执", default=0)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "发放学校"
        verbose_name_plural = "发放学校"
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "school"], name="letter_school_once", violation_error_message="学校重复。"
            ),
            models.UniqueConstraint(
                fields=["code"], name="letter_school_code_once", violation_error_message="回执码重复。"
            ),
            models.CheckConstraint(
                condition=Q(reads=0) | Q(copies__isnull=False, reads__lte=F("copies")),
                name="letter_reads_within_copies",
                violation_error_message="网上回执不能多于发放份数。",
            ),
            models.CheckConstraint(
                condition=Q(receipts__isnull=True) | Q(copies__isnull=False, receipts__lte=F("copies")),
                name="letter_receipts_within_copies",
                violation_error_message="回执份数不能多于发放份数。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter} · {self.school.name}"
