"""A bureau's own 文书格式 for a kind of document, as text with the template's fields in braces.

One line is one paragraph. ``{字段}`` is a field by its label, ``{#字段}`` how many lines a list or table has. Alone on
its line a table is drawn as one and a list is numbered. ``主送：`` begins the addressee's line, ``手填：`` names places
for the pen, ``标签｜内容`` lines below one another are a table. A line whose fields are all left empty is left out.

All words of the law come as fields from the app that issues: a text without one of the required fields is refused, so
that no bureau prints a notice without its deadline or remedy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from foundation.core.errors import InvalidInput

from .blocks import Block, address, blanks, numbered, para, paras, table
from .samples import sample_of
from .templates import DocumentTemplate, Field, Values, cn_date, day_or_blank

FIELD = re.compile(r"\{(#?)([^{}]+)\}")
ADDRESSEE, BY_HAND, BAR = "主送：", "手填：", "｜"
LONGEST = 8_000


def changeable(template: DocumentTemplate) -> bool:
    """Whether an organ may put the kind into its own words."""
    return template.own_words


def check(template: DocumentTemplate, text: str) -> None:
    """Raise InvalidInput that says what is wrong: unknown, missing or misplaced fields, no place to sign."""
    fields, lines = _by_label(template), _lines(text)
    used = {label for line in lines for _, label in FIELD.findall(line)}
    told = {label for line in lines for count, label in FIELD.findall(line) if not count}
    problems = [f"没有“{label}”这个字段。" for label in sorted(used - set(fields))]
    needed = [label for label, field in fields.items() if field.required and label not in told]
    problems += [f"缺少字段“{label}”。" for label in needed]
    for line in lines:
        inside = [label for count, label in FIELD.findall(line) if not count]
        tables = [label for label in inside if label in fields and fields[label].kind == "rows"]
        problems += [f"“{label}”是表格，须单独占一行。" for label in tables if line != f"{{{label}}}"]
        if re.sub(FIELD, "", line).strip("{}") != re.sub(FIELD, "", line) or "{" in re.sub(FIELD, "", line):
            problems.append(f"这一行的花括号不成对：{line[:30]}")
    if not any(line.startswith(BY_HAND) for line in lines) and _signed(template):
        problems.append("缺少签名处：用“手填：”写明签名、日期等手填的项目。")
    if len(text) > LONGEST:
        problems.append(f"不能超过{LONGEST}字。")
    if problems:
        raise InvalidInput("".join(problems), code="local_words", fields={"text": problems})


def _signed(template: DocumentTemplate) -> bool:
    parts = template.body(template.checked(sample_of(template, on=date(2026, 1, 1))))
    return any(part["kind"] == "blanks" for part in parts)


def blocks(template: DocumentTemplate, text: str, values: Values) -> list[Block]:
    """The parts of a document in these words; ``values`` are checked ones."""
    fields, parts, pairs = _by_label(template), [], []
    for line in _lines(text):
        if _left_out(line, fields, values):
            continue
        if BAR in line:
            label, _, content = line.partition(BAR)
            pairs.append([label.strip(), _filled(content.strip(), fields, values)])
            continue
        if pairs:
            parts.append(table(("项目", "内容"), pairs, widths=(3, 9)))
            pairs = []
        parts += _parts(line, fields, values)
    if pairs:
        parts.append(table(("项目", "内容"), pairs, widths=(3, 9)))
    return parts


def _parts(line: str, fields: dict[str, Field], values: Values) -> list[Block]:
    if line.startswith(BY_HAND):
        return [blanks(*(label.strip() for label in line.removeprefix(BY_HAND).split("、")))]
    if line.startswith(ADDRESSEE):
        return [address(_filled(line.removeprefix(ADDRESSEE), fields, values))]
    alone = FIELD.fullmatch(line)
    if alone is None or alone.group(1):
        return [para(_filled(line, fields, values))]
    field = fields[alone.group(2)]
    value = values[field.key]
    if field.kind == "rows":
        return [table(field.columns, value, widths=[1] * len(field.columns))] if value else []
    return numbered(value) if field.kind == "list" else paras(_said(field, value))


def _left_out(line: str, fields: dict[str, Field], values: Values) -> bool:
    inside = [fields[label] for _, label in FIELD.findall(line)]
    return bool(inside) and BAR not in line and all(not field.required and not values[field.key] for field in inside)


def _filled(line: str, fields: dict[str, Field], values: Values) -> str:
    def put(match: re.Match[str]) -> str:
        field = fields[match.group(2)]
        return str(len(values[field.key])) if match.group(1) else _said(field, values[field.key])

    return FIELD.sub(put, line)


def _said(field: Field, value: object) -> str:
    """A value in its sentence; what is not known is left to be filled in by hand."""
    if field.kind == "date":
        return day_or_blank(value)
    return ("；".join(value) if field.kind == "list" else str(value)) or "________"


def _by_label(template: DocumentTemplate) -> dict[str, Field]:
    return {field.label: field for field in template.fields if field.kind != "picture"}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


# -- the standard words as such a text ---------------------------------------------------------------------------------
MANY = 901  # a length that no wording says by itself; the next list has one more


def standard_text(template: DocumentTemplate) -> str:
    """The standard words of a kind as a text to begin from: every value stands as its field."""
    marks = {
        field.key: mark for number, field in enumerate(template.fields) if (mark := _mark(field, number)) is not None
    }
    said = _back(template)
    lines: list[str] = []
    for part in template.body(marks):
        for line in _as_lines(part, said):
            if not lines or lines[-1] != line:
                lines.append(line)
    return "\n".join(lines)


def _mark(field: Field, number: int) -> object:
    own = f"{{{field.label}}}"
    if field.kind == "picture":
        return None
    if field.kind == "date":
        return _day(number).isoformat()
    if field.kind == "list":
        return [own] * (MANY + number)
    return [[own] * len(field.columns)] * (MANY + number) if field.kind == "rows" else own


def _day(number: int) -> date:
    return date(2101 + number, 1, 1)


def _back(template: DocumentTemplate) -> Callable[[str], str]:
    """Puts the fields back where a marked value shows as its day, its number or a repetition."""
    fields = list(enumerate(template.fields))

    def said(text: str) -> str:
        for _, field in fields:
            text = re.sub(rf"^\d+\. {re.escape(f'{{{field.label}}}')}$", f"{{{field.label}}}", text)
        for number, field in fields:
            own = f"{{{field.label}}}"
            if field.kind == "date":
                text = text.replace(cn_date(_day(number).isoformat()), own)
            if field.kind in ("list", "rows"):
                text = text.replace(str(MANY + number), f"{{#{field.label}}}")
                text = re.sub(rf"{re.escape(own)}(?:[；、]{re.escape(own)})+", own, text)
        return text

    return said


def _as_lines(part: Block, said: Callable[[str], str]) -> Iterator[str]:
    if part["kind"] == "blanks":
        yield BY_HAND + "、".join(part["labels"])
    elif part["kind"] == "table":
        for row in part["rows"]:
            marks = {cell for cell in row if FIELD.fullmatch(cell)}
            whole = len(marks) == 1 and row.count(*marks) >= max(len(row) - 1, 2)
            yield marks.pop() if whole else BAR.join(said(cell) for cell in row)
    else:
        text = said(part["text"])
        yield f"{ADDRESSEE}{text}" if part["kind"] == "address" else text
