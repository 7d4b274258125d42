"""资料库: handbook, explained policies, briefings; read section by section, with a mark of who has read what."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from foundation.accounts.models import User
from foundation.core.actor import Actor
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction
from supervisors.enums import LibraryKind

from .supervisor import Supervisor


class LibraryQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> LibraryQuerySet:
        """What the own area or a superior of it has published, so that a district reads its city's handbook."""
        if not actor.scope:
            return self.none()
        own = Jurisdiction.objects.filter(pk__in=actor.scope)
        above = Q(jurisdiction__in=own.values("parent")) | Q(jurisdiction__in=own.values("parent__parent"))
        return self.filter(Q(jurisdiction__in=actor.scope) | above)


class LibraryItem(models.Model):
    """One version of one text; a changed text is a new version, the newest is what supervisors open first."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="发布地区", on_delete=models.PROTECT)
    kind = models.CharField("类别", max_length=10, choices=LibraryKind.choices)
    title = models.CharField("标题", max_length=120)
    version = models.PositiveSmallIntegerField("版本")
    published_on = models.DateField("发布日期")
    published_at = models.DateTimeField("发布时间")
    published_by = models.ForeignKey(User, verbose_name="发布人", on_delete=models.PROTECT, related_name="+")

    objects = LibraryQuerySet.as_manager()

    class Meta:
        verbose_name = "监督员资料"
        verbose_name_plural = "监督员资料库"
        constraints = [
            one_of("kind", LibraryKind, name="library_kind_known"),
            models.UniqueConstraint(
                fields=["jurisdiction", "kind", "title", "version"],
                name="library_version_once",
                violation_error_message="该资料的这一版本已发布。",
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1) & ~Q(title=""),
                name="library_titled",
                violation_error_message="请填写标题，版本从1开始。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（第{self.version}版）"


class LibrarySection(models.Model):
    """One page of it."""

    item = models.ForeignKey(LibraryItem, verbose_name="资料", on_delete=models.PROTECT, related_name="sections")
    no = models.PositiveSmallIntegerField("序号")
    title = models.CharField("节标题", max_length=120)
    text = models.TextField("正文", max_length=20_000)

    class Meta:
        verbose_name = "资料章节"
        verbose_name_plural = "资料章节"
        constraints = [
            models.UniqueConstraint(
                fields=["item", "no"], name="library_section_once", violation_error_message="章节序号重复。"
            ),
            models.CheckConstraint(
                condition=~Q(title=""), name="library_section_titled", violation_error_message="章节须有标题。"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def paragraphs(self) -> list[str]:
        return [line.strip() for line in self.text.splitlines() if line.strip()]


class ReadMark(models.Model):
    """That a supervisor has read a section."""

    section = models.ForeignKey(LibrarySection, verbose_name="章节", on_delete=models.PROTECT, related_name="marks")
    supervisor = models.ForeignKey(
        Supervisor, verbose_name="监督员", on_delete=models.PROTECT, related_name="read_marks"
    )
    read_at = models.DateTimeField("阅读时间")

    class Meta:
        verbose_name = "阅读记录"
        verbose_name_plural = "阅读记录"
        constraints = [
            models.UniqueConstraint(
                fields=["section", "supervisor"], name="read_mark_once", violation_error_message="已阅读。"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supervisor} {self.section}"
