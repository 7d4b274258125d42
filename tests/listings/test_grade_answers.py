"""网上回执 of a proposed grade: the points, the last day, one objection after the other, each answered by another."""

from __future__ import annotations

from datetime import timedelta

import pytest

from foundation.core import clock
from foundation.core.actor import ANONYMOUS
from foundation.core.errors import Conflict, InvalidInput, NotAllowed
from foundation.notifications.models import Message
from listings.answering_ratings import GRADE
from listings.models import RatingObjection
from listings.operations.disputes import answer_dispute, dispute_by_link
from tests.accounts.slips import at_the_page, given, hashed
from tests.institutions.factories import AT, institution
from tests.listings.factories import deliver, evidence_for
from tests.listings.test_ratings import LATER, shown
from tests.publicity.factories import nobody_asked

pytestmark = pytest.mark.django_db
SAID = {"text": "检查记录不是本机构的", "given_by": "陈校长"}
SEND = {"send": "1", **SAID}


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(LATER):
        yield


def test_an_institution_reads_its_points_and_objects(cast, enter, client):
    place = institution(cast.officer)
    evidence_for(cast, place, at=AT)  # what a visit found costs points
    row = shown(cast, place)
    officer, address = enter(cast.officer), f"/admin/listings/rating/{row.pk}/"
    assert "提出异议" in officer.post(f"{address}slip/").content.decode()
    code = given(cast.officer, GRADE, row)
    page = at_the_page(client, code).content.decode()
    for words in (f"{row.notice_until}(含当日)", f"{row.score}分", "疏散通道堆放杂物", "还没有提出"):
        assert words in page, words
    assert "已收到" in at_the_page(client, code, **SEND).content.decode()
    at_the_page(client, code, **SEND)
    said = RatingObjection.objects.get()
    assert (said.text, said.entered_by, said.received_on) == (SAID["text"], None, LATER.date())
    deliver(LATER)
    told = set(Message.objects.filter(kind="listings.grade_objection").values_list("recipient", flat=True))
    assert told == {cast.leader.user_id}
    assert "机构提交" in officer.get(address).content.decode()
    page = at_the_page(client, code, **SEND | {"text": "另一条"}).content.decode()
    assert ("正在由另一人办理" in page, RatingObjection.objects.count()) == (True, 1)
    answer_dispute(objection=said, accepted=False, answer="记录有现场签名", by=cast.leader, at=LATER)
    assert "答复：不采纳。记录有现场签名" in at_the_page(client, code).content.decode()


def test_after_the_last_day_nothing_is_taken_in(cast, client):
    row = shown(cast)
    code = given(cast.officer, GRADE, row)
    with pytest.raises(NotAllowed):
        dispute_by_link(code=hashed(code), by=cast.officer, at=LATER, **SAID)
    late = LATER + timedelta(days=(row.notice_until - LATER.date()).days + 1)
    with clock.set_to(late):
        nobody_asked()
        page = at_the_page(client, code, **SEND).content.decode()
        assert (f"异议期已于{row.notice_until}届满" in page, SAID["text"] in page) == (True, True)
        with pytest.raises(InvalidInput, match="公示期内"):
            dispute_by_link(code=hashed(code), by=ANONYMOUS, at=late, **SAID)
        with pytest.raises(Conflict):
            given(cast.officer, GRADE, row)
    assert not RatingObjection.objects.exists()
