"""Personal fields at rest: AES-256-GCM, bound to their column, with a keyed hash for exact search.

A value is stored as ``v1$aes256gcm$<key id>$<nonce>$<ciphertext>``. The column name is authenticated with it, so a
ciphertext moved to another column does not open. Keys come from the environment, never from the database.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

SUITE = "aes256gcm"
_EACH = re.compile(r"[^、/;；,，]+")  # of several numbers in one field


class Unreadable(Exception):
    """A stored value cannot be opened: wrong key, moved or damaged."""


def _key(purpose: str) -> bytes:
    return hmac.digest(bytes.fromhex(settings.FIELD_KEY), purpose.encode(), "sha256")


def file_key(salt: bytes) -> bytes:
    """A key of its own for each sealed file (``sealed_files.py``)."""
    return hmac.digest(_key("file"), salt, "sha256")


@lru_cache(maxsize=4)
def _suite(field_key: str) -> tuple[AESGCM, str]:
    """The cipher of a master key and the key's id; deriving them anew for each value costs more than the cipher."""
    return AESGCM(_key(SUITE)), hashlib.sha256(_key("id")).hexdigest()[:8]


def key_id() -> str:
    """Eight characters that tell which master key sealed something, and nothing about the key."""
    return _suite(settings.FIELD_KEY)[1]


def seal(text: str, *, column: str) -> str:
    cipher, key_id = _suite(settings.FIELD_KEY)
    nonce = os.urandom(12)
    sealed = cipher.encrypt(nonce, text.encode(), column.encode())
    return "$".join(("v1", SUITE, key_id, urlsafe_b64encode(nonce).decode(), urlsafe_b64encode(sealed).decode()))


def new_key(*, row: str) -> str:
    """A key of its own for one row, itself sealed: whoever destroys it makes unreadable what was sealed under it."""
    return seal(urlsafe_b64encode(os.urandom(32)).decode(), column=f"{row}.key")


def seal_under(wrapped: str, text: str, *, row: str, field: str) -> str:
    """Seal one field of a row under the row's own key; moved to another field or row, it does not open."""
    nonce = os.urandom(12)
    sealed = _own(wrapped, row).encrypt(nonce, text.encode(), f"{row}.{field}".encode())
    return "$".join(("own1", urlsafe_b64encode(nonce).decode(), urlsafe_b64encode(sealed).decode()))


def open_under(wrapped: str, stored: str, *, row: str, field: str) -> str:
    """The plain text; raises Unreadable, above all when the key was destroyed."""
    where = f"{row}.{field}"
    try:
        version, nonce, sealed = stored.split("$")
        if version != "own1":
            raise Unreadable(f"{where}: not sealed under a key of its own")
        opened = _own(wrapped, row).decrypt(urlsafe_b64decode(nonce), urlsafe_b64decode(sealed), where.encode())
    except (ValueError, InvalidTag) as error:
        raise Unreadable(f"{where}: not readable") from error
    return opened.decode()


def _own(wrapped: str, row: str) -> AESGCM:
    return AESGCM(urlsafe_b64decode(open_sealed(wrapped, column=f"{row}.key")))


def is_sealed(text: str) -> bool:
    """Whether a stored text is a sealed value."""
    return text.startswith(f"v1${SUITE}$")


def open_sealed(stored: str, *, column: str) -> str:
    """The plain text; raises Unreadable."""
    cipher, own_id = _suite(settings.FIELD_KEY)
    try:
        version, suite, key_id, nonce, sealed = stored.split("$")
        if (version, suite, key_id) != ("v1", SUITE, own_id):
            raise Unreadable(f"{column}: sealed by another key or suite ({version}, {suite}, {key_id})")
        opened = cipher.decrypt(urlsafe_b64decode(nonce), urlsafe_b64decode(sealed), column.encode())
    except (ValueError, InvalidTag) as error:
        raise Unreadable(f"{column}: not readable") from error
    return opened.decode()


def blind(text: str, *, column: str) -> str:
    """A keyed hash of a value for exact search and uniqueness, useless without the key."""
    return hmac.new(_key(f"blind:{column}"), text.encode(), hashlib.sha256).hexdigest()


class SealedTextField(models.TextField):
    """Text that is encrypted in the database and plain in Python; it cannot be searched, see ``blind``."""

    def _column(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return value if value in (None, "") else seal(value, column=self._column())

    def from_db_value(self, value, expression, connection):
        return value if value in (None, "") else open_sealed(value, column=self._column())


def masked(text: str, *, head: int = 3, tail: int = 4) -> str:
    """``138****1234``: enough to recognise, not enough to use; short values show nothing but stars.

    Each of several numbers by itself, so that it is seen how many there are.
    """
    return _EACH.sub(lambda found: _masked(found[0], head, tail), text)


def _masked(text: str, head: int, tail: int) -> str:
    return f"{text[:head]}****{text[len(text) - tail :]}" if len(text) > head + tail else "*" * len(text)
