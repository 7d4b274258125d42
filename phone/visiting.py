"""What the form of visits has to know: who I am, what I am asked, where I may go, what became of my visits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from foundation.accounts.enums import Can
from foundation.accounts.models import Post
from foundation.core.actor import Actor
from foundation.notifications.recipients import holders
from foundation.regions.reference import initials
from inspections.enums import ENFORCEMENT, OFFICERS_NEEDED, Audience, FindingState, Outcome, VisitKind
from inspections.models import ChecklistVersion, Finding
from inspections.queries import visits
from inspections.queries.campaigns import running
from inspections.queries.checklists import versions_for
from inspections.rules.visits import kinds_filed_by
from institutions.enums import UnlicensedState
from institutions.models import Institution, UnlicensedSite
from institutions.public_ids import ALPHABET
from institutions.search import matching
from supervisors.duties import done_in, requirement_for
from supervisors.filing import why_not_yet
from supervisors.months import Month
from supervisors.queries import supervisor_of

#: So many places fit on a phone; a post with more of them searches, and the phone keeps what it has seen.
MOST_PLACES = 500
FOUND = 50
MINE = 10
COLLEAGUES, CAMPAIGNS = 200, 30
PUBLIC_ID = re.compile(f"[{ALPHABET.decode()}]{{12}}")


def month_of(actor: Actor, *, on: date) -> dict[str, object] | None:
    """How many of the month's visits a supervisor has made; None for whoever has no appointment and so no duty."""
    supervisor = supervisor_of(actor)
    if supervisor is None:
        return None
    month = Month.of(on)
    owed = requirement_for(supervisor, month)
    done = done_in(supervisor, month)
    return {"label": month.key, "done": done, "target": owed.target, "minimum": owed.minimum}


def not_yet(actor: Actor, *, on: date) -> str:
    """Why a supervisor may not go out on a day, said before the form is filled; "" for all others."""
    return why_not_yet(actor, on) if actor.can(Can.SUPERVISE) else ""


def kinds_of(actor: Actor, versions: list[ChecklistVersion]) -> list[dict[str, object]]:
    """The kinds of visits that the post files, each with the checklist that it asks by and how many have to go."""
    filed = kinds_filed_by(actor)
    found = []
    for kind in VisitKind:
        if kind in filed and (version := _asked_by(kind, versions)):
            needed = OFFICERS_NEEDED if kind in ENFORCEMENT else 0
            facts = {"covert": kind == VisitKind.COVERT, "officers": needed, "checklist": version.pk}
            found.append({"value": kind.value, "label": kind.label, **facts})
    return found


def _asked_by(kind: VisitKind, versions: list[ChecklistVersion]) -> ChecklistVersion | None:
    """The list of the nearest bureau for whoever files this kind; officers without one of their own use the other."""
    supervisors = [version for version in versions if version.checklist.audience == Audience.SUPERVISORS]
    officers = [version for version in versions if version.checklist.audience == Audience.OFFICERS]
    suitable = supervisors if kind == VisitKind.SUPERVISOR else officers or supervisors
    return suitable[-1] if suitable else None


def versions_of(actor: Actor) -> list[ChecklistVersion]:
    """The checklists in use that the post may be asked by, those of the nearest bureau last."""
    rows = versions_for(actor).prefetch_related("sections", "items__section")
    if actor.can(Can.SUPERVISE):
        rows = rows.filter(checklist__audience=Audience.SUPERVISORS)
    return list(rows)


def as_checklist(version: ChecklistVersion) -> dict[str, object]:
    """A version with its sections and items in their order."""
    items = sorted(version.items.all(), key=lambda item: item.code)
    sections = sorted(version.sections.all(), key=lambda section: section.code)
    shown = ("code", "text", "severity", "photo", "basis", "officer_only")
    return {
        "id": version.pk,
        "name": version.checklist.name,
        "number": version.number,
        "audience": version.checklist.audience,
        "sections": [
            {
                "code": section.code,
                "title": section.title,
                "items": [
                    {name: getattr(item, name) for name in shown} for item in items if item.section_id == section.pk
                ],
            }
            for section in sections
        ],
    }


def campaigns_of(actor: Actor) -> list[dict[str, object]]:
    """Running campaigns that an officer's visit may count in."""
    if not actor.can(Can.FILE_VISIT):
        return []
    return [{"id": campaign.pk, "name": campaign.name} for campaign in running(actor)[:CAMPAIGNS]]


def outcomes() -> list[dict[str, str]]:
    """What a visit may have come to."""
    return [{"value": value, "label": label} for value, label in Outcome.choices]


def colleagues_of(actor: Actor, *, on: date) -> list[dict[str, object]]:
    """Who may go along: the posts of the own bureau's area that file visits as officers, other people's."""
    if not actor.can(Can.FILE_VISIT):
        return []
    posts = colleague_posts(actor, on=on).select_related("user", "organ").order_by("organ__name", "user__name", "pk")
    return [{"post": post.pk, "name": post.user.name, "organ": post.organ.name} for post in posts[:COLLEAGUES]]


def colleague_posts(actor: Actor, *, on: date) -> QuerySet[Post]:
    """Posts in force that file visits as officers, in the jurisdiction of the actor's organ; not the actor's own."""
    own = Post.objects.filter(pk=actor.post_id).values("organ__jurisdiction")
    return holders(Can.FILE_VISIT, on=on).filter(organ__jurisdiction__in=own).exclude(user=actor.user_id)


def mine(actor: Actor) -> list[dict[str, object]]:
    """The actor's last visits, and what became of what was found."""
    rows = list(visits.filed_by(actor).filter(voided_at__isnull=True)[:MINE])
    found: dict[int, Counter[str]] = {}
    for visit_id, state in Finding.objects.filter(visit__in=rows).order_by().values_list("visit", "state"):
        found.setdefault(visit_id, Counter())[state] += 1
    return [
        {
            "number": visit.number,
            "subject": visit.subject_name,
            "visited_on": visit.visited_on.isoformat(),
            "findings": _in_words(found.get(visit.pk, Counter())),
        }
        for visit in rows
    ]


def _in_words(states: Counter[str]) -> str:
    return "，".join(f"{state.label}{states[state]}项" for state in FindingState if states[state])


# -- where one may go ------------------------------------------------------------------------------------------------
def places_for(actor: Actor, words: str) -> tuple[list[dict[str, object]], bool]:
    """Institutions and open unlicensed sites of the actor's area, and whether these are all there are.

    Without words all of them when they fit on a phone, else the first; with words those whose name, address, number,
    code or pinyin initials contain them, or the one whose public id it is (the code on its door).
    """
    institutions, sites = _institutions(actor, words), _sites(actor, words)
    most = FOUND if words else MOST_PLACES
    found = [*map(as_institution, institutions[: most + 1]), *map(as_site, sites[: most + 1])]
    whole = not words and len(found) <= MOST_PLACES
    return found if whole else found[:FOUND], whole


def _institutions(actor: Actor, words: str) -> QuerySet[Institution]:
    rows = Institution.objects.visible_to(actor)
    if PUBLIC_ID.fullmatch(words):
        rows = rows.filter(public_id=words)
    elif words:
        rows = matching(rows, words)
    return rows.select_related("division").order_by("name", "pk")


def _sites(actor: Actor, words: str) -> Iterable[UnlicensedSite]:
    rows = UnlicensedSite.objects.visible_to(actor).filter(state=UnlicensedState.OPEN)
    if words:
        rows = rows.filter(Q(sign__icontains=words) | Q(address__icontains=words) | Q(number__iexact=words))
    return rows.select_related("division").order_by("-found_on", "-pk")


def as_institution(row: Institution) -> dict[str, object]:
    """An institution as the form picks it: nothing of persons, money or pupils."""
    return {
        "kind": "institution",
        "id": row.pk,
        "name": row.name,
        "trade_name": row.trade_name,
        "address": row.address,
        "town": row.division.name,
        "category": row.get_category_display(),
        "public_id": row.public_id,
        "initials": initials(row.name),
    }


def as_site(row: UnlicensedSite) -> dict[str, object]:
    """An unlicensed site as the form picks it."""
    name = row.sign or row.address
    return {
        "kind": "unlicensed",
        "id": row.pk,
        "name": name,
        "trade_name": row.number,
        "address": row.address,
        "town": row.division.name,
        "category": row.get_category_display(),
        "public_id": "",
        "initials": initials(name),
    }
