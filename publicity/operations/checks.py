"""A check from its beginning to its end. Findings are opened, seen again and closed here, and nowhere else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Case, F, Value, When

from foundation.accounts.models import Organ
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from institutions.models import Institution

from .. import events, notices, rules, workflow
from ..checking.found import Found, Owner
from ..checking.wording import masked
from ..enums import CheckState, Phase
from ..models import Finding, PublicCheck
from ..promising import promise_slice

#: After so long without progress nobody carries a check on any more.
STALLED = timedelta(minutes=30)
#: New problems of one kind that one check keeps; the others come with the next check, when these are mended.
KEPT_PER_KIND = 200


@operation
def start_check(
    *,
    by: Actor,
    at: datetime,
    institution_limit: int | None = None,
    shape_limit: int = 60,
    in_background: bool = True,
) -> PublicCheck:
    """Begin a check of the public site; ``in_background`` leaves the work to the worker.

    With an ``institution_limit`` it looks at so many institutions' pages only, and closes nothing. Raises NotAllowed,
    Conflict while another one runs; one without progress for 30 minutes is stopped first.
    """
    authorize(by, rules.can_keep_site)
    running = PublicCheck.objects.filter(state=CheckState.RUNNING).values_list("pk", flat=True).first()
    if running is not None:
        _stop_if_stalled(lock(PublicCheck, running), by=by, at=at)
    check = insert(
        PublicCheck(
            started_at=at,
            started_by=by.name,
            limited=institution_limit is not None,
            institution_limit=institution_limit,
            shape_limit=shape_limit,
            state_at=at,
            beat_at=at,
        )
    )
    record(events.CHECK_STARTED, subject=check, by=by, at=at, changes={"limited": [None, check.limited]})
    if in_background:
        promise_slice(check, at=at)
    return check


def _stop_if_stalled(check: PublicCheck, *, by: Actor, at: datetime) -> None:
    if check.state != CheckState.RUNNING:
        return
    if at - check.beat_at < STALLED:
        raise Conflict("公众网站正在检查，请等它结束；进展见“公众网站检查”。", code="public_check_one_at_a_time")
    fields = advance(check, workflow.STOP, at=at)
    changes = update(check, *fields)
    record(events.CHECK_STOPPED, subject=check, by=by, at=at, changes=changes, reason="超过30分钟没有进展")


@operation
def record_slice(
    *,
    check: PublicCheck,
    found: Sequence[Found],
    phase: Phase,
    by: Actor,
    at: datetime,
    pages: int = 0,
    institutions: int = 0,
    skipped: int = 0,
    cursor: int = 0,
) -> PublicCheck:
    """Keep what a slice of a check found, and where the check is now. Raises NotAllowed, Conflict when it is over."""
    check = lock(PublicCheck, check.pk)
    authorize(by, rules.can_record_check)
    if check.state != CheckState.RUNNING:
        raise Conflict("这次检查已经结束。", code="over")
    new = _keep(check, found, at=at)
    check.phase, check.cursor, check.beat_at = phase, cursor, at
    check.pages += pages
    check.institutions += institutions
    check.skipped += skipped
    check.new_problems += new
    update(check, "phase", "cursor", "beat_at", "pages", "institutions", "skipped", "new_problems")
    if new:
        changes = {"new_problems": [check.new_problems - new, check.new_problems]}
        record(events.PROBLEMS_FOUND, subject=check, by=by, at=at, changes=changes)
        outbox.put(notices.TELL_EDITORS, at=at, check_id=check.pk)
    return check


def _keep(check: PublicCheck, found: Sequence[Found], *, at: datetime) -> int:
    """Open the new problems, mark the known ones as seen; returns how many are new."""
    times = Counter(one.key for one in found)
    by_key = {one.key: one for one in reversed(found)}
    known = Finding.objects.open().filter(key__in=by_key)
    open_keys = set(known.values_list("key", flat=True))
    for number in sorted({times[key] for key in open_keys}):
        again = known.filter(key__in=[key for key in open_keys if times[key] == number])
        seen_before = Case(When(last_check=check, then=F("times")), default=Value(0))
        again.update(times=seen_before + number, last_check=check, seen_at=at)
    kept = Counter(Finding.objects.filter(first_check=check).values_list("kind", flat=True))
    names = _names(found)
    new = []
    for key, one in by_key.items():
        if key in open_keys or kept[one.kind] >= KEPT_PER_KIND:
            continue
        kept[one.kind] += 1
        new.append(_finding(check, one, key, times[key], names.get(one.owner, ""), at=at))
    Finding.objects.bulk_create(new)
    return len(new)


def _names(found: Sequence[Found]) -> dict[Owner, str]:
    """What the owners are called, planted words masked."""
    institutions = {one.owner.institution_id for one in found if one.owner.institution_id}
    organs = {one.owner.organ_id for one in found if one.owner.organ_id}
    called = dict(Institution.objects.filter(pk__in=institutions).values_list("pk", "name"))
    bureaus = dict(Organ.objects.filter(pk__in=organs).values_list("pk", "name"))
    return {
        one.owner: masked(called.get(one.owner.institution_id) or bureaus.get(one.owner.organ_id, ""))[:120]
        for one in found
    }


def _finding(check: PublicCheck, one: Found, key: str, times: int, name: str, *, at: datetime) -> Finding:
    return Finding(
        kind=one.kind,
        key=key,
        place=one.place,
        field=one.field,
        excerpt=one.excerpt,
        jurisdiction_id=one.owner.jurisdiction_id,
        institution_id=one.owner.institution_id,
        subject=name,
        organ_id=one.owner.organ_id,
        first_check=check,
        last_check=check,
        found_at=at,
        seen_at=at,
        times=times,
    )


@operation
def finish_check(*, check: PublicCheck, by: Actor, at: datetime) -> PublicCheck:
    """End a check; problems that a whole check did not see again are closed. Raises NotAllowed, IllegalTransition."""
    check = lock(PublicCheck, check.pk)
    authorize(by, rules.can_record_check)
    fields = advance(check, workflow.FINISH, at=at)
    if not check.limited:
        check.closed_problems = Finding.objects.open().exclude(last_check=check).update(closed_at=at)
    check.problems = Finding.objects.open().filter(last_check=check).count()
    check.phase, check.beat_at = Phase.OVER, at
    changes = update(check, *fields, "phase", "beat_at", "closed_problems", "problems")
    record(events.CHECK_FINISHED, subject=check, by=by, at=at, changes=changes)
    return check
