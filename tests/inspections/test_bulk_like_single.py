"""A row of a spreadsheet makes the same rows as the same visit filed singly; its timeline tells of the import."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

import pytest
from django.forms.models import model_to_dict
from django.utils import timezone

from foundation.audit.queries import timeline
from foundation.core import clock
from foundation.core.errors import InvalidInput
from foundation.imports.operations import apply_batch, undo_batch
from foundation.imports.queries import imported_facts
from inspections.enums import Aspect, Outcome, Severity, Slot, Source, VisitKind
from inspections.models import Finding, Visit, VisitOfficer
from inspections.operations.visits import file_visit, void_visit
from inspections.reports import HeadCount, OnSite, Problem, VisitReport
from tests.imports.factories import uploaded
from tests.inspections.factories import AT
from tests.inspections.test_bulk import plain, sheet
from tests.institutions.factories import institution, unlicensed

pytestmark = pytest.mark.django_db
PAIR = (OnSite("张三", "教育局"), OnSite("李四", "市监局"))
REMARK = "负责人不在场，由前台人员陪同查看了全部教室"
#: What two records of one visit may differ in.
OWN = ("id", "number", "client_id", "voided_at", "voided_by", "void_reason")

#: Cells of a row beyond the plain ones, and what a report says instead.
SAMPLES = {
    "plain": ({}, {}),
    "a problem": (
        {"发现问题": "消防通道堆放杂物", "所属方面": "安全隐患", "严重程度": "重", "处理结果": "责令整改"},
        {
            "problems": (Problem("消防通道堆放杂物", Aspect.SAFETY, Severity.MAJOR),),
            "outcome": Outcome.FOLLOW_UP,
        },
    ),
    "two problems of two aspects": (
        {"发现问题": "1.未公示收费标准；2.灭火器过期", "处理结果": "当场整改"},
        {
            "problems": (
                Problem("未公示收费标准", Aspect.FEES, Severity.LIGHT),
                Problem("灭火器过期", Aspect.SAFETY, Severity.LIGHT),
            ),
            "outcome": Outcome.CORRECTED,
        },
    ),
    "times and head-counts": (
        {"时段": "19:30-20:40", "学生数": "30余", "教师数": "2", "清散学生": "二百二十余人"},
        {
            "started_at": datetime(2024, 1, 15, 19, 30, tzinfo=timezone.get_default_timezone()),
            "ended_at": datetime(2024, 1, 15, 20, 40, tzinfo=timezone.get_default_timezone()),
            "pupils": HeadCount(30, at_least=True),
            "teachers": HeadCount(2),
            "dispersed": HeadCount(220, at_least=True),
        },
    ),
    "a group": ({"检查组": "第一组"}, {"group": "name:第一组", "group_name": "第一组"}),
    "unnamed persons": ({"人数": "5"}, {"unnamed": 3}),
    "a covert visit": ({"检查种类": "暗访"}, {"kind": VisitKind.COVERT, "covert": True}),
    "a remark": (
        {"备注": "负责人不在场，由前台人员陪同查看了全部教室"},
        {"remark": "负责人不在场，由前台人员陪同查看了全部教室"},
    ),
    "by day": ({"时段": "上午"}, {"slot": Slot.MORNING}),
}


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def imported(cast, **cells: str) -> Visit:
    batch = uploaded(sheet(plain("", **cells)), by=cast.officer, target="visits")
    apply_batch(batch=batch, by=cast.officer, at=clock.now())
    return Visit.objects.get(voided_at__isnull=True)


def filed(cast, subject, *, source: str = Source.SHEET, **facts) -> Visit:
    report = VisitReport(
        **{
            "client_id": uuid4(),
            "kind": VisitKind.ROUTINE,
            "subject": subject,
            "visited_on": date(2024, 1, 15),
            "slot": Slot.EVENING,
            "outcome": Outcome.CLEAN,
            "officers": PAIR,
            **facts,
        }
    )
    return file_visit(report=report, by=cast.officer, at=AT, source=source)


def facts_of(visit: Visit) -> tuple:
    """All that is stored of a visit."""
    officers = [model_to_dict(row, exclude=["id", "visit"]) for row in VisitOfficer.objects.filter(visit=visit)]
    findings = [model_to_dict(row, exclude=["id", "visit"]) for row in Finding.objects.filter(visit=visit)]
    return (
        model_to_dict(visit, exclude=OWN),
        sorted(officers, key=lambda row: row["name"]),
        sorted(findings, key=lambda row: row["text"]),
    )


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_row_makes_what_a_report_makes(cast, sample):
    cells, facts = SAMPLES[sample]
    subject = institution(cast.officer)
    single = filed(cast, subject, **facts)
    expected, number = facts_of(single), single.number
    void_visit(visit=single, reason="为对照而作废", by=cast.leader, at=AT)
    visit = imported(cast, 机构名称=subject.name, **cells)
    assert facts_of(visit) == expected
    assert (number[:-4], visit.number[:-4]) == ("JC-350203-202401-",) * 2


@pytest.mark.parametrize("source", [Source.PHONE, Source.DESK])
def test_only_a_sheet_may_leave_names_out(cast, source):
    with pytest.raises(InvalidInput, match="请填写每名检查人员的姓名"):
        filed(cast, institution(cast.officer), unnamed=2, source=source)
    assert Visit.objects.count() == 0


def test_an_unlicensed_site_too(cast):
    subject = unlicensed(cast.officer)
    single = filed(cast, subject)
    expected = facts_of(single)
    void_visit(visit=single, reason="为对照而作废", by=cast.leader, at=AT)
    assert facts_of(imported(cast, 无证场所编号=subject.number)) == expected


def test_the_timeline_tells_of_the_import_where_a_single_one_has_its_event(cast):
    subject = institution(cast.officer)
    single = filed(cast, subject, group="name:其他组")
    batch = uploaded(sheet(plain(subject.name)), by=cast.officer, target="visits", file_name="台账.csv")
    apply_batch(batch=batch, by=cast.officer, at=clock.now())
    visit = Visit.objects.exclude(pk=single.pk).get()
    [event], [fact] = timeline(single), imported_facts(visit)
    assert (event.label, list(timeline(visit))) == ("登记检查", [])
    assert (fact.label, fact.reason, fact.actor_name) == ("导入数据", "台账.csv 第2行：新增", cast.officer.name)
    assert (fact.at, fact.subject_type) == (event.at, event.subject_type)
    batch.refresh_from_db()
    undo_batch(batch=batch, reason="报错了", by=cast.officer, at=clock.now())
    assert [each.label for each in imported_facts(visit)] == ["撤销导入", "导入数据"]
