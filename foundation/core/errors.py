"""What an operation may refuse. The message is a Chinese sentence that a clerk can act on; the code is for programs."""

from __future__ import annotations

from collections.abc import Mapping


class DomainError(Exception):
    """An expected refusal. ``code`` is stable, ``message`` is shown to the user."""

    default_code = "refused"

    def __init__(self, message: str, *, code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.code = code or self.default_code


class NotAllowed(DomainError):
    """The actor may not do this to this object (403)."""

    default_code = "not_allowed"


class IllegalTransition(DomainError):
    """The object's state does not permit this step (409)."""

    default_code = "illegal_transition"


class Conflict(DomainError):
    """Somebody else was first, or the object changed meanwhile (409)."""

    default_code = "conflict"


class InvalidInput(DomainError):
    """What was entered cannot be accepted (422). ``fields`` maps a field name to its messages."""

    default_code = "invalid"

    def __init__(self, message: str, *, code: str = "", fields: Mapping[str, list[str]] | None = None) -> None:
        super().__init__(message, code=code)
        self.fields = dict(fields or {})


def invalid(field: str, sentence: str, *, code: str = "") -> InvalidInput:
    """What is wrong with one field, said beside it; to be raised. ``code`` is the field's name unless it is given."""
    return InvalidInput(sentence, code=code or field, fields={field: [sentence]})


def need_words(text: str, field: str, sentence: str, *, code: str = "") -> None:
    """Raise InvalidInput with the sentence beside the field when nothing but blanks was written."""
    if not text.strip():
        raise invalid(field, sentence, code=code)


class Unavailable(DomainError):
    """The portal cannot do this at the moment, to anybody; the same request may succeed later (503)."""

    default_code = "unavailable"
