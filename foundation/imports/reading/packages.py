"""ZIP packages, opened with care: only the parts that are needed, none larger than its bound, each one whole."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from lxml import etree

from ..faults import FileRefused
from .cells import bomb, broken

MAX_PARTS = 20_000
MAX_RATIO = 200
RATIO_MATTERS_FROM = 20 * 2**20
MAX_PART = 600 * 2**20  # read as a stream
MAX_SMALL_PART = 16 * 2**20  # read as a whole
CHUNK = 2**20

_ENTRY = b"PK\x01\x02"
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Package:
    """The parts of a ZIP by name. Names are compared without case, and ``\\`` is ``/``: some programs write it."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file
        self._parts = {part.filename.replace("\\", "/").lstrip("/").lower(): part for part in file.infolist()}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    @property
    def names(self) -> set[str]:
        return set(self._parts)

    @property
    def locked(self) -> bool:
        return any(part.flag_bits & 1 for part in self._parts.values())

    def refuse_bombs(self) -> None:
        """Raise FileRefused when a part claims to be hundreds of times larger than what is stored of it."""
        if any(_inflated(part) for part in self._parts.values()):
            raise bomb()

    def size(self, name: str) -> int:
        return self._parts[name.lower()].file_size

    def chunks(self, name: str, most: int = MAX_PART) -> Iterator[bytes]:
        """The bytes of a part. Its declared size binds: zipfile stops there and then compares the checksum."""
        part = self._parts.get(name.lower())
        if part is None:
            raise broken()
        if part.file_size > most or _inflated(part):
            raise bomb()
        with damage_refused(), self._file.open(part) as stream:
            while chunk := stream.read(CHUNK):
                yield chunk

    def whole(self, name: str, most: int = MAX_SMALL_PART) -> bytes:
        return b"".join(self.chunks(name, most))

    def xml(self, name: str) -> etree._Element:
        """A small part as a tree; no entities are ever expanded."""
        content = self.whole(name)
        if _DOCTYPE.search(content):
            raise broken("表格文件里有不该有的内容(DTD)，无法读取")
        try:
            return etree.fromstring(content, strict_parser())
        except etree.XMLSyntaxError as error:
            raise broken() from error


def _inflated(part: zipfile.ZipInfo) -> bool:
    return part.file_size > RATIO_MATTERS_FROM and part.file_size > MAX_RATIO * max(part.compress_size, 1)


def strict_parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


@contextmanager
def damage_refused() -> Iterator[None]:
    """What zipfile says of damaged bytes, in words that a clerk understands."""
    try:
        yield
    except FileRefused:
        raise
    except _DAMAGE as error:
        raise broken() from error


def open_package(file: BinaryIO) -> Package:
    """Raises FileRefused (corrupt, too_large) when the bytes are no whole ZIP or list too many parts."""
    file.seek(0)
    entries = 0
    while chunk := file.read(CHUNK):
        entries += chunk.count(_ENTRY)
    if entries > MAX_PARTS:
        raise bomb()
    with damage_refused():
        return Package(zipfile.ZipFile(file))
