"""What happens to a supervisor in office: yearly review, renewal, another area, the ways out."""

from __future__ import annotations

from datetime import datetime

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, InvalidInput, need_words
from foundation.core.events import EventKind
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import Transition, advance
from foundation.deadlines.calendars import add_months
from foundation.regions.models import Jurisdiction
from foundation.regions.queries import jurisdictions_below
from supervisors import duties, events, rules, workflow
from supervisors.enums import Verdict
from supervisors.models import Supervisor, YearReview
from supervisors.papers import issue_papers, void_papers
from supervisors.posts import end_posts, give_post

from .appointing import DAY


@operation
def review_year(*, supervisor: Supervisor, year: int, verdict: str, remark: str, by: Actor, at: datetime) -> YearReview:
    """年度考核 of one calendar year, with the visits (家次) of that year as they stand now.

    Raises NotAllowed, InvalidInput (a year outside the term or to come, reviewed before, no remark).
    """
    row = lock(Supervisor, supervisor.pk)
    authorize(by, rules.can_manage, row)
    if not row.term_from_on.year <= year <= min(local_date(at).year, row.term_until_on.year):
        raise InvalidInput("只能考核聘期内已到的年度。", fields={"year": ["不在聘期内或尚未到。"]})
    review = insert(
        YearReview(
            supervisor=row,
            year=year,
            verdict=verdict,
            remark=remark.strip(),
            visits=duties.visits_of_year(row, year).count(),
            reviewed_by_id=by.user_id,
            reviewed_at=at,
        )
    )
    changes = {"year": [None, year], "verdict": [None, verdict]}
    record(events.REVIEWED, subject=row, by=by, at=at, changes=changes, reason=review.remark)
    return review


@operation
def renew(*, supervisor: Supervisor, months: int, by: Actor, at: datetime) -> Supervisor:
    """Let the term run so many months longer, with a new letter and card in the place of the old ones.

    Raises NotAllowed, InvalidInput (less than one month, more than five years, never reviewed, judged 不合格 the last
    time).
    """
    row = lock(Supervisor, supervisor.pk)
    authorize(by, rules.can_change_term, row)
    if not 1 <= months <= 60:
        raise InvalidInput("续聘应为1至60个月。", fields={"months": ["应为1至60。"]})
    last_review = row.reviews.order_by("-year").first()
    if last_review is None or last_review.verdict == Verdict.BAD:
        raise InvalidInput("续聘前须有年度考核，且最近一次不是“不合格”。", code="review_needed")
    first = row.term_until_on + DAY
    row.term_until_on = add_months(first, months) - DAY
    end_posts(row, by=by, at=at, reason="续聘")
    row.post = give_post(row.user, row.recruitment, row.area, local_date(at), row.term_until_on, by=by, at=at)
    changes = update(row, "term_until_on", "post")
    void_papers(row, reason="续聘换发新证", by=by, at=at)
    issue_papers(row, first=first, last=row.term_until_on, by=by, at=at)
    record(events.RENEWED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def change_area(*, supervisor: Supervisor, area: Jurisdiction, by: Actor, at: datetime) -> Supervisor:
    """Let a supervisor work elsewhere, with a new letter and card. Raises NotAllowed, InvalidInput."""
    row = lock(Supervisor, supervisor.pk)
    authorize(by, rules.can_change_term, row)
    if area.pk not in jurisdictions_below(row.recruitment.jurisdiction_id) or area.pk == row.area_id:
        raise InvalidInput("请选择聘任地区内的另一区域。", fields={"area": ["请选择聘任地区内的另一区域。"]})
    end_posts(row, by=by, at=at, reason="调整责任区域")
    row.area = area
    row.post = give_post(row.user, row.recruitment, area, local_date(at), row.term_until_on, by=by, at=at)
    changes = update(row, "area", "post")
    void_papers(row, reason="调整责任区域换发新证", by=by, at=at)
    issue_papers(row, first=max(local_date(at), row.term_from_on), last=row.term_until_on, by=by, at=at)
    record(events.AREA_CHANGED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def dismiss(*, supervisor: Supervisor, reason: str, by: Actor, at: datetime) -> Supervisor:
    """解聘: out of office today; post, letter and card end. Raises NotAllowed, IllegalTransition, InvalidInput."""
    return _leave(supervisor, workflow.DISMISS, events.DISMISSED, reason, by=by, at=at)


@operation
def let_resign(*, supervisor: Supervisor, reason: str, by: Actor, at: datetime) -> Supervisor:
    """辞聘 at the person's own wish, likewise. Raises NotAllowed, IllegalTransition, InvalidInput (no reason)."""
    return _leave(supervisor, workflow.RESIGN, events.RESIGNED, reason, by=by, at=at)


def _leave(
    supervisor: Supervisor, step: Transition, event: EventKind, reason: str, *, by: Actor, at: datetime
) -> Supervisor:
    row = lock(Supervisor, supervisor.pk)
    authorize(by, rules.can_manage, row)
    need_words(reason, "reason", "请填写理由。")
    fields = advance(row, step, at=at)
    row.last_day_on, row.end_reason = local_date(at), reason.strip()
    changes = update(row, *fields, "last_day_on", "end_reason")
    end_posts(row, by=by, at=at, reason=row.end_reason)
    void_papers(row, reason=f"{step.label}：{row.end_reason}"[:500], by=by, at=at)
    record(event, subject=row, by=by, at=at, changes=changes, reason=row.end_reason)
    return row


@operation
def let_expire(*, supervisor: Supervisor, by: Actor, at: datetime) -> Supervisor:
    """届满 after the last day of the term; the post has ended by its own date. Raises NotAllowed, Conflict."""
    row = lock(Supervisor, supervisor.pk)
    authorize(by, rules.can_let_expire)
    if row.term_until_on >= local_date(at):
        raise Conflict("聘期未满。", code="term_runs")
    fields = advance(row, workflow.EXPIRE, at=at)
    row.last_day_on = row.term_until_on
    changes = update(row, *fields, "last_day_on")
    record(events.EXPIRED, subject=row, by=by, at=at, changes=changes)
    return row
