"""Columns of a sheet of figures from records: whom notices and cases dealt with, and what the public was told."""

from datetime import timedelta

import pytest

from cases import sheets
from cases.enums import Outcome
from cases.models import Case
from cases.operations import decision, publication
from enforcement.operations.orders import void_order
from inspections.models import Campaign
from inspections.sheet_lines import Extent
from tests.cases.factories import BANK, CONTACT, CRITICISM, FINE, decided, executing, heard, opinion, serve
from tests.cases.test_filing import words
from tests.enforcement.factories import inspected, issued
from tests.inspections.campaigning import running
from tests.inspections.factories import AT, DAY
from tests.institutions.factories import institution, unlicensed

pytestmark = pytest.mark.django_db


def found(cast, counter, *, first=DAY, last=DAY, campaign: Campaign | None = None) -> dict[str, str]:
    extent = Extent(frozenset(cast.officer.scope), first, last, campaign)
    return {line.label: f"{line.number}{line.unit}" for line in counter(extent)}


def test_a_place_counts_once_and_a_person_is_no_place(cast):
    row, site = institution(cast.officer), unlicensed(cast.officer, operator="陈大力")
    order = issued(cast, visit=inspected(cast, row))
    executing(cast, visit=order.visit)  # the same place, noticed and punished
    visit = inspected(cast, site)
    for code in ("1234", "1234", "5678"):  # twice the same man, and another of the name
        executing(cast, visit=visit, person="王小明", code=code)
    assert found(cast, sheets.dealt_with) == {"处理机构": "1家", "处理个人": "2人"}
    decided(cast, visit=visit)
    assert found(cast, sheets.dealt_with)["处理机构"] == "2家"
    void_order(order=order, reason="写错", by=cast.second_officer, at=AT)
    Case.objects.filter(institution=row).update(overturned_on=DAY, overturned_by="思政复〔2026〕9号")
    assert found(cast, sheets.dealt_with)["处理机构"] == "1家"


def test_what_lies_outside_the_days_or_the_campaign_is_not_counted(cast):
    executing(cast)
    after = {"first": DAY + timedelta(days=1), "last": DAY + timedelta(days=1)}
    assert found(cast, sheets.dealt_with, **after) == {"处理机构": "0家", "处理个人": "0人"}
    assert found(cast, sheets.exposed, **after) == {"曝光通报": "0起"}
    other = running(cast.officer)
    assert found(cast, sheets.dealt_with, campaign=other) == {"处理机构": "0家", "处理个人": "0人"}


def test_a_case_is_exposed_once_by_a_circular_or_on_the_public_page_and_not_when_taken_back(cast):
    executing(cast)  # its decision criticises in a circular
    fined = fined_only(cast)
    assert found(cast, sheets.exposed) == {"曝光通报": "1起"}
    shown = publication.publish_decision(case=fined, words=words(), by=cast.officer, at=AT)
    assert found(cast, sheets.exposed) == {"曝光通报": "2起"}
    publication.withdraw_publication(publication=shown, reason="有误", by=cast.officer, at=AT)
    assert found(cast, sheets.exposed) == {"曝光通报": "1起"}


def fined_only(cast) -> Case:
    case = heard(cast, FINE, CRITICISM)
    decision.propose_decision(case=case, opinion=opinion(Outcome.PUNISH, FINE), by=cast.officer, at=AT)
    decision.approve_decision(case=case, opinion="同意。", by=cast.leader, at=AT)
    serve(cast, decision.make_decision(case=case, contact=CONTACT, payment=BANK, by=cast.officer, at=AT))
    return Case.objects.get(pk=case.pk)
