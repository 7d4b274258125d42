"""In office: renewal, another area, the ways out, the replacement that finishes a term."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from foundation.accounts.actors import posts_on
from foundation.core import private_files
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed
from foundation.documents.models import Document
from supervisors import papers, workflow
from supervisors.enums import SupervisorState
from supervisors.models import Supervisor
from supervisors.operations.appointing import appoint
from supervisors.operations.terms import change_area, dismiss, let_expire, let_resign, renew, review_year
from supervisors.tasks import KEEPER
from tests.cast import NEIGHBOUR, OTHER_CITY, jurisdiction
from tests.supervisors.factories import (
    after_publicity,
    announced,
    appointed,
    at_ten,
    deliver,
    in_office_from,
    opened,
)
from tests.supervisors.test_recruiting import refused

pytestmark = pytest.mark.django_db
FIRST = date(2026, 4, 1)
LATER = at_ten(date(2026, 12, 1))
PAST = at_ten(date(2028, 4, 1))


@pytest.fixture
def supervisor(cast) -> Supervisor:
    return in_office_from(cast, FIRST)


def reviewed(cast, row: Supervisor, verdict: str = "good") -> Supervisor:
    review_year(supervisor=row, year=2026, verdict=verdict, remark="履职情况", by=cast.city, at=LATER)
    return row


def test_a_renewal_runs_on_from_the_old_term_with_new_papers(cast, supervisor):
    old = set(papers.valid_papers(supervisor).values_list("pk", flat=True))
    row = renew(supervisor=reviewed(cast, supervisor), months=12, by=cast.city, at=LATER)
    assert (row.term_from_on, row.term_until_on) == (FIRST, date(2029, 3, 31))
    new = set(papers.valid_papers(row).values_list("pk", flat=True))
    assert (len(old), len(new), old & new) == (2, 2, set())
    assert [post.pk for post in posts_on(row.user, date(2029, 3, 31))] == [row.post_id]
    assert [post.pk for post in posts_on(row.user, LATER.date())] == [row.post_id]


@pytest.mark.parametrize("verdict", [None, "bad"])
def test_nobody_is_renewed_without_a_review_or_after_a_bad_one(cast, supervisor, verdict):
    if verdict:
        reviewed(cast, supervisor, verdict)
    refused(InvalidInput, lambda: renew(supervisor=supervisor, months=12, by=cast.city, at=LATER), "年度考核")
    assert papers.valid_papers(supervisor).count() == 2


@pytest.mark.parametrize("year", [2025, 2027])
def test_only_years_of_the_term_that_have_come_are_reviewed(cast, supervisor, year):
    facts = {"verdict": "good", "remark": "x", "by": cast.city, "at": LATER}
    refused(InvalidInput, lambda: review_year(supervisor=supervisor, year=year, **facts))


def test_a_year_is_reviewed_once(cast, supervisor):
    reviewed(cast, supervisor)
    refused(InvalidInput, lambda: reviewed(cast, supervisor), "已考核")


def test_another_area_moves_the_post_and_changes_the_papers(cast, supervisor):
    row = change_area(supervisor=supervisor, area=jurisdiction(NEIGHBOUR), by=cast.city, at=LATER)
    assert [post.division.code for post in posts_on(row.user, LATER.date())] == [NEIGHBOUR]
    assert papers.valid_papers(row).count() == 2
    for area in (jurisdiction(NEIGHBOUR), jurisdiction(OTHER_CITY)):
        refused(InvalidInput, lambda area=area: change_area(supervisor=row, area=area, by=cast.city, at=LATER))


@pytest.mark.parametrize(("leave", "state"), [(dismiss, "dismissed"), (let_resign, "resigned")])
def test_who_leaves_loses_post_and_papers_today(cast, supervisor, leave, state):
    row = leave(supervisor=supervisor, reason="迁居外地", by=cast.city, at=LATER)
    assert (row.state, row.last_day_on) == (state, LATER.date())
    assert posts_on(row.user, LATER.date()) == []
    assert papers.valid_papers(row).count() == 0
    refused(InvalidInput, lambda: leave(supervisor=row, reason=" ", by=cast.city, at=LATER))


@pytest.mark.parametrize("state", SupervisorState.values)
@pytest.mark.parametrize("step", workflow.SUPERVISOR.transitions, ids=lambda step: step.name)
def test_every_state_and_step(cast, supervisor, state, step):
    bring = {
        "in_office": lambda: supervisor,
        "expired": lambda: let_expire(supervisor=supervisor, by=KEEPER, at=PAST),
        "dismissed": lambda: dismiss(supervisor=supervisor, reason="x", by=cast.city, at=LATER),
        "resigned": lambda: let_resign(supervisor=supervisor, reason="x", by=cast.city, at=LATER),
    }
    row = bring[state]()
    steps = {
        "expire": lambda: let_expire(supervisor=row, by=KEEPER, at=PAST),
        "dismiss": lambda: dismiss(supervisor=row, reason="x", by=cast.city, at=PAST),
        "resign": lambda: let_resign(supervisor=row, reason="x", by=cast.city, at=PAST),
    }
    if step.starts_from(state):
        assert steps[step.name]().state == step.target
    else:
        refused(IllegalTransition, steps[step.name])
        assert Supervisor.objects.get(pk=row.pk).state == state


def test_a_running_term_does_not_expire(cast, supervisor):
    refused(Conflict, lambda: let_expire(supervisor=supervisor, by=KEEPER, at=LATER))
    refused(NotAllowed, lambda: let_expire(supervisor=supervisor, by=cast.city, at=PAST))


@pytest.mark.parametrize("who", ["officer", "leader", "other_city", "province", "supervisor", "system"])
def test_only_the_appointing_bureau_manages(cast, supervisor, who):
    by = getattr(cast, who)
    refused(NotAllowed, lambda: dismiss(supervisor=supervisor, reason="x", by=by, at=LATER))
    refused(NotAllowed, lambda: renew(supervisor=supervisor, months=1, by=by, at=LATER))
    refused(NotAllowed, lambda: change_area(supervisor=supervisor, area=supervisor.area, by=by, at=LATER))
    facts = {"year": 2026, "verdict": "good", "remark": "x", "at": LATER}
    refused(NotAllowed, lambda: review_year(supervisor=supervisor, by=by, **facts))


def test_a_replacement_finishes_the_term_of_the_one_who_left(cast, supervisor):
    dismiss(supervisor=supervisor, reason="迁居", by=cast.city, at=LATER)
    gone = Supervisor.objects.get(pk=supervisor.pk)
    row = announced(cast, at=LATER, replaces=gone)
    new = appoint(candidate=row, by=cast.city, at=after_publicity(row)).supervisor
    assert new.term_until_on == supervisor.term_until_on
    batch = opened(cast, at=LATER)
    refused(InvalidInput, lambda: announced(cast, batch, at=LATER, replaces=gone), "已有补选")


def test_who_is_in_office_is_not_replaced(cast, supervisor):
    batch = opened(cast, at=LATER)
    refused(InvalidInput, lambda: announced(cast, batch, at=LATER, replaces=supervisor), "补选")


def test_numbers_run_on_within_a_year(cast):
    numbers = [appointed(cast).number for _ in range(2)]
    assert numbers == ["JDY-350200-2026-001", "JDY-350200-2026-002"]


def test_letter_and_card_are_made_as_pdf_and_word(cast, supervisor):
    deliver(at_ten(FIRST) + timedelta(days=1))
    for document in Document.objects.filter(subject_type="supervisors.supervisor"):
        files = {file.format: private_files.fetch(file.path, sha256=file.sha256) for file in document.files.all()}
        assert set(files) == {"pdf", "docx"}
        assert files["pdf"].startswith(b"%PDF")
