"""网上回执 of a case: the notice, both last days, the party's say; nothing counts after its term."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from cases.answering import SAY
from cases.enums import CaseState, StatementKind
from cases.models import Case, Statement
from cases.operations import review, say
from foundation.core import clock, outbox
from foundation.core.actor import ANONYMOUS
from foundation.core.errors import Conflict, InvalidInput, NotAllowed
from foundation.deadlines.enums import Limit
from foundation.deadlines.models import Deadline
from foundation.notifications.models import Message
from tests.accounts.slips import at_the_page, given, hashed
from tests.cases.factories import CONTACT, STOP, reviewed, serve, told
from tests.inspections.factories import AT

pytestmark = pytest.mark.django_db
SAID = {"kind": StatementKind.DEFENCE, "text": "收入不多，请从轻", "given_by": "校长王某"}
SEND = {"send": "1", **SAID}


@pytest.fixture(autouse=True)
def today(private_media):
    with clock.set_to(AT):
        yield


def last_day_of(case: Case) -> datetime:
    due = Deadline.objects.get(subject_type="cases.case", subject_id=case.pk, code=Limit.DEFENCE_STATEMENT).due_on
    return datetime.combine(due, time(23, 59), timezone.get_default_timezone())


def test_a_party_reads_its_notice_and_defends_itself(cast, enter, client):
    case = told(cast)
    officer, address = enter(cast.officer), f"/admin/cases/case/{case.pk}/"
    assert "提出陈述申辩" in officer.post(f"{address}slip/").content.decode()
    code, notice = given(cast.officer, SAY, case), case.papers.get(kind="prior_notice")
    outbox.deliver_all(at=AT + timedelta(seconds=30))  # the notice is a file now
    page = at_the_page(client, code).content.decode()
    last = f"{last_day_of(case).date()}(含当日)"
    for words in ("行政处罚事先告知书", notice.document.number, last, "3,000.00", "还没有提出"):
        assert words in page, words
    assert ("申请听证截止" in page, "要求听证" in page) == (False, False)
    assert at_the_page(client, code, paper="1").content[:5] == b"%PDF-"
    assert "已收到" in at_the_page(client, code, **SEND).content.decode()
    at_the_page(client, code, **SEND)
    statement = Statement.objects.get()
    assert (statement.text, statement.entered_by, statement.given_on) == (SAID["text"], None, AT.date())
    outbox.deliver_all(at=AT + timedelta(minutes=1))
    assert set(Message.objects.filter(kind="cases.said").values_list("recipient", flat=True)) == {
        cast.officer.user_id,
        cast.second_officer.user_id,
    }
    assert "当事人提交" in officer.get(address).content.decode()
    say.answer_statement(statement=statement, accepted=False, answer="已从轻", by=cast.officer, at=AT)
    assert "复核：不予采纳。已从轻" in at_the_page(client, code).content.decode()


def test_where_there_is_a_right_to_it_a_hearing_is_asked_for(cast, client):
    case = told(cast, STOP)
    code = given(cast.officer, SAY, case)
    assert "申请听证截止" in at_the_page(client, code).content.decode()
    at_the_page(client, code, **SEND | {"kind": StatementKind.HEARING})
    assert Case.objects.get(pk=case.pk).state == CaseState.HEARING
    page = at_the_page(client, code).content.decode()
    assert ("另行书面通知" in page, 'name="send"' in page) == (True, False)


def test_nothing_is_taken_in_before_service_after_the_term_or_in_place_of_a_written_waiver(cast, client):
    case = reviewed(cast)
    notice = review.notify(case=case, contact=CONTACT, by=cast.officer, at=AT)
    code = given(cast.officer, SAY, case)
    assert "送达登记以后" in at_the_page(client, code).content.decode()
    with pytest.raises(Conflict, match="还没有送达"):
        say.say_by_link(code=hashed(code), by=ANONYMOUS, at=AT, **SAID)
    serve(cast, notice)
    with pytest.raises(InvalidInput, match="书面声明"):
        say.say_by_link(code=hashed(code), by=ANONYMOUS, at=AT, **SAID | {"kind": StatementKind.WAIVER})
    with pytest.raises(Conflict, match="不属于可以要求听证"):
        say.say_by_link(code=hashed(code), by=ANONYMOUS, at=AT, **SAID | {"kind": StatementKind.HEARING})
    with pytest.raises(NotAllowed):
        say.say_by_link(code=hashed(code), by=cast.officer, at=AT, **SAID)
    end = last_day_of(case)
    with clock.set_to(end):
        say.say_by_link(code=hashed(code), by=ANONYMOUS, at=end, **SAID)
    late = end + timedelta(minutes=1)
    with clock.set_to(late):
        page = at_the_page(client, code, **SEND | {"text": "还有材料"}).content.decode()
        assert ("听取意见已经结束" in page, "还有材料" in page) == (True, True)
        with pytest.raises(Conflict, match="期限已过"):
            say.say_by_link(code=hashed(code), by=ANONYMOUS, at=late, **SAID | {"text": "还有材料"})
        with pytest.raises(Conflict):
            given(cast.officer, SAY, case)
    assert Statement.objects.count() == 1
