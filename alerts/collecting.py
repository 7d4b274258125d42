"""The facts of one institution on one day, out of the books, the banks, contracts, clues, visits and the register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import models
from django.db.models import F, Max, Min, Q, Sum
from django.db.models.functions import Coalesce

from banking.models import AccountDay, BankLine
from banking.queries import balance_on
from clues.enums import OWN_PEOPLE, ClueState, Verdict
from clues.models import Clue
from contracts.enums import ContractState
from contracts.models import Contract, Lesson
from foundation.audit.models import Event
from foundation.core.clock import local_date
from foundation.deadlines.calendars import WorkingCalendar
from foundation.deadlines.enums import DayKind, Limit
from foundation.deadlines.models import Deadline
from funds.models import Agreement, SupervisedAccount
from funds.queries import account_on, minimum_on
from inspections.enums import Outcome
from inspections.models import Visit
from institutions.models import Institution, Permit
from ledger.enums import AccountKind, Kind
from ledger.models import Account, DayTotal
from payouts.enums import ENDED, RefundState
from payouts.models import Refund
from payouts.queries import held_by

from .enums import RULE_OF_SIGN, Rule
from .facts import Day, Expiry, Facts, Incident, Ref, RefundWish
from .models import Sign

YEAR = timedelta(days=365)


def facts_of(home: Institution, *, on: date, season_percent: int, calendar: WorkingCalendar) -> Facts:
    """What is known at the end of a day; what nobody recorded is left empty."""
    account = account_on(home, on=on)
    minimum = minimum_on(home, on=on)
    bank_day = balance_on(account, on=on) if account else None
    signs = _signs(home, on)
    return Facts(
        on=on,
        days=_days(home, account, on),
        balance_fen=bank_day.closing_fen if bank_day else None,
        balance_ref=ref(bank_day) if bank_day else None,
        unused_fen=held_by(home).unused,
        guarantee_fen=_guarantee(home),
        guarantee_minimum_fen=minimum.amount_fen if minimum else 0,
        refunds=_refunds(home, on),
        learners=_learners(home),
        season_percent=season_percent,
        complaints=sorted([*_complaints(home, on), *signs[Rule.R07]], key=lambda one: one.on),
        reports=signs[Rule.R08],
        changes=sorted([*_changes(home, on), *signs[Rule.R09]], key=lambda one: one.on),
        visits=_visits(home, on),
        expiries=_expiries(home, on),
        **_file(account, bank_day, on, calendar),
        **_lessons(home, on, calendar),
    )


def ref(row: models.Model, label: str = "") -> Ref:
    return Ref(row._meta.label_lower, row.pk, label or f"{row._meta.verbose_name} {row}")


def season_of(jurisdiction_id: int, *, on: date) -> int:
    """What the whole county took in within fourteen days, in percent of its usual fourteen days; 100 if unknown."""
    rows = DayTotal.objects.filter(jurisdiction=jurisdiction_id, kind=Kind.DEPOSIT)
    now = _net(rows.filter(day__gt=on - timedelta(days=14), day__lte=on))
    past = rows.filter(day__gt=on - timedelta(days=104), day__lte=on - timedelta(days=14))
    first = past.aggregate(first=Min("day"))["first"]
    days = (on - timedelta(days=14) - first).days + 1 if first else 0
    usual = _net(past) * 14 // days if days >= 60 else 0
    return now * 100 // usual if usual > 0 else 100


def _net(rows: models.QuerySet[DayTotal]) -> int:
    return rows.aggregate(net=Coalesce(Sum(F("amount_fen") - F("reversed_fen")), 0))["net"]


def _guarantee(home: Institution) -> int:
    rows = Account.objects.filter(institution=home, kind=AccountKind.RISK_BANK)
    return rows.aggregate(fen=Coalesce(Sum(F("debit_fen") - F("credit_fen")), 0))["fen"]


def _learners(home: Institution) -> int:
    """Pupils with a contract that runs: contracts of the same pupil count once, of whom nothing is known each."""
    running = Contract.objects.filter(institution=home, state=ContractState.ACTIVE, voided_at__isnull=True)
    blinds = running.values_list("consent__party__learner_blind", "pk")
    return len({blind or f"contract:{pk}" for blind, pk in blinds})


def _days(home: Institution, account: SupervisedAccount | None, on: date) -> Sequence[Day]:
    """From the first day of which something is known in the last year, without gaps."""
    since = on - YEAR
    rows = DayTotal.objects.filter(institution=home, kind=Kind.DEPOSIT, day__gt=since, day__lte=on)
    net = rows.values_list("day").annotate(fen=Sum(F("amount_fen") - F("reversed_fen"))).order_by("day")
    income = dict(net)
    lines = BankLine.objects.filter(account__institution=home, fen__lt=0, day__gt=since, day__lte=on)
    sums = lines.values_list("day").annotate(out=-Sum("fen"), largest=-Min("fen")).order_by("day")
    out = {day: (fen, largest) for day, fen, largest in sums}
    told = AccountDay.objects.filter(account__institution=home, day__gt=since, day__lte=on).order_by("day", "pk")
    known = {row.day: row for row in told}
    seen = [*income, *out, *known]
    if not seen:
        return ()
    day, before, found = min(seen), None, []
    source = ref(account, f"监管账户 尾号{account.number_tail}") if account else None
    while day <= on:
        bank = known.get(day)
        opening = bank.opening_fen if bank else before
        before = bank.closing_fen if bank else before
        origin = ref(bank) if bank else source
        found.append(Day(day, max(income.get(day, 0), 0), *out.get(day, (0, 0)), opening, origin))
        day += timedelta(days=1)
    return found


def _file(account: SupervisedAccount | None, bank_day: AccountDay | None, on: date, calendar: WorkingCalendar) -> dict:
    """Only of banks that hand in files at all (R12 says a bank that stopped, not one that never began)."""
    if account is None or not hasattr(account.bank, "profile"):
        return {}
    last = bank_day.day if bank_day else account.opened_on
    late = calendar.working_days_between(last, on).value
    label = f"监管账户 {account.bank} 尾号{account.number_tail}"
    return {"file_known_to": last, "file_late_days": late, "file_ref": ref(account, label)}


def _lessons(home: Institution, on: date, calendar: WorkingCalendar) -> dict:
    rows = Lesson.objects.filter(institution=home, voided_at__isnull=True, held_on__lte=on)
    last = rows.aggregate(last=Max("held_on"))["last"]
    if last is None:
        return {}
    days = [last + timedelta(days=n) for n in range(1, (on - last).days + 1)]
    idle = sum(calendar.kind(day) != DayKind.OFF for day in days)
    contract = Contract.objects.filter(taken__in=rows.filter(held_on=last)).order_by("pk")[0]
    return {"last_lesson_on": last, "idle_days": idle, "lesson_ref": ref(contract, f"最近上课的{contract}")}


def _refunds(home: Institution, on: date) -> list[RefundWish]:
    rows = list(
        Refund.objects.filter(
            contract__institution=home, contract__voided_at__isnull=True, asked_on__gt=on - YEAR, asked_on__lte=on
        ).order_by("asked_on", "pk")
    )
    clocks = Deadline.objects.filter(subject_type=Refund._meta.label_lower, subject_id__in=[row.pk for row in rows])
    due = {(clock.subject_id, clock.code): clock.due_on for clock in clocks}
    return [
        RefundWish(
            row.asked_on,
            due.get((row.pk, Limit.REFUND_ANSWER)),
            row.answered_on or (row.asked_on if row.state not in (RefundState.ASKED, *ENDED) else None),
            due.get((row.pk, Limit.REFUND_PAYMENT)),
            local_date(row.state_at) if row.state in ENDED else None,
            ref(row, f"退费申请 {row.asked_on}"),
        )
        for row in rows
    ]


def _complaints(home: Institution, on: date) -> list[Incident]:
    """What families and the public said; not our own people's reports, nor what was found untrue or sent back."""
    rows = Clue.objects.filter(institution=home, recused__isnull=True, happened_on__gt=on - YEAR, happened_on__lte=on)
    rows = rows.exclude(channel__in=OWN_PEOPLE).exclude(state__in=(ClueState.REFUSED, ClueState.MERGED))
    rows = rows.exclude(verdict=Verdict.UNTRUE).order_by("happened_on", "pk")
    return [Incident(row.happened_on, "投诉举报", False, ref(row, f"线索 {row.number}")) for row in rows]


def _changes(home: Institution, on: date) -> list[Incident]:
    rows = Event.objects.filter(
        subject_type=Institution._meta.label_lower, subject_id=home.pk, changes__has_key="legal_person"
    ).order_by("at")
    changed = [row for row in rows if row.changes["legal_person"][0]]  # first entered is no change
    days = [local_date(row.at) for row in changed]
    return [Incident(day, "变更法定代表人", False, ref(home, f"机构 {home.name}")) for day in days if day <= on]


def _signs(home: Institution, on: date) -> dict[Rule, list[Incident]]:
    found: dict[Rule, list[Incident]] = {Rule.R07: [], Rule.R08: [], Rule.R09: []}
    rows = Sign.objects.filter(institution=home, struck_at__isnull=True, seen_on__lte=on).order_by("seen_on", "pk")
    for row in rows:
        words = f"{row.get_kind_display()}，{row.words}"
        rule = RULE_OF_SIGN[row.kind]
        found[rule].append(Incident(row.seen_on, words, True, ref(row, f"风险迹象 {row}")))
    return found


def _visits(home: Institution, on: date) -> list[Incident]:
    rows = Visit.objects.filter(institution=home, voided_at__isnull=True, visited_on__gt=on - YEAR)
    rows = rows.filter(visited_on__lte=on).order_by("visited_on", "pk")
    shut = Outcome.CLOSED_DOOR
    return [
        Incident(row.visited_on, row.get_outcome_display(), row.outcome == shut, ref(row, f"检查 {row.number}"))
        for row in rows
    ]


def _expiries(home: Institution, on: date) -> list[Expiry]:
    """Of permits and of agreements the one that lasts longest: what was renewed is over."""
    permit = Permit.objects.filter(institution=home, valid_to__isnull=False).order_by("-valid_to").first()
    signed = Agreement.objects.filter(Q(institution=home), signed_on__isnull=False, ended_on__isnull=True)
    agreement = signed.order_by("-valid_to").first()
    found = [Expiry("办学许可", permit.valid_to, ref(home, f"机构 {home.name}"))] if permit else []
    if agreement:
        found.append(Expiry("三方协议", agreement.valid_to, ref(agreement, f"三方协议 有效期至{agreement.valid_to}")))
    return found
