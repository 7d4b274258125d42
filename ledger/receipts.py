"""Checking a receipt: an entry, its place in the chain, and the way to the day's root that was published.

Only the standard library, so that ``docs/verify_receipt.py`` holds the same lines and a parent needs nothing else.
"""

import hashlib
import json
import re

# -- docs/verify_receipt.py holds a copy from here
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


# -- and down to here
