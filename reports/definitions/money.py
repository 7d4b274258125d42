"""资金监管: the three rates, what is supervised, what was released and refunded, contracts, obstacles."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat

from contracts.models import Contract
from contracts.queries import agreeing
from contracts.rules import can_view_contracts
from foundation.exports.declaring import Column
from funds import rates
from funds.enums import AgreementState, BankStatus, Flag, ObstacleState
from funds.models import AccountEvent, Agreement, AgreementEvent, Bank, BankStatusEvent, Obstacle, SupervisedAccount
from funds.rules import can_view
from institutions.models import Institution
from payouts.enums import RefundState, ReleaseState
from payouts.models import Refund, ReleaseLine

from ..asking import Question
from ..enums import Group, Unit
from ..kpis import Kpi, Ratio, declare
from . import columns

OF_INSTITUTION = columns.institution("")
COMMON = {"group": Group.FUNDS, "opens": can_view}
INSTITUTION = {**COMMON, "columns": OF_INSTITUTION, "known": ""}


# -- the three rates -----------------------------------------------------------------------------------------------
def _when(question: Question) -> rates.Moment:
    return rates.Moment(on=question.until, known_at=question.known_at, area=question.area)


def _should(question: Question) -> QuerySet[Institution]:
    rows = rates.supposed(_when(question)).select_related("jurisdiction", "division")
    return question.here(rows)


def _with(flag: Flag) -> Callable[[Question], QuerySet[Institution]]:
    return lambda question: _should(question).filter(rates.with_flag(flag, _when(question)))


SHOULD = Kpi(
    code="should_supervise",
    label="应监管机构",
    unit=Unit.SITES,
    means="期末正常或停业整改、没有获批豁免的培训机构；三项监管率用同一分母。",
    rows=_should,
    **INSTITUTION,
)
declare(SHOULD)
for _flag in Flag:
    _done = Kpi(
        code=f"flag_{_flag.value}",
        label=f"{_flag.label}机构",
        unit=Unit.SITES,
        means=f"应监管机构中期末已完成“{_flag.label}”的。",
        rows=_with(_flag),
        **INSTITUTION,
    )
    declare(
        _done,
        Ratio(
            code=f"flag_{_flag.value}_rate",
            label=f"{_flag.label}率",
            group=Group.FUNDS,
            means=f"已完成“{_flag.label}”的机构占应监管机构的比例。",
            part=_done,
            whole=SHOULD,
        ),
    )


# -- what is supervised --------------------------------------------------------------------------------------------
def _supervised(question: Question) -> QuerySet[Institution]:
    newest = AccountEvent.objects.filter(account__institution__jurisdiction__in=question.area)
    newest = newest.as_of(question.until, question.known_at).values("pk")
    active = AccountEvent.objects.filter(pk__in=newest, active=True)
    accounts = SupervisedAccount.objects.filter(pk__in=active.values("account"))
    rows = Institution.objects.current().select_related("jurisdiction", "division")
    return question.here(rows.filter(pk__in=accounts.values("institution")))


def _banks(question: Question) -> QuerySet[Bank]:
    newest = BankStatusEvent.objects.as_of(question.until, question.known_at).values("pk")
    chosen = BankStatusEvent.objects.filter(pk__in=newest, status=BankStatus.SELECTED)
    rows = Bank.objects.select_related("jurisdiction").filter(pk__in=chosen.values("bank"))
    return question.here(rows, town="")


def _agreements(question: Question) -> QuerySet[Agreement]:
    newest = AgreementEvent.objects.as_of(question.until, question.known_at).values("pk")
    signed = AgreementEvent.objects.filter(pk__in=newest, state=AgreementState.SIGNED)
    rows = Agreement.objects.select_related("institution__jurisdiction", "bank")
    rows = rows.filter(pk__in=signed.values("agreement"), valid_to__gte=question.until)
    return question.here(rows, place="institution__jurisdiction", town="institution__division")


SUPERVISED = Kpi(
    code="supervised",
    label="纳入监管机构",
    unit=Unit.SITES,
    means="期末有在用监管专户的不同机构。",
    rows=_supervised,
    **INSTITUTION,
)
BANKS = Kpi(
    code="banks",
    label="监管银行",
    unit=Unit.SITES,
    means="期末处于入选状态的监管银行。",
    rows=_banks,
    columns=(columns.named("name", "银行"), columns.county(), Column("status", "现在状态")),
    town="",
    known="",
    **COMMON,
)
AGREEMENTS = Kpi(
    code="agreements",
    label="三方协议",
    unit=Unit.COPIES,
    means="期末有效的三方协议。",
    rows=_agreements,
    columns=(
        columns.named("institution.name"),
        columns.county("institution.jurisdiction"),
        Column("bank", "银行"),
        columns.on("valid_from", "有效期自"),
        columns.on("valid_to", "有效期至"),
    ),
    place="institution__jurisdiction",
    town="institution__division",
    known="",
    **COMMON,
)
declare(SUPERVISED, BANKS, AGREEMENTS)


# -- released and refunded -----------------------------------------------------------------------------------------
def _lines(question: Question) -> QuerySet[ReleaseLine]:
    """Lines of releases that a bank paid in the period."""
    rows = ReleaseLine.objects.select_related("contract", "release__institution__jurisdiction")
    rows = rows.filter(release__state=ReleaseState.PAID, release__state_at__lte=question.known)
    rows = question.happened(rows, "release__paid_on")
    return question.here(rows, place="release__institution__jurisdiction", town="release__institution__division")


def _refunds(question: Question) -> QuerySet[Refund]:
    """Refunds paid in the period, each with its learner; one whose data were destroyed is told by its contract."""
    rows = Refund.objects.select_related("contract__institution__jurisdiction")
    rows = question.happened(rows.filter(state=RefundState.PAID, state_at__lte=question.known), "paid_on")
    rows = question.here(rows, place="contract__jurisdiction", town="contract__institution__division")
    blind = F("contract__consent__party__learner_blind")
    known = When(~Q(contract__consent__party__learner_blind="") & Q(contract__consent__party__isnull=False), then=blind)
    other = Concat(Value("contract:"), Cast("contract_id", CharField()))
    return rows.annotate(learner=Case(known, default=other, output_field=CharField()))


def _coordinated(question: Question) -> QuerySet[Refund]:
    return _refunds(question).filter(coordinator__isnull=False)


OF_LINE = (
    columns.number("contract.number", "合同编号"),
    columns.named("release.institution.name"),
    columns.county("release.institution.jurisdiction"),
    columns.on("release.paid_on", "付款日期"),
    Column("amount_fen", "核拨金额", kind="money"),
)
OF_REFUND = (
    columns.number("contract.number", "合同编号"),
    columns.named("contract.institution.name"),
    columns.county("contract.institution.jurisdiction"),
    columns.on("paid_on", "退款日期"),
    Column("agreed_fen", "退费金额", kind="money"),
    Column("coordinated", "协调退费", lambda row: "是" if row.coordinator_id else "否"),
)
RELEASE = {
    **COMMON,
    "rows": _lines,
    "columns": OF_LINE,
    "place": "release__institution__jurisdiction",
    "town": "release__institution__division",
    "day": "release__paid_on",
    "known": "release__state_at",
    "newest": ("-release__paid_on", "-pk"),
    "page": "release",
}
REFUND = {
    **COMMON,
    "columns": OF_REFUND,
    "place": "contract__jurisdiction",
    "town": "contract__institution__division",
    "day": "paid_on",
    "known": "state_at",
    "newest": ("-paid_on", "-pk"),
}
RELEASES = Kpi(
    code="releases",
    label="耗课费核拨",
    unit=Unit.PERSON_TIMES,
    means="期间银行已付款的核拨明细，一份合同一次核拨计一人次。",
    **RELEASE,
)
RELEASED = Kpi(
    code="released_fen",
    label="核拨金额",
    unit=Unit.YUAN,
    means="期间银行已付款的核拨金额之和。",
    total="amount_fen",
    **RELEASE,
)
REFUNDED_PERSONS = Kpi(
    code="refunded",
    label="退费人数",
    unit=Unit.PERSONS,
    means="期间已退款的不同学员，一人退几次都计一人。",
    rows=_refunds,
    key="learner",
    **REFUND,
)
REFUNDED = Kpi(
    code="refunded_fen",
    label="退费金额",
    unit=Unit.YUAN,
    means="期间已退款的金额之和。",
    rows=_refunds,
    total="agreed_fen",
    **REFUND,
)
COORDINATED_PERSONS = Kpi(
    code="coordinated",
    label="协调退费人数",
    unit=Unit.PERSONS,
    means="期间经教育部门协调后已退款的不同学员。",
    rows=_coordinated,
    key="learner",
    **REFUND,
)
COORDINATED = Kpi(
    code="coordinated_fen",
    label="协调退费金额",
    unit=Unit.YUAN,
    means="期间经教育部门协调后已退款的金额之和。",
    rows=_coordinated,
    total="agreed_fen",
    **REFUND,
)
declare(RELEASES, RELEASED, REFUNDED_PERSONS, REFUNDED, COORDINATED_PERSONS, COORDINATED)


# -- contracts -----------------------------------------------------------------------------------------------------
def _contracts(question: Question) -> QuerySet[Contract]:
    """Contracts signed in the period that were not void."""
    rows = question.happened(Contract.objects.select_related("jurisdiction", "institution"), "signed_on")
    rows = question.here(rows, town="institution__division")
    return question.recorded(rows, voided="voided_at")


OF_CONTRACT = (
    columns.number("number", "合同编号"),
    columns.named("institution.name"),
    columns.county(),
    columns.on("signed_on", "签订日期"),
    Column("total_fen", "合同金额", kind="money"),
    Column("bought_via", "购买方式"),
    Column("on_model_contract", "示范文本", lambda row: "是" if row.on_model_contract else "否"),
)
CONTRACT = {
    "group": Group.FUNDS,
    "opens": can_view_contracts,
    "columns": OF_CONTRACT,
    "town": "institution__division",
    "day": "signed_on",
    "newest": ("-signed_on", "-pk"),
}
CONTRACTS = Kpi(
    code="contracts",
    label="培训合同",
    unit=Unit.COPIES,
    means="期间签订的培训合同，已作废的不计。",
    rows=_contracts,
    **CONTRACT,
)


def _part_of_contracts(code: str, label: str, means: str, narrowed: Callable[[QuerySet], QuerySet], rate: str) -> None:
    part = Kpi(
        code=code,
        label=label,
        unit=Unit.COPIES,
        means=means,
        rows=lambda question: narrowed(_contracts(question)),
        **CONTRACT,
    )
    share = Ratio(
        code=f"{code}_rate",
        label=rate,
        group=Group.FUNDS,
        means=f"{label}占培训合同的比例。",
        part=part,
        whole=CONTRACTS,
    )
    declare(part, share)


declare(CONTRACTS)
_part_of_contracts(
    "consistent",
    "三一致的合同",
    "期间签订、发票与缴费人都与合同一致的合同；以现在的核对结果为准。",
    agreeing,
    "三一致率",
)
_part_of_contracts(
    "on_model",
    "使用示范文本的合同",
    "期间签订、使用合同示范文本的合同。",
    lambda rows: rows.filter(on_model_contract=True),
    "合同示范文本使用率",
)
_part_of_contracts(
    "via_app",
    "平台购课的合同",
    "期间签订、家长在全国平台APP上购课的合同。",
    lambda rows: rows.filter(bought_via="app"),
    "平台购课占比",
)


# -- obstacles -----------------------------------------------------------------------------------------------------
def _obstacles(question: Question) -> QuerySet[Obstacle]:
    rows = question.happened(Obstacle.objects.select_related("jurisdiction", "institution", "owner"), "found_on")
    return question.recorded(question.here(rows, town=""), "opened_at")


OBSTACLE = {
    **COMMON,
    "columns": (
        Column("kind", "问题分类"),
        Column("words", "问题"),
        columns.county(),
        columns.on("found_on", "发现日期"),
        columns.on("due_on", "解决期限"),
        Column("state", "状态"),
        columns.on("closed_on", "解决日期"),
    ),
    "town": "",
    "day": "found_on",
    "known": "opened_at",
    "newest": ("-found_on", "-pk"),
}
OBSTACLES = Kpi(
    code="obstacles",
    label="监管难点",
    unit=Unit.ITEMS,
    means="期间登记的资金监管难点问题。",
    rows=_obstacles,
    **OBSTACLE,
)
OBSTACLES_CLOSED = Kpi(
    code="obstacles_closed",
    label="已解决的监管难点",
    unit=Unit.ITEMS,
    means="期间登记、到截止日已解决的监管难点。",
    rows=lambda question: _obstacles(question).filter(
        state=ObstacleState.CLOSED, closed_on__lte=min(question.on, question.known_on)
    ),
    **OBSTACLE,
)
OBSTACLES_RATE = Ratio(
    code="obstacles_rate",
    label="监管难点解决率",
    group=Group.FUNDS,
    means="已解决的监管难点占监管难点的比例。",
    part=OBSTACLES_CLOSED,
    whole=OBSTACLES,
)
declare(OBSTACLES, OBSTACLES_CLOSED, OBSTACLES_RATE)
