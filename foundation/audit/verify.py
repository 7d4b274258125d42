"""Verification: recompute every link and daily root, and name the first row that does not fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from foundation.core.canonical import merkle_root, sha256

from .models import DailyRoot, Link
from .sealing import BATCH, GENESIS, unsealed
from .streams import Stream


@dataclass(frozen=True)
class Verdict:
    """``fault`` is None when everything fits; ``row_id`` names the row that it is about, if it is about one."""

    stream: str
    links: int
    unsealed: int
    fault: str | None = None
    row_id: int | None = None


def verify(stream: Stream) -> Verdict:
    """Walk the chain from its beginning; then compare the stored daily roots with what the links give now."""
    checked, head = 0, GENESIS
    for links in _batches(stream):
        rows = stream.rows([link.row_id for link in links])
        for link in links:
            checked += 1
            fault = _fault(link, checked, head, rows.get(link.row_id))
            if fault:
                return Verdict(stream.name, checked, unsealed(stream).count(), fault, link.row_id)
            head = link.hash
    return Verdict(stream.name, checked, unsealed(stream).count(), _root_fault(stream))


def _batches(stream: Stream) -> Iterator[list[Link]]:
    last = 0
    while links := list(Link.objects.filter(stream=stream.name, no__gt=last).order_by("no")[:BATCH]):
        last = links[-1].no
        yield links


def _fault(link: Link, expected_no: int, head: str, row: bytes | None) -> str | None:
    if link.no != expected_no:
        return f"link {expected_no} is missing"
    if row is None:
        return f"row {link.row_id} (link {link.no}) was deleted"
    if sha256(bytes.fromhex(head), row) != link.hash:
        return f"row {link.row_id} (link {link.no}) or the link itself was changed"
    return None


def _root_fault(stream: Stream) -> str | None:
    for root in DailyRoot.objects.filter(stream=stream.name).order_by("day"):
        hashes = list(
            Link.objects.filter(stream=stream.name, no__range=(root.first_no, root.last_no))
            .order_by("no")
            .values_list("hash", flat=True)
        )
        if len(hashes) != root.last_no - root.first_no + 1:
            sealed = root.last_no - root.first_no + 1
            return f"links of {root.day} are missing: {sealed} were sealed, {len(hashes)} are there"
        if merkle_root(hashes) != root.root:
            return f"the root of {root.day} does not fit its links"
    return None
