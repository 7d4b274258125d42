"""V01-V06, V09, V10, V12, V13: what a contract and its money break, with the figures, the clause and the way out.

Pure: a ``Case`` holds all that is asked; limits are those in force on the day of the thing itself (payment, signing,
lesson). V07, V08, V11 and V14 need accounts, deposits and releases: ``payouts.validations`` finds them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from foundation.core.money import yuan
from foundation.deadlines.calendars import WorkingCalendar, add_months

from .enums import Delivery, FeeCategory, FindingCode, LimitCode, Verdict
from .limits import Asked, LimitBook
from .models import Contract, ContractLimit, Lesson, Payment

SHOWN = 3  # days named in one finding; more are counted
MINUTES = 60


@dataclass(frozen=True)
class Found:
    """One breach. ``figures`` are the numbers behind the words, for whoever reckons it again."""

    code: FindingCode
    about: str
    words: str
    remedy: str
    clause: str = ""
    figures: Mapping[str, object] = field(default_factory=dict)
    payment_id: int | None = None


@dataclass(frozen=True)
class Case:
    """A contract with what hangs on it, and what the rules need to know besides."""

    contract: Contract
    book: LimitBook
    calendar: WorkingCalendar
    today: date
    payments: Sequence[Payment] = ()
    lessons: Sequence[Lesson] = ()
    siblings: Sequence[Contract] = ()  # other open contracts of the same learner in the same institution
    permit_until: date | None = None

    @property
    def about(self) -> str:
        return f"contract:{self.contract.pk}"

    def limit(self, code: LimitCode, on: date) -> ContractLimit | None:
        row = self.contract
        return self.book.holds(code, Asked(row.jurisdiction_id, row.category, row.delivery, on, row.pupils))


def found_in(case: Case) -> list[Found]:
    """Everything that is wrong with a contract."""
    of_payments = (found for payment in case.payments for check in OF_PAYMENT for found in check(case, payment))
    of_contract = (found for check in OF_CONTRACT for found in check(case))
    return [*of_payments, *of_contract]


def _of(payment: Payment) -> dict[str, object]:
    return {"about": f"payment:{payment.pk}", "payment_id": payment.pk}


def too_many_months(case: Case, payment: Payment) -> Iterator[Found]:
    """V01: the span that one payment covers, in calendar months (date + 3 months), not in days."""
    limit = case.limit(LimitCode.MONTHS_CAP, payment.paid_on)
    if limit is None:
        return
    first, last = payment.covers_from, payment.covers_to
    if first and last:
        latest = add_months(first, limit.value)
        wrong, said = last > latest, f"{first}至{last}，最晚应到{latest}"
        figures = {"from": first.isoformat(), "to": last.isoformat(), "latest": latest.isoformat()}
    elif payment.months:
        wrong, said = payment.months > limit.value, f"{payment.months}个月，最多{limit.value}个月"
        figures = {"months": payment.months, "cap": limit.value}
    else:
        return
    if wrong:
        remedy = f"退回超出{limit.value}个月的部分，改为分期收取"
        yield Found(FindingCode.V01, words=f"一次收费的时间跨度为{said}", remedy=remedy, clause=limit.source,
                    figures=figures, **_of(payment))  # fmt: skip


def too_many_lessons(case: Case, payment: Payment) -> Iterator[Found]:
    """V02: the lessons that one payment buys; of a payment that does not say, as many as its price buys."""
    limit, price = case.limit(LimitCode.LESSONS_CAP, payment.paid_on), case.contract.unit_price_fen
    by_price = payment.amount_fen // price if price and not payment.months and not payment.covers_to else 0
    bought = payment.lessons if payment.lessons is not None else by_price
    if limit is None or bought <= limit.value:
        return
    over, gifts = bought - limit.value, case.contract.gift_lessons
    besides = f"，另赠{gifts}课时" if gifts else ""
    counted = "" if payment.lessons is not None else "（按单价折算）"
    money = f"（{yuan(over * price)}元）" if price else ""
    yield Found(
        FindingCode.V02,
        words=f"一次收费{bought}课时{counted}，最多{limit.value}课时{besides}",
        remedy=f"退回{over}课时的费用{money}，其余用完后再收",
        clause=limit.source,
        figures={"lessons": bought, "cap": limit.value, "gift": gifts},
        **_of(payment),
    )


def too_much_money(case: Case, payment: Payment) -> Iterator[Found]:
    """V03: one collection of a non-subject course."""
    limit = case.limit(LimitCode.AMOUNT_CAP, payment.paid_on)
    if limit is not None and payment.amount_fen > limit.value:
        over = payment.amount_fen - limit.value
        yield Found(
            FindingCode.V03,
            words=f"一次收费{yuan(payment.amount_fen)}元，最高{yuan(limit.value)}元",
            remedy=f"退回{yuan(over)}元，改为分次收取",
            clause=limit.source,
            figures={"fen": payment.amount_fen, "cap": limit.value},
            **_of(payment),
        )


def too_early(case: Case, payment: Payment) -> Iterator[Found]:
    """V06: paid more than a month before the first lesson."""
    begins = case.contract.begins_on
    limit = case.limit(LimitCode.EARLIEST_COLLECTION, payment.paid_on)
    earliest = add_months(begins, -limit.value) if limit else None
    if earliest is not None and payment.paid_on < earliest:
        yield Found(
            FindingCode.V06,
            words=f"{payment.paid_on}收费，{begins}开课，最早应在{earliest}收费",
            remedy=f"先行退回，{earliest}以后再收；或提前开课",
            clause=limit.source,
            figures={"paid_on": payment.paid_on.isoformat(), "begins": begins.isoformat()},
            **_of(payment),
        )


def does_not_agree(case: Case, payment: Payment) -> Iterator[Found]:
    """V09: what the matcher said."""
    if payment.verdict == Verdict.DIFFERS:
        yield Found(FindingCode.V09, words="发票、合同、付款人不一致", remedy=payment.edit, **_of(payment))


def lacks_paper(case: Case, payment: Payment) -> Iterator[Found]:
    """V10: still no invoice some days after the payment."""
    if payment.verdict == Verdict.NO_INVOICE:
        yield from without_paper(case.limit(LimitCode.INVOICE_DAYS, payment.paid_on), payment, case.today)


def without_paper(limit: ContractLimit | None, payment: Payment, today: date) -> Iterator[Found]:
    """V10 for any payment: with a contract or without."""
    if limit is not None and today > payment.paid_on + timedelta(days=limit.value):
        yield Found(
            FindingCode.V10,
            words=f"收费{(today - payment.paid_on).days}天，{Verdict(payment.verdict).label}（期限{limit.value}天）",
            remedy=payment.edit,
            clause=limit.source,
            figures={"paid_on": payment.paid_on.isoformat(), "days": limit.value},
            **_of(payment),
        )


def split_orders(case: Case) -> Iterator[Found]:
    """V04: open contracts of one learner in one institution that break a cap only together."""
    row = case.contract
    together = [row, *(other for other in case.siblings if other.category == row.category)]
    tolerance = case.limit(LimitCode.SPLIT_TOLERANCE, row.signed_on)
    if len(together) < 2 or tolerance is None:
        return
    sums = {
        LimitCode.LESSONS_CAP: [each.lessons for each in together],
        LimitCode.AMOUNT_CAP: [each.total_fen for each in together],
    }
    for code, parts in sums.items():
        limit = case.limit(code, row.signed_on)
        if limit is None or sum(parts) * 100 <= limit.value * (100 + tolerance.value) or max(parts) > limit.value:
            continue
        shown = f"{sum(parts)}课时" if code == LimitCode.LESSONS_CAP else f"{yuan(sum(parts))}元"
        numbers = "、".join(sorted(each.number for each in together))
        yield Found(
            FindingCode.V04,
            case.about,
            words=f"同一学员在读合同{len(together)}份（{numbers}）合计{shown}，上限{limit.words}",
            remedy="核实是否拆单：确属不同课程的请说明，属于拆单的合并后按上限收费",
            clause=limit.source,
            figures={"sum": sum(parts), "cap": limit.value, "contracts": len(together)},
        )
        return


def above_guide_price(case: Case) -> Iterator[Found]:
    """V05: a subject course's price a lesson, brought to the guide price's length, above it by more than the rise."""
    row = case.contract
    price, rise = case.limit(LimitCode.GUIDE_PRICE, row.signed_on), case.limit(LimitCode.GUIDE_RISE, row.signed_on)
    if price is None or row.category != FeeCategory.SUBJECT:
        return
    percent = 100 + (rise.value if rise else 0)
    highest = price.value * percent * row.lesson_minutes // (100 * price.minutes)
    if row.unit_price_fen * 100 * price.minutes > price.value * percent * row.lesson_minutes:
        yield Found(
            FindingCode.V05,
            case.about,
            words=f"每课时（{row.lesson_minutes}分钟）{yuan(row.unit_price_fen)}元，指导价上浮后最高{yuan(highest)}元",
            remedy=f"单价降到{yuan(highest)}元以下，多收的退还",
            clause=price.source,
            figures={"fen": row.unit_price_fen, "highest": highest, "minutes": row.lesson_minutes},
        )


def beyond_permit(case: Case) -> Iterator[Found]:
    """V12: the contract runs longer than the institution's permit."""
    until = case.permit_until
    if until is not None and case.contract.ends_on > until:
        yield Found(
            FindingCode.V12,
            case.about,
            words=f"合同到{case.contract.ends_on}，办学许可到{until}",
            remedy="续办许可，或把培训期改到许可有效期内",
            clause="办学许可证载明的有效期",
            figures={"ends_on": case.contract.ends_on.isoformat(), "permit": until.isoformat()},
        )


def at_wrong_hours(case: Case) -> Iterator[Found]:
    """V13: lessons that end too late, and subject lessons on weekends and holidays (not on make-up workdays)."""
    late, off, clause = [], [], ""
    for lesson in case.lessons:
        limit = case.limit(LimitCode.LATEST_END, lesson.held_on)
        if limit is not None and lesson.ends_time is not None and _minute(lesson.ends_time) > limit.value:
            late.append(f"{lesson.held_on} {lesson.ends_time:%H:%M}")
            clause = limit.source
        if case.contract.category == FeeCategory.SUBJECT and not case.calendar.works(lesson.held_on):
            off.append(str(lesson.held_on))
    if late or off:
        told = [
            *([f"{len(late)}次结束过晚（{_some(late)}）"] if late else []),
            *([f"{len(off)}次在周末或节假日（{_some(off)}）"] if off else []),
        ]
        rest = "学科类培训不得占用国家法定节假日、休息日" if off else ""
        where = "线上21:00" if case.contract.delivery == Delivery.ONLINE else "线下20:30"
        yield Found(
            FindingCode.V13,
            case.about,
            words="，".join(told),
            remedy=f"调整课表：在规定时间（一般为{where}）前结束，学科类改到工作日",
            clause="；".join(filter(None, (clause, rest)))[:300],
            figures={"late": late, "off": off},
        )


def _minute(at: time) -> int:
    return at.hour * MINUTES + at.minute


def _some(texts: Sequence[str]) -> str:
    return "、".join(texts[:SHOWN]) + (" 等" if len(texts) > SHOWN else "")


OF_PAYMENT = (too_many_months, too_many_lessons, too_much_money, too_early, does_not_agree, lacks_paper)
OF_CONTRACT = (split_orders, above_guide_price, beyond_permit, at_wrong_hours)
