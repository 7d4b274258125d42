"""The words of advertisement rules, and texts as they are compared: without width, gaps, symbols and old characters.

A rule's expression is read by those who keep the rules: ``保证…提分`` (up to twelve characters between),
``(包|保)过`` (one of these; with ``?`` behind it or none), ``第#名`` (a number). Pure.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from foundation.core.errors import InvalidInput
from foundation.imports.values.texts import INVISIBLE

GAP = 12
ENDS = frozenset("。!?;\n")
#: A run this short between two ends is no sentence but a trick (保！过！中！考).
SHORTEST_SENTENCE = 3
#: Old characters and their new ones, of the words that such advertisements are made of.
_OLD = (
    "證語數學習輔導報廈門國會議課時試聽價優師級點讀補進線術藝書畫員園車業題專經驗錄無費項滿獎選讓輸贏歲雙減機構辦開發單張處輕"
    "鬆寫記詞彙練競賽營動態體預約電話號碼聯繫顧問實區縣廣場樓層內獨傳統質歷長託請來這個為與從後們對應當過還達幾億萬親愛頂強轉"
    "絡領軍際標準類隨稱譽認頒獲榮舉講義階嚴熱衝團購"
)
_NEW = (
    "证语数学习辅导报厦门国会议课时试听价优师级点读补进线术艺书画员园车业题专经验录无费项满奖选让输赢岁双减机构办开发单张处轻"
    "松写记词汇练竞赛营动态体预约电话号码联系顾问实区县广场楼层内独传统质历长托请来这个为与从后们对应当过还达几亿万亲爱顶强转"
    "络领军际标准类随称誉认颁获荣举讲义阶严热冲团购"
)
_SIMPLE = str.maketrans(dict(zip(_OLD, _NEW, strict=True)))
_TOKEN = re.compile(r"\(([^()]+)\)(\?)?|…|#|([^()…#?]+)")
_NUMBER = "[0-9零一二两三四五六七八九十百千万]{1,8}"


@dataclass(frozen=True)
class Plain:
    """A text as it is compared. ``places[i]``: where its i-th character stood; ``starts``: where its sentences do."""

    text: str
    places: tuple[int, ...]
    starts: tuple[int, ...]

    def sentence(self, place: int) -> int:
        """The number of the sentence that a character of ``text`` belongs to."""
        return bisect_right(self.starts, place)


def plain(text: str) -> Plain:
    """Letters, figures and Chinese characters only, half width, lower case, simplified; sentence ends as line ends."""
    runs: list[list[tuple[str, int]]] = [[]]
    for place, char in enumerate(text):
        for one in unicodedata.normalize("NFKC", char).lower():
            if one in ENDS:
                runs.append([])
            elif one.isalnum() and not INVISIBLE.match(one):
                runs[-1].append((one.translate(_SIMPLE), place))
    kept: list[tuple[str, int]] = []
    before = 0  # how long the run before was: an end between two sentences is one, elsewhere it is a trick
    for run in filter(None, runs):
        if min(before, len(run)) >= SHORTEST_SENTENCE:
            kept.append(("\n", run[0][1]))
        kept += run
        before = len(run)
    letters = "".join(char for char, _ in kept)
    starts = tuple(at for at, char in enumerate(letters) if char == "\n")
    return Plain(letters, tuple(place for _, place in kept), starts)


def check_expression(text: str) -> None:
    """Raises InvalidInput for an expression that cannot be read or that one letter would match."""
    if _TOKEN.sub("", text) or _shortest(text) < 2 or text.startswith("…") or text.endswith("…"):
        message = f"“{text}”不是可用的写法：至少两个字，括号成对，“…”不能在开头或结尾。"
        raise InvalidInput(message, code="expression", fields={"words": [message]})


def _shortest(text: str) -> int:
    """How many letters the shortest match has."""
    length = 0
    for found in _TOKEN.finditer(text):
        if found[1]:
            length += 0 if found[2] else min(len(plain(one).text) for one in found[1].split("|"))
        elif found[3]:
            length += len(plain(found[3]).text)
        elif found[0] == "#":
            length += 1
    return length


@lru_cache(maxsize=2000)
def compiled(expressions: tuple[str, ...]) -> re.Pattern[str] | None:
    """One pattern of these expressions, the longer ones first; None without any. Bounded gaps only: no text makes it
    slow."""
    ordered = sorted(expressions, key=len, reverse=True)
    return re.compile("|".join(f"(?:{_pattern(text)})" for text in ordered)) if ordered else None


def _pattern(text: str) -> str:
    parts = []
    for found in _TOKEN.finditer(text):
        if found[1]:
            parts.append(
                "(?:" + "|".join(re.escape(plain(one).text) for one in found[1].split("|")) + f"){found[2] or ''}"
            )
        elif found[3]:
            parts.append(re.escape(plain(found[3]).text))
        else:
            parts.append(_NUMBER if found[0] == "#" else rf"[^\n]{{0,{GAP}}}?")
    return "".join(parts)
