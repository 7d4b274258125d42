"""Texts and names: what is cleaned silently nowhere, what is refused, and what is plain."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from import_export import widgets

from ..faults import CellRefused, Warn
from ..reading import UNCALCULATED, CellError
from ..suggesting import Suggestion

INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
BLANKS = re.compile(r"\s+")
_EMPTY = (
    "-|--|---|—|——|/|//|\\|无|暂无|(无)|（无）|暂缺|空|不详|未知|待定|待补|待补充|待查|未填|未填写"
    "|null|NULL|Null|None|none|NONE|N/A|n/a|NA|nan|NaN|NIL|nil"
)
EMPTY = frozenset({"", *_EMPTY.split("|")})
#: What a spreadsheet shows where a formula failed or a column is too narrow.
CELL_ERROR = re.compile(
    r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!|GETTING_DATA)"
    r"|#BUSY!|#{3,}|Err:\d{3}",
    re.IGNORECASE,
)
#: Advertisements as they are planted into government pages; sought in NFKC without any blanks, so that neither width
#: nor gaps hide them. Words that begin ordinary compounds are told apart (博彩虹,
#: 特色情景), and so are the state's lotteries, whose published numbers random draws go by.
PLANTED = (
    r"365防伪|防伪查询系统|bet3*65|365bet|博彩(?![虹色绘陶笔妆铅霞云蝶])|赌[场博球钱]|[网聚]赌|賭[場博球]|投注|(?<!福利)(?<!体育)彩票|六合彩"
    r"|时时彩|百家乐|棋牌(?:游戏|平台|网|app|下载)|老虎机|(?:威尼斯人|皇冠|亚博).{0,4}(?:娱乐|官网|官方|网址|平台|登录|注册|下载|app)"
    r"|(?:澳门|金沙|葡京|太阳城).{0,6}(?:娱乐|官网|官方|网址|平台|登录|注册)|送彩金|注册送|滚球|荷官"
    r"|娱乐城|葡京|(?:皇冠|亚博)(?:体育)?(?:网|在线|$)|裸[聊照]|約炮|约炮|援交"
    r"|(?<![特角景])色情(?![景境商感绪况节])|(?:成人|黄色)视频|翻墙|(?<![a-z])vpn(?![a-z])|代开发票|刻章"
)
UNSAFE = re.compile(
    rf"{PLANTED}"
    r"|(?:https?|ftp)://|www\.|(?<![@\w.-])[\w-]+\.(?:com|net|cc|vip|top|xyz|club|info)(?![\w-])"
    r"|<[/!?]?[a-z!]|&(?:lt|#0*60|#x0*3c);|(?:java|vb)script:|data:text/",
    re.IGNORECASE,
)
#: One character of every word above; a text without any of them needs no search.
_TELLTALE = "伪彩赌賭注百牌虎娱葡尼冠亚裸炮援情频墙票刻澳沙阳滚荷tTvV"
#: What a pen writes under the line above; in a table each row stands for itself.
_DITTO = "同[上前左]"
DITTO = re.compile(rf"{_DITTO}(?:行|一?栏|列|一?格)?|[〃″‶”\"]")
FORMULA = re.compile(r"[=@]|[+-](?:[^\d\s]|\d[\d.]*[+*]|.*\|.*!)")
QUOTED = re.compile(r"[=＝]\s*[\"“”]([^\"“”=]+)[\"“”]")
EXACT = 2**53

_LETTERS = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Zs"})
_HALF_WIDTH_MARKS = frozenset("＃％＆＊＋－．／＠＿＝＇")
_UNUSUAL = re.compile("[^\u0000-\u007f\u4e00-\u9fff（）【】，：；！？、。“”《》·—]")
_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff“”‘’—…"
_GAP = re.compile(f"(?<=[{_CJK}]) | (?=[{_CJK}])")


def text_of(cell: Any) -> str:
    """A cell as text: whole numbers without ``.0``, dates in ISO form, no invisible characters, no outer blanks."""
    if isinstance(cell, str):
        return INVISIBLE.sub("", cell).strip().removeprefix("'").strip()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < EXACT:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def tidied(text: str) -> str:
    """NFKC for letters, digits and blanks; Chinese marks stay as written; no gaps between Chinese characters."""
    text = _UNUSUAL.sub(_half_width, INVISIBLE.sub("", text))
    return _GAP.sub("", BLANKS.sub(" ", text).lstrip("'’‘` ").rstrip())


def _half_width(found: re.Match[str]) -> str:
    char = found[0]
    is_radical = "\u2e80" <= char <= "\u2fdf"  # 一 that a PDF wrote as the radical ⼀
    if is_radical or char in _HALF_WIDTH_MARKS or unicodedata.category(char) in _LETTERS:
        return unicodedata.normalize("NFKC", char)
    return char


def half_width(text: str) -> str:
    """All of NFKC, without any blanks: for codes, numbers, dates and comparisons."""
    return BLANKS.sub("", unicodedata.normalize("NFKC", text))


def written(cell: Any) -> str:
    """The cell as tidied text. Refuses the remains of a failed formula."""
    text = tidied(cell if isinstance(cell, str) else text_of(cell))
    if text == UNCALCULATED:
        message = "是公式，而文件里没有存下它算出的结果。请用 Excel 或 WPS 打开、保存一次再上传，或改填实际内容。"
        raise CellRefused("formula", message, before=text)
    if isinstance(cell, CellError) or CELL_ERROR.fullmatch(text):
        raise CellRefused("cell_error", f"表格里的公式出错，显示为“{text}”，请改填实际内容。", before=text)
    return text


def refuse_dangerous(text: str) -> None:
    """Planted advertisements, web addresses, markup; texts that a spreadsheet would run as a formula."""
    bare = half_width(text)
    if FORMULA.match(bare):
        raise _refused_formula(text)
    if UNSAFE.search(bare):
        raise CellRefused("unsafe_text", "含有疑似被植入的广告、网址或代码，请核对后删去。", before=text)


def _refused_formula(text: str) -> CellRefused:
    """With what is quoted, where the formula only keeps a number text: ="0592-6100000"."""
    quoted = QUOTED.fullmatch(text)
    if quoted is None or FORMULA.match(bare := half_width(quoted[1])) or UNSAFE.search(bare):
        return CellRefused("formula", "内容是公式的样子，请改成普通文字。", before=text)
    message = f"内容是公式的样子，可能是 {quoted[1]}，请改成普通文字。"
    return CellRefused("formula", message, before=text, after=quoted[1], confidence=0.99)


def char_class(*ranges: str, but: str = "") -> str:
    """The inside of a pattern's ``[...]``: the ranges (``"az"`` is a to z) without some characters."""
    chars = [(ord(pair[0]), ord(pair[-1])) for pair in ranges]
    for code in sorted(map(ord, but)):
        chars = [
            part
            for first, last in chars
            for part in ([(first, code - 1), (code + 1, last)] if first <= code <= last else [(first, last)])
            if part[0] <= part[1]
        ]
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in chars)


_PLAIN_LETTER = char_class("\u4e00\u9fff", "az", "AZ", but=_TELLTALE)
_PLAIN = _PLAIN_LETTER + "0-9（）()【】〔〕《》“”，、：；。·—#/-"
#: A plain text begins with none of these: a word for "empty" might follow, or a formula.
_FIRST = "".join(sorted({re.escape(word[0]) for word in EMPTY if word} | {"#", "-"}))


def plain_text(max_length: int) -> re.Pattern[str]:
    return re.compile(f"(?![{_FIRST}]|{_DITTO})[{_PLAIN}]{{1,{max_length}}}")


def plain_name(max_length: int) -> re.Pattern[str]:
    """Begins with two letters and holds no run of digits that might be a telephone number."""
    return re.compile(f"(?![{_FIRST}]|{_DITTO}|.*[0-9]{{7}})[{_PLAIN_LETTER}]{{2}}[{_PLAIN}]{{0,{max_length - 2}}}")


def _never(text: str) -> None:
    return None


class CellWidget(widgets.Widget):
    """What every widget of an import has."""

    plain: re.Pattern[str] | None = None
    repeats = False

    @property
    def is_plain(self) -> Callable[[str], object]:
        """Whether a text is canonical as it stands; true of few texts wrongly called odd, of no odd one."""
        return self.plain.fullmatch if self.plain is not None else _never

    def suggested(self, text: str) -> Suggestion | None:
        """What a refused text was probably meant to be, where the refusal itself does not say; mostly nobody knows."""
        return None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)


class TextWidget(CellWidget):
    """One line of text. Refuses what is too long, looks like a formula, or carries planted advertisements.

    ``ditto``: with which code 同上 and its like are refused, where they must not be taken for a value.
    """

    def __init__(self, max_length: int, *, empty: frozenset[str] = EMPTY, ditto: str = "") -> None:
        super().__init__()
        self.max_length = max_length
        self.empty = empty
        self.ditto = ditto
        self.plain = plain_text(max_length)

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> str | None:
        text = written(value)
        if text in self.empty:
            return None
        if self.ditto and DITTO.fullmatch(text):
            raise CellRefused(self.ditto, f"写的是“{text}”，请填写实际内容。", before=text)
        refuse_dangerous(text)
        self.refuse_long(text)
        return text

    def refuse_long(self, text: str) -> None:
        if len(text) > self.max_length:
            raise CellRefused("too_long", f"有{len(text)}个字，最多{self.max_length}个字，请缩短。", before=text)


class NameWidget(TextWidget):
    """A name: text with at least two letters, not only digits or marks, no telephone number, nothing unreadable."""

    NUMBER = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?[2-9]\d{6,7})(?!\d)", re.ASCII)
    UNREADABLE = re.compile("\ufffd|[?？]{2}")

    def __init__(self, max_length: int, *, empty: frozenset[str] = EMPTY) -> None:
        super().__init__(max_length, empty=empty, ditto="name_format")
        self.plain = plain_name(max_length)

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> str | None:
        text = super().clean(value, row, warn=warn, **kwargs)
        if text is None:
            return None
        if sum(letter.isalpha() for letter in text) < 2:
            raise CellRefused("name_format", "不像一个名称，请填写全称。", before=text)
        if self.NUMBER.search(text):
            raise CellRefused("name_format", "夹有电话号码，请只填名称。", before=text)
        if self.UNREADABLE.search(text):
            raise CellRefused("name_format", "有无法辨认的字，请填写全称。", before=text)
        return text
