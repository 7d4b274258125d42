"""Reading cases: what waits for whom, what was told and decided, what they add up to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet, Sum

from foundation.accounts.enums import Can
from foundation.accounts.models import Post
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.deadlines.calendars import add_months
from foundation.deadlines.enums import Limit
from foundation.deadlines.queries import limit_for
from foundation.deadlines.working_days import calendar
from foundation.documents.enums import DocumentKind
from foundation.notifications.recipients import holders

from . import notices
from .enums import (
    DECISIONS,
    ENDED_BY_DECISION,
    GRAVE,
    MONEY,
    NOTICES,
    OPEN,
    SERVED,
    SERVED_PAPERS,
    CaseState,
    Outcome,
    PenaltyKind,
    Stage,
    StatementKind,
)
from .models import Case, CasePaper, Fulfilment, Hearing, Penalty, Statement, Violation

DAILY_LATE_PERCENT = 3
#: From these sums (fen) on a fine counts as large: heard on request, discussed together. Local settings differ; the
#: lower one is for persons (行政处罚法 §63 leaves the sum to the departments).
LARGE_FOR_ORGANISATIONS, LARGE_FOR_PERSONS = 5_000_000, 1_000_000


@dataclass(frozen=True)
class CaseFigures:
    """起 filed, decided, closed, and sums of money in fen; a declined proposal is no case, an overturned decision
    counts no penalty.
    """

    filed: int
    decided: int
    closed: int
    fines: int
    confiscated: int
    paid: int


def closed_by(day: date) -> Q:
    """Cases that were closed on this day or before: carried out and closed, or ended by being withdrawn or transferred
    (市场监督管理行政处罚程序规定 §74).
    """
    return Q(closed_on__lte=day) | Q(outcome__in=ENDED_BY_DECISION, decided_on__lte=day)


def figures(cases: QuerySet[Case]) -> CaseFigures:
    """What these cases add up to."""
    filed = cases.filter(filed_on__isnull=False)
    standing = Penalty.objects.filter(
        stage=Stage.DECIDED,
        dropped=False,
        case__in=filed.filter(decided_on__isnull=False, outcome=Outcome.PUNISH, overturned_on__isnull=True),
        turn=F("case__turn"),
    )
    sums = standing.aggregate(
        fines=Sum("amount", filter=Q(kind=PenaltyKind.FINE), default=0),
        confiscated=Sum("amount", filter=Q(kind=PenaltyKind.CONFISCATION), default=0),
    )
    paid = Fulfilment.objects.filter(penalty__in=standing).aggregate(paid=Sum("amount", default=0))
    counts = filed.aggregate(
        filed=Count("pk"),
        decided=Count("pk", filter=Q(decided_on__isnull=False, outcome__in=SERVED)),
        closed=Count("pk", filter=closed_by(clock.today())),
    )
    return CaseFigures(**counts, **sums, **paid)


def open_cases(actor: Actor) -> QuerySet[Case]:
    """Cases not at their end."""
    return Case.objects.visible_to(actor).filter(state__in=OPEN)


def waiting_for(actor: Actor) -> QuerySet[Case]:
    """Cases whose next step this actor may take: those that wait for approval or review."""
    states = [state for state, notice in notices.WAITS.items() if actor.can(notices.ACTS[notice.code])]
    return Case.objects.visible_to(actor).filter(state__in=states)


# -- papers and penalties ------------------------------------------------------------------------------------------
def noticed(case: Case) -> QuerySet[Penalty]:
    """Penalties as the party was told of them, of the present turn."""
    return case.penalties.filter(stage=Stage.NOTICED, turn=case.turn).order_by("pk")


def decided(case: Case) -> QuerySet[Penalty]:
    """Penalties of the decision, or of the one that is proposed."""
    return case.penalties.filter(stage=Stage.DECIDED, turn=case.turn, dropped=False).order_by("pk")


def notice_paper(case: Case) -> CasePaper | None:
    """The notice of the present turn, if it is not void."""
    return _newest(case, NOTICES)


def decision_paper(case: Case) -> CasePaper | None:
    """The decision of the present turn, if it is not void."""
    return _newest(case, DECISIONS)


def _newest(case: Case, kinds) -> CasePaper | None:
    found = case.papers.filter(kind__in=kinds, turn=case.turn, document__voiding__isnull=True)
    return found.select_related("document").order_by("-pk").first()


def unserved(case: Case) -> QuerySet[CasePaper]:
    """Papers that have not reached the party yet."""
    found = case.papers.filter(kind__in=SERVED_PAPERS, served_on__isnull=True, document__voiding__isnull=True)
    return found.select_related("document").order_by("pk")


def unanswered(said_in: Case | CasePaper) -> QuerySet[Statement]:
    """Defences, in a case or about one notice, that nobody has answered."""
    return said_in.statements.filter(kind=StatementKind.DEFENCE, accepted__isnull=True).order_by("pk")


def hearings_of(paper: CasePaper) -> QuerySet[Hearing]:
    """Hearings about a notice that have taken place or were given up."""
    return Hearing.objects.filter(request__notice=paper, held_on__isnull=False).order_by("pk")


def fulfilments(case: Case) -> QuerySet[Fulfilment]:
    """What was paid or done of the decision."""
    found = Fulfilment.objects.filter(penalty__in=decided(case))
    return found.select_related("penalty", "recorded_by").order_by("pk")


def unfulfilled(case: Case) -> list[Penalty]:
    """Decided penalties not yet paid in full or not yet carried out."""
    open_ = []
    for penalty in decided(case).prefetch_related("fulfilments"):
        done = list(penalty.fulfilments.all())
        paid = sum((row.amount or 0) - row.late_fee for row in done)
        if not done or (penalty.kind in MONEY and paid < (penalty.amount or 0)):
            open_.append(penalty)
    return open_


def late_fee(amount: int, *, due_on: date, paid_on: date) -> int:
    """加处罚款 in fen: three percent of the fine a day after its last day, at most the fine (行政处罚法 §72)."""
    days = max((paid_on - due_on).days, 0)
    return min(amount * DAILY_LATE_PERCENT * days // 100, amount)


def may_be_heard(case: Case) -> bool:
    """Whether the penalties of the present turn give the right to a hearing (行政处罚法 §63)."""
    return any(is_grave(penalty, case) for penalty in noticed(case))


def is_grave(penalty: Penalty, case: Case) -> bool:
    """Grave by its kind, or a large sum: less is large for a person than for an organisation."""
    large = LARGE_FOR_ORGANISATIONS if case.party else LARGE_FOR_PERSONS
    return penalty.kind in GRAVE or (penalty.amount or 0) >= large


def earliest_hearing(case: Case, *, called_on: date) -> date:
    """The first day on which a hearing may be held that is called on a day: seven working days lie before it."""
    limit = limit_for(Limit.HEARING_NOTICE, case.jurisdiction, called_on)
    return calendar().add_working_days(called_on, limit.amount).value


def sheet_due(case: Case) -> DocumentKind | None:
    """The approval sheet that can be made now and has not been."""
    made = set(case.papers.filter(document__voiding__isnull=True).values_list("kind", flat=True))
    if case.filed_by_id and not made & {DocumentKind.FILING, DocumentKind.NO_FILING}:
        return DocumentKind.FILING if case.filed_on else DocumentKind.NO_FILING
    if case.state in (CaseState.CLOSED, CaseState.ARCHIVED) and case.closed_on:
        return None if DocumentKind.CASE_CLOSING in made else DocumentKind.CASE_CLOSING
    return None


# -- choices -------------------------------------------------------------------------------------------------------
def violations_on(on: date) -> QuerySet[Violation]:
    """The clauses in force on a day."""
    in_force = Violation.objects.filter(effective_from__lte=on)
    return in_force.filter(Q(effective_to__isnull=True) | Q(effective_to__gte=on)).order_by("code")


def possible_handlers(actor: Actor, *, on: date) -> QuerySet[Post]:
    """Posts of the actor's organ that may handle cases and have a certificate."""
    held = holders(Can.HANDLE_CASE, on=on).filter(organ=actor.organ_id).exclude(certificate_no="")
    return held.select_related("user").order_by("user__name", "pk")


def investigators(case: Case) -> set[int]:
    """Ids of the people who ever handled, proposed or concluded the case: none of them leads its hearing (§64)."""
    asked = {case.proposed_by_id, case.concluded_by_id} - {None}
    return asked | set(case.officers.values_list("user_id", flat=True))


def possible_hosts(case: Case, *, on: date) -> QuerySet[Post]:
    """Posts of the organ whose holders neither handle nor asked for the case."""
    held = Post.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on, organ=case.organ_id, user__is_active=True
    )
    return held.exclude(user__in=investigators(case)).select_related("user").order_by("user__name", "pk")


#: Months for which a published penalty stays public: warnings and criticism are light.
LIGHT_MONTHS, OTHER_MONTHS = 3, 36
LIGHT = (PenaltyKind.WARNING, PenaltyKind.CRITICISM)


def public_until(case: Case, *, since: date) -> date:
    """The day until which a decision is public when nobody says otherwise."""
    light = all(row.kind in LIGHT for row in decided(case))
    return add_months(since, LIGHT_MONTHS if light else OTHER_MONTHS)
