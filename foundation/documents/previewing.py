"""A paper in words that are not in force yet, to be looked at before somebody approves them."""

from __future__ import annotations

from datetime import datetime

from foundation.core.canonical import canonical, sha256
from foundation.core.clock import local_date

from . import rendering
from .freezing import frozen
from .models import Document, LocalWording
from .samples import sample_of
from .wording import in_use

NUMBER = "样张，不具效力"


def sample_document(wording: LocalWording, *, at: datetime) -> Document:
    """A document that is never stored, of sample values in these words."""
    template, on = in_use(wording.kind), local_date(at)
    values = template.checked(sample_of(template, on=on))
    content = canonical(frozen(template, values, organ=wording.organ, number=NUMBER, on=on, local=wording))
    return Document(
        organ=wording.organ,
        kind=wording.kind,
        number=NUMBER,
        content=content.decode(),
        sha256=sha256(content),
        verify_code="0" * 16,
        issued_at=at,
        issued_by_name="样张",
    )


def sample_pdf(wording: LocalWording, *, at: datetime) -> bytes:
    """The same as a PDF."""
    return rendering.pdf(sample_document(wording, at=at))
