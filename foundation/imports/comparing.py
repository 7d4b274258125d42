"""Two texts side by side: the characters that differ are marked, and said in words where that is short."""

from __future__ import annotations

from difflib import SequenceMatcher

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

MOST_WORDS = 2  # changes that are still said in words
ALIKE = 0.5  # from how much in common on single characters are worth marking


def marked(before: str, after: str) -> tuple[SafeString, SafeString]:
    """Both texts as HTML, with ``<mark>`` around what the other one does not have, unless little is the same."""
    if not is_alike(before, after):
        return escape(before), escape(after)
    left, right = [], []
    for tag, start, end, first, last in _steps(before, after):
        left.append(_part(before[start:end], tag != "equal"))
        right.append(_part(after[first:last], tag != "equal"))
    return mark_safe("".join(left)), mark_safe("".join(right))  # noqa: S308 (both are made of escaped parts)


def in_words(before: str, after: str) -> str:
    """``第9位“O”改成“0”``; nothing when there is more to say than a clerk would read."""
    steps = [step for step in _steps(before, after) if step[0] != "equal"]
    if len(steps) > MOST_WORDS or not is_alike(before, after):
        return ""
    return "，".join(_said(before, after, *step) for step in steps)


def is_alike(before: str, after: str) -> bool:
    return SequenceMatcher(None, before, after, autojunk=False).ratio() >= ALIKE


def _steps(before: str, after: str) -> list[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, before, after, autojunk=False).get_opcodes()


def _part(text: str, differs: bool) -> str:
    return format_html("<mark>{}</mark>", text) if differs and text else escape(text)


def _said(before: str, after: str, tag: str, start: int, end: int, first: int, last: int) -> str:
    old, new = before[start:end], after[first:last]
    if tag == "replace":
        return f"第{start + 1}位“{old}”改成“{new}”"
    if tag == "delete":
        return f"去掉第{start + 1}位的“{old}”"
    return f"在第{first + 1}位补上“{new}”"
