"""Reading one HTML page as an attacker would have changed it: its texts, its addresses, what is hidden or runs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from ..enums import FindingKind
from . import addresses

_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
_FRAMES = frozenset(["iframe", "frame", "frameset", "object", "embed", "applet", "portal", "fencedframe"])
_ADDRESSES = frozenset({
    "href", "src", "action", "formaction", "poster", "data", "background", "ping", "manifest", "xlink:href", "cite",
    "longdesc", "lowsrc", "dynsrc",
})  # fmt: skip
_SETS = frozenset({"srcset", "imagesrcset"})
_SPOKEN = frozenset(["alt", "title", "placeholder", "value", "content", "aria-label", "label", "summary"])
#: Classes of our own style sheet that take a text out of sight for the eye; no link may hide there.
_UNSEEN = frozenset({"visually-hidden"})
#: What our forms carry: a CSRF token, a sealed draft. Random letters spell out anything some day ("vpn").
_TOKEN = re.compile(r"[0-9A-Za-z]{64}|v1\$[\w$=-]{40,}")
_ZERO = re.compile(r"0(?:\.0*)?(?:px|em|rem|%|pt|vh|vw)?")
_FAR = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|em|rem|%|pt|vh|vw)?")
_IN_COMMENT = re.compile(r"(?:https?:)?//[\w-]+\.\w|<\s*a\b|href\s*=|<\s*(?:script|iframe)", re.IGNORECASE)


@dataclass(frozen=True)
class Fault:
    """Something that our templates never write."""

    kind: FindingKind
    sentence: str


@dataclass
class Reading:
    texts: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read(source: str) -> Reading:
    reader = _Reader()
    reader.feed(source)
    reader.close()
    reader.flush()
    return reader.reading


class _Reader(HTMLParser):
    """Joins what lies inside one block, so that a tag in the middle of a word hides nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.reading = Reading()
        self._block: list[str] = []
        self._unseen: list[str] = []
        self._style = False

    def flush(self) -> None:
        if text := "".join(self._block).strip():
            self.reading.texts.append(text)
        self._block = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self.flush()
        given = {name: value or "" for name, value in attrs}
        self._style = tag == "style"
        for name, value in given.items():
            self._attribute(tag, name, value, given)
        self._element(tag, given)
        self._track(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.flush()
        self._style = False
        if tag in self._unseen:
            while self._unseen.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._style:
            self.reading.links += addresses.in_css(data)
        self._block.append(data)

    def handle_comment(self, data: str) -> None:
        self.reading.texts.append(data)
        if _IN_COMMENT.search(data):
            self._note(FindingKind.HIDDEN, "注释里藏有链接")

    def _note(self, kind: FindingKind, sentence: str) -> None:
        self.reading.faults.append(Fault(kind, sentence))

    def _track(self, tag: str, given: dict[str, str]) -> None:
        """Remember that what follows is out of sight, until its end tag."""
        unseen = bool(_UNSEEN & set(given.get("class", "").split()))
        if tag not in _VOID and (unseen or self._unseen):
            self._unseen.append(tag)
        if tag == "a" and self._unseen and given.get("href"):
            self._note(FindingKind.HIDDEN, "链接放在看不见的元素里")

    def _attribute(self, tag: str, name: str, value: str, given: dict[str, str]) -> None:
        if name in _SPOKEN and not (given.get("type", "").lower() == "hidden" and _TOKEN.fullmatch(value)):
            self.reading.texts.append(value)
        if name in _ADDRESSES and (name != "data" or tag == "object"):
            self._address(tag, value)
        elif name in _SETS:
            for url in addresses.in_srcset(value):
                self._address(tag, url)
        elif name == "style":
            self.reading.links += addresses.in_css(value)
            self._note(FindingKind.HIDDEN, hidden_by(value) or "元素带有内联样式")
        elif name == "hidden":
            self._note(FindingKind.HIDDEN, "元素带有 hidden 属性")
        elif name.startswith("on"):
            self._note(FindingKind.CODE, f"元素带有事件代码 {name[:20]}")

    def _address(self, tag: str, url: str) -> None:
        if addresses.is_code(url):
            if not (tag in {"img", "source"} and addresses.PICTURE.match(addresses.tidy(url))):
                self._note(
                    FindingKind.CODE, f"{tag} 的网址是代码（{addresses.tidy(url).partition(':')[0].lower()[:12]}:）"
                )
            return
        self.reading.links.append(url)

    def _element(self, tag: str, given: dict[str, str]) -> None:
        if tag in _FRAMES:
            self._note(FindingKind.CODE, f"页面嵌入了 {tag} 框架")
        elif tag == "base":
            self._note(FindingKind.CODE, "页面用 base 改变了全部链接的去向")
        elif tag == "meta" and given.get("http-equiv", "").strip().lower() in {"refresh", "set-cookie"}:
            self._note(FindingKind.CODE, "页面会自动跳转（meta refresh）")
        elif tag == "script" and not addresses.own_path(given.get("src", ""), seen_on="/").startswith("/static/"):
            self._note(FindingKind.CODE, "页面含有脚本")
        elif tag in {"style", "noscript", "template"} or tag in {"font", "marquee", "blink"}:
            self._note(FindingKind.HIDDEN, f"页面含有 {tag} 元素")


def hidden_by(style: str) -> str:
    """How an inline style hides its element, in words; nothing when it does not."""
    pairs = (part.partition(":") for part in style.lower().replace("!important", "").split(";"))
    rules = {name.strip(): value.strip() for name, _, value in pairs}
    if rules.get("display") == "none" or rules.get("visibility") in {"hidden", "collapse"}:
        return "元素被样式隐藏（display 或 visibility）"
    if any(_ZERO.fullmatch(rules.get(name, "1")) for name in ("font-size", "width", "height", "opacity", "max-height")):
        return "元素被样式缩到零或变成透明"
    if any(_FAR.fullmatch(rules.get(name, "")) for name in ("left", "top", "right", "text-indent", "margin-left")):
        return "元素被样式移到屏幕外"
    if "clip" in rules or "clip-path" in rules:
        return "元素被样式剪掉"
    back = rules.get("background-color") or rules.get("background", "")
    if rules.get("color") and rules["color"] in {back, "transparent", "#fff", "#ffffff", "white"}:
        return "文字与背景同色"
    return ""
