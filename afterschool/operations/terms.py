"""学期, the blocks of 2+N, and what schools offer of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from afterschool import events, queries, rules
from afterschool.enums import Carrier
from afterschool.models import Block, Offering, Provider, Term
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import invalid, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.regions.models import Jurisdiction, School


@operation
def register_term(*, year: int, season: str, starts_on: date, ends_on: date, by: Actor, at: datetime) -> Term:
    """Add a term, for everybody. Raises NotAllowed, InvalidInput (there already, days of another term)."""
    authorize(by, rules.can_keep_terms)
    term = insert(Term(year=year, season=season, starts_on=starts_on, ends_on=ends_on, recorded_at=at))
    changes = {"starts_on": [None, starts_on], "ends_on": [None, ends_on]}
    record(events.TERM_REGISTERED, subject=term, by=by, at=at, changes=changes)
    return term


@operation
def add_block(*, jurisdiction: Jurisdiction, kind: str, name: str, by: Actor, at: datetime) -> Block:
    """Name a basic service or an elective of a bureau. Raises NotAllowed, InvalidInput (no name, one of this name)."""
    authorize(by, rules.can_keep_in, jurisdiction)
    need_words(name, "name", "请填写服务内容的名称。")
    block = insert(Block(jurisdiction=jurisdiction, kind=kind, name=name.strip()))
    record(events.BLOCK_ADDED, subject=block, by=by, at=at, changes={"name": [None, block.name], "kind": [None, kind]})
    return block


@operation
def rename_block(*, block: Block, name: str, by: Actor, at: datetime) -> Block:
    """Give a block another name; what schools offer of it stays. Raises NotAllowed, InvalidInput."""
    block = lock(Block, block.pk)
    authorize(by, rules.can_change_block, block)
    need_words(name, "name", "请填写服务内容的名称。")
    block.name = name.strip()
    if changes := update(block, "name"):
        record(events.BLOCK_RENAMED, subject=block, by=by, at=at, changes=changes)
    return block


@operation
def close_block(*, block: Block, reason: str, by: Actor, at: datetime) -> Block:
    """From today no school offers it anew. Raises NotAllowed, InvalidInput (no reason)."""
    block = lock(Block, block.pk)
    authorize(by, rules.can_change_block, block)
    need_words(reason, "reason", "请填写停用理由。")
    block.closed_on = local_date(at)
    changes = update(block, "closed_on")
    record(events.BLOCK_CLOSED, subject=block, by=by, at=at, changes=changes, reason=reason)
    return block


@dataclass(frozen=True)
class Offered:
    """What a school offers: so many lessons (课时) at so much each (分), given by itself or by a provider."""

    lessons: int
    fee_fen: int = 0
    title: str = ""
    carrier: str = Carrier.SCHOOL
    provider: Provider | None = None


@operation
def record_offering(*, school: School, term: Term, block: Block, offered: Offered, by: Actor, at: datetime) -> Offering:
    """Record a block that a school offers in a term. Block and provider are held, so that neither ends meanwhile.

    Raises NotAllowed, InvalidInput (another bureau's block, a closed one, a provider not selected for the term).
    """
    school = lock(School, school.pk)
    authorize(by, rules.can_enter_for, school)
    block = lock(Block, block.pk)
    if block.jurisdiction_id != school.jurisdiction_id or block.closed_on is not None:
        raise invalid("block", "请选择本县(市、区)在用的服务内容。")
    chosen = offered.provider and lock(Provider, offered.provider.pk)
    if chosen is not None and not queries.providers_for(school, term).filter(pk=chosen.pk).exists():
        raise invalid("provider", f"“{chosen}”在{term}没有有效的入选记录，不能承担课后服务。")
    row = Offering(school=school, term=term, block=block, recorded_at=at, recorded_by_id=by.user_id)
    row.title, row.carrier, row.provider = offered.title.strip(), offered.carrier, chosen
    row.lessons, row.fee_fen = offered.lessons, offered.fee_fen
    insert(row)
    told = {"block": block.name, "title": row.title, "lessons": row.lessons, "fee_fen": row.fee_fen}
    told["provider"] = chosen.name if chosen else None
    changes = {name: [None, value] for name, value in told.items()}
    record(events.OFFERING_RECORDED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def void_offering(*, offering: Offering, reason: str, by: Actor, at: datetime) -> Offering:
    """Take an offering out of every list; it stays to be read. Raises NotAllowed, InvalidInput (no reason)."""
    row = lock(Offering, offering.pk)
    authorize(by, rules.can_void_offering, row)
    need_words(reason, "reason", "请填写作废理由。")
    row.voided_at, row.void_reason = at, reason.strip()
    changes = update(row, "voided_at", "void_reason")
    record(events.OFFERING_VOIDED, subject=row, by=by, at=at, changes=changes, reason=reason)
    return row
