"""Checks of the public site, carried out in this process."""

from __future__ import annotations

from foundation.core import clock
from publicity.checking.looking import Onlooker
from publicity.checking.running import run_all
from publicity.checking.visitor import Visitor
from publicity.checking.walking import Walk
from publicity.models import PublicCheck
from publicity.operations.checks import start_check
from publicity.rules import CHECKER


def checked(**limits) -> PublicCheck:
    """A check from beginning to end."""
    *_, last = run_all(start_check(by=CHECKER, at=clock.now(), in_background=False, **limits))
    return last


def crawled(limit: int = 0) -> list:
    """The pages alone, without the look at the columns: (answer, look) of each."""
    return list(Walk(Visitor(), Onlooker(), limit=limit).go())
