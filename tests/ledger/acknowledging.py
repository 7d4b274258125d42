"""A client that posts until it is stopped: ``python -m tests.ledger.acknowledging NUMBER LOG``.

A line in LOG is a key whose posting was acknowledged. When the server goes away it sends the same request again until
it is answered, as every caller of the ledger does.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import django

django.setup()

from django.db import InterfaceError, OperationalError, connection  # noqa: E402

from foundation.accounts.enums import Can  # noqa: E402
from foundation.core.actor import job  # noqa: E402
from ledger.enums import Kind  # noqa: E402
from ledger.models import Purse  # noqa: E402
from ledger.operations.posting import Line, post, post_batch  # noqa: E402
from tests.ledger.factories import AT, DAY  # noqa: E402

SIZE = 5


def main(number: int, log: Path) -> None:
    purses = list(Purse.objects.order_by("pk"))
    by = job("测试", Can.POST_LEDGER, scope=frozenset(held.jurisdiction_id for held in purses))
    count = 0
    with log.open("w", encoding="utf-8") as acknowledged:
        while True:
            size = SIZE if count % 4 == 0 else 1
            names = [f"c{number}:{count + place}" for place in range(size)]
            held = purses[count % len(purses)]
            lines = [Line(Kind.DEPOSIT, 7, DAY, name, "test", name, purse=held) for name in names]
            replays = sent(lines, by)
            acknowledged.writelines(f"{name} {replays}\n" for name in names)
            acknowledged.flush()
            count += size


def sent(lines: list[Line], by) -> int:
    """Until it is answered; how many of the answers were replays."""
    while True:
        try:
            answers = post_batch(lines=lines, by=by, at=AT) if len(lines) > 1 else [post(line=lines[0], by=by, at=AT)]
            return sum(answer.replayed for answer in answers)
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(0.05)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
