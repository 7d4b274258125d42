"""Rules as data: who sets them, what they ask for, which lists exclude each other, what is kept inside stays inside."""

from datetime import date, timedelta

import pytest

from enforcement.operations.orders import void_order
from foundation.core import clock
from foundation.core.errors import Conflict, InvalidInput, NotAllowed
from institutions import queries as register
from institutions.enums import PermitKind, StandingKind
from institutions.models import Institution
from institutions.operations.premises import add_permit
from institutions.operations.status import set_standing
from listings import queries, terms
from listings.enums import ListKind, ListState
from listings.forms.list_rules import FACTS
from listings.models import Edition, ListRule
from listings.operations.entries import approve_listing
from listings.operations.list_rules import set_list_rule
from listings.operations.removal import approve_delisting, propose_delisting
from tests.enforcement.factories import issued_today
from tests.institutions.factories import AT, institution
from tests.listings.factories import deliver, evidence_for, heard, listed, proposed
from tests.publicity.factories import nobody_asked

pytestmark = pytest.mark.django_db
TODAY = AT.date()
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def facts(kind: str, **changed) -> dict[str, object]:
    """The shipped rule of a kind, with changes."""
    rule = ListRule.objects.get(kind=kind, jurisdiction=None)
    return {name: getattr(rule, name) for name in FACTS} | changed


def set_own(cast, kind, place, *, by=None, since=TODAY, **changed) -> ListRule:
    return set_list_rule(
        kind=kind, jurisdiction=place, effective_from=since, facts=facts(kind, **changed), by=by or cast.leader, at=AT
    )


def test_a_bureau_sets_its_own_rule_from_a_day_on(cast):
    row = institution(cast.officer)
    own = set_own(cast, ListKind.BLACK, row.jurisdiction, since=TOMORROW, months=6, severe_months=24)
    assert terms.default_until(row, ListKind.BLACK, since=TODAY) == date(2027, 11, 1)
    assert terms.default_until(row, ListKind.BLACK, since=TOMORROW) == date(2027, 5, 2)
    with pytest.raises(InvalidInput, match="新规则应晚于这一天"):
        set_own(cast, ListKind.BLACK, row.jurisdiction, since=TOMORROW, months=3)
    later = set_own(cast, ListKind.BLACK, row.jurisdiction, since=TOMORROW + timedelta(days=5), months=3)
    own.refresh_from_db()
    assert (own.effective_to, later.effective_to) == (TOMORROW + timedelta(days=4), None)


@pytest.mark.parametrize(
    ("kind", "changed", "match"),
    [
        (ListKind.BLACK, {"needs_defence": False}, "必须告知并听取申辩"),
        (ListKind.BLACK, {"published": False}, "必须向社会公布"),
        (ListKind.WARNING, {"published": True, "needs_defence": False}, "必须告知并听取申辩"),
        (ListKind.WHITE, {"published": False}, "只有预警名单"),
        (ListKind.WHITE, {"months": 0}, "期限应在"),
    ],
)
def test_no_rule_takes_the_hearing_away(cast, kind, changed, match):
    place = institution(cast.officer).jurisdiction
    with pytest.raises(InvalidInput, match=match):
        set_own(cast, kind, place, **changed)
    assert not ListRule.objects.filter(jurisdiction=place).exists()


def test_who_sets_rules(cast):
    place = institution(cast.officer).jurisdiction
    for actor in (cast.officer, cast.neighbour, cast.legal, cast.public):
        with pytest.raises(NotAllowed):
            set_own(cast, ListKind.WHITE, place, by=actor)
    with pytest.raises(NotAllowed):
        set_own(cast, ListKind.WHITE, None, since=TOMORROW)
    assert set_own(cast, ListKind.WHITE, None, by=cast.province, since=TOMORROW).pk


# -- what a list asks for ------------------------------------------------------------------------------------------
def graded(cast, row, value):
    given = {"effective_on": TODAY, "reason": "评定", "by": cast.leader, "at": AT}
    set_standing(institution=row, kind=StandingKind.GRADE, value=value, **given)


def _expired(cast, row):
    permit = {"kind": PermitKind.NON_SUBJECT, "number": "1", "issuer": "x", "valid_to": date(2026, 1, 1)}
    add_permit(institution=row, **permit, by=cast.officer, at=AT)


BROKEN = {
    "grade": (lambda cast, row: graded(cast, row, "C"), "诚信等级不低于B级"),
    "papers": (lambda cast, row: Institution.objects.filter(pk=row.pk).update(licence_status="no_permit"), "证照齐全"),
    "permit": (_expired, "证照齐全"),
    "order": (lambda cast, row: issued_today(cast, row), "无未办结的通知书"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_a_white_entry_must_meet_is_told_and_kept_to(cast, enter, what):
    row = institution(cast.officer)
    entry = proposed(cast, row)
    spoil, match = BROKEN[what]
    spoil(cast, row)
    with pytest.raises(Conflict, match=match):
        approve_listing(entry=entry, by=cast.leader, at=AT)
    page = enter(cast.officer).get(f"/admin/institutions/institution/{row.pk}/propose-white/").content.decode()
    assert f"{match}" in page
    assert "不符合" in page


def test_an_order_that_was_voided_does_not_stand_in_the_way(cast):
    row = institution(cast.officer)
    order = issued_today(cast, row)
    void_order(order=order, reason="写错", by=cast.second_officer, at=AT)
    assert listed(cast, row).state == ListState.APPROVED


def test_exclusions_hold_both_ways_and_are_data(cast):
    row = institution(cast.officer)
    listed(cast, row, kind=ListKind.AFTERSCHOOL)
    black = heard(cast, row)
    with pytest.raises(Conflict, match="已在课后服务白名单中"):
        approve_listing(entry=black, by=cast.leader, at=AT)
    other = institution(cast.officer)
    listed(cast, other, kind=ListKind.AFTERSCHOOL)
    assert listed(cast, other).state == ListState.APPROVED  # white and after-school go together ...
    third = institution(cast.officer)
    listed(cast, third)
    without = [ListKind.BLACK.value, ListKind.WARNING.value, ListKind.WHITE.value]
    set_own(cast, ListKind.AFTERSCHOOL, third.jurisdiction, excludes=without)
    with pytest.raises(Conflict, match="已在白名单中"):  # ... until the bureau says otherwise
        listed(cast, third, kind=ListKind.AFTERSCHOOL)


def test_the_after_school_list_lasts_a_year_and_is_published(cast, client):
    row = institution(cast.officer, name="课后海浪艺术中心")
    assert terms.default_until(row, ListKind.AFTERSCHOOL, since=TODAY) == date(2027, 11, 1)
    listed(cast, row, kind=ListKind.AFTERSCHOOL)
    deliver()
    assert Edition.objects.get(kind=ListKind.AFTERSCHOOL).entries == 1
    nobody_asked()
    page = client.get("/lists/", {"kind": "afterschool"}).content.decode()
    assert row.name in page
    assert "课后服务白名单" in client.get("/lists/").content.decode()
    assert row.public_id in client.get("/api/v1/public/lists/afterschool").content.decode()


# -- kept inside ---------------------------------------------------------------------------------------------------
def _public_face(client, row) -> list[bytes]:
    found = []
    for path in (
        f"/institutions/{row.public_id}/", "/lists/?kind=warning", "/lists/warning.csv", "/lists/warning/editions/",
        "/institutions/?state=warning", "/api/v1/public/lists/warning", f"/api/v1/public/institutions/{row.public_id}",
        "/api/v1/public/lists/warning/changes", "/api/v1/public/institutions?changed_since=2026-01-01T00:00:00Z",
    ):  # fmt: skip
        nobody_asked()
        found.append(client.get(path).content)
    return found


def test_a_warning_that_is_kept_inside_changes_nothing_in_public(cast, client):
    row = institution(cast.officer)
    before = _public_face(client, row)
    entry = listed(cast, row, kind=ListKind.WARNING)
    deliver()
    assert _public_face(client, row) == before
    assert (entry.published, Edition.objects.count()) == (False, 0)
    assert (StandingKind.FLAG, "灰名单(内部预警)") in register.standing(row, on=TODAY)  # draws weigh it
    entry = propose_delisting(entry=entry, reason="消除", by=cast.officer, at=AT)
    approve_delisting(entry=entry, by=cast.leader, at=AT)
    assert register.standing(row, on=TODAY) == {}


def test_a_bureau_may_publish_its_warnings_after_a_hearing(cast, client):
    row = institution(cast.officer)
    set_own(cast, ListKind.WARNING, row.jurisdiction, published=True, needs_defence=True)
    with pytest.raises(InvalidInput, match="至少选择一条"):
        proposed(cast, row, kind=ListKind.WARNING)
    entry = heard(cast, row, kind=ListKind.WARNING, records=evidence_for(cast, row), contact="0592-1")
    approve_listing(entry=entry, by=cast.leader, at=AT)
    deliver()
    assert [line.institution_id for line in queries.lines_on(ListKind.WARNING, on=TODAY)] == [row.pk]
    nobody_asked()
    assert row.name in client.get("/lists/", {"kind": "warning"}).content.decode()
