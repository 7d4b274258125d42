"""What is wrong or remarkable about a file or a cell: a code for programs, a sentence that a clerk can act on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from foundation.core.ciphers import masked
from foundation.core.errors import InvalidInput


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
        message = self.message.replace(self.before, before) if self.before else self.message
        if self.after:
            message = message.replace(self.after, after)
        return replace(self, before=before, after=after, message=message)


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
