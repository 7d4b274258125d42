"""厦门: 15 nominated, 3 rejected, 12 appointed, 162 家次 by supervisors alone; each figure found four ways."""

from __future__ import annotations

from dataclasses import replace

import pytest

from demo import xiamen
from foundation.accounts.actors import actor_for
from foundation.accounts.models import User
from foundation.core import clock, outbox
from foundation.documents.models import Document
from inspections.models import Visit
from inspections.operations.visits import void_visit
from inspections.queries import visits as counting
from supervisors import duties, queries, rules
from supervisors.enums import CandidateState, ObjectionState, SupervisorState
from supervisors.models import Candidate, Objection, Recruitment, Supervisor
from supervisors.months import Month
from tests.journeys import bulletin
from tests.journeys.figures import Reader, told_in_prose

pytestmark = [pytest.mark.slow, pytest.mark.prove]
CASE = xiamen


@pytest.fixture
def reader(case):
    return Reader("xiamen.guanli", clock.now())


@pytest.fixture
def city(reader):
    return reader.actor


def test_every_figure_of_the_bulletin(reader):
    for figure in bulletin.xiamen().values():
        reader.finds(figure)


def test_one_visit_voided_is_gone_everywhere(reader):
    visit = Visit.objects.filter(kind="supervisor").order_by("pk")[80]
    void_visit(visit=visit, reason="重复登记", by=reader.actor, at=reader.now)
    figures = bulletin.xiamen()
    reader.finds(replace(figures["visits"], says="161家次"))
    reader.finds(replace(figures["each"], says="13.4家次/人"))
    reader.finds(figures["appointed"])


def test_xiamens_first_twelve(city):
    [batch] = Recruitment.objects.visible_to(city)
    assert (batch.batch, batch.level, batch.publicity_days) == ("首批", "city", 5)
    assert sum(line.nominated for line in queries.by_district(batch)) == 15
    assert len(queries.by_district(batch)) == 6

    candidates = Candidate.objects.visible_to(city)
    rejected = candidates.filter(state=CandidateState.REJECTED)
    assert rejected.count() == 3
    assert all(rejected.values_list("review_reason", flat=True))
    [objection] = Objection.objects.visible_to(city)
    assert (objection.state, bool(objection.findings)) == (ObjectionState.DISMISSED, True)

    supervisors = Supervisor.objects.visible_to(city)
    assert supervisors.filter(state=SupervisorState.IN_OFFICE).count() == 12
    assert queries.in_office(on=clock.today()).count() == 12
    kinds = ("supervisor_letter", "supervisor_card")
    papers = Document.objects.filter(subject_type="supervisors.supervisor", kind__in=kinds)
    assert {kind: papers.filter(kind=kind).count() for kind in kinds} == {
        "supervisor_letter": 12,
        "supervisor_card": 12,
    }


def test_what_the_worker_makes_of_it(city):
    """Letters and cards as files, as soon as somebody carries out what the case promised."""
    outbox.deliver_all(at=clock.now())
    kinds = ("supervisor_letter", "supervisor_card")
    papers = Document.objects.filter(subject_type="supervisors.supervisor", kind__in=kinds)
    assert papers.filter(files__format="pdf").count() == 24


def test_a_hundred_and_sixty_two_from_supervisors_visits_alone(city):
    found = duties.total(Supervisor.objects.visible_to(city))
    assert (found.visits, found.persons, found.each) == (162, 12, "13.5")
    visits = counting.counted(city)
    assert counting.of_supervisors(visits).count() == 162
    assert counting.official(visits).count() == visits.count() - 162
    assert Visit.objects.filter(kind="supervisor").count() == 162


def test_months_at_a_glance_and_the_one_who_fell_short(city):
    on = clock.today()
    shown = duties.overview(
        Supervisor.objects.visible_to(city), until=Month.of(on).back(), number=9, on=on.replace(day=28)
    )
    assert (len(shown.lines), sum(line.done for line in shown.lines)) == (12, 162)
    assert (shown.owed, shown.reached, shown.rate) == (108, 107, "99.07%")
    assert shown.lines[0].shortfalls == 1
    assert sum(cell.late for line in shown.lines for cell in line.cells) == 1


def test_the_composition_counts_identities_and_persons_apart(city):
    found = queries.composition(duties.supervised(city))
    assert found.persons == 12
    assert sum(number for _, number in found.lines) > 12


def test_the_known_login_may_go_out(city):
    actor = actor_for(User.objects.get(username="xiamen.jiandu"), on=clock.today())
    assert rules.may_file(actor, clock.today())
    assert queries.supervisor_of(actor).name == actor.name


def test_the_paragraph_is_written_anew_from_records(case):
    text = told_in_prose("supervisors", place="350200", first=bulletin.SINCE, last=clock.today(), now=clock.now())
    assert "现在聘12人" in text
    assert "共监督检查162家次" in text
