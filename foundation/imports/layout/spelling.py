"""Which column a heading means: by its spellings first, then without usual additions, last by likeness."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from foundation.imports.columns import SheetResource, heading_key

KEY_LENGTH = 80
REMEMBER = 10_000
LONGEST_AMONG_DATA = 30
_FIGURES = re.compile(r"\d{3}")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffd]")
_MARKS = re.compile(r"[\s*:,;/\\_\-·.。、|#'\"“”‘’★☆※()\[\]【】<>《》]+")
_REMARK = re.compile(
    r"[(\[【](必填|必须填|必填项|选填|可选|非必填|可不填|示例|文本格式?|下拉选择?|格式)[^()\[\]【】]*[)\]】]"
)
_NUMBER = re.compile(r"^\d{1,2}(?=[^\d年月日])")
_LATIN = re.compile(r"[A-Za-z]+")
_OBLIGATION = re.compile(r"(必填项?|选填|可选)$")
_PREFIX = re.compile(
    r"^(校外培训机构|培训机构|培训学校|校外培训|办学机构|民办学校|机构|学校|培训|单位|企业|公司|办学|教学|目前|现)"
)
_PLACE_PREFIX = re.compile(r"^(所属|所在)")
_NAME_SUFFIX = re.compile(r"(姓名|名字|名称|全称)$")
_SUFFIX = re.compile(r"(情况|信息|一栏|栏|号码|编号|编码|代码|号)$")
_NOT_IT = re.compile(
    r"是否|有无|原|旧|曾|前|非|未|无|不|数|变更|照片|图片|复印|扫描|附件|上级|上传|截图|链接|备注|说明|份|次|率|简"
)
_FUZZY_FROM = 4
_TAIL_FROM = 3


def full_key(label: object) -> str:
    """A heading without blanks and marks; what stands in brackets stays, unless it only says how to fill it in."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", str(label)))
    bare = _MARKS.sub("", _REMARK.sub("", text)) or _MARKS.sub("", text)
    return bare[:KEY_LENGTH]


class Tier(IntEnum):
    """How sure a heading means a column; the lower, the surer."""

    CHOSEN = 0
    EXACT = 1
    TRIMMED = 2
    KNOWN_GROUP = 3
    GROUP = 4
    TAIL = 5
    LIKE = 6


@dataclass(frozen=True)
class Match:
    column: str
    tier: Tier


class Spellings:
    """All that is known of a resource's headings, with what the clerks of a bureau chose; remembers its answers."""

    def __init__(self, resource: SheetResource, chosen: Mapping[str, str] | None = None) -> None:
        self.resource = resource
        self.chosen = {key: name for key, name in (chosen or {}).items() if not name or name in resource.columns}
        self._exact: dict[str, str] = {}
        for name, column in resource.columns.items():
            for spelling in column.spellings:
                self._exact.setdefault(spelling.casefold(), name)
        self._matches: dict[tuple[str, ...], Match | None] = {}
        self._alike: dict[tuple[str, ...], Match | None] = {}

    def match(self, path: tuple[str, ...]) -> Match | None:
        """The column of a heading, given with the group headings above it; likeness does not count."""
        if path in self._matches:
            return self._matches[path]
        match = self._match(path)
        if len(self._matches) < REMEMBER:
            self._matches[path] = match
        return match

    def alike(self, path: tuple[str, ...]) -> Match | None:
        """The column that an unknown heading is most like, if it is like one only."""
        if path not in self._alike:
            self._alike[path] = None if self._decided(path) else self._by_likeness(path)
        return self._alike[path]

    def is_known(self, text: str) -> bool:
        """Whether a cell's text is a heading of ours."""
        return self.among_data(text) is not None

    def among_data(self, text: str) -> Match | None:
        """The column that a text among the data is a heading of; long texts and figures are not looked up."""
        if len(text) > LONGEST_AMONG_DATA or _FIGURES.search(text):
            return None
        return self.match((text,))

    def _decided(self, path: tuple[str, ...]) -> bool:
        return any(key in self.chosen for key in _keys("/".join(path)))

    def _match(self, path: tuple[str, ...]) -> Match | None:
        label = "/".join(path)
        for key in _keys(label):
            if key in self.chosen:
                name = self.chosen[key]
                return Match(name, Tier.CHOSEN) if name else None
        if found := self._spelled(label):
            return found
        if len(path) > 1 and (own := self._spelled(path[-1])):
            return Match(own.column, Tier.KNOWN_GROUP if self._spelled(path[-2]) else Tier.GROUP)
        return None

    def _spelled(self, label: str) -> Match | None:
        keys = [key.casefold() for key in _keys(label)]
        for key in keys:
            if key in self._exact:
                return Match(self._exact[key], Tier.EXACT)
        for key in keys:
            if name := self._trimmed(key):
                return Match(name, Tier.TRIMMED)
        return None

    def _trimmed(self, key: str) -> str | None:
        """The column of a heading with usual additions: 机构联系电话, 法定代表人姓名, 统一社会信用代码号."""
        rest, least = key, 2
        for _ in range(3):
            shorter = _OBLIGATION.sub("", rest)
            if place := _PLACE_PREFIX.match(shorter):
                shorter, least = shorter[place.end() :], 1
            else:
                shorter = _PREFIX.sub("", shorter, count=1)
            for candidate in (shorter, *self._without_suffix(shorter), *self._without_suffix(rest)):
                if len(candidate) >= least and candidate in self._exact:
                    return self._exact[candidate]
            if shorter == rest:
                return None
            rest = shorter
        return None

    def _without_suffix(self, key: str) -> list[str]:
        named, other = _NAME_SUFFIX.sub("", key), _SUFFIX.sub("", key)
        kept = [other] if other != key and len(other) >= _TAIL_FROM else []
        # 许可证名称 is not the permit's number, though 许可证 may be a heading of it
        if named != key and self._exact.get(named) != self._exact.get(f"{named}号", ""):
            kept.append(named)
        return kept

    def _by_likeness(self, path: tuple[str, ...]) -> Match | None:
        for key in _keys("/".join(path)):
            key = key.casefold()
            tails = {word for word in self._exact if len(word) >= _TAIL_FROM and key.endswith(word)}
            if tails:
                word = max(tails, key=len)
                if len(word) * 2 >= len(key) and not _NOT_IT.search(key[: -len(word)]):
                    return Match(self._exact[word], Tier.TAIL)
        key = full_key(path[-1]).casefold()
        if len(path) > 1 or len(key) < _FUZZY_FROM or _NOT_IT.search(key):
            return None
        near = {name for word, name in self._exact.items() if len(word) >= _FUZZY_FROM and _one_apart(key, word)}
        return Match(near.pop(), Tier.LIKE) if len(near) == 1 else None


def _keys(label: str) -> list[str]:
    """The forms of a heading to look up: as a whole, without brackets, without a number in front, without English."""
    keys = [full_key(label), heading_key(label)[:KEY_LENGTH]]
    keys += [_NUMBER.sub("", key) for key in keys]
    keys += [_LATIN.sub("", key) for key in keys]
    return list(dict.fromkeys(filter(None, keys)))


def _one_apart(one: str, other: str) -> bool:
    """Whether two words differ by one letter put in, left out or changed."""
    if one == other or abs(len(one) - len(other)) > 1:
        return one == other
    if len(one) > len(other):
        one, other = other, one
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    return one[at + 1 :] == other[at + 1 :] if len(one) == len(other) else one[at:] == other[at + 1 :]
