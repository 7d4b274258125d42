"""Who may report, read and follow up clues."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers

from .models import Clue


@rule("您的岗位不能查看线索。")
def can_view_clues(actor: Actor) -> bool:
    return actor.can(Can.VIEW_CLUES)


@rule("您的岗位不能上报线索。")
def can_report(actor: Actor) -> bool:
    """Those who go out and look, and those who take in what others tell them."""
    return actor.can(Can.REPORT_CLUE) or actor.can(Can.HANDLE_CLUE)


@rule("您的岗位不能在手机上上报线索。")
def can_report_in_the_field(actor: Actor) -> bool:
    """The three-tap report of those who go out and look."""
    return actor.can(Can.REPORT_CLUE)


@rule("该地点不在您负责的区域内，不能上报线索。")
def can_report_here(actor: Actor, clue: Clue) -> bool:
    return can_report(actor) and covers(actor, clue)


@rule("您的岗位不能登记线索。")
def can_take_in(actor: Actor) -> bool:
    """The desk: those who follow clues up also enter what came by telephone, letter or from 12345."""
    return actor.can(Can.VIEW_CLUES) and actor.can(Can.HANDLE_CLUE)


@rule("您的岗位不能上报线索，或该对象不在您的管辖范围内。")
def can_report_about(actor: Actor, row: object) -> bool:
    """From the page of an institution or an unlicensed site."""
    return can_report(actor) and covers(actor, row)


@rule("只有本辖区的经办人可以核查和办结线索。")
def can_handle(actor: Actor, clue: Clue) -> bool:
    return actor.can(Can.HANDLE_CLUE) and covers(actor, clue)
