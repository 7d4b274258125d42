"""Reading one cell with one widget."""

from __future__ import annotations

from typing import Any

import pytest

from foundation.imports.faults import CellRefused


def read(widget: Any, cell: object) -> tuple[Any, list[str]]:
    """(value, codes of the warnings)."""
    said = []
    value = widget.clean(cell, warn=lambda code, *words: said.append(code))
    return value, said


def refused(widget: Any, cell: object) -> CellRefused:
    with pytest.raises(CellRefused) as refusal:
        read(widget, cell)
    return refusal.value
