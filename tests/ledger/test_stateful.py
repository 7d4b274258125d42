"""Any sequence of postings, batches, replays and reversals leaves what sixty lines of Python say (``modelled.py``).

At full size (``script/prove stateful``) 500 runs of 60 steps; here 12 runs of 25.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule, run_state_machine_as_test

from foundation.core.errors import Conflict, InvalidInput
from institutions.models import Institution
from ledger import invariants
from ledger.enums import OF_A_PURSE, Kind
from ledger.models import Account, Entry, Purse
from ledger.operations.posting import Line, post, post_batch, reverse_entry
from ledger.queries import balance
from tests.cast import Cast
from tests.institutions.factories import institution
from tests.ledger.factories import AT, DAY, poster, purse
from tests.ledger.modelled import AT_BANK, FIGURES, MOVES, Model, sound

pytestmark = pytest.mark.prove
FULL = os.environ.get("PROVE_FULL") == "1"
RUNS, STEPS = (500, 60) if FULL else (12, 25)
PURSE_KINDS = st.sampled_from(OF_A_PURSE)
BANK_KINDS = st.sampled_from(
    [Kind.FEE, Kind.INTEREST, Kind.UNEXPLAINED_IN, Kind.UNEXPLAINED_OUT, Kind.MOVE_OUT, Kind.MOVE_IN]
)
AMOUNTS = st.one_of(st.integers(1, 9), st.integers(1, 1_000), st.sampled_from([100_000, 999_999_999]))
PURSES = st.integers(0, 2)


class Ledger(RuleBasedStateMachine):
    """Each run in a transaction of its own, rolled back at the end."""

    keys = Bundle("keys")
    cast: Cast
    row: Institution

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        cast, row = self.cast, self.row
        self.people = {"by": poster(cast.officer), "at": AT, "checker": cast.leader}
        self.purses = [purse(row, cast.officer) for _ in range(3)]
        self.bank, self.model, self.count = self.purses[0].custody, Model(), 0
        self.lines: dict[str, Line] = {}

    def teardown(self) -> None:
        assert invariants.broken() == []
        for number, held in enumerate(self.purses):
            past = balance(held.pk, on=DAY)
            assert all(getattr(past, name) == self.model.purses.get(number, {}).get(name, 0) for name in FIGURES)
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def line(self, key: str, kind: Kind, amount: int, number: int | None) -> Line:
        about = {"account": self.bank} if number is None else {"purse": self.purses[number]}
        return Line(kind, amount, DAY, key, "test", "PJ-1", **about)

    def new_key(self) -> str:
        self.count += 1
        return f"k{self.count}"

    def answer(self, act) -> str:
        try:
            return "replayed" if act().replayed else "posted"
        except Conflict:
            return "conflict"
        except InvalidInput:
            return "refused"

    def posts(self, key: str, kind: Kind, amount: int, number: int | None) -> str:
        expected = self.model.post(key, kind, amount, number)
        found = self.answer(lambda: post(line=self.line(key, kind, amount, number), **self.people))
        assert found == expected, (kind, amount, number)
        return key if key in self.model.keys else ""

    @rule(target=keys, kind=PURSE_KINDS, amount=AMOUNTS, number=PURSES)
    def of_a_purse(self, kind, amount, number):
        return self.posts(self.new_key(), kind, amount, number)

    @rule(target=keys, amount=AMOUNTS, number=PURSES)
    def pays_in(self, amount, number):
        return self.posts(self.new_key(), Kind.DEPOSIT, amount, number)

    @rule(target=keys, kind=BANK_KINDS, amount=AMOUNTS)
    def of_the_bank(self, kind, amount):
        return self.posts(self.new_key(), kind, amount, None)

    @rule(key=keys, change=st.integers(0, 1))
    def again(self, key, change):
        """The same key once more, with the same or another amount."""
        request = self.model.keys.get(key)
        if request and request[0] != "reverse":
            self.posts(key, request[0], request[1] + change, request[2])

    @rule(target=keys, key=consumes(keys))
    def takes_back(self, key):
        if key not in self.model.keys:
            return ""
        new = self.new_key()
        entry = Entry.objects.get(key=key)
        expected = self.model.reverse(new, key)
        act = lambda: reverse_entry(entry=entry, happened_on=DAY, key=new, reason="录错", **self.people)  # noqa: E731
        assert self.answer(act) == expected
        if expected == "posted":
            assert self.answer(act) == self.model.reverse(new, key) == "replayed"
        return new if new in self.model.keys else ""

    @rule(lines=st.lists(st.tuples(PURSE_KINDS, st.integers(1, 200), PURSES), min_size=1, max_size=6))
    def a_batch(self, lines):
        """All or none: it is posted when the purses hold after all of it."""
        keyed = [(self.new_key(), *line) for line in lines]
        trial = Model({number: type(f)(f) for number, f in self.model.purses.items()}, self.model.bank)
        fits = whole(trial, keyed)
        act = lambda: post_batch(lines=[self.line(*one) for one in keyed], **self.people)[0]  # noqa: E731
        assert self.answer(act) == ("posted" if fits else "refused")
        if fits:
            self.model.purses, self.model.bank = trial.purses, trial.bank
            self.model.keys.update({key: tuple(request) for key, *request in keyed})

    @invariant()
    def the_books_are_the_models(self):
        rows = Purse.objects.in_bulk([held.pk for held in self.purses])
        for number, held in enumerate(self.purses):
            figures = self.model.purses.get(number, {})
            assert {n: getattr(rows[held.pk], f"{n}_fen") for n in FIGURES} == {n: figures.get(n, 0) for n in FIGURES}
        assert Account.objects.get(pk=self.bank.pk).at_bank_fen == self.model.bank


def whole(model: Model, keyed: list) -> bool:
    """Whether the model holds after all lines together; they are applied to it."""
    for _, kind, amount, number in keyed:
        name, way = MOVES[kind]
        model.purses.setdefault(number, Counter())[name] += way * amount
        model.bank += amount * AT_BANK.get(kind, 0)
    return model.bank >= 0 and all(sound(figures) for figures in model.purses.values())


def test_any_sequence_leaves_what_the_model_says(cast):
    Ledger.cast, Ledger.row = cast, institution(cast.officer)
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=RUNS, stateful_step_count=STEPS, deadline=None, print_blob=True, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
