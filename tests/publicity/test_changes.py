"""Every kind of public fact that changes moves an institution in the feed; no private one does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from foundation.accounts.enums import Role
from foundation.accounts.models import Post
from foundation.core import clock
from foundation.regions.models import Jurisdiction
from institutions.enums import Net, StandingKind, Status
from institutions.models import Institution, Permit, Site, StatusEvent
from institutions.operations.merging import merge_institutions
from institutions.operations.nets import name_responsible
from institutions.operations.premises import add_permit, close_campus, end_permit, open_campus
from institutions.operations.staff import add_staff
from institutions.operations.status import change_status, correct_status
from institutions.operations.teaching import publish_course, stop_course
from listings.enums import ListKind
from tests.cast import CITY, Cast, acting, organ, person
from tests.institutions.factories import AT, institution, town
from tests.institutions.imported import FULL, bring_in, take_back
from tests.institutions.test_staff_and_teaching import id_number
from tests.listings.factories import listed
from tests.publicity.factories import good
from tests.publicity.feeding import DAY, Change, all_changes, by, change, delist, forget, moved, standing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT + timedelta(seconds=30)):
        yield


@pytest.fixture
def clerk(cast):
    """An officer of the city's bureau, whose files speak of several counties."""
    return acting(person(Role.COUNTY_OFFICER, organ(CITY), username="city-importer"))


def _status(cast: Cast, row: Institution) -> object:
    return change_status(institution=row, status=Status.SUSPENDED, effective_on=DAY, reason="整改", **by(cast))


def _correct(cast: Cast, row: Institution) -> object:
    event = StatusEvent.objects.filter(institution=row).get()
    return correct_status(
        event=event, status=event.status, effective_on=DAY - timedelta(days=900), reason="更正", **by(cast)
    )


def _campus(cast: Cast, row: Institution) -> object:
    return open_campus(institution=row, name="北校区", division=town(), address="北路1号", opened_on=DAY, **by(cast))


def _close_campus(cast: Cast, row: Institution) -> object:
    site = Site.objects.get(institution=row, kind="campus")
    return close_campus(site=site, closed_on=DAY, reason="停用", **by(cast))


def _permit(cast: Cast, row: Institution) -> object:
    return add_permit(institution=row, kind="school", number="教民1", issuer="市教育局", valid_to=DAY, **by(cast))


def _end_permit(cast: Cast, row: Institution) -> object:
    return end_permit(permit=Permit.objects.get(institution=row), ended_on=DAY, reason="注销", **by(cast))


def _course(cast: Cast, row: Institution) -> object:
    return publish_course(
        institution=row, name="街舞", category=row.category, subject="舞蹈", stage="primary", mode="offline",
        lesson_minutes=45, lesson_fee_fen=5000, published_on=DAY, **by(cast),
    )  # fmt: skip


def _stop_course(cast: Cast, row: Institution) -> object:
    return stop_course(course=row.courses.get(), stopped_on=DAY, reason="停开", **by(cast))


def _staff(cast: Cast, row: Institution) -> object:
    return add_staff(
        institution=row, name="王老师", id_number=id_number(1), phone="", role="administration", full_time=True,
        teaches_subject=False, teacher_certificate="", other_qualification="", in_service_school_teacher=False,
        crime_checked_on=DAY, joined_on=DAY, **by(cast),
    )  # fmt: skip


def _responsible(cast: Cast, row: Institution) -> object:
    post = Post.objects.get(pk=cast.grid.post_id)
    return name_responsible(institution=row, net=Net.GRID, post=post, **by(cast))


PUBLIC: dict[str, Change] = {
    "name": change(name="新名称"),
    "trade name": change(trade_name="新招牌"),
    "credit code": change(credit_code=""),
    "site type": change(site_type="care"),
    "category": change(category="sport"),
    "subcategory": change(subcategory="music"),
    "stages": change(stages=["junior"]),
    "mode": change(mode="both"),
    "legal type": change(legal_type="company"),
    "licence status": change(licence_status="no_permit"),
    "legal person's family name": change(legal_person="林某"),
    "public phone": change(public_phone="0592-2190001"),
    "address": change(address="新路9号"),
    "hours": change(hours="周六"),
    "bank": change(bank="农业银行"),
    "account tail": change(account_tail="1234"),
    "status": _status,
    "status corrected": _correct,
    "white list": lambda cast, row: listed(cast, row),
    "black list": lambda cast, row: listed(cast, row, kind=ListKind.BLACK),
    "warning": standing(StandingKind.WARNING),
    "warning of a day to come": standing(StandingKind.WARNING, effective_on=DAY + timedelta(days=9)),
    "after-school list": standing(StandingKind.AFTERSCHOOL),
    "red list": standing(StandingKind.RED_LIST),
    "grade": standing(StandingKind.GRADE, value="C"),
    "permit": _permit,
    "permit ended": _end_permit,
    "campus": _campus,
    "course": _course,
    "course stopped": _stop_course,
    "withdrawn": lambda cast, row: Institution.objects.filter(pk=row.pk).update(withdrawn_at=AT),
    "merged": lambda cast, row: merge_institutions(
        keep=institution(cast.officer, credit_code=None), absorb=row, reason="重复", **by(cast)
    ),
    "moved to another county": lambda cast, row: Institution.objects.filter(pk=row.pk).update(
        jurisdiction=_other_county(row)
    ),
}
PRIVATE: dict[str, Change] = {
    "nothing": change(name="厦门海浪舞蹈培训中心"),
    "contact phone": change(phone="13900000000"),
    "remark": change(remark="内部备注"),
    "number on the platform": change(platform_id="P1"),
    "legal person's given name": change(legal_person="陈小明"),
    "flag": standing(StandingKind.FLAG, detail="欠费"),
    "staff": _staff,
    "responsible person": _responsible,
}


def _other_county(row: Institution):
    return Jurisdiction.objects.filter(level="county").exclude(pk=row.jurisdiction_id).order_by("pk")[0]


@pytest.mark.parametrize("what", PUBLIC)
def test_each_kind_of_public_change_is_in_the_feed(cast, client, what):
    row, other = good(cast), good(cast, name="没有变化的机构")
    forget()
    PUBLIC[what](cast, row)
    found, _ = all_changes(client, "institutions", changed_since="2026-01-01T00:00:00Z")
    ids = [each["public_id"] for each in found]
    assert row.public_id in ids
    assert other.public_id not in ids


@pytest.mark.parametrize("what", PRIVATE)
def test_no_private_change_is_in_the_feed(cast, client, what):
    row = good(cast)
    forget()
    PRIVATE[what](cast, row)
    assert moved() == set()
    assert all_changes(client, "institutions", changed_since="2026-01-01T00:00:00Z")[0] == []


def test_what_ends_a_list_or_a_campus_is_a_change_too(cast):
    row = good(cast)
    listed(cast, row)
    _campus(cast, row)
    for ending in (delist, _close_campus):
        forget()
        ending(cast, row)
        assert moved() == {row.pk}


def test_an_imported_batch_is_a_change(cast, clerk):
    bring_in(FULL, by=clerk)
    row = Institution.objects.get()
    assert moved() == {row.pk}
    forget()
    bring_in({**FULL, "bank": "兴业银行"}, by=clerk)
    assert Institution.objects.get().bank == "兴业银行"
    assert moved() == {row.pk}


def test_a_batch_taken_back_is_gone_by_name_of_its_number(cast, clerk, client):
    batch = bring_in(FULL, by=clerk)
    row = Institution.objects.get()
    forget()
    take_back(batch, by=clerk)
    [found], page = all_changes(client, "institutions", changed_since="2026-01-01T00:00:00Z")
    assert (found["public_id"], found["gone"], found["merged_into"]) == (row.public_id, "withdrawn", None)
    assert page["results"] == []
    assert row.name not in str(page)


def test_a_merged_institution_is_named_with_the_one_that_stays(cast, client):
    keep, absorb = good(cast), good(cast, name="重复登记", credit_code=None)
    forget()
    merge_institutions(keep=keep, absorb=absorb, reason="重复", **by(cast))
    found, page = all_changes(client, "institutions", changed_since="2026-01-01T00:00:00Z")
    assert {(each["public_id"], each["gone"], each["merged_into"]) for each in found} == {
        (absorb.public_id, "merged", keep.public_id), (keep.public_id, "", None),
    }  # fmt: skip
    assert [row["public_id"] for row in page["results"]] == [keep.public_id]
