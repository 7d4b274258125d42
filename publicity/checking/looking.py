"""Looking at one answer: its texts, addresses, code and headers, and whose row a bad text came from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from institutions.models import Institution
from institutions.public_ids import ALPHABET

from ..enums import FindingKind
from . import addresses, columns, headers, wording
from .found import SITE, Found, Owner
from .reading import Reading, read
from .visitor import Answer

_PUBLIC_ID = re.compile(rf"/institutions/([{ALPHABET.decode()}]{{12}})(?=[/.?]|$)")
_ANY_ID = re.compile(rf"(?<![A-Za-z0-9])[{ALPHABET.decode()}]{{12}}(?![A-Za-z0-9])")
NAMED = 100
_SCRIPT_TYPES = frozenset({"text/javascript", "application/javascript"})


@dataclass
class Look:
    """What one page brought: problems, and the addresses of ours that it leads to."""

    found: list[Found] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


class Onlooker:
    """Looks at answers. ``flagged`` are institutions whose columns are known to hold something bad."""

    def __init__(self, flagged: Iterable[int] = ()) -> None:
        self._flagged = set(flagged)
        self._known: list[columns.Suspect] | None = None

    def look(self, answer: Answer) -> Look:
        look = Look(found=[_of_site(FindingKind.HEADER, word, answer.path) for word in headers.faults(answer)])
        reading = _read(answer)
        if "location" in answer.headers:
            reading.links.append(answer.headers["location"])
        for fault in dict.fromkeys(reading.faults):
            look.found.append(_of_site(fault.kind, fault.sentence, answer.path))
        for url in dict.fromkeys(reading.links):
            if host := addresses.foreign_host(url):
                look.found.append(_of_site(FindingKind.FOREIGN, f"链接或资源指向 {host[:80]}", answer.path))
            elif path := addresses.own_path(url, seen_on=answer.path):
                look.paths.append(path)
        for text in [*reading.texts, *map(unquote, reading.links)]:
            look.found += self._in_text(text, answer)
        look.found = list({found.key: found for found in look.found}.values())
        return look

    def _in_text(self, text: str, answer: Answer) -> Iterator[Found]:
        hits = [hit for hit in (wording.planted(text), *wording.personal(text)) if hit is not None]
        for hit in hits:
            if columns.published_on_purpose(hit):
                continue
            yield self._of_a_row(hit, text, answer) or _unattributed(hit, answer.path)

    def _of_a_row(self, hit: wording.Hit, text: str, answer: Answer) -> Found | None:
        """The column that the text came from: of an institution named on the page, or of a row known to be bad."""
        plain = wording.bare(text)
        for named in (_named(text), _named(f"{answer.path} {answer.text}")):
            for suspect in columns.suspects(among=named):
                if suspect.found.kind == hit.kind and suspect.text and suspect.text in plain:
                    return suspect.found
        for suspect in self._suspects():
            if suspect.found.kind == hit.kind and suspect.text and suspect.text in plain:
                return suspect.found
        return None

    def _suspects(self) -> list[columns.Suspect]:
        if self._known is None:
            self._known = [*columns.suspects(among=self._flagged), *columns.of_bureaus()]
        return self._known


def _named(text: str) -> list[int]:
    """The institutions whose public ids stand in a text, the first ones of a long file."""
    public_ids = list(dict.fromkeys(_ANY_ID.findall(text)))[:NAMED]
    return list(Institution.objects.filter(public_id__in=public_ids).values_list("pk", flat=True)) if public_ids else []


def _of_site(kind: FindingKind, words: str, path: str) -> Found:
    """The same words on many pages are one problem: of a template, a setting or the server."""
    return Found(kind, ("site", words), path[:300], words)


def _unattributed(hit: wording.Hit, path: str) -> Found:
    """On an institution's page it is that page's problem, elsewhere one of the site."""
    page = _PUBLIC_ID.search(path)
    place = Institution.objects.filter(public_id=page[1]).values_list("pk", "jurisdiction_id").first() if page else None
    owner = Owner(institution_id=place[0], jurisdiction_id=place[1]) if place else SITE
    return Found(hit.kind, ("text", hit.words, owner), path[:300], hit.words[:200], owner=owner)


def _read(answer: Answer) -> Reading:
    if answer.kind == "text/html":
        return read(answer.text)
    if answer.kind.endswith(("/json", "+json")):
        return _read_json(answer.text)
    if answer.kind == "text/css":
        return Reading(links=addresses.in_css(answer.text))
    if answer.kind.startswith("text/") and answer.kind not in _SCRIPT_TYPES:
        return Reading(texts=answer.text.splitlines())
    if answer.kind == "image/svg+xml":
        return Reading(texts=answer.text.splitlines())
    return Reading()


def _read_json(text: str) -> Reading:
    try:
        waiting: list[object] = [json.loads(text)]
    except ValueError:
        return Reading(texts=text.splitlines())
    reading = Reading()
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str):
            reading.texts.append(value)
            if value.startswith("/") and not value.startswith("//") and "{" not in value:
                reading.links.append(value)
    return reading
