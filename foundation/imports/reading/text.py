"""CSV and its kin: which encoding, which separator, then records one by one. The text is never in memory as a whole.

UTF-16 by its mark or its plain pattern, then UTF-8, then GB18030, and nothing else: guessers take short GBK files
for Big5. The bytes are decoded once from end to end before the first row is given, so that no row comes out garbled.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from ..faults import FileRefused
from .cells import MAX_ROWS, Cell, RawFile, RawSheet, broken, too_many_rows, with_errors

SNIFF = 64 * 1024
CHUNK = 256 * 1024
MAX_LINE = 512 * 1024
NOT_TEXT = "这不是表格文件，也不是文字文件。请上传 .xlsx、.xls 或 .csv 文件。"

_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\r\x0c\x1a\x00")
_NOTHING = '\ufeff\0\x1a \t\r\n,;"'
_USUAL = re.compile(r"[\t\r\n -~\u00b7\u2010-\u2027\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_HANZI_MARKS = re.compile(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\u2010-\u2027\u00b7\u00d7]")
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\r?\n?', re.IGNORECASE)
_END = ("\ue000end of file\ue000",)


class Window(io.RawIOBase):
    """A file read from a place of its own, so that several readers can share it."""

    def __init__(self, file: BinaryIO, start: int = 0) -> None:
        super().__init__()
        self._file, self._place = file, start

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        self._file.seek(self._place)
        content = self._file.read(len(buffer))
        buffer[: len(content)] = content
        self._place += len(content)
        return len(content)


@dataclass(frozen=True)
class Text:
    """A file that is text from end to end."""

    file: BinaryIO
    codec: str
    encoding: str
    head: str
    lines: int
    longest: int
    quotes: bool
    junk: bool

    def open(self) -> io.TextIOWrapper:
        """A fresh stream of its lines, their ends as they are."""
        return io.TextIOWrapper(io.BufferedReader(Window(self.file), CHUNK), self.codec, newline="")

    def refuse_many(self, tag: str) -> None:
        """Raise FileRefused when a row's opening tag stands there too often: cheaper than to read them all."""
        seen, rest = 0, ""
        with self.open() as stream:
            while piece := stream.read(CHUNK):
                piece = rest + piece.lower()
                seen += piece.count(tag)
                rest = piece[1 - len(tag) :]
        if seen > MAX_ROWS:
            raise too_many_rows()

    def numbered(self) -> Iterator[str]:
        """Its lines without padding, and without the line that tells Excel the separator."""
        lines = iter(self.open())
        if self.junk:
            lines = (line.translate({0: None, 0x1A: None}) for line in lines)
        first = next(lines, "")
        return lines if _SEPARATOR_LINE.fullmatch(first) else chain((first,), lines)


def decoded(file: BinaryIO) -> Text:
    """Find the encoding of a text and try it on every byte. Raises FileRefused (not_text, undecodable, too_large)."""
    file.seek(0)
    sample = file.read(SNIFF)
    marked = _by_mark(sample)
    if marked:
        return _tried(file, *marked)
    wide = _wide_without_mark(sample)
    if wide:
        return _tried(file, wide, "utf-16")
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    if controls * 100 > len(sample) or sample.count(0) * 10 > len(sample):
        raise FileRefused(NOT_TEXT, code="not_text")
    try:
        return _tried(file, "utf-8", "utf-8")
    except _Broken as refusal:
        if refusal.chinese_before:
            raise
    text = _tried(file, "gb18030", "gb18030")
    if not _plausible(text.head):
        raise _undecodable(1)
    return text


def _by_mark(sample: bytes) -> tuple[str, str] | None:
    if sample.startswith(codecs.BOM_UTF8):
        return "utf-8-sig", "utf-8-sig"
    if sample.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise _undecodable(1)
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", "utf-16"
    return None


def _wide_without_mark(sample: bytes) -> str | None:
    """UTF-16 that lost its mark: nearly all characters are usual ones, and blanks or line breaks are two bytes."""
    if 0 not in sample:
        return None
    for codec in ("utf-16-le", "utf-16-be"):
        text = sample[: len(sample) // 2 * 2].decode(codec, "replace")
        if len(_USUAL.findall(text)) * 20 >= len(text) * 19 and re.search(r"[,;\t\r\n|]", text):
            return codec
    return None


def _undecodable(line: int) -> _Broken:
    where = f"第{line}行起有" if line > 1 else "有"
    return _Broken(
        f"文件的文字编码无法识别，{where}认不出的文字，可能已损坏。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。",
        code="undecodable",
    )


class _Broken(FileRefused):
    chinese_before = False


def _tried(file: BinaryIO, codec: str, encoding: str) -> Text:
    """Decode the whole file in pieces, keep only its beginning and what must be known about it."""
    decoder = codecs.getincrementaldecoder(codec)()
    head, quotes, junk, hanzi = "", False, False, 0
    count = _Lines()
    file.seek(0)
    final = False
    while not final:
        piece = file.read(CHUNK)
        final = not piece
        try:
            text = decoder.decode(piece, final)
        except UnicodeDecodeError as error:
            before = error.object[: error.start].decode(codec, "ignore")
            refusal = _undecodable(count.breaks + before.count("\n") + 1)
            refusal.chinese_before = hanzi + len(_HANZI_MARKS.findall(before)) >= 3
            raise refusal from error
        if len(head) < SNIFF:
            head += text[:SNIFF]
            hanzi = len(_HANZI_MARKS.findall(head))
        count.add(text)
        quotes = quotes or '"' in text
        junk = junk or "\0" in text or "\x1a" in text
    return Text(file, codec, encoding, head, count.breaks + bool(count.rest), count.longest, quotes, junk)


@dataclass
class _Lines:
    """Line ends of any kind, counted piece by piece, and how long a line gets without one."""

    breaks: int = 0
    rest: int = 0
    longest: int = 0
    _after_return: bool = False

    def add(self, text: str) -> None:
        if not text:
            return
        self.breaks += text.count("\n") - (self._after_return and text[0] == "\n")
        if "\r" in text:
            self.breaks += text.count("\r") - text.count("\r\n")
        self._after_return = text[-1] == "\r"
        last = max(text.rfind("\n"), text.rfind("\r"))
        self.rest = self.rest + len(text) if last < 0 else len(text) - last - 1
        self.longest = max(self.longest, self.rest)


def _plausible(head: str) -> bool:
    """Chinese text is nearly all common characters; other encodings read as GB18030 give rare ones."""
    foreign = [letter for letter in head if ord(letter) > 127][:2000]
    if len(foreign) < 8:
        return True
    known = sum(bool(_HANZI_MARKS.match(letter)) and _in_gb2312(letter) for letter in foreign)
    return known * 2 >= len(foreign)


def _in_gb2312(letter: str) -> bool:
    try:
        return bool(letter.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def open_text(text: Text) -> RawFile:
    """The records of a CSV. Raises FileRefused (empty_file, corrupt, too_large)."""
    if not text.head.strip(_NOTHING) and not any(line.strip(_NOTHING) for line in text.open()):
        raise FileRefused("文件是空的，没有任何内容。", code="empty_file")
    if text.longest > MAX_LINE:
        raise broken("文件里有一行长得不像表格")
    separator = _separator(text.head)
    count = _checked_records(text, separator) if text.quotes else text.lines
    if count > MAX_ROWS:
        raise too_many_rows()

    def rows() -> Iterator[list[Cell]]:
        return with_errors(csv.reader(text.numbered(), delimiter=separator))

    return RawFile(text.encoding, [RawSheet(None, False, count, (), rows)])


def _separator(head: str) -> str:
    """What the file says, else the mark that cuts the most of the first records into equally many cells."""
    said = _SEPARATOR_LINE.match(head)
    if said:
        return said[1]
    lines = head.splitlines()[:200]
    if len(head) >= SNIFF and len(lines) > 1:
        lines.pop()
    for marks in (",\t;", "|，"):
        agreed, mark = max(((_agreement(lines, mark), mark) for mark in marks), key=lambda pair: pair[0])
        if agreed[0] * 3 >= len([line for line in lines if line.strip()]):
            return mark
    return ","


def _agreement(lines: list[str], mark: str) -> tuple[int, int]:
    """How many records have the usual number of cells (at least two), and how many cells that is."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=mark) if len(row) > 1)
    except csv.Error:
        return 0, 0
    if not widths:
        return 0, 0
    width, times = widths.most_common(1)[0]
    return times, width


def _checked_records(text: Text, separator: str) -> int:
    """Number of records. A quote that was left open swallows the lines after it: refuse, and say where."""
    kept: list[str] = []
    count, width = 0, 0
    try:
        for row in csv.reader(_keeping(chain(text.numbered(), _END), kept), delimiter=separator):
            count += 1
            if count > MAX_ROWS + 1:
                raise too_many_rows()
            if len(kept) > 1 and _swallowed(row, kept, separator, width):
                raise _open_quote(count)
            kept.clear()
            width = max(width, len(row))
    except csv.Error as error:
        raise _open_quote(count + 1) from error
    return count - 1  # the end mark is a record too; swallowed by an open quote it makes a record of several lines


def _keeping(lines: Iterator[str], kept: list[str]) -> Iterator[str]:
    for line in lines:
        kept.append(line)
        yield line


def _swallowed(row: list[str], lines: list[str], separator: str, width: int) -> bool:
    """Is a record of several lines badly quoted, or does a cell hold a line with as many separators as a row has?"""
    try:
        list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error:
        return True
    whole = max(width - 1, 2)
    return any(line.count(separator) >= whole for cell in row for line in cell.splitlines()[1:])


def _open_quote(number: int) -> FileRefused:
    return FileRefused(
        f'第{number}行的引号（"）没有成对，后面的行会被当成一个单元格。请检查这一行的引号，改好后再上传。',
        code="corrupt",
    )
