"""What a look at a page or a row brings: values, before anything is stored."""

from __future__ import annotations

from dataclasses import dataclass

from foundation.core.canonical import sha256
from publicity.enums import FindingKind


@dataclass(frozen=True)
class Owner:
    """The row that a problem belongs to, so that the right editors are told and can open it; empty: the site itself."""

    institution_id: int | None = None
    organ_id: int | None = None
    jurisdiction_id: int | None = None


SITE = Owner()


@dataclass(frozen=True)
class Found:
    """One problem seen once. ``same`` makes it the same problem wherever and whenever it is seen again.

    ``excerpt`` must not repeat what was found: words are masked, numbers are cut.
    """

    kind: FindingKind
    same: tuple[object, ...]
    place: str
    excerpt: str
    field: str = ""
    owner: Owner = SITE

    @property
    def key(self) -> str:
        return sha256(str(self.kind).encode(), *(str(part).encode() for part in self.same))
