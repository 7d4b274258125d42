from datetime import date, timedelta

import pytest
from stdnum.cn import ric

from foundation.audit.models import Event
from foundation.core.errors import IllegalTransition, InvalidInput, NotAllowed
from institutions import queries
from institutions.enums import Category, Mode, StaffRole, Stage
from institutions.models import Course, Institution, StaffMember
from institutions.operations.staff import add_staff, end_staff, record_crime_check, record_red_line, void_red_line
from institutions.operations.teaching import open_class, publish_course, record_opinion, stop_course
from tests.institutions.factories import AT, institution

pytestmark = pytest.mark.django_db
DAY = AT.date()


def id_number(number: int = 1) -> str:
    body = f"35020319000101{number:03d}"
    return body + ric.calc_check_digit(f"{body}0")


def teacher(row: Institution, by, **given) -> StaffMember:
    wanted = {
        "name": "林秋月",
        "id_number": id_number(),
        "role": StaffRole.TEACHING,
        "full_time": True,
        "other_qualification": "舞蹈教师资格",
        "in_service_school_teacher": False,
        "crime_checked_on": DAY,
        "joined_on": DAY,
        **given,
    }
    return add_staff(institution=row, by=by, at=AT, **wanted)


def course(row: Institution, by, **given) -> Course:
    wanted = {
        "name": "中国舞一级",
        "category": Category.ARTS,
        "subject": "舞蹈",
        "stage": Stage.PRIMARY,
        "mode": Mode.OFFLINE,
        "lesson_minutes": 45,
        "lesson_fee_fen": 8000,
        "published_on": DAY,
        **given,
    }
    return publish_course(institution=row, by=by, at=AT, **wanted)


@pytest.fixture
def row(cast) -> Institution:
    return institution(cast.officer)


@pytest.mark.parametrize(
    ("given", "part"),
    [
        ({"in_service_school_teacher": True}, "在职教师"),
        ({"crime_checked_on": None}, "违法犯罪记录"),
        ({"other_qualification": ""}, "专业能力证明"),
        ({"teaches_subject": True}, "教师资格证"),
        ({"id_number": "350203190001010011"}, "身份证号"),
    ],
)
def test_who_may_not_teach(cast, row, given, part):
    with pytest.raises(InvalidInput, match=part):
        teacher(row, cast.officer, **given)
    assert (StaffMember.objects.count(), Event.objects.count()) == (0, 1)


def test_a_person_is_entered_once_and_the_number_is_not_in_the_trail(cast, row):
    member = teacher(row, cast.officer)
    assert member.id_number == id_number()
    with pytest.raises(InvalidInput, match="已登记在本机构"):
        teacher(row, cast.officer)
    assert all(id_number() not in str(event.changes) for event in Event.objects.all())


def test_a_red_line_bars_the_person_everywhere_until_it_is_voided(cast, row):
    member = teacher(row, cast.officer)
    line = record_red_line(member=member, fact="体罚学生", happened_on=DAY, by=cast.officer, at=AT)
    elsewhere = institution(cast.neighbour, county="350211")
    with pytest.raises(InvalidInput, match="红线"):
        teacher(elsewhere, cast.neighbour)
    void_red_line(red_line=line, reason="查无实据", by=cast.officer, at=AT)
    assert teacher(elsewhere, cast.neighbour).institution == elsewhere
    with pytest.raises(IllegalTransition):
        void_red_line(red_line=line, reason="再来", by=cast.officer, at=AT)


def test_the_yearly_query_becomes_overdue_and_is_renewed(cast, row):
    member = teacher(row, cast.officer, crime_checked_on=DAY - timedelta(days=366))
    assert list(queries.crime_check_overdue(cast.officer, on=DAY)) == [member]
    record_crime_check(member=member, checked_on=DAY, by=cast.officer, at=AT)
    assert list(queries.crime_check_overdue(cast.officer, on=DAY)) == []
    with pytest.raises(InvalidInput, match="较新"):
        record_crime_check(member=member, checked_on=DAY - timedelta(days=1), by=cast.officer, at=AT)


def test_shares_of_staff(cast, row):
    teacher(row, cast.officer)
    teacher(row, cast.officer, id_number=id_number(2), role=StaffRole.ADMINISTRATION)
    left = teacher(row, cast.officer, id_number=id_number(3))
    end_staff(member=left, left_on=DAY, by=cast.officer, at=AT)
    assert queries.staff_shares(row) == {
        "persons": 2, "full_time_persons": 2, "full_time_teaching": 1, "full_time_teaching_percent": 50,
    }  # fmt: skip
    with pytest.raises(IllegalTransition):
        end_staff(member=left, left_on=DAY, by=cast.officer, at=AT)


@pytest.mark.parametrize("who", ["neighbour", "city", "leader", "town", "culture", "public"])
def test_only_the_countys_officer_enters_staff_and_courses(cast, row, who):
    by = getattr(cast, who)
    with pytest.raises(NotAllowed):
        teacher(row, by)
    with pytest.raises(NotAllowed):
        course(row, by)
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "part"),
    [
        ({"category": Category.SUBJECT}, "不得开设"),
        ({"mode": Mode.ONLINE}, "核准的培训形式"),
        ({"lesson_fee_fen": -1}, "不能为负"),
        ({"lesson_minutes": 5}, "不少于10分钟"),
    ],
)
def test_a_course_stays_within_the_permit(cast, row, given, part):
    with pytest.raises(InvalidInput, match=part):
        course(row, cast.officer, **given)
    assert Course.objects.count() == 0


def test_a_class_needs_a_running_course_an_own_teacher_and_sane_times(cast, row):
    taught, member = course(row, cast.officer), teacher(row, cast.officer)
    wanted = {
        "course": taught, "name": "周六班", "teacher": member, "lessons": 20, "fee_fen": 160000, "capacity": 15,
        "starts_on": DAY, "by": cast.officer, "at": AT,
    }  # fmt: skip
    slot = {"weekday": 6, "start": "09:00", "end": "10:30"}
    for bad in ({"weekday": 8, "start": "09:00", "end": "10:00"}, {"weekday": 6, "start": "10:00", "end": "09:00"}, {}):
        with pytest.raises(InvalidInput, match="上课时间"):
            open_class(timetable=[bad], **wanted)
    made = open_class(timetable=[slot], **wanted)
    assert made.timetable == [slot]
    stranger = teacher(institution(cast.officer), cast.officer, id_number=id_number(9))
    with pytest.raises(InvalidInput, match="不是本机构"):
        open_class(timetable=[slot], **{**wanted, "name": "周日班", "teacher": stranger})
    stop_course(course=taught, stopped_on=DAY, reason="师资不足", by=cast.officer, at=AT)
    with pytest.raises(InvalidInput, match="已停开"):
        open_class(timetable=[slot], **{**wanted, "course": Course.objects.get(), "name": "周三班"})


def test_an_opinion_needs_experts_without_interest_and_changes_no_category(cast, row):
    wanted = {
        "item": "少儿口才", "conclusion": Category.SUBJECT, "purpose": "提升学业", "content": "阅读", "method": "讲授",
        "evaluation": "测试", "experts": "甲、乙、丙", "decided_on": date(2026, 10, 1), "by": cast.officer, "at": AT,
    }  # fmt: skip
    with pytest.raises(InvalidInput, match="无利害关系"):
        record_opinion(institution=row, no_interest_declared=False, **wanted)
    record_opinion(institution=row, no_interest_declared=True, **wanted)
    row.refresh_from_db()
    assert (row.category, row.opinions.count()) == (Category.ARTS, 1)
    with pytest.raises(NotAllowed):
        record_opinion(institution=row, no_interest_declared=True, **{**wanted, "by": cast.culture})


@pytest.mark.parametrize(
    ("stage", "capacity", "enough"),
    [(Stage.PRIMARY, 50, True), (Stage.PRIMARY, 51, False), (Stage.PRESCHOOL, 16, True), (Stage.PRESCHOOL, 17, False)],
)
def test_full_time_staff_for_the_pupils(cast, row, stage, capacity, enough):
    """One full-time person serves up to 50 places (2 %), with preschool children up to 16 (6 %)."""
    member = teacher(row, cast.officer)
    open_class(
        course=course(row, cast.officer, stage=stage), name="班", teacher=member, lessons=1, fee_fen=1,
        timetable=[{"weekday": 6, "start": "09:00", "end": "10:30"}], capacity=capacity, starts_on=DAY,
        by=cast.officer, at=AT,
    )  # fmt: skip
    assert queries.staff_for_pupils(row, on=DAY) == (1, capacity, enough)
    assert queries.staff_for_pupils(row, on=DAY - timedelta(days=1)) == (1, 0, True)
