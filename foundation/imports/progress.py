"""How far a batch has come that the worker has in hand, and how long it may still take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.http import QueryDict
from django.utils.http import urlencode

from .enums import BatchState
from .models import Batch
from .underway import Step, underway

BUSY = frozenset({BatchState.UPLOADED, BatchState.APPLYING, BatchState.UNDOING})
REFRESH_SECONDS, SOON, SOON_FOR = 3, 1, 5  # a few thousand rows are done in a second or two
TITLES = {BatchState.UPLOADED: "正在校验", BatchState.APPLYING: "正在写入名录", BatchState.UNDOING: "正在撤销"}
DONE = {BatchState.UPLOADED: "已校验", BatchState.APPLYING: "已写入", BatchState.UNDOING: "已撤销"}


@dataclass(frozen=True)
class Progress:
    """``rows`` is None while there is only an end, no way. ``seconds_left`` is None until two looks were taken."""

    title: str
    done: str
    rows: int | None
    total: int
    percent: int
    seconds_left: int | None
    seconds_so_far: int
    refresh: str

    @property
    def left_in_words(self) -> str:
        """``约还需40秒``, in steps that do not jump with each look."""
        if self.seconds_left is None:
            return ""
        if self.seconds_left > 90:
            return f"约还需{ceil(self.seconds_left / 60)}分钟"
        return f"约还需{max(ceil(self.seconds_left / 5) * 5, 5)}秒"


def progress_of(batch: Batch, query: QueryDict, *, now: datetime) -> Progress | None:
    """What the page says while the worker is at it. The first look (rows, second) travels along in the address."""
    if batch.state not in BUSY:
        return None
    second = int(now.timestamp())
    done, rows, total = _way_of(batch)
    first_rows, first_second = _first_look(query, rows or 0, second)
    left = None
    if rows is not None and rows > first_rows and second > first_second:
        left = round((total - rows) * (second - first_second) / (rows - first_rows))
    look = urlencode({"from": first_rows, "since": first_second})
    return Progress(
        title=TITLES[BatchState(batch.state)],
        done=done,
        rows=rows,
        total=total,
        percent=min(100 * (rows or 0) // total, 100),
        seconds_left=left,
        seconds_so_far=max(second - int(batch.state_at.timestamp()), 0),
        refresh=f"{SOON if second - first_second < SOON_FOR else REFRESH_SECONDS}; url=?{look}",
    )


def _way_of(batch: Batch) -> tuple[str, int | None, int]:
    """(what is done with the rows, how many are done if that is known, of how many)."""
    state = BatchState(batch.state)
    if state == BatchState.UPLOADED:
        return DONE[state], batch.rows_checked, batch.rows_total
    way = underway(batch.pk)
    if way is None:
        return DONE[state], None, batch.rows_total
    return "已核对" if way.step == Step.COMPARE else DONE[state], way.done, way.total


def _first_look(query: QueryDict, rows: int, second: int) -> tuple[int, int]:
    """Where this page was first opened; a check that began anew, or an odd address, counts from now."""
    texts = query.get("from", ""), query.get("since", "")
    if not all(text.isdecimal() and len(text) < 12 for text in texts):
        return rows, second
    first_rows, first_second = map(int, texts)
    return (first_rows, first_second) if first_rows <= rows and first_second <= second else (rows, second)
