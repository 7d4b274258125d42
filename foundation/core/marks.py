"""Small pieces of page that lists, summaries and panels share: chips, codes to copy, amounts, links."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from .money import yuan

#: Tones of look.md. Colour comes second: the chip's word says it all.
TONES = ("plain", "primary", "ok", "notice", "bad", "black")


def chip(text: object, tone: str = "plain") -> SafeString:
    """A status as a word in a coloured chip; raises ValueError for a tone that no style sheet knows."""
    if tone not in TONES:
        raise ValueError(f"unknown tone {tone}")
    return format_html('<span class="chip chip-{}">{}</span>', tone, text)


def link(text: object, url: str) -> SafeString:
    return format_html('<a class="link" href="{}">{}</a>', url, text)


def copyable(code: str) -> SafeString:
    """A code (统一社会信用代码, 文号, telephone) with a button that copies it."""
    if not code:
        return SafeString("")
    return format_html(
        '<span class="code">{0}</span>'
        '<button type="button" class="copy" data-copy="{0}" aria-label="复制 {0}" title="复制">'
        '<span class="material-symbols-outlined" aria-hidden="true">content_copy</span></button>',
        code,
    )


def entered(by: object | None, *, otherwise: str = "机构提交") -> str:
    """Who wrote down for a party what it said (a user), or that the party sent it itself."""
    return f"{by}代为登记" if by else otherwise


def amount(fen: int | None) -> SafeString:
    """Fen as ``¥1,234.00``, what is taken away as ``-¥1,234.00``; lists set it flush right."""
    if fen is None:
        return SafeString("")
    return format_html('<span class="money">{}¥{}</span>', "-" if fen < 0 else "", yuan(abs(fen)))


def remaining(days: int, *, working: bool = True) -> SafeString:
    """A deadline in words: ``days`` left (negative: over). Three days or fewer are a notice."""
    unit = "个工作日" if working else "天"
    if days < 0:
        return chip(f"超期 {-days} {unit}", "bad")
    if days == 0:
        return chip("今天到期", "notice")
    return chip(f"剩余 {days} {unit}", "notice" if days <= 3 else "plain")
