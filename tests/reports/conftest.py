"""What tests of reports share."""

from __future__ import annotations

import pytest

from reports.enums import SheetKind
from reports.sheets import INSPECTION, SHEETS, Sheet


@pytest.fixture
def small_sheets(monkeypatch):
    """Reports of a few numbers, for tests that are not about the numbers."""
    for kind in SheetKind:
        monkeypatch.setitem(SHEETS, kind, Sheet((INSPECTION,), ("visits",)))
