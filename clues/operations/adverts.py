"""Advertisements taken in: a sighting is a clue with what was seen of it, how many, and what the rules mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from clues import events, rules
from clues.advert_queries import judged
from clues.enums import AdUnit, Subject
from clues.models import AdvertRule, Clue, Sighting
from clues.operations.clues import take_in_clue
from clues.wording import check_expression
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, InvalidInput
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.photos.operations import Sent
from foundation.regions.models import Division, Jurisdiction
from institutions.models import Institution, UnlicensedSite


@dataclass(frozen=True, kw_only=True)
class AdvertFacts:
    """What was seen: ``at_least`` says that there are more of it. ``claims`` are those that the reporter names."""

    medium: str
    unit: str = AdUnit.PLACE
    quantity: int = 1
    at_least: bool = False
    carrier: str = ""
    nearness: str = ""
    claims: Sequence[str] = ()
    link: str = ""
    digest: str = ""


@operation
def report_sighting(
    *,
    advert: AdvertFacts,
    jurisdiction: Jurisdiction,
    division: Division,
    channel: str,
    by: Actor,
    at: datetime,
    content: str = "",
    happened_on: date | None = None,
    institution: Institution | None = None,
    unlicensed_site: UnlicensedSite | None = None,
    address: str = "",
    sign: str = "",
    reserved: int | None = None,
    client_id: UUID | None = None,
    photos: Sequence[Sent] = (),
) -> Sighting:
    """Take in an advertisement as a clue; the rules of today mark its text. Sent again, it is the same one.

    Raises as ``take_in_clue`` does, and InvalidInput (a quantity that cannot be).
    """
    authorize(by, rules.can_report)
    clue = take_in_clue(
        jurisdiction=jurisdiction,
        division=division,
        subject=Subject.ADVERT,
        channel=channel,
        content=content,
        happened_on=happened_on,
        institution=institution,
        unlicensed_site=unlicensed_site,
        address=address,
        sign=sign,
        reserved=reserved,
        client_id=client_id,
        photos=photos,
        by=by,
        at=at,
    )
    if sent := Sighting.objects.filter(clue=clue).first():
        return sent
    return _seen(clue, advert, by=by, at=at)


@operation
def report_posts(
    *,
    posts: Sequence[str],
    medium: str,
    jurisdiction: Jurisdiction,
    division: Division,
    channel: str,
    happened_on: date,
    by: Actor,
    at: datetime,
    institution: Institution | None = None,
) -> list[Sighting]:
    """Take in several pasted posts of one medium and place, all or none: each is one advertisement seen once.

    Raises as ``report_sighting`` does.
    """
    authorize(by, rules.can_take_in)
    return [
        report_sighting(
            advert=AdvertFacts(medium=medium),
            jurisdiction=jurisdiction,
            division=division,
            channel=channel,
            content=text,
            happened_on=happened_on,
            institution=institution,
            by=by,
            at=at,
        )
        for text in posts
    ]


@operation
def describe_advert(*, clue: Clue, advert: AdvertFacts, by: Actor, at: datetime) -> Sighting:
    """Say of a clue about an advertisement what there is of it, so that it counts.

    Raises NotAllowed, InvalidInput (another subject), Conflict (described already).
    """
    row = lock(Clue, clue.pk)
    authorize(by, rules.can_handle, row)
    if row.subject != Subject.ADVERT:
        raise InvalidInput("只有“违规广告”类线索登记广告情况。", code="subject")
    if Sighting.objects.filter(clue=row).exists():
        raise Conflict("这条线索已登记广告情况。")
    return _seen(row, advert, by=by, at=at)


def _seen(clue: Clue, advert: AdvertFacts, *, by: Actor, at: datetime) -> Sighting:
    told = judged(clue.content, medium=advert.medium, on=local_date(at))
    row = insert(
        Sighting(
            clue=clue,
            medium=advert.medium,
            carrier=advert.carrier or told.carrier,
            nearness=advert.nearness,
            unit=advert.unit,
            quantity=advert.quantity,
            at_least=advert.at_least,
            claims=sorted({*advert.claims, *told.claims}),
            link=advert.link.strip(),
            digest=advert.digest,
            marks=[
                [mark.start, mark.end, mark.rule.code, f"{mark.rule.law}{mark.rule.clause}", mark.rule.reason]
                for mark in told.marks
            ],
        )
    )
    changes = {"medium": [None, row.medium], "quantity": [None, row.amount], "carrier": [None, row.carrier]}
    record(events.ADVERT_SEEN, subject=clue, by=by, at=at, changes=changes)
    return row


@dataclass(frozen=True, kw_only=True)
class RuleFacts:
    """The wording of a rule, as ``AdvertRule`` holds it."""

    code: str
    kind: str
    name: str
    words: Sequence[str] = ()
    unless: Sequence[str] = ()
    needs: Sequence[str] = ()
    media: Sequence[str] = ()
    carrier: str = ""
    claim: str = ""
    law: str = ""
    clause: str = ""
    reason: str = ""


@operation
def set_ad_rule(*, facts: RuleFacts, valid_from: date, by: Actor, at: datetime) -> AdvertRule:
    """Add a rule, or give the one of this code another wording from a day on; what held ends the day before.

    What was marked earlier stays as it was marked. Raises NotAllowed, InvalidInput (an expression that cannot be read,
    no reason or law, a day not after the present wording's first).
    """
    authorize(by, rules.can_set_ad_rules)
    for text in (*facts.words, *facts.unless):
        check_expression(text)
    held = AdvertRule.objects.select_for_update(of=("self",)).filter(code=facts.code, valid_to__isnull=True).first()
    if held is not None:
        _end(held, valid_from)
    row = insert(
        AdvertRule(
            code=facts.code.strip().upper(),
            kind=facts.kind,
            name=facts.name.strip(),
            words=list(facts.words),
            unless=list(facts.unless),
            needs=list(facts.needs),
            media=list(facts.media),
            carrier=facts.carrier,
            claim=facts.claim,
            law=facts.law.strip(),
            clause=facts.clause.strip(),
            reason=facts.reason.strip(),
            valid_from=valid_from,
        )
    )
    changes = {"words": [list(held.words) if held else None, row.words], "valid_from": [None, valid_from]}
    record(events.AD_RULE_SET, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def end_ad_rule(*, rule: AdvertRule, ends_on: date, by: Actor, at: datetime) -> AdvertRule:
    """No longer judge by a rule after a day. Raises NotAllowed, Conflict (ended already), InvalidInput (too early)."""
    row = lock(AdvertRule, rule.pk)
    authorize(by, rules.can_set_ad_rules)
    if row.valid_to is not None:
        raise Conflict("这条规则已经停用。")
    row.valid_to = ends_on
    changes = update(row, "valid_to")
    record(events.AD_RULE_ENDED, subject=row, by=by, at=at, changes=changes)
    return row


def _end(held: AdvertRule, before: date) -> None:
    if before <= held.valid_from:
        message = f"现行规则自{held.valid_from}起施行，新的须晚于这一天。"
        raise InvalidInput(message, code="date", fields={"valid_from": [message]})
    held.valid_to = before - timedelta(days=1)
    update(held, "valid_to")
