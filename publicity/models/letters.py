"""致家长信: one letter of a bureau for a season, and the schools that hand it out."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from foundation.accounts.models import Organ, User
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.documents.models import Document
from foundation.regions.models import Jurisdiction, School
from publicity.enums import Season


class ParentLetter(models.Model):
    """The words are those of its document; what the schools did with it is counted here."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="发放地区", on_delete=models.PROTECT)
    organ = models.ForeignKey(Organ, verbose_name="出具单位", on_delete=models.PROTECT)
    season = models.CharField("时段", max_length=10, choices=Season.choices)
    title = models.CharField("标题", max_length=120)
    scope = models.CharField("发放范围", max_length=200)
    issued_on = models.DateField("出具日期")
    issued_by = models.ForeignKey(User, verbose_name="出具人", on_delete=models.PROTECT, related_name="+")
    document = models.OneToOneField(
        Document, verbose_name="文书", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "致家长信"
        verbose_name_plural = "致家长信"
        constraints = [one_of("season", Season, name="parent_letter_season_known")]
        indexes = [models.Index(fields=["jurisdiction", "-issued_on", "-id"], name="parent_letter_by_bureau")]

    def __str__(self) -> str:
        return self.title


class LetterSchool(models.Model):
    """One school of a letter: copies handed out (份) and slips that came back (份); None until it says so."""

    SCOPE = Scope("letter__jurisdiction_id")

    letter = models.ForeignKey(ParentLetter, verbose_name="致家长信", on_delete=models.PROTECT, related_name="schools")
    school = models.ForeignKey(School, verbose_name="学校", on_delete=models.PROTECT, related_name="+")
    copies = models.PositiveIntegerField("发放份数", null=True, blank=True)
    receipts = models.PositiveIntegerField("回执份数", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "发放学校"
        verbose_name_plural = "发放学校"
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "school"], name="letter_school_once", violation_error_message="学校重复。"
            ),
            models.CheckConstraint(
                condition=Q(receipts__isnull=True) | Q(copies__isnull=False, receipts__lte=F("copies")),
                name="letter_receipts_within_copies",
                violation_error_message="回执份数不能多于发放份数。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter} · {self.school.name}"
