"""Hotline orders and collected posts of a spreadsheet batch become clues, one by one through the one way in: there are
hundreds, not many thousands, and each has its event and its notice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from clues import rules
from clues.advert_queries import digest_of
from clues.enums import Channel, ClueState
from clues.models import Clue
from clues.operations.adverts import AdvertFacts, report_sighting
from clues.operations.clues import take_in_clue
from clues.operations.triage import refuse_clue
from foundation.core.actor import Actor
from foundation.core.operation import authorize, operation
from foundation.imports.enums import Outcome
from foundation.imports.models import Batch, BatchRow
from foundation.imports.places import default_divisions
from foundation.imports.stored import opened, stored_slices
from foundation.imports.target import Target
from foundation.regions.models import Division, Jurisdiction
from institutions.models import Institution

TAKEN_BACK = "导入有误，已撤回。"


@operation
def write_orders(*, batch: Batch, target: Target, by: Actor, at: datetime) -> None:
    """A clue for each new order, under the id reserved for it. Raises NotAllowed outside the actor's area, InvalidInput
    when somebody entered one of the orders meanwhile.
    """
    for rows in stored_slices(batch, Outcome.CREATED):
        authorize(by, rules.can_import_orders, {row.record["jurisdiction"] for row in rows})
        for facts, common in _read(rows, target):
            take_in_clue(
                order_no=facts["order_no"],
                channel=Channel.HOTLINE,
                subject=facts["subject"],
                happened_on=_day(facts.get("received_on")),
                received_on=_day(facts.get("received_on")),
                by=by,
                at=at,
                **common,
            )


@operation
def write_posts(*, batch: Batch, target: Target, by: Actor, at: datetime) -> None:
    """An advertisement clue for each new post, under the id reserved for it; its hash finds it again in other files.

    Raises NotAllowed outside the actor's area.
    """
    for rows in stored_slices(batch, Outcome.CREATED):
        authorize(by, rules.can_import_orders, {row.record["jurisdiction"] for row in rows})
        for facts, common in _read(rows, target):
            report_sighting(
                advert=AdvertFacts(medium=facts["medium"], link=facts.get("link", ""), digest=digest_of(facts)),
                channel=Channel.STAFF,
                happened_on=_day(facts.get("seen_on")),
                by=by,
                at=at,
                **common,
            )


def _read(rows: Sequence[BatchRow], target: Target) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each row's facts, and what every clue is told of them: its id, place, institution or sign, and words."""
    places = {row.record["jurisdiction"] for row in rows}
    bureaus, whole = Jurisdiction.objects.in_bulk(places), default_divisions(places)
    institutions = Institution.objects.in_bulk({row.record.get("institution") for row in rows} - {None})
    for row in rows:
        facts = opened(row.record, target)
        bureau, about = bureaus[facts["jurisdiction"]], institutions.get(facts.get("institution"))
        yield (
            facts,
            {
                "reserved": row.subject_id,
                "jurisdiction": bureau,
                "division": _place(facts.get("division"), about, whole[bureau.pk]),
                "content": facts["content"],
                "institution": about,
                "sign": "" if about else facts.get("name", ""),
                "address": facts.get("address", ""),
            },
        )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _place(division: int | None, about: Institution | None, whole: int) -> Division:
    """The town that the row names, else the institution's, else the whole county."""
    return about.division if division is None and about else Division.objects.get(pk=division or whole)


@operation
def take_back_orders(*, batch: Batch, by: Actor, at: datetime) -> None:
    """What nobody has accepted yet ends as refused, with the import as its reason. Raises NotAllowed."""
    authorize(by, rules.can_import_orders, {batch.jurisdiction_id})
    for rows in stored_slices(batch, Outcome.CREATED, kept=False):
        ours = Clue.objects.filter(pk__in=[row.subject_id for row in rows], state=ClueState.RECEIVED)
        for clue in ours.order_by("pk"):
            refuse_clue(clue=clue, reason=TAKEN_BACK, by=by, at=at)
