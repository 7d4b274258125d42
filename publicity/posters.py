"""The poster for an institution's door: a QR code that leads to its page, and what to compare there."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

import typst

from foundation.core.clock import local_date
from foundation.documents import fonts
from foundation.documents.rendering import qr_svg

from .shown import Page

LAYOUTS = Path(__file__).parent / "layouts"


def pdf(page: Page, *, address: str) -> bytes:
    """One A4 page. ``address`` is the full address of the institution's page on this installation."""
    poster = {
        "name": page.row.name,
        "trade_name": page.row.trade_name,
        "public_id": page.row.public_id,
        "address": page.row.address,
        "host": urlsplit(address).netloc,
        "bureau": page.bureau.name,
        "phone": page.bureau.phone,
        "mailbox": page.bureau.mailbox,
        "made_on": local_date(page.as_of).isoformat(),
        "qr": qr_svg(address),
    }
    return typst.compile(
        str(LAYOUTS / "poster.typ"),
        root=str(LAYOUTS),
        font_paths=fonts.folders(),
        ignore_system_fonts=True,
        sys_inputs={"poster": json.dumps(poster, ensure_ascii=False)},
    )
