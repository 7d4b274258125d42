"""The register's columns, verdicts and writing, on files as bureaus send them."""

from collections import Counter

import pytest
from django.db import connection

from foundation.accounts.models import User
from foundation.audit.models import Event
from foundation.core import clock, outbox
from foundation.core.spreadsheets import csv_bytes, xlsx_bytes
from foundation.imports.offering import repair_of
from foundation.imports.operations import apply_batch
from foundation.imports.stored import cells_in_full, opened, repairs_of
from foundation.imports.target import target_named
from institutions.importing import INSTITUTIONS
from institutions.matching import sheet_records
from institutions.models import FormerName, Institution, Permit, SearchEntry, Site, StatusEvent
from tests.imports.factories import checked as checked_in
from tests.imports.factories import codes, csv_file, notes, xlsx_file
from tests.imports.factories import uploaded as uploaded_for
from tests.imports.make_registry import SPAM, Maker, registry

pytestmark = pytest.mark.django_db

HEAD = ["机构名称", "统一社会信用代码", "类别", "办学地址"]
A, B, C = "52350211MJC00001XE", "91350211MA2X00019U", "92350921MA3A000445"
FIRST = ["启明培训学校", A, "学科类", "湖滨南路1号"]
FIRST_PERMIT, NEXT_PERMIT = "教民1350203700001", "教民1350203700002"


def checked(content, **given):
    return checked_in(content, target="institutions", **given)


def uploaded(content, **given):
    return uploaded_for(content, target="institutions", **given)


def imported(content, by, **given):
    return apply_batch(batch=uploaded(content, by=by, **given), by=by, at=clock.now())


def one(head=(), cells=()):
    """The verdict of one row with the four needed cells and some more."""
    row = dict(zip(HEAD, FIRST, strict=True)) | dict(zip(head, cells, strict=True))
    return checked(csv_file(list(row), list(row.values())))[0]


def content_of_register() -> dict[str, list]:
    """Everything that the register holds, for "nothing changed"."""
    models = (Institution, Site, Permit, StatusEvent, FormerName, Event)
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


PLACES = {"jurisdiction", "division", "was"}  # kept with a change, to take it back


def test_a_real_looking_file_of_500_has_exactly_its_40_bad_rows(cast):
    batch = uploaded(registry(500, 40), by=cast.officer)
    assert batch.encoding == "gb18030"
    assert {name: number for name, number in batch.counts.items() if number} == {"created": 460, "rejected": 40}
    found = Counter(fault["code"] for row in batch.rows.filter(outcome="rejected") for fault in row.reasons)
    assert set(found) == {
        "code_check", "missing_name", "code_scientific", "date_invalid", "duplicate_conflict", "county_out_of_scope",
        "code_charset", "category_unknown", "missing_code", "unsafe_text", "code_length", "date_precision",
        "phone_invalid", "license_conflict", "county_unknown", "formula", "date_order", "code_legacy", "too_long",
        "missing_required_column", "county_mismatch",
    }  # fmt: skip


def test_it_is_applied_as_one_event_and_again_changes_nothing(cast):
    batch = imported(registry(200, 20), cast.officer)
    assert Institution.objects.count() == 180
    assert (Site.objects.count(), StatusEvent.objects.count(), Permit.objects.count()) == (180, 180, 180)
    assert [event.kind for event in Event.objects.all()] == ["imports.batch_applied"]
    row = batch.rows.filter(outcome="created").first()
    institution = Institution.objects.get(pk=row.subject_id)
    assert (institution.name, institution.credit_code) == (row.record["name"], row.record["credit_code"])
    assert institution.phone.isdigit()
    assert institution.phone not in str(row.record)
    assert opened(row.record, target_named("institutions"))["phone"] == institution.phone
    before = content_of_register()
    again = imported(registry(200, 20), cast.officer)
    assert (again.counts["unchanged"], again.counts["created"], again.counts["updated"]) == (180, 0, 0)
    assert content_of_register() == before


def test_imported_institutions_are_findable_after_the_worker_ran(cast):
    imported(registry(20, 0), cast.officer)
    assert SearchEntry.objects.count() == 0
    assert outbox.deliver_all(at=clock.now()) == 1
    assert SearchEntry.objects.count() == 20


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("91350100M000100Y43", []),
        ("52350581MJB000026X", []),
        ("91350211MA2X00019U", []),
        ("91350404MA8U00033H", []),
        ("91350100M000100Y4Z", ["code_charset"]),
        ("91350100M000100Y44", ["code_check"]),
        ("91350100M00O100Y43", ["code_charset"]),
        ("91350100M000100Y4", ["code_length"]),
        ("3.5010219900101E+17", ["code_scientific"]),
        ("350203100012345", ["code_legacy"]),
        ("D2143569-X", ["code_legacy"]),
        ("", ["missing_code"]),
    ],
)
def test_credit_codes(cast, code, expected):
    assert codes(one(["统一社会信用代码"], [code])) == expected


def test_credit_codes_are_compacted_and_it_is_said(cast):
    row = one(["统一社会信用代码"], [" ５２３５０２１１mjc0 0001xe"])
    assert (row.record["credit_code"], row.outcome) == (A, "created")
    fault = next(fault for fault in row.warnings if fault.code == "code_format")
    assert fault.after == A


def test_a_code_typed_as_a_number_is_refused_in_workbooks_too(cast):
    row = checked(xlsx_file(HEAD, ["启明培训学校", 913502001234567890, "学科类", "湖滨南路1号"]))[0]
    assert codes(row) == ["code_precision"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2025年3月1日", "2025-03-01"),
        ("2025/3/1", "2025-03-01"),
        ("2025.3.1", "2025-03-01"),
        ("２０２５－３－１", "2025-03-01"),
        ("20250301", "2025-03-01"),
        ("45717", "2025-03-01"),
        ("2025-03-01 00:00:00", "2025-03-01"),
        ("长期", None),
    ],
)
def test_dates_in_all_usual_spellings(cast, written, read):
    row = one(["发证日期", "办学许可证号"], [written, "教民135020370000011号"])
    assert (row.outcome, row.record.get("issue_date")) == ("created", read)


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("发证日期", "2025-02-30", "date_invalid"),
        ("发证日期", "去年春天", "date_invalid"),
        ("发证日期", "2025年3月", "date_precision"),
        ("发证日期", "1025-03-01", "date_range"),
        ("发证日期", "2099-03-01", "date_range"),
        ("机构名称", SPAM, "unsafe_text"),
        ("机构名称", "启明<script>", "unsafe_text"),
        ("机构名称", "=1+1", "formula"),
        ("机构名称", "123", "name_format"),
        ("机构名称", "长" * 121, "too_long"),
        ("类别", "非学科类", "category_unknown"),
        ("类别", "", "category_unknown"),
        ("办学地址", "", "missing_required_column"),
        ("联系电话", "1380000000", "phone_invalid"),
        ("区县", "集美区", "county_out_of_scope"),
        ("区县", "火星区", "county_unknown"),
        ("办学地址", "福建省厦门市集美区石鼓路9号", "county_out_of_scope"),
        ("专户账号尾号", "123", "code_format"),
    ],
)
def test_faults_have_their_codes_and_a_sentence(cast, column, value, code):
    row = one([column], [value])
    assert (row.outcome, codes(row)) == ("rejected", [code])
    assert row.reasons[0].message.startswith(column if code != "county_out_of_scope" else "区县")


def test_personal_values_are_masked_in_what_is_kept_of_what_is_said(cast):
    batch = uploaded(csv_file([*HEAD, "联系电话"], [*FIRST, "1380000000"]), by=cast.officer)
    [reason] = batch.rows.get().reasons
    assert (reason["code"], reason["before"]) == ("phone_invalid", "138****0000")


def test_command_and_page_say_how_sure_a_suggestion_is_and_never_that_it_is_certain(cast):
    wrong = A[:11] + A[11:].replace("0", "O", 1)
    [reason] = uploaded(csv_file(HEAD, [FIRST[0], wrong, *FIRST[2:]]), by=cast.officer).rows.get().reasons
    assert "把握99%" in reason["message"]
    assert repair_of(reason, "").percent == 99


def test_examples_of_what_was_tidied_quote_no_number_that_stands_in_a_wrong_column(cast):
    batch = uploaded(csv_file([*HEAD, "备注"], [*FIRST, " 找林老师13812345678"]), by=cast.officer)
    [kind] = [kind for kind in batch.tidied if kind["field"] == "remark"]
    assert (kind["before"], kind["after"]) == (" 找林老师138****5678", "找林老师138****5678")


def test_telephone_numbers_stand_sealed_in_the_database(cast):
    batch = uploaded(csv_file([*HEAD, "联系电话"], [*FIRST, "13812345678"]), by=cast.officer)
    with connection.cursor() as cursor:
        cursor.execute("SELECT r::text || f::text FROM imports_batchrow r, imports_batchfilepart f")
        [(stored,)] = cursor.fetchall()
    assert "13812345678" not in stored
    assert apply_batch(batch=batch, by=cast.officer, at=clock.now()).counts["created"] == 1
    assert Institution.objects.get().phone == "13812345678"


def test_all_faults_of_a_row_are_told_at_once(cast):
    row = one(["机构名称", "统一社会信用代码", "类别", "区县"], ["", "123", "辅导", "火星"])
    assert codes(row) == ["code_length", "category_unknown", "missing_name", "county_unknown"]


def test_a_file_of_one_county_cannot_take_over_another_countys_institution(cast):
    row = [HEAD, ["集美培训学校", A, "学科类", "石鼓路9号"]]
    imported(csv_file(*row), cast.neighbour, code="350211")
    before = content_of_register()
    batch = uploaded(csv_file(HEAD, ["思明培训学校", A, "体育类", "湖滨南路1号"]), by=cast.officer)
    assert [(r.outcome, r.reasons[0]["code"]) for r in batch.rows.all()] == [("rejected", "county_out_of_scope")]
    assert "集美" not in str(batch.rows.get().reasons)
    apply_batch(batch=batch, by=cast.officer, at=clock.now())
    assert content_of_register() == before


def test_an_update_keeps_the_history_that_a_single_change_would_leave(cast):
    head = [*HEAD, "办学许可证号", "发证日期", "有效期至", "镇街", "状态"]
    old = ["老名称学校", A, "学科类", "湖滨南路1号", FIRST_PERMIT, "2023-1-1", "2026-1-1", "厦港街道", "正常"]
    new = ["新名称学校", A, "学科类", "嘉禾路2号", NEXT_PERMIT, "2024-1-1", "2030-1-1", "莲前街道", "停业整改"]
    imported(csv_file(head, old), cast.officer)
    batch = imported(csv_file(head, new), cast.officer)
    row = batch.rows.get()
    assert row.outcome == "updated"
    assert {name: value for name, value in row.before.items() if name not in PLACES} == {
        "name": "老名称学校", "address": "湖滨南路1号", "license_no": FIRST_PERMIT, "town": "厦港街道",
        "issue_date": "2023-01-01", "valid_until": "2026-01-01", "status": "normal",
    }  # fmt: skip
    institution = Institution.objects.select_related("division").get()
    assert (institution.name, institution.status, institution.division.name) == ("新名称学校", "suspended", "莲前街道")
    assert list(FormerName.objects.values_list("name", flat=True)) == ["老名称学校"]
    assert list(Site.objects.filter(closed_on=None).values_list("address", flat=True)) == ["嘉禾路2号"]
    assert Site.objects.count() == 2
    assert list(StatusEvent.objects.order_by("pk").values_list("status", flat=True)) == ["normal", "suspended"]
    assert sorted(Permit.objects.filter(ended_on=None).values_list("number", flat=True)) == [NEXT_PERMIT]
    again = uploaded(csv_file(head, new), by=cast.officer)
    assert again.counts["unchanged"] == 1


def test_rows_need_only_say_what_changes(cast):
    imported(csv_file([*HEAD, "备注"], ["启明培训学校", A, "学科类", "湖滨南路1号", "原备注"]), cast.officer)
    batch = imported(
        csv_file(["机构名称", "统一社会信用代码", "监管银行"], ["启明培训学校", A, "兴业银行"]), cast.officer
    )
    assert {name: value for name, value in batch.rows.get().before.items() if name not in PLACES} == {"bank": None}
    institution = Institution.objects.get()
    assert (institution.bank, institution.remark, institution.address) == ("兴业银行", "原备注", "湖滨南路1号")


def test_an_institution_without_a_code_is_found_by_its_permit_or_by_name_and_address(cast):
    head = [*HEAD, "办学许可证号"]
    by_permit, by_name = ["甲学校", A, "学科类", "一路1号", FIRST_PERMIT], ["乙学校", B, "体育类", "二路2号", ""]
    imported(csv_file(head, by_permit, by_name), cast.officer)
    Institution.objects.update(credit_code=None)
    rows = checked(csv_file(head, ["甲校改名", A, "学科类", "三路3号", FIRST_PERMIT], by_name))
    assert [(row.outcome, "credit_code" in row.before) for row in rows] == [("updated", True), ("updated", True)]


def test_a_permit_number_of_another_authority_does_not_find_an_institution_without_a_code(cast):
    head = [*HEAD, "办学许可证号", "区县"]
    imported(csv_file(head, ["甲学校", A, "学科类", "一路1号", FIRST_PERMIT, "思明区"]), cast.officer)
    Institution.objects.update(credit_code=None)
    row = ["乙学校", B, "学科类", "石鼓路7号", FIRST_PERMIT, "集美区"]
    assert [each.outcome for each in checked(csv_file(head, row), code="350200")] == ["created"]


def test_two_codes_do_not_share_an_institution_without_a_code(cast):
    same = ["乙学校", B, "体育类", "二路2号"]
    imported(csv_file(HEAD, same), cast.officer)
    Institution.objects.update(credit_code=None)
    rows = checked(csv_file(HEAD, same, ["乙学校", A, "体育类", "二路2号"]))
    assert [(row.outcome, codes(row)) for row in rows] == [("updated", []), ("rejected", ["duplicate_conflict"])]


def test_what_a_pen_writes_under_the_line_above_is_no_name_and_no_address(cast):
    rows = checked(csv_file(HEAD, FIRST, ["同上", B, "学科类", "〃"], ["同安区育才学校", C, "学科类", "同上街2号"]))
    assert [codes(row) for row in rows] == [[], ["name_format", "missing_required_column"], []]


def test_a_telephone_number_is_suggested_sealed(cast):
    batch = uploaded(csv_file([*HEAD, "联系电话"], [*FIRST, "1380O000001"]), by=cast.officer)
    row = batch.rows.get()
    assert [name for name, (value, _) in repairs_of(row).items() if value == "13800000001"] == ["phone"]
    assert "13800000001" not in str(row.reasons)


@pytest.mark.parametrize(
    ("column", "written", "meant"),
    [("类别", "学科累", "学科类"), ("状态", "正长", "正常"), ("发证日期", "20244-03-01", "2024-03-01")],
)
def test_a_slip_with_one_reading_comes_with_that_reading(cast, column, written, meant):
    head = list(dict.fromkeys([*HEAD, "办学许可证号", column]))
    values = dict(zip(HEAD, FIRST, strict=True)) | {"办学许可证号": FIRST_PERMIT, column: written}
    (row,) = checked(csv_file(head, [values[name] for name in head]))
    (reason,) = row.reasons
    assert (reason.before, reason.after) == (written, meant)
    assert reason.confidence > 0.99
    assert f"可能是 {meant}（" in reason.message
    assert checked(csv_file(head, [(values | {column: meant})[name] for name in head]))[0].outcome == "created"


def test_look_alikes_are_never_merged(cast):
    imported(csv_file(HEAD, ["启明培训学校", A, "学科类", "湖滨南路1号"]), cast.officer)
    rows = checked(csv_file(HEAD, ["启明培训学校", B, "学科类", "湖滨南路1号"]))
    assert rows[0].outcome == "created"


def test_a_permit_number_of_another_institution_is_refused(cast):
    head = [*HEAD, "办学许可证号"]
    imported(csv_file(head, ["甲学校", A, "学科类", "一路1号", FIRST_PERMIT]), cast.officer)
    rows = checked(csv_file(head, ["乙学校", B, "学科类", "二路2号", FIRST_PERMIT]))
    assert codes(rows[0]) == ["license_conflict"]


def test_an_ended_institution_is_not_brought_back_by_a_file(cast):
    head = [*HEAD, "状态"]
    imported(csv_file(head, ["甲学校", A, "学科类", "一路1号", "注销"]), cast.officer)
    assert codes(checked(csv_file(head, ["甲学校", A, "学科类", "一路1号", "正常"]))[0]) == ["status_conflict"]


def test_soft_checks_warn_and_let_pass(cast):
    row = one(["统一社会信用代码", "法人性质", "区县", "办学地址"], [C, "企业", "", "霞浦县松城街道1号"])
    assert codes(row) == ["county_out_of_scope"]
    row = one(["统一社会信用代码", "法人性质"], [C, "企业"])
    assert (row.outcome, notes(row).count("code_prefix")) == ("created", 2)
    assert "missing_code" in notes(one()), "no permit number: said, because it will stand as 有照无证"


def test_the_register_as_a_sheet_comes_back_unchanged(cast):
    imported(registry(120, 0), cast.officer)
    resource = INSTITUTIONS.resource
    rows = [resource.shown_row(record) for record in sheet_records(Institution.objects.visible_to(cast.officer))]
    for content in (xlsx_bytes(resource.headings(), rows), csv_bytes(resource.headings(), rows)):
        found = checked(content)
        assert (len(found), {row.outcome for row in found}) == (120, {"unchanged"})


def test_the_institutions_page_tells_what_an_import_did(cast, client):
    imported(csv_file(HEAD, FIRST), cast.officer)
    imported(csv_file(HEAD, [*FIRST[:3], "嘉禾路2号"]), cast.officer, file_name="变更.csv")
    client.force_login(User.objects.get(pk=cast.officer.user_id))
    page = client.get(INSTITUTIONS.url_of(Institution.objects.get().pk)).content.decode()
    assert "变更.csv 第2行：更新" in page
    assert "名录.csv 第2行：新增" in page
    assert "办学地址：湖滨南路1号 → 嘉禾路2号" in page


def test_the_maker_makes_the_same_file_for_the_same_seed():
    assert registry(30, 5) == registry(30, 5)
    assert Maker(seed=2).rows(3, 0) != Maker(seed=1).rows(3, 0)


def test_numbers_of_persons_in_a_wrong_column_do_not_stand_open(cast):
    head, row = [*HEAD, "法定代表人", "备注"], [*FIRST, "张三13800000077", "身份证350203199003071234"]
    batch = uploaded(csv_file(head, row), by=cast.officer)
    assert codes_of(batch.rows.get()) == ["name_format"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT r::text FROM imports_batchrow r")
        [(stored,)] = cursor.fetchall()
    assert "13800000077" not in stored
    assert "350203199003071234" not in stored
    assert cells_in_full(batch.rows.get())["legal_person"] == "张三13800000077"


def codes_of(row) -> list[str]:
    return [fault["code"] for fault in row.reasons]
