"""What is wrong or remarkable about a file or a cell: a code for programs, a sentence that a clerk can act on."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from foundation.core.ciphers import masked
from foundation.core.errors import InvalidInput

_NUMBERS = re.compile(
    r"(?<![0-9A-Za-z])(?:1[3-9]\d{9}|\d{6}(?:19|20)\d{2}[01]\d[0-3]\d{4}[0-9Xx])(?![0-9A-Za-z])", re.ASCII
)


@dataclass(frozen=True)
class Fault:
    """One reason or warning of a row. ``before`` and ``after`` show what was read and what was made of it.

    With a reason, ``after`` is a suggested repair, and ``confidence`` (0 to 1) says how sure it is.
    """

    code: str
    field: str
    message: str
    before: str = ""
    after: str = ""
    confidence: float = 0

    def as_json(self) -> dict[str, str]:
        """What a program is told."""
        return {name: getattr(self, name) for name in ("code", "field", "message", "before", "after")}

    def stored(self) -> dict[str, object]:
        """What is kept; a confidence only where there is a suggestion."""
        return {**self.as_json(), "confidence": self.confidence} if self.confidence else self.as_json()

    def masked(self) -> Fault:
        """The same without the personal values that it quotes."""
        before, after = (masked(text) if text else "" for text in (self.before, self.after))
        quoted = len(self.before) > 1  # 是 alone stands in other words, too
        message = self.message.replace(self.before, before) if quoted else self.message
        if self.after:
            message = message.replace(self.after, after)
        return replace(self, before=before, after=after, message=message)

    def shown(self, *, personal: bool) -> Fault:
        """As it is kept and told: personal values masked, and numbers of persons that stand in a wrong column."""
        fault = self.masked() if personal and self.code != "cell_error" else self  # #N/A is nobody's number
        quoted = {name: without_numbers(getattr(fault, name)) for name in ("message", "before", "after")}
        return replace(fault, **quoted)


def without_numbers(text: str) -> str:
    """A text with the mobile and identity numbers in it masked: somebody wrote them where they do not belong."""
    return _NUMBERS.sub(lambda found: masked(found[0]), text)


def percent(confidence: float) -> int:
    """How sure a suggestion is, as it is told. Never 100: a person looks at it because it may be wrong."""
    return min(int(confidence * 100), 99)


class FileRefused(InvalidInput):
    """The file as a whole cannot be read; nothing of it is kept."""


class CellRefused(ValueError):
    """A widget cannot accept a cell. The column adds its own name; ``after`` is a repair that it suggests."""

    def __init__(self, code: str, message: str, *, before: object = "", after: str = "", confidence: float = 0) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.before = str(before)
        self.after = after
        self.confidence = confidence


#: ``warn(code, message, before, after)``: what a widget says about a cell that it accepts.
Warn = Callable[[str, str, str, str], None]
