"""R01-R13 as functions of plain facts: each says whether it holds, on what figures, why, and what would lower it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from foundation.core.money import yuan

from .enums import Grade, Rule
from .enums import ThresholdCode as T
from .facts import Day, Facts, Incident, Ref
from .flows import drained, grown, outflow_beyond_own

Thresholds = Mapping[str, int]
MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Signal:
    """One rule that holds. ``fresh_on`` is the day of what happened last; of a state, the day on which it began."""

    rule: Rule
    grade: Grade
    words: str
    figures: tuple[tuple[str, str], ...]
    remedy: str
    fresh_on: date
    refs: tuple[Ref, ...] = ()


def evaluate(facts: Facts, limits: Thresholds) -> list[Signal]:
    """All rules that hold, in order; what has no data holds nowhere."""
    return [found for rule in RULES if (found := rule(facts, limits)) is not None]


def _refs(*rows: object) -> tuple[Ref, ...]:
    return tuple(ref for row in rows if (ref := getattr(row, "ref", row)) is not None)  # type: ignore[misc]


def coverage(facts: Facts, limits: Thresholds) -> Signal | None:
    if facts.balance_fen is None:
        return None
    there = facts.balance_fen + facts.guarantee_fen
    figures = [("专户余额(元)", yuan(facts.balance_fen)), ("保证金(元)", yuan(facts.guarantee_fen))]
    figures += [("未消课(元)", yuan(facts.unused_fen)), ("最低余额(元)", yuan(facts.guarantee_minimum_fen))]
    if facts.unused_fen > 0 and there * 100 < facts.unused_fen * limits[T.COVERAGE]:
        words = f"专户余额加保证金只够未消课金额的{there * 100 // facts.unused_fen}%，低于{limits[T.COVERAGE]}%。"
        short = -(-facts.unused_fen * limits[T.COVERAGE] // 100) - there
    elif there < facts.guarantee_minimum_fen:
        words, short = "专户余额加保证金低于核定的最低余额。", facts.guarantee_minimum_fen - there
    else:
        return None
    remedy = f"向专户补足{yuan(short)}元。"
    return Signal(Rule.R01, Grade.RED, words, tuple(figures), remedy, facts.on, _refs(facts.balance_ref))


def outflow(facts: Facts, limits: Thresholds) -> Signal | None:
    since = facts.on - timedelta(days=limits[T.EVENT_DAYS])
    remedy = "机构说明用途并附凭证，经核实后办结；余额回到流出前水平。"
    for at in range(len(facts.days) - 1, -1, -1):
        day = facts.days[at]
        if day.on <= since:
            break
        if why := outflow_beyond_own(facts.days, at, limits):
            figures = _of_day(day)
            return Signal(Rule.R02, Grade.ORANGE, f"{day.on}{why}", figures, remedy, day.on, _refs(day))
        if why := drained(facts.days, at, limits):
            rows = _refs(*(one for one in facts.days[max(at - 13, 0) : at + 1] if one.outflow_fen))
            return Signal(Rule.R02, Grade.ORANGE, f"截至{day.on}{why}", _of_day(day), remedy, day.on, rows)
    return None


def _of_day(day: Day) -> tuple[tuple[str, str], ...]:
    opening = "—" if day.opening_fen is None else yuan(day.opening_fen)
    return (
        ("当日期初余额(元)", opening),
        ("当日流出(元)", yuan(day.outflow_fen)),
        ("最大一笔(元)", yuan(day.largest_fen)),
    )


def idle(facts: Facts, limits: Thresholds) -> Signal | None:
    if facts.last_lesson_on is None or facts.unused_fen <= 0 or facts.idle_days < limits[T.IDLE_DAYS]:
        return None
    figures = (("最近上课日期", str(facts.last_lesson_on)), ("未上课天数(不含法定假日)", str(facts.idle_days)))
    figures += (("未消课(元)", yuan(facts.unused_fen)),)
    words = f"已有{facts.idle_days}天没有上课记录，而家长还有{yuan(facts.unused_fen)}元未消课。"
    began = facts.last_lesson_on + timedelta(days=1)
    remedy = "恢复上课并登记，或退清未消课费用。"
    return Signal(Rule.R03, Grade.ORANGE, words, figures, remedy, began, _refs(facts.lesson_ref))


def late_refunds(facts: Facts, limits: Thresholds) -> Signal | None:
    late = []
    for wish in facts.refunds:
        if wish.ended_on is not None:
            continue
        due = wish.answer_due if wish.answered_on is None else None
        due = wish.pay_due if due is None or due >= facts.on else due
        if due is not None and due < facts.on:
            late.append((due, wish))
    if not late:
        return None
    oldest = min(due for due, _ in late)
    words = f"{len(late)}笔退费超过答复或支付期限，最早的应于{oldest}前办理。"
    figures = (("逾期退费(笔)", str(len(late))), ("最早到期日", str(oldest)))
    remedy = "答复并付清全部逾期退费。"
    return Signal(Rule.R04, Grade.RED, words, figures, remedy, oldest, _refs(*(wish for _, wish in late)))


def many_refunds(facts: Facts, limits: Thresholds) -> Signal | None:
    """Against the institution's own months, and against the number of its learners."""
    recent = [wish for wish in facts.refunds if facts.on - MONTH < wish.asked_on <= facts.on]
    if len(recent) < limits[T.REFUND_SAMPLE]:
        return None
    history = min((facts.on - facts.days[0].on).days - 30, 180) if facts.days else 0
    before = [w for w in facts.refunds if facts.on - MONTH - timedelta(days=history) < w.asked_on <= facts.on - MONTH]
    usual = len(before) * 30 / history if history >= limits[T.SAMPLE_DAYS] else None
    risen = usual is not None and len(recent) * 100 > max(usual, 1) * limits[T.REFUND_RISE]
    shared = facts.learners and len(recent) * 100 > facts.learners * limits[T.REFUND_SHARE]
    if not (risen or shared):
        return None
    ordinary = "—" if usual is None else f"{usual:.1f}"
    figures = (("近30天申请(笔)", str(len(recent))), ("自身平常30天(笔)", ordinary))
    figures += (("比较的往期天数", str(max(history, 0))), ("在读学员(人)", str(facts.learners)))
    words = f"近30天有{len(recent)}笔退费申请，平常30天{ordinary}笔，在读学员{facts.learners}人。"
    remedy = "查明退费原因并公开说明；近30天申请数回落。"
    return Signal(Rule.R05, Grade.ORANGE, words, figures, remedy, facts.on, _refs(*recent))


def much_income(facts: Facts, limits: Thresholds) -> Signal | None:
    """Against its own fourteen days, after taking off what the season brings to all of the county."""
    found = grown(facts.days, limits)
    if found is None:
        return None
    now, usual, days = found
    expected = usual * max(facts.season_percent, 100) // 100
    if now * 100 <= expected * limits[T.INCOME_RISE]:
        return None
    figures = (("近14天收费(元)", yuan(now)), ("自身平常14天(元)", yuan(usual)))
    figures += (("比较的往期天数", str(days)), ("全县同期为平常的(%)", str(facts.season_percent)))
    words = f"近14天收费{yuan(now)}元，为自身平常的{now * 100 // usual}%，全县同期为平常的{facts.season_percent}%。"
    rows = _refs(*(day for day in facts.days[-14:] if day.income_fen))
    remedy = "核查是否低价促销、超限收费；收费回到平常水平。"
    return Signal(Rule.R06, Grade.ORANGE, words, figures, remedy, facts.on, rows)


def complaints(facts: Facts, limits: Thresholds) -> Signal | None:
    since = facts.on - timedelta(days=limits[T.EVENT_DAYS])
    grave = [one for one in facts.complaints if one.grave and one.on > since]
    burst = _burst(facts.complaints, limits[T.COMPLAINTS], since)
    if not grave and not burst:
        return None
    shown = [one for one in facts.complaints if one in grave or one in burst]
    last = max(one.on for one in shown)
    words = f"30天内有{len(burst)}件投诉。" if burst else "有人反映机构关门或联系不上。"
    figures = (("集中的投诉(件)", str(len(burst))), ("反映关门或失联(件)", str(len(grave))), ("最近一件", str(last)))
    remedy = "逐件核查办结，机构能正常联系、正常营业。"
    return Signal(Rule.R07, Grade.RED, words, figures, remedy, last, _refs(*shown))


def _burst(rows, number: int, since: date) -> list[Incident]:
    """The last so many that lie within thirty days of each other, if the last of them is not too long ago."""
    for at in range(len(rows) - 1, number - 2, -1):
        if rows[at].on <= since:
            return []
        if rows[at].on - rows[at - number + 1].on < MONTH:
            return [one for one in rows if rows[at].on - MONTH < one.on <= rows[at].on]
    return []


def arrears(facts: Facts, limits: Thresholds) -> Signal | None:
    remedy = "现场核实；拖欠的付清，仍在原址正常经营。"
    return _happened(Rule.R08, Grade.RED, facts.reports, remedy, facts, limits)


def changed_hands(facts: Facts, limits: Thresholds) -> Signal | None:
    remedy = "约见新的负责人，确认接续全部合同和退费责任。"
    return _happened(Rule.R09, Grade.YELLOW, facts.changes, remedy, facts, limits)


def _happened(rule: Rule, grade: Grade, rows, remedy: str, facts: Facts, limits: Thresholds) -> Signal | None:
    found = [one for one in rows if one.on > facts.on - timedelta(days=limits[T.EVENT_DAYS])]
    if not found:
        return None
    last = found[-1]
    figures = (("次数", str(len(found))), ("最近一次", str(last.on)))
    return Signal(rule, grade, f"{last.on}：{last.words}", figures, remedy, last.on, _refs(*found))


def shut_doors(facts: Facts, limits: Thresholds) -> Signal | None:
    last = facts.visits[-limits[T.FAILED_VISITS] :]
    if len(last) < limits[T.FAILED_VISITS] or not all(one.grave for one in last):
        return None
    if last[-1].on <= facts.on - timedelta(days=limits[T.EVENT_DAYS]):
        return None
    words = f"最近{len(last)}次上门均未能进入，最后一次在{last[-1].on}。"
    figures = (("连续上门未果(次)", str(len(last))), ("最后一次", str(last[-1].on)))
    remedy = "再次上门，能进入并正常检查。"
    return Signal(Rule.R10, Grade.RED, words, figures, remedy, last[-1].on, _refs(*last))


def expiring(facts: Facts, limits: Thresholds) -> Signal | None:
    soon = [one for one in facts.expiries if (one.until_on - facts.on).days <= limits[T.EXPIRY_FIRST]]
    if not soon:
        return None
    first = min(soon, key=lambda one: one.until_on)
    left = (first.until_on - facts.on).days
    grade = Grade.YELLOW if left <= limits[T.EXPIRY_LAST] else Grade.BLUE
    state = f"还有{left}天到期" if left >= 0 else f"已过期{-left}天"
    began = first.until_on - timedelta(days=limits[T.EXPIRY_FIRST])
    figures = tuple((one.what, f"有效期至{one.until_on}") for one in soon)
    return Signal(Rule.R11, grade, f"{first.what}{state}。", figures, "办理延续并登记新的有效期。", began, _refs(*soon))


def no_file(facts: Facts, limits: Thresholds) -> Signal | None:
    if facts.file_known_to is None or facts.file_late_days <= limits[T.FILE_LATE]:
        return None
    words = f"对账文件只到{facts.file_known_to}，已缺{facts.file_late_days}个工作日，余额和流出无从核对。"
    figures = (("对账文件截至", str(facts.file_known_to)), ("缺报工作日", str(facts.file_late_days)))
    began = facts.file_known_to + timedelta(days=1)
    return Signal(Rule.R12, Grade.YELLOW, words, figures, "银行补报对账文件。", began, _refs(facts.file_ref))


def relatives(facts: Facts, limits: Thresholds) -> Signal | None:
    if not facts.red_relatives:
        return None
    names = "、".join(one.words for one in facts.red_relatives)
    words = f"同一控制人的机构处于红色：{names}。"
    figures = (("红色关联机构(家)", str(len(facts.red_relatives))),)
    began = min(one.on for one in facts.red_relatives)
    remedy = "关联机构降到红色以下，或核实两家资金相互独立。"
    return Signal(Rule.R13, Grade.ORANGE, words, figures, remedy, began, _refs(*facts.red_relatives))


RULES: tuple[Callable[[Facts, Thresholds], Signal | None], ...] = (
    *(coverage, outflow, idle, late_refunds, many_refunds, much_income, complaints),
    *(arrears, changed_hands, shut_doors, expiring, no_file, relatives),
)
