"""The lists as CSV files: the twins of the tables, without any person, written as they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from typing import TypeVar

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from foundation.core.spreadsheets import csv_bytes, csv_part
from listings.models import Edition

from . import editions
from .rows import shelf_rows
from .shelves import Asked
from .shown import Row

T = TypeVar("T")
SLICE = 2000
HEAD = (
    "公开编号", "机构名称", "统一社会信用代码", "管辖区域", "培训类别", "学段", "法人性质", "办学地址", "许可有效期至",
    "监管银行", "专户尾号", "名单", "列入日期", "期限至", "列入事由", "状态",
)  # fmt: skip
LINE_HEAD = ("公开编号", "机构名称", "列入日期", "期限至")


def shelf_file(asked: Asked, *, label: str) -> Iterator[bytes]:
    """All rows of a shelf."""
    return in_slices(lambda after: shelf_rows(asked, after=after, size=SLICE), HEAD, lambda row: _cells(row, label))


def in_slices(
    page: Callable[[str], tuple[Sequence[T], str]], head: tuple[str, ...], cells: Callable[[T], tuple[object, ...]]
) -> Iterator[bytes]:
    """All rows that ``page`` gives after a place, ``SLICE`` at a time, until there is no further place."""
    first, after = True, ""
    while first or after:
        rows, after = page(after)
        lines = [cells(row) for row in rows]
        yield csv_bytes(head, lines) if first else csv_part(lines)
        first = False


def edition_file(edition: Edition) -> Iterator[bytes]:
    """All lines of an edition, in the order of its hash."""
    found = ((line.public_id, line.name, line.since, line.until) for line in editions.lines(edition))
    yield csv_bytes(LINE_HEAD, islice(found, SLICE))
    while part := list(islice(found, SLICE)):
        yield csv_part(part)


def attachment(parts: Iterator[bytes], *, name: str) -> HttpResponseBase:
    """A CSV file to download; one of several parts is sent as they are made."""
    first, second = next(parts), next(parts, b"")
    if second:
        response: HttpResponseBase = StreamingHttpResponse(chain((first, second), parts))
    else:
        response = HttpResponse(first)
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _cells(row: Row, label: str) -> tuple[object, ...]:
    return (
        row.public_id, row.name, row.credit_code, row.county, row.category, row.stages, row.legal_type, row.address,
        row.permit_until, row.bank, row.account_tail, label, row.since, row.until, row.reason, row.verdict.word,
    )  # fmt: skip
