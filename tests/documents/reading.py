"""Reading the files that the portal makes."""

import pypdfium2


def pdf_text(data: bytes) -> str:
    """The text of all pages, each ended by a form feed."""
    pages = pypdfium2.PdfDocument(data)
    return "".join(f"{page.get_textpage().get_text_bounded()}\f" for page in pages)
