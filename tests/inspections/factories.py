"""Reports and visits for tests, filed through the operation as people on site would."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.utils import timezone

from foundation.accounts.models import Post
from foundation.core.actor import Actor
from inspections.enums import Outcome, Slot, VisitKind
from inspections.models import ChecklistVersion, Visit
from inspections.operations.visits import file_visit
from inspections.reference import NAME
from inspections.reports import HeadCount, OnSite, VisitReport
from institutions.models import Institution, UnlicensedSite
from tests.cast import PROVINCE
from tests.supervisors.in_office import in_office

AT = datetime(2026, 11, 18, 15, 30, tzinfo=timezone.get_default_timezone())  # a Wednesday
DAY = AT.date()


def first_version() -> ChecklistVersion:
    """The shipped list of 43 items."""
    return ChecklistVersion.objects.get(checklist__name=NAME, checklist__jurisdiction__code=PROVINCE, number=1)


def all_yes(version: ChecklistVersion | None = None) -> dict[str, str]:
    version = version or first_version()
    return dict.fromkeys(version.items.order_by("code").values_list("code", flat=True), "yes")


def me(actor: Actor) -> OnSite:
    return OnSite.of_post(Post.objects.select_related("user", "organ").get(pk=actor.post_id))


def supervisors_report(subject: Institution | UnlicensedSite, by: Actor, **given) -> VisitReport:
    """An appointed supervisor's clean visit with all 43 items and a place; override what matters."""
    in_office(by)
    facts = {
        "client_id": uuid4(),
        "kind": VisitKind.SUPERVISOR,
        "subject": subject,
        "visited_on": DAY,
        "slot": Slot.AFTERNOON,
        "outcome": Outcome.CLEAN,
        "officers": (me(by),),
        "checklist": first_version(),
        "answers": all_yes(),
        "latitude": 2448,
        "longitude": 11808,
    }
    return VisitReport(**facts | given)


def officers_report(subject: Institution | UnlicensedSite, by: Actor, other: Actor, **given) -> VisitReport:
    """Two officers' routine visit without a checklist and without a problem."""
    facts = {
        "client_id": uuid4(),
        "kind": VisitKind.ROUTINE,
        "subject": subject,
        "visited_on": DAY,
        "slot": Slot.AFTERNOON,
        "outcome": Outcome.CLEAN,
        "officers": (me(by), me(other)),
        "pupils": HeadCount(12, at_least=True),
    }
    return VisitReport(**facts | given)


def filed(report: VisitReport, by: Actor, *, at: datetime = AT) -> Visit:
    return file_visit(report=report, by=by, at=at)
