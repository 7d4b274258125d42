"""What a file is, by its bytes. What is no table is refused by the name that a clerk knows it by."""

from __future__ import annotations

import re
from typing import BinaryIO

from ..faults import FileRefused
from .packages import Package

HEAD = 4096
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")

_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"II*\0", "图片"),
    (b"MM\0*", "图片"),
    (b"RIFF", "图片或音视频"),
    (b"8BPS", "图片"),
    (b"\0\0\1\0", "图标"),
    (b"Rar!\x1a\x07", "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"BZh", "压缩包"),
    (b"\xfd7zXZ\0", "压缩包"),
    (b"\x28\xb5\x2f\xfd", "压缩包"),
    (b"\x04\x22\x4d\x18", "压缩包"),
    (b"MSCF", "压缩包"),
    (b"MZ", "程序"),
    (b"\x7fELF", "程序"),
    (b"\xca\xfe\xba\xbe", "程序"),
    (b"\xcf\xfa\xed\xfe", "程序"),
    (b"\0asm", "程序"),
    (b"SQLite format 3\0", "数据库文件"),
    (b"\0\1\0\0Standard ", "数据库文件(Access)"),
    (b"{\\rtf", "RTF 文档"),
    (b"\x09\x08\x10\0", "没有外壳的旧版 Excel 文件"),
    (b"\x09\x08\x08\0", "没有外壳的旧版 Excel 文件"),
    (b"\x09\x04\x06\0", "很旧的 Excel 4.0 文件"),
    (b"\x09\x02\x06\0", "很旧的 Excel 3.0 文件"),
    (b"\x09\0\x04\0", "很旧的 Excel 2.0 文件"),
    (b"ID3", "音频"),
    (b"OggS", "音频"),
    (b"fLaC", "音频"),
    (b"\x1aE\xdf\xa3", "视频"),
    (b"FLV\1", "视频"),
    (b"L\0\0\0\1\x14\2\0", "快捷方式(不是表格本身)"),
    (b"PAR1", "数据文件"),
    (b"ARROW1", "数据文件"),
    (b"\x89HDF", "数据文件"),
)
_MAIL = re.compile(
    rb"(?:From[ :]|To:|Return-Path:|Received:|Delivered-To:|MIME-Version:|Message-ID:|X-\w[\w-]*:|Date:|Subject:)",
    re.IGNORECASE,
)
_ISO_MEDIA = re.compile(rb".{4}ftyp", re.DOTALL)
_TAR = b"ustar"

_INSIDE: tuple[tuple[str, str], ...] = (
    ("word/document.xml", "Word 文档"),
    ("ppt/presentation.xml", "PowerPoint 文件"),
    ("xl/workbook.bin", "二进制工作簿(.xlsb)"),
    ("visio/document.xml", "Visio 图"),
    ("androidmanifest.xml", "安卓应用"),
    ("meta-inf/manifest.mf", "Java 程序"),
    ("index/document.iwa", "Numbers 或 Pages 文件"),
    ("ofd.xml", "OFD 版式文件"),
    ("meta-inf/container.xml", "电子书"),
)
_TABLES_INSIDE = re.compile(r"\.(?:xlsx?|xlsm|et|ods|csv|txt)$")


SPREADSHEETML = "urn:schemas-microsoft-com:office:spreadsheet"
_XML = re.compile(r"<(?:\?xml|!DOCTYPE|!--|svg|[a-z][\w:.-]*(?:\s+[\w:.-]+=[\"']|\s*/?>))", re.ASCII | re.IGNORECASE)
_FOREIGN_TEXTS = (
    (re.compile(r"[\[{]\s*(?:[\[{]\s*)?\"[^\"]*\"\s*[:,\]]"), "JSON 数据"),
    (re.compile(r"BEGIN:V(?:CARD|CALENDAR)"), "通讯录或日历文件"),
    (re.compile(r"-----BEGIN [A-Z ]+-----"), "证书或密钥文件"),
    (re.compile(r"#!\s*/"), "程序"),
    (re.compile(r"%!PS"), "PostScript 文件"),
)


def foreign(what: str) -> FileRefused:
    return FileRefused(
        f"这是{what}，不是表格。请上传 .xlsx、.xls、.et、.ods 或 .csv 格式的表格文件。", code="unsupported_format"
    )


def refuse_foreign(file: BinaryIO) -> None:
    """Raise FileRefused when the first bytes are those of a kind of file that holds no table."""
    file.seek(0)
    head = file.read(HEAD)
    for mark, what in _FOREIGN:
        if head.startswith(mark) and not (mark in {b"BM", b"MZ", b"ID3"} and _looks_like_text(head)):
            raise foreign(what)
    if _ISO_MEDIA.match(head):
        raise foreign("视频或图片")
    if head[257:262] == _TAR:
        raise foreign("压缩包")
    if _MAIL.match(head) and re.search(rb"^(?:From|To|Subject|Content-Type):", head, re.IGNORECASE | re.MULTILINE):
        raise foreign("电子邮件或单个文件网页(.mht)")


def _looks_like_text(head: bytes) -> bool:
    return b"\0" not in head


def markup_kind(head: str) -> str:
    """What a text that begins with a tag is: "page", "spreadsheetml", "xml", or "" for no markup at all."""
    start = head.lstrip("\ufeff\0 \t\r\n")
    if not start.startswith("<"):
        return ""
    if SPREADSHEETML in start[:8192]:
        is_page = re.match(r"<html\b", start, re.IGNORECASE)
        return "page" if is_page else "spreadsheetml"
    if re.search(r"<(?:html|table|body|tr)\b", start, re.IGNORECASE):
        return "page"
    return "xml" if _XML.match(start) else ""


def refuse_foreign_text(head: str) -> None:
    """Raise FileRefused for texts that are known to hold no table."""
    start = head.lstrip("\ufeff\0 \t\r\n")
    for pattern, what in _FOREIGN_TEXTS:
        if pattern.match(start):
            raise foreign(what)


def refused_package(package: Package) -> FileRefused:
    """The words for a ZIP that is no workbook."""
    for name, what in _INSIDE:
        if name in package:
            return foreign(what)
    if "mimetype" in package:
        return foreign("文档")
    if any(_TABLES_INSIDE.search(name) for name in package.names):
        return FileRefused("这是压缩包。请先解压，再把里面的表格逐个上传。", code="unsupported_format")
    return foreign("压缩包")
