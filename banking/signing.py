"""How a bank signs what it announces: HMAC-SHA256 over time, nonce, event and the raw body. Pure.

The key's own number and the four headers are signed with the body, so that no byte of a request can be exchanged.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

KEY, TIME, NONCE, EVENT, SIGNATURE = HEADERS = (
    "X-Bank-Key",
    "X-Bank-Timestamp",
    "X-Bank-Nonce",
    "X-Bank-Event",
    "X-Bank-Signature",
)
#: Bank and portal may disagree by so much about what time it is.
CLOCK_MAY_DIFFER = timedelta(minutes=5)
LONGEST = 64


@dataclass(frozen=True)
class Signed:
    """A request as it came. ``key`` is the number of the key, never the key."""

    key: str
    time: str
    nonce: str
    event: str
    signature: str
    body: bytes

    @property
    def is_whole(self) -> bool:
        """All headers are there, short and printable."""
        texts = (self.key, self.time, self.nonce, self.event)
        return all(0 < len(text) <= LONGEST and text.isascii() and text.isprintable() for text in texts)

    @property
    def said(self) -> bytes:
        """What is signed."""
        return "\n".join((self.key, self.time, self.nonce, self.event, "")).encode() + self.body

    @property
    def body_sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()

    def signed_at(self) -> datetime | None:
        """The bank's clock: whole seconds since 1970, written plainly; nothing when it is anything else."""
        if not (self.time.isascii() and self.time.isdecimal() and len(self.time) <= 11):
            return None
        return datetime.fromtimestamp(int(self.time), tz=UTC)

    def is_by(self, secret: str) -> bool:
        return hmac.compare_digest(signature(secret, self.said).encode(), self.signature.encode())


def signature(secret: str, said: bytes) -> str:
    """Hexadecimal, in small letters."""
    return hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()


def headers(secret: str, *, key: str, at: datetime, nonce: str, event: str, body: bytes) -> dict[str, str]:
    """What a bank sends beside the body."""
    one = Signed(key, str(int(at.timestamp())), nonce, event, "", body)
    return dict(zip(HEADERS, (key, one.time, nonce, event, signature(secret, one.said)), strict=True))


def read(sent: Mapping[str, str], body: bytes) -> Signed:
    return Signed(*(sent.get(name, "") for name in HEADERS), body=body)
