"""集美: 697 套; 116 家 / 42 处 / 2 起 / 6 起; 7,364 家次 / 3 家 / 1 人; 3 家; 36 / 6 / 220余; 3 家: from records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db.models import Count

from demo import jimei
from demo.case_diary import instant
from demo.jimei_fists import ARTS, GUARD, NAMED, RECHECK, WINTER
from demo.organs import JIMEI
from enforcement.models import RemovalItem
from enforcement.operations.removals import void_removal_item
from foundation.core import clock
from foundation.imports.models import Batch
from inspections.enums import RecheckResult
from inspections.models import Campaign, CampaignTarget, Visit
from inspections.operations.visits import void_visit
from institutions.enums import Net
from institutions.models import Responsible
from tests.journeys.figures import Figure, Reader, told_in_prose

pytestmark = [pytest.mark.slow, pytest.mark.prove]
CASE = jimei
NOW = instant(2023, 11, 30, 19)
YEARS = {"place": JIMEI, "first": date(2022, 3, 1), "last": date(2023, 10, 31)}
IN_2022 = {"place": JIMEI, "first": date(2022, 5, 9), "last": date(2022, 12, 16)}
BULLETIN = {
    "materials": Figure(says="697套", kpi="materials_reviewed", **YEARS),
    "unlicensed": Figure(says="116家", kpi="unlicensed_found", **IN_2022),
    "dealt": Figure(says="116家", kpi="unlicensed_dealt", **IN_2022),
    "places": Figure(says="42处", kpi="ad_places", campaign=NAMED, **IN_2022),
    "false": Figure(says="2起", kpi="cases_advert", campaign=NAMED, **IN_2022),
    "fire": Figure(says="6起", kpi="cases_fire", campaign=NAMED, **IN_2022),
    "winter": Figure(says="7364家次", kpi="visits", campaign=WINTER, **YEARS),
    "punished": Figure(says="3家", kpi="case_parties", campaign=WINTER, **YEARS),
    "person": Figure(says="1人", kpi="case_persons", campaign=WINTER, **YEARS),
    "relapsed": Figure(says="3家", kpi="with_problem", campaign=RECHECK, **YEARS),
    "joint": Figure(says="36家", kpi="sites", campaign=GUARD, **YEARS),
    "corrected": Figure(says="6家", kpi="corrected", campaign=GUARD, **YEARS),
    "noticed": Figure(says="6份", kpi="on_spot_notices", campaign=GUARD, **YEARS),
    "sent": Figure(says="220余人", kpi="dispersed", campaign=GUARD, **YEARS),
    "arts": Figure(says="3家", kpi="noticed_sites", campaign=ARTS, **YEARS),
}


@pytest.fixture
def officer(case):
    return Reader("jimei.jingban", NOW)


def test_every_figure_of_the_bulletin(officer):
    for figure in BULLETIN.values():
        officer.finds(figure)


def test_one_visit_and_one_entry_voided_are_gone_everywhere(officer):
    leader = Reader("jimei.shenhe", NOW)
    visit = Visit.objects.filter(campaign_tags__campaign__name=GUARD, dispersed=38).get()
    void_visit(visit=visit, reason="与镇街登记的是同一次检查", by=leader.actor, at=NOW)
    for name, says in (("joint", "35家"), ("corrected", "5家"), ("sent", "182余人")):
        officer.finds(replace(BULLETIN[name], says=says))
    patrol = Visit.objects.filter(campaign_tags__campaign__name=WINTER).order_by("pk")[0]
    void_visit(visit=patrol, reason="登记错误", by=leader.actor, at=NOW)
    officer.finds(replace(BULLETIN["winter"], says="7363家次"))
    item = RemovalItem.objects.filter(removal__jurisdiction__code=JIMEI, quantity=6).get()
    void_removal_item(item=item, reason="不是违规广告", by=officer.actor, at=NOW)
    officer.finds(replace(BULLETIN["places"], says="36处"))


def test_the_winter_came_in_by_sheets_whose_slips_were_put_right(officer):
    batches = Batch.objects.filter(target="visits", file_name__contains="寒假").order_by("pk")
    assert [batch.counts["rejected"] for batch in batches] == [6, 0] * 4
    assert sum(batch.counts["created"] for batch in batches) == 7360
    reasons = {fault["code"] for row in batches[0].rows.filter(outcome="rejected") for fault in row.reasons}
    assert len(reasons) == 5
    visits = Visit.objects.filter(campaign_tags__campaign__name=WINTER)
    went = {row["n"] for row in visits.annotate(n=Count("officers", distinct=True)).values("n")}
    assert went <= set(range(2, 13))
    assert len(set(visits.values_list("division", flat=True))) == 6
    assert len(set(visits.values_list("visited_on", flat=True))) >= 28


def test_former_ones_were_looked_at_again(officer):
    targets = CampaignTarget.objects.filter(campaign__name=RECHECK)
    found = dict(targets.values_list("result").annotate(Count("pk")))
    assert found[RecheckResult.RELAPSED] + found[RecheckResult.MUTATED] == 3
    assert targets.filter(result="").count() == 0


def test_every_institution_has_a_name_in_each_net(officer):
    for net in Net:
        told = officer.told(Figure(says="", kpi=f"net_{net.value}_rate", on=NOW.date(), **YEARS))
        assert told["KPI"] == "100.00%", net
    assert Responsible.objects.filter(institution__jurisdiction__code=JIMEI).count() > 3 * 500


def test_the_campaigns_page_says_the_same(officer):
    campaign = Campaign.objects.get(name=GUARD)
    with clock.set_to(NOW):
        page = officer.client.get(f"/admin/inspections/campaign/{campaign.pk}/").content.decode()
    for words in ("36", "220余"):
        assert words in page


def test_the_paragraph_is_written_anew_from_records(case):
    text = told_in_prose("nets-and-gates", place=JIMEI, first=date(2022, 3, 1), last=date(2023, 10, 31), now=NOW)
    for words in (
        *("审核培训材料697套", "无证学科类培训机构116家", "户外广告42处", "虚假宣传2起", "消防违法6起"),
        *("校外培训机构7364家次", "违规机构3家、违规个人1人", "问题机构3家", "联合检查校外培训机构36家"),
        *("当场责令整改6家", "清散学生220余人"),
    ):
        assert words in text
