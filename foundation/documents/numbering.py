"""文号: one series per organ, 机关代字 + kind word, and year; without gaps and without doubles."""

from __future__ import annotations

from datetime import datetime

from foundation.accounts.models import Organ
from foundation.core.clock import local_date
from foundation.core.constraints import update
from foundation.core.errors import InvalidInput
from foundation.core.locking import lock

from .models import NumberSeries
from .templates import DocumentTemplate


def take_number(organ: Organ, template: DocumentTemplate, *, at: datetime) -> tuple[NumberSeries, str]:
    """The next number, in the caller's transaction: the row stays locked until the document exists or nothing does.

    Raises InvalidInput while the organ has no 机关代字.
    """
    if not organ.document_word:
        raise InvalidInput(f"{organ.name}还没有机关代字，请先由系统管理员设置。", code="no_document_word")
    key = {"organ": organ, "word": f"{organ.document_word}{template.word}", "year": local_date(at).year}
    NumberSeries.objects.bulk_create([NumberSeries(**key)], ignore_conflicts=True)
    series = lock(NumberSeries, NumberSeries.objects.values_list("pk", flat=True).get(**key))
    series.last_no += 1
    update(series, "last_no")
    return series, f"{series.word}〔{series.year}〕{series.last_no}号"
