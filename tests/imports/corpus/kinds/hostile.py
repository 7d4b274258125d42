"""Files that are no tables, or not whole, or not kind."""

import io
import zipfile

from ..base import Case, case, good
from ..writers import Sheet, compound, xls, xls_stream, xlsx, zipped

_PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89"


def _book() -> list[Sheet]:
    c = Case("", "")
    c.head()
    for number in (1, 2, 3):
        c.row(good(number))
    return c.sheets


def _refused(path: str, about: str, suffix: str, content: bytes, code: str) -> None:
    def build(c: Case) -> None:
        c.bytes(suffix, content)
        c.refused(code)

    case(f"hostile/{path}", about)(build)


def _encrypted_xls() -> bytes:
    """An old workbook that says, after its first record, that the rest is encrypted (FILEPASS, RC4)."""
    stream = xls_stream(_book())
    first = 4 + int.from_bytes(stream[2:4], "little")
    return compound(stream[:first] + b"\x2f\0\x36\0" + b"\1\0\1\0\1\0" + bytes(48) + stream[first:])


def _flagged_zip() -> bytes:
    """A workbook in a zip whose parts carry the flag of a password."""
    content = bytearray(xlsx(_book()))
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + at] |= 1
            place = content.find(mark, place + 4)
    return bytes(content)


def _bomb() -> bytes:
    """A sheet of 48 MB of blanks."""
    parts = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}
    return zipped({**parts, "xl/worksheets/sheet1.xml": b" " * (48 * 2**20)}, method=zipfile.ZIP_BZIP2)


def _entities() -> bytes:
    """Entities that grow to a billion letters when a careless reader opens them."""
    nested = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a0 "启明启明">{nested}]><sst><si><t>&a9;</t></si></sst>'
    return _with_part("xl/sharedStrings.xml", bomb)


def _with_part(name: str, content: str) -> bytes:
    """A sound workbook with one part replaced."""
    return repacked(xlsx(_book()), {name: content})


def repacked(book: bytes, parts: dict[str, str], *, replace: tuple[str, str] = ("", "")) -> bytes:
    """A workbook with other parts, and with a text replaced wherever it stands."""
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        held: dict[str, str | bytes] = {name: package.read(name).decode() for name in package.namelist()}
    if replace[0]:
        held = {name: text.replace(*replace) for name, text in held.items()}
    return zipped({**held, **parts})


_refused("empty", "no byte at all", "csv", b"", "empty_file")
_refused("blank", "blanks and line breaks only", "csv", b"\xef\xbb\xbf \r\n\t\r\n\r\n", "empty_file")
_refused("commas", "commas only", "csv", b",,,,\r\n,,,,\r\n", "empty_file")
_refused("pdf", "a PDF document", "pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "unsupported_format")
_refused("pdf_named_xlsx", "a PDF document named .xlsx", "xlsx", b"%PDF-1.4\n%\xe2\xe3\n", "unsupported_format")
_refused("png", "a photograph of the table", "png", _PNG, "unsupported_format")
_refused("jpeg", "a photograph named .xls", "xls", b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1", "unsupported_format")
_refused(
    "docx", "a Word document", "docx",
    zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"}), "unsupported_format",
)  # fmt: skip
_refused("doc", "an old Word document named .xls", "xls", compound(bytes(64), "WordDocument"), "unsupported_format")
_refused("zip", "an archive with a CSV file inside", "zip", zipped({"名录.csv": "机构名称\n"}), "unsupported_format")
_refused("rar", "a RAR archive", "rar", b"Rar!\x1a\7\1\0" + bytes(64), "unsupported_format")
_refused("seven_zip", "a 7z archive", "7z", b"7z\xbc\xaf\x27\x1c\0\4" + bytes(64), "unsupported_format")
_refused("rtf", "a rich text document", "doc", rb"{\rtf1\ansi\deff0 {\fonttbl}}", "unsupported_format")
_refused(
    "program", "a program", "xlsx", b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0" + bytes(range(256)), "unsupported_format"
)
_refused("noise", "bytes of no known kind", "csv", bytes((n * 89 + n * n) % 256 for n in range(600)), "not_text")
_refused("truncated_xlsx", "a workbook cut off in the middle", "xlsx", xlsx(_book())[:1500], "corrupt")
_refused("truncated_xls", "an old workbook cut off in the middle", "xls", xls(_book())[:1200], "corrupt")
_refused(
    "broken_xml", "a workbook whose sheet is no XML", "xlsx",
    _with_part("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>0<"), "corrupt",
)  # fmt: skip
_refused("password_xlsx", "a workbook with a password", "xlsx", compound(bytes(64), "EncryptedPackage"), "encrypted")
_refused("password_xls", "an old workbook with a password", "xls", _encrypted_xls(), "encrypted")
_refused("password_zip", "a workbook in a zip with a password", "xlsx", _flagged_zip(), "encrypted")
_refused("bomb", "a workbook of 48 MB in a few hundred bytes", "xlsx", _bomb(), "too_large")
_refused("entities", "entities that would grow to a billion letters", "xlsx", _entities(), "corrupt")
_refused("xml", "an XML file", "xml", b'<?xml version="1.0"?><rows><row/></rows>', "unsupported_format")
