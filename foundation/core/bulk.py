"""Many rows into one table at once: PostgreSQL's COPY, with the text format's escapes."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Sequence

from django.db import connection, models

_SPECIAL = re.compile(r"[\\\n\r\t]")
_ESCAPES = {"\\": r"\\", "\n": r"\n", "\r": r"\r", "\t": r"\t"}
CHUNK = 2**16  # small enough that the server takes rows in while the next ones are made


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Insert rows into a model's table, in the order of ``columns`` (database names); returns how many.

    Takes None, texts, numbers, dates; JSON has to be a text already. Constraints and triggers hold as for INSERT.
    """
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    source = _Lines(rows)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN", source, CHUNK)
    return source.count


def copy_objects(objects: Sequence[models.Model]) -> int:
    """Insert unsaved rows of one model as they are, under their own ids where they have some; returns how many."""
    if not objects:
        return 0
    fields = [field for field in objects[0]._meta.concrete_fields if not field.primary_key or objects[0].pk is not None]
    names = [field.attname for field in fields]
    rows = ([_plain(getattr(row, name)) for name in names] for row in objects)
    return copy_rows(type(objects[0]), [str(field.column) for field in fields], rows)


def _plain(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else value


def _line(row: Sequence[object]) -> str:
    """One row of COPY's text format; most rows hold nothing to escape, which is seen once for the whole row."""
    texts = [r"\N" if value is None else value if type(value) is str else str(value) for value in row]
    line = "\t".join(texts)
    if "\\" not in line and "\n" not in line and "\r" not in line and line.count("\t") == len(texts) - 1:
        return line + "\n"
    return "\t".join(map(_field, row)) + "\n"


def _field(value: object) -> str:
    return r"\N" if value is None else _SPECIAL.sub(_escaped, str(value))


def _escaped(found: re.Match[str]) -> str:
    return _ESCAPES[found[0]]


class _Lines(io.TextIOBase):
    """The rows as a file that is written while it is read."""

    def __init__(self, rows: Iterable[Sequence[object]]) -> None:
        self._rows = iter(rows)
        self._rest = ""
        self.count = 0

    def read(self, size: int | None = -1) -> str:
        size = -1 if size is None else size
        parts, length = [self._rest], len(self._rest)
        while size < 0 or length < size:
            row = next(self._rows, None)
            if row is None:
                break
            line = _line(row)
            parts.append(line)
            length += len(line)
            self.count += 1
        text = "".join(parts)
        self._rest = text[size:] if size >= 0 else ""
        return text[:size] if size >= 0 else text
