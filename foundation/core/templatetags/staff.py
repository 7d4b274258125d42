"""How the staff's pages print values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from django import template
from django.apps import apps
from django.db import models
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from foundation.core import clock, marks
from foundation.core.changelist import EMPTY

register = template.Library()
_CHINESE = re.compile(r"[\u4e00-\u9fff]")

register.simple_tag(marks.chip)
register.filter("amount", marks.amount)
register.filter("copyable", marks.copyable)


@register.filter
def shown(value: object) -> object:
    """A value of a detail page: a dash for nothing, 是 or 否 for truth, dates as 2024-04-24, lists with 、."""
    if value is None or value == "" or value == [] or value == {}:
        return EMPTY
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return format_html_join("", "<div>{}：{}</div>", ((name, shown(entry)) for name, entry in value.items()))
    if isinstance(value, list | tuple | set | frozenset):
        return format_html_join("、", "{}", ((shown(entry),) for entry in value))
    return value


@register.filter
def counted(number: object) -> object:
    """A count that can be read at a glance: ``34,000``."""
    return f"{number:,}" if isinstance(number, int) else number


@register.filter
def days_left(due_on: date | None) -> SafeString | str:
    """Calendar days until a date, as a chip; deadlines in working days bring their own count (``marks.remaining``)."""
    return EMPTY if due_on is None else marks.remaining((due_on - clock.today()).days, working=False)


@register.filter
def chinese_only(text: object) -> str:
    """An exception's sentence if it was written for people here; Django's own English ones are dropped."""
    return str(text) if text and _CHINESE.search(str(text)) else ""


@register.filter
def changed_fields(event: object) -> list[tuple[str, object, object]]:
    """(label, before, after) of an audit event, in the words of the subject's model where it still has them.

    A name may also be that of rows that belong to the subject (``related_name``): they are called as in their list.
    """
    try:
        options = apps.get_model(event.subject_type)._meta
    except (LookupError, ValueError):
        fields, names = {}, {}
    else:
        fields = {field.name: field for field in options.fields}
        names = {part.name: str(part.related_model._meta.verbose_name_plural) for part in options.related_objects}
        names |= {name: str(field.verbose_name) for name, field in fields.items()}
    return [
        (names.get(name, name), _word(fields.get(name), pair[0]), _word(fields.get(name), pair[1]))
        for name, pair in event.changes.items()
        if isinstance(pair, list) and len(pair) == 2
    ]


def _word(field: models.Field | None, value: object) -> object:
    if field is not None and field.remote_field and value is not None:
        return f"编号 {value}"
    words = dict(field.flatchoices) if field is not None and field.choices else {}
    return shown(words.get(value, value) if isinstance(value, str | int) else value)


@register.simple_tag
def sparkline(values: Sequence[int], width: int = 96, height: int = 24) -> SafeString:
    """A line of the last periods from a zero base; decoration beside the number, so hidden from screen readers."""
    if len(values) < 2:
        return SafeString("")
    highest, step = max(*values, 1), width / (len(values) - 1)
    points = " ".join(
        f"{index * step:.1f},{height - 2 - value / highest * (height - 4):.1f}" for index, value in enumerate(values)
    )
    return format_html(
        '<svg class="sparkline" viewBox="0 0 {0} {1}" width="{0}" height="{1}" aria-hidden="true">'
        '<polyline points="{2}" fill="none" stroke="currentColor" stroke-width="1.5"/></svg>',
        width,
        height,
        points,
    )


@register.filter
def labelled(columns: Sequence[str], row: Sequence[object]) -> list[tuple[str, object]]:
    """Cells with the heads of their columns, which phones show beside each value; a short row is a mistake."""
    return list(zip(columns, row, strict=True))


@register.filter
def field_rows(form: BaseForm) -> list[list[BoundField]]:
    """The visible fields, each in a row of its own but those that the form's ``SIDE_BY_SIDE`` puts together."""
    together = {name: group for group in getattr(form, "SIDE_BY_SIDE", ()) for name in group}
    rows: list[list[BoundField]] = []
    for field in form.visible_fields():
        group = together.get(field.name, ())
        if rows and rows[-1][0].name in group:
            rows[-1].append(field)
        else:
            rows.append([field])
    return rows
