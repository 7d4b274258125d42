"""资料变更申请: asked for, decided field by field, written by the register's own operation with its history."""

from __future__ import annotations

import pytest
from django.db import connection

from declarations.models import ChangeRequest
from declarations.operations.changes import decide_change, take_in_change
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import DomainError, InvalidInput, NotAllowed
from institutions.models import Institution, Site
from tests.declarations.factories import WANTED, wished
from tests.institutions.factories import AT, institution

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def test_what_is_accepted_goes_through_the_register_and_the_rest_says_why(cast):
    request = wished(cast)
    row = request.institution
    old = (row.public_phone, row.address)
    decide_change(request=request, refused={"public_phone": "号码无人接听"}, by=cast.officer, at=AT)
    row.refresh_from_db()
    assert (row.public_phone, row.address) == (old[0], WANTED["address"])
    assert list(Site.objects.filter(institution=row, closed_on=None).values_list("address", flat=True)) == [row.address]
    changed = Event.objects.get(kind="institution.changed", subject_id=row.pk)
    assert (changed.reason, changed.changes["address"]) == ("机构申请变更：搬迁", [old[1], WANTED["address"]])
    request.refresh_from_db()
    assert [request.came_of(name) for name in WANTED] == ["未采纳：号码无人接听", "已采纳"]
    with pytest.raises(DomainError):
        decide_change(request=request, refused={}, by=cast.officer, at=AT)


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ({"proposed": {}}, "没有要变更的内容"),
        ({"proposed": {"address": " "}}, "没有要变更的内容"),
        ({"reason": " "}, "变更原因"),
        ({"given_by": ""}, "由谁申请"),
    ],
)
def test_a_request_says_what_why_and_who(cast, given, match):
    with pytest.raises(InvalidInput, match=match):
        wished(cast, **given)
    assert not ChangeRequest.objects.exists()


def test_what_stands_there_already_is_no_change_and_one_is_open_at_a_time(cast):
    row = institution(cast.officer)
    with pytest.raises(InvalidInput, match="没有要变更"):
        wished(cast, row, proposed={"address": row.address})
    request = wished(cast, row, proposed=WANTED | {"name": "别的名称"})
    assert request.proposed == WANTED, "only what an institution may ask for"
    with pytest.raises(InvalidInput, match="待办理"):
        wished(cast, row)


def test_a_refusal_has_its_reason_and_nothing_is_written_half(cast):
    request = wished(cast)
    with pytest.raises(InvalidInput, match="请写明理由"):
        decide_change(request=request, refused={"address": " "}, by=cast.officer, at=AT)
    assert Institution.objects.get(pk=request.institution_id).address != WANTED["address"]
    assert ChangeRequest.objects.get().state == "open"


def test_a_telephone_number_is_sealed_and_not_in_the_trail(cast, enter):
    request = wished(cast, proposed={"phone": "13987654321"})
    page = enter(cast.leader).get(f"/admin/declarations/changerequest/{request.pk}/").content.decode()
    assert ("139****4321" in page, "13987654321" in page) == (True, False)
    decide_change(request=request, refused={}, by=cast.officer, at=AT)
    assert Institution.objects.get(pk=request.institution_id).phone == "13987654321"
    with connection.cursor() as cursor:
        for table in ("declarations_changerequest", "audit_event", "core_outboxmessage"):
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text ~ %s', ["13987654321"])
            assert cursor.fetchone() == (0,), table


@pytest.mark.parametrize("who", ["leader", "city", "neighbour", "town", "public"])
def test_who_may_not(cast, who):
    request, by = wished(cast), getattr(cast, who)
    with pytest.raises(NotAllowed):
        decide_change(request=request, refused=dict.fromkeys(WANTED, "不符"), by=by, at=AT)
    with pytest.raises(NotAllowed):
        take_in_change(institution=request.institution, proposed=WANTED, reason="x", given_by="x", by=by, at=AT)
