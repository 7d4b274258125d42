"""Contracts, payments, invoices and lessons by spreadsheet: verdicts, hostile cells, once, taken back, nobody named."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.db import connection

from contracts.enums import BoughtVia, Verdict
from contracts.models import Consent, Contract, ContractFinding, ContractParty, Invoice, Lesson, Payment
from contracts.people import opened_party
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import Conflict, NotAllowed
from foundation.imports.enums import BatchState
from foundation.imports.models import Batch, BatchRow
from foundation.imports.operations import apply_batch, queue_undo, undo_batch
from foundation.imports.target import target_named
from tests.imports.factories import checked, codes, csv_file, notes, uploaded
from tests.institutions.factories import AT, institution

pytestmark = pytest.mark.django_db
DANCE = "思明区海浪舞蹈培训中心"
#: Headings as the four come from platforms and from bureaus' own sheets.
HEADS = {
    "contracts": ["培训机构", "合同号", "课程", "总课时", "合同金额", "签约日期", "开始日期", "结束日期", "学生姓名",
                  "家长姓名", "联系电话", "授权日期", "示范文本", "签订渠道"],
    "payments": ["收款单位", "交易流水号", "合同号", "付款户名", "交易金额", "交易时间", "支付渠道", "课时",
                 "收款账户"],
    "invoices": ["销售方", "发票号", "合同号", "发票抬头", "价税合计", "填开日期"],
    "lessons": ["机构", "合同号", "消课日期", "上课开始时间", "下课时间", "消课数量"],
}  # fmt: skip
ROWS = {
    "contracts": {"home": DANCE, "no": "HT001", "course": "少儿舞蹈", "lessons": "30课时", "total": "¥2,400.00",
                  "signed": "2026年10月20日", "from": "2026/11/7", "to": "2027-01-30", "pupil": "陈小满",
                  "guardian": "陈大志", "phone": "139 0000 0001", "agreed": "2026-10-20", "model": "√", "via": "APP"},
    "payments": {"home": DANCE, "no": "LS001", "contract": "HT001", "payer": "陈大志", "fen": "2400",
                 "on": "2026-10-20", "channel": "微信", "lessons": "30", "account": "6222000000001234"},
    "invoices": {"home": DANCE, "no": "FP001", "contract": "HT001", "buyer": "个人（陈大志）", "fen": "2400元",
                 "on": "2026-10-21"},
    "lessons": {"home": DANCE, "contract": "HT001", "on": "2026-11-01", "start": "18：30", "end": "20:00", "n": "2"},
}  # fmt: skip
MODELS = {"contracts": Contract, "payments": Payment, "invoices": Invoice, "lessons": Lesson}
FOUR = list(MODELS)


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


@pytest.fixture
def home(cast):
    return institution(cast.officer, name=DANCE)


def row(kind: str, **given: str) -> list[str]:
    return list({**ROWS[kind], **given}.values())


def sheet(kind: str, *rows: list[str]) -> bytes:
    return csv_file(HEADS[kind], *(rows or [row(kind)]))


def verdict(kind: str, **given: str) -> tuple:
    [found] = checked(sheet(kind, row(kind, **given)), target=kind)
    return found.outcome, codes(found), notes(found)


def applied(cast, kind: str, *rows: list[str], by=None) -> Batch:
    batch = uploaded(sheet(kind, *rows), by=by or cast.officer, target=kind)
    return apply_batch(batch=batch, by=by or cast.officer, at=AT)


def taken_back(batch: Batch, by) -> Batch:
    return undo_batch(batch=queue_undo(batch=batch, reason="导错了", by=by, at=AT), reason="导错了", by=by, at=AT)


def test_the_four_together_agree(cast, home):
    for kind in FOUR:
        assert applied(cast, kind).counts["created"] == 1, kind
    contract, payment, invoice, lesson = (model.objects.get() for model in MODELS.values())
    assert (contract.total_fen, contract.unit_price_fen, contract.lessons) == (240000, 8000, 30)
    assert (contract.category, contract.on_model_contract, contract.bought_via) == ("non_subject", True, BoughtVia.APP)
    assert (contract.consent.given_on, contract.consent.text_version) == (date(2026, 10, 20), "2026-1")
    people = opened_party(contract.consent.party)
    assert (people.pupil, people.guardian, people.phone) == ("陈小满", "陈大志", "13900000001")
    assert (payment.contract, payment.account_tail, payment.verdict) == (contract, "1234", Verdict.AGREES)
    assert (invoice.contract, invoice.payment) == (contract, payment)
    assert (lesson.contract, lesson.starts_time, lesson.ends_time, lesson.lessons) == (
        contract,
        time(18, 30),
        time(20),
        2,
    )
    assert not ContractFinding.objects.filter(cleared_on__isnull=True).exists()


def test_money_that_comes_before_its_contract_finds_it(cast, home):
    applied(cast, "payments")
    applied(cast, "invoices")
    assert Payment.objects.get().verdict == Verdict.NO_CONTRACT
    applied(cast, "contracts")
    assert Payment.objects.get().verdict == Verdict.AGREES


@pytest.mark.parametrize("kind", FOUR)
def test_a_second_import_changes_nothing(cast, home, kind):
    for before in FOUR[: FOUR.index(kind) + 1]:
        applied(cast, before)
    kept = list(MODELS[kind].objects.values())
    again = applied(cast, kind)
    assert (again.counts["unchanged"], again.counts["created"]) == (1, 0)
    assert list(MODELS[kind].objects.values()) == kept


def test_a_file_that_says_otherwise_is_told_and_changes_nothing(cast, home):
    applied(cast, "contracts")
    applied(cast, "payments")
    for kind, change in (("contracts", {"total": "2500"}), ("payments", {"fen": "2500"})):
        outcome, _, told = verdict(kind, **change)
        assert (outcome, "differs" in told) == ("unchanged", True)


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        ("contracts", {"no": ""}, "missing_number"),
        ("contracts", {"agreed": ""}, "missing_given_on"),  # no consent, no row
        ("contracts", {"agreed": "2026-11-09"}, "date_range"),
        ("contracts", {"guardian": ""}, "missing_guardian"),
        ("contracts", {"pupil": "13900000001"}, "name_format"),
        ("contracts", {"phone": "1390000"}, "phone_invalid"),
        ("contracts", {"to": "2026-11-01"}, "date_order"),
        ("contracts", {"lessons": "三十"}, "number_invalid"),
        ("contracts", {"lessons": "0"}, "number_range"),
        ("contracts", {"total": "两千四"}, "amount_invalid"),
        ("contracts", {"home": "没有这家"}, "unknown_institution"),
        ("contracts", {"home": ""}, "missing_name"),
        ("contracts", {"course": "=cmd|' /C calc'!A0"}, "formula"),
        ("contracts", {"course": "<script>alert(1)</script>"}, "unsafe_text"),
        ("contracts", {"pupil": "=HYPERLINK(1)"}, "formula"),
        ("contracts", {"course": "课" * 81}, "too_long"),
        ("contracts", {"total": "#REF!"}, "cell_error"),
        ("payments", {"fen": "-100"}, "amount_negative"),
        ("payments", {"fen": "0"}, "amount_zero"),
        ("payments", {"payer": ""}, "missing_payer"),
        ("payments", {"on": "2026-11-09"}, "date_range"),
        ("payments", {"no": "6.2220E+15"}, "code_scientific"),
        ("payments", {"payer": "@SUM(1+9)*cmd"}, "formula"),
        ("payments", {"account": "=1+1"}, "formula"),
        ("invoices", {"buyer": "365防伪查询系统_bet3365标准版"}, "unsafe_text"),
        ("invoices", {"fen": "0"}, "amount_zero"),
        ("lessons", {"contract": "HT999"}, "contract_unknown"),
        ("lessons", {"end": "25:00"}, "time_invalid"),
        ("lessons", {"end": "18:00"}, "date_order"),
        ("lessons", {"n": "13"}, "number_range"),
    ],
)
def test_bad_and_hostile_rows_are_refused_in_words(cast, home, kind, given, code):
    outcome, reasons, _ = verdict(kind, **given)
    assert (outcome, code in reasons) == ("rejected", True), reasons


def test_another_bureaus_institution_is_refused(cast, home):
    other = institution(cast.neighbour, county="350211", name="集美区远航舞蹈培训中心")
    assert verdict("payments", home="集美区远航舞蹈培训中心")[:2] == ("rejected", ["unknown_institution"])
    content = csv_file(["信用代码", *HEADS["payments"][1:]], [other.credit_code, *row("payments")[1:]])
    [found] = checked(content, target="payments")
    assert (found.outcome, codes(found)) == ("rejected", ["county_out_of_scope"])


def test_who_may_not_import(cast, home):
    for who in (cast.leader, cast.city, cast.province, cast.town):
        with pytest.raises(NotAllowed):
            uploaded(sheet("payments"), by=who, target="payments")


def test_the_same_row_twice_counts_once_and_two_that_differ_are_refused(cast, home):
    twice = checked(sheet("payments", row("payments"), row("payments")), target="payments")
    assert [each.outcome for each in twice] == ["created", "duplicate"]
    differ = checked(sheet("payments", row("payments"), row("payments", fen="1")), target="payments")
    assert [codes(each) for each in differ] == [["duplicate_conflict"]] * 2


@pytest.mark.parametrize("kind", ["invoices", "payments", "contracts"])
def test_a_batch_is_taken_back_and_may_come_again(cast, home, kind):
    batch = applied(cast, kind)
    assert taken_back(batch, cast.officer).state == BatchState.UNDONE
    [stored] = MODELS[kind].objects.all()
    assert stored.voided_at == AT
    assert not MODELS[kind].objects.visible_to(cast.officer).exists()
    assert not ContractFinding.objects.filter(cleared_on__isnull=True).exists()
    gone = stored.consent.party if kind == "contracts" else stored
    assert (gone.key, gone.destroyed_at) == ("", AT)
    applied(cast, kind)
    assert MODELS[kind].objects.visible_to(cast.officer).count() == 1
    assert Event.objects.filter(kind="contracts.voided").count() == 1


def test_lessons_taken_back_are_checked_anew(cast, home):
    applied(cast, "contracts")
    batch = applied(cast, "lessons", row("lessons", end="21:30"))
    assert ContractFinding.objects.get(cleared_on__isnull=True).code == "V13"
    taken_back(batch, cast.officer)
    assert not ContractFinding.objects.filter(cleared_on__isnull=True).exists()


def test_a_contract_with_money_stays(cast, home):
    batch = applied(cast, "contracts", row("contracts"), row("contracts", no="HT002"))
    applied(cast, "payments")
    taken_back(batch, cast.officer)
    assert set(Contract.objects.filter(voided_at__isnull=True).values_list("number", flat=True)) == {"HT001"}
    [why] = [stored.kept.why for stored in BatchRow.objects.filter(batch=batch, kept__isnull=False)]
    assert why.endswith("导入之后已有缴费") or "导入之后" in why


def test_nobody_is_named_outside_the_seals(cast, home):
    """Rows with faults and rows that were written: after the import neither names nor numbers stand anywhere."""
    applied(cast, "contracts", row("contracts"), row("contracts", no="HT002", lessons="0", pupil="林小鹿"))
    applied(cast, "payments", row("payments"), row("payments", no="LS002", fen="x"))
    applied(cast, "invoices")
    assert set(BatchRow.objects.values_list("sealed", flat=True)) == {""}
    stored = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
            stored.append((table, cursor.fetchone()[0] or ""))
    secrets = ("陈小满", "陈大志", "林小鹿", "13900000001", "6222000000001234")
    assert [(table, word) for table, text in stored for word in secrets if word in text] == []


@pytest.mark.parametrize("kind", FOUR)
def test_the_template_s_own_example_is_a_good_row(cast, home, kind):
    columns = target_named(kind).resource.columns.values()
    example = {column.column_name: column.example for column in columns} | {"统一社会信用代码": ""}
    [found] = checked(csv_file(list(example), list(example.values())), target=kind)
    assert set(codes(found)) <= {"contract_unknown", "date_range"}  # its lesson is in a week, of no contract here


def test_a_refused_consent_stores_no_minor(cast, home):
    batch = applied(cast, "contracts", row("contracts", agreed=""), row("contracts", no="HT002"))
    assert (batch.counts["rejected"], batch.counts["created"]) == (1, 1)
    assert Consent.objects.count() == ContractParty.objects.count() == 1


def test_a_batch_that_somebody_overtook_is_refused_whole(cast, home):
    batch = uploaded(sheet("payments"), by=cast.officer, target="payments")
    applied(cast, "payments")
    with pytest.raises(Conflict):
        apply_batch(batch=batch, by=cast.officer, at=AT)
