"""A new holiday table lists every clock of every app that it would move before it is saved, then moves just those."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from cases.operations import evidence, publication
from foundation.core import clock
from foundation.deadlines.calendars import DAY, package_days
from foundation.deadlines.enums import Limit, LimitUnit
from foundation.deadlines.models import Deadline, LimitRule
from foundation.deadlines.previews import SEALED, named_for, preview_calendar
from foundation.deadlines.queries import day_by_day
from foundation.deadlines.working_days import calendar
from listings.enums import ListKind
from listings.operations.disputes import propose_grade
from listings.operations.ratings import confirm_rating
from listings.operations.repairs import apply_for_repair
from tests.cases.factories import STOP, decided, executing, filed, proposed, told
from tests.cases.test_filing import words
from tests.clues.factories import accepted, clue
from tests.deadlines.factories import off, published, started
from tests.enforcement.factories import issued_today
from tests.enforcement.interviewing import held, with_parties
from tests.institutions.factories import institution
from tests.listings.factories import listed, rated_now, served

pytestmark = pytest.mark.django_db
#: A Wednesday, the last but one day worked in 2026: even two working days reach into 2027.
END = datetime(2026, 12, 30, 10, tzinfo=timezone.get_default_timezone())
#: 2027 as the package expects it, and one day more.
DAYS = [*package_days(2027), *off(date(2027, 1, 4))]


def clocks_of_cases(cast) -> None:
    proposed(cast, at=END)
    told(cast, STOP, at=END)
    decided(cast, at=END)
    case = executing(cast, at=END)
    publication.publish_decision(case=case, words=words(), by=cast.officer, at=END)
    publication.overturn(case=case, on=END.date(), authority="厦门市中级人民法院", by=cast.officer, at=END)
    evidence.preserve(
        case=filed(cast, at=END), items=["课桌"], place="原址", keeper="王某", approved_by="局长", contact="执法股",
        by=cast.officer, at=END,
    )  # fmt: skip


def clocks_of_lists(cast) -> None:
    served(cast, institution(cast.officer), at=END)
    entry = listed(cast, institution(cast.officer), kind=ListKind.BLACK, at=END - 9 * DAY)
    apply_for_repair(entry=entry, text="已退费并整改", given_by="陈校长", by=cast.officer, at=END)
    with clock.set_to(END):
        rating = rated_now(cast, institution(cast.officer))
    reviewed = confirm_rating(rating=rating, by=cast.second_officer, at=END)
    propose_grade(rating=reviewed, by=cast.leader, at=END)


def clocks_of_clues(cast) -> None:
    clue(cast.officer, at=END)
    accepted(clue(cast.officer, at=END), cast.officer, at=END)


#: What each app lets run by a limit; a limit in working days that none of them starts is started bare below.
RUN = {
    clocks_of_cases: {
        Limit.CASE_FILING,
        Limit.DEFENCE_STATEMENT,
        Limit.HEARING_REQUEST,
        Limit.PENALTY_SERVICE,
        Limit.WITHDRAW_PUBLICATION,
        Limit.EVIDENCE_PRESERVATION,
        Limit.FINE_PAYMENT,  # does not move here, but is no longer provisional
    },
    clocks_of_lists: {Limit.LISTING_STATEMENT, Limit.LISTING_REPAIR, Limit.RATING_OBJECTION},
    clocks_of_clues: {Limit.CLUE_ACCEPTANCE, Limit.CLUE_ANSWER},
}


def in_preview() -> set[str]:
    return {move.deadline.code for move in preview_calendar(year=2027, days=DAYS).moves}


@pytest.mark.parametrize("start", RUN, ids=lambda start: start.__name__)
def test_the_clocks_of_each_app_are_listed_and_moved(cast, start):
    start(cast)
    preview = preview_calendar(year=2027, days=DAYS)
    assert in_preview() == {code.value for code in RUN[start]}
    assert all(move.after > move.before for move in preview.moves if move.deadline.code != Limit.FINE_PAYMENT)
    published(cast.province, 2027, DAYS)
    for move in preview.moves:
        row = Deadline.objects.get(pk=move.deadline.pk)
        assert (row.due_on, row.warning) == (move.after, "")
        assert day_by_day(row, along=calendar())[-1].date == row.due_on
    assert in_preview() == set()


def test_every_limit_in_working_days_is_listed_whoever_starts_it(cast):
    """The draws' twenty days and whatever a later app lets run are in the same table."""
    codes = set(LimitRule.objects.filter(unit=LimitUnit.WORKING_DAY).values_list("code", flat=True))
    for code in codes:
        started(cast.officer, code=code, started_on=END.date(), at=END)
    assert in_preview() == codes


def test_what_a_person_set_stays(cast):
    issued_today(cast, institution(cast.officer))
    held(with_parties(cast.officer, [institution(cast.officer)], at=END), cast.officer, at=END)
    started(cast.officer, code="assignment.answer", due_on=date(2027, 1, 4), started_on=END.date(), at=END)
    before = list(Deadline.objects.order_by("pk").values_list("code", "due_on"))
    assert {code for code, _ in before} == {"order.due", "interview.due", "assignment.answer"}
    published(cast.province, 2027, DAYS)
    assert list(Deadline.objects.order_by("pk").values_list("code", "due_on")) == before


def test_who_keeps_the_calendar_does_not_read_what_is_sealed_from_them(cast):
    row = clue(cast.officer, at=END)
    case = proposed(cast, at=END)
    moves = preview_calendar(year=2027, days=DAYS).moves
    assert {about for about, _ in named_for(cast.province, moves)} == {f"受理线索 · {SEALED}", f"立案审批 · {SEALED}"}
    told_officer = " ".join(about for about, _ in named_for(cast.officer, moves))
    assert row.number in told_officer
    assert case.party_name in told_officer
