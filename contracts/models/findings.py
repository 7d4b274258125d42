"""What the validations found: one row while it holds, closed with a day when it does no more."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from foundation.core.constraints import one_of, ordered
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction
from institutions.models import Institution

from ..enums import FindingCode, FindingLevel
from .contracts import Contract
from .payments import Payment


class ContractFinding(models.Model):
    """One breach of a fee rule by a contract or a payment, with the figures, the clause and what would put it right.

    ``about`` (``payment:7``) keeps one open finding of a code for each thing.
    """

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    institution = models.ForeignKey(Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey(
        Contract, verbose_name="合同", on_delete=models.PROTECT, null=True, blank=True, related_name="findings"
    )
    payment = models.ForeignKey(
        Payment, verbose_name="缴费", on_delete=models.PROTECT, null=True, blank=True, related_name="findings"
    )
    about = models.CharField("对象", max_length=40)
    code = models.CharField("校验", max_length=10, choices=FindingCode.choices)
    level = models.CharField("等级", max_length=10, choices=FindingLevel.choices)
    words = models.CharField("问题", max_length=300)
    figures = models.JSONField("数字", default=dict, blank=True)
    clause = models.CharField("依据", max_length=300, blank=True)
    remedy = models.CharField("怎样改正", max_length=300)
    found_on = models.DateField("发现日期")
    cleared_on = models.DateField("消除日期", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "收费校验问题"
        verbose_name_plural = "收费校验问题"
        constraints = [
            models.UniqueConstraint(
                fields=["code", "about"],
                condition=Q(cleared_on__isnull=True),
                name="contract_finding_open_once",
                violation_error_message="这个问题已登记。",
            ),
            one_of("code", FindingCode, name="contract_finding_code_known"),
            one_of("level", FindingLevel, name="contract_finding_level_known"),
            models.CheckConstraint(
                condition=Q(contract__isnull=False) | Q(payment__isnull=False) | Q(code=FindingCode.V14),
                name="contract_finding_about_something",
                violation_error_message="校验问题必须指明合同或缴费；监管专户的除外。",
            ),
            ordered("found_on", "cleared_on", name="contract_finding_ordered", message="消除日期不能早于发现日期。"),
        ]
        indexes = [models.Index(fields=["jurisdiction", "code"], name="contract_finding_by_bureau")]

    def __str__(self) -> str:
        return f"{self.code} {self.get_code_display()}"
