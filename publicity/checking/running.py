"""Carrying a check out, phase by phase and slice by slice: one slice is a transaction of its own and is remembered."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from django.urls import reverse

from foundation.core import clock
from institutions.models import Institution

from ..enums import CheckState, Phase
from ..models import Finding, PublicCheck
from ..operations.checks import finish_check, record_slice
from ..rules import CHECKER
from . import columns, editions, statics
from .found import Found
from .looking import Onlooker
from .visitor import Visitor
from .walking import Walk, broken_pages

SLICE_SECONDS = 60
#: Pages after which a slice of the walk is written down; a walk that dies begins anew.
PAGES = 500
CHUNK = 100


def run_slice(check: PublicCheck, *, seconds: float = SLICE_SECONDS) -> PublicCheck:
    """One phase, or as much of the institutions' pages as the time allows; finishes the check after the last one."""
    if check.state != CheckState.RUNNING:
        return check
    return _PHASES[Phase(check.phase)](check, seconds)


def run_all(check: PublicCheck) -> Iterator[PublicCheck]:
    """The whole check in this process, telling after each slice."""
    while check.state == CheckState.RUNNING:
        check = run_slice(check)
        yield check


def _register(check: PublicCheck, seconds: float) -> PublicCheck:
    found = [suspect.found for suspect in columns.suspects()]
    return _keep(check, found, phase=Phase.SITE)


def _site(check: PublicCheck, seconds: float) -> PublicCheck:
    visitor = Visitor()
    walk = Walk(visitor, _onlooker(check), limit=check.shape_limit)
    found: list[Found] = []
    pages = 0
    for pages, (_, look) in enumerate(walk.go(), start=1):
        found += look.found
        if pages % PAGES == 0:
            check = _keep(check, found, phase=Phase.SITE, pages=PAGES)
            found = []
    return _keep(check, found, phase=Phase.INSTITUTIONS, pages=pages % PAGES, skipped=walk.skipped)


def _institutions(check: PublicCheck, seconds: float) -> PublicCheck:
    """Every institution's page in the order of the register, from where the last slice stopped."""
    until = time.monotonic() + seconds
    visitor, onlooker = Visitor(), _onlooker(check)
    found: list[Found] = []
    cursor, done, rest = check.cursor, 0, _left(check)
    while rest:
        rows = Institution.objects.current().filter(pk__gt=cursor).order_by("pk")
        chunk = list(rows.values_list("pk", "public_id")[: min(CHUNK, rest)])
        for pk, public_id in chunk:
            cursor = pk
            answer = visitor.get(reverse("publicity:institution", args=[public_id]))
            if answer.status == 200 or _is_current(pk):
                found += [*onlooker.look(answer).found, *broken_pages(answer)]
        done += len(chunk)
        rest = rest - len(chunk) if len(chunk) == CHUNK else 0
        if time.monotonic() >= until:
            break
    phase = Phase.INSTITUTIONS if rest else Phase.EDITIONS
    return _keep(check, found, phase=phase, pages=done, institutions=done, cursor=cursor if rest else 0)


def _is_current(pk: int) -> bool:
    """Whether it still is: one that was merged or withdrawn meanwhile has no page any more."""
    return Institution.objects.current().filter(pk=pk).exists()


def _left(check: PublicCheck) -> int:
    """How many pages may still be opened: a number that no register reaches when there is no limit."""
    return 10**9 if check.institution_limit is None else max(check.institution_limit - check.institutions, 0)


def _editions(check: PublicCheck, seconds: float) -> PublicCheck:
    return _keep(check, list(editions.compare(Visitor(), at=clock.now())), phase=Phase.FILES)


def _files(check: PublicCheck, seconds: float) -> PublicCheck:
    check = _keep(check, list(statics.compare()), phase=Phase.OVER)
    return finish_check(check=check, by=CHECKER, at=clock.now())


def _over(check: PublicCheck, seconds: float) -> PublicCheck:
    """The last slice was kept, but the process died before the end."""
    return finish_check(check=check, by=CHECKER, at=clock.now())


def _onlooker(check: PublicCheck) -> Onlooker:
    flagged = Finding.objects.open().filter(last_check=check, institution_id__isnull=False)
    return Onlooker(flagged.order_by("pk").values_list("institution_id", flat=True)[:1000])


def _keep(check: PublicCheck, found: list[Found], *, phase: Phase, **numbers: int) -> PublicCheck:
    return record_slice(check=check, found=found, phase=phase, by=CHECKER, at=clock.now(), **numbers)


_PHASES: dict[Phase, Callable[[PublicCheck, float], PublicCheck]] = {
    Phase.REGISTER: _register,
    Phase.SITE: _site,
    Phase.INSTITUTIONS: _institutions,
    Phase.EDITIONS: _editions,
    Phase.FILES: _files,
    Phase.OVER: _over,
}
