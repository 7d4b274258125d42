"""Reckoning a year's grades, looking them over, publishing them; and making a rubric."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Max

from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, insert_all, update
from foundation.core.errors import Conflict, invalid, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.regions.models import Jurisdiction
from institutions import dossier
from institutions.enums import StandingKind
from institutions.models import Institution
from institutions.operations.status import set_standing
from listings import clocks, events, notices, rating, rating_rules, scoring, workflow
from listings.enums import OPEN_RATINGS, RatingState
from listings.models import Rating, RatingRun, Rubric, RubricItem


@operation
def make_rubric(
    *,
    jurisdiction: Jurisdiction | None,
    facts: Mapping[str, object],
    items: Sequence[Mapping[str, object]],
    by: Actor,
    at: datetime,
) -> Rubric:
    """Write the next version of a place's rubric, whole; earlier versions stay for what was reckoned by them.

    Raises NotAllowed, InvalidInput (no items, a source or weight that nobody keeps, lines out of order).
    """
    authorize(by, rating_rules.can_make_rubric, jurisdiction)
    _check(items)
    last = Rubric.objects.filter(jurisdiction=jurisdiction).aggregate(last=Max("version"))["last"] or 0
    rubric = insert(Rubric(jurisdiction=jurisdiction, version=last + 1, made_by_id=by.user_id, made_at=at, **facts))
    insert_all(RubricItem(rubric=rubric, **item) for item in items)
    changes = {"version": [last or None, rubric.version], "items": [None, [item["code"] for item in items]]}
    record(events.RUBRIC_MADE, subject=rubric, by=by, at=at, changes=changes)
    return rubric


def _check(items: Sequence[Mapping[str, object]]) -> None:
    known = {source.code: {weight for weight, _ in source.weights} for source in dossier.sources()}
    wrong = [
        str(item["code"])
        for item in items
        if item["source"] not in known or (item["weight"] and item["weight"] not in known[str(item["source"])])
    ]
    if wrong or not items:
        raise invalid(
            "items",
            f"这些项目的记录来源或轻重不存在：{'、'.join(wrong)}。" if wrong else "请至少写一个项目。",
            code="rubric_items",
        )


@operation
def start_run(*, jurisdiction: Jurisdiction, year: int, by: Actor, at: datetime) -> RatingRun:
    """Have every operating institution of an area reckoned for a year, by the area's newest rubric, after the commit.

    Raises NotAllowed, InvalidInput (a year that has not begun, no rubric).
    """
    authorize(by, rating_rules.can_run, jurisdiction)
    if year > local_date(at).year:
        raise invalid("year", "该年度尚未开始。")
    rubric = rating.rubric_for(jurisdiction)
    run = insert(
        RatingRun(jurisdiction=jurisdiction, year=year, rubric=rubric, started_by_id=by.user_id, started_at=at)
    )
    record(events.RUN_STARTED, subject=run, by=by, at=at, changes={"rubric": [None, str(rubric)]})
    outbox.put(notices.RATE, at=at, key=f"{notices.RATE}:{run.pk}", run_id=run.pk)
    return run


@operation
def rate_institution(*, institution: Institution, run: RatingRun, by: Actor, at: datetime) -> Rating:
    """Reckon one institution's year from its records by the run's rubric; what waited before is superseded.

    For the run's job, and for a person who has it reckoned anew after an objection. Raises NotAllowed.
    """
    row = lock(Institution, institution.pk)
    authorize(by, rating_rules.can_rate, row)
    scale = rating.scale_of(run.rubric)
    records = rating.records_for(row, run.year, scale)
    scored = scoring.score(scale, records)
    for earlier in Rating.objects.filter(institution=row, year=run.year, state__in=OPEN_RATINGS).order_by("pk"):
        _supersede(earlier, by=by, at=at)
    new = insert(
        Rating(
            run=run,
            institution=row,
            year=run.year,
            rubric=run.rubric,
            records=records,
            points=scored.points,
            score=scored.score,
            vetoed=scored.vetoed,
            grade=scored.grade,
            digest=scoring.digest(scale, records, scored),
            computed_by_id=by.user_id or run.started_by_id,
            computed_at=at,
            state_at=at,
        )
    )
    changes = {"score": [None, new.score], "grade": [None, new.grade], "digest": [None, new.digest]}
    record(events.RATED, subject=new, by=by, at=at, changes=changes)
    return new


def _supersede(earlier: Rating, *, by: Actor, at: datetime) -> None:
    row = lock(Rating, earlier.pk)
    update(row, *advance(row, workflow.SUPERSEDE, at=at))
    clocks.stop_notice(row, reason="已重新计算", by=by, at=at)


@operation
def confirm_rating(*, rating: Rating, by: Actor, at: datetime, remark: str = "") -> Rating:
    """Another person has looked it over. Raises NotAllowed (who had it reckoned), IllegalTransition."""
    row = lock(Rating, rating.pk)
    authorize(by, rating_rules.can_review, row)
    fields = advance(row, workflow.CONFIRM, at=at)
    row.reviewed_by_id, row.remark = by.user_id, remark.strip()
    changes = update(row, *fields, "reviewed_by", "remark")
    record(events.RATING_CONFIRMED, subject=row, by=by, at=at, changes=changes, reason=remark)
    return row


@operation
def object_to_rating(*, rating: Rating, reason: str, by: Actor, at: datetime) -> Rating:
    """Say what is wrong with it: it goes back, and only a new reckoning from put-right records comes after it.

    Raises NotAllowed, IllegalTransition, InvalidInput (no reason).
    """
    row = lock(Rating, rating.pk)
    authorize(by, rating_rules.can_review, row)
    need_words(reason, "reason", "请写明异议理由：哪一条记录、哪一项分值有误。")
    fields = advance(row, workflow.OBJECT, at=at)
    row.reviewed_by_id, row.remark = by.user_id, reason.strip()
    changes = update(row, *fields, "reviewed_by", "remark")
    record(events.RATING_OBJECTED, subject=row, by=by, at=at, changes=changes, reason=reason)
    return row


@operation
def publish_rating(*, rating: Rating, by: Actor, at: datetime) -> Rating:
    """Give the institution its grade from today on: draws, lists and its public page read it.

    By the portal's job or a person, once the days for objections are over and each was answered. Raises NotAllowed
    (who had it reckoned, another area), IllegalTransition, Conflict (the days still run, an objection waits).
    """
    row = lock(Rating, rating.pk)
    authorize(by, rating_rules.can_publish, row)
    fields = advance(row, workflow.PUBLISH, at=at)
    _need_window_over(row, at)
    institution = lock(Institution, row.institution_id)
    for earlier in Rating.objects.filter(institution=institution, year=row.year, state=RatingState.PUBLISHED):
        _supersede(earlier, by=by, at=at)
    row.published_on = local_date(at)
    changes = update(row, *fields, "published_on")
    clocks.end_notice(row, by=by, at=at)
    set_standing(
        institution=institution,
        kind=StandingKind.GRADE,
        value=row.grade,
        effective_on=row.published_on,
        reason=f"{row.year}年度诚信评价{row.score}分",
        source=f"诚信评价{row.pk}",
        by=by,
        at=at,
    )
    record(events.RATING_PUBLISHED, subject=row, by=by, at=at, changes=changes)
    return row


def _need_window_over(row: Rating, at: datetime) -> None:
    if row.objections.filter(accepted__isnull=True).exists():
        raise Conflict("机构的异议还没有答复，不能公布等级。", code="unanswered")
    window = clocks.notice_of(row)
    if window is not None and (window.state != "running" or local_date(at) <= window.due_on):
        raise Conflict(f"公示至{window.due_on}(含当日)，期满后才能公布等级。", code="window")
