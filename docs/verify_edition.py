#!/usr/bin/env python3
"""Check that an edition of a white or black list is what was published. Needs Python 3.11 and nothing else.

    verify_edition.py --sha256 HASH white-edition-3.csv     the file and the hash that the edition's page shows
    verify_edition.py edition.json white-edition-3.csv      the hash from the API:  .../lists/white/editions/3
    verify_edition.py edition.json changes-1.json changes-2.json
                                  no CSV: all pages of  .../lists/white/changes?since=0  (later editions are left out)

The canonical form: a line for each institution, ordered by public id, as JSON with the keys in alphabetical order, no
blanks, UTF-8: {"public_id":"0a1b2c3d4e5f","since":"2026-11-02","until":"2027-10-31"} ("until" is null without a term).
The hash is SHA-256 over all lines, each preceded by its length in bytes as eight bytes, the most significant first.
Ends with 0 when the hashes are equal, 1 when they are not, 2 when the files cannot be used.
"""

import argparse
import csv
import hashlib
import io
import json
import sys
from pathlib import Path

PUBLIC_ID, SINCE, UNTIL = "公开编号", "列入日期", "期限至"


def digest(lines):
    """The published hash of lines (public id, since, until or None)."""
    found = hashlib.sha256()
    for public_id, since, until in sorted(lines, key=lambda line: (line[0], line[1])):
        row = {"public_id": public_id, "since": since, "until": until}
        part = json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
        found.update(len(part).to_bytes(8, "big") + part)
    return found.hexdigest()


def lines_of_csv(text):
    """The lines of an edition's file."""
    return [(row[PUBLIC_ID], row[SINCE], row[UNTIL] or None) for row in csv.DictReader(io.StringIO(text))]


def lines_of_changes(pages, no):
    """The lines after edition ``no``: all changes up to it, carried out in the order of the pages."""
    lines = set()
    for change in (change for page in pages for change in page["changes"]):
        if change["edition"] <= no:
            line = (change["public_id"], change["since"], change["until"])
            (lines.add if change["change"] == "added" else lines.discard)(line)
    return list(lines)


def main(arguments=None):
    """Compare, and say in one sentence what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sha256", help="the published hash, when no edition.json is given")
    parser.add_argument("files", nargs="+", type=Path)
    given = parser.parse_args(arguments)
    try:
        published, lines = read(given)
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"不能核对：{error}", file=sys.stderr)
        return 2
    found = digest(lines)
    same = found == published
    print(f"{'一致' if same else '不一致'}：{len(lines)} 家，算出 {found}，公布 {published}")
    return 0 if same else 1


def read(given):
    """(the published hash, the lines) out of the files."""
    tables = [path.read_text("utf-8-sig") for path in given.files if path.suffix == ".csv"]
    answers = [json.loads(path.read_text("utf-8-sig")) for path in given.files if path.suffix == ".json"]
    headers = [answer["edition"] for answer in answers if isinstance(answer.get("edition"), dict)]
    pages = [answer for answer in answers if isinstance(answer.get("edition"), int)]
    if len(tables) > 1 or len(headers) > 1 or bool(tables) == bool(pages) or bool(headers) == bool(given.sha256):
        raise ValueError("请给出一份表格(或全部变动)，和一个公布的校验值(--sha256 或一份期次的 JSON)")
    published = headers[0]["sha256"] if headers else given.sha256.lower()
    if tables:
        return published, lines_of_csv(tables[0])
    if not headers:
        raise ValueError("用变动核对时需要期次的 JSON")
    return published, lines_of_changes(pages, headers[0]["no"])


if __name__ == "__main__":
    sys.exit(main())
