"""What a program may ask in an address. Nothing is ignored: whatever is not understood is refused in words (422)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from rest_framework.request import Request

from foundation.core.errors import InvalidInput
from institutions.enums import Category
from institutions.models import Institution
from institutions.public_ids import ALPHABET
from publicity.moments import Moment, OddMoment, moment_of
from publicity.rows import areas
from publicity.shelves import ORDERS, Asked, Order, Shelf

PUBLIC_ID = f"[{ALPHABET.decode()}]{{12}}"
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
INSTANT = rf"{DAY}T[0-9]{{2}}:[0-9]{{2}}(:[0-9]{{2}}(\.[0-9]{{1,6}})?)?(Z|[+-][0-9]{{2}}:[0-9]{{2}})"
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
LONGEST_TERM = 60


def refused(name: str, message: str) -> InvalidInput:
    """The refusal of a parameter; its code names it."""
    return InvalidInput(message, code=f"bad_{name}")


def given(request: Request, *names: str) -> dict[str, str]:
    """The parameters of an address. Raises InvalidInput for one that is unknown, empty, repeated or no text."""
    found = {}
    for name, values in request.query_params.lists():
        if name not in names:
            known = "、".join(names) if names else "无"
            raise InvalidInput(f"没有“{name[:40]}”这个参数。可用的参数：{known}。", code="unknown_parameter")
        if len(values) != 1:
            raise refused(name, f"“{name}”只能写一次。")
        found[name] = values[0].strip()
        if not found[name] or "\x00" in found[name]:
            raise refused(name, f"“{name}”没有内容；不需要时请去掉这个参数。")
    return found


def moment(query: Mapping[str, str]) -> Moment:
    """The day that ``on`` and ``known`` name. Raises InvalidInput."""
    for name in ("on", "known"):
        if name in query and not re.fullmatch(DAY, query[name]):
            raise refused(name, f"“{name}”应为日期，如 2024-04-24。")
    try:
        return moment_of(query)
    except OddMoment as odd:
        raise InvalidInput(str(odd), code="bad_date") from odd


def asked(query: Mapping[str, str], shelf: str, when: Moment) -> Asked:
    """What is asked of a shelf, as on the page, but with all that some words find. Raises InvalidInput."""
    words, category = term(query), choice(query, "category", Category.values)
    order = choice(query, "sort", list(ORDERS)) or "name"
    return Asked(shelf, when, term=words, county=county(query), category=category, order=order, whole=bool(words))


def term(query: Mapping[str, str]) -> str:
    """The words to look for. Raises InvalidInput."""
    if len(words := query.get("q", "")) > LONGEST_TERM:
        raise refused("q", f"“q”最多 {LONGEST_TERM} 个字。")
    return words


def county(query: Mapping[str, str]) -> int:
    """The id of the area that a code names; 0 without one. Raises InvalidInput."""
    code = query.get("county", "")
    found = next((pk for pk, area in areas().items() if code and area.code == code), 0)
    if code and not found:
        raise refused("county", "没有这个区域代码；全部代码见 /api/v1/public/areas。")
    return found


def choice(query: Mapping[str, str], name: str, values: Sequence[str]) -> str:
    """One of some values, or nothing. Raises InvalidInput."""
    if (chosen := query.get(name, "")) and chosen not in values:
        raise refused(name, f"“{name}”应为 {'、'.join(values)} 之一。")
    return chosen


def shelf(query: Mapping[str, str]) -> str:
    """The state asked for; as on the page those that operate, or all when words are searched for."""
    state = query.get("state", Shelf.ALL if "q" in query else Shelf.OPERATING)
    if state not in Shelf.values:
        raise refused("state", f"“state”应为 {'、'.join(Shelf.values)} 之一。")
    return state


def place(query: Mapping[str, str], order: Order) -> str:
    """The place that an earlier page named in ``next_after``; "" is the beginning. Raises InvalidInput."""
    after = query.get("after", "")
    by_day = order.column != "i.name"
    if not after:
        return ""
    if not re.fullmatch(f"[0-9]{{8}}{PUBLIC_ID}" if by_day else PUBLIC_ID, after) or (by_day and not _day(after[:8])):
        raise bad_place()
    if not Institution.objects.filter(public_id=after[-12:]).exists():
        raise bad_place()
    return after


def day(query: Mapping[str, str], name: str) -> date | None:
    """A day of the address; None where none is given. Raises InvalidInput."""
    if name not in query:
        return None
    try:
        if not re.fullmatch(DAY, query[name]):
            raise ValueError(query[name])
        found = date.fromisoformat(query[name])
        if not EARLIEST.date() <= found <= LATEST.date():
            raise ValueError(query[name])
    except ValueError as odd:
        raise refused(name, f"“{name}”应为日期，如 2024-04-24。") from odd
    return found


def changed_since(query: Mapping[str, str]) -> date | None:
    """The day from which on changes are asked for, of everything; None where none is. Raises InvalidInput."""
    if "changed_since" not in query:
        return None
    if others := query.keys() - {"changed_since", "after"}:
        raise refused("changed_since", f"查变动时不能同时用“{min(others)}”，请取回后自行筛选。")
    return day(query, "changed_since")


def bad_place() -> InvalidInput:
    """An ``after`` that no page named."""
    return refused("after", "“after”应为上一页返回的 next_after，其他条件须与上一页相同。")


def _day(text: str) -> bool:
    try:
        datetime.strptime(text, "%Y%m%d")  # noqa: DTZ007 (a date)
    except ValueError:
        return False
    return True


def instant(query: Mapping[str, str], name: str) -> datetime:
    """A moment with its offset from UTC; a plus sign that arrived as a blank is understood. Raises InvalidInput."""
    text = query[name].replace(" ", "+")
    try:
        if not re.fullmatch(INSTANT, text):
            raise ValueError(text)
        found = datetime.fromisoformat(text)
        if not EARLIEST <= found <= LATEST:
            raise ValueError(text)
    except ValueError as error:
        raise refused(name, f"“{name}”应为带时区的时间，如 2026-11-24T08:00:00Z。") from error
    return found.astimezone(UTC)


def number(query: Mapping[str, str], name: str, *, most: int) -> int:
    """A whole number from 0, which is taken when none is given, to ``most``. Raises InvalidInput."""
    text = query.get(name, "0")
    if not re.fullmatch(r"0|[1-9][0-9]{0,8}", text) or int(text) > most:
        raise refused(name, f"“{name}”应为 0 到 {most} 的整数。")
    return int(text)
