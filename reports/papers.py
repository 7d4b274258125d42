"""A report in the forms that leave the portal: the words of its document, and its workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.utils import timezone

from foundation.core.money import yuan
from foundation.core.spreadsheets import Value, xlsx_bytes

from .composing import filled, loose
from .counting import BY_PLACE
from .enums import Unit
from .models import Counting, Report, ReportLine

MANNER = (
    "家次为检查次数，家为不重复的对象，人次为每次检查人数之和，余表示含下限数；"
    "以登记在系统中的记录为准，历史汇总另列、不相加；状态类数字为期间最后一天的状态。"
)
REVISED = "（修订稿）"
HEAD = ("类别", "指标", "其中", "数量", "单位", "分子", "分母", "其中补录", "历史汇总", "指标代码")


def words(report: Report, counting: Counting, lines: Sequence[ReportLine]) -> dict[str, object]:
    """The fields of the report's document."""
    old = report.revises
    return {
        **_common(report, counting),
        "period_from": report.period_from,
        "period_to": report.period_to,
        "campaign": report.campaign.name if report.campaign else "",
        "changes": [list(change) for change in changes(old.counting.in_order(), lines)] if old else [],
        "figures": list(figures(lines)),
        "places": places(lines),
        "manner": MANNER,
        "remark": report.remark,
    }


def _common(report: Report, counting: Counting) -> dict[str, object]:
    """What the papers of all kinds say."""
    return {
        "title": report.title,
        "area": report.jurisdiction.name,
        "revises": report.revises.document.number if report.revises else "",
        "counted_at": f"{timezone.localtime(counting.counted_at):%Y年%m月%d日%H时%M分}",
        "digest": counting.digest,
        "preparer": report.prepared_by.name,
        "reviewer": report.reviewed_by.name,
    }


def figures(lines: Iterable[ReportLine]) -> Iterator[list[str]]:
    """(类别, 项目, 数量, 单位, 备注) of the lines of the whole area; a category is named on its first line."""
    named = ""
    for line in lines:
        if line.section == BY_PLACE:
            continue
        yield ["" if line.section == named else line.section, line.words, line.printed, line.unit, note(line)]
        named = line.section


def note(line: ReportLine) -> str:
    """What stands beside a number: what a rate is made of, late entries, historical totals."""
    told = [f"人工填写，系统记录为{counted(line)}{line.unit}"] if line.typed else []
    told += [f"{line.part}/{line.whole}"] if line.whole is not None else []
    told += [f"补录{line.late}"] if line.late else []
    told += [f"历史汇总{line.past}"] if line.past else []
    return "，".join(told)


def counted(line: ReportLine) -> str:
    """What the portal counted where somebody typed another number over it."""
    if line.value is None:
        return f"{line.part}/{line.whole}" if line.whole else "—"
    return yuan(line.value) if line.unit == Unit.YUAN.label else str(line.value)


def notes(lines: Iterable[ReportLine]) -> Iterator[list[str]]:
    """(序号, 指标, 数量, 单位, 口径) of the numbers of a bulletin: what each note says."""
    for line in lines:
        asked = f"{line.campaign.name}，" if line.campaign else ""
        beside = f"，{note(line)}" if note(line) else ""
        said = f"{asked}{line.first}至{line.last}{beside}"
        yield [f"〔{line.position}〕", named(line), line.printed, line.unit, said]


def bulletin_words(report: Report, counting: Counting, lines: Sequence[ReportLine]) -> dict[str, object]:
    """The fields of a bulletin's document: the prose with its numbers, and a note to each."""
    by_hand = loose(report.body)
    return {
        **_common(report, counting),
        "paragraphs": filled(report.body, [f"{line.printed}{line.unit}" for line in lines]),
        "notes": list(notes(lines)),
        "by_hand": f"正文中{'、'.join(by_hand)}为人工填写，不取自系统记录。" if by_hand else "",
    }


def places(lines: Iterable[ReportLine]) -> list[list[str]]:
    """The table by county or town, its head first; nothing for fewer than two places."""
    heads: dict[str, str] = {}
    rows: dict[str, dict[str, str]] = {}
    for line in lines:
        if line.section == BY_PLACE:
            heads[line.code] = f"{line.label}({line.unit})"
            rows.setdefault(line.where, {})[line.code] = line.printed
    if len(rows) < 2:
        return []
    return [["地区", *heads.values()], *([name, *(row[code] for code in heads)] for name, row in rows.items())]


def differing(before: Iterable[ReportLine], after: Iterable[ReportLine]) -> Iterator[tuple[ReportLine | None, ...]]:
    """(was, is) of the numbers of two countings that are not the same; None where one of them does not have it."""
    was, now = ({_key(line): line for line in lines} for lines in (before, after))
    for each in dict.fromkeys([*now, *was]):
        if _told(was.get(each)) != _told(now.get(each)):
            yield was.get(each), now.get(each)


def _key(line: ReportLine) -> tuple[object, ...]:
    """What makes two lines of two countings the same number."""
    return line.code, line.of, line.place_id, line.town_id, line.campaign_id, line.first, line.last


def _told(line: ReportLine | None) -> tuple[object, ...] | None:
    return (line.printed, line.part, line.whole) if line else None


def changes(before: Iterable[ReportLine], after: Iterable[ReportLine]) -> Iterator[tuple[str, str, str, str]]:
    """(项目, was, is, 单位) of the numbers that are not the same."""
    for was, now in differing(before, after):
        yield named(now or was), was.printed if was else "—", now.printed if now else "—", (now or was).unit


def named(line: ReportLine) -> str:
    """A number's name where it stands alone."""
    return f"{f'{line.where} ' if line.where else ''}{line.label}{f'（{line.of}）' if line.of else ''}"


def workbook(report: Report, counting: Counting, lines: Sequence[ReportLine]) -> bytes:
    """The report as XLSX: numbers as numbers, the table by place on a second sheet, how it was counted on the last."""
    table = places(lines)
    notes = [
        ("报表", report.title),
        ("填报地区", report.jurisdiction.name),
        ("填报单位", report.organ.name),
        ("统计期间", f"{report.period_from}至{report.period_to}"),
        *([("专项行动", report.campaign.name)] if report.campaign else []),
        ("数据截止", f"{timezone.localtime(counting.counted_at):%Y-%m-%d %H:%M}"),
        ("状态", report.get_state_display()),
        ("文号", number_of(report)),
        ("编制人", report.prepared_by.name),
        ("审核人", report.reviewed_by.name if report.reviewed_by else ""),
        ("统计口径", MANNER),
        ("数据校验值", counting.digest),
    ]
    return xlsx_bytes(
        HEAD,
        (row(line) for line in lines if line.section != BY_PLACE),
        title="汇总",
        notes=notes,
        widths=(14, 22, 18, 14, 8, 10, 10, 10, 12, 18),
        further={"分地区": table} if table else None,
    )


def number_of(report: Report) -> str:
    """The number of its document, and whether that holds."""
    if report.document is None:
        return "未定稿"
    return f"{report.document.number}（文书已作废）" if report.document.is_void else report.document.number


def row(line: ReportLine) -> tuple[Value, ...]:
    """One line of the workbook; a count is a number, a rate and an amount are as printed."""
    shown = line.value if line.value is not None and line.printed == str(line.value) else line.printed
    beside = (line.part, line.whole, line.late or None, line.past or None)
    return (line.section, line.label, line.of, shown, line.unit, *beside, line.code)
