"""The figures at the top of an overview (``staff/figures.html``): each a number with the rows behind it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A number with its unit and the rows behind it."""

    label: str
    value: object
    url: str
    note: str = ""
    tone: str = "plain"
