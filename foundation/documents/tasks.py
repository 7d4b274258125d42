"""After the commit: make PDF and Word of an issued document and keep them."""

from foundation.core import clock, outbox, private_files
from foundation.core.actor import job

from . import rendering
from .enums import FileFormat
from .models import Document
from .notices import FILE, RENDER
from .operations import file_document

RENDERERS = {FileFormat.PDF: rendering.pdf, FileFormat.WORD: rendering.word}


@outbox.handles(RENDER)
def render(message) -> None:
    """Idempotent: a format that is kept already is not made again."""
    document = Document.objects.get(pk=message.payload["document_id"])
    kept = set(document.files.values_list("format", flat=True))
    for wanted, make in RENDERERS.items():
        if wanted in kept:
            continue
        data = make(document)
        path = private_files.keep(f"documents/{document.series.year}", wanted.value, data)
        file_document(
            document=document,
            wanted=wanted,
            path=path,
            sha256=private_files.digest(data),
            size=len(data),
            by=job("文书生成", FILE),
            at=clock.now(),
        )
