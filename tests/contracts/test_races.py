"""Several at the same moment, on real PostgreSQL: one wins, and lessons of siblings wait for nobody in a ring."""

from __future__ import annotations

from datetime import date

from contracts.models import ContractLimit, Lesson, Payment
from contracts.operations.limits import approve_limit, refuse_limit
from contracts.operations.parties import allow_party, ask_for_party, refuse_party
from foundation.audit.models import Event
from foundation.core import clock
from tests.cast import build_cast
from tests.contracts.factories import limit_proposed, paid, signed, taught
from tests.institutions.factories import AT, institution
from tests.racing import one_wins, together


def test_of_two_who_press_at_once_one_wins(committed_db):
    with clock.set_to(AT):
        cast = build_cast()
        home = institution(cast.officer)
        limit = limit_proposed(cast.officer)
        refused = one_wins(
            lambda: approve_limit(limit=limit, by=cast.leader, at=AT),
            lambda: refuse_limit(limit=limit, remark="没有依据", by=cast.city, at=AT),
        )
        assert refused.startswith("当前状态为")
        assert ContractLimit.objects.get(pk=limit.pk).state in ("approved", "refused")
        opening = ask_for_party(contract=signed(cast.officer, home), purpose="核对退费收款人", by=cast.officer, at=AT)
        refused = one_wins(
            lambda: allow_party(opening=opening, hours=2, by=cast.leader, at=AT),
            lambda: refuse_party(opening=opening, remark="用途不明", by=cast.city, at=AT),
        )
        assert refused.startswith("当前状态为")
        same = {"reference": "LS1", "contract_no": "HT001"}
        refused = one_wins(*(lambda by=by: paid(by, home, **same) for by in (cast.officer, cast.second_officer)))
        assert "流水号已登记" in refused
        assert (Payment.objects.count(), Event.objects.filter(kind="contracts.paid").count()) == (1, 1)


def test_lessons_of_one_pupil_s_contracts_wait_for_nobody_in_a_ring(committed_db):
    with clock.set_to(AT):
        cast = build_cast()
        home = institution(cast.officer)
        rows = [signed(cast.officer, home, f"HT{number}") for number in range(3)]
        acts = [
            lambda row=row, day=day: taught(cast.officer, row, held_on=date(2026, 10, day)).pk
            for row in (*rows, *reversed(rows))
            for day in ((1, 2) if row is not rows[0] else (3,))
        ]
        answers = together(*acts)
        assert len(answers) == len(acts)  # none died of a deadlock
        assert Lesson.objects.count() == 5
