"""Past visits from a spreadsheet: every planted error found, each good row counted once, nothing lost by an undo."""

from __future__ import annotations

import time
from collections import Counter
from datetime import date, timedelta

import pytest

from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import Conflict, NotAllowed
from foundation.imports.models import Batch, KeptRow
from foundation.imports.operations import apply_batch, undo_batch
from inspections.enums import Source, Timeliness
from inspections.models import CampaignVisit, Finding, Visit, VisitOfficer, VisitSeries
from inspections.operations.tagging import tag_visit
from inspections.operations.visits import void_visit
from inspections.queries.visits import counted, tally
from institutions.enums import Status
from institutions.models import Permit
from institutions.operations.status import change_status
from tests import sampling
from tests.cast import CITY, NEIGHBOUR, OWN
from tests.imports.factories import csv_file, uploaded
from tests.inspections.campaigning import running
from tests.inspections.factories import AT
from tests.inspections.make_patrol_sheet import HEAD, Patrols, Site, Traps
from tests.inspections.monthly import exact
from tests.institutions.factories import institution, unlicensed

pytestmark = pytest.mark.django_db
SITES = 337
VISITS = 7364 if sampling.FULL else 1500
FULL = pytest.mark.skipif(not sampling.FULL, reason="one form of file in each run, script/prove both")


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def site_of(row, permit: str = "") -> Site:
    if permit:
        Permit.objects.create(institution=row, kind="non_subject", number=permit, issuer="思明区教育局")
    return Site(row.name, row.credit_code, permit, row.address)


def register(cast, number: int) -> tuple[list[Site], Traps]:
    """The county's institutions, and what the planted errors need."""
    by = cast.officer
    rows = [institution(by, name=f"思明区{_word(at)}培训中心（{_word(at + 7)}）") for at in range(number)]
    sites = [site_of(row, permit=f"闽非{at:08}号" if at % 2 else "") for at, row in enumerate(rows)]
    for at in range(2):
        institution(by, name="思明区双胞胎培训中心", address=f"双子路{at}号")
    ended = institution(by, name="思明区旧日培训中心", effective_on=date(2022, 1, 1))
    change_status(
        institution=ended, status=Status.DEREGISTERED, effective_on=date(2023, 6, 30), reason="终止", by=by, at=AT
    )
    elsewhere = institution(cast.neighbour, county=NEIGHBOUR)
    return sites, Traps(
        elsewhere=site_of(elsewhere),
        twin="思明区双胞胎培训中心",
        ended=site_of(ended),
        unlicensed=unlicensed(by).number,
    )


def _word(number: int) -> str:
    """A word of its own for each number, far from all others."""
    chars = "东南西北春夏秋冬山川湖海金木水火"
    return "".join(chars[number >> shift & 15] + chars[~number >> shift & 15] for shift in (0, 4, 8))


def verdicts(batch: Batch, expected: list) -> list[tuple]:
    """What each row got, in the terms of ``Expected``: of the warnings those that are expected anywhere."""
    watched = frozenset().union(*(each.warnings for each in expected))
    return [
        (
            row.number,
            row.outcome,
            tuple(sorted({fault["code"] for fault in row.reasons})),
            frozenset(fault["code"] for fault in row.warnings) & watched,
            next((fault["after"] for fault in row.reasons if fault["after"]), ""),
        )
        for row in batch.rows.order_by("number")
    ]


def promised(patrols: Patrols) -> list[tuple]:
    return [
        (number, each.outcome, each.reasons, each.warnings, each.after)
        for number, each in enumerate(patrols.expected, patrols.first_row)
    ]


def brought_in(content: bytes, by, *, code: str = OWN) -> Batch:
    batch = uploaded(content, by=by, target="visits", code=code, file_name="巡查台账")
    return apply_batch(batch=batch, by=by, at=clock.now())


def check_all(cast, patrols: Patrols, content: bytes) -> Batch:
    """Verdicts, application, figures; then once more, which adds nothing."""
    began = time.perf_counter()
    batch = uploaded(content, by=cast.officer, target="visits")
    checked = time.perf_counter()
    assert verdicts(batch, patrols.expected) == promised(patrols)
    applying = time.perf_counter()
    apply_batch(batch=batch, by=cast.officer, at=clock.now())
    done = time.perf_counter()
    rows = len(patrols.rows)
    print(f"\n{rows} rows: checked {rows / (checked - began):.0f}/s, applied {rows / (done - applying):.0f}/s")  # noqa: T201
    found = tally(counted(cast.officer))
    sums = patrols.sums
    assert (found.visits, found.sites) == (sums["visits"], len(patrols.sites) + sums["other_sites"])
    assert (found.person_times, found.persons_at_least) == (sums["person_times"], True)
    assert (found.with_problem, Finding.objects.count()) == (len(patrols.with_problem), sums["findings"])
    assert (found.dispersed, found.dispersed_at_least) == (sums["dispersed"], bool(sums["dispersed"]))
    again = uploaded(content, by=cast.officer, target="visits")
    counts = Counter(each.outcome for each in patrols.expected)
    assert again.counts["created"] == 0
    assert again.counts["unchanged"] == counts["created"]
    return batch


@pytest.mark.slow
@pytest.mark.prove
@pytest.mark.parametrize("form", ["xlsx", pytest.param("csv", marks=FULL)])
def test_a_winter_of_visits_is_judged_and_counted_exactly(cast, form):
    sites, traps = register(cast, SITES)
    patrols = Patrols(sites, traps, good=VISITS - 3)  # three of the planted rows are sound
    content = patrols.as_xlsx() if form == "xlsx" else patrols.as_csv()
    batch = check_all(cast, patrols, content)
    assert tally(counted(cast.officer)).visits == VISITS
    assert exact()
    undo_batch(batch=Batch.objects.get(pk=batch.pk), reason="表格有误", by=cast.officer, at=clock.now())
    assert (tally(counted(cast.officer)).visits, Visit.objects.count()) == (0, VISITS)
    brought_in(content, cast.officer)
    assert (tally(counted(cast.officer)).visits, Visit.objects.count()) == (VISITS, 2 * VISITS)


def test_every_kind_of_planted_error_is_found_and_the_rest_counted(cast):
    sites, traps = register(cast, 12)
    patrols = Patrols(sites, traps, good=240, every=7)
    assert len({each.reasons for each in patrols.expected}) > 20
    check_all(cast, patrols, patrols.as_csv())
    assert set(Visit.objects.values_list("source", "timeliness")) == {(Source.SHEET, Timeliness.OVERDUE)}
    assert Event.objects.filter(kind__startswith="visit.").count() == 0
    [event] = Event.objects.filter(kind="imports.batch_applied")
    assert event.changes["counts"]["created"] == patrols.sums["visits"]


def test_numbers_run_on_by_month_without_a_gap(cast):
    patrols = Patrols(register(cast, 3)[0], good=150, every=1000)
    brought_in(patrols.as_csv(), cast.officer)
    for series in VisitSeries.objects.order_by("month"):
        numbers = set(Visit.objects.filter(number__startswith=str(series)).values_list("number", flat=True))
        assert numbers == {f"{series}-{number:04d}" for number in range(1, series.last_no + 1)}
    assert VisitSeries.objects.count() == 2


def sheet(*rows: dict[str, str]) -> bytes:
    return csv_file(HEAD, *[[row.get(name, "") for name in HEAD] for row in rows])


def plain(name: str, **more: str) -> dict[str, str]:
    return {
        "机构名称": name,
        "检查日期": "2024-01-15",
        "时段": "晚上",
        "检查种类": "日常检查",
        "检查人员": "张三(教育局)、李四(市监局)",
        **more,
    }


def test_a_taken_back_batch_leaves_its_visits_voided_with_the_batch_as_reason(cast):
    row = institution(cast.officer)
    batch = brought_in(sheet(plain(row.name)), cast.officer)
    undo_batch(batch=batch, reason="报错了", by=cast.officer, at=clock.now())
    visit = Visit.objects.get()
    assert (visit.voided_by_id, visit.voided_at) == (cast.officer.user_id, AT)
    assert visit.void_reason == f"撤销批量导入（批次{batch.pk}：巡查台账）"
    assert exact()
    assert Event.objects.filter(kind="imports.batch_undone").count() == 1
    assert Event.objects.filter(kind="visit.voided").count() == 0


def test_a_visit_voided_by_hand_stays_when_its_batch_is_taken_back(cast):
    row = institution(cast.officer)
    batch = brought_in(sheet(plain(row.name), plain(row.name, 时段="上午")), cast.officer)
    first = Visit.objects.order_by("pk").first()
    void_visit(visit=first, reason="记错了", by=cast.leader, at=AT)
    undo_batch(batch=batch, reason="报错了", by=cast.officer, at=clock.now())
    assert Visit.objects.get(pk=first.pk).void_reason == "记错了"
    assert [kept.why for kept in KeptRow.objects.all()] == [f"第2行“{row.name}”已作废"]
    assert tally(counted(cast.officer)).visits == 0


def test_a_batch_whose_visits_are_all_voided_cannot_be_taken_back(cast):
    row = institution(cast.officer)
    batch = brought_in(sheet(plain(row.name)), cast.officer)
    void_visit(visit=Visit.objects.get(), reason="记错了", by=cast.leader, at=AT)
    with pytest.raises(Conflict, match="已作废"):
        undo_batch(batch=batch, reason="报错了", by=cast.officer, at=clock.now())


def test_nobody_else_imports_or_takes_back(cast):
    row = institution(cast.officer)
    content = sheet(plain(row.name))
    for who in (cast.leader, cast.neighbour, cast.province, cast.town, cast.culture):
        with pytest.raises(NotAllowed):
            uploaded(content, by=who, target="visits")
    batch = brought_in(content, cast.officer)
    for who in (cast.leader, cast.neighbour, cast.province):
        with pytest.raises(NotAllowed):
            undo_batch(batch=batch, reason="报错了", by=who, at=clock.now())
    assert (Visit.objects.filter(voided_at__isnull=True).count(), VisitOfficer.objects.count()) == (1, 2)


def test_a_city_imports_for_a_county_that_it_chooses(cast):
    """The county's rows alone when the county is chosen; those of any county when the city is."""
    own, next_door = institution(cast.officer), institution(cast.neighbour, county=NEIGHBOUR)
    content = sheet(plain(own.name), plain(next_door.name))
    batch = uploaded(content, by=cast.city, target="visits", code=OWN)
    assert [row.outcome for row in batch.rows.order_by("number")] == ["created", "rejected"]
    assert batch.rows.order_by("number")[1].reasons[0]["code"] == "unknown_institution"  # unknown there
    apply_batch(batch=batch, by=cast.city, at=clock.now())
    assert [visit.jurisdiction.code for visit in Visit.objects.all()] == [OWN]
    undo_batch(batch=batch, reason="报错了", by=cast.city, at=clock.now())
    brought_in(content, cast.city, code=CITY)
    assert {v.jurisdiction.code for v in Visit.objects.filter(voided_at__isnull=True)} == {OWN, NEIGHBOUR}
    with pytest.raises(NotAllowed):
        uploaded(content, by=cast.city, target="visits", code="350581")


def test_a_visit_that_differs_from_the_one_on_record_is_told_and_left_alone(cast):
    row = institution(cast.officer)
    brought_in(sheet(plain(row.name, 处理结果="正常")), cast.officer)
    number = Visit.objects.get().number
    batch = uploaded(sheet(plain(row.name, 处理结果="关门")), by=cast.officer, target="visits")
    [stored] = batch.rows.all()
    [fault] = [fault for fault in stored.warnings if fault["code"] == "visit_differs"]
    assert stored.outcome == "unchanged"
    assert fault["message"] == f"处理结果：已登记为{number}，检查记录不能改；如登记有误，请先作废再导入。"
    assert (fault["before"], fault["after"]) == ("未营业或无人", "未发现问题")


def test_a_visit_of_another_group_in_the_same_slot_is_pointed_out(cast):
    row = institution(cast.officer)
    brought_in(sheet(plain(row.name)), cast.officer)
    batch = uploaded(sheet(plain(row.name, 检查组="第二组")), by=cast.officer, target="visits")
    [stored] = batch.rows.all()
    assert (stored.outcome, [fault["code"] for fault in stored.warnings][-1]) == ("created", "other_group")


def test_what_was_filed_meanwhile_stops_the_batch_as_a_whole(cast):
    first, second = institution(cast.officer), institution(cast.officer)
    late = uploaded(sheet(plain(first.name), plain(second.name)), by=cast.officer, target="visits")
    brought_in(sheet(plain(second.name)), cast.officer)
    with pytest.raises(Conflict, match="同一组人员在同一天同一时段对这家机构的检查已登记过"):
        apply_batch(batch=late, by=cast.officer, at=clock.now())
    assert Visit.objects.count() == 1


def test_a_site_that_was_withdrawn_meanwhile_stops_the_batch(cast):
    row = institution(cast.officer)
    batch = uploaded(sheet(plain(row.name)), by=cast.officer, target="visits")
    type(row).objects.filter(pk=row.pk).update(withdrawn_at=AT)
    with pytest.raises(Conflict, match="已撤回或并入其他机构"):
        apply_batch(batch=batch, by=cast.officer, at=clock.now())
    assert Visit.objects.count() == 0


def test_rows_that_name_a_running_campaign_count_in_it(cast):
    row, by = institution(cast.officer), cast.officer
    named = running(by, name="寒假巡查", starts_on=date(2024, 1, 10), ends_on=AT.date())
    lines = [plain(row.name, 专项行动="寒假巡查"), plain(row.name, 检查日期="2024-01-05", 专项行动="寒假巡查")]
    lines += [plain(row.name, 时段="上午", 专项行动="没有这项"), plain(row.name, 时段="下午")]
    batch = brought_in(sheet(*lines), by)
    told = [[fault["code"] for fault in each.warnings] for each in batch.rows.order_by("number")]
    assert ["campaign_unknown" in codes for codes in told] == [False, True, True, False]
    [tag] = CampaignVisit.objects.all()
    assert (tag.campaign, tag.visit.visited_on, tag.tagged_by_id) == (named, date(2024, 1, 15), by.user_id)
    tag_visit(visit=Visit.objects.filter(slot="afternoon").get(), campaign=named, by=by, at=clock.now() + timedelta(1))
    undo_batch(batch=batch, reason="报错了", by=by, at=clock.now())
    assert [kept.why for kept in KeptRow.objects.all()] == [f"第5行“{row.name}”导入之后已有行动检查"]
    assert Visit.objects.filter(voided_at__isnull=True).count() == 1
