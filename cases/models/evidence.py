"""Evidence of a case: what it shows, who took it, its files; and what was put in safe keeping."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cases.enums import Disposal, EvidenceKind
from foundation.accounts.models import User
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from inspections.models import AttachedFile, attached_file_constraints

from .cases import Case


class Evidence(models.Model):
    """One piece of evidence: numbered in its case, never changed; what turns out to be worthless is set aside."""

    SCOPE = Scope("case__jurisdiction_id", division="case__division_id", category="case__category")

    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="evidence")
    no = models.PositiveSmallIntegerField("序号")
    kind = models.CharField("证据种类", max_length=12, choices=EvidenceKind.choices)
    title = models.CharField("证据名称", max_length=120)
    shows = models.CharField("证明内容", max_length=500)
    taken_from = models.CharField("来源", max_length=120)
    taken_on = models.DateField("取得日期")
    taken_by = models.CharField("取证人", max_length=120)
    added_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField("登记时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "证据"
        verbose_name_plural = "证据"
        constraints = [
            one_of("kind", EvidenceKind, name="evidence_kind_known"),
            models.UniqueConstraint(
                fields=["case", "no"], name="evidence_no_once", violation_error_message="证据序号重复，请重试。"
            ),
        ]

    def __str__(self) -> str:
        return f"证据{self.no} {self.title}"


class EvidenceFile(AttachedFile):
    """One file of a piece of evidence, sealed on the disk."""

    SCOPE = Scope(
        "evidence__case__jurisdiction_id",
        division="evidence__case__division_id",
        category="evidence__case__category",
    )

    evidence = models.ForeignKey(Evidence, verbose_name="证据", on_delete=models.PROTECT, related_name="files")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "证据文件"
        verbose_name_plural = "证据文件"
        constraints = attached_file_constraints("evidence_file", owner="evidence")


class Preservation(models.Model):
    """Evidence in safe keeping where it was found (先行登记保存): decided upon within seven working days."""

    SCOPE = Scope("case__jurisdiction_id", division="case__division_id", category="case__category")

    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="preservations")
    items = ArrayField(models.CharField(max_length=200), verbose_name="保存物品")
    place = models.CharField("保存地点", max_length=200)
    keeper = models.CharField("保管人", max_length=60)
    preserved_on = models.DateField("保存日期")
    approved_by = models.CharField("批准人", max_length=60)
    paper = models.OneToOneField(
        "cases.CasePaper", verbose_name="保存通知书", on_delete=models.PROTECT, related_name="preservation"
    )
    disposal = models.CharField("处理", max_length=12, choices=Disposal.choices, default=Disposal.NONE)
    disposed_on = models.DateField("处理日期", null=True, blank=True)
    disposal_note = models.CharField("处理说明", max_length=300, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "先行登记保存"
        verbose_name_plural = "先行登记保存"
        constraints = [
            one_of("disposal", Disposal, name="preservation_disposal_known"),
            models.CheckConstraint(
                condition=Q(disposal=Disposal.NONE, disposed_on__isnull=True)
                | ~Q(disposal=Disposal.NONE) & Q(disposed_on__isnull=False, disposed_on__gte=F("preserved_on")),
                name="preservation_disposed_on_a_day",
                violation_error_message="处理必须有日期，且不早于保存日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"登记保存{len(self.items)}项（{self.preserved_on}）"
