"""What the public may read of decisions: those on show, those taken back, and every person's name masked.

Whether a decision is shown depends on its days alone, asked anew for each answer: no job has to take anything down.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery

from foundation.core.personal import masked_person
from institutions.changes import note_turns_of
from institutions.models import Institution

from .enums import DECISIONS, Stage
from .models import Case, CasePaper, Penalty, Publication

#: How long the pages say which decisions were taken back, and why.
TOLD_FOR = timedelta(days=365)

note_turns_of(
    "SELECT c.institution_id, p.until + 1 FROM cases_publication p JOIN cases_case c ON c.id = p.case_id"
    " WHERE c.institution_id IS NOT NULL AND p.withdrawn_on IS NULL"
)


def all_publications() -> QuerySet[Publication]:
    """All that were ever published, with what the public may learn beside their words; the newest first.

    ``number``: of the decision, as its newest paper has it.
    """
    paper = CasePaper.objects.filter(case=OuterRef("case"), kind__in=DECISIONS, turn=OuterRef("case__turn"))
    return (
        Publication.objects.annotate(number=Subquery(paper.order_by("-pk").values("document__number")[:1]))
        .select_related("case__organ", "case__institution", "case__violation")
        .prefetch_related(Prefetch("case__penalties", queryset=standing_penalties(), to_attr="standing"))
        .order_by("-published_on", "-pk")
    )


def standing_penalties() -> QuerySet[Penalty]:
    """What decisions impose, of any case."""
    return Penalty.objects.filter(stage=Stage.DECIDED, dropped=False, turn=F("case__turn")).order_by("pk")


def on_show(*, on: date) -> QuerySet[Publication]:
    """Decisions that the public may read on this day: neither over nor taken back."""
    return all_publications().filter(withdrawn_on__isnull=True, published_on__lte=on, until__gte=on)


def taken_back(*, on: date) -> QuerySet[Publication]:
    """Decisions that were taken back in the last year: the public is told why, not what they said (行政处罚法 §48)."""
    return all_publications().filter(withdrawn_on__range=(on - TOLD_FOR, on)).order_by("-withdrawn_on", "-pk")


def shown_institution(publication: Publication) -> Institution | None:
    """The institution that the decision is about, while the public may look it up."""
    party = publication.case.institution
    return party if party and party.merged_into_id is None and party.withdrawn_at is None else None


# -- names ---------------------------------------------------------------------------------------------------------
def is_person(case: Case) -> bool:
    """Whether the party is a natural person: neither known to the register nor with a credit code."""
    return case.party is None and len(case.party_code) < 18


def persons_of(case: Case) -> list[str]:
    """Full names that no public word may hold: the party, where it is a person, and who is in charge.

    A name that the institution itself bears is as public as its name board.
    """
    names = [case.party_name] if is_person(case) else []
    names += [case.person_in_charge] if case.person_in_charge not in case.party_name or case.unlicensed_id else []
    return [name.strip() for name in names if len(name.strip()) > 1 and "某" not in name]


def masked(text: str, case: Case) -> str:
    """The text with each of these names as the family name and 某."""
    for name in persons_of(case):
        text = text.replace(name, masked_person(name))
    return text
