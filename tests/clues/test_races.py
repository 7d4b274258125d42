"""Several at the same moment, on real PostgreSQL."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connections, transaction

from clues import sealing
from clues.enums import Channel, ClueState
from clues.models import Clue
from clues.operations.clues import start_checking
from foundation.audit.models import Event
from foundation.core.errors import Conflict
from tests.cast import build_cast
from tests.clues.factories import accepted, clue
from tests.clues.test_senders import WHO, seen
from tests.clues.tipping import tip
from tests.racing import together


def test_numbers_of_one_bureau_are_neither_doubled_nor_left_out(committed_db):
    cast = build_cast()
    numbers = together(*(lambda: clue(cast.officer).number for _ in range(6)))
    assert sorted(numbers) == [f"XS-350203-2026-{number:04d}" for number in range(1, 7)]


def test_ten_sends_of_one_form_are_one_clue(committed_db):
    cast, sent = build_cast(), uuid4()
    answers = together(*(lambda: clue(cast.town, channel=Channel.STAFF, client_id=sent).number for _ in range(10)))
    assert (len(answers), len(set(answers)), Clue.objects.count()) == (10, 1, 1)
    assert Event.objects.filter(kind="clue.taken_in").count() == 1


def test_of_two_who_take_a_clue_up_one_does(committed_db):
    cast = build_cast()
    row = accepted(clue(cast.officer), cast.officer)
    answers = together(
        *(lambda by=by: start_checking(clue=row, by=by, at=row.received_at).state
          for by in (cast.officer, cast.second_officer))
    )  # fmt: skip
    assert sorted(answers) == ["IllegalTransition", ClueState.CHECKING]


# -- the database's guard of sealed senders, where transactions are real ----------------------------------------------
def test_a_scope_is_no_prefix_and_does_not_outlive_its_transaction(committed_db):
    row = tip(sender=WHO)
    for scope in ({int(f"{row.jurisdiction_id}0")}, {row.jurisdiction_id // 10}, {row.jurisdiction_id + 1}):
        with transaction.atomic(), pytest.raises(Conflict), sealing.opened(row, scope=scope):
            pass
    with transaction.atomic():
        sealing._show(str(row.pk), str(row.jurisdiction_id))
        assert seen() == [row.pk]
    assert seen() == []


def test_control_without_the_guard_everything_is_seen(committed_db):
    row = tip(sender=WHO)
    assert seen() == []
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE clues_sealedsender DISABLE ROW LEVEL SECURITY")
    connections["owner"].close()
    assert seen() == [row.pk]
