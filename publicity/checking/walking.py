"""Following links from the first page on, so many pages of each shape of address, each page once."""

from __future__ import annotations

import json
import re
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode

from django.urls import NoReverseMatch, get_resolver, reverse

from institutions.public_ids import ALPHABET

from ..enums import FindingKind
from ..queries import kinds_shown
from .found import Found
from .looking import Look, Onlooker
from .visitor import Answer, Visitor

_NAMES = re.compile(rf"(?<=/)(?:[{ALPHABET.decode()}]{{12}}|\d+|[\d-]{{8,}})(?=[/.]|$)")
FACE = "publicity"  # the namespace of the public face
_FILE = re.compile(r"^/static/")


def seeds() -> list[str]:
    """The first page, and every address of the public face that needs no name or only that of a list."""
    found, kinds = ["/"], kinds_shown()
    _, face = get_resolver().namespace_dict[FACE]
    for route in face.url_patterns:
        for arguments in ({}, *({"kind": kind.value} for kind in kinds)):
            try:
                found.append(reverse(f"{FACE}:{route.name}", kwargs=arguments))
            except NoReverseMatch:
                continue
    return list(dict.fromkeys(found))


def shape_of(path: str) -> str:
    """The address without names and values: pages of one shape come from one template and one query."""
    here, _, query = path.partition("?")
    if _FILE.match(here):
        return here
    names = sorted({name for name, _ in parse_qsl(query, keep_blank_values=True)})
    return f"{_NAMES.sub('*', here)}?{','.join(names)}" if names else _NAMES.sub("*", here)


class Walk:
    """One walk over the site. ``skipped`` counts the addresses beyond the limit of their shape."""

    def __init__(self, visitor: Visitor, onlooker: Onlooker, *, limit: int) -> None:
        self._visitor, self._onlooker, self._limit = visitor, onlooker, limit
        self._seen: set[str] = set()
        self._shapes: Counter[str] = Counter()
        self._waiting: deque[tuple[str, str]] = deque()
        self.skipped = 0

    def go(self) -> Iterator[tuple[Answer, Look]]:
        """Every page once, the links of a page after the page."""
        for path in seeds():
            self._remember(path, "")
        while self._waiting:
            path, referrer = self._waiting.popleft()
            answer = self._visitor.get(path)
            look = self._looked_at(answer, referrer)
            for further in (*look.paths, *_next_of(answer)):
                self._remember(further, path)
            yield answer, look

    def _remember(self, path: str, referrer: str) -> None:
        if path in self._seen:
            return
        shape = shape_of(path)
        if self._limit and self._shapes[shape] >= self._limit:
            self.skipped += 1
            return
        self._shapes[shape] += 1
        self._seen.add(path)
        self._waiting.append((path, referrer))

    def _looked_at(self, answer: Answer, referrer: str) -> Look:
        if answer.status == 405 and not referrer:  # a seed that takes no GET
            return Look()
        look = self._onlooker.look(answer)
        look.found += broken_pages(answer, referrer)
        return look


def broken_pages(answer: Answer, referrer: str = "") -> list[Found]:
    """An error of the server, or an address of ours that leads nowhere; nothing for a page that opens."""
    same, place = ("page", answer.path), answer.path[:300]
    if answer.status >= 500:
        return [Found(FindingKind.BROKEN, same, place, f"网页出错（{answer.status}）")]
    if answer.status >= 400:
        words = f"{referrer or '公众网站'} 上的链接打不开（{answer.status}）"
        return [Found(FindingKind.DEAD, same, place, words[:200])]
    return []


def _next_of(answer: Answer) -> list[str]:
    """The next page of a JSON list: our interface gives ``next_after`` instead of an address."""
    if answer.kind != "application/json":
        return []
    try:
        after = json.loads(answer.text).get("next_after")
    except (ValueError, AttributeError):
        return []
    here, _, query = answer.path.partition("?")
    kept = [(name, value) for name, value in parse_qsl(query) if name != "after"]
    return [f"{here}?{urlencode([*kept, ('after', after)])}"] if after else []
