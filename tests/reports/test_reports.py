"""月报 and 专项行动统计表: hand-worked numbers, two persons, frozen at the counting, revised beside it."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import DatabaseError, connection, transaction
from openpyxl import load_workbook

from enforcement.enums import OrderKind
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.constraints import insert, translated
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed
from foundation.documents.models import Document
from foundation.documents.operations import void_document
from foundation.documents.queries import verdict_on
from inspections.enums import Outcome, Slot
from inspections.models import Visit
from inspections.operations.returns import file_return
from inspections.operations.tagging import tag_visit
from inspections.operations.visits import void_visit
from inspections.reports import HeadCount
from reports import operations, workflow
from reports.comparing import compared
from reports.counting import BY_PLACE, digest, question_of
from reports.enums import ReportState
from reports.kpis import kpi_of
from reports.models import Counting, Report, ReportLine
from reports.panels import reports_to_review
from reports.running import count_report
from tests.clues.factories import accepted, clue
from tests.documents.factories import organ_of
from tests.enforcement.factories import TWO, inspected, issued
from tests.enforcement.interviewing import held, with_parties
from tests.inspections.campaigning import running
from tests.inspections.factories import AT, DAY, filed, officers_report, supervisors_report
from tests.institutions.factories import institution, unlicensed

pytestmark = pytest.mark.django_db
PERIOD = {"period_from": DAY.replace(day=1), "period_to": DAY}
LIST_QUERIES = 7
REPORTS = "/admin/reports/report/"


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def recorded(cast) -> list[Visit]:
    """Three visits to two places (one twice, problems and a notice at one), a supervisor's, a clue, a site found."""
    organ_of(cast.officer)
    first, second = institution(cast.officer), institution(cast.officer, name="第二培训中心", site_type="care")
    troubled = inspected(cast, first, pupils=HeadCount(9), dispersed=HeadCount(12, at_least=True))
    visits = [
        troubled,
        filed(officers_report(first, cast.officer, cast.officer, slot=Slot.EVENING, officers=TWO), cast.officer),
        filed(officers_report(second, cast.officer, cast.second_officer, outcome=Outcome.CORRECTED), cast.officer),
    ]
    filed(supervisors_report(first, cast.supervisor), cast.supervisor)
    issued(cast, OrderKind.RECTIFY, visit=troubled)
    accepted(clue(cast.officer, at=AT), cast.officer, at=AT)
    unlicensed(cast.officer, at=AT)
    return visits


def lines(report: Report) -> dict[tuple[str, str], str]:
    """(code, part) -> what is printed, of the whole area."""
    found = report.counting.lines.exclude(section=BY_PLACE)
    return {(line.code, line.of): f"{line.printed}{line.unit}" for line in found}


def prepared(cast, by=None, **given) -> Report:
    organ_of(cast.officer)
    report = operations.prepare_report(**{"title": "11月月报", **PERIOD} | given, by=by or cast.officer, at=AT)
    count_report(report)
    return Report.objects.get(pk=report.pk)


def reviewed(cast, **given) -> Report:
    return operations.approve_report(report=prepared(cast, **given), seen=1, by=cast.leader, at=AT)


def final(cast, **given) -> Report:
    return operations.issue_report(report=reviewed(cast, **given), by=cast.officer, at=AT)


def test_a_hand_worked_month(cast):
    recorded(cast)
    report = prepared(cast)
    found = lines(report)
    expected = {
        ("person_times", ""): "6人次",
        ("visits", ""): "3家次",
        ("sites", ""): "2家",
        **{("visits", group): "0家次" for group in ("无证", "已注销", "学科类")},
        ("visits", "非学科类"): "2家次",
        ("sites", "非学科类"): "1家",
        ("sites", "托管"): "1家",
        ("with_problem", ""): "1家",
        ("problem_rate", ""): "50.00%",
        ("corrected", ""): "1家",
        ("dispersed", ""): "12余人",
        ("supervisor_visits", ""): "1家次",
        ("notices", ""): "1份",
        ("notices", "责令限期整改"): "1份",
        ("notices", "责令停止培训"): "0份",
        ("rectified_rate", ""): "0.00%",
        ("noticed_sites", ""): "1家",
        ("cases", ""): "0起",
        ("fines_fen", ""): "0.00元",
        ("interviews", ""): "0次",
        ("clues", ""): "1件",
        ("unlicensed_found", ""): "1家",
        ("led_by_leaders", ""): "0次",
    }
    assert {name: found.get(name) for name in expected} == expected
    rate = report.counting.lines.get(code="problem_rate", section="检查")
    assert (rate.part, rate.whole) == (1, 2)
    assert digest(report.counting.in_order()) == report.counting.digest


def test_every_line_is_what_its_kpi_answers(cast):
    """No second definition: a line's number is its KPI's for the report's question."""
    recorded(cast)
    report = prepared(cast)
    question = question_of(report)
    whole = list(report.counting.lines.filter(of="").exclude(section=BY_PLACE))
    assert len(whole) > 40
    for line in whole:
        assert line.printed == kpi_of(line.code).answer(question).number, line


def test_what_lies_outside_the_period_or_area_is_not_counted(cast):
    recorded(cast)
    days_before = {"period_from": DAY - timedelta(days=2), "period_to": DAY - timedelta(days=1)}
    assert lines(prepared(cast, **days_before))["visits", ""] == "0家次"
    organ_of(cast.neighbour, "厦集教")
    assert lines(prepared(cast, by=cast.neighbour))["visits", ""] == "0家次"
    organ_of(cast.city, "厦教")
    city = prepared(cast, by=cast.city)
    assert lines(city)["visits", ""] == "3家次"
    [place] = city.counting.lines.filter(section=BY_PLACE, code="visits", printed="3")
    assert place.place_id in cast.officer.scope


def test_a_campaigns_table_counts_what_counts_in_it(cast):
    visits, campaign = recorded(cast), running(cast.officer)
    tag_visit(visit=visits[2], campaign=campaign, by=cast.officer, at=AT)
    file_return(campaign=campaign, day_on=DAY, led_by_leaders=2, by=cast.officer, at=AT)
    summoned = institution(cast.officer)
    for tag in (campaign, None):
        held(with_parties(cast.officer, [summoned], campaign=tag), cast.officer)
    found = lines(prepared(cast, campaign=campaign))
    assert (found["interviews", ""], found["interviewed", ""], found["interviewed_fixed", ""]) == ("1次", "1家", "0家")
    wanted = [("visits", ""), ("sites", "托管"), ("led_by_leaders", ""), ("notices", ""), ("clues", "")]
    assert [found[name] for name in wanted] == ["1家次", "1家", "2次", "0份", "0件"]
    assert not {code for code, _ in found} & {"supervisor_visits", "unlicensed_found"}


def test_a_final_report_never_changes(cast):
    """Later records change the comparison and a revision, never what was counted or printed."""
    visits = recorded(cast)
    report = final(cast)
    fields, before = report.document.frozen["fields"], lines(report)
    assert ["", "检查家次", "3", "家次", ""] in fields["figures"]
    assert (fields["preparer"], fields["reviewer"]) == (cast.officer.name, cast.leader.name)
    assert fields["counted_at"] == "2026年11月18日15时30分"
    assert fields["digest"] == report.counting.digest
    assert report.document.frozen["title"] == "11月月报"
    assert verdict_on(report.document.verify_code).internal
    with clock.set_to(AT + timedelta(days=3)):
        filed(officers_report(institution(cast.officer, name="第三"), cast.officer, cast.second_officer), cast.officer)
        void_visit(visit=visits[1], reason="重复登记", by=cast.leader, at=clock.now())
        report = Report.objects.get(pk=report.pk)
        assert (lines(report), report.document.frozen["fields"]) == (before, fields)
        changed = {each.label: (each.was, each.now) for each in compared(report, cast.officer).changed}
    assert changed["检查家数"] == ("2", "3")
    kinds = [event.kind for event in Event.objects.filter(kind__startswith="reports.").order_by("pk")]
    assert kinds == ["reports.prepared", "reports.counted", "reports.reviewed", "reports.issued"]


@pytest.mark.parametrize("model", [ReportLine, Counting])
def test_what_was_counted_cannot_be_rewritten(small_sheets, cast, model):
    prepared(cast)
    for change in ("UPDATE {} SET id = id", "DELETE FROM {}"):
        with (
            pytest.raises(DatabaseError, match=r"append-only|permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change.format(model._meta.db_table))


def test_a_number_that_was_tampered_with_is_not_made_final(small_sheets, cast):
    report = reviewed(cast)
    Counting.objects.create(report=report, number=2, counted_at=AT, digest="0" * 64)
    with pytest.raises(Conflict, match="校验值不符"):
        operations.issue_report(report=report, by=cast.officer, at=AT)


def test_a_revision_stands_beside_the_old_one_and_names_what_changed(cast):
    recorded(cast)
    report = final(cast)
    later = AT + timedelta(days=1)
    with clock.set_to(later):
        filed(officers_report(institution(cast.officer, name="第三"), cast.officer, cast.second_officer), cast.officer)
        revision = operations.revise_report(report=report, reason="补录一次检查", by=cast.officer, at=later)
        count_report(revision)
        with pytest.raises(InvalidInput, match=r"修订过|正在办理"):
            operations.revise_report(report=report, reason="再来", by=cast.officer, at=later)
        revision = operations.approve_report(report=revision, seen=1, by=cast.leader, at=later)
        revision = operations.issue_report(report=revision, by=cast.officer, at=later)
    fields = revision.document.frozen["fields"]
    assert fields["revises"] == report.document.number
    assert ["检查家次", "3", "4", "家次"] in fields["changes"]
    assert ["罚款", "0.00", "0.00", "元"] not in fields["changes"]
    assert (revision.title, fields["remark"]) == ("11月月报（修订稿）", "补录一次检查")
    assert verdict_on(report.document.verify_code).state == "valid"


def test_only_a_final_report_is_revised(small_sheets, cast):
    with pytest.raises(Conflict, match="已定稿"):
        operations.revise_report(report=prepared(cast), reason="错", by=cast.officer, at=AT)


def test_nobody_reviews_what_he_prepared(small_sheets, cast):
    """A city manager may do either, never both of one report; the database says so, too."""
    organ_of(cast.city, "厦教")
    report = prepared(cast, by=cast.city)
    with pytest.raises(NotAllowed):
        operations.approve_report(report=report, seen=1, by=cast.city, at=AT)
    report.pk, report.state, report.reviewed_by_id = None, ReportState.WITHDRAWN, report.prepared_by_id
    with pytest.raises(InvalidInput, match="另一人审核"), translated():
        insert(report)


@pytest.mark.parametrize("role", ["second_officer", "city", "neighbour", "legal", "town"])
def test_who_does_not_review(small_sheets, cast, role):
    with pytest.raises(NotAllowed):
        operations.approve_report(report=prepared(cast), seen=1, by=getattr(cast, role), at=AT)


@pytest.mark.parametrize("role", ["leader", "province", "legal", "town", "culture"])
def test_who_does_not_prepare(cast, role):
    with pytest.raises(NotAllowed):
        prepared(cast, by=getattr(cast, role))


STEPS = {
    workflow.COUNTED: lambda report, cast: count_report(report) and Report.objects.get(pk=report.pk),
    workflow.RECOUNT: lambda report, cast: operations.recount_report(report=report, by=cast.officer, at=AT),
    workflow.APPROVE: lambda report, cast: operations.approve_report(report=report, seen=1, by=cast.leader, at=AT),
    workflow.RETURN: lambda report, cast: operations.return_report(report=report, remark="核对", by=cast.leader, at=AT),
    workflow.WITHDRAW: lambda report, cast: operations.withdraw_report(report=report, by=cast.officer, at=AT),
    workflow.ISSUE: lambda report, cast: operations.issue_report(report=report, by=cast.officer, at=AT),
}
WAY = {
    ReportState.COUNTING: (workflow.RECOUNT,),
    ReportState.PREPARED: (),
    ReportState.RETURNED: (workflow.RETURN,),
    ReportState.REVIEWED: (workflow.APPROVE,),
    ReportState.ISSUED: (workflow.APPROVE, workflow.ISSUE),
    ReportState.WITHDRAWN: (workflow.WITHDRAW,),
}


@pytest.mark.parametrize("state", list(ReportState))
@pytest.mark.parametrize("step", workflow.REPORT.transitions, ids=lambda step: step.name)
def test_every_state_and_step(small_sheets, cast, state, step):
    report = prepared(cast)
    for before in WAY[state]:
        report = STEPS[before](report, cast)
    if step.starts_from(state):
        assert STEPS[step](report, cast).state == step.target
        return
    if step == workflow.COUNTED:
        assert count_report(report) is None  # a message that comes twice counts nothing
    else:
        with pytest.raises(IllegalTransition):
            STEPS[step](report, cast)
    assert Report.objects.get().state == state


def test_counting_again_keeps_the_numbers_of_before(cast):
    recorded(cast)
    report = prepared(cast)
    filed(officers_report(institution(cast.officer, name="第三"), cast.officer, cast.second_officer), cast.officer)
    report = operations.recount_report(report=report, by=cast.second_officer, at=AT)
    count_report(report)
    visits = ReportLine.objects.filter(code="visits", of="", section="检查", counting__report=report)
    assert list(visits.order_by("counting__number").values_list("printed", flat=True)) == ["3", "4"]
    assert report.prepared_by_id == cast.second_officer.user_id


def test_one_a_period_under_way_and_one_in_force(small_sheets, cast):
    first = prepared(cast)
    with pytest.raises(InvalidInput, match="正在办理"):
        prepared(cast)
    operations.approve_report(report=first, seen=1, by=cast.leader, at=AT)
    first = operations.issue_report(report=first, by=cast.officer, at=AT)
    second = reviewed(cast)
    with pytest.raises(Conflict, match=first.document.number):
        operations.issue_report(report=second, by=cast.officer, at=AT)
    void_document(document=first.document, reason="数字有误", by=cast.officer, at=AT)
    assert operations.issue_report(report=second, by=cast.officer, at=AT).document.serial_no == 2


@pytest.mark.parametrize(("first", "last"), [(0, -1), (-3, 1), (-366, 0)])
def test_a_period_that_cannot_be(cast, first, last):
    with pytest.raises(InvalidInput) as refusal:
        prepared(cast, period_from=DAY + timedelta(days=first), period_to=DAY + timedelta(days=last))
    assert set(refusal.value.fields) == {"period_to"}


def test_the_pages(small_sheets, cast, enter):
    organ_of(cast.officer)
    campaign = running(cast.officer)
    client = enter(cast.officer)
    page = client.get(f"{REPORTS}prepare/").content.decode()
    for words in ("2026年10月校外培训治理工作月报", 'value="2026-10-01"', 'value="2026-10-31"'):
        assert words in page
    sent = {"title": "行动统计表", "period_from": f"{DAY}", "period_to": f"{DAY}"}
    answer = client.post(f"/admin/inspections/campaign/{campaign.pk}/sheet/", sent)
    report = Report.objects.get()
    assert answer.url == f"{REPORTS}{report.pk}/"
    waiting = client.get(answer.url)
    assert (waiting.headers["Refresh"], "正在统计" in waiting.content.decode()) == ("2", True)
    count_report(report)
    assert "行动统计表" in client.get(f"/admin/inspections/campaign/{campaign.pk}/").content.decode()
    shown = client.get(answer.url)
    assert "Refresh" not in shown.headers
    assert "出动人次" in shown.content.decode()
    assert "与校验值相符" in shown.content.decode()
    assert "审核通过" not in shown.content.decode()
    assert reports_to_review(cast.officer) is None
    tile = reports_to_review(cast.leader)
    client = enter(cast.leader)
    assert (tile.count, "行动统计表" in client.get(tile.url).content.decode()) == (1, True)
    assert client.post(f"{REPORTS}{report.pk}/approve/", {"seen": 1, "remark": ""}).status_code == 302
    client = enter(cast.officer)
    assert client.post(f"{REPORTS}{report.pk}/issue/").status_code == 302
    assert Document.objects.get().number in client.get(f"{REPORTS}{report.pk}/").content.decode()


def test_a_number_of_a_report_opens_its_rows_as_they_were_known(cast, enter):
    recorded(cast)
    report = final(cast)
    with clock.set_to(AT + timedelta(days=2)):
        third = officers_report(institution(cast.officer, name="第三"), cast.officer, cast.second_officer)
        filed(third, cast.officer, at=clock.now())
        client = enter(cast.officer)
        shown = client.get(f"{REPORTS}{report.pk}/").content.decode()
        [url] = [part.split('"')[0] for part in shown.split('href="') if "kpi=visits&amp;" in part.split('"')[0]]
        rows = client.get(url.replace("&amp;", "&")).content.decode()
        assert "共 3 条" in rows
        page = client.get(f"{REPORTS}{report.pk}/compare/").content.decode()
    assert "检查家次" in page
    assert "编制修订稿" in page


def test_the_workbook_holds_the_counted_numbers_and_leaves_a_trace(cast, enter):
    recorded(cast)
    report = prepared(cast)
    answer = enter(cast.officer).post(f"{REPORTS}{report.pk}/workbook/")
    book = load_workbook(BytesIO(answer.content))
    rows = list(book["汇总"].iter_rows(values_only=True))
    assert rows[0][:5] == ("类别", "指标", "其中", "数量", "单位")
    [visits] = [row for row in rows if row[9] == "visits" and not row[2]]
    assert visits[:5] == ("检查", "检查家次", None, 3, "家次")
    told = dict(book["导出说明"].iter_rows(values_only=True))
    assert (told["数据校验值"], told["文号"]) == (report.counting.digest, "未定稿")
    assert Event.objects.filter(kind="reports.taken").count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_rows(cast, enter, rows, django_assert_num_queries):
    organ_of(cast.officer)
    for number in range(rows):
        day = DAY - timedelta(days=number + 1)
        operations.prepare_report(title="11月月报", period_from=day, period_to=DAY, by=cast.officer, at=AT)
    client = enter(cast.officer)
    client.get(REPORTS)
    with django_assert_num_queries(LIST_QUERIES):
        assert client.get(REPORTS).content.decode().count("11月月报") == rows
