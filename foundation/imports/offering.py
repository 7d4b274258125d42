"""What the check suggests to a clerk: repairs of refused rows, and what it tidied by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Func, IntegerField, QuerySet, Sum
from django.utils.safestring import SafeString

from .comparing import in_words, marked
from .enums import Outcome
from .faults import percent
from .models import Batch, BatchRow
from .target import label_of

AT_ONCE = 500  # rows on one page of confirmation: a person has to look at them
SURE = 0.9
#: What is wrong, as the heading of a group of repairs.
KINDS = {
    "code_check": "校验位对不上",
    "code_charset": "有不允许的字母",
    "code_length": "位数不对",
    "code_format": "写法不规范",
    "code_prefix": "开头不对",
    "date_invalid": "日期写法",
    "date_precision": "日期不完整",
    "category_unknown": "不在可选范围内",
    "phone_invalid": "号码不对",
    "county_mismatch": "与地址不一致",
    "county_unknown": "没有这个区县",
}


class HasRepair(Func):
    """Whether any reason of a row comes with a suggestion."""

    function = "jsonb_path_exists"
    template = "%(function)s(%(expressions)s, '$[*] ? (@.after != \"\")')"
    output_field = BooleanField()


class Repairs(Func):
    """How many reasons of a row come with a suggestion."""

    function = "jsonb_path_query_array"
    template = "jsonb_array_length(%(function)s(%(expressions)s, '$[*] ? (@.after != \"\")'))"
    output_field = IntegerField()


@dataclass(frozen=True)
class Repair:
    """One suggestion as a page shows it: both texts with their differences marked, and how sure it is."""

    column: str
    label: str
    kind: str
    before: SafeString
    after: SafeString
    words: str
    confidence: float

    @property
    def percent(self) -> int:
        return percent(self.confidence)

    @property
    def is_sure(self) -> bool:
        return self.confidence >= SURE


@dataclass(frozen=True)
class Offer:
    """A refused row with its suggestions."""

    key: str
    where: str
    title: str
    repairs: list[Repair]

    @property
    def is_sure(self) -> bool:
        return all(repair.is_sure for repair in self.repairs)


def repairable(batch: Batch) -> QuerySet[BatchRow]:
    """The refused rows for which something is suggested, in the order of the file."""
    rows = batch.rows.filter(HasRepair("reasons"), outcome=Outcome.REJECTED)
    return rows.order_by("sheet", "number")


def count_repairs(batch: Batch) -> int:
    """How many cells there is a suggestion for."""
    if not batch.counts.get(Outcome.REJECTED):
        return 0
    return repairable(batch).aggregate(n=Sum(Repairs("reasons")))["n"] or 0


def repair_of(fault: dict[str, Any], label: str) -> Repair:
    """A stored reason's suggestion; personal values were masked when it was stored."""
    before, after = marked(fault["before"], fault["after"])
    return Repair(
        column=fault["field"],
        label=label,
        kind=KINDS.get(fault["code"], "建议修改"),
        before=before,
        after=after,
        words=in_words(fault["before"], fault["after"]),
        confidence=fault.get("confidence", 0),
    )


def offer_of(row: BatchRow, labels: dict[str, str]) -> Offer:
    repairs = [repair_of(fault, labels.get(fault["field"], "")) for fault in row.reasons if fault["after"]]
    return Offer(spot_key(row.sheet, row.number), label_of((row.sheet, row.number)), row.title or "（未填）", repairs)


def grouped(rows: list[BatchRow], labels: dict[str, str]) -> dict[str, list[Offer]]:
    """Rows with their suggestions under what is wrong with the first cell."""
    groups: dict[str, list[Offer]] = {}
    for row in rows:
        offer = offer_of(row, labels)
        first = offer.repairs[0]
        groups.setdefault(f"{first.label}：{first.kind}", []).append(offer)
    return groups


@dataclass(frozen=True)
class Tidied:
    """One kind of thing that the check did by itself (or only remarks), with its first example."""

    label: str
    message: str
    count: int
    before: SafeString
    after: SafeString
    key: str

    @property
    def is_change(self) -> bool:
        return bool(self.after)


def tidied_of(batch: Batch) -> list[Tidied]:
    """Changes first, then remarks."""
    found = []
    for kind in batch.tidied:
        before, after = marked(kind["before"], kind["after"]) if kind["after"] else (kind["before"], "")
        message = kind["message"].removeprefix(f"{kind['column']}：")
        label = kind["column"] or "整行"
        found.append(Tidied(label, message, kind["count"], before, after, f"{kind['code']}.{kind['field']}"))
    return sorted(found, key=lambda kind: not kind.is_change)


def spot_key(sheet: str, number: int) -> str:
    """How a form names a row: its ids change with each check, its place in the file does not."""
    return f"{number}|{sheet}"


def spot_named(key: str) -> tuple[str, int] | None:
    number, _, sheet = key.partition("|")
    return (sheet, int(number)) if number.isdecimal() and len(number) < 10 else None
