"""在办期限: each number by person and kind is the number of rows of the list behind it; own area only; few queries."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enforcement.models import Order
from foundation.accounts.models import User
from foundation.core import clock
from foundation.deadlines import kinds
from foundation.deadlines.by_person import MOST, NOBODY, Numbers, overview
from foundation.deadlines.enums import Limit
from foundation.deadlines.models import Deadline
from foundation.deadlines.operations.deadlines import pause_deadline
from tests.architecture.source import modules
from tests.cases.factories import certified, filed
from tests.cast import NEIGHBOUR
from tests.clues.factories import clue
from tests.deadlines.factories import started
from tests.deadlines.test_every_clock_moves import clocks_of_cases, clocks_of_clues, clocks_of_lists
from tests.declarations.factories import opened
from tests.enforcement.factories import issued_today
from tests.enforcement.interviewing import held, with_parties
from tests.inspections.factories import AT
from tests.institutions.factories import institution
from tests.listings.factories import checked_now, proposed

pytestmark = pytest.mark.django_db
PAGE, LIST = "/admin/deadlines/deadline/by-person/", "/admin/deadlines/deadline/"


@pytest.fixture
def work(cast):
    """Orders of today, an interview, a case, a clue nobody took up yet; one clock each late, soon, paused."""
    with clock.set_to(AT):
        issued_today(cast, institution(cast.officer))
        held(with_parties(cast.officer, [institution(cast.officer)], at=AT), cast.officer, at=AT)
        filed(cast, at=AT)
        clue(cast.officer, at=AT)
        started(cast.second_officer, code="late", due_on=date(2026, 11, 17), started_on=date(2026, 11, 2), at=AT)
        paused = started(cast.officer, code="paused", due_on=AT.date(), started_on=date(2026, 11, 2), at=AT)
        pause_deadline(deadline=paused, reason="鉴定", by=cast.officer, at=AT)
        started(cast.neighbour, place=NEIGHBOUR, code=Limit.CASE_FILING, started_on=AT.date(), at=AT)
        yield cast


def told(actor) -> dict:
    found = overview(actor, on=AT.date())
    return {line.user.name if line.user else None: line.by_kind for line in found.lines}


def test_each_matter_counts_for_the_one_who_answers_for_it(work):
    assert told(work.officer) == {
        work.officer.name: {
            "order": Numbers(1, 1, 0),  # due today
            "interview": Numbers(1, 0, 0),
            "case": Numbers(1, 0, 0),
        },
        None: {"clue": Numbers(1, 1, 0), "other": Numbers(2, 0, 1)},  # the paused one is neither soon nor late
    }


def test_a_case_goes_over_with_its_first_officer_and_a_named_post_comes_first(work):
    case = Deadline.objects.get(subject_type="cases.case", code=Limit.PENALTY_DECISION)
    officers = certified(work)
    Deadline.objects.filter(pk=case.pk).update(post=officers[1])
    assert told(work.officer)[work.second_officer.name] == {"case": Numbers(1, 0, 0)}


def test_everybody_sees_the_own_area_and_what_they_may_know(work):
    kinds_seen = {
        name: {kind.code for kind in overview(getattr(work, name), on=AT.date()).kinds}
        for name in ("officer", "leader", "city", "legal", "neighbour", "bank")
    }
    every = {"order", "interview", "case", "clue", "other"}
    assert kinds_seen == {
        "officer": every,
        "leader": every,
        "city": every - {"case"},  # the terms of a case are its bureau's
        "legal": {"order", "interview", "other"},
        "neighbour": {"other"},
        "bank": set(),
    }


@pytest.mark.parametrize("who", ["officer", "leader", "city"])
def test_every_number_opens_just_its_rows(work, enter, who):
    client = enter(getattr(work, who))
    page = client.get(PAGE)
    cells = [cell for line in (page.context["total"], *page.context["lines"]) for _, cell in line["cells"]]
    asked = {url: number for cell in cells for _, number, _, url in cell}
    assert len(asked) > 10
    for url, number in asked.items():
        assert client.get(url).context["cl"].result_count == number, url


def test_a_keeper_typed_into_the_address_tells_no_name_of_elsewhere(work, enter):
    stranger = User.objects.get(pk=work.neighbour.user_id)
    Deadline.objects.filter(jurisdiction__code=NEIGHBOUR).update(post=work.neighbour.post_id)
    for pk in (stranger.pk, 10**30, "x"):
        page = enter(work.officer).get(f"{LIST}?keeper={pk}")
        assert stranger.name not in page.content.decode()
    assert enter(work.officer).get(f"{LIST}?keeper={NOBODY}").context["cl"].result_count == 3


def test_more_work_costs_no_more_queries(work, enter, django_assert_num_queries):
    with django_assert_num_queries(4):
        overview(work.leader, on=AT.date())
    client = enter(work.leader)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        client.get(PAGE)
    for _ in range(3):
        issued_today(work, institution(work.officer))
        filed(work, at=AT)
    with django_assert_num_queries(len(one)):
        client.get(PAGE)


def test_the_most_pressing_come_first_and_the_rest_is_said(work, enter, monkeypatch):
    monkeypatch.setattr("foundation.deadlines.by_person.MOST", 1)
    page = enter(work.officer).get(PAGE)
    assert [line["user"] for line in page.context["lines"]] == [None]
    assert "共 2 人" in page.content.decode()
    assert MOST == 100


def test_every_app_says_whose_its_clocks_are(cast):
    """Fails when an app starts clocks over a subject of which it does not say the kind and the keeper."""
    with clock.set_to(AT):
        for start in (clocks_of_cases, clocks_of_lists, clocks_of_clues):
            start(cast)
        checked_now(cast, institution(cast.officer))
        proposed(cast)
        opened(cast)
    subjects = set(Deadline.objects.values_list("subject_type", flat=True))
    assert {"cases.case", "cases.preservation", "listings.listentry", "listings.repair", "clues.clue"} < subjects
    assert subjects <= set(kinds.declared())
    declared = {"assignments.part", "inspections.draw", "enforcement.order", "enforcement.interviewparty"}
    declared |= {"funds.agreement", "funds.obstacle", "payouts.refund", "banking.difference", "alerts.alert"}
    assert declared | subjects == set(kinds.declared())
    starting = {module.app for module in modules() if "start_deadline(" in module.text}
    assert starting - {"foundation.deadlines"} == {label.partition(".")[0] for label in kinds.declared()}


def test_two_apps_cannot_claim_one_subject():
    with pytest.raises(RuntimeError):
        kinds.kept(Order, kind=kinds.OTHER)
