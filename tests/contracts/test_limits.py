"""收费规定 as dated data: by place with inheritance, by category, by day; changed by two persons only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from contracts.enums import Delivery, FeeCategory, LimitCode, ProposalState
from contracts.limits import Asked, LimitBook
from contracts.models import ContractLimit
from contracts.operations.limits import approve_limit, refuse_limit
from contracts.pages.limits import lines_of, silence
from foundation.accounts.models import User
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed
from foundation.regions.models import Jurisdiction
from tests.cast import CITY, NEIGHBOUR, OWN, PROVINCE
from tests.contracts.factories import WANTED, limit_in_force, limit_proposed
from tests.institutions.factories import AT

pytestmark = pytest.mark.django_db
SUBJECT, NON_SUBJECT = FeeCategory
OFFLINE, ONLINE = Delivery
TODAY = date(2026, 11, 29)


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def place(code: str) -> int:
    return Jurisdiction.objects.get(code=code).pk


def asked(code=OWN, category=NON_SUBJECT, delivery=OFFLINE, on=TODAY, pupils=None) -> Asked:
    return Asked(place(code), category, delivery, on, pupils)


@pytest.mark.parametrize(
    ("code", "given", "expected"),
    [
        ("months_cap", {}, 3),
        ("months_cap", {"category": SUBJECT, "delivery": ONLINE}, 3),
        ("months_cap", {"on": date(2021, 10, 20)}, None),  # the day before it was issued
        ("lessons_cap", {}, 60),
        ("amount_cap", {}, 500000),
        ("amount_cap", {"category": SUBJECT}, None),  # non-subject only
        ("earliest_collection", {}, 1),
        ("invoice_days", {}, 7),
        ("latest_end", {}, 20 * 60 + 30),
        ("latest_end", {"delivery": ONLINE}, 21 * 60),
        ("guide_rise", {"category": SUBJECT}, 10),
        ("transfer_days", {}, 7),  # Xiamen, of which the own county is a part
        ("transfer_days", {"code": "350581"}, None),
        ("pooling_days", {"code": "350581"}, 3),  # Shishi, by Quanzhou's rule
        ("pooling_days", {}, None),
        ("guide_price", {"category": SUBJECT, "delivery": ONLINE, "pupils": 10}, 1600),
        ("guide_price", {"category": SUBJECT, "delivery": ONLINE, "pupils": 11}, 1200),
        ("guide_price", {"category": SUBJECT, "delivery": ONLINE, "pupils": 36}, 800),
        ("guide_price", {"category": SUBJECT, "delivery": ONLINE}, 1600),  # size unknown: the highest
        ("guide_price", {"category": SUBJECT, "code": "350102", "pupils": 20}, 4000),  # Fuzhou, offline
        ("guide_price", {"category": SUBJECT}, None),  # Xiamen: nothing known offline
        ("guide_price", {}, None),
    ],
)
def test_what_is_shipped_holds_where_and_when_its_source_says(code, given, expected):
    assert LimitBook.opened().value(LimitCode(code), asked(**given)) == expected


def test_the_nearest_bureaus_own_limit_holds_from_its_day_on(cast):
    limit_in_force(cast)
    book = LimitBook.opened()
    ways = [asked(on=date(2026, 11, 30)), asked(on=date(2026, 12, 1)), asked(NEIGHBOUR, on=date(2026, 12, 1))]
    assert [book.value(LimitCode.LESSONS_CAP, way) for way in ways] == [60, 40, 60]


def test_a_limit_for_one_category_goes_before_one_for_any(cast):
    limit_in_force(cast)
    limit_in_force(cast, replace(WANTED, value=30, category=SUBJECT))
    book = LimitBook.opened()
    later = {"on": date(2027, 1, 1)}
    assert book.value(LimitCode.LESSONS_CAP, asked(category=SUBJECT, **later)) == 30
    assert book.value(LimitCode.LESSONS_CAP, asked(category=NON_SUBJECT, **later)) == 40


def test_the_former_limit_ends_the_day_before_and_stays_readable(cast):
    first = limit_in_force(cast)
    limit_in_force(cast, replace(WANTED, value=20, effective_from=date(2027, 3, 1)))
    first.refresh_from_db()
    assert first.effective_to == date(2027, 2, 28)
    book = LimitBook.opened()
    days = [date(2027, 2, 28), date(2027, 3, 1)]
    assert [book.value(LimitCode.LESSONS_CAP, asked(on=day)) for day in days] == [40, 20]


def test_nothing_holds_before_another_person_approved(cast):
    row = limit_proposed(cast.officer)
    assert LimitBook.opened().value(LimitCode.LESSONS_CAP, asked(on=date(2026, 12, 1))) == 60
    with pytest.raises(NotAllowed, match="提出人以外"):
        approve_limit(limit=row, by=cast.officer, at=AT)
    for stranger in (cast.neighbour, cast.other_city, cast.town, cast.bank, cast.public):
        with pytest.raises(NotAllowed):
            approve_limit(limit=row, by=stranger, at=AT)
    assert list(Event.objects.values_list("kind", flat=True)) == ["contracts.limit_proposed"]
    approve_limit(limit=row, remark="同意", by=cast.city, at=AT)
    with pytest.raises(IllegalTransition):
        refuse_limit(limit=row, remark="不同意", by=cast.leader, at=AT)


def test_the_database_itself_wants_a_second_person(cast):
    """Seen to fail without ``contract_limit_by_another``."""
    row = limit_proposed(cast.officer)
    with pytest.raises(IntegrityError, match="contract_limit_by_another"), transaction.atomic():
        ContractLimit.objects.filter(pk=row.pk).update(state=ProposalState.APPROVED, decided_by=cast.officer.user_id)


def test_refused_limits_hold_nowhere(cast):
    row = limit_proposed(cast.officer)
    with pytest.raises(InvalidInput):
        refuse_limit(limit=row, remark=" ", by=cast.leader, at=AT)
    refuse_limit(limit=row, remark="没有依据", by=cast.leader, at=AT)
    assert LimitBook.opened().value(LimitCode.LESSONS_CAP, asked(on=date(2026, 12, 1))) == 60


def test_who_may_propose_for_which_place(cast):
    limit_proposed(cast.city, place=CITY)
    limit_proposed(cast.province, place=PROVINCE)
    for by, home in ((cast.officer, CITY), (cast.neighbour, OWN), (cast.legal, OWN), (cast.finance, CITY)):
        with pytest.raises(NotAllowed):
            limit_proposed(by, place=home)
    with pytest.raises(InvalidInput):
        limit_proposed(cast.officer, replace(WANTED, source=" "))


def test_an_earlier_day_than_the_one_in_force_is_refused(cast):
    limit_in_force(cast)
    row = limit_proposed(cast.officer, replace(WANTED, value=20))
    with pytest.raises(Conflict, match="自 2026-12-01 起施行"):
        approve_limit(limit=row, by=cast.leader, at=AT)


def test_the_page_says_what_holds_here_since_when_and_by_whose_rule(cast):
    limit_in_force(cast)
    here = Jurisdiction.objects.get(code=OWN)
    lines = {(line.name, line.kinds): line for line in lines_of(here, date(2026, 12, 1))}
    own = lines["一次收费最多课时", "全部"]
    assert (own.words, own.whose, own.since) == ("40课时", here.name, date(2026, 12, 1))
    assert lines["一次收费最高金额", "非学科类"].words == "5,000.00元"
    assert lines["课程最晚结束时间", "线上"].words == "21:00"
    assert lines["政府指导价", "线上学科类，更大的班"].words == "8.00元/30分钟"
    assert lines["消课资金划转期限", "全部"].whose == "厦门市"
    assert [line.words for line in silence(here, TODAY)] == ["15个工作日", "5个工作日"]


def test_the_screens(client, cast):
    row = limit_proposed(cast.officer)
    client.force_login(User.objects.get(pk=cast.leader.user_id))
    listed = client.get(reverse("admin:contracts_contractlimit_changelist")).content.decode()
    assert "待审批" in listed
    assert "5,000.00元" in listed
    here = client.get(reverse("admin:contracts_contractlimit_here")).content.decode()
    assert "一次收费最长时间跨度" in here
    answer = client.post(reverse("admin:contracts_contractlimit_approve", args=[row.pk]), {"remark": "同意"})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.state == ProposalState.APPROVED


@pytest.mark.parametrize(
    ("code", "value", "expected"),
    [
        ("latest_end", "20:00", 1200),
        ("amount_cap", "4,500", 450000),
        ("months_cap", "2", 2),
        ("months_cap", "二", None),
    ],
)
def test_values_are_typed_as_people_write_them(client, cast, code, value, expected):
    client.force_login(User.objects.get(pk=cast.officer.user_id))
    given = {"jurisdiction": place(OWN), "code": code, "value": value, "effective_from": "2027-01-01"}
    client.post(reverse("admin:contracts_contractlimit_propose"), {**given, "source": "文件", "reason": "统一标准"})
    found = ContractLimit.objects.filter(state=ProposalState.PROPOSED).values_list("value", flat=True)
    assert list(found) == ([expected] if expected else [])
