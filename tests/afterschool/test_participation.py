"""What schools report: counts only, contradictions refused, corrections that replace, figures as known at a moment."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from afterschool import queries
from afterschool.enums import Grade
from afterschool.models import Participation
from afterschool.operations.participation import correct_participation, strike_participation
from afterschool.queries import Totals, tenths
from foundation.audit.models import Event
from foundation.core.errors import Conflict, InvalidInput, NotAllowed
from foundation.regions.enums import SchoolStage
from tests.afterschool.factories import ENDS, NOW, STARTS, counts, reported, school, specialist, term
from tests.cast import NEIGHBOUR

pytestmark = pytest.mark.django_db
LATER = STARTS + timedelta(days=30)


def refuses(error, call, match: str | None = None) -> None:
    """Refused in these words; nothing changed, nothing audited."""
    before = list(Participation.objects.order_by("pk").values()), Event.objects.count()
    with pytest.raises(error, match=match):
        call()
    assert (list(Participation.objects.order_by("pk").values()), Event.objects.count()) == before


def test_an_officer_and_the_schools_specialist_report(cast):
    here, there = school(), school()
    for number, by in enumerate((cast.officer, specialist(here)), start=1):
        row = reported(by, here, grade=number, enrolled=40, joined=38, exempt_hardship=2, subsidy_fen=100, paid_fen=300)
        event = Event.objects.latest("pk")
        assert (event.kind, event.subject_id, event.actor_name) == (
            "afterschool.participation_recorded", row.pk, by.name,
        )  # fmt: skip
        assert event.changes["joined"] == [None, 38]
    for by in (cast.leader, cast.city, cast.province, cast.neighbour, cast.town, specialist(there)):
        refuses(NotAllowed, lambda by=by: reported(by, here, grade=3))


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ({"joined": 201}, "多于在校学生200人"),
        ({"joined": 5, "exempt_hardship": 3, "exempt_boarding": 2, "exempt_other": 1}, "多于自愿参加5人"),
        ({"joined": 0, "paid_fen": 1}, "没有学生参加"),
        ({"grade": Grade.SEVEN}, "没有七年级"),
        ({"on": STARTS - timedelta(days=1)}, "应在2026年秋季学期"),
        ({"on": ENDS}, "不能晚于今天"),
        ({"days_per_week": 8}, "不超过7天"),
    ],
)
def test_contradictions_are_refused(cast, given, match):
    here = school()
    refuses(InvalidInput, lambda: reported(cast.officer, here, **given), match)


def test_the_database_refuses_them_too(cast):
    row = reported(cast.officer, school(), joined=10)
    facts = {"school": row.school, "term": row.term, "grade": 2, "effective_on": STARTS, "recorded_at": NOW}
    facts |= {"recorded_by": row.recorded_by, "enrolled": 10, "joined": 10}
    wrong = ({"joined": 11}, {"joined": -1}, {"exempt_other": 11}, {"grade": 10}, {"withdrawn": True})
    wrong += ({"joined": 0, "subsidy_fen": 1}, {"minutes_per_day": 361})
    for given in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Participation.objects.create(**facts | given)
    with pytest.raises(DatabaseError), transaction.atomic():
        Participation.objects.filter(pk=row.pk).update(joined=9)


def test_a_correction_replaces_and_a_later_count_stands_beside(cast):
    here = school()
    first = reported(cast.officer, here)
    refuses(Conflict, lambda: reported(cast.officer, here, joined=1), "已登记")
    fixed = correct_participation(
        row=first, counts=counts(joined=170), reason="看错一行", by=cast.officer, at=NOW + timedelta(days=1)
    )
    event = Event.objects.latest("pk")
    assert (event.changes, event.reason) == ({"joined": [180, 170]}, "看错一行")
    again = {"counts": counts(joined=1), "reason": "再改", "by": cast.officer, "at": NOW}
    refuses(Conflict, lambda: correct_participation(row=first, **again), "已被更正")
    refuses(InvalidInput, lambda: correct_participation(row=fixed, **again | {"reason": " "}), "更正理由")
    refuses(InvalidInput, lambda: correct_participation(row=fixed, **again | {"counts": counts(joined=170)}), "相同")
    refuses(InvalidInput, lambda: correct_participation(row=fixed, **again | {"counts": counts(joined=999)}), "多于")
    refuses(NotAllowed, lambda: correct_participation(row=fixed, **again | {"by": cast.neighbour}))
    later = reported(cast.officer, here, on=LATER, joined=190, at=NOW + timedelta(days=2))
    assert list(queries.counted(cast.officer, term())) == [later]
    assert list(queries.counted(cast.officer, term(), on=LATER - timedelta(days=1))) == [fixed]
    assert list(queries.counted(cast.officer, term(), on=LATER, known_at=NOW)) == [first]
    assert [row.pk for row in queries.history(later)] == [later.pk, fixed.pk, first.pk]


def test_a_record_struck_counts_no_more_and_stays(cast):
    row = reported(cast.officer, school())
    refuses(InvalidInput, lambda: strike_participation(row=row, reason="", by=cast.officer, at=NOW), "撤销理由")
    refuses(NotAllowed, lambda: strike_participation(row=row, reason="错", by=cast.leader, at=NOW))
    gone = strike_participation(row=row, reason="报错学校", by=cast.officer, at=NOW + timedelta(hours=1))
    assert Event.objects.latest("pk").kind == "afterschool.participation_struck"
    refuses(Conflict, lambda: strike_participation(row=gone, reason="错", by=cast.officer, at=NOW), "已被更正或撤销")
    assert list(queries.counted(cast.officer, term())) == []
    assert list(queries.counted(cast.officer, term(), known_at=NOW)) == [row]
    assert Participation.objects.count() == 2
    assert reported(cast.officer, row.school, joined=1).joined == 1


def test_the_figures_of_a_term_worked_by_hand(cast):
    """Three schools: 40 of 50, 38 of 38 and nobody of 12; a kindergarten and a closed school are not asked."""
    full, short, idle, silent = school(), school(stage=SchoolStage.NINE_YEAR), school(), school()
    school(stage=SchoolStage.KINDERGARTEN)
    school(closed_on=STARTS)
    far = school(NEIGHBOUR)
    reported(
        cast.officer, full, enrolled=50, joined=40, exempt_hardship=3, exempt_other=1, subsidy_fen=1000, paid_fen=3000
    )
    reported(cast.officer, short, grade=9, enrolled=38, joined=38, minutes_per_day=90, subsidy_fen=500, paid_fen=0)
    reported(cast.officer, idle, enrolled=12, joined=0)
    reported(cast.neighbour, far, enrolled=10, joined=9)
    asked = (cast.officer, term())
    sums = queries.totals(queries.counted(*asked))
    assert sums == Totals(enrolled=100, joined=78, exempt=4, subsidy_fen=1500, paid_fen=3000)
    assert (sums.rate, sums.parent_share) == ("78.0%", "66.6%")
    assert set(queries.schools_due(*asked)) == {full, short, idle, silent}
    assert set(queries.schools_serving(*asked)) == {full, short}
    assert set(queries.schools_full(*asked)) == {full}
    assert set(queries.schools_silent(*asked)) == {silent}
    assert queries.totals(queries.counted(cast.city, term())).joined == 87
    assert queries.totals(queries.counted(cast.other_city, term())) == Totals()
    assert queries.totals(queries.counted(cast.bank, term())) == Totals()
    assert queries.totals(queries.counted(specialist(idle), term())).enrolled == 12


def test_a_rate_is_cut_to_one_decimal():
    assert [tenths(87_082, 91_350), tenths(1, 3), tenths(2, 3), tenths(0, 0)] == ["95.3%", "33.3%", "66.6%", "—"]
    assert tenths(999, 1000) == "99.9%"


def test_the_term_of_a_day_is_the_last_that_began(db):
    assert queries.current_term(STARTS) is None
    spring = term(2026, "spring", date(2026, 2, 20), date(2026, 7, 5))
    autumn = term()
    days = (date(2026, 1, 1), date(2026, 3, 1), date(2026, 8, 1), STARTS, ENDS + timedelta(days=9))
    assert [queries.current_term(day) for day in days] == [spring, spring, spring, autumn, autumn]
    assert str(spring) == "2026年春季学期"
