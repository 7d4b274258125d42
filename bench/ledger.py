"""``script/bench ledger``: postings, batches and reports, beside pgbench, the ORM and COPY in the same run.

- call: ``ledger_post`` as the project calls it, one round trip, one commit; operation: all of ``post``, with its
  transaction (BEGIN and COMMIT are round trips too); both in turn over 999 purses of 100 institutions;
- tpcb: pgbench's TPC-B at scale 10, one client, prepared; orm: a double entry with ``select_for_update``;
- batch: ``post_batch`` of 1,000 lines; copy: COPY of exactly these entries into a table with the same columns,
  CHECKs, indexes and foreign keys, with its commit;
- hot: one purse, 16 connections with single calls, and one connection with batches;
- report: net fen by county, month and kind over all entries, from the day totals and by GROUP BY;
- balance: ``queries.balance`` beside a read of the purse's row by its key.
After each run the books are checked: stored balances are the sums of the entries, day totals too.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django.db import connection, connections  # noqa: E402

from bench import ledger_filled, ledger_peers, place  # noqa: E402
from bench.measured import keep, machine, ratios, spread  # noqa: E402
from foundation.core import clock  # noqa: E402
from ledger.operations.posting import post, post_batch  # noqa: E402

CALL = post.__wrapped__  # type: ignore[attr-defined]  # the posting without its own transaction: autocommit
GOALS = {
    "call / tpcb": 1.8, "call / orm": 7.0, "batch / tpcb": 16.0, "batch / copy": 0.55, "hot batch / hot call": 20.0,
    "report raw / totals": 28.0, "balance / primary key": 1.5,
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/bench ledger", description=__doc__.split("\n\n")[0])
    parser.add_argument("--seconds", type=int, default=3, help="of each contender in each repeat (3)")
    parser.add_argument("--repeats", type=int, default=5, help="of all contenders (5)")
    parser.add_argument("--entries", type=int, default=5_000_000, help="entries for the report (5000000)")
    options = parser.parse_args()
    if ledger_peers.pgbench() is None:
        print("pgbench is missing (Debian: postgresql-contrib): the comparisons with TPC-B are left out")
    place.prepare()
    facts: dict[str, Any] = {"entries": options.entries}
    with place.fresh_database():
        facts["machine"] = machine()
        facts["rates"] = posting_rates(options.seconds, options.repeats)
        ledger_filled.assert_books()
    show(facts)
    if options.entries:
        with place.fresh_database():
            facts["reports"] = ledger_filled.reports(options.entries, options.repeats)
        show(facts)
    print(f"\nkept in {keep('ledger', facts)}")


def posting_rates(seconds: int, repeats: int) -> dict[str, list[float]]:
    """Postings a second of each contender, repeat by repeat."""
    books = ledger_filled.Books(institutions=100, purses=999)
    ledger_peers.make_peer_tables(999)
    place.vacuum()
    runs: dict[str, list[float]] = {}
    connection.ensure_connection()
    with _tpcb(seconds) as tpcb:
        for turn in range(repeats + 1):
            found = {**tpcb(), **once(books, seconds)}
            if turn:  # the first one warms everything and does not count
                for name, value in found.items():
                    runs.setdefault(name, []).append(value)
    return runs


class _tpcb:
    """pgbench's tables, if there is a pgbench."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        self.database = ledger_peers.tpcb_database() if ledger_peers.pgbench() else None

    def __enter__(self) -> Callable[[], dict[str, float]]:
        if self.database is None:
            return dict
        name = self.database.__enter__()
        return lambda: {"tpcb": ledger_peers.tpcb(name, clients=1, seconds=self.seconds)}

    def __exit__(self, *error: object) -> None:
        if self.database is not None:
            self.database.__exit__(*error)  # type: ignore[arg-type]


def once(books: ledger_filled.Books, seconds: int) -> dict[str, float]:
    """One repeat of all contenders but pgbench, in an order that moves on."""
    at, by = clock.now(), books.by
    contenders: dict[str, Callable[[], float]] = {
        "call": lambda: rate(lambda: CALL(line=books.line(), by=by, at=at), seconds),
        "operation": lambda: rate(lambda: post(line=books.line(), by=by, at=at), seconds),
        "orm": lambda: rate(lambda: transfer(books), seconds),
        "batch": lambda: 1000 * rate(lambda: post_batch(lines=books.lines(1000), by=by, at=at), seconds),
        "copy": lambda: copied(books, seconds),
        "hot call": lambda: hot_calls(books, seconds),
        "hot batch": lambda: 1000 * rate(lambda: post_batch(lines=books.hot_lines(1000), by=by, at=at), seconds),
    }
    names = list(contenders)
    alone, many = names[:3], names[3:]  # what writes much disturbs what waits for one commit after another
    order = [*random.sample(alone, len(alone)), *random.sample(many, len(many))]
    found = {name: contenders[name]() for name in order}
    time.sleep(2)
    return {name: found[name] for name in contenders}


def rate(act: Callable[[], object], seconds: float) -> float:
    """How often a second; autocommit, so each act is durable when it returns."""
    done, began = 0, time.perf_counter()
    while (took := time.perf_counter() - began) < seconds:
        act()
        done += 1
    return done / took


def transfer(books: ledger_filled.Books) -> None:
    first, second = random.sample(range(1, 1000), 2)
    ledger_peers.orm_transfer(first, second, 100, books.key())


def copied(books: ledger_filled.Books, seconds: float) -> float:
    """Entries a second of COPY alone of entries that a batch has just posted, into a table like theirs."""
    answers = post_batch(lines=books.lines(1000), by=books.by, at=clock.now())
    text = ledger_peers.entries_as_text([answer.entry_id for answer in answers], "-@MARK@")
    into = f"COPY peer_entry ({', '.join(ledger_peers.columns_of_entry())}) FROM STDIN"
    owner = connections["owner"]
    owner.ensure_connection()
    mark, took, done, began = 0, 0.0, 0, time.perf_counter()
    while time.perf_counter() - began < seconds:
        mark += 1
        source = io.StringIO(text.replace("@MARK@", f"{books.key()}-{mark}"))
        start = time.perf_counter()
        with owner.cursor() as cursor:
            cursor.copy_expert(into, source)
        took += time.perf_counter() - start
        done += 1000
    with owner.cursor() as cursor:
        cursor.execute("TRUNCATE peer_entry")
    return done / took


def hot_calls(books: ledger_filled.Books, seconds: float) -> float:
    """Single calls on one purse from 16 connections."""
    counts: list[int] = []
    start = threading.Barrier(16)

    def work() -> None:
        connection.ensure_connection()
        done, end = 0, None
        start.wait()
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            [line] = books.hot_lines(1)
            CALL(line=line, by=books.by, at=clock.now())
            done += 1
        counts.append(done)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def show(facts: dict[str, Any]) -> None:
    """Rates, then ratios beside their goals; of the reports, when they are there."""
    runs, found = facts["rates"], {}
    print("postings a second", flush=True)
    for name, values in runs.items():
        print(f"  {name:10} {spread(values, ',.0f')}")
    pairs = [name.split(" / ") for name in list(GOALS)[:5]]
    for ours, theirs in (pair for pair in pairs if pair[1] in runs):
        found[f"{ours} / {theirs}"] = ratios(runs[ours], runs[theirs])
    if reports := facts.get("reports"):
        print(f"milliseconds, {facts['entries']:,} entries")
        for name, values in reports.items():
            print(f"  {name:12} {spread(values, ',.3f')}")
        found["report raw / totals"] = ratios(reports["report raw"], reports["report"])
        found["balance / primary key"] = ratios(reports["balance"], reports["primary key"])
    for name, values in found.items():
        print(f"{name:24} {spread(values)}  goal {'<=' if name.startswith('balance') else '>='} {GOALS[name]}")
    facts["ratios"] = found
    sys.stdout.flush()


if __name__ == "__main__":
    main()
