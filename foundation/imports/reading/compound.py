"""OLE compound files (old Office): the names of their streams, and one stream read with every chain checked."""

from __future__ import annotations

import io
import struct
from array import array
from typing import BinaryIO

from .cells import broken

HEADER = 512
MINI = 64
MINI_CUTOFF = 4096
_LAST = 0xFFFFFFFA  # this number and those above mark ends and free sectors
_NONE = 0xFFFFFFFF
MAX_ENTRIES = 4000


class Compound:
    """Raises FileRefused (corrupt) for anything that is not whole."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = file.seek(0, io.SEEK_END)
        file.seek(0)
        head = file.read(HEADER)
        if len(head) < HEADER:
            raise broken()
        (shift,) = struct.unpack_from("<H", head, 30)
        if shift not in {9, 12}:
            raise broken()
        self._sector = 1 << shift
        directory, self._mini_first = struct.unpack_from("<I", head, 48)[0], struct.unpack_from("<I", head, 60)[0]
        self._fat = self._read_fat(head)
        self._entries = self._read_directory(directory)

    @property
    def names(self) -> set[str]:
        return set(self._entries)

    def stream(self, name: str) -> bytes:
        """The bytes of a stream; a chain that ends early or runs in a circle is corrupt."""
        first, size = self._entries[name]
        if size > self._size:
            raise broken()
        content = self._chain(first, size) if size >= MINI_CUTOFF else self._mini_chain(first, size)
        if len(content) < size:
            raise broken()
        return content[:size]

    def _at(self, sector: int) -> bytes:
        place = (sector + 1) * self._sector
        if place >= self._size:
            raise broken()
        self._file.seek(place)
        return self._file.read(self._sector)

    def _read_fat(self, head: bytes) -> array[int]:
        """The table that tells each sector's successor, itself spread over sectors listed in the header."""
        listed = list(struct.unpack_from("<109I", head, 76))
        further, count = struct.unpack_from("<II", head, 68)
        most = self._size // self._sector + 1
        seen = 0
        while further < _LAST and seen < count:
            seen += 1
            if seen > most:
                raise broken()
            content = self._at(further)
            numbers = struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])
            listed += numbers[:-1]
            further = numbers[-1] if numbers else _NONE
        fat = array("I")
        for sector in listed:
            if sector < _LAST and len(fat) < most + self._sector:
                content = self._at(sector)
                fat.frombytes(content[: len(content) // 4 * 4])
        return fat

    def _chain(self, sector: int, size: int | None = None) -> bytes:
        """The sectors from this one on, as far as ``size`` asks; None is to the chain's end."""
        most = self._size if size is None else size
        content = bytearray()
        seen: set[int] = set()
        while sector < _LAST and len(content) < most:
            if sector >= len(self._fat) or sector in seen:
                raise broken()
            seen.add(sector)
            content += self._at(sector)
            sector = self._fat[sector]
        return bytes(content)

    def _read_directory(self, first: int) -> dict[str, tuple[int, int]]:
        entries: dict[str, tuple[int, int]] = {}
        content = self._chain(first, MAX_ENTRIES * 128)
        for place in range(0, len(content) - 127, 128):
            length, kind = struct.unpack_from("<HB", content, place + 64)
            if kind not in {2, 5} or not 2 <= length <= 64:
                continue
            name = content[place : place + length - 2].decode("utf-16-le", "replace")
            sector, size = struct.unpack_from("<II", content, place + 116)
            entries.setdefault("" if kind == 5 else name, (sector, size))
        if "" not in entries:
            raise broken()
        return entries

    def _mini_chain(self, sector: int, size: int) -> bytes:
        """A small stream lies in 64-byte pieces inside the stream of the root."""
        root = self._chain(*self._entries[""])
        table = array("I")
        chained = self._chain(self._mini_first)
        table.frombytes(chained[: len(chained) // 4 * 4])
        content = bytearray()
        while sector < _LAST and len(content) < size:
            if sector >= len(table):
                raise broken()
            content += root[sector * MINI : (sector + 1) * MINI]
            sector = table[sector]
            if not content:
                raise broken()
        return bytes(content)
