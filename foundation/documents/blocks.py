"""The parts that a document's body is made of: plain data, so that the frozen document is its exact words.

Both layouts (Typst for PDF, Word) draw these parts and add no sentence of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Block = dict[str, object]


def address(text: str) -> Block:
    """主送: the party, at the left margin."""
    return {"kind": "address", "text": text}


def para(text: str) -> Block:
    """A paragraph with a two-character indent."""
    return {"kind": "para", "text": text}


def paras(text: str) -> list[Block]:
    """One paragraph for each line that is not blank."""
    return [para(line.strip()) for line in text.splitlines() if line.strip()]


def numbered(texts: Iterable[str]) -> list[Block]:
    """``1. …`` paragraphs."""
    return [para(f"{number}. {text}") for number, text in enumerate(texts, start=1)]


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, widths: Sequence[int]) -> Block:
    """A ruled table whose head repeats on each page; ``widths`` are proportions."""
    return {"kind": "table", "columns": list(columns), "widths": list(widths), "rows": [list(row) for row in rows]}


def blanks(*labels: str) -> Block:
    """Places that are filled in by hand, one a line."""
    return {"kind": "blanks", "labels": list(labels)}


def slip(title: str, text: str, *labels: str) -> Block:
    """A part to be cut off and given back (回执): a sentence and places that are filled in by hand."""
    return {"kind": "slip", "title": title, "text": text, "labels": list(labels)}


def pictures(shown: Iterable[Sequence[str]]) -> Block:
    """Photographs with (number, what it shows, hash of the original) printed below each."""
    return {"kind": "pictures", "pictures": [{"no": no, "told": told, "sha256": sha} for no, told, sha in shown]}


def page_code(path: str, text: str) -> Block:
    """A QR code that leads to a page of the public site, with what is found there."""
    return {"kind": "page_code", "path": path, "text": text}
