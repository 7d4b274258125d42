"""Names of facts. Each app lists its own in its leaf ``events.py``; audit keeps the code and the words of the time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class EventKind:
    """``code`` for programs (``institution.registered``), ``label`` for people (``登记机构``)."""

    code: str
    label: str
