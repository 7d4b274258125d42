"""Which files may stand beside a paper, judged by their bytes and never by their name.

A PDF must be one whole file without scripts, attachments, forms that send or a password; a Word or Excel file one
whole package of text, pictures and styles, without macros, embedded objects or links to templates elsewhere.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO

from foundation.core.errors import InvalidInput
from foundation.imports.faults import FileRefused
from foundation.imports.reading.packages import Package, open_package
from foundation.photos import containers
from foundation.photos.enums import PhotoKind

from .enums import PaperFormat

ZIP, ZIP_END = b"PK\x03\x04", b"PK\x05\x06"
#: Names of a PDF that do something, or hide what there is. Long enough that no picture's data holds one by chance.
ACTIVE = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|Filespec|RichMedia|SubmitForm|ImportData|Rendition|GoToE|XFA\b|Encrypt)"
)
MAX_UNPACKED = 8 * 2**20  # of all object streams of a PDF together
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FLATE = re.compile(rb"/Filter\s*\[?\s*/FlateDecode\s*\]?\s*[/>]")
_PDF_END = re.compile(rb"%%EOF[\r\n\t \0]*\Z")

MAIN = {
    "word/document.xml": (PaperFormat.WORD, b"wordprocessingml.document.main+xml"),
    "xl/workbook.xml": (PaperFormat.EXCEL, b"spreadsheetml.sheet.main+xml"),
}
#: What the parts of a package may be.
ENDINGS = {"xml", "rels", "vml", "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "emf", "wmf", "odttf"}
MAX_PACKAGE = 100 * 2**20
_OUTWARD = re.compile(rb"<Relationship\b[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE)
_HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.IGNORECASE)
IMAGES = {PhotoKind.JPEG: PaperFormat.JPEG, PhotoKind.PNG: PaperFormat.PNG}


def judged(data: bytes) -> tuple[PaperFormat, bytes]:
    """(format, the bytes to keep). Raises InvalidInput with a sentence for whoever sent what is not taken."""
    if data.startswith(b"%PDF-"):
        _judge_pdf(data)
        return PaperFormat.PDF, data
    if data.startswith(ZIP):
        return _judged_package(data), data
    if data[:3] == b"\xff\xd8\xff" or data[:8] == containers.PNG_MAGIC:
        found = containers.read(data)
        return IMAGES[found.kind], found.pixels
    raise InvalidInput(
        "只接收 PDF、Word(.docx)、Excel(.xlsx) 文件和 JPEG、PNG 图片。旧版文档请另存为新格式，其他文件请转成 PDF。",
        code="attachment_kind",
    )


def _refused(what: str, advice: str) -> InvalidInput:
    return InvalidInput(f"{what}，未接收。{advice}", code="attachment_hostile")


def _damaged() -> InvalidInput:
    return InvalidInput("文件不完整或已损坏，请重新导出后再上传。", code="attachment_damaged")


# -- PDF -----------------------------------------------------------------------------------------------------------
def _judge_pdf(data: bytes) -> None:
    if not _PDF_END.search(data[-1024:]):
        raise _damaged()
    if ZIP_END in data[-66_000:]:
        raise _refused("PDF 文件夹带了压缩包", "请用“打印为 PDF”重新导出。")
    for text in (data, *_object_streams(data)):
        if ACTIVE.search(_unescaped(text)):
            raise _refused("PDF 文件含有脚本、附件、可提交的表单或密码", "请用“打印为 PDF”重新导出。")


def _unescaped(text: bytes) -> bytes:
    """Names as a reader understands them: #4a is J."""
    return _ESCAPED.sub(lambda found: bytes((int(found[1], 16),)), text)


def _object_streams(data: bytes) -> Iterator[bytes]:
    """Objects that a PDF keeps packed. One that is packed in another way than all programs do is refused."""
    left, after, view = MAX_UNPACKED, 0, memoryview(data)
    for found in _STREAM.finditer(data):
        start = max(after, data.rfind(b"obj", after, found.start()))
        head, after = _unescaped(data[start : found.start()]), found.end()
        if b"/ObjStm" not in head:
            continue
        if not _FLATE.search(head):
            raise _refused("PDF 文件的结构特殊，无法检查", "请用“打印为 PDF”重新导出。")
        try:
            plain = zlib.decompressobj().decompress(view[found.end() :], left)
        except zlib.error as error:
            raise _damaged() from error
        left -= len(plain)
        if left <= 0:
            raise _refused("PDF 文件过于复杂，无法检查", "请用“打印为 PDF”重新导出。")
        yield plain


# -- Word and Excel ------------------------------------------------------------------------------------------------
def _judged_package(data: bytes) -> PaperFormat:
    if data[-22:-18] != ZIP_END:
        raise _damaged()
    try:
        package = open_package(BytesIO(data))
        package.refuse_bombs()
        return _judge_parts(package)
    except FileRefused as refusal:
        raise _damaged() from refusal


def _judge_parts(package: Package) -> PaperFormat:
    main = next((name for name in MAIN if name in package), None)
    if main is None or "[content_types].xml" not in package:
        raise InvalidInput(
            "这不是 Word(.docx) 或 Excel(.xlsx) 文件。压缩包请先解压，再逐个上传。", code="attachment_kind"
        )
    wanted, kind = MAIN[main]
    if package.locked or sum(map(package.size, package.names)) > MAX_PACKAGE:
        raise _refused("文件有密码或展开后过大", "请去掉密码，或转成 PDF 后再上传。")
    if kind not in package.whole("[content_types].xml"):
        raise _refused("文件含有宏", "请另存为不含宏的 .docx 或 .xlsx，或转成 PDF。")
    for name in package.names:
        if not _is_plain_part(name):
            raise _refused("文件含有宏、控件或嵌入的对象", "请删除后另存，或转成 PDF。")
        if name.endswith(".rels") and _leads_outside(package.whole(name)):
            raise _refused("文件引用了外部的模板或对象", "请断开链接后另存，或转成 PDF。")
    return wanted


def _is_plain_part(name: str) -> bool:
    """A folder, or a part of a known kind that is neither macro nor control nor foreign object."""
    if any(word in name for word in ("macrosheets/", "activex/", "embeddings/", "externallinks/")):
        return False
    ending = name.rpartition(".")[2]
    return name.endswith("/") or ending in ENDINGS or (ending == "bin" and "/printersettings/" in name)


def _leads_outside(text: bytes) -> bool:
    """Whether anything but a link to click leads out of the file."""
    return any(not _HYPERLINK.search(found[0]) for found in _OUTWARD.finditer(text))
