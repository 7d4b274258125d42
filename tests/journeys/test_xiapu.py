"""霞浦: 43 人次, 300余张, boards of 18 家, 2 家 filed, 1 家 for its account; up to the annual check."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from assignments.enums import PartState
from assignments.models import Part
from clues.enums import AdUnit, Channel, Medium
from clues.models import Sighting
from demo import xiapu
from demo.case_diary import instant
from demo.xiapu import CAMPAIGN, XIAPU
from enforcement import removing
from enforcement.enums import REPEAT_ADVERTS, AdOutcome
from enforcement.models import RemovalItem
from enforcement.operations.removals import void_removal_item
from foundation.core import clock
from inspections.models import Campaign
from institutions.enums import StandingKind
from institutions.models import Institution
from institutions.queries import standing
from listings.enums import CheckState
from listings.models import AnnualCheck
from publicity.models import ParentLetter
from tests.journeys.figures import Figure, Reader, told_in_prose

pytestmark = [pytest.mark.slow, pytest.mark.prove]
CASE = xiapu
NOW = instant(2023, 11, 30, 19)
PERIOD = {"place": XIAPU, "first": date(2023, 7, 1), "last": date(2023, 10, 31)}
BULLETIN = {
    "went": Figure(says="43人次", kpi="ad_person_times", campaign=CAMPAIGN, **PERIOD),
    "sheets": Figure(says="300余张", kpi="ad_sheets", **PERIOD),
    "boards": Figure(says="18家", kpi="ad_sites", campaign=CAMPAIGN, **PERIOD),
    "filed": Figure(says="2家", kpi="case_parties", **PERIOD),
    "false": Figure(says="2起", kpi="cases_advert", campaign=CAMPAIGN, **PERIOD),
    "online": Figure(says="1家", kpi="ad_accounts", **PERIOD),
}


@pytest.fixture
def officer(case):
    return Reader("xiapu.jingban", NOW)


def items():
    return RemovalItem.objects.filter(removal__jurisdiction__code=XIAPU)


def test_every_figure_of_the_bulletin(officer):
    for figure in BULLETIN.values():
        officer.finds(figure)


def test_one_entry_voided_is_gone_everywhere(officer):
    destroyed = items().filter(outcome=AdOutcome.DESTROYED, at_least=True).get()
    void_removal_item(item=destroyed, reason="张数记错，重新登记", by=officer.actor, at=NOW)
    officer.finds(replace(BULLETIN["sheets"], says="200张"))
    board = items().filter(outcome=AdOutcome.DISMANTLED, sighting__unit=AdUnit.BOARD).order_by("pk")[0]
    void_removal_item(item=board, reason="不是违规广告", by=officer.actor, at=NOW)
    officer.finds(replace(BULLETIN["boards"], says="17家"))


def test_from_the_pasted_post_to_the_regulators_answer(officer):
    sighting = Sighting.objects.get(medium=Medium.ACCOUNT)
    assert {law for _, _, _, law, _ in sighting.marks} >= {
        "《中华人民共和国广告法》第二十四条第一项",
        "《中华人民共和国广告法》第九条第三项",
        "《关于做好校外培训广告管控的通知》",
    }
    assert Part.objects.get().state == PartState.ANSWERED
    assert Sighting.objects.filter(clue__channel=Channel.GRID).count() == 12
    about = sighting.clue.institution
    records = removing.adverts_of(about, since=PERIOD["first"], until=PERIOD["last"])
    assert [(record.medium, record.outcomes) for record in records] == [
        ("户外", ("拆除 1块",)),
        ("公众号", ("删除 1处", "移送 1处")),
    ]
    flagged = [row for row in Institution.objects.order_by("pk") if StandingKind.FLAG in dict(standing_of(row))]
    assert flagged == [about]


def standing_of(row):
    return [(kind, value) for kind, value in standing(row, on=NOW.date()) if value == REPEAT_ADVERTS]


def test_the_figures_page_and_the_campaign_say_the_same(officer):
    with clock.set_to(instant(2023, 10, 20)):
        page = officer.client.get("/admin/enforcement/removalitem/figures/").content.decode()
        for words in ("43 人次", "300余张", "27块", "18家"):  # 27: the second number (domain note 6-A8)
            assert words in page
        url = re.search(r'href="([^"]*outcome__exact=dismantled[^"]*)">18家', page)[1].replace("&amp;", "&")
        assert officer.client.get(url).context["cl"].result_count == 18
        campaign = Campaign.objects.get(name=CAMPAIGN)
        shown = officer.client.get(f"/admin/inspections/campaign/{campaign.pk}/").content.decode()
        for words in ("广告处置", "300余张", "43人次"):
            assert words in shown


def test_the_annual_check_shows_the_advertisements(officer):
    checks = AnnualCheck.objects.filter(institution__jurisdiction__code=XIAPU)
    assert set(checks.values_list("state", flat=True)) == {CheckState.DONE}
    about = Sighting.objects.get(medium=Medium.ACCOUNT).clue.institution
    check = checks.get(institution=about)
    assert check.conclusion == "基本合格"
    with clock.set_to(NOW):
        page = officer.client.get(f"/admin/listings/annualcheck/{check.pk}/").content.decode()
    assert "公众号" in page
    assert ParentLetter.objects.filter(document__isnull=False).count() == 2
    assert ParentLetter.objects.filter(title="关于严禁暑假期间开展学科类培训的通告").exists()


def test_the_paragraph_is_written_anew_from_records(case):
    text = told_in_prose("adverts", place=XIAPU, first=PERIOD["first"], last=PERIOD["last"], now=NOW)
    for words in (
        "公众号违规广告的机构1家",
        "出动43人次",
        "销毁宣传单300余张",
        "广告牌的机构18家",
        "立案查处的机构2家",
    ):
        assert words in text
