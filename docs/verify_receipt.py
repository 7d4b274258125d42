#!/usr/bin/env python3
"""Check a receipt of the ledger (资金账凭证). Needs Python 3.8 and nothing else.

    verify_receipt.py receipt.json                     asks only whether the receipt agrees with the root it names
    verify_receipt.py receipt.json --root HASH         and whether that is the root which was published for the day
    verify_receipt.py receipt.json --roots roots.json  the same with the file of /ledger/roots.json, kept by anybody

A receipt holds the entry itself, the hash of the link before it and the way to the day's root:

    row   = the entry as JSON, keys in alphabetical order, no blanks, UTF-8
    link  = H(previous link, row)
    root  = H(left, right), step by step up the path

H is SHA-256 over the parts, each preceded by its length as eight bytes, the most significant first; a hash is 32 bytes.

Who changes the entry, or any entry sealed before it, gets another root than the one that was published. Ends with 0
when all agrees, 1 when it does not, 2 when the files cannot be used.
"""

import argparse
import hashlib
import json
import re
import sys
from pathlib import Path

# -- the copy of ledger/receipts.py begins here
FORMAT = "shuanjian-ledger-receipt/1"
HASH = re.compile(r"[0-9a-f]{64}")
DAY = re.compile(r"20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
FIELDS = {"format", "day", "root", "no", "previous", "entry", "path"}


def node(*parts):
    """Hex SHA-256 over the parts, each preceded by its length as eight bytes."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def read_receipt(text):
    """The receipt in a text; raises ValueError with a sentence when it is none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("这不是凭证：请原样粘贴凭证的全部文字。") from None
    if not isinstance(found, dict) or not set(found) >= FIELDS or found["format"] != FORMAT:
        raise ValueError("这不是资金账凭证，或者缺少内容。")
    path, entry = found["path"], found["entry"]
    hashes = [found["root"], found["previous"]]
    if isinstance(path, list) and all(isinstance(step, list) and len(step) == 2 for step in path):
        hashes += [step[1] for step in path]
        sides = {str(step[0]) for step in path}
    else:
        sides = {"?"}
    sound = sides <= {"left", "right"} and len(path) <= 64 and type(found["no"]) is int and isinstance(entry, dict)
    sound = sound and all(value is None or type(value) in (str, int) for value in entry.values())
    if not sound or not all(isinstance(value, str) and HASH.fullmatch(value) for value in hashes):
        raise ValueError("凭证的内容有误，请原样粘贴凭证的全部文字。")
    if not isinstance(found["day"], str) or not DAY.fullmatch(found["day"]):
        raise ValueError("凭证的日期有误。")
    return found


def root_of(receipt):
    """The root that this entry, at this place in the chain, leads to."""
    row = json.dumps(receipt["entry"], sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    here = node(bytes.fromhex(receipt["previous"]), row)
    for side, other in receipt["path"]:
        pair = (other, here) if side == "left" else (here, other)
        here = node(*(bytes.fromhex(each) for each in pair))
    return here


# -- the copy of ledger/receipts.py ends here


def main(arguments=None):
    """Check, and say in one sentence what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("receipt", type=Path)
    parser.add_argument("--root", help="the root published for the day")
    parser.add_argument("--roots", type=Path, help="the file of published roots")
    given = parser.parse_args(arguments)
    try:
        receipt = read_receipt(given.receipt.read_text("utf-8-sig"))
        published = published_root(given, receipt["day"]) or receipt["root"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"不能核对：{error}", file=sys.stderr)
        return 2
    found = root_of(receipt)
    same = found == receipt["root"] == published
    entry = receipt["entry"]
    what = f"{entry.get('happened_on')} {entry.get('kind')} {entry.get('amount_fen')}分"
    print(f"{'一致' if same else '不一致'}：{what}，算出 {found}，{receipt['day']} 公布 {published}")
    return 0 if same else 1


def published_root(given, day):
    """The root that was given beside the receipt, or None."""
    if given.root:
        return given.root.lower()
    if given.roots:
        rows = json.loads(given.roots.read_text("utf-8-sig"))["roots"]
        return {row["day"]: row["root"] for row in rows}[day]
    return None


if __name__ == "__main__":
    sys.exit(main())
