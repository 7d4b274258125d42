"""Spreadsheet files made by hand, byte by byte: what no well-behaved program would write."""

from __future__ import annotations

import io
import random
import struct
import tarfile
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)


def zipped(parts: dict[str, bytes | str], *, stored: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def workbook(sheet: bytes | str, *, shared: bytes | str = "", prolog: str = "", **more: bytes | str) -> bytes:
    """A workbook with one sheet whose XML is given; ``prolog`` stands before the root of xl/workbook.xml."""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": "<Relationships/>",
        "xl/workbook.xml": f'{prolog}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
        '<sheets><sheet name="名录" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="r1" Type="{RELATIONS}/worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{RELATIONS}/sharedStrings" '
        'Target="sharedStrings.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    if shared:
        parts["xl/sharedStrings.xml"] = shared
    return zipped(parts | more)


def sheet_of(rows: str) -> str:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def cell(place: str, value: object = 1) -> str:
    return f'<c r="{place}"><v>{value}</v></c>'


def row_of(*places: str) -> str:
    number = places[0].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{number}">{"".join(map(cell, places))}</row>'


GOOD = sheet_of(f'<row r="1">{cell("A1")}{cell("B1")}</row>')


def ods(tables: str, *, prolog: str = "", manifest: str = "") -> bytes:
    names = ("office", "table", "text", "style")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    parts: dict[str, bytes | str] = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f"{prolog}<office:document-content {spaces}><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>",
    }
    if manifest:
        parts["META-INF/manifest.xml"] = manifest
    return zipped(parts)


def compound(**streams: bytes) -> bytes:
    """An OLE file with these streams, each at least 4096 bytes long."""
    sectors: list[bytes] = []
    chains: list[int] = []
    places = {}
    for name, content in streams.items():
        content = content.ljust(4096, b"\0")
        pieces = [content[at : at + 512].ljust(512, b"\0") for at in range(0, len(content), 512)]
        places[name] = (len(sectors), len(content))
        chains += [len(sectors) + n + 1 for n in range(len(pieces) - 1)] + [0xFFFFFFFE]
        sectors += pieces
    directory = _entry("Root Entry", 5, 0xFFFFFFFE, 0) + b"".join(
        _entry(name, 2, first, size) for name, (first, size) in places.items()
    )
    directory = directory.ljust(-(-len(directory) // 512) * 512, b"\0")
    first_directory = len(sectors)
    count = len(directory) // 512
    chains += [first_directory + n + 1 for n in range(count - 1)] + [0xFFFFFFFE]
    sectors += [directory[at : at + 512] for at in range(0, len(directory), 512)]
    tables = -(-(len(sectors) + 2) // 127)
    first_table = len(sectors)
    chains += [0xFFFFFFFD] * tables
    table = struct.pack(f"<{len(chains)}I", *chains).ljust(tables * 512, b"\xff")
    listed = [first_table + n for n in range(tables)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, tables, first_directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack(f"<{tables}I", *listed)
    return head.ljust(512, b"\xff") + b"".join(sectors) + table


def _entry(name: str, kind: int, first: int, size: int) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    about = struct.pack("<HBB", len(encoded), kind, 1) + bytes(48) + struct.pack("<II", first, size) + bytes(4)
    return encoded.ljust(64, b"\0") + about


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def book_stream(*cells: bytes, extra: bytes = b"", end: bool = True) -> bytes:
    """A BIFF8 stream with one sheet of these records."""
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    name = "名".encode("utf-16-le")
    length = len(begin) + len(extra) + 4 + 8 + len(name) + 4
    globals_ = begin + extra + record(0x0085, struct.pack("<IBBBB", length, 0, 0, 1, 1) + name) + record(0x000A)
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0)) + b"".join(cells)
    return globals_ + sheet + (record(0x000A) if end else b"")


def number_cell(row: int, column: int) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, 15, 1.0))


def circular() -> bytes:
    """An old workbook whose first chain of sectors runs in a circle."""
    content = bytearray(compound(Workbook=book_stream(number_cell(0, 0)).ljust(9000, b"\0")))
    table = content.rindex(struct.pack("<II", 1, 2))
    content[table + 8 : table + 12] = struct.pack("<I", 0)
    place = content.index("Workbook".encode("utf-16-le"))
    content[place + 120 : place + 124] = struct.pack("<I", 40 * 2**20)
    return bytes(content)


def flagged(content: bytes) -> bytes:
    """The same ZIP with the flag of a password on its first part."""
    out = bytearray(content)
    out[out.find(b"PK\x01\x02") + 8] |= 1
    return bytes(out)


def lying() -> bytes:
    honest = workbook(GOOD.replace("<sheetData>", "<sheetData>" + " " * 5000))
    size = len(GOOD.encode()) + 5000
    return honest.replace(size.to_bytes(4, "little"), (60).to_bytes(4, "little"))


def damaged() -> bytes:
    content = bytearray(workbook(GOOD))
    at = content.index(b"xl/worksheets/sheet1.xml") + 40
    content[at : at + 8] = bytes(8)
    return bytes(content)


def noise(size: int) -> bytes:
    return random.Random(3).randbytes(size)


def tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.csv"), io.BytesIO())
    return out.getvalue()


def many_parts() -> bytes:
    return zipped({"xl/workbook.xml": "<w/>"} | {f"xl/media/{n}": b"" for n in range(20_100)}, stored=True)


def nested() -> bytes:
    inner = zipped({f"{n}.bin": bytes(2**20) for n in range(50)})
    for _level in range(3):
        inner = zipped({f"{n}.zip": inner for n in range(16)})
    return inner


def rows_of_xlsx(count: int) -> bytes:
    return workbook(sheet_of("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, count + 1))))


SPREADSHEETML = (
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">{}</Workbook>'
)


def spreadsheetml(rows: str) -> bytes:
    return SPREADSHEETML.format(f'<Worksheet ss:Name="a"><Table>{rows}</Table></Worksheet>').encode()
