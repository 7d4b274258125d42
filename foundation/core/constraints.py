"""Uniqueness and value rules are left to the database; here its refusals become Chinese sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TypeVar

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.db.models import F, Q

from .errors import InvalidInput

M = TypeVar("M", bound=models.Model)


def one_of(field: str, choices: type[models.TextChoices], *, name: str, blank: bool = False) -> models.CheckConstraint:
    """A CHECK that ``field`` holds a value of ``choices`` (or, with ``blank``, nothing): the class feeds forms too."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [*choices.values, ""] if blank else choices.values}),
        name=name,
        violation_error_message=f"“{field}”的取值不在允许范围内。",
    )


def ordered(first: str, last: str, *, name: str, message: str) -> models.CheckConstraint:
    """A CHECK that a period does not end before it begins; an open end (NULL) is fine."""
    condition = Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": models.F(first)})
    return models.CheckConstraint(condition=condition, name=name, violation_error_message=message)


def other_person(first: str, second: str, *, name: str, message: str) -> models.CheckConstraint:
    """A CHECK that two steps were taken by two people; a step that nobody has taken yet is fine."""
    condition = Q(**{f"{second}__isnull": True}) | ~Q(**{second: F(first)})
    return models.CheckConstraint(condition=condition, name=name, violation_error_message=message)


@cache
def _messages() -> dict[str, str]:
    return {
        constraint.name: _in_words(model, str(constraint.violation_error_message))
        for model in apps.get_models()
        for constraint in model._meta.constraints
    }


def _in_words(model: type[models.Model], message: str) -> str:
    """The message of ``one_of`` with the field's label in the place of its name."""
    for field in model._meta.fields:
        message = message.replace(f"“{field.name}”", f"“{field.verbose_name}”")
    return message


def message_for(error: IntegrityError) -> tuple[str, str]:
    """(code, message) for a refusal of the database; the code is the constraint's name."""
    diagnostics = getattr(error.__cause__, "diag", None)
    name = getattr(diagnostics, "constraint_name", None) or ""
    return name or "integrity", _messages().get(name, "与已有数据冲突，未保存。请刷新后核对。")


@contextmanager
def translated() -> Iterator[None]:
    """Turn IntegrityError into InvalidInput with the message declared beside the constraint."""
    try:
        yield
    except IntegrityError as error:
        code, message = message_for(error)
        raise InvalidInput(message, code=code) from error


def check_fields(row: models.Model, *, only: list[str] | None = None) -> None:
    """Field and cross-field checks of one row, without the queries of ``full_clean``; raises InvalidInput.

    Whether the row that a foreign key names is there, the database itself says; only a missing key is named here.
    """
    fields = row._meta.fields
    exclude = {field.name for field in fields if field.is_relation and getattr(row, field.attname) is not None}
    if only is not None:
        exclude |= {field.name for field in fields} - set(only)
    problems: dict[str, list[str]] = {}
    for check in (lambda: row.clean_fields(exclude=exclude), row.clean):
        try:
            check()
        except ValidationError as error:
            for field, messages in error.update_error_dict({}).items():
                problems.setdefault(field, []).extend(text for item in messages for text in item.messages)
    if problems:
        raise InvalidInput("；".join(_labelled(row, problems)), code="invalid_fields", fields=problems)


def _labelled(row: models.Model, problems: dict[str, list[str]]) -> list[str]:
    labels = {field.name: str(field.verbose_name) for field in row._meta.fields}
    return [
        f"{labels[name]}：{''.join(texts)}" if name in labels else "".join(texts) for name, texts in problems.items()
    ]


def insert(row: M) -> M:
    """Check and insert one new row; for operations only."""
    check_fields(row)
    row.save(force_insert=True)
    return row


def insert_all(rows: Iterable[M]) -> list[M]:
    """Check and insert new rows of one model, at once; for operations only."""
    new = list(rows)
    for row in new:
        check_fields(row)
    return type(new[0])._base_manager.bulk_create(new) if new else []


def update(row: models.Model, *fields: str) -> dict[str, list]:
    """Check and write the named fields of a locked row; returns {field: [before, after]} of what really changed.

    The values before are read from the database, so the caller must hold the row's lock.
    """
    check_fields(row, only=list(fields))
    before = type(row)._base_manager.filter(pk=row.pk).values(*(row._meta.get_field(f).attname for f in fields)).get()
    changes = {}
    for field in fields:
        attname = row._meta.get_field(field).attname
        if before[attname] != getattr(row, attname):
            changes[field] = [before[attname], getattr(row, attname)]
    if changes:
        row.save(update_fields=list(changes))
    return changes
