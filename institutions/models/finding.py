"""Finding institutions again: the search table, and pairs that a person has compared."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from foundation.core.constraints import one_of
from institutions.enums import LookalikeVerdict

from .register import Institution


class SearchEntry(models.Model):
    """One institution's searchable text and its one- and two-character terms (``search.py`` writes it)."""

    institution = models.OneToOneField(
        Institution, verbose_name="机构", on_delete=models.PROTECT, primary_key=True, related_name="search_entry"
    )
    text = models.TextField("文本")
    terms = ArrayField(models.CharField(max_length=2), verbose_name="词元")

    class Meta:
        verbose_name = "检索项"
        verbose_name_plural = "检索项"
        indexes = [GinIndex(fields=["terms"], name="search_terms")]

    def __str__(self) -> str:
        return f"检索项 {self.pk}"


class ComparedPair(models.Model):
    """Two look-alikes that a person has judged; the pair is not proposed again."""

    first = models.ForeignKey(Institution, verbose_name="机构甲", on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Institution, verbose_name="机构乙", on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField("结论", max_length=10, choices=LookalikeVerdict.choices)
    compared_at = models.DateTimeField("比对时间")

    class Meta:
        verbose_name = "疑似重复比对"
        verbose_name_plural = "疑似重复比对"
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"], name="compared_pair_once", violation_error_message="这两家机构已比对过。"
            ),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")),
                name="compared_pair_ordered",
                violation_error_message="比对的两家机构顺序有误。",
            ),
            one_of("verdict", LookalikeVerdict, name="compared_pair_verdict_known"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} / {self.second_id}"
