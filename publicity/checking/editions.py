"""Comparing the lists as the public gets them with the numbered editions: ways to the same lines.

1. The changes of all editions, replayed, give the hash that each latest edition published.
2. So do the events of the register as they were known at the edition's cut-off, and as they are known now.
3. The register as it stands says the same as the file and the interface that the public gets.
4. What has stood unchanged for a quarter of an hour stands in an edition.
"""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from foundation.core.clock import local_date
from listings import queries as lists
from listings.enums import ListKind
from listings.models import Edition

from ..enums import FindingKind
from ..queries import kinds_shown
from .found import Found
from .visitor import Visitor

PATIENCE = timedelta(minutes=15)
#: A change takes its instant before its commit, and so does an edition: so close together either may miss the other.
RACE = timedelta(minutes=2)
SETTLE = 3.0  # seconds; pages may be a second old
SHOWN = 3
_Line = tuple[str, str, str]


def compare(visitor: Visitor, *, at: datetime, settle: float = SETTLE) -> Iterator[Found]:
    """What differs, list by list, and still does ``settle`` seconds later: lists change while they are compared."""
    for kind in _kinds(local_date(at)):
        first = list(_compare(visitor, kind, at=at))
        if first:
            time.sleep(settle)
            still = {found.key for found in _compare(visitor, kind, at=at + timedelta(seconds=settle))}
            yield from (found for found in first if found.key in still)


def _kinds(today: date) -> list[ListKind]:
    """The lists that the public sees, and any that has lines and ought to be seen."""
    shown = kinds_shown()
    return [kind for kind in ListKind if kind in shown or lists.lines_on(kind, on=today)]


def _compare(visitor: Visitor, kind: ListKind, *, at: datetime) -> Iterator[Found]:
    edition = lists.latest_edition(kind)
    if edition is not None:
        yield from _edition_itself(edition)
        yield from _edition_behind(edition, at=at)
    shown = lists.lines_on(kind, on=local_date(at))
    yield from _events_say(kind, set(shown), at=at)
    yield from _channel(kind, "CSV文件", _lines(shown), _in_csv(visitor, reverse("publicity:list_csv", args=[kind])))
    yield from _channel(kind, "数据接口", _lines(shown), _in_api(visitor, kind))
    if edition is not None:
        yield from _on_page(visitor, edition)
        if address := _address_of(edition):
            yield from _channel(kind, "期次文件", _lines(lists.lines_of(edition)), _in_csv(visitor, address))


def _address_of(edition: Edition) -> str:
    """The file of one edition, where the public face has one."""
    try:
        return reverse("publicity:edition_csv", args=[edition.kind, edition.no])
    except NoReverseMatch:
        return ""


def _of(kind: str, what: str, words: str, place: str = "") -> Found:
    page = f"{reverse('publicity:lists')}?{urlencode({'kind': kind})}"
    return Found(FindingKind.EDITION, (what, kind), place or page, words[:200], ListKind(kind).label)


def _edition_itself(edition: Edition) -> Iterator[Found]:
    lines = lists.lines_of(edition)
    if lists.content_hash(lines) != edition.content_sha256 or len(lines) != edition.entries:
        yield _of(edition.kind, "replayed", f"{edition}的变动记录算不出它公布的校验值，期次或变动记录被改动过")
    if _contradicted(set(lines), edition.kind, at=edition.cut_off):
        words = f"名录在{edition}截至时间的内容与这一期不符，名单数据可能被改动过"
        yield _of(edition.kind, "as-known", words)


def _events_say(kind: str, shown: set[lists.Line], *, at: datetime) -> Iterator[Found]:
    """The lists are read from periods, a copy of what the append-only events say."""
    if _contradicted(shown, kind, at=at):
        yield _of(kind, "events", f"{ListKind(kind).label}与资信变化记录不符，在列期间可能被改动过")


def _contradicted(said: set[lists.Line], kind: str, *, at: datetime) -> bool:
    """Whether the events, as known just before or just after an instant, say something else about a list."""
    early, late = (set(lists.lines_on(kind, on=local_date(at), known_at=at + shift)) for shift in (-RACE, RACE))
    return bool(said - (early | late) or (early & late) - said)


def _edition_behind(edition: Edition, *, at: datetime) -> Iterator[Found]:
    before = at - PATIENCE
    then = lists.lines_on(edition.kind, on=local_date(before), known_at=before)
    now = lists.lines_on(edition.kind, on=local_date(at))
    if then == now and lists.content_hash(now) != edition.content_sha256 and edition.cut_off < before:
        yield _of(edition.kind, "behind", f"名单已变动15分钟以上，仍未编成{edition}之后的新一期")


def _lines(lines: list[lists.Line]) -> set[_Line]:
    return {(line.public_id, _text(line.since), _text(line.until)) for line in lines}


def _text(day: date | str | None) -> str:
    return str(day) if day else ""


def _in_csv(visitor: Visitor, address: str) -> set[_Line] | None:
    answer = visitor.get(address)
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    if answer.status != 200 or any(not {"公开编号", "列入日期", "期限至"} <= row.keys() for row in rows):
        return None
    return {(row["公开编号"], row["列入日期"] or "", row["期限至"] or "") for row in rows}


def _in_api(visitor: Visitor, kind: str) -> set[_Line] | None:
    found: set[_Line] = set()
    address = reverse("publicity:api_list", args=[kind])
    after = ""
    while True:
        answer = visitor.get(f"{address}?{urlencode({'after': after})}" if after else address)
        try:
            page = json.loads(answer.text)
            found |= {(row["public_id"], _text(row["since"]), _text(row["until"])) for row in page["results"]}
            following = page["next_after"]
        except (ValueError, KeyError, TypeError):
            return None
        if not following or following == after:
            return found
        after = following


def _channel(kind: str, channel: str, wanted: set[_Line], shown: set[_Line] | None) -> Iterator[Found]:
    label = ListKind(kind).label
    if shown is None:
        yield _of(kind, channel, f"{label}的{channel}读不出公开编号、列入日期和期限")
        return
    more, less = sorted(shown - wanted), sorted(wanted - shown)
    if more or less:
        parts = [f"多出{len(more)}行（{_some(more)}）"] * bool(more) + [f"缺少{len(less)}行（{_some(less)}）"] * bool(
            less
        )
        yield _of(kind, channel, f"{label}的{channel}与名录不符：{'，'.join(parts)}")


def _some(lines: list[_Line]) -> str:
    return "、".join(line[0] for line in lines[:SHOWN]) + ("等" if len(lines) > SHOWN else "")


def _on_page(visitor: Visitor, edition: Edition) -> Iterator[Found]:
    place = f"{reverse('publicity:lists')}?{urlencode({'kind': edition.kind})}"
    text = visitor.get(place).text
    if edition.content_sha256 not in text or f"第{edition.no}期" not in text:
        yield _of(edition.kind, "page", f"网页上没有{edition}的期号和校验值，或与公布的不同", place)
