"""Walk through a face like a person who opens everything once, and look at what is on each page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests import sampling
from tests.browser.conftest import PHONE, Visit

#: One of so many lists, and of so many kinds of pages below them, is walked to where not all are.
PART = 5
#: Latin words that Chinese office software uses as they are.
ALLOWED = {
    *("PDF", "CSV", "Excel", "Word", "XLSX", "XLS", "DOCX", "ZIP", "JPG", "JPEG", "PNG", "WebP", "GBK", "UTF", "WPS"),
    "holidays",  # the open calendar data that the working days come from
    *(
        "KB",
        "MB",
        "TOTP",
        "SMS",
        "QR",
        "ID",
        "IP",
        "SHA",
        "HTTP",
        "HTTPS",
        "API",
        "JSON",
        "OpenAPI",
        "PDF/A",
        "OK",
        "App",
    ),
}
_CODES = re.compile(
    r"\b[0-9A-Z]{4}(?: [0-9A-Z]{4}){3}\b|https?://\S+|\S+@\S+|/[\w./-]+|\.[a-z]{3,4}\b|[A-Za-z_-]*\d[\w./-]*|\b[A-Z]{1,3}-"
)
_WORDS = re.compile(r"[A-Za-z][A-Za-z'’]+")

TEXTS = """() => {
  const found = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!parent.closest("script, style, template, .material-symbols-outlined, [data-not-prose]")) {
      found.push(walker.currentNode.data);
    }
  }
  for (const element of document.querySelectorAll("body *")) {
    for (const name of ["placeholder", "title", "aria-label", "alt", "data-label"]) {
      if (element.hasAttribute(name)) found.push(element.getAttribute(name));
    }
    if (element.matches("input[type=submit], input[type=button]")) found.push(element.value);
  }
  return found.map((text) => text.trim()).filter(Boolean);
}"""


def english_in(visit: Visit, *, names: set[str] = frozenset()) -> list[str]:
    """Texts and labels of the page with a Latin word that is neither a code, a name nor a word of the trade."""
    texts: list[str] = visit.page.evaluate(TEXTS)
    found = [text for text in texts if set(_WORDS.findall(_CODES.sub(" ", text))) - ALLOWED]
    return sorted({text for text in found if not any(name in text for name in names)})


def sideways(visit: Visit) -> int:
    """By how many pixels the page is wider than a phone."""
    size, phone = visit.page.viewport_size, {"width": PHONE[0], "height": PHONE[1]}
    if size != phone:
        visit.page.set_viewport_size(phone)
    wider = visit.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if size != phone:
        visit.page.set_viewport_size(size)
    return wider


def hrefs(visit: Visit, selector: str) -> list[str]:
    found = visit.page.eval_on_selector_all(selector, "links => links.map(link => link.getAttribute('href'))")
    return list(dict.fromkeys(href for href in found if href and href.startswith("/admin/")))


def staff_pages(visit: Visit, *, known: set[str] | None = None, shift: int = 0, whole: bool = True) -> Iterator[str]:
    """Every page from the menu on: home, each list, the pages of its buttons, its first row, and that row's pages.

    The browser stands on the page when its path is yielded. ``known`` holds the pages below the lists that somebody
    walked before, whatever the row: they are passed by, and those walked now are added. Not ``whole``: one of ``PART``
    of the lists, counted from ``shift``, their rows, and one of as many kinds of other pages below them
    (``tests/sampling.py``).
    """
    known = set() if known is None else known
    visit.open("/admin/")
    yield "/admin/"
    registers = [register for register in hrefs(visit, "#nav-sidebar-apps a") if register != "/admin/"]
    for register in sampling.some(registers, one_of=PART, shift=shift, whole=whole):
        visit.open(register)
        yield register
        pages, rows = hrefs(visit, ".page-head .buttons a"), hrefs(visit, "#result_list tbody th a")[:1]
        for path in pages + rows:
            if _is_known(path, known, whole=whole or path in rows) or not visit.open(path):
                continue
            yield path
            if path in rows:
                for page in hrefs(visit, ".page-head .buttons a"):
                    if not _is_known(page, known, whole=whole) and visit.open(page):
                        yield page


def page_of(path: str) -> str:
    """Which page it is, whatever the row."""
    return re.sub(r"/\d+/", "/1/", path.partition("?")[0])


def _is_known(path: str, known: set[str], *, whole: bool) -> bool:
    """Whether this kind of page was walked before, or is another run's; from now on it was."""
    kind = page_of(path)
    if kind in known:
        return True
    known.add(kind)
    return not sampling.taken(kind, one_of=PART, whole=whole)
