"""What a document of a kind looks like before there is one: every field says what will stand there."""

from __future__ import annotations

from datetime import date

from .templates import DocumentTemplate, Field

LINES = 2


def sample_of(template: DocumentTemplate, *, on: date) -> dict[str, object]:
    """Values for all fields of a template but its pictures."""
    return {field.key: _sample(field, on) for field in template.fields if field.kind not in ("picture", "pictures")}


def _sample(field: Field, on: date) -> object:
    said = f"【{field.label}】"
    if field.kind == "date":
        return on
    if field.kind == "list":
        return [said] * LINES
    if field.kind == "rows":
        return [[f"【{column}】" for column in field.columns]] * LINES
    if field.kind == "table":
        return [[said] * 3] * (1 + LINES)
    return said
