"""证据卷: what a listing or a grade rests on, put on one paper: each item, its record, photos, law and the sum."""

from __future__ import annotations

from collections.abc import Iterable

from foundation.core.clock import local_date
from foundation.documents.pictures import MOST
from institutions import dossier
from institutions.models import Institution

from .models import ListEntry, Rating
from .queries import records_now
from .rating import sum_of

CHECK = (
    "本卷列明所依据的每一条记录。认为记录有误的，请注明项目序号，在陈述申辩期内或者收到本卷后向本机关提出；"
    "卷内照片为缩小的副本，原件由本机关封存，可凭照片下方的内容校验值(SHA-256)核对；"
    f"照片超过{MOST}张的，印前{MOST}张，其余列入目录。"
)


def _facts(row: Institution, *more: tuple[str, str]) -> list[list[str]]:
    known = [("统一社会信用代码", row.credit_code or "—"), ("办学地址", row.address), *more]
    return [list(pair) for pair in known]


def _photos(numbered: Iterable[tuple[int, dossier.Record | None]]) -> dict[str, list[list[str]]]:
    """Every photo once, with the items that it belongs to, as a list; and the first ``MOST`` of them to be printed."""
    items: dict[tuple[str, str, str], list[str]] = {}
    for number, record in numbered:
        for photo in record.photos if record is not None else ():
            items.setdefault(photo, []).append(f"第{number}项")
    listed, printed = [], []
    for number, ((shown, when, sha256), belongs) in enumerate(items.items(), start=1):
        no, told = f"照片{number}", "、".join(belongs)
        listed.append([no, told, shown, when, sha256 if number > MOST else "见照片下方"])
        printed.append([no, f"{told}，{shown}，{when}", sha256])
    return {"photos": listed, "pictures": printed[:MOST]}


def _void(record: dossier.Record | None) -> str:
    if record is None:
        return "（记录已不存在）"
    return f"（已作废：{record.void}）" if record.void else ""


def of_entry(entry: ListEntry) -> dict[str, object]:
    """The fields of the paper about an entry of a list."""
    kept = list(enumerate(records_now(entry), start=1))
    items = [
        [
            str(number),
            dossier.label_of(each.source),
            f"{each.happened_on} {each.what}{_void(now)}",
            each.law or "—",
            "—",
        ]
        for number, (each, now) in kept
    ]
    facts = _facts(
        entry.institution,
        ("名单", entry.get_kind_display()),
        ("状态", entry.get_state_display()),
        ("事由", entry.reason),
        ("依据", entry.basis),
        ("期限", f"{entry.effective_on}至{entry.until}"),
    )
    said = "；".join(f"{defence.given_by}：{defence.text}" for defence in entry.defences.order_by("pk"))
    facts += [["陈述申辩", said[:2000]]] if said else []
    facts += [["复核意见", entry.answer]] if entry.answer else []
    return {
        "party_name": entry.institution.name,
        "matter": f"{'拟' if entry.decided_at is None else ''}列入{entry.get_kind_display()}",
        "facts": facts,
        "items": items,
        "arithmetic": "",
        **_photos((number, now) for number, (_, now) in kept),
        "remedy": CHECK,
    }


def of_rating(rating: Rating) -> dict[str, object]:
    """The fields of the paper about a year's grade."""
    names = dict(rating.rubric.items.values_list("code", "name"))
    kept = {f"{record['source']}:{record['pk']}": record for record in rating.records}
    now = dossier.found(rating.institution, [key for _, key, _ in rating.points])
    items, photos = [], []
    for number, (code, key, value) in enumerate(rating.points, start=1):
        record = kept[key]
        told = f"{record['on']} {record['what']}{_void(now.get(key))}"
        items.append([str(number), f"{code} {names[code]}", told, record["law"] or "—", f"{value:+d}"])
        photos.append((number, now.get(key)))
    facts = _facts(
        rating.institution,
        ("年度", str(rating.year)),
        ("评分标准", f"{rating.rubric}，{rating.rubric.basis}"),
        ("得分和等级", f"{rating.score}分，{rating.get_grade_display()}，{rating.get_state_display()}"),
        ("计算日期", str(local_date(rating.computed_at))),
        ("内容校验值", rating.digest),
    )
    return {
        "party_name": rating.institution.name,
        "matter": f"{rating.year}年度诚信评价",
        "facts": facts,
        "items": items,
        "arithmetic": sum_of(rating),
        **_photos(photos),
        "remedy": CHECK,
    }
