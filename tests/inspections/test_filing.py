"""Filing visits: what is demanded of whom, once and only once, and what the record then says."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from foundation.audit.models import Event
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed
from foundation.core.models import OutboxMessage
from inspections import notices
from inspections.enums import FindingState, Outcome, Slot, Timeliness, VisitKind
from inspections.models import Finding, Visit, VisitSeries
from inspections.operations.visits import void_visit
from inspections.reports import Problem
from tests.inspections.factories import AT, DAY, all_yes, filed, me, officers_report, supervisors_report
from tests.institutions.factories import institution, unlicensed

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(cast):
    return institution(cast.officer)


def test_a_supervisors_visit(cast, place):
    visit = filed(supervisors_report(place, cast.supervisor, remark=" 上课秩序良好，未见异常情况。 "), cast.supervisor)
    assert visit.number == "JD-350203-202611-0001"
    assert (visit.answered, visit.failed, visit.timeliness) == (43, 0, Timeliness.ON_TIME)
    assert (visit.subject_name, visit.address, visit.category) == (place.name, place.address, place.category)
    assert [officer.user_id for officer in visit.officers.all()] == [cast.supervisor.user_id]
    assert visit.remark == "上课秩序良好，未见异常情况。"
    event = Event.objects.get(subject_type="inspections.visit", subject_id=visit.pk)
    assert (event.kind, event.actor_id) == ("visit.filed", cast.supervisor.user_id)


def test_the_same_form_is_one_record(cast, place):
    report = supervisors_report(place, cast.supervisor)
    first, again = filed(report, cast.supervisor), filed(report, cast.supervisor)
    assert first == again
    assert Visit.objects.count() == 1
    assert Event.objects.filter(kind="visit.filed").count() == 1
    assert VisitSeries.objects.get().last_no == 1


def test_anothers_form_is_not_taken_over(cast, place):
    report = officers_report(place, cast.officer, cast.second_officer)
    filed(report, cast.officer)
    with pytest.raises(Conflict, match="其他账号"):
        filed(report, cast.second_officer)


def test_findings_of_a_supervisor_wait_for_staff(cast, place):
    answers = all_yes() | {"B03": "no", "A05": "unseen"}
    report = supervisors_report(
        place, cast.supervisor, answers=answers, notes={"B03": "后门上锁"}, outcome=Outcome.FOLLOW_UP
    )
    visit = filed(report, cast.supervisor)
    [finding] = visit.findings.all()
    assert (finding.code, finding.aspect, finding.severity) == ("B03", "safety", "critical")
    assert finding.state == FindingState.REPORTED
    assert OutboxMessage.objects.get(kind=notices.SERIOUS_FOUND).payload == {"visit_id": visit.pk}


def test_findings_of_officers_count_at_once(cast, place):
    problem = Problem("无证举办", "conduct", "major", "现场有学生12人")
    visit = filed(
        officers_report(place, cast.officer, cast.second_officer, problems=(problem,), outcome=Outcome.CORRECTED),
        cast.officer,
    )
    assert visit.number == "JC-350203-202611-0001"
    assert visit.findings.get().state == FindingState.CONFIRMED
    assert (visit.pupils, visit.pupils_at_least) == (12, True)
    assert not OutboxMessage.objects.filter(kind=notices.SERIOUS_FOUND).exists()


WRONG = {
    "tomorrow": ({"visited_on": date(2026, 11, 19)}, "检查日期不能晚于今天"),
    "no section I": ({"answers": {f"{code}01": "yes" for code in "ABCDEFGH"}}, "还缺：I 内部管理与权益保护"),
    "nothing shows it": ({"latitude": None, "longitude": None}, "至少附一张照片或记录位置"),
    "no checklist": ({"checklist": None, "answers": {}}, "请按检查清单填写"),
    "unknown item": ({"answers": {"Z99": "yes"}}, "没有条目Z99"),
    "unknown answer": ({"answers": {"A01": "maybe"}}, "只能是是、否、不适用或无法查看"),
    "bare no": ({"outcome": Outcome.FOLLOW_UP, "answers": {"A01": "no"}}, "条目A01答“否”，请写明情况或附照片"),
    "clean with a problem": ({"answers": {"A01": "no"}, "notes": {"A01": "未亮证"}}, "检查结论不能是“未发现问题”"),
    "nobody": ({"officers": ()}, "请填写检查人员"),
    "another day": ({"started_at": AT.replace(day=17)}, "开始时间不在检查日期当天"),
    "backwards": ({"started_at": AT, "ended_at": AT.replace(hour=9)}, "结束时间不能早于开始时间"),
}


@pytest.mark.parametrize(("given", "sentence"), WRONG.values(), ids=WRONG)
def test_what_is_refused(cast, place, given, sentence):
    report = supervisors_report(place, cast.supervisor, **given)
    with pytest.raises(InvalidInput, match=sentence):
        filed(report, cast.supervisor)
    assert not Visit.objects.exists()
    assert not Event.objects.filter(kind="visit.filed").exists()


def test_all_faults_are_said_at_once(cast, place):
    report = supervisors_report(place, cast.supervisor, visited_on=date(2026, 12, 1), latitude=None, answers={})
    with pytest.raises(InvalidInput) as refusal:
        filed(report, cast.supervisor)
    assert set(refusal.value.fields) == {"visited_on", "answers", "photos"}


@pytest.mark.parametrize("kind", [VisitKind.ROUTINE, VisitKind.RANDOM, VisitKind.JOINT])
def test_enforcement_needs_two(cast, place, kind):
    report = officers_report(place, cast.officer, cast.second_officer, kind=kind, officers=(me(cast.officer),))
    with pytest.raises(InvalidInput, match="须有2名以上检查人员"):
        filed(report, cast.officer)


def test_one_visit_of_a_group_in_a_slot(cast, place):
    filed(supervisors_report(place, cast.supervisor), cast.supervisor)
    with pytest.raises(InvalidInput, match="同一组人员在同一天同一时段"):
        filed(supervisors_report(place, cast.supervisor), cast.supervisor)
    filed(supervisors_report(place, cast.supervisor, slot=Slot.EVENING), cast.supervisor)
    filed(officers_report(place, cast.officer, cast.second_officer), cast.officer)
    assert Visit.objects.count() == 3


WHO = {
    "neighbour": "neighbour",
    "province": "province",
    "bank": "bank",
    "supervisor": "supervisor",
    "grid": "grid",
    "legal": "legal",
}


@pytest.mark.parametrize("who", WHO)
def test_who_may_not_file_an_official_visit(cast, place, who):
    report = officers_report(place, cast.officer, cast.second_officer)
    with pytest.raises(NotAllowed):
        filed(report, getattr(cast, who))


@pytest.mark.parametrize("who", ["officer", "city", "grid", "other_city"])
def test_who_may_not_file_a_supervisors_visit(cast, place, who):
    with pytest.raises(NotAllowed):
        filed(supervisors_report(place, cast.supervisor), getattr(cast, who))


def test_a_supervisor_stays_in_the_own_city(cast):
    with pytest.raises(NotAllowed):
        filed(supervisors_report(institution(cast.other_city, county="350581"), cast.supervisor), cast.supervisor)


def at(*when: int) -> datetime:
    """An instant by the clocks of Beijing."""
    return datetime(*when, tzinfo=timezone.get_default_timezone())


MONTHS = [
    (date(2026, 11, 30), at(2026, 11, 30, 23, 59), Timeliness.ON_TIME),
    (date(2026, 11, 30), at(2026, 12, 1, 0, 30), Timeliness.LATE),
    (date(2026, 11, 1), at(2026, 12, 3, 23, 59), Timeliness.LATE),
    (date(2026, 11, 30), at(2026, 12, 4, 0, 0), Timeliness.OVERDUE),
    (date(2026, 12, 31), at(2027, 1, 1, 0, 30), Timeliness.LATE),
]


@pytest.mark.parametrize(("day", "sent", "expected"), MONTHS)
def test_timeliness(cast, place, day, sent, expected):
    at = sent.replace(tzinfo=timezone.get_default_timezone())
    assert (
        filed(supervisors_report(place, cast.supervisor, visited_on=day), cast.supervisor, at=at).timeliness == expected
    )


HOURS = [
    (date(2026, 11, 18), Slot.MORNING, False),
    (date(2026, 11, 18), Slot.EVENING, True),
    (date(2026, 11, 15), Slot.MORNING, True),  # a Sunday
    (date(2026, 10, 1), Slot.MORNING, True),  # National Day
    (date(2026, 10, 10), Slot.AFTERNOON, False),  # a Saturday that is worked
]


@pytest.mark.parametrize(("day", "slot", "off"), HOURS)
def test_off_hours(cast, place, day, slot, off):
    visit = filed(officers_report(place, cast.officer, cast.second_officer, visited_on=day, slot=slot), cast.officer)
    assert visit.off_hours is off


def test_an_unlicensed_site(cast):
    site = unlicensed(cast.officer)
    visit = filed(officers_report(site, cast.officer, cast.second_officer), cast.officer)
    assert (visit.unlicensed, visit.institution) == (site, None)
    assert site.number in visit.subject_name or visit.subject_name == site.sign


# -- voiding ---------------------------------------------------------------------------------------------------------
def test_void(cast, place):
    visit = filed(officers_report(place, cast.officer, cast.second_officer), cast.officer)
    void_visit(visit=visit, reason="录错机构", by=cast.leader, at=AT)
    visit.refresh_from_db()
    assert (visit.voided_by_id, visit.void_reason) == (cast.leader.user_id, "录错机构")
    assert Event.objects.get(kind="visit.voided").reason == "录错机构"
    filed(officers_report(place, cast.officer, cast.second_officer), cast.officer)  # the slot is free again


def test_void_refusals(cast, place):
    visit = filed(officers_report(place, cast.leader, cast.officer), cast.leader)
    with pytest.raises(NotAllowed):
        void_visit(visit=visit, reason="错", by=cast.officer, at=AT)
    with pytest.raises(NotAllowed, match="另一名"):
        void_visit(visit=visit, reason="错", by=cast.leader, at=AT)
    with pytest.raises(InvalidInput):
        void_visit(visit=visit, reason=" ", by=cast.city, at=AT)
    void_visit(visit=visit, reason="错", by=cast.city, at=AT)
    with pytest.raises(IllegalTransition):
        void_visit(visit=visit, reason="错", by=cast.city, at=AT)
    assert Event.objects.filter(kind="visit.voided").count() == 1


def test_a_visit_is_never_changed_or_deleted(cast, place):
    """Also by hand in SQL, as the site's login; seen to fail without the trigger ``visit_stays``."""
    visit = filed(officers_report(place, cast.officer, cast.second_officer), cast.officer)
    for statement in ("UPDATE inspections_visit SET outcome = 'refused'", "DELETE FROM inspections_visit"):
        with pytest.raises(IntegrityError, match="may only be voided"), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(statement)
    void_visit(visit=visit, reason="错", by=cast.leader, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.update(voided_at=None, void_reason="")


def test_scope(cast, place):
    visit = filed(officers_report(place, cast.officer, cast.second_officer, visited_on=DAY), cast.officer)
    seen = {name for name, actor in cast.everyone().items() if Visit.objects.visible_to(actor).filter(pk=visit.pk)}
    assert {"neighbour", "other_city", "bank", "finance", "public"}.isdisjoint(seen)
    assert {"officer", "leader", "city", "province"} <= seen
    assert Finding.objects.count() == 0
