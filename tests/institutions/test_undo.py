"""A batch taken back: the register says what it said before, row by row; what was built on it stays, by name."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import Conflict, NotAllowed
from foundation.imports.models import Batch, KeptRow
from foundation.imports.operations import apply_batch
from foundation.imports.queries import imported_facts
from foundation.regions.models import Jurisdiction
from institutions import queries
from institutions.enums import LicenceStatus, Status
from institutions.models import FormerName, Institution, Permit, Site, StatusEvent
from institutions.operations.premises import add_permit, end_permit
from institutions.operations.register import change_institution
from institutions.operations.status import change_status, correct_status
from tests.cast import CITY
from tests.institutions.factories import credit_code, institution
from tests.institutions.imported import FULL, OTHER, WHY, bring_in, check, register, row, take_back

pytestmark = pytest.mark.django_db

CAMPUS = {**FULL, "name": f"{FULL['name']}（莲前校区）", "address": "前埔路8号", "town": "莲前街道", "license_no": ""}
MOVED = {"county": "集美区", "town": "集美街道", "address": "石鼓路9号"}
EVERYTHING = {**OTHER, **MOVED}


def kept(batch: Batch) -> list[str]:
    return list(KeptRow.objects.filter(row__batch=batch).order_by("pk").values_list("why", flat=True))


def test_the_hash_is_over_what_anybody_sees_and_not_over_numbers_or_instants(cast, clerk):
    first = institution(cast.officer, name="甲学校", credit_code=credit_code(901), address="一路1号")
    before = queries.content_hash()
    change_institution(institution=first, facts={"remark": "备注"}, by=cast.officer, at=clock.now())
    assert queries.content_hash() != before
    change_institution(institution=first, facts={"remark": ""}, by=cast.officer, at=clock.now())
    assert queries.content_hash() == before
    Institution.objects.filter(pk=first.pk).update(withdrawn_at=clock.now())
    assert queries.content_hash() == queries.content_hash([])
    institution(cast.officer, name="甲学校", credit_code=credit_code(901), address="一路1号")
    assert queries.content_hash() == before
    assert queries.content_hash([first.jurisdiction_id]) == before
    assert queries.content_hash(Jurisdiction.objects.exclude(pk=first.jurisdiction_id).values_list("pk")) != before


@pytest.mark.parametrize(
    "change",
    [
        lambda pk, by: Permit.objects.update(valid_to=clock.today()),
        lambda pk, by: Site.objects.update(opened_on=clock.today() - timedelta(days=9)),
        lambda pk, by: FormerName.objects.create(institution_id=pk, name="旧名", until=clock.today()),
        lambda pk, by: StatusEvent.objects.create(
            institution_id=pk, status=Status.LOST, category="arts", effective_on=clock.today(), recorded_at=clock.now()
        ),
        lambda pk, by: Institution.objects.update(licence_status=LicenceStatus.NEITHER),
        lambda pk, by: Institution.objects.update(phone="13911111111"),
    ],
)
def test_each_part_of_the_content_is_in_the_hash(cast, clerk, change):
    bring_in(FULL, by=clerk)
    before = queries.content_hash()
    change(Institution.objects.get().pk, clerk)
    assert queries.content_hash() != before


def test_the_command_prints_it(cast, clerk):
    bring_in(FULL, by=clerk)
    out = StringIO()
    call_command("register_hash", "--bureau", CITY, stdout=out)
    assert out.getvalue().strip() == queries.content_hash()
    with pytest.raises(CommandError, match="没有代码为 999999 的管辖单位"):
        call_command("register_hash", "--bureau", "999999")


@pytest.mark.parametrize("column", sorted(set(OTHER) - {"county"}))
def test_a_change_of_one_column_is_reverted(cast, clerk, column):
    bring_in(FULL, by=clerk)
    before, known = register(), Institution.objects.get()
    batch = bring_in(row(**{column: OTHER[column]}), by=clerk)
    changed = register()
    assert (batch.counts["updated"], changed != before) == (1, True)
    take_back(batch, clerk)
    assert register() == before
    again = bring_in(row(**{column: OTHER[column]}), by=clerk)
    assert (register(), Institution.objects.get().public_id) == (changed, known.public_id)
    take_back(again, clerk)
    assert register() == before


@pytest.mark.parametrize("change", [MOVED, EVERYTHING], ids=["moved", "everything"])
def test_a_move_to_another_county_of_the_city_and_a_change_of_everything_are_reverted(cast, clerk, change):
    bring_in(FULL, by=clerk)
    before = register()
    batch = bring_in(row(**change), by=clerk)
    assert Institution.objects.get().jurisdiction.name == "集美区"
    take_back(batch, clerk)
    assert register() == before
    assert queries.content_hash() == queries.content_hash(Jurisdiction.objects.filter(code="350203").values("pk"))


@pytest.mark.parametrize("status", LicenceStatus.values)
def test_the_licence_status_is_what_it_was(cast, clerk, status):
    institution(cast.officer, credit_code=FULL["credit_code"], licence_status=status)
    before = register()
    batch = bring_in(FULL, by=clerk)
    assert Institution.objects.get().licence_status == "complete"
    take_back(batch, clerk)
    assert register() == before


def test_of_several_permits_only_the_one_that_was_replaced_comes_back(cast, clerk):
    bring_in(FULL, by=clerk)
    known, today = Institution.objects.get(), clock.today()
    given = {"institution": known, "issuer": "文旅局", "by": cast.officer, "at": clock.now()}
    add_permit(kind="non_subject", number="文艺一号", **given)
    ended = add_permit(kind="set_up", number="设立一号", **given)
    end_permit(permit=ended, ended_on=today, reason="到期", by=cast.officer, at=clock.now())
    earlier = add_permit(kind="school", number=OTHER["license_no"], valid_from=None, **given)
    end_permit(permit=earlier, ended_on=today, reason="误登", by=cast.officer, at=clock.now())
    before, held = register(), Permit.objects.count()
    batch = bring_in(row(license_no=OTHER["license_no"]), by=clerk)
    assert register() != before
    take_back(batch, clerk)
    assert (register(), Permit.objects.count()) == (before, held)
    ended.refresh_from_db()
    earlier.refresh_from_db()
    assert (ended.ended_on, earlier.ended_on) == (today, today)


def test_created_institutions_are_withdrawn_and_come_back_with_their_number(cast, clerk):
    empty = register()
    first = bring_in(FULL, CAMPUS, by=clerk)
    made, known = register(), Institution.objects.get()
    take_back(first, clerk)
    assert register() == empty == []
    assert (Site.objects.count(), Permit.objects.count()) == (0, 0)
    assert not StatusEvent.objects.believed().exists()
    again = bring_in(FULL, CAMPUS, by=clerk)
    revived = Institution.objects.get()
    assert (again.counts["created"], again.counts["campus"]) == (1, 1)
    assert (revived.pk, revived.public_id, register()) == (known.pk, known.public_id, made)
    take_back(again, clerk)
    assert register() == empty


def test_what_was_written_of_a_withdrawn_institution_does_not_come_back_with_it(cast, clerk):
    take_back(bring_in(row(status="注销", remark="录错了", bank="兴业银行"), by=clerk), clerk)
    poorer = {name: FULL[name] for name in ("name", "credit_code", "category", "address", "county", "town")}
    bring_in({**poorer, "name": "思明区启明学校"}, by=clerk)
    found = Institution.objects.get()
    assert (found.status, found.remark, found.bank, found.licence_status) == ("normal", "", "", "no_permit")
    assert not FormerName.objects.exists()
    assert list(Site.objects.values_list("address", flat=True)) == [FULL["address"]]
    revived = register()
    Institution.objects.update(withdrawn_at=clock.now())
    bring_in({**poorer, "name": "思明区启明学校", "credit_code": credit_code(902)}, by=clerk)
    [fresh] = register()
    assert {**revived[0], "credit_code": None} == {**fresh, "credit_code": None}


def test_a_withdrawn_institution_is_no_obstacle_to_another_county(cast, clerk):
    take_back(bring_in(row(**MOVED), by=cast.neighbour, code="350211"), cast.neighbour)
    bring_in(FULL, by=cast.officer, code="350203")
    assert [found["jurisdiction__code"] for found in register()] == ["350203"]
    assert Institution.objects.count() == 2


def test_a_row_without_what_a_new_institution_needs_revives_nothing(cast, clerk):
    take_back(bring_in(FULL, by=clerk), clerk)
    batch = check({name: FULL[name] for name in ("name", "credit_code", "county")}, by=clerk)
    reasons = sorted(fault["code"] for fault in batch.rows.get().reasons)
    assert reasons == ["category_unknown", "missing_required_column"]


def drawn_rows(draw: random.Random, codes: list[str]) -> list[dict[str, str]]:
    """A file about some of these institutions: some columns as they were, some others, some left out, and campuses."""
    rows = []
    for number, code in enumerate(draw.sample(codes, draw.randint(1, len(codes)))):
        name = f"{draw.choice(['启明', '博雅', '育才'])}{codes.index(code)}号培训学校"
        change = {column: OTHER[column] for column in draw.sample(sorted(OTHER), draw.randint(0, 8))}
        change |= draw.choice([{}, {}, MOVED])
        if change.get("county") == "集美区":
            change |= MOVED
        numbered = {"license_no": f"教民13502037{codes.index(code)}{draw.randint(0, 2)}0001"} | change
        if "license_no" in change:
            numbered["license_no"] = f"教民13502037{codes.index(code)}90001"
        rows.append(row(**numbered) | {"name": name, "credit_code": code})
        if draw.random() < 0.3:
            campus = {"name": f"{name}（第{number}校区）", "credit_code": code, "category": "学科类", "status": ""}
            rows.append({**campus, "address": f"前埔路{draw.randint(1, 3)}号", "county": rows[-1]["county"]})
    return rows


def drawn_state(draw: random.Random, codes: list[str], clerk, officer) -> None:
    """A register with content of its own: by hand, by earlier files, some of them taken back."""
    for code in draw.sample(codes, 2):
        institution(officer, credit_code=code, licence_status=draw.choice(LicenceStatus.values))
    for _ in range(draw.randint(0, 2)):
        batch = bring_sound(drawn_rows(draw, codes), clerk)
        if draw.random() < 0.5:
            try_to_take_back(batch, clerk)


def bring_sound(rows: list[dict[str, str]], by) -> Batch:
    """Import what of the rows is sound."""
    batch = check(*rows, by=by)
    return apply_batch(batch=batch, by=by, at=clock.now())


def try_to_take_back(batch: Batch, by) -> None:
    """Unless it wrote nothing, or nothing of it can go."""
    with suppress(Conflict, NotAllowed):
        take_back(batch, by)


@pytest.mark.parametrize("seed", range(30))
def test_whatever_was_there_an_undo_brings_it_back(cast, clerk, seed):
    draw = random.Random(seed)
    codes = [credit_code(910 + number) for number in range(5)]
    drawn_state(draw, codes, clerk, cast.officer)
    before, rows = register(), drawn_rows(draw, codes)
    batch = bring_sound(rows, clerk)
    imported = register()
    ids = set(Institution.objects.values_list("pk", "public_id"))
    writes = any(batch.counts[outcome] for outcome in ("created", "updated", "campus"))
    if not writes:
        assert imported == before
        return
    for _ in range(2):
        take_back(batch, clerk)
        assert kept(batch) == []
        assert register() == before
        batch = bring_sound(rows, clerk)
        assert register() == imported
    assert set(Institution.objects.values_list("pk", "public_id")) == ids
    assert batch.counts == Batch.objects.get(pk=batch.pk).counts


def test_the_sequences_reach_what_they_are_about(cast, clerk):
    """Of the 30 drawn files some create, change, move, add campuses and revive."""
    reached: set[str] = set()
    for seed in range(30):
        with transaction.atomic():
            draw = random.Random(seed)
            codes = [credit_code(910 + number) for number in range(5)]
            drawn_state(draw, codes, clerk, cast.officer)
            for found in check(*drawn_rows(draw, codes), by=clerk).rows.all():
                reached |= {found.outcome, *found.before, *found.before.get("was", ())}
            transaction.set_rollback(True)
    assert {"created", "updated", "campus", "revived", "name", "county", "status", "permits", "site"} <= reached
    assert set(OTHER) <= reached


def test_what_happened_stays_in_the_history(cast, clerk):
    bring_in(FULL, by=clerk)
    batch = bring_in(row(status="停业整改", phone="13900000002"), by=clerk)
    take_back(batch, clerk)
    events = StatusEvent.objects.order_by("pk").values_list("status", "withdrawn", "reason")
    assert list(events) == [
        ("normal", False, "数据导入"), ("suspended", False, "数据导入"), ("suspended", True, "撤销数据导入"),
    ]  # fmt: skip
    facts = imported_facts(Institution.objects.get())
    assert [fact.label for fact in facts] == ["撤销导入", "导入数据", "导入数据"]
    assert facts[0].changes["状态"] == ["停业整改", "正常"]
    assert facts[0].changes["联系电话"] == ["139****0002", "138****0001"]
    assert facts[0].reason.endswith(WHY)
    event = Event.objects.filter(kind="imports.batch_undone").get()
    assert (event.subject_id, event.changes["rows"], event.reason) == (batch.pk, [1, 0], WHY)


def test_two_batches_that_would_revive_the_same_institution(cast, clerk):
    take_back(bring_in(FULL, by=clerk), clerk)
    one, two = check(FULL, by=clerk), check(row(remark="另一份"), by=clerk)
    apply_batch(batch=one, by=clerk, at=clock.now())
    held = register()
    with pytest.raises(Conflict, match="名录有变化"):
        apply_batch(batch=two, by=clerk, at=clock.now())
    assert register() == held


def test_a_campus_of_an_institution_that_was_withdrawn_meanwhile_is_refused(cast, clerk):
    batch = bring_in(FULL, by=clerk)
    waiting = check(CAMPUS, by=clerk)
    assert waiting.counts["campus"] == 1
    take_back(batch, clerk)
    with pytest.raises(Conflict, match="名录有变化"):
        apply_batch(batch=waiting, by=clerk, at=clock.now())
    assert not Site.objects.exists()


def test_a_large_undo_asks_a_bounded_number_of_questions(cast, clerk, django_assert_max_num_queries):
    """As many for 40 rows as for 4000: nothing is asked once a row."""
    rows = [
        row(
            name=f"第{n}培训学校", credit_code=credit_code(2000 + n), license_no=f"教民13502037{n:05}", address=f"{n}号"
        )
        for n in range(40)
    ]
    batch = bring_in(*rows, by=clerk)
    with django_assert_max_num_queries(110):
        take_back(batch, clerk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM institutions_institution WHERE withdrawn_at IS NULL")
        assert cursor.fetchone() == (0,)


def test_a_category_that_a_file_changed_counts_from_that_day_on_and_comes_back(cast, clerk):
    bring_in(row(), by=clerk)
    one, today = Institution.objects.get(), clock.today()
    ahead = today + timedelta(days=30)
    change_status(institution=one, status=Status.LOST, effective_on=ahead, reason="预告", by=clerk, at=clock.now())
    before = register()

    def known() -> list[tuple[str, str]]:
        return [(e.status, e.category) for day in (today, ahead) for e in StatusEvent.objects.as_of(day)]

    batch = bring_in(row(category="文化艺术类"), by=clerk)
    assert known() == [(Status.NORMAL, "arts"), (Status.LOST, "arts")]
    assert queries.operating_on(clerk, on=today, category="subject") == 0
    take_back(batch, clerk)
    assert known() == [(Status.NORMAL, "subject"), (Status.LOST, "subject")]
    assert (kept(batch), register()) == ([], before)


def test_a_changed_category_stays_when_its_record_was_corrected_since(cast, clerk):
    bring_in(row(issue_date="2024-03-01"), by=clerk)
    batch = bring_in(row(category="文化艺术类", issue_date="2024-03-01"), by=clerk)
    event = StatusEvent.objects.as_of(clock.today()).get()
    given = {"status": Status.SUSPENDED, "reason": "当时已停业", "by": clerk, "at": clock.now()}
    correct_status(event=event, **given)
    with pytest.raises(Conflict, match="又有改动"):
        take_back(batch, clerk)
    assert Institution.objects.get().category == "arts"
