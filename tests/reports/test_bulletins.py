"""工作简报: prose whose every number is a KPI; what somebody typed is marked; unknown marks are told all at once."""

from datetime import timedelta

import pytest

from foundation.core import clock
from foundation.core.errors import InvalidInput
from inspections.operations.tagging import tag_visit
from reports import operations
from reports.beginnings import FOLDER, beginnings
from reports.composing import MARK, filled, loose, named_in, pieces
from reports.counting import question_of
from reports.enums import ReportState, SheetKind
from reports.kpis import kpi_of
from reports.models import Report
from reports.running import count_report
from tests.documents.factories import organ_of
from tests.inspections.campaigning import running
from tests.inspections.factories import AT, DAY, filed, officers_report
from tests.institutions.factories import institution
from tests.reports.asked import ask

pytestmark = pytest.mark.django_db
PERIOD = {"period_from": DAY.replace(day=1), "period_to": DAY}
BODY = """一是严检查。共检查【检查家次】、【检查家数】，其中学科类【检查家次·学科类】。

二是出动【出动人次=99】，走访300户、12家。"""
REPORTS = "/admin/reports/report/"


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def told(cast, body: str = BODY, **given) -> Report:
    organ_of(cast.officer)
    report = operations.prepare_report(**{"title": "简报", **PERIOD, "body": body} | given, by=cast.officer, at=AT)
    count_report(report)
    return Report.objects.get(pk=report.pk)


def lines(report: Report) -> list[str]:
    return [f"{line.printed}{line.unit}" for line in report.counting.in_order()]


def test_each_number_of_the_prose_is_its_kpi(cast):
    visit = filed(officers_report(institution(cast.officer), cast.officer, cast.second_officer), cast.officer)
    report = told(cast)
    assert report.kind == SheetKind.BULLETIN
    assert lines(report) == ["1家次", "1家", "0家次", "99人次"]
    typed = report.counting.in_order().last()
    assert (typed.typed, typed.value) == (True, visit.officers.count())
    assert kpi_of("visits").answer(question_of(report)).text == "1家次"


def test_its_paper_has_a_note_to_each_number_and_names_what_was_typed(cast):
    filed(officers_report(institution(cast.officer), cast.officer, cast.second_officer), cast.officer)
    report = operations.approve_report(report=told(cast), seen=1, by=cast.leader, at=AT)
    fields = operations.issue_report(report=report, by=cast.officer, at=AT).document.frozen["fields"]
    assert fields["paragraphs"] == [
        "一是严检查。共检查1家次〔1〕、1家〔2〕，其中学科类0家次〔3〕。",
        "二是出动99人次〔4〕，走访300户、12家。",
    ]
    assert fields["notes"][0] == ["〔1〕", "检查家次", "1", "家次", "2026-11-01至2026-11-18"]
    assert "人工填写，系统记录为2人次" in fields["notes"][3][4]
    assert "12家" in fields["by_hand"]
    assert "1家次" not in fields["by_hand"]


def test_a_campaign_and_a_time_of_the_year_are_asked_by_their_words(cast):
    visits = [
        filed(officers_report(institution(cast.officer, name=name), cast.officer, cast.second_officer), cast.officer)
        for name in "甲乙"
    ]
    campaign = running(cast.officer)
    tag_visit(visit=visits[0], campaign=campaign, by=cast.officer, at=AT)
    report = told(cast, f"检查【检查家次·{campaign.name[:4]}】，【visits·双减以来】，【检查家次】。")
    assert lines(report) == ["1家次", "2家次", "2家次"]
    first, second, _ = report.counting.in_order()
    assert (first.campaign, first.first) == (campaign, campaign.starts_on)
    assert second.first.isoformat() == "2021-07-24"


def test_all_marks_that_nobody_can_count_are_told_at_once(cast):
    running(cast.officer)
    with pytest.raises(InvalidInput) as refused:
        told(cast, "【检查次数】【检查家次·去年大会战】【在聘社会监督员·点题】【检查家次】")
    assert len(refused.value.fields["body"]) == 3
    assert not Report.objects.exists()
    with pytest.raises(InvalidInput, match="还没有数字"):
        told(cast, "一句话，12家。")


def test_words_that_two_campaigns_share_are_refused(cast):
    for season in "春秋":
        running(cast.officer, name=f"{season}季整治")
    with pytest.raises(InvalidInput, match="写全"):
        told(cast, "【检查家次·整治】")


def test_many_bulletins_of_one_period(cast):
    for number in range(2):
        report = operations.approve_report(report=told(cast, title=f"第{number}期"), seen=1, by=cast.leader, at=AT)
        operations.issue_report(report=report, by=cast.officer, at=AT)
    assert Report.objects.filter(state=ReportState.ISSUED).count() == 2


def test_its_prose_can_be_changed_before_it_is_reviewed(cast):
    report = told(cast)
    with pytest.raises(InvalidInput):
        operations.recount_report(report=report, body="【没有的】", by=cast.officer, at=AT)
    report = operations.recount_report(report=report, body="【检查家数】。", by=cast.officer, at=AT)
    count_report(report)
    assert lines(report) == ["0家"]


def test_pieces_and_loose_numbers():
    assert list(pieces("共【甲】、【乙=3】。\n\n完")) == [
        [("共", 0), ("甲", 1), ("、", 0), ("乙=3", 2), ("。", 0)],
        [("完", 0)],
    ]
    assert filled("共【甲】家", ["5"]) == ["共5〔1〕家"]
    assert loose("【甲=7】查处12家次、3.5%，2026年1月，第3期，220余人") == ["12家次", "3.5%", "220余人"]


def test_the_pages(cast, enter):
    organ_of(cast.officer)
    filed(officers_report(institution(cast.officer), cast.officer, cast.second_officer), cast.officer)
    client = enter(cast.officer)
    page = client.get(f"{REPORTS}compose/?template=four-musts").content.decode()
    assert "【学科类压减率】" in page
    assert "多措并举" in page
    sent = {"title": "简报", "period_from": f"{DAY}", "period_to": f"{DAY}", "body": "【没有的】"}
    answer = client.post(f"{REPORTS}compose/", sent).content.decode()
    assert "【没有的】没有这个指标" in answer
    assert client.post(f"{REPORTS}compose/", {**sent, "body": BODY}).status_code == 302
    report = Report.objects.get()
    count_report(report)
    shown = client.get(f"{REPORTS}{report.pk}/").content.decode()
    for words in ("1家次</a></strong>〔1〕", "人工，系统记录为2人次", "12家"):
        assert words in shown
    assert client.post(f"{REPORTS}{report.pk}/recount/", {"body": "【检查家数】。", "remark": ""}).status_code == 302


@pytest.mark.parametrize("code", [path.stem for path in sorted(FOLDER.glob("*.txt"))])
def test_paragraphs_to_begin_with_hold_no_number_and_ask_what_can_be_asked(cast, code):
    title, body = beginnings()[code]
    assert title
    assert not loose(body)
    assert not any(character.isdigit() for character in body)
    words = ("点题整治", "寒假巡查", "回头看", "监管护苗", "艺考", "大检查")
    for word in words:
        running(cast.officer, name=f"{word}专项行动")
    named = named_in(body, ask(first=DAY - timedelta(days=5), last=DAY))
    assert len(named) == len(MARK.findall(body)) > 3
