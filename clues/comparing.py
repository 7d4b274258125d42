"""Which clues may speak of the same thing: shown to a person, who merges them or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from foundation.core.actor import Actor
from foundation.core.clock import local_date
from institutions.models import Institution

from .enums import OWN_PEOPLE, ClueState
from .likeness import alike
from .models import Clue

NEAR = timedelta(days=60)
MOST = 200  # compared with one clue
SAME_PLACE, SAME_TEXT = 0.6, 0.35
#: So many tips about one institution within so many days are told to those who handle clues: to look at, no more.
MANY, MANY_DAYS = 5, 30


@dataclass(frozen=True)
class Alike:
    """Another clue and why it may be about the same."""

    clue: Clue
    why: str


def possible_repeats(actor: Actor, clue: Clue) -> list[Alike]:
    """Clues of the actor's area received within 60 days of this one, about the same thing as far as one can tell."""
    rows = Clue.objects.visible_to(actor).exclude(pk=clue.pk).exclude(state__in=[ClueState.MERGED, ClueState.REFUSED])
    rows = rows.filter(
        jurisdiction=clue.jurisdiction_id,
        recused=clue.recused_id,
        received_at__range=(clue.received_at - NEAR, clue.received_at + NEAR),
    )
    found = rows.select_related("institution", "unlicensed_site").order_by("-received_at", "-pk")[:MOST]
    return [Alike(other, why) for other in found if (why := _why(clue, other))]


def _why(clue: Clue, other: Clue) -> str:
    reasons = []
    if clue.institution_id and clue.institution_id == other.institution_id:
        reasons.append("同一机构")
    if clue.unlicensed_site_id and clue.unlicensed_site_id == other.unlicensed_site_id:
        reasons.append("同一无证场所")
    apart = clue.institution_id and other.institution_id and clue.institution_id != other.institution_id
    if not reasons and not apart and alike(_place(clue), _place(other)) >= SAME_PLACE:
        reasons.append("地址或招牌相近")
    if alike(clue.content, other.content) >= SAME_TEXT:
        reasons.append("内容相近")
    return "、".join(reasons)


def _place(clue: Clue) -> str:
    return f"{clue.sign}{clue.address}"


def tips_about(institution: Institution, *, at: datetime) -> int:
    """How many clues from outside came about an institution within 30 days; refused ones do not count."""
    since = local_date(at) - timedelta(days=MANY_DAYS)
    rows = Clue.objects.filter(institution=institution, received_at__date__gte=since)
    return rows.exclude(channel__in=OWN_PEOPLE).exclude(state=ClueState.REFUSED).count()
