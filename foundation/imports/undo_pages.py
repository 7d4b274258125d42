"""Taking an applied batch back: what exactly will happen, which rows stay and why, and the reason."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Count

from foundation.core.actor import Actor
from foundation.core.pages import OperationPage

from . import rules
from .enums import WRITTEN, Outcome
from .forms import UndoForm
from .models import Batch, BatchRow
from .operations import queue_undo, undo_batch
from .target import Target, target_named
from .turns import LARGE

KEPT_SHOWN = 50


FORETOLD = 5000  # rows that a page can look at in a second or two


class UndoPage(OperationPage):
    slug = "undo"
    label = "撤销本批次"
    kind = "danger"
    rule = rules.can_undo
    template_name = "imports/undo.html"
    form_class = UndoForm

    @property
    def done(self) -> str:  # type: ignore[override]
        return "已提交，正在后台撤销。" if self.row.rows_total > LARGE else "已撤销。"

    @property
    def foretold(self) -> bool:
        """Whether the page itself can look at every row; of a larger batch the worker tells afterwards."""
        return self.row.rows_total <= FORETOLD

    @cached_property
    def kept(self) -> dict[int, str]:
        """Row id -> why it will stay, as far as it is foretold."""
        return target_named(self.row.target).refuse_undo(self.row) if self.foretold else {}

    def context(self, **extra: Any) -> dict[str, Any]:
        counts = taken_back(self.row, self.kept)
        return super().context(
            step=4,
            kept=list(self.kept.values())[:KEPT_SHOWN],
            kept_count=len(self.kept),
            possible=bool(counts),
            foretold=self.foretold,
            effects=effects_of(counts, target_named(self.row.target)),
            **extra,
        )

    def run(self, *, by: Actor, at: datetime, **cleaned: Any) -> Batch:
        if self.row.rows_total > LARGE:
            return queue_undo(batch=self.row, reason=cleaned["reason"], by=by, at=at)
        return undo_batch(batch=self.row, reason=cleaned["reason"], by=by, at=at)


def taken_back(batch: Batch, kept: dict[int, str]) -> dict[str, int]:
    """How many rows of each verdict an undo takes back."""
    rows = BatchRow.objects.filter(batch=batch, outcome__in=WRITTEN).exclude(pk__in=kept).order_by()
    return dict(rows.values_list("outcome").annotate(n=Count("pk")).values_list("outcome", "n"))


def undone_in_words(batch: Batch) -> str:
    """What an undo came to: how many were withdrawn, restored, and how many campuses closed again."""
    target = target_named(batch.target)
    rows = BatchRow.objects.filter(batch=batch, outcome__in=WRITTEN, kept__isnull=True).order_by()
    counts = dict(rows.values_list("outcome").annotate(n=Count("pk")).values_list("outcome", "n"))
    words = {
        Outcome.CREATED: f"新增的 {{:,}} {target.unit}已{target.undo_word}",
        Outcome.UPDATED: f"更新的 {{:,}} {target.unit}已恢复导入前的内容",
        Outcome.CAMPUS: "登记的 {:,} 个校区已撤回",
    }
    return "，".join(text.format(counts[outcome]) for outcome, text in words.items() if counts.get(outcome))


def effects_of(counts: dict[str, int], target: Target) -> list[str]:
    """One sentence for each kind of row that is taken back."""
    unit = target.unit
    sentences = {
        Outcome.CREATED: f"{{:,}} {unit}新增的{target.undo_effect}",
        Outcome.UPDATED: f"{{:,}} {unit}更新过的将恢复导入前的内容。",
        Outcome.CAMPUS: "{:,} 个登记的校区将撤回。",
    }
    return [text.format(counts[outcome]) for outcome, text in sentences.items() if counts.get(outcome)]
