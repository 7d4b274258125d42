"""Checklists in versions: a version that was put to use never changes again, so old visits keep their questions."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from foundation.accounts.models import User
from foundation.core.actor import Actor
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction
from foundation.regions.queries import jurisdictions_above
from inspections.enums import Aspect, Audience, PhotoRule, Severity, VersionState

SECTION_CODE = RegexValidator(r"^[A-Z]$", "部分代码为一个大写字母，如A。")
ITEM_CODE = RegexValidator(r"^[A-Z][0-9]{2}$", "条目代码为一个大写字母和两位数字，如A01。")


class ChecklistQuerySet(ScopedQuerySet):
    """What a bureau lays down is used below it, so its lists are read there too."""

    OWNER = "jurisdiction"

    def visible_to(self, actor: Actor) -> ChecklistQuerySet:
        """Lists of the actor's jurisdictions and of those above them."""
        if not actor.scope:
            return self.none()
        return self.filter(**{f"{self.OWNER}__in": actor.scope | jurisdictions_above(*actor.scope)})


class VersionQuerySet(ChecklistQuerySet):
    OWNER = "checklist__jurisdiction"


class PartQuerySet(ChecklistQuerySet):
    OWNER = "version__checklist__jurisdiction"


class Checklist(models.Model):
    """A list of questions that a bureau lays down for supervisors or for officers of its area."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="制定单位管辖", on_delete=models.PROTECT)
    name = models.CharField("名称", max_length=80)
    audience = models.CharField("使用者", max_length=12, choices=Audience.choices)

    objects = ChecklistQuerySet.as_manager()

    class Meta:
        verbose_name = "检查清单"
        verbose_name_plural = "检查清单"
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "name"],
                name="checklist_name_once",
                violation_error_message="本单位已有同名的检查清单。",
            ),
            one_of("audience", Audience, name="checklist_audience_known"),
        ]

    def __str__(self) -> str:
        return self.name


class ChecklistVersion(models.Model):
    """One version: written as a draft, put to use once, replaced by the next."""

    SCOPE = Scope("checklist__jurisdiction_id")

    checklist = models.ForeignKey(Checklist, verbose_name="检查清单", on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("版本")
    state = models.CharField("状态", max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
    state_at = models.DateTimeField("状态时间")
    published_by = models.ForeignKey(
        User, verbose_name="启用人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField("启用时间", null=True, blank=True)
    note = models.CharField("修改说明", max_length=300, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "清单版本"
        verbose_name_plural = "清单版本"
        constraints = [
            models.UniqueConstraint(
                fields=["checklist", "number"],
                name="checklist_version_number_once",
                violation_error_message="清单的版本号重复。",
            ),
            one_of("state", VersionState, name="checklist_version_state_known"),
            models.UniqueConstraint(
                fields=["checklist"],
                condition=Q(state=VersionState.IN_USE),
                name="checklist_one_version_in_use",
                violation_error_message="清单只能有一个使用中的版本。",
            ),
            models.UniqueConstraint(
                fields=["checklist"],
                condition=Q(state=VersionState.DRAFT),
                name="checklist_one_draft",
                violation_error_message="清单已有一个草稿版本，请先修改并启用它。",
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.DRAFT, published_at__isnull=True)
                | (~Q(state=VersionState.DRAFT) & Q(published_at__isnull=False)),
                name="checklist_version_published_has_time",
                violation_error_message="启用的版本必须有启用时间。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.checklist} 第{self.number}版"


class ChecklistSection(models.Model):
    """A part of a version, such as A 办学资质, and the aspect under which its findings are counted."""

    SCOPE = Scope("version__checklist__jurisdiction_id")

    version = models.ForeignKey(
        ChecklistVersion, verbose_name="清单版本", on_delete=models.PROTECT, related_name="sections"
    )
    code = models.CharField("代码", max_length=1, validators=[SECTION_CODE])
    title = models.CharField("名称", max_length=40)
    aspect = models.CharField("所属方面", max_length=10, choices=Aspect.choices)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "清单部分"
        verbose_name_plural = "清单部分"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "code"],
                name="checklist_section_code_once",
                violation_error_message="同一版本的部分代码重复。",
            ),
            one_of("aspect", Aspect, name="checklist_section_aspect_known"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class ChecklistItem(models.Model):
    """One question, worded so that 是 is good and 否 is a finding."""

    SCOPE = Scope("version__checklist__jurisdiction_id")

    version = models.ForeignKey(
        ChecklistVersion, verbose_name="清单版本", on_delete=models.PROTECT, related_name="items"
    )
    section = models.ForeignKey(
        ChecklistSection, verbose_name="所属部分", on_delete=models.PROTECT, related_name="items"
    )
    code = models.CharField("代码", max_length=3, validators=[ITEM_CODE])
    text = models.CharField("检查内容", max_length=120)
    severity = models.CharField("严重程度", max_length=10, choices=Severity.choices)
    basis = models.CharField("依据", max_length=120, blank=True)
    photo = models.CharField("拍照", max_length=6, choices=PhotoRule.choices, default=PhotoRule.MAY)
    officer_only = models.BooleanField("监督员通常无法查看", default=False)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "清单条目"
        verbose_name_plural = "清单条目"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "code"],
                name="checklist_item_code_once",
                violation_error_message="同一版本的条目代码重复。",
            ),
            one_of("severity", Severity, name="checklist_item_severity_known"),
            one_of("photo", PhotoRule, name="checklist_item_photo_known"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"
