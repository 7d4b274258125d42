"""月报 and 专项行动统计表: hand-worked figures, two persons, frozen at the counting."""

from datetime import timedelta

import pytest

from enforcement.enums import OrderKind
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.constraints import insert, translated
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed
from foundation.documents.models import Document
from foundation.documents.operations import void_document
from foundation.documents.queries import verdict_on
from inspections import workflow
from inspections.enums import Outcome, SheetState, Slot
from inspections.models import FigureSheet, Visit
from inspections.operations import figure_sheets as operations
from inspections.operations.returns import file_return
from inspections.operations.tagging import tag_visit
from inspections.panels.figure_sheets import sheets_to_review
from inspections.reports import HeadCount
from inspections.sheet_lines import Extent, figures_of
from tests.clues.factories import accepted, clue
from tests.documents.factories import organ_of
from tests.enforcement.factories import TWO, inspected, issued
from tests.inspections.campaigning import running
from tests.inspections.factories import AT, DAY, filed, officers_report, supervisors_report
from tests.institutions.factories import institution, unlicensed

pytestmark = pytest.mark.django_db
PERIOD = {"period_from": DAY.replace(day=1), "period_to": DAY}
LIST_QUERIES = 7


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


def lines(sheet: FigureSheet) -> dict[tuple[str, str], str]:
    return {(label, unit): number for label, number, unit in sheet.figures}


def prepared(cast, by=None, **given) -> FigureSheet:
    organ_of(cast.officer)
    return operations.prepare_sheet(**{"title": "11月月报", **PERIOD} | given, by=by or cast.officer, at=AT)


def reviewed(cast, **given) -> FigureSheet:
    return operations.approve_sheet(sheet=prepared(cast, **given), by=cast.leader, at=AT)


def test_a_hand_worked_month(cast):
    recorded(cast)
    found = lines(prepared(cast))
    assert found == {
        ("出动", "人次"): "6",
        ("检查", "家次"): "3",
        ("检查", "家"): "2",
        **{(f"其中：{group}", unit): "0" for group in ("无证", "已注销", "学科类") for unit in ("家次", "家")},
        ("其中：非学科类", "家次"): "2",
        ("其中：非学科类", "家"): "1",
        ("其中：托管", "家次"): "1",
        ("其中：托管", "家"): "1",
        ("发现问题", "家"): "1",
        ("现场整改", "家"): "1",
        ("清散学生", "人"): "12余",
        ("社会监督员走访", "家次"): "1",
        ("开具通知书", "份"): "1",
        ("其中：责令限期整改", "份"): "1",
        ("其中：责令停止培训", "份"): "0",
        ("其中：当场责令改正", "份"): "0",
        ("其中：已办结", "份"): "0",
        ("立案", "起"): "0",
        ("其中：已作出决定", "起"): "0",
        ("罚款", "元"): "0.00",
        ("处理机构", "家"): "1",
        ("处理个人", "人"): "0",
        ("曝光通报", "起"): "0",
        ("宣传单", "张"): "0",
        ("约谈", "次"): "0",
        ("约谈机构", "家"): "0",
        ("收到线索", "条"): "1",
        ("办结线索", "条"): "0",
        ("新发现无证场所", "处"): "1",
        ("处置无证场所", "处"): "0",
    }


def test_what_lies_outside_the_period_or_area_is_not_counted(cast):
    recorded(cast)
    days_before = {"period_from": DAY - timedelta(days=2), "period_to": DAY - timedelta(days=1)}
    assert set(lines(prepared(cast, **days_before)).values()) == {"0", "0.00"}
    organ_of(cast.neighbour, "厦集教")
    assert set(lines(prepared(cast, by=cast.neighbour)).values()) == {"0", "0.00"}
    organ_of(cast.city, "厦教")
    assert lines(prepared(cast, by=cast.city))[("检查", "家次")] == "3"


def test_a_campaigns_sheet_counts_what_counts_in_it(cast):
    visits, campaign = recorded(cast), running(cast.officer)
    tag_visit(visit=visits[2], campaign=campaign, by=cast.officer, at=AT)
    file_return(campaign=campaign, day_on=DAY, led_by_leaders=2, by=cast.officer, at=AT)
    sheet = prepared(cast, campaign=campaign)
    found = lines(sheet)
    assert (found[("检查", "家次")], found[("其中：托管", "家")], found[("领导带队", "次")]) == ("1", "1", "2")
    assert (found[("开具通知书", "份")], found[("收到线索", "条")]) == ("0", "0")
    assert not {label for label, _ in found} & {"社会监督员走访", "约谈", "新发现无证场所"}


def test_it_is_frozen_with_the_figures_of_its_counting(cast):
    recorded(cast)
    sheet = reviewed(cast)
    filed(officers_report(institution(cast.officer, name="第三"), cast.officer, cast.second_officer), cast.officer)
    sheet = operations.issue_sheet(sheet=sheet, by=cast.second_officer, at=AT)
    fields = sheet.document.frozen["fields"]
    assert ["检查", "3", "家次"] in fields["figures"]
    assert (fields["preparer"], fields["reviewer"]) == (cast.officer.name, cast.leader.name)
    assert fields["counted_at"] == "2026年11月18日15时30分"
    assert sheet.document.frozen["title"] == "11月月报"
    assert ["检查", "4", "家次"] in figures_of(Extent(frozenset({sheet.jurisdiction_id}), DAY, DAY))
    assert verdict_on(sheet.document.verify_code).internal
    kinds = [event.kind for event in Event.objects.filter(kind__startswith="figure_sheet.").order_by("pk")]
    assert kinds == ["figure_sheet.prepared", "figure_sheet.reviewed", "figure_sheet.issued"]


def test_nobody_reviews_what_he_counted(cast):
    """A city manager may do either, never both of one sheet; the database says so, too."""
    organ_of(cast.city, "厦教")
    sheet = prepared(cast, by=cast.city)
    with pytest.raises(NotAllowed):
        operations.approve_sheet(sheet=sheet, by=cast.city, at=AT)
    sheet.pk, sheet.state, sheet.reviewed_by_id = None, SheetState.WITHDRAWN, sheet.prepared_by_id
    with pytest.raises(InvalidInput, match="另一人审核"), translated():
        insert(sheet)


@pytest.mark.parametrize("role", ["second_officer", "city", "neighbour", "legal", "town"])
def test_who_does_not_review(cast, role):
    with pytest.raises(NotAllowed):
        operations.approve_sheet(sheet=prepared(cast), by=getattr(cast, role), at=AT)


@pytest.mark.parametrize("role", ["leader", "province", "legal", "town", "culture"])
def test_who_does_not_prepare(cast, role):
    with pytest.raises(NotAllowed):
        prepared(cast, by=getattr(cast, role))


STEPS = {
    workflow.RECOUNT_SHEET: lambda sheet, cast: operations.recount_sheet(sheet=sheet, by=cast.officer, at=AT),
    workflow.APPROVE_SHEET: lambda sheet, cast: operations.approve_sheet(sheet=sheet, by=cast.leader, at=AT),
    workflow.RETURN_SHEET: lambda sheet, cast: operations.return_sheet(
        sheet=sheet, remark="核对", by=cast.leader, at=AT
    ),
    workflow.WITHDRAW_SHEET: lambda sheet, cast: operations.withdraw_sheet(sheet=sheet, by=cast.officer, at=AT),
    workflow.ISSUE_SHEET: lambda sheet, cast: operations.issue_sheet(sheet=sheet, by=cast.officer, at=AT),
}
WAY = {
    SheetState.PREPARED: (),
    SheetState.RETURNED: (workflow.RETURN_SHEET,),
    SheetState.REVIEWED: (workflow.APPROVE_SHEET,),
    SheetState.ISSUED: (workflow.APPROVE_SHEET, workflow.ISSUE_SHEET),
    SheetState.WITHDRAWN: (workflow.WITHDRAW_SHEET,),
}


@pytest.mark.parametrize("state", list(SheetState))
@pytest.mark.parametrize("step", workflow.SHEET.transitions, ids=lambda step: step.name)
def test_every_state_and_step(cast, state, step):
    sheet = prepared(cast)
    for before in WAY[state]:
        sheet = STEPS[before](sheet, cast)
    if step.starts_from(state):
        assert STEPS[step](sheet, cast).state == step.target
        return
    with pytest.raises(IllegalTransition):
        STEPS[step](sheet, cast)
    assert FigureSheet.objects.get().state == state


def test_one_a_period_under_way_and_one_in_force(cast):
    first = prepared(cast)
    with pytest.raises(InvalidInput, match="正在办理"):
        prepared(cast)
    operations.approve_sheet(sheet=first, by=cast.leader, at=AT)
    first = operations.issue_sheet(sheet=first, by=cast.officer, at=AT)
    second = reviewed(cast)
    with pytest.raises(Conflict, match=first.document.number):
        operations.issue_sheet(sheet=second, by=cast.officer, at=AT)
    void_document(document=first.document, reason="数字有误", by=cast.officer, at=AT)
    assert operations.issue_sheet(sheet=second, by=cast.officer, at=AT).document.serial_no == 2


@pytest.mark.parametrize(("first", "last"), [(0, -1), (-3, 1), (-366, 0)])
def test_a_period_that_cannot_be(cast, first, last):
    with pytest.raises(InvalidInput) as refusal:
        prepared(cast, period_from=DAY + timedelta(days=first), period_to=DAY + timedelta(days=last))
    assert set(refusal.value.fields) == {"period_to"}


def test_the_pages(cast, enter):
    organ_of(cast.officer)
    campaign = running(cast.officer)
    client, sheets = enter(cast.officer), "/admin/inspections/figuresheet/"
    page = client.get(f"{sheets}prepare/").content.decode()
    for words in ("2026年10月校外培训治理工作月报", 'value="2026-10-01"', 'value="2026-10-31"'):
        assert words in page
    sent = {"title": "行动统计表", "period_from": f"{DAY}", "period_to": f"{DAY}"}
    answer = client.post(f"/admin/inspections/campaign/{campaign.pk}/sheet/", sent)
    sheet = FigureSheet.objects.get()
    assert answer.url == f"{sheets}{sheet.pk}/"
    assert "行动统计表" in client.get(f"/admin/inspections/campaign/{campaign.pk}/").content.decode()
    shown = client.get(f"{sheets}{sheet.pk}/").content.decode()
    assert "出动" in shown
    assert "审核通过" not in shown
    assert sheets_to_review(cast.officer) is None
    tile = sheets_to_review(cast.leader)
    client = enter(cast.leader)
    assert (tile.count, "行动统计表" in client.get(tile.url).content.decode()) == (1, True)
    assert client.post(f"{sheets}{sheet.pk}/approve/", {"remark": ""}).status_code == 302
    client = enter(cast.officer)
    assert client.post(f"{sheets}{sheet.pk}/issue/").status_code == 302
    assert Document.objects.get().number in client.get(f"{sheets}{sheet.pk}/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_rows(cast, enter, rows, django_assert_num_queries):
    for number in range(rows):
        prepared(cast, period_from=DAY - timedelta(days=number + 1))
    client = enter(cast.officer)
    client.get("/admin/inspections/figuresheet/")
    with django_assert_num_queries(LIST_QUERIES):
        assert client.get("/admin/inspections/figuresheet/").content.decode().count("11月月报") == rows
