"""From a frozen document to PDF (Typst) and Word (docxtpl). Words travel as data, so no text can act as markup."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import qrcode
import typst
from django.conf import settings
from django.urls import reverse
from docx.document import Document as Word
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from qrcode.image.svg import SvgPathImage

from . import codes, fonts
from .models import Document
from .pictures import picture, small_copy
from .queries import short_digest
from .templates import POSTED, SERVED, cn_date
from .word_layout import set_widths

LAYOUTS = Path(__file__).parent / "layouts"
WORD_LAYOUT = LAYOUTS / "paper.docx"
UNSHOWN = "（照片不能显示，以原件和校验值为准）"


def verify_url(document: Document) -> str:
    """The address that the QR code leads to: the page that says whether the document holds, or the one it names."""
    return public_url(document.frozen.get("page") or reverse("documents:verify", args=[document.verify_code]))


def public_url(path: str) -> str:
    return settings.SITE_INFO["address"].rstrip("/") + path


def _paper(document: Document) -> dict[str, object]:
    """What both layouts draw: the frozen document, and what is known only about the row that keeps it.

    Documents of the first layouts did not say what their stub leaves blank, whether they are sealed and who signs.
    """
    frozen = document.frozen
    return {
        "by_hand": frozen.get("by_hand", SERVED if frozen["served"] else POSTED),
        "sealed": frozen.get("sealed", True),
        "signers": frozen.get("signers", []),
        "document": frozen,
        "issued_on": cn_date(frozen["issued_on"]),
        "issued_by": document.issued_by_name,
        "code": codes.spaced(document.verify_code),
        "digest": short_digest(document.sha256),
        "verify_url": verify_url(document),
    }


def pdf(document: Document) -> bytes:
    """A4 PDF with its own fonts embedded; the machine's fonts are not looked at, so every server prints the same."""
    shown = document.frozen.get("picture", "")
    paper = {**_paper(document), "qr": qr_svg(verify_url(document)), "picture": list(picture(shown)) if shown else []}
    paper["codes"] = {path: qr_svg(public_url(path)) for path in _paths(document)}
    paper["pictures"] = {sha256: list(small_copy(sha256)) for sha256 in _originals(document)}
    return _drawn(document.frozen.get("layout", "paper"), paper)


def slips_pdf(slips: Sequence[Mapping[str, object]], refused: Sequence[tuple[str, str]]) -> bytes:
    """Slips with their codes, two on a sheet to be cut apart, and who got none and why; kept nowhere."""
    return _drawn("slips", {"slips": list(slips), "refused": list(refused)})


def _drawn(layout: str, paper: Mapping[str, object]) -> bytes:
    return drawn(LAYOUTS / f"{layout}.typ", paper)


def drawn(layout: Path, paper: Mapping[str, object]) -> bytes:
    """A PDF by a layout that reads ``paper``; other apps keep their own layouts beside their code."""
    return typst.compile(
        str(layout),
        root=str(layout.parent),
        font_paths=fonts.folders(),
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(paper, ensure_ascii=False)},
    )


def word(document: Document) -> bytes:
    """The same words for the office's own Word: 仿宋_GB2312 by name, to be stamped or edited there."""
    layout = DocxTemplate(str(WORD_LAYOUT))
    code = InlineImage(layout, io.BytesIO(qr_png(verify_url(document))), width=Mm(24))
    codes_of_pages = {
        path: InlineImage(layout, io.BytesIO(qr_png(public_url(path))), width=Mm(24)) for path in _paths(document)
    }
    pictures = {
        sha256: InlineImage(layout, io.BytesIO(copy), width=Mm(120)) if (copy := small_copy(sha256)) else UNSHOWN
        for sha256 in _originals(document)
    }
    layout.render({**_paper(document), "qr": code, "codes": codes_of_pages, "pictures": pictures}, autoescape=True)
    _widen(layout.docx, document)
    out = io.BytesIO()
    layout.save(out)
    return out.getvalue()


def _widen(laid_out: Word, document: Document) -> None:
    """Give the tables of the body the widths of their columns; a layout of the office's own may hold others too."""
    shapes = {
        tuple(block["columns"]): block["widths"] for block in document.frozen["blocks"] if block["kind"] == "table"
    }
    for table in laid_out.tables:
        if widths := shapes.get(tuple(cell.text for cell in table.rows[0].cells)):
            set_widths(table, widths)


def _paths(document: Document) -> set[str]:
    """The pages of the public site that codes in the body lead to."""
    return {block["path"] for block in document.frozen["blocks"] if block["kind"] == "page_code"}


def _originals(document: Document) -> set[str]:
    """The originals whose copies the body shows."""
    blocks = document.frozen["blocks"]
    return {shown["sha256"] for block in blocks if block["kind"] == "pictures" for shown in block["pictures"]}


def _qr(url: str, **options: object) -> qrcode.image.base.BaseImage:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=2, box_size=8)
    code.add_data(url)
    return code.make_image(**options)


def qr_svg(url: str) -> str:
    """A QR code as SVG text, for a layout to place."""
    return _qr(url, image_factory=SvgPathImage).to_string(encoding="unicode")


def qr_png(url: str) -> bytes:
    out = io.BytesIO()
    _qr(url).save(out, "PNG")
    return out.getvalue()
