"""The facts of an institution as the sweep reads them: banks, clues, visits, register, agreements."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alerts.collecting import facts_of
from alerts.models import Alert
from banking.models import AccountDay, BankLine
from banking.operations.profiles import set_profile
from clues.enums import Channel, Subject
from clues.operations.triage import refuse_clue
from foundation.deadlines import working_days
from funds.queries import account_on
from inspections.enums import Outcome
from institutions.operations.register import change_institution
from tests.alerts.factories import sweep_all
from tests.banking.bank_files import PROFILE
from tests.banking.placed import file
from tests.clues.factories import clue
from tests.documents.conftest import private_media
from tests.inspections.factories import filed, officers_report
from tests.institutions.factories import AT, institution
from tests.payouts.factories import paid, school

__all__ = ["private_media"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_media")]
DAY = AT.date()
ONE = timedelta(days=1)


@pytest.fixture(autouse=True)
def _room(settings):
    settings.MEDIA_MIN_FREE_PERCENT = 0


def facts(home, *, on=DAY, season=100):
    return facts_of(home, on=on, season_percent=season, calendar=working_days.calendar())


def told(home, *, closing: int, out: int = 0, day=DAY) -> AccountDay:
    """The bank's word of a day: what is left, and one payment out."""
    account = account_on(home, on=day)
    source = file(account.bank)
    row = AccountDay.objects.create(
        account=account, day=day, opening_fen=closing + out, closing_fen=closing, lines=1, file=source
    )
    if out:
        line = {"identity": f"serial:{day}", "content": "0" * 64, "row": 2, "file": source}
        BankLine.objects.create(account=account, day=day, fen=-out, **line)
    return row


def test_money_at_the_bank_against_what_families_paid_for(cast):
    home = school(cast)
    paid(cast, home)
    day = told(home, closing=150_000, out=90_000)
    found = facts(home)
    assert (found.balance_fen, found.unused_fen, found.learners) == (150_000, 240_000, 1)
    last = found.days[-1]
    assert (last.income_fen, last.outflow_fen, last.largest_fen, last.opening_fen) == (240_000, 90_000, 90_000, 240_000)
    sweep_all(AT)
    alerts = {row.rule: row for row in Alert.objects.filter(institution=home)}
    assert {"R01", "R02"} <= set(alerts)
    assert alerts["R01"].refs[0]["pk"] == alerts["R02"].refs[0]["pk"] == day.pk
    assert alerts["R01"].remedy == "向专户补足900.00元。"


def test_days_follow_each_other_and_carry_the_balance_on(cast):
    home = school(cast)
    told(home, closing=500, day=DAY)
    found = facts(home, on=DAY + 3 * ONE)
    assert [day.on for day in found.days] == [DAY + ONE * n for n in range(4)]
    assert [day.opening_fen for day in found.days] == [500] * 4


def test_a_bank_that_stopped_handing_in_is_late_and_one_without_files_is_not(cast):
    home = school(cast)
    assert facts(home, on=DAY + 30 * ONE).file_known_to is None
    set_profile(bank=account_on(home, on=DAY).bank, by=cast.officer, at=AT, **PROFILE)
    told(home, closing=500)
    found = facts(home, on=DAY + 9 * ONE)
    assert (found.file_known_to, found.file_late_days > 3) == (DAY, True)


def test_complaints_are_what_families_say_and_nobody_refused(cast):
    home = institution(cast.officer)
    given = {"institution": home, "subject": Subject.FEES}
    first = clue(cast.officer, **given)
    clue(cast.officer, **given, channel=Channel.STAFF)
    refused = clue(cast.officer, **given)
    refuse_clue(clue=refused, reason="不属于校外培训", by=cast.officer, at=AT)
    assert [one.ref.pk for one in facts(home).complaints] == [first.pk]


def test_doors_that_were_shut_and_a_new_head(cast):
    home = institution(cast.officer, legal_person="陈晓明")
    report = officers_report(home, cast.officer, cast.second_officer, outcome=Outcome.CLOSED_DOOR)
    visit = filed(report, cast.officer)
    change_institution(institution=home, facts={"legal_person": "林大海"}, by=cast.officer, at=AT)
    found = facts(home, on=visit.visited_on + ONE)
    assert [(one.grave, one.ref.pk) for one in found.visits] == [(True, visit.pk)]
    assert [one.words for one in found.changes] == ["变更法定代表人"]
