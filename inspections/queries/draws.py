"""Reading draws: what the public gets of one, what waits for whom, who may be drawn."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, When

from foundation.accounts.enums import UNSCOPED_ROLES, Can
from foundation.accounts.models import Post
from foundation.audit.models import Event
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.deadlines.enums import DeadlineState, Limit
from foundation.deadlines.models import Deadline
from foundation.documents.enums import DocumentKind
from foundation.documents.models import Document
from foundation.documents.queries import documents_about
from inspections import events
from inspections.enums import OFFICIAL, PUBLIC, DrawState
from inspections.models import Draw, DrawCommitment, DrawnObject, Visit
from inspections.replaying import EXCLUDED, RATIO, differences

from . import pools

#: The code of the limit of 20 working days (国发〔2019〕5号); ``foundation/deadlines/data/limits.csv``.
PUBLICATION = Limit.DRAW_PUBLICATION


def public_draws() -> QuerySet[Draw]:
    """Draws that the public sees, voided ones too, the newest first."""
    rows = Draw.objects.filter(state__in=PUBLIC).select_related("organ", "jurisdiction", "replaces")
    return rows.order_by("-commitment__frozen_at", "-pk")


def public_draw(number: str) -> Draw | None:
    """One of them by its number."""
    return public_draws().filter(number=number).first()


def published(draw: Draw) -> dict[str, object]:
    """The draw as anybody may download it; enough to replay it, and no person's name.

    ``officers`` are those whom the draw gave; where it gave none and a pair was named by hand, ``officers_by_hand``.
    Results stand there from their publication on.
    """
    commitment = draw.commitment
    lines = pools.lines_of(commitment)
    return {
        "format": "shuanjian-draw-1",
        "number": draw.number,
        "organ": draw.organ.name,
        "title": draw.title,
        "plan": draw.plan,
        "items": draw.items,
        "state": draw.get_state_display(),
        "replaces": draw.replaces.number if draw.replaces else "",
        "void_reason": draw.void_reason if draw.state == DrawState.VOIDED else "",
        "frozen_at": commitment.frozen_at.isoformat(),
        "pool_sha256": commitment.pool_sha256,
        "rule": commitment.rule,
        "number_source": commitment.number_source,
        "number_on": commitment.number_on.isoformat(),
        "public_number": draw.public_number,
        "seed": draw.seed,
        "drawn_at": draw.drawn_at.isoformat() if draw.drawn_at else "",
        "exclusions": exclusions(lines),
        "drawn": drawn_rows(draw),
        "pool": lines,
    }


def notices_of(draw: Draw) -> QuerySet[Document]:
    """The documents that announce a draw's results, void ones too, the newest first."""
    return documents_about(draw).filter(kind=DocumentKind.DRAW_RESULTS)


def drawn_rows(draw: Draw, *, most: int | None = None) -> list[dict[str, object]]:
    """The drawn objects (the first ``most``) in the order of strata and places, as published."""
    names = [label for label, _ in RATIO.findall(draw.commitment.rule)]
    places = [When(stratum=name, then=place) for place, name in enumerate(names)]
    order = Case(*places, output_field=IntegerField()) if places else F("stratum")  # a rule that was tampered with
    rows = draw.drawn.select_related("institution", "first_officer", "second_officer").order_by(order, "rank", "pk")
    return [_shown(row) for row in rows[:most]]


def exclusions(lines: list[str]) -> list[list[str]]:
    """[code, reason] of the institutions that a pool leaves out."""
    return [line.split("\t")[1:3] for line in lines if line.startswith(f"{EXCLUDED}\t")]


def _shown(row: DrawnObject) -> dict[str, object]:
    pair = [each.number for each in (row.first_officer, row.second_officer) if each is not None]
    by_hand, is_public = bool(row.pair_reason), row.published_on is not None
    return {
        "code": row.code,
        "name": row.institution.name,
        "public_id": row.institution.public_id,
        "stratum": row.stratum,
        "rank": row.rank,
        "officers": [] if by_hand else pair,
        "officers_by_hand": pair if by_hand else [],
        "result": row.get_result_display() if is_public else "",
        "follow_up": row.follow_up if is_public else "",
        "checked_on": row.checked_on.isoformat() if is_public else "",
        "published_on": row.published_on.isoformat() if is_public else "",
    }


def verify(draw: Draw, *, earlier: list[str] | None = None) -> list[str]:
    """What differs between a draw as it stands in the database and its replay, also from what the trail remembers."""
    found = differences(published(draw), earlier)
    frozen = Event.objects.filter(
        kind=events.DRAW_FROZEN.code, subject_type=draw._meta.label_lower, subject_id=draw.pk
    ).first()
    remembered = frozen.changes["pool_sha256"][1] if frozen else ""
    if remembered != draw.commitment.pool_sha256:
        found.append(f"冻结记录：审计记录的名册校验值为 {remembered or '(无)'}，现为 {draw.commitment.pool_sha256}")
    return found


def frozen_sizes(commitment: DrawCommitment) -> list[tuple[str, int, int]]:
    """(stratum, 家 in the pool, 家 to be drawn) of a frozen pool, in the rule's order."""
    return [
        (label, *commitment.strata[label]) for label, _ in RATIO.findall(commitment.rule) if label in commitment.strata
    ]


def possible_officers(actor: Actor, *, on: date) -> QuerySet[Post]:
    """Posts in the actor's jurisdictions, in force on a day, whose holder has a certificate of law enforcement."""
    rows = Post.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        valid_from__lte=on,
        organ__jurisdiction__in=actor.scope,
        user__is_active=True,
    ).exclude(certificate_no="")
    return rows.exclude(role__in=UNSCOPED_ROLES).select_related("user", "organ").order_by("organ", "user__name", "pk")


def to_publish(actor: Actor) -> QuerySet[Draw]:
    """Draws whose check is finished and whose results wait for publication, for who may publish them."""
    rows = Draw.objects.visible_to(actor).filter(state=DrawState.CHECKED)
    return rows if actor.can(Can.RUN_DRAW) else rows.none()


def voids_to_judge(actor: Actor) -> QuerySet[Draw]:
    """Draws that somebody else asked to void, for who may agree."""
    asked = Draw.objects.visible_to(actor).filter(void_asked_by__isnull=False, void_agreed_by__isnull=True)
    return asked.exclude(void_asked_by=actor.user_id) if actor.can(Can.AGREE_REDRAW) else asked.none()


def without_result(actor: Actor) -> QuerySet[DrawnObject]:
    """Objects of draws in course that this actor may answer for and whose result is not entered."""
    open_draws = Draw.objects.filter(pk=OuterRef("draw"), state=DrawState.DRAWN)
    rows = DrawnObject.objects.visible_to(actor).filter(Exists(open_draws), result="")
    if actor.can(Can.RUN_DRAW):
        return rows
    mine = Q(first_officer__post__user=actor.user_id) | Q(second_officer__post__user=actor.user_id)
    return rows.filter(mine) if actor.is_person and actor.can(Can.FILE_VISIT) else rows.none()


def visits_for(drawn: DrawnObject) -> QuerySet[Visit]:
    """Officials' visits to a drawn institution since the draw, the newest first."""
    since = local_date(drawn.draw.drawn_at)
    rows = Visit.objects.filter(institution=drawn.institution_id, visited_on__gte=since, voided_at__isnull=True)
    return rows.filter(kind__in=OFFICIAL).order_by("-visited_on", "-pk")


def publication_deadline(draw: Draw) -> Deadline | None:
    """The running clock of 20 working days, if the check is finished and the results are not out."""
    return publication_deadlines([draw.pk]).get(draw.pk)


def publication_deadlines(ids: Collection[int]) -> dict[int, Deadline]:
    """The running clocks of several draws, by the draw's id."""
    running = Deadline.objects.filter(
        subject_type=Draw._meta.label_lower,
        subject_id__in=ids,
        code=PUBLICATION,
        state__in=[DeadlineState.RUNNING, DeadlineState.PAUSED],
    )
    return {deadline.subject_id: deadline for deadline in running}
