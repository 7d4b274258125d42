#!/usr/bin/env python3
"""Compile the catalogue of the packages' missing strings: ``python script/compile_messages.py`` (gettext not needed).

The portal itself speaks Chinese by literals. ``shuanjian/locale`` holds only what Unfold, Django and allauth leave in
English; ``makemessages`` would not find those strings, so the .po is kept by hand. A test compares .po and .mo.
"""

from __future__ import annotations

import ast
import struct
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "shuanjian" / "locale" / "zh_Hans" / "LC_MESSAGES"
CONTEXT, PLURAL = "\x04", "\0"


def entries(text: str) -> Iterator[dict[str, str]]:
    """The entries of a .po: msgctxt, msgid, msgid_plural, msgstr or msgstr[0]."""
    entry: dict[str, str] = {}
    keyword = ""
    for line in [*text.splitlines(), ""]:
        if line.startswith("msg"):
            keyword, _, line = line.partition(" ")
            entry[keyword] = ""
        if line.startswith('"'):
            entry[keyword] += ast.literal_eval(line)
        elif not line.strip() and entry:
            yield entry
            entry = {}


def catalogue(text: str) -> dict[bytes, bytes]:
    """Keys and values as a .mo holds them; an entry without translation is an error, so is a double one."""
    found: dict[bytes, bytes] = {}
    for entry in entries(text):
        key, value = entry["msgid"], entry.get("msgstr", entry.get("msgstr[0]", ""))
        if not value:
            raise SystemExit(f"no translation: {key!r}")
        if "msgid_plural" in entry:
            key += PLURAL + entry["msgid_plural"]
        if "msgctxt" in entry:
            key = entry["msgctxt"] + CONTEXT + key
        if key.encode() in found:
            raise SystemExit(f"twice: {key!r}")
        found[key.encode()] = value.encode()
    return found


def mo_bytes(messages: dict[bytes, bytes]) -> bytes:
    """The .mo format of GNU gettext: header, two tables of (length, offset), then the texts, sorted by key."""
    keys = sorted(messages)
    texts = [*keys, *(messages[key] for key in keys)]
    start = 7 * 4 + len(texts) * 8
    table, blob = b"", b""
    for text in texts:
        table += struct.pack("<II", len(text), start + len(blob))
        blob += text + b"\0"
    count = len(keys)
    header = struct.pack("<7I", 0x950412DE, 0, count, 7 * 4, 7 * 4 + count * 8, 0, 0)
    return header + table + blob


def compiled() -> bytes:
    return mo_bytes(catalogue((FOLDER / "django.po").read_text(encoding="utf-8")))


if __name__ == "__main__":
    (FOLDER / "django.mo").write_bytes(compiled())
    print(FOLDER / "django.mo")
