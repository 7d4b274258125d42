"""Files at rest that only the portal can read: AES-256-GCM in parts, each file with a key of its own.

A file is ``SJF1``, the id of the master key, a random salt, then parts of up to 256 KiB, each followed by its tag. The
part's number and whether it is the last are its nonce, the file's path is authenticated with it: parts that are
swapped, cut off or added, and a file under another name, do not open. Keys are as in ``ciphers.py``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .ciphers import Unreadable, file_key, key_id

MAGIC = b"SJF1"
PART = 256 * 1024
TAG = 16
_ID, _SALT = 8, 32
_HEAD = len(MAGIC) + _ID + _SALT


def sealed_pieces(data: bytes, *, path: str) -> Iterator[bytes]:
    """The sealed form of a file that will lie at ``path``, piece by piece."""
    salt = os.urandom(_SALT)
    yield MAGIC + key_id().encode() + salt
    cipher, view = AESGCM(file_key(salt)), memoryview(data)
    count = _parts(len(data))
    for number in range(count):
        part = view[number * PART : (number + 1) * PART]
        yield cipher.encrypt(_nonce(number, last=number == count - 1), part, path.encode())


def opened(sealed: bytes, *, path: str) -> bytes:
    """The plain bytes of a sealed file that lies at ``path``; raises Unreadable."""
    if sealed[: len(MAGIC)] != MAGIC or len(sealed) < _HEAD + TAG:
        raise Unreadable(f"{path}: not a sealed file")
    if sealed[len(MAGIC) : len(MAGIC) + _ID] != key_id().encode():
        raise Unreadable(f"{path}: sealed by another key")
    cipher = AESGCM(file_key(sealed[_HEAD - _SALT : _HEAD]))
    body = memoryview(sealed)[_HEAD:]
    count = -(-len(body) // (PART + TAG))
    try:
        return b"".join(
            cipher.decrypt(_nonce(number, last=number == count - 1), part, path.encode())
            for number in range(count)
            for part in [body[number * (PART + TAG) : (number + 1) * (PART + TAG)]]
        )
    except InvalidTag as error:
        raise Unreadable(f"{path}: damaged, or not the file that was sealed here") from error


def _parts(size: int) -> int:
    return max(-(-size // PART), 1)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
