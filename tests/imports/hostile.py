"""Files that must be refused: name -> (how to make it, the code of the refusal)."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import struct
from collections.abc import Callable

from .crafting import (
    GOOD,
    LAUGHS,
    MAIN,
    book_stream,
    cell,
    circular,
    compound,
    damaged,
    flagged,
    lying,
    many_parts,
    nested,
    noise,
    number_cell,
    ods,
    record,
    row_of,
    rows_of_xlsx,
    sheet_of,
    spreadsheetml,
    tar,
    workbook,
    zipped,
)

Made = tuple[Callable[[], bytes], str]
CHINESE = "机构名称,统一社会信用代码,地址\n" + "厦门市思明区某某培训学校,91350200MA12345678,福建省厦门市思明区\n" * 40
LONG = CHINESE * 60  # longer than what is looked at to guess the encoding
FOREIGN: dict[str, Callable[[], bytes]] = {
    "pdf": lambda: b"%PDF-1.7\n" + CHINESE.encode(),
    "png": lambda: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + noise(500),
    "jpeg": lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF" + noise(500),
    "jpeg with a page in it": lambda: b"\xff\xd8\xff\xfe<html><table><tr><td>x</td></tr></table>",
    "gif": lambda: b"GIF89a" + noise(100),
    "gif that is text too": lambda: b"GIF89a,b\n1,2\n",
    "bmp": lambda: b"BM\x36\x00\x0c\x00\x00\x00" + noise(100),
    "tiff": lambda: b"II*\x00" + noise(100),
    "webp": lambda: b"RIFF\x24\x00\x00\x00WEBPVP8 " + noise(100),
    "icon": lambda: b"\0\0\1\0\1\0" + noise(100),
    "heic": lambda: b"\0\0\0\x18ftypheic" + noise(100),
    "mp4": lambda: b"\0\0\0\x20ftypisom" + noise(100),
    "mp3": lambda: b"ID3\x03\x00\x00\x00" + noise(100),
    "rar4": lambda: b"Rar!\x1a\x07\x00" + noise(100),
    "rar5": lambda: b"Rar!\x1a\x07\x01\x00" + noise(100),
    "7z": lambda: b"7z\xbc\xaf\x27\x1c\x00\x04" + noise(100),
    "gzip": lambda: gzip.compress(CHINESE.encode()),
    "gzip cut": lambda: gzip.compress(CHINESE.encode())[:30],
    "gzip bomb": lambda: gzip.compress(bytes(30 * 2**20)),
    "bzip2": lambda: bz2.compress(CHINESE.encode()),
    "xz": lambda: lzma.compress(CHINESE.encode()),
    "tar": tar,
    "zip of csv": lambda: zipped({"名录.csv": CHINESE}),
    "zip of workbooks": lambda: zipped({"a.xlsx": workbook(GOOD), "b.xlsx": workbook(GOOD)}),
    "zip of nothing": lambda: zipped({}),
    "zip upwards": lambda: zipped({"../../etc/passwd": "x"}),
    "zips in zips in zips": nested,
    "exe": lambda: b"MZ\x90\x00\x03\x00" + noise(400),
    "elf": lambda: b"\x7fELF\x02\x01\x01" + noise(400),
    "java class": lambda: b"\xca\xfe\xba\xbe\0\0\0\x37" + noise(100),
    "sqlite": lambda: b"SQLite format 3\0" + noise(500),
    "access": lambda: b"\0\1\0\0Standard Jet DB\0" + noise(500),
    "shortcut": lambda: b"L\0\0\0\1\x14\2\0" + noise(100),
    "rtf": lambda: b"{\\rtf1\\ansi " + CHINESE.encode(),
    "mail": lambda: b"From: a@b.cn\r\nTo: c@d.cn\r\nSubject: x\r\nDate: Mon\r\n\r\n" + CHINESE.encode(),
    "mail received": lambda: b"Received: from x\r\nSubject: x\r\nFrom: a\r\n\r\n" + CHINESE.encode(),
    "single-file page": lambda: b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n',
    "outlook": lambda: compound(**{"__properties_version1.0": b"x"}),
    "doc": lambda: compound(WordDocument=b"\xec\xa5"),
    "ppt": lambda: compound(**{"PowerPoint Document": b"x"}),
    "installer": lambda: compound(Property=b"x"),
    "excel without a shell": lambda: book_stream(number_cell(0, 0)),
    "docx": lambda: zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}),
    "pptx": lambda: zipped({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"}),
    "xlsb": lambda: zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": "x", "xl/styles.bin": "x"}),
    "odt": lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
    "epub": lambda: zipped({"mimetype": "application/epub+zip", "META-INF/container.xml": "<x/>"}),
    "ofd": lambda: zipped({"OFD.xml": "<x/>"}),
    "jar": lambda: zipped({"META-INF/MANIFEST.MF": "x", "A.class": "x"}),
    "apk": lambda: zipped({"AndroidManifest.xml": "x", "classes.dex": "x"}),
    "json": lambda: json.dumps([{"机构名称": "x", "地址": "y"}], ensure_ascii=False).encode(),
    "json object": lambda: b'{"rows": [1, 2]}',
    "contacts": lambda: "BEGIN:VCARD\nFN:张三\nEND:VCARD\n".encode(),
    "key": lambda: b"-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n",
    "script": lambda: b"#!/bin/sh\nrm -rf /\n",
    "svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "xml": lambda: b'<?xml version="1.0"?><rows><row name="x"/></rows>',
    "xml with laughs": lambda: f'<?xml version="1.0"?>{LAUGHS}<rows>&j;</rows>'.encode(),
    "page without a table": lambda: "<html><body><p>请登录</p></body></html>".encode("gbk"),
    "page with a blank table": lambda: b"<html><table><tr><td> </td></tr></table></html>",
}

CORRUPT: dict[str, Callable[[], bytes]] = {
    "xlsx cut at the end": lambda: workbook(GOOD)[:-60],
    "xlsx cut in the middle": lambda: workbook(GOOD)[:400],
    "only the mark of a zip": lambda: b"PK\x03\x04" + bytes(50),
    "xlsx with a damaged part": damaged,
    "xlsx with a size that lies": lying,
    "xlsx whose sheet stops": lambda: workbook(GOOD[:-40]),
    "xlsx whose sheet is noise": lambda: workbook(noise(3000)),
    "xlsx without its sheet": lambda: workbook(GOOD).replace(b"worksheets/sheet1.xml", b"worksheets/sheetX.xml", 1),
    "xlsx without a list of sheets": lambda: workbook(GOOD, **{"xl/workbook.xml": "<workbook/>"}),
    "xlsx whose list is broken": lambda: workbook(GOOD, **{"xl/workbook.xml": "<workbook><sheets>"}),
    "xlsx: laughs in the list": lambda: workbook(GOOD, prolog=LAUGHS),
    "xlsx: laughs in a sheet": lambda: workbook(LAUGHS + GOOD),
    "xlsx: laughs in the texts": lambda: workbook(GOOD, shared=f"{LAUGHS}<sst><si><t>&j;</t></si></sst>"),
    "xlsx: a file fetched by an entity": lambda: workbook(
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + GOOD
    ),
    "ods cut": lambda: ods("<table:table/>")[:-80],
    "ods without content": lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
    "ods broken": lambda: ods('<table:table table:name="a"><table:table-row>'),
    "ods with laughs": lambda: ods("<table:table/>", prolog=LAUGHS),
    "ods with nonsense for a number": lambda: ods(
        '<table:table table:name="a"><table:table-row table:number-rows-repeated="-5"/></table:table>'
    ),
    "xls cut": lambda: compound(Workbook=book_stream(*[number_cell(n, 0) for n in range(900)]))[:6000],
    "xls: only the first sector": lambda: compound(Workbook=book_stream(number_cell(0, 0)))[:512],
    "xls: a header of zeros": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "xls: noise behind the header": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise(5000),
    "xls: a chain in a circle": circular,
    "xls: no end of the sheet": lambda: compound(Workbook=book_stream(number_cell(0, 0), end=False) + b"\xff" * 6000),
    "xls: no sheet": lambda: compound(Workbook=record(0x0809, struct.pack("<HHII", 0x0600, 5, 0, 0)) + record(0x000A)),
    "xls: four thousand million texts": lambda: compound(
        Workbook=book_stream(number_cell(0, 0), extra=record(0x00FC, struct.pack("<II", 0xFFFFFFF0, 0xFFFFFFF0)))
    ),
    "xls: dimensions that lie": lambda: compound(
        Workbook=book_stream(record(0x0200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0)), number_cell(0, 0))
    ),
    "spreadsheetml cut": lambda: spreadsheetml("<Row><Cell><Data ss:Type='String'>x</Data></Cell>")[:-60],
    "spreadsheetml with laughs": lambda: LAUGHS.encode() + spreadsheetml("<Row/>"),
    "spreadsheetml backwards": lambda: spreadsheetml('<Row ss:Index="5"/><Row ss:Index="2"/>'),
    "csv: a quote left open at the end": lambda: (CHINESE + '"厦门,1,2\n甲,乙,丙\n').encode(),
    "csv: a quote left open in the middle": lambda: (CHINESE + '甲,乙,"丙\n' + CHINESE + '丁,"戊",己\n').encode(),
    "csv: a quote left open before a quoted cell": lambda: (CHINESE + '甲,乙,"丙\n丁,"戊",己\n庚,辛,壬\n').encode(
        "gbk"
    ),
    "csv: one line of two megabytes": lambda: b"x" * 2**21,
}

ENCRYPTED: dict[str, Callable[[], bytes]] = {
    "xlsx with a password": lambda: compound(EncryptionInfo=b"\4\0\4\0", EncryptedPackage=noise(9000)),
    "xlsx with a password, cut": lambda: compound(EncryptionInfo=b"\4\0\4\0", EncryptedPackage=noise(9000))[:-512],
    "xls with a password": lambda: compound(Workbook=book_stream(number_cell(0, 0), extra=record(0x002F, bytes(54)))),
    "zip with a password": lambda: flagged(workbook(GOOD)),
    "ods with a password": lambda: ods("", manifest='<manifest:encryption-data manifest:checksum="x"/>'),
}

TOO_LARGE: dict[str, Callable[[], bytes]] = {
    "zip bomb in a sheet": lambda: workbook(bytes(60 * 2**20)),
    "zip bomb in the texts": lambda: workbook(GOOD, shared=bytes(60 * 2**20)),
    "zip bomb beside": lambda: workbook(GOOD, **{"xl/media/a.bin": bytes(60 * 2**20)}),
    "gigantic shared text": lambda: workbook(
        GOOD, shared=f'<sst xmlns="{MAIN}"><si><t>{"哈" * 8 * 2**20}</t></si></sst>'
    ),
    "twenty thousand parts": many_parts,
    "cell XFD1048576": lambda: workbook(sheet_of(row_of("A1") + row_of("XFD1048576"))),
    "cell XFD1": lambda: workbook(sheet_of(row_of("A1", "XFD1"))),
    "cell A1048576": lambda: workbook(sheet_of(row_of("A1") + row_of("A1048576"))),
    "cell far out in single quotes": lambda: workbook(
        sheet_of("<row r='1'><c r='A1'><v>1</v></c><c t='n' r='XFD9'><v>1</v></c></row>")
    ),
    "a cell that lies about its row": lambda: workbook(sheet_of(row_of("A1", "B999999"))),
    "sixteen thousand cells without places": lambda: workbook(
        sheet_of("<row>" + "<c><v>1</v></c>" * 16_000 + "</row>" + "<row><c><v>1</v></c></row>" * 20_000)
    ),
    "a row of a hundred megabytes": lambda: workbook(
        sheet_of('<row r="1">' + cell("A1", "1" * 99) * 200_000 + "</row>")
    ),
    "300,001 rows of xlsx": lambda: rows_of_xlsx(300_001),
    "a hundred thousand merged ranges": lambda: workbook(
        sheet_of(row_of("A1")).replace(
            "</worksheet>",
            "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 100_100)) + "</worksheet>",
        )
    ),
    "ods: a value repeated over all columns": lambda: ods(
        '<table:table table:name="a"><table:table-row><table:table-cell table:number-columns-repeated="16384">'
        "<text:p>x</text:p></table:table-cell></table:table-row></table:table>"
    ),
    "ods: a value repeated over all rows": lambda: ods(
        '<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576"><table:table-cell>'
        "<text:p>x</text:p></table:table-cell></table:table-row></table:table>"
    ),
    "ods bomb": lambda: ods(" " * 60 * 2**20),
    "xls: corners far apart": lambda: compound(Workbook=book_stream(number_cell(0, 0), number_cell(65535, 255))),
    "page: cells over a million columns": lambda: (
        b"<table><tr>" + b'<td colspan="1000">x</td>' * 1000 + b"</tr></table>"
    ),
    "page: a table in a table in a table": lambda: b"<table><tr><td>" * 600 + b"x",
    "ods: 300,001 rows": lambda: ods(
        '<table:table table:name="a">'
        + "<table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>" * 300_001
        + "</table:table>"
    ),
    "spreadsheetml: 300,001 rows": lambda: spreadsheetml("<Row><Cell><Data>x</Data></Cell></Row>" * 300_001),
    "page: 300,001 rows": lambda: b"<table>" + b"<tr><td>1</td></tr>" * 300_001 + b"</table>",
    "spreadsheetml: row ten million": lambda: spreadsheetml(
        '<Row ss:Index="9999999"><Cell><Data ss:Type="String">x</Data></Cell></Row>'
    ),
    "spreadsheetml: column nine thousand": lambda: spreadsheetml(
        '<Row><Cell ss:Index="9000"><Data ss:Type="String">x</Data></Cell></Row>'
    ),
    "csv: 51 megabytes": lambda: b"a,b\n" * (51 * 2**18),
    "csv: 300,001 rows": lambda: b"a,b\n" * 300_001,
    "csv: 300,001 quoted rows": lambda: b'"a","b"\n' * 300_001,
    "csv: fifty million line ends": lambda: b"a,b" + b"\n" * (49 * 2**20),
}

UNDECODABLE: dict[str, Callable[[], bytes]] = {
    "utf-8 with a line of gbk": lambda: CHINESE.encode() + CHINESE.encode("gbk"),
    "utf-8 with gbk far behind": lambda: LONG.encode() + "厦门,思明\n".encode("gbk"),
    "utf-8 cut within a letter": lambda: CHINESE.encode()[:-3],
    "utf-8 with its mark, broken": lambda: b"\xef\xbb\xbf" + CHINESE.encode() + b"\xff\xfe\n",
    "gbk with a letter cut far behind": lambda: LONG.encode("gbk") + "厦".encode("gbk")[:1] + b",x\n",
    "gbk with noise": lambda: CHINESE.encode("gbk") + b"\xff\xff\xff",
    "utf-16 of an odd length": lambda: CHINESE.encode("utf-16") + b"x",
    "utf-16 with half a pair": lambda: CHINESE.encode("utf-16") + b"\x00\xd8\x0a\x00",
    "utf-32": lambda: CHINESE.encode("utf-32"),
    "shift-jis": lambda: ("学校名,住所,電話番号\n" + "東京第一学習塾,東京都千代田区,03\n" * 20).encode("shift-jis"),
    "big5": lambda: ("學校名稱,地址,電話\n" + "臺北第一補習班,臺北市中正區重慶南路,02\n" * 20).encode("big5"),
    "latin": lambda: ("café;élève;naïve;Überprüfung;señor\n" * 20).encode("latin-1"),
    "only high bytes": lambda: b"\xff\xfa\xff\xfb" * 40,
}

NOT_TEXT: dict[str, Callable[[], bytes]] = {
    "noise": lambda: noise(5000),
    "zeros": lambda: bytes(5000),
    "numbers of a program": lambda: struct.pack("<500I", *range(500)),
    "control letters": lambda: bytes(range(1, 32)) * 30,
    "pickle": lambda: b"\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00}\x94\x8c\x01a\x94K\x01s." * 20,
}

EMPTY: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "blanks": lambda: b" \r\n\r\n ",
    "only the mark of utf-8": lambda: b"\xef\xbb\xbf",
    "only the mark of utf-16": lambda: b"\xff\xfe",
    "only separators": lambda: b",,,,\r\n,,,,\r\n" * 30_000,
    "only empty quotes": lambda: b'"","",""\r\n' * 10,
    "xlsx without a cell": lambda: workbook(sheet_of("")),
    "xlsx with formatted blanks": lambda: workbook(sheet_of('<row r="1048576"><c r="XFD1048576" s="1"/></row>')),
    "xls without a cell": lambda: compound(Workbook=book_stream()),
    "ods without a cell": lambda: ods('<table:table table:name="a"/>'),
    "spreadsheetml without a cell": lambda: spreadsheetml(""),
}

ALL: dict[str, Made] = {
    f"{code}: {name}": (make, code)
    for code, files in {
        "unsupported_format": FOREIGN,
        "corrupt": CORRUPT,
        "encrypted": ENCRYPTED,
        "too_large": TOO_LARGE,
        "undecodable": UNDECODABLE,
        "not_text": NOT_TEXT,
        "empty_file": EMPTY,
    }.items()
    for name, make in files.items()
}
