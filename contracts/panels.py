"""What contracts show on other pages: an institution's, a contract's, a payment's way forward and back."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from foundation.core.actor import Actor
from foundation.core.home import Tile, todo_tile
from foundation.core.marks import amount, chip, link
from foundation.core.panels import Panel, panel
from institutions.models import Institution

from . import queries, rules
from .enums import FINDINGS, VERDICTS, FindingLevel, Verdict
from .models import Contract, ContractFinding, Invoice, Lesson, Payment
from .tracing import traced

SHOWN = 20


def _to(row: object, text: object = None) -> SafeString:
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    return link(row if text is None else text, reverse(name, args=[row.pk]))


def _findings(found: QuerySet[ContractFinding], url: str = "") -> Panel:
    rows = [
        (
            _to(each),
            chip(each.get_level_display(), FINDINGS[FindingLevel(each.level)]),
            each.words,
            each.remedy,
            each.found_on,
        )
        for each in found.filter(cleared_on__isnull=True).order_by("code", "pk")[:SHOWN]
    ]
    return Panel(("校验", "等级", "问题", "怎样改正", "发现日期"), rows, more_url=url, empty="没有未消除的问题")


@panel(Institution, label="收费校验问题", order=62)
def findings_of_institution(actor: Actor, institution: Institution) -> Panel | None:
    if not rules.can_view_contracts(actor):
        return None
    url = reverse("admin:contracts_contractfinding_changelist") + f"?open=1&q={institution.name}"
    return _findings(ContractFinding.objects.visible_to(actor).filter(institution=institution), url)


@panel(Institution, label="培训合同", order=61)
def contracts_of_institution(actor: Actor, institution: Institution) -> Panel | None:
    if not rules.can_view_contracts(actor):
        return None
    rows = Contract.objects.visible_to(actor).filter(institution=institution).order_by("-signed_on", "-pk")
    url = reverse("admin:contracts_contract_changelist") + f"?home={institution.pk}"
    shown = [
        (_to(row, row.number), row.course_name, amount(row.total_fen), row.signed_on, row.get_state_display())
        for row in rows[:SHOWN]
    ]
    return Panel(("合同编号", "课程", "总价", "签订日期", "状态"), shown, more_url=url, empty="没有登记合同")


@panel(Contract, label="校验问题", order=10)
def findings_of_contract(actor: Actor, contract: Contract) -> Panel | None:
    return _findings(ContractFinding.objects.visible_to(actor).filter(contract=contract))


@panel(Contract, label="缴费和发票", order=20)
def money_of_contract(actor: Actor, contract: Contract) -> Panel | None:
    """Each payment with the invoice for it, and what the three say."""
    payments = Payment.objects.visible_to(actor).filter(contract=contract).order_by("paid_on", "pk")
    invoices: dict[int | None, list[Invoice]] = {}
    for invoice in Invoice.objects.visible_to(actor).filter(contract=contract).order_by("issued_on", "pk"):
        invoices.setdefault(invoice.payment_id, []).append(invoice)
    rows = [
        (
            _to(row, row.reference),
            row.paid_on,
            _person(row),
            amount(row.amount_fen),
            _invoices(invoices.get(row.pk, ())),
            chip(row.get_verdict_display(), VERDICTS[Verdict(row.verdict)]),
        )
        for row in payments
    ]
    rows += [("（没有对应的缴费）", "—", "—", "—", _invoices([each]), "—") for each in invoices.get(None, ())]
    return Panel(("流水号", "缴费日期", "付款人", "金额", "发票", "三一致"), rows, empty="没有缴费和发票")


def _invoices(invoices: Iterable[Invoice]) -> SafeString | str:
    pieces = [_to(each, f"{each.number}（{_person(each)}）") for each in invoices]
    return _listed(pieces)


def _listed(pieces: Iterable[SafeString], before: str = "") -> SafeString | str:
    """Links in one cell, with a mark between them."""
    text = format_html_join("、", "{}", ((piece,) for piece in pieces))
    return format_html("{}{}", before, text) if text else "—"


def _person(row: Payment | Invoice) -> str:
    return "已销毁" if row.destroyed_at else row.name_masked


@panel(Contract, label="课时去向", order=30)
def lessons_of_contract(actor: Actor, contract: Contract) -> Panel | None:
    """Forward: which lessons each payment paid for, the first money first."""
    spent, unpaid = _trace(contract)
    rows = [
        (_to(each.payment, each.payment.reference), each.bought, each.bought - each.left, each.left, _days(each.taken))
        for each in spent
    ]
    rows += [("（没有缴费）", 0, lesson.lessons, "—", _to(lesson, lesson.held_on)) for lesson in unpaid]
    return Panel(("缴费", "购买课时", "已上", "未上", "上课日期"), rows, empty="没有缴费和上课记录")


def _trace(contract: Contract):
    ours = {"contract": contract, "voided_at__isnull": True}
    return traced(contract, Payment.objects.filter(**ours), Lesson.objects.filter(**ours))


def _days(taken: list[tuple[Lesson, int]]) -> SafeString | str:
    pieces = [_to(lesson, f"{lesson.held_on}（{number}）") for lesson, number in taken[-SHOWN:]]
    return _listed(pieces, f"前{len(taken) - SHOWN}次从略、" if len(taken) > SHOWN else "")


@panel(Payment, label="三一致", order=10)
def three_of_payment(actor: Actor, payment: Payment) -> Panel | None:
    """The three values side by side."""
    rows = [("缴费", _to(payment, payment.reference), _person(payment), amount(payment.amount_fen), payment.paid_on)]
    if payment.contract_id:
        contract = Contract.objects.select_related("consent__party").get(pk=payment.contract_id)
        party = contract.consent.party
        who = "已销毁" if party.destroyed_at else f"监护人{party.guardian_masked}，学员{party.pupil_masked}"
        rows.append(("合同", _to(contract, contract.number), who, amount(contract.total_fen), contract.signed_on))
    for invoice in payment.invoices.filter(voided_at__isnull=True).order_by("pk"):
        rows.append(
            ("发票", _to(invoice, invoice.number), _person(invoice), amount(invoice.amount_fen), invoice.issued_on)
        )
    return Panel(("凭据", "编号", "谁", "金额", "日期"), rows)


@panel(Payment, label="课时去向", order=20)
def lessons_of_payment(actor: Actor, payment: Payment) -> Panel | None:
    if payment.contract is None:
        return None
    [own] = [each for each in _trace(payment.contract)[0] if each.payment == payment]
    rows = [(_to(lesson, lesson.held_on), number) for lesson, number in own.taken]
    return Panel(("上课日期", "课时"), rows, empty=f"购买{own.bought}课时，还没有上课")


@panel(Lesson, label="由哪笔缴费支付", order=10)
def payment_of_lesson(actor: Actor, lesson: Lesson) -> Panel | None:
    """Back: the payments that paid for it."""
    rows = [
        (_to(each.payment, each.payment.reference), each.payment.paid_on, amount(each.payment.amount_fen), number)
        for each in _trace(lesson.contract)[0]
        for taken, number in each.taken
        if taken == lesson
    ]
    return Panel(("缴费", "缴费日期", "金额", "其中课时"), rows, empty="没有对应的缴费")


@todo_tile(order=46)
def wrong(actor: Actor) -> Tile | None:
    """Open red findings, for those who keep contracts; opens these rows."""
    if not rules.can_keep_contracts(actor):
        return None
    count = queries.open_findings(actor).filter(level=FindingLevel.RED).count()
    url = reverse("admin:contracts_contractfinding_changelist") + "?open=1&level__exact=red"
    return Tile("收费红色问题", count, url, unit="个", tone="bad") if count else None


@todo_tile(order=47)
def openings(actor: Actor) -> Tile | None:
    """Requests to see who signed, for those who decide; opens exactly these rows."""
    count = queries.openings_waiting(actor).count()
    url = reverse("admin:contracts_partyopening_changelist") + "?waiting=1"
    return Tile("待审批查看申请", count, url, unit="件", tone="notice") if count else None


@todo_tile(order=48)
def limits(actor: Actor) -> Tile | None:
    """Proposed fee limits, for the second person; opens exactly these rows."""
    count = queries.limits_waiting(actor).count()
    url = reverse("admin:contracts_contractlimit_changelist") + "?waiting=1"
    return Tile("待审批收费规定", count, url, unit="条", tone="notice") if count else None
