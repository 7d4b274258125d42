"""Supervisors' findings count once staff verified them."""

from __future__ import annotations

import pytest

from foundation.audit.models import Event
from foundation.core import outbox
from foundation.core.errors import IllegalTransition, InvalidInput, NotAllowed
from foundation.notifications.models import Message
from inspections import workflow
from inspections.enums import FindingState, Outcome
from inspections.operations.findings import confirm_finding, dismiss_finding
from inspections.operations.visits import void_visit
from inspections.queries import visits as queries
from inspections.queries.alike import same_words
from tests.inspections.factories import AT, all_yes, filed, officers_report, supervisors_report
from tests.institutions.factories import institution

pytestmark = pytest.mark.django_db
NOTE = "二楼安全出口堆放桌椅并上锁，学生无法通行"


def seen_by_supervisor(cast, place=None, **given):
    facts = {"answers": all_yes() | {"B03": "no"}, "notes": {"B03": NOTE}, "outcome": Outcome.FOLLOW_UP}
    place = place or institution(cast.officer)
    return filed(supervisors_report(place, cast.supervisor, **facts | given), cast.supervisor)


def test_confirmed_counts(cast):
    visit = seen_by_supervisor(cast)
    visits = queries.counted(cast.officer)
    assert (queries.findings_by_section(visits), list(queries.to_judge(cast.officer))) == ([], [visit.findings.get()])
    confirm_finding(finding=visit.findings.get(), remark="已到现场核实", by=cast.officer, at=AT)
    finding = visit.findings.get()
    assert (finding.state, finding.judged_by_id) == (FindingState.CONFIRMED, cast.officer.user_id)
    assert queries.findings_by_section(visits) == [("B", 1)]
    assert queries.findings_by_aspect(visits) == [("safety", 1)]
    assert not queries.to_judge(cast.officer).exists()
    assert Event.objects.get(kind="finding.confirmed").reason == "已到现场核实"


def test_dismissed_does_not_count_and_says_why(cast):
    visit = seen_by_supervisor(cast)
    with pytest.raises(InvalidInput, match="请写明核实情况"):
        dismiss_finding(finding=visit.findings.get(), remark=" ", by=cast.officer, at=AT)
    dismiss_finding(finding=visit.findings.get(), remark="出口在另一侧，畅通", by=cast.officer, at=AT)
    assert queries.findings_by_aspect(queries.counted(cast.officer)) == []
    assert queries.tally(queries.counted(cast.officer)).with_problem == 0


def test_refusals(cast):
    finding = seen_by_supervisor(cast).findings.get()
    for who in (cast.neighbour, cast.leader, cast.supervisor, cast.town, cast.province):
        with pytest.raises(NotAllowed):
            confirm_finding(finding=finding, by=who, at=AT)
    void_visit(visit=finding.visit, reason="重复", by=cast.leader, at=AT)
    with pytest.raises(IllegalTransition, match="已作废"):
        confirm_finding(finding=finding, by=cast.officer, at=AT)
    assert not Event.objects.filter(kind__startswith="finding.").exists()


@pytest.mark.parametrize("state", FindingState)
@pytest.mark.parametrize("step", [workflow.CONFIRM, workflow.DISMISS])
def test_steps(cast, state, step):
    assert step.starts_from(state) == (state == FindingState.REPORTED)


def test_who_is_told(cast, at_work):
    visit = seen_by_supervisor(cast)
    outbox.deliver_all(at=AT)
    told = Message.objects.filter(kind="inspections.serious")
    assert set(told.values_list("recipient_id", flat=True)) == {cast.officer.user_id, cast.second_officer.user_id}
    assert NOTE in told.first().body
    confirm_finding(finding=visit.findings.get(), remark="属实，已约谈", by=cast.officer, at=AT)
    outbox.deliver_all(at=AT)
    message = Message.objects.get(kind="inspections.judged")
    assert (message.recipient_id, message.body) == (cast.supervisor.user_id, "属实，已约谈")


def test_the_same_words_elsewhere_are_pointed_out(cast):
    """Spaces and stops do not hide it; short notes and other visits at the same site are no hint."""
    first = seen_by_supervisor(cast)
    same = seen_by_supervisor(cast, notes={"B03": NOTE.replace("，", " ") + "。"})
    seen_by_supervisor(cast, notes={"B03": "门上锁"})
    seen_by_supervisor(cast, place=first.institution, slot="evening")
    found = same_words(cast.officer, same)
    assert {row[1] for row in found} == {first.number, "JD-350203-202611-0004"}
    assert [row[1] for row in same_words(cast.officer, first)] == [same.number]
    assert same_words(cast.neighbour, same) == []


def test_officers_words_are_compared_too(cast):
    remark = "现场有教师两名、学生十二名，正在开展英语培训"
    rows = [institution(cast.officer) for _ in range(2)]
    first, second = (
        filed(officers_report(row, cast.officer, cast.second_officer, remark=remark), cast.officer) for row in rows
    )
    assert [row[1] for row in same_words(cast.officer, first)] == [second.number]
