"""Reading recruitments and supervisors: what waits, who is in office, who they are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from clues.models import Clue
from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.regions.queries import jurisdictions_above
from inspections.enums import Audience, VersionState
from inspections.models import Visit

from .enums import (
    CandidateState,
    FeedbackState,
    Identity,
    ObjectionState,
    ProposalState,
    RecruitmentState,
    SupervisorState,
    TaskState,
)
from .models import (
    Candidate,
    ClueTask,
    Feedback,
    LibraryItem,
    LibrarySection,
    Objection,
    Proposal,
    Quiz,
    QuizResult,
    Quota,
    Recruitment,
    Supervisor,
)

#: States of a candidate that take one of the district's places.
TAKES_A_PLACE = frozenset(CandidateState) - {CandidateState.WITHDRAWN}
OLD, OLDEST = 60, 70


# -- what waits ------------------------------------------------------------------------------------------------------
def to_review(actor: Actor) -> QuerySet[Candidate]:
    """Nominated persons whose qualification this actor's bureau has to review."""
    if not actor.can(Can.MANAGE_SUPERVISORS):
        return Candidate.objects.none()
    waiting = Candidate.objects.visible_to(actor).filter(state=CandidateState.NOMINATED)
    return waiting.filter(
        recruitment__organ=actor.organ_id,
        recruitment__state__in=[RecruitmentState.NOMINATING, RecruitmentState.REVIEWING],
    )


def objections_to_handle(actor: Actor) -> QuerySet[Objection]:
    """Open objections against candidates of this actor's bureau."""
    if not actor.can(Can.MANAGE_SUPERVISORS):
        return Objection.objects.none()
    return Objection.objects.visible_to(actor).filter(
        state=ObjectionState.OPEN, candidate__recruitment__organ=actor.organ_id
    )


def free_of_objections(*, on: date) -> QuerySet[Candidate]:
    """Candidates whose list was shown long enough by a day, and against whom no objection is open."""
    disputed = Objection.objects.filter(candidate=OuterRef("pk"), state=ObjectionState.OPEN)
    return Candidate.objects.filter(
        ~Exists(disputed),
        state=CandidateState.PASSED,
        recruitment__state=RecruitmentState.PUBLICITY,
        recruitment__publicity_until_on__lt=on,
    )


def appointable(actor: Actor, *, on: date) -> QuerySet[Candidate]:
    """Candidates whom this actor's bureau may appoint today."""
    if not actor.can(Can.MANAGE_SUPERVISORS):
        return Candidate.objects.none()
    return free_of_objections(on=on).visible_to(actor).filter(recruitment__organ=actor.organ_id)


def feedback_to_handle(actor: Actor) -> QuerySet[Feedback]:
    """Feedback of the actor's area that nobody has dealt with."""
    handles = actor.can(Can.MANAGE_SUPERVISORS) or actor.can(Can.HANDLE_CLUE)
    if not handles or not actor.can(Can.VIEW_SUPERVISORS):
        return Feedback.objects.none()
    return Feedback.objects.visible_to(actor).filter(state=FeedbackState.SUBMITTED)


def proposals_to_decide(actor: Actor) -> QuerySet[Proposal]:
    """Proposals of the actor's own supervisors that wait for a word."""
    if not actor.can(Can.MANAGE_SUPERVISORS):
        return Proposal.objects.none()
    mine = Proposal.objects.visible_to(actor).filter(supervisor__organ=actor.organ_id)
    return mine.filter(state=ProposalState.SUBMITTED)


# -- recruiting ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class DistrictCount:
    """How far one district has come: its places, whom it nominated, and what became of them."""

    quota: Quota
    nominated: int
    passed: int
    rejected: int
    appointed: int


def by_district(recruitment: Recruitment) -> list[DistrictCount]:
    """A line for each district with a quota; two queries."""
    counts: dict[int, Counter] = {}
    rows = recruitment.candidates.values_list("jurisdiction_id", "state")
    for jurisdiction_id, state in rows:
        counts.setdefault(jurisdiction_id, Counter())[state] += 1
    lines = []
    for quota in recruitment.quotas.select_related("jurisdiction").order_by("jurisdiction__code"):
        found = counts.get(quota.jurisdiction_id, Counter())
        lines.append(
            DistrictCount(
                quota=quota,
                nominated=sum(number for state, number in found.items() if state in TAKES_A_PLACE),
                passed=found[CandidateState.PASSED] + found[CandidateState.APPOINTED],
                rejected=found[CandidateState.REJECTED] + found[CandidateState.STRUCK],
                appointed=found[CandidateState.APPOINTED],
            )
        )
    return lines


def places_left(quota: Quota) -> int:
    """How many persons the district may still nominate."""
    taken = Candidate.objects.filter(
        recruitment=quota.recruitment_id, jurisdiction=quota.jurisdiction_id, state__in=sorted(TAKES_A_PLACE)
    )
    return quota.places - taken.count()


def age_note(candidate: Candidate, *, on: date) -> str:
    """What the review has to think of: over 60 fitness has to be shown, over 70 is out of the usual. A word, no bar."""
    age = on.year - candidate.birth_year
    if age > OLDEST:
        return f"{age}岁，超过{OLDEST}岁，一般不予聘任"
    if age > OLD:
        return f"{age}岁，超过{OLD}岁，须核实身体状况"
    return ""


def replaceable(actor: Actor) -> QuerySet[Supervisor]:
    """Supervisors who left early, whose term runs on and whom nobody replaces yet."""
    taken = [CandidateState.NOMINATED, CandidateState.PASSED, CandidateState.APPOINTED]
    gone = Supervisor.objects.filter(state__in=[SupervisorState.DISMISSED, SupervisorState.RESIGNED])
    return gone.visible_to(actor).exclude(successors__state__in=taken)


def running_publicity(*, on: date) -> QuerySet[Recruitment]:
    """Recruitments whose list is shown to all on a day."""
    return Recruitment.objects.filter(
        state=RecruitmentState.PUBLICITY, publicity_from_on__lte=on, publicity_until_on__gte=on
    )


def shown_in_publicity(recruitment: Recruitment) -> QuerySet[Candidate]:
    """The persons on the list that is shown to all."""
    shown = [CandidateState.PASSED, CandidateState.APPOINTED]
    return recruitment.candidates.filter(state__in=shown).select_related("jurisdiction").order_by("pk")


# -- in office -------------------------------------------------------------------------------------------------------
def in_office(*, on: date) -> QuerySet[Supervisor]:
    """在聘 on a day: the state says so and the term covers the day."""
    return Supervisor.objects.filter(state=SupervisorState.IN_OFFICE, term_from_on__lte=on, term_until_on__gte=on)


def term_over(*, on: date) -> QuerySet[Supervisor]:
    """In office on paper, with a term that ended before the day."""
    return Supervisor.objects.filter(state=SupervisorState.IN_OFFICE, term_until_on__lt=on)


def term_ending(*, on: date, days: int) -> QuerySet[Supervisor]:
    """In office, with a term that ends within so many days."""
    return in_office(on=on).filter(term_until_on__lte=on + timedelta(days=days))


def supervisor_of(actor: Actor) -> Supervisor | None:
    """The actor's own present record as a supervisor; the newest when there are several."""
    if not actor.is_person or not actor.can(Can.SUPERVISE):
        return None
    own = Supervisor.objects.filter(user=actor.user_id).select_related("area", "organ", "recruitment", "jurisdiction")
    return own.order_by("-term_from_on", "-pk").first()


def terms_of(actor: Actor, day: date) -> QuerySet[Supervisor]:
    """The actor's own times in office, over or not, that hold a day."""
    own = Supervisor.objects.filter(user=actor.user_id, term_from_on__lte=day)
    return own.filter(Q(last_day_on__isnull=True, term_until_on__gte=day) | Q(last_day_on__gte=day))


@dataclass(frozen=True)
class Composition:
    """How many persons have each identity; one with two counts in both lines, ``persons`` counts each once."""

    lines: list[tuple[str, int]]
    persons: int


def composition(supervisors: QuerySet[Supervisor]) -> Composition:
    """人 by 身份类别, and 人 altogether; the lines may add up to more."""
    counts: Counter[str] = Counter()
    persons = 0
    for identities in supervisors.values_list("identities", flat=True):
        persons += 1
        counts.update(set(identities))
    return Composition([(identity.label, counts[identity]) for identity in Identity], persons)


def conversion(feedback: QuerySet[Feedback]) -> tuple[int, int]:
    """(feedback that became clues, all feedback), 件."""
    found = feedback.aggregate(all=Count("pk"), converted=Count("pk", filter=Q(state=FeedbackState.CONVERTED)))
    return found["converted"], found["all"]


# -- training and library --------------------------------------------------------------------------------------------
def quizzes_asked_of(supervisor: Supervisor) -> list[Quiz]:
    """The newest quiz of the appointing bureau about each supervisors' checklist version in use."""
    made = Quiz.objects.filter(
        jurisdiction=supervisor.organ.jurisdiction_id,
        checklist__state=VersionState.IN_USE,
        checklist__checklist__audience=Audience.SUPERVISORS,
    )
    return list(made.order_by("checklist", "-made_at", "-pk").distinct("checklist"))


def quizzes_to_pass(supervisor: Supervisor) -> list[Quiz]:
    """Those of them that the supervisor has not passed yet."""
    asked = quizzes_asked_of(supervisor)
    passed = QuizResult.objects.filter(supervisor=supervisor, quiz__in=asked, passed=True)
    done = set(passed.values_list("quiz_id", flat=True))
    return [quiz for quiz in asked if quiz.pk not in done]


def has_passed(supervisor: Supervisor, quiz: Quiz) -> bool:
    """Whether one of the supervisor's tries was good enough."""
    return quiz.results.filter(supervisor=supervisor, passed=True).exists()


def library_of(actor: Actor) -> list[LibraryItem]:
    """The newest version of each text that the actor may read, the handbook first."""
    rows = LibraryItem.objects.visible_to(actor).order_by("jurisdiction", "kind", "title", "-version")
    newest = list(rows.distinct("jurisdiction", "kind", "title"))
    return sorted(newest, key=lambda item: (item.kind != "handbook", -item.published_on.toordinal(), -item.pk))


def read_sections(supervisor: Supervisor) -> set[int]:
    """Ids of the sections that the supervisor has read."""
    return set(LibrarySection.objects.filter(marks__supervisor=supervisor).values_list("pk", flat=True))


def place_of(clue: Clue) -> tuple[str, str]:
    """What a supervisor is told about where to go: the name as it stands in the register, else the sign."""
    about = clue.institution or clue.unlicensed_site
    if clue.institution_id:
        return clue.institution.name, clue.institution.address
    sign = clue.sign or getattr(about, "sign", "") or "无证场所"
    return sign, clue.address or getattr(about, "address", "")


def visits_for(task: ClueTask) -> QuerySet[Visit]:
    """The supervisor's own visits since the task was given, at its institution or site where it names one."""
    own = Visit.objects.filter(filed_by=task.supervisor.user_id, voided_at__isnull=True)
    rows = own.filter(visited_on__gte=local_date(task.given_at))
    if task.clue.institution_id:
        rows = rows.filter(institution=task.clue.institution_id)
    elif task.clue.unlicensed_site_id:
        rows = rows.filter(unlicensed=task.clue.unlicensed_site_id)
    return rows.order_by("-visited_on", "-pk")


def supervisors_for(clue: Clue, *, on: date) -> QuerySet[Supervisor]:
    """Who may be asked to look at a clue: in office on the day, with an area of work that holds its place."""
    above = {clue.jurisdiction_id, *jurisdictions_above(clue.jurisdiction_id)}
    return in_office(on=on).filter(area__in=above).order_by("number")


def open_tasks(actor: Actor) -> QuerySet[ClueTask]:
    """What the actor, a supervisor, has yet to look at."""
    rows = ClueTask.objects.own_of(actor).filter(state=TaskState.OPEN)
    return rows.select_related("clue", "supervisor").order_by("due_on", "pk")
