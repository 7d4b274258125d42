"""规范制度 in versions, and how many signed the year's commitment of those who should."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from declarations import queries
from declarations.enums import InquiryKind
from declarations.models import Inquiry, RuleSet
from declarations.operations.declarations import send_back_declaration, take_in_declaration
from declarations.operations.inquiries import ask_institution
from declarations.operations.rule_sets import lay_down_rules
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import DomainError, InvalidInput, NotAllowed
from institutions.models import Institution
from tests.cast import NEIGHBOUR, OWN, jurisdiction
from tests.declarations.factories import opened
from tests.declarations.test_inquiries import SIGNED
from tests.institutions.factories import AT, institution

pytestmark = pytest.mark.django_db
NORMS = ["规范办学资质", "规范培训内容", "规范收费行为", "规范从业人员", "规范安全管理"]
BANS = ["不准超纲教学", "不准虚假宣传", "不准超期收费"]
TITLE = "学科类校外培训机构规范办学管理制度"


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def laid(cast, *, by=None, code: str = OWN, **given) -> RuleSet:
    facts = {"title": TITLE, "norms": NORMS, "bans": BANS, "effective_on": AT.date(), **given}
    return lay_down_rules(jurisdiction=jurisdiction(code), by=by or cast.officer, at=AT, **facts)


def refused(call, error: type[DomainError], match: str | None = None) -> None:
    before = (RuleSet.objects.count(), Inquiry.objects.count(), Event.objects.count())
    with pytest.raises(error, match=match), transaction.atomic():
        call()
    assert before == (RuleSet.objects.count(), Inquiry.objects.count(), Event.objects.count())


def test_versions_follow_each_other_and_never_change(cast):
    first = laid(cast)
    second = laid(cast, norms=[*NORMS, " "], bans=BANS[:2])
    assert [(row.version, row.count_text) for row in (first, second)] == [(1, "5规范3不准"), (2, "5规范2不准")]
    assert laid(cast, by=cast.neighbour, code=NEIGHBOUR).version == 1
    assert list(queries.rule_sets_for(cast.officer)) == [second, first]
    event = Event.objects.filter(kind="rule_set.laid_down", subject_id=second.pk).get()
    assert event.changes["version"] == [1, 2]
    with pytest.raises(DatabaseError), transaction.atomic():
        RuleSet.objects.update(title="x")
    refused(lambda: laid(cast, title=" "), InvalidInput, "名称")
    refused(lambda: laid(cast, norms=[" "]), InvalidInput, "至少")
    refused(lambda: laid(cast, effective_on=AT.date() - timedelta(days=1)), InvalidInput, "不能早于")
    for who in ("leader", "neighbour", "city", "town", "public"):
        refused(lambda who=who: laid(cast, by=getattr(cast, who)), NotAllowed)


def test_a_commitment_refers_to_rules_of_its_own_bureau(cast):
    own, foreign = laid(cast), laid(cast, by=cast.neighbour, code=NEIGHBOUR)
    row = opened(cast, kind=InquiryKind.COMMITMENT, rule_set=own)
    assert row.rule_set == own
    refused(lambda: opened(cast, kind=InquiryKind.COMMITMENT, year=2027, rule_set=foreign), InvalidInput, "本地区")
    refused(lambda: opened(cast, rule_set=own), InvalidInput, "只有承诺书")


def test_coverage_counts_those_who_operate_and_opens_its_rows(cast, enter):
    """By hand: four of the county, one of them closed; two of the three that operate signed, one was sent back."""
    rows = [institution(cast.officer, name=f"第{number}家") for number in range(4)]
    institution(cast.neighbour, name="邻区一家", county=NEIGHBOUR)
    Institution.objects.filter(pk=rows[3].pk).update(status="deregistered")
    inquiry = opened(cast, kind=InquiryKind.COMMITMENT)
    for row in rows[:2]:
        asked = ask_institution(inquiry=inquiry, institution=row, by=cast.officer, at=AT)
        asked = take_in_declaration(declaration=asked, told=SIGNED, by=cast.officer, at=AT)
    assert [(line.label, line.should, line.signed) for line in queries.commitment_coverage(cast.city, year=2026)] == [
        ("思明区", 3, 2),
        ("集美区", 1, 0),
        ("合计", 4, 2),
    ]
    send_back_declaration(declaration=asked, reason="没有盖章", by=cast.officer, at=AT)
    own, total = queries.commitment_coverage(cast.officer, year=2026)
    assert (own.should, own.signed, own.missing, own.share, total.share) == (3, 1, 2, "33.33%", "33.33%")
    assert set(queries.missing_commitment(cast.officer, year=2026)) == {rows[1], rows[2]}
    client = enter(cast.city)
    page = client.get("/admin/declarations/inquiry/coverage/?year=2026")
    for line, urls in page.context["lines"]:
        numbers = [client.get(url).context["cl"].result_count for url in urls]
        assert numbers == [line.should, line.signed, line.missing], line.label
    assert client.get("/admin/institutions/institution/?commitment=missing-20x6").status_code == 200
    assert client.get("/admin/declarations/inquiry/coverage/?year=abc").context["year"] == 2026


def test_the_pages(cast, enter):
    client = enter(cast.officer)
    empty = client.get("/admin/declarations/ruleset/").content.decode()
    assert "还没有制定规范制度" in empty
    place = jurisdiction(OWN)
    facts = {"jurisdiction": place.pk, "title": TITLE, "effective_on": "2026-11-02", "norms": "\n".join(NORMS)}
    client.post("/admin/declarations/ruleset/lay-down/", facts)
    row = RuleSet.objects.get()
    assert NORMS[4] in client.get(f"/admin/declarations/ruleset/{row.pk}/").content.decode()
    assert NORMS[4] in client.get(f"/admin/declarations/ruleset/{row.pk}/revise/").content.decode()
    client.post(f"/admin/declarations/ruleset/{row.pk}/revise/", {**facts, "bans": BANS[0]})
    newest = RuleSet.objects.latest("version")
    sent = {"kind": "commitment", "jurisdiction": place.pk, "title": "承诺书", "year": 2026, "due_on": "2026-12-01"}
    client.post("/admin/declarations/inquiry/open/", {**sent, "rule_set": newest.pk})
    inquiry = Inquiry.objects.get()
    assert inquiry.rule_set == newest
    assert [text for _, text in inquiry.items] == [*NORMS, BANS[0]]
