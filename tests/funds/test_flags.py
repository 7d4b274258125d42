"""The three flags: set with evidence, taken down from a day on, struck out as known from now on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import Conflict, DomainError, InvalidInput, NotAllowed
from funds import queries
from funds.attaching import taking
from funds.enums import Flag
from funds.models import FlagEvent
from funds.operations.accounts import close_account
from funds.operations.flags import revoke_flag, set_flags, strike_flag
from institutions.models import Institution
from tests.documents.conftest import private_media
from tests.funds.factories import DAY, opened, ready, scan
from tests.institutions.factories import AT, institution

__all__ = ["private_media"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_media")]


@pytest.fixture(autouse=True)
def now(settings):
    settings.MEDIA_MIN_FREE_PERCENT = 0
    with clock.set_to(AT):
        yield


@pytest.fixture
def school(cast) -> Institution:
    row = institution(cast.officer)
    opened(row, cast.officer, on=DAY - timedelta(days=30))
    return row


def up(row, *, on=DAY, known_at=None) -> list[str]:
    return sorted(key for key, one in queries.flags_on(row, on=on, known_at=known_at).items() if one.up)


def test_each_flag_is_one_fact_with_its_evidence(cast, school):
    asked = {"flags": [Flag.OPENED, Flag.VERIFIED], "effective_on": DAY, "evidence": "回执1号"}
    made = set_flags(institution=school, by=cast.officer, at=AT, **asked)
    assert [event.flag for event in made] == [Flag.OPENED, Flag.VERIFIED]
    assert up(school) == ["opened", "verified"]
    assert up(school, on=DAY - timedelta(days=1)) == []
    events = Event.objects.filter(kind="funds.flag_set").order_by("pk")
    assert [(event.changes["flag"][1], event.reason) for event in events] == [
        ("监管账户开设", "回执1号"),
        ("资金核验", "回执1号"),
    ]
    again = {"institution": school, "effective_on": DAY, "evidence": "回执2号", "by": cast.officer, "at": AT}
    with pytest.raises(Conflict, match="均已登记"):
        set_flags(flags=[Flag.OPENED], **again)
    assert [event.flag for event in set_flags(flags=list(Flag), **again)] == [Flag.PAYABLE]


def test_a_file_is_evidence_too(cast, school):
    with taking([scan("开户回执.pdf")]) as files:
        given = {"flags": list(Flag), "effective_on": DAY, "files": files}
        made = set_flags(institution=school, by=cast.officer, at=AT, **given)
    assert made[0].files.get().filename == "开户回执.pdf"
    assert [event.evidence for event in made] == ["", "附件见“监管账户开设”", "附件见“监管账户开设”"]


@pytest.mark.parametrize(
    ("given", "refusal", "says"),
    [
        ({"flags": []}, InvalidInput, "至少选择一项"),
        ({"evidence": " "}, InvalidInput, "写明依据"),
        ({"effective_on": DAY + timedelta(days=1)}, InvalidInput, "不能晚于今天"),
        ({"effective_on": DAY - timedelta(days=31)}, InvalidInput, "没有在用的监管账户"),
        *(({"by": who}, NotAllowed, "经办人") for who in ("leader", "city", "neighbour", "town", "finance", "bank")),
    ],
)
def test_what_is_refused_writes_nothing(cast, school, given, refusal, says):
    facts = {"flags": [Flag.OPENED], "effective_on": DAY, "evidence": "回执", "by": "officer"} | given
    with pytest.raises(refusal, match=says):
        set_flags(institution=school, at=AT, **(facts | {"by": getattr(cast, facts["by"])}))
    assert FlagEvent.objects.count() == 0


def test_taking_one_down_keeps_what_was(cast, school):
    ready_on = DAY - timedelta(days=10)
    given = {"institution": school, "by": cast.officer, "at": AT}
    set_flags(flags=list(Flag), effective_on=ready_on, evidence="回执", **given)
    for facts, says in (
        ({"reason": ""}, "理由"),
        ({"effective_on": DAY + timedelta(days=1)}, "至今天之间"),
        ({"effective_on": ready_on - timedelta(days=1)}, "至今天之间"),
    ):
        with pytest.raises(DomainError, match=says):
            revoke_flag(**({"flag": Flag.VERIFIED, "effective_on": DAY, "reason": "核验撤回"} | facts | given))
    revoke_flag(flag=Flag.VERIFIED, effective_on=DAY, reason="核验撤回", **given)
    assert up(school) == ["opened", "payable"]
    assert up(school, on=DAY - timedelta(days=1)) == ["opened", "payable", "verified"]
    with pytest.raises(Conflict, match="无需撤销"):
        revoke_flag(flag=Flag.VERIFIED, effective_on=DAY, reason="再次", **given)
    set_flags(flags=[Flag.VERIFIED], effective_on=DAY, evidence="重新核验", **given)
    assert up(school) == ["opened", "payable", "verified"]


def test_striking_out_changes_what_is_known_from_now_on(cast, school):
    [event] = set_flags(
        institution=school, flags=[Flag.VERIFIED], effective_on=DAY, evidence="回执", by=cast.officer, at=AT
    )
    later = AT + timedelta(hours=3)
    for who in ("leader", "neighbour", "bank"):
        with pytest.raises(NotAllowed):
            strike_flag(event=event, reason="登记错机构", by=getattr(cast, who), at=later)
    strike_flag(event=event, reason="登记错机构", by=cast.officer, at=later)
    assert (up(school), up(school, known_at=AT)) == ([], ["verified"])
    with pytest.raises(Conflict, match="已经更正过"):
        strike_flag(event=event, reason="再次", by=cast.officer, at=later)


def test_the_flags_go_down_with_the_account(cast):
    row = ready(institution(cast.officer), cast.officer)
    account = row.supervised_accounts.get()
    close_account(account=account, closed_on=DAY, reason="停止收费", by=cast.officer, at=AT + timedelta(hours=1))
    assert up(row) == []
    assert up(row, known_at=AT) == ["opened", "payable", "verified"]
    assert Event.objects.filter(kind="funds.flag_revoked").count() == 3


def test_from_the_money_page(cast, school, enter):
    client = enter(cast.officer)
    page = reverse("admin:institutions_institution_flag", args=[school.pk])
    given = {"flags": ["opened", "verified"], "effective_on": "2026-11-02", "evidence": "回执"}
    answer = client.post(page, given, follow=True)
    assert "2026-11-02起" in answer.content.decode()
    page = reverse("admin:institutions_institution_unflag", args=[school.pk])
    answer = client.post(page, {"flag": "verified", "effective_on": "2026-11-02", "reason": "撤回"}, follow=True)
    assert "已撤销" in answer.content.decode()
    event = FlagEvent.objects.get(flag="opened")
    client.post(reverse("admin:funds_flagevent_strike", args=[event.pk]), {"reason": "有误"})
    assert up(school) == []
