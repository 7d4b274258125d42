"""What a faulty cell was probably meant to be. Suggestions are shown to the clerk; nothing is changed by them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One repair: the value that was meant, how sure that is (0 to 1), and what is wrong, in words for a clerk."""

    value: str
    confidence: float
    why: str
