"""Who may make a rubric, have grades reckoned, look them over and publish them."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from foundation.regions.models import Jurisdiction
from institutions.models import Institution

from .enums import RatingState
from .models import Rating, RatingObjection
from .rules import can_set_rule, can_set_rules, can_view_lists

can_view_ratings = can_view_lists
can_make_rubric = can_set_rule
can_make_rubrics = can_set_rules


@rule("您的岗位不能发起诚信评价。")
def can_run_somewhere(actor: Actor) -> bool:
    return actor.is_person and actor.can(Can.PROPOSE_LISTING)


@rule("只能在本辖区发起诚信评价。")
def can_run(actor: Actor, jurisdiction: Jurisdiction) -> bool:
    return can_run_somewhere(actor) and jurisdiction.pk in actor.scope


@rule("只有系统任务和本辖区的经办人可以计算诚信评价。")
def can_rate(actor: Actor, institution: Institution) -> bool:
    return actor.can(Can.PROPOSE_LISTING) and covers(actor, institution)


@rule("只有本辖区的经办人可以重新计算有异议的评价。")
def can_rate_again(actor: Actor, rating: Rating) -> bool:
    return actor.is_person and actor.can(Can.PROPOSE_LISTING) and covers(actor, rating)


@rule("须由本辖区的另一人复核，发起计算的人不能复核。")
def can_review(actor: Actor, rating: Rating) -> bool:
    may = actor.can(Can.PROPOSE_LISTING) or actor.can(Can.APPROVE_LISTING)
    return actor.is_person and may and covers(actor, rating) and rating.computed_by_id != actor.user_id


@rule("您的岗位不能复核诚信评价。")
def can_review_somewhere(actor: Actor) -> bool:
    return actor.is_person and (actor.can(Can.PROPOSE_LISTING) or actor.can(Can.APPROVE_LISTING))


@rule("须由本辖区有审核权限的人公示，发起计算的人不能公示。")
def can_propose_grade(actor: Actor, rating: Rating) -> bool:
    may = actor.is_person and actor.can(Can.APPROVE_LISTING)
    return may and covers(actor, rating) and rating.computed_by_id != actor.user_id


@rule("须由系统任务或者本辖区有审核权限的人公布，发起计算的人不能公布。")
def can_publish(actor: Actor, rating: Rating) -> bool:
    may = actor.can(Can.APPROVE_LISTING) and covers(actor, rating)
    return may and not (actor.is_person and rating.computed_by_id == actor.user_id)


@rule("只有本辖区的经办人可以在公示期内登记机构的异议。")
def can_take_objection(actor: Actor, rating: Rating) -> bool:
    return actor.is_person and actor.can(Can.PROPOSE_LISTING) and covers(actor, rating)


@rule("异议须由本辖区的另一人答复：不能是登记异议的人，也不能是发起计算的人。")
def can_answer_objection(actor: Actor, objection: RatingObjection) -> bool:
    """Whoever reckoned the grade, or wrote the objection down, does not judge it."""
    may = actor.can(Can.PROPOSE_LISTING) or actor.can(Can.APPROVE_LISTING)
    involved = {objection.entered_by_id, objection.rating.computed_by_id}
    return actor.is_person and may and covers(actor, objection) and actor.user_id not in involved


@rule("这份评价没有由您答复的异议。")
def can_answer_open_objection(actor: Actor, rating: Rating) -> bool:
    """The same, asked of the rating on whose page the objection is answered."""
    waiting = rating.objections.filter(accepted__isnull=True).select_related("rating__institution").first()
    return waiting is not None and rating.state == RatingState.NOTICE and can_answer_objection(actor, waiting)


@rule("您的岗位不能公布诚信等级。")
def can_publish_somewhere(actor: Actor) -> bool:
    return actor.is_person and actor.can(Can.APPROVE_LISTING)
