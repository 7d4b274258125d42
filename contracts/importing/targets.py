"""培训合同, 缴费, 发票, 上课记录 as registers that can be imported."""

from __future__ import annotations

from contracts.enums import BoughtVia, ConsentWay, Delivery, FeeCategory, PayChannel, PaymentWay, ToldBy, YesNo
from contracts.models import Contract, Invoice, Lesson, Payment
from contracts.operations import batches
from contracts.people import VERSIONS, plain_name
from foundation.imports.target import Ground, Row, register
from institutions.models import Institution

from .sheets import ContractSheet, InvoiceSheet, LessonSheet, PaymentSheet
from .target import MoneyTarget


class ContractTarget(MoneyTarget):
    """Key: institution and contract number. No guardian's consent, no row."""

    code, label, unit, book = "contracts", "培训合同", "份", "合同"
    model, resource_class = Contract, ContractSheet
    shown_as = ("number", "course_name")
    identity = ("number",)
    needed = (
        *(("number", "合同编号"), ("course_name", "课程名称"), ("lessons", "课时数"), ("total_fen", "合同总价")),
        *(("signed_on", "签订日期"), ("starts_on", "培训期起"), ("ends_on", "培训期止")),
        *(("pupil", "学员姓名"), ("guardian", "监护人姓名"), ("given_on", "监护人同意的日期；没有同意的不能导入")),
    )
    days = ("signed_on", "given_on")
    compared = {"total_fen": "total_fen", "lessons": "lessons", "ends_on": "ends_on"}
    writer = batches.write_contracts

    def look_up(self, rows: list[Row], ground: Ground) -> None:
        super().look_up(rows, ground)
        homes = {row.record["institution"] for row in rows if "institution" in row.record}
        ground.known["contracts.kinds"] = dict(Institution.objects.filter(pk__in=homes).values_list("pk", "category"))

    def check_more(self, row: Row, ground: Ground) -> None:
        record = row.record
        if "institution" in record:
            self.assume(row, "category", FeeCategory.of(ground.known["contracts.kinds"][record["institution"]]).value)
        self.assume(row, "delivery", Delivery.OFFLINE.value)
        self.assume(row, "on_model_contract", YesNo.NO.value)
        self.assume(row, "bought_via", BoughtVia.OFFLINE.value)
        self.assume(row, "way", PaymentWay.LUMP.value)
        self.assume(row, "consent_way", ConsentWay.PAPER.value)
        self.assume(row, "version", VERSIONS[-1])
        self.ordered(row, "starts_on", "ends_on")
        self.ordered(row, "first_lesson_on", "ends_on")
        if record.get("version") not in VERSIONS and "version" in record:
            self.refuse(row, "version", "version_unknown", f"没有这个版本的告知书，可填：{'、'.join(VERSIONS)}。")
        if "unit_price_fen" not in record and "total_fen" in record and "lessons" in record:
            self.assume(row, "unit_price_fen", record["total_fen"] // record["lessons"])
        for name in ("pupil", "guardian"):
            if name in record and not plain_name(record[name]):
                self.refuse(row, name, "name_format", "不像姓名，请核对。")

    def key_message(self) -> str:
        return "机构和合同编号"


class PaymentTarget(MoneyTarget):
    """Key: institution, source and serial number."""

    code, label, unit, book = "payments", "缴费记录", "笔", "缴费记录"
    model, resource_class = Payment, PaymentSheet
    shown_as = ("reference", "paid_on")
    identity = ("reference", "told_by")
    needed = (("reference", "流水号"), ("payer", "付款人"), ("amount_fen", "金额"), ("paid_on", "缴费日期"))
    days = ("paid_on",)
    compared = {"amount_fen": "amount_fen", "paid_on": "paid_on"}
    writer = batches.write_payments

    def check_more(self, row: Row, ground: Ground) -> None:
        self.assume(row, "told_by", ToldBy.INSTITUTION.value)
        self.assume(row, "channel", PayChannel.OTHER.value)
        self.ordered(row, "covers_from", "covers_to")
        if row.record.get("amount_fen") == 0:
            self.refuse(row, "amount_fen", "amount_zero", "应大于0，请核对。")

    def key_message(self) -> str:
        return "机构、来源和流水号"


class InvoiceTarget(MoneyTarget):
    """Key: institution and invoice number."""

    code, label, unit, book = "invoices", "发票", "张", "发票"
    model, resource_class = Invoice, InvoiceSheet
    shown_as = ("number", "issued_on")
    identity = ("number",)
    needed = (("number", "发票号码"), ("buyer", "购买方名称"), ("amount_fen", "价税合计"), ("issued_on", "开票日期"))
    days = ("issued_on",)
    compared = {"amount_fen": "amount_fen", "issued_on": "issued_on"}
    writer = batches.write_invoices

    def check_more(self, row: Row, ground: Ground) -> None:
        if row.record.get("amount_fen") == 0:
            self.refuse(row, "amount_fen", "amount_zero", "应大于0，请核对。")

    def key_message(self) -> str:
        return "机构和发票号码"


class LessonTarget(MoneyTarget):
    """Key: contract, day and hour; the contract must be there."""

    code, label, unit, book = "lessons", "上课记录", "次", "上课记录"
    model, resource_class = Lesson, LessonSheet
    shown_as = ("contract_no", "held_on")
    identity = ("contract", "held_on", "starts_time")
    stored_as = {"contract": "contract_id"}
    needed = (("contract_no", "合同编号"), ("held_on", "上课日期"))
    days = ("held_on",)
    compared = {"lessons": "lessons", "ends_time": "ends_time"}
    writer = batches.write_lessons

    def look_up(self, rows: list[Row], ground: Ground) -> None:
        super().look_up(rows, ground)
        homes = {row.record["institution"] for row in rows if "institution" in row.record}
        numbers = {row.record["contract_no"] for row in rows if "contract_no" in row.record}
        stored = Contract.objects.filter(institution__in=homes, number__in=numbers, voided_at__isnull=True)
        known = {(home, number): pk for home, number, pk in stored.values_list("institution_id", "number", "pk")}
        for row in rows:
            pk = known.get((row.record.get("institution"), row.record.get("contract_no")))
            if pk is not None:
                row.record["contract"] = pk

    def check_more(self, row: Row, ground: Ground) -> None:
        record = row.record
        if "institution" in record and "contract_no" in record and "contract" not in record:
            self.refuse(row, "contract_no", "contract_unknown", "这家机构没有登记这个编号的合同，请先导入合同。")
        self.assume(row, "lessons", 1)
        self.ordered(row, "starts_time", "ends_time")

    def key_message(self) -> str:
        return "合同、日期和开始时间"


LESSONS = register(LessonTarget())
INVOICES = register(InvoiceTarget())
PAYMENTS = register(PaymentTarget())
CONTRACTS = register(ContractTarget())  # the last one is offered first
