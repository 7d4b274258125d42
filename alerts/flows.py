"""What is unusual for an institution itself: its outflows and its income against its own past days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .enums import ThresholdCode as T
from .facts import Day

#: So long a past is compared with; the fourteen days in question are not part of it.
PAST = 90
FORTNIGHT = 14


def outflow_beyond_own(days: Sequence[Day], at: int, limits: Mapping[str, int]) -> str:
    """Why the outflow of one day is unusual, or nothing: a great share of the balance, and more than ever of its own.

    One that has no past of its own to be compared with is held to the plain figures.
    """
    day = days[at]
    if not day.opening_fen or not day.outflow_fen:
        return ""
    single, whole = day.largest_fen * 100 // day.opening_fen, day.outflow_fen * 100 // day.opening_fen
    past = _past(days, at)
    if len(past) < limits[T.SAMPLE_DAYS]:
        large = day.largest_fen > limits[T.SINGLE_YUAN] * 100
        if whole > limits[T.DAY_SHARE] or single > limits[T.SINGLE_SHARE] or large:
            return f"流出占当日期初余额的{whole}%（往期不足{limits[T.SAMPLE_DAYS]}天，按固定数值比较）。"
        return ""
    if single <= limits[T.SINGLE_SHARE] and whole <= limits[T.DAY_SHARE]:
        return ""
    most = max((one.outflow_fen * 100 // one.opening_fen for one in past if one.opening_fen), default=0)
    if whole * 100 <= most * limits[T.OWN_OUTFLOW]:
        return ""
    return f"流出占当日期初余额的{whole}%，自身此前{len(past)}天最高{most}%。"


def drained(days: Sequence[Day], at: int, limits: Mapping[str, int]) -> str:
    """Why the outflow of fourteen days is unusual, or nothing: much more than its own, and the balance is falling."""
    if not days[at].outflow_fen:
        return ""
    now, past = days[max(at - FORTNIGHT + 1, 0) : at + 1], _past(days, at - FORTNIGHT + 1)
    if len(past) < limits[T.SAMPLE_DAYS] or not now[0].opening_fen:
        return ""
    out = sum(day.outflow_fen for day in now)
    fallen = sum(day.outflow_fen - day.income_fen for day in now)
    usual = average(past, "outflow_fen")
    if fallen * 100 <= now[0].opening_fen * limits[T.DAY_SHARE] or out * 100 <= usual * limits[T.DRAIN]:
        return ""
    share = fallen * 100 // now[0].opening_fen
    return f"的14天里流出为自身平常的{out * 100 // max(usual, 1)}%，余额净减{share}%。"


def grown(days: Sequence[Day], limits: Mapping[str, int]) -> tuple[int, int, int] | None:
    """(income of the last fourteen days, its own usual fourteen days, days compared with); None with too few days."""
    past = _past(days, len(days) - FORTNIGHT)
    usual = average(past, "income_fen")
    if len(past) < limits[T.SAMPLE_DAYS] or usual <= 0:
        return None
    return sum(day.income_fen for day in days[-FORTNIGHT:]), usual, len(past)


def average(past: Sequence[Day], name: str) -> int:
    """What fourteen of these days bring on average."""
    return sum(getattr(day, name) for day in past) * FORTNIGHT // len(past) if past else 0


def _past(days: Sequence[Day], before: int) -> Sequence[Day]:
    """The days of the last quarter before an index; days follow each other without a gap."""
    return days[max(before - PAST, 0) : max(before, 0)]
