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
    roots = DailyRoot.objects.filter(stream=stream.name).order_by("day")
    return next((fault for root in roots if (fault := _unfit(root, _hashes(root)))), None)


def _hashes(root: DailyRoot) -> list[str]:
    links = Link.objects.filter(stream=root.stream, no__range=(root.first_no, root.last_no))
    return list(links.order_by("no").values_list("hash", flat=True))


def _unfit(root: DailyRoot, hashes: list[str]) -> str | None:
    sealed = root.last_no - root.first_no + 1
    if len(hashes) != sealed:
        return f"links of {root.day} are missing: {sealed} were sealed, {len(hashes)} are there"
    return None if merkle_root(hashes) == root.root else f"the root of {root.day} does not fit its links"


def verify_day(stream: Stream, root: DailyRoot) -> Verdict:
    """The links under one day's root against their rows, against the link before them and against the root itself."""
    before = Link.objects.filter(stream=stream.name, no=root.first_no - 1).values_list("hash", flat=True).first()
    head, checked = before or GENESIS, 0
    for first in range(root.first_no, root.last_no + 1, BATCH):
        last = min(first + BATCH - 1, root.last_no)
        links = list(Link.objects.filter(stream=stream.name, no__range=(first, last)).order_by("no"))
        rows = stream.rows([link.row_id for link in links])
        for link in links:
            fault = _fault(link, root.first_no + checked, head, rows.get(link.row_id))
            checked += 1
            if fault:
                return Verdict(stream.name, checked, 0, fault, link.row_id)
            head = link.hash
    return Verdict(stream.name, checked, 0, _unfit(root, _hashes(root)))
