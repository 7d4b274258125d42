"""Where an address on a public page leads: to ourselves, to somebody whom the settings name, or elsewhere."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from django.conf import settings

_CONTROL = re.compile(r"[\x00-\x20\x7f]")
_CODE = re.compile(r"(?:javascript|vbscript|data|livescript|mocha|file|blob|filesystem):", re.IGNORECASE)
_HARMLESS = ("mailto:", "tel:")
PICTURE = re.compile(r"data:image/(?:png|gif|jpeg|svg\+xml|webp)[;,]", re.IGNORECASE)
_CSS_URL = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""", re.IGNORECASE)


def own_host() -> str:
    return urlsplit(settings.SITE_INFO["address"]).netloc.lower()


def tidy(url: str) -> str:
    """As a browser reads it: no control characters, backslashes are slashes."""
    return _CONTROL.sub("", url).replace("\\", "/")


def is_code(url: str) -> bool:
    """An address that runs something or carries its content along."""
    return _CODE.match(tidy(url)) is not None


def foreign_host(url: str) -> str:
    """The host that an address leads to, when it is neither ours nor in PUBLIC_HOSTS; else nothing."""
    url = tidy(url)
    if url.lower().startswith(_HARMLESS) or _CODE.match(url):
        return ""
    parts = urlsplit(url)
    if parts.scheme and parts.scheme not in {"http", "https"}:
        return f"{parts.scheme}:"
    allowed = {own_host(), *(host.lower() for host in settings.PUBLIC_HOSTS)}
    host = parts.netloc.rpartition("@")[2].lower()
    return host if host and host not in allowed else ""


def own_path(url: str, *, seen_on: str) -> str:
    """Path and query of an address of ours, made absolute; nothing for all others."""
    url = tidy(url)
    if not url or url.startswith("#") or url.lower().startswith(_HARMLESS) or _CODE.match(url) or foreign_host(url):
        return ""
    parts = urlsplit(urljoin(f"http://{own_host()}{seen_on}", url))
    if parts.netloc.lower() != own_host():
        return ""
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"


def in_css(text: str) -> list[str]:
    """Addresses that a style sheet loads."""
    return [first or second for first, second in _CSS_URL.findall(text)]


def in_srcset(text: str) -> list[str]:
    return [part.split()[0] for part in text.split(",") if part.split()]
