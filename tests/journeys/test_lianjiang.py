"""连江: 45 家 without papers, 9 notices on the spot, 5 家 filed, 48 面; evenings from Monday to Friday."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from demo import lianjiang
from demo.case_diary import instant
from demo.lianjiang import CAMPAIGN, LIANJIANG
from enforcement.enums import OrderState
from enforcement.models import Order, RemovalItem
from enforcement.operations.removals import void_removal_item
from foundation.core import clock
from inspections.enums import Aspect, Slot
from inspections.models import Finding, Visit
from institutions.enums import Disposal, LicenceStatus, UnlicensedState
from institutions.models import UnlicensedSite
from listings.enums import ListKind, RatingState
from listings.models import ListEntry, Rating
from publicity.models import ParentLetter
from tests.journeys.figures import Figure, Reader, told_in_prose

pytestmark = [pytest.mark.slow, pytest.mark.prove]
CASE = lianjiang
NOW = instant(2023, 9, 30, 10)
PERIOD = {"place": LIANJIANG, "first": date(2023, 3, 1), "last": date(2023, 6, 30)}
BULLETIN = {
    "found": Figure(says="45家", kpi="unlicensed_found", **PERIOD),
    "dealt": Figure(says="45家", kpi="unlicensed_dealt", on=date(2023, 9, 1), **PERIOD),
    "noticed": Figure(says="9家", kpi="noticed_sites", **PERIOD),
    "notices": Figure(says="9份", kpi="on_spot_notices", campaign=CAMPAIGN, **PERIOD),
    "filed": Figure(says="5家", kpi="case_parties", **PERIOD),
    "faces": Figure(says="48面", kpi="ad_faces", **PERIOD),
}


@pytest.fixture
def officer(case):
    return Reader("lianjiang.jingban", NOW)


def test_every_figure_of_the_bulletin(officer):
    for figure in BULLETIN.values():
        officer.finds(figure)


def test_one_advertisement_voided_is_gone_everywhere(officer):
    item = RemovalItem.objects.filter(quantity=6).order_by("pk")[0]
    void_removal_item(item=item, reason="与另一条重复登记", by=officer.actor, at=NOW)
    officer.finds(replace(BULLETIN["faces"], says="42面"))


def test_the_sites_were_closed_in_rounds_over_the_towns(officer):
    sites = UnlicensedSite.objects.filter(jurisdiction__code=LIANJIANG)
    assert sites.filter(state=UnlicensedState.DISPOSED).count() == len(sites) == 45
    assert set(sites.values_list("licence_status", flat=True)) == {LicenceStatus.NEITHER, LicenceStatus.NO_PERMIT}
    assert len(set(sites.values_list("disposal", flat=True))) == len(Disposal)
    assert len(set(sites.values_list("division", flat=True))) > 15
    assert {site.rounds.count() for site in sites} == {2, 3}
    open_in_april = Figure(says="", kpi="unlicensed_open", on=date(2023, 4, 15), **PERIOD)
    assert 0 < int(officer.told(open_in_april)["KPI"].removesuffix("家")) < 45


def test_notices_speak_of_all_five_aspects(officer):
    orders = Order.objects.filter(jurisdiction__code=LIANJIANG)
    found = Finding.objects.filter(visit__orders__in=orders)
    assert set(found.values_list("aspect", flat=True)) == set(Aspect)
    assert set(orders.values_list("state", flat=True)) == {OrderState.CLOSED}
    assert set(orders.values_list("on_spot", flat=True)) == {True}


def test_evenings_from_monday_to_friday_some_without_showing_a_card(officer):
    evenings = Visit.objects.filter(jurisdiction__code=LIANJIANG, slot=Slot.EVENING)
    assert set(evenings.values_list("visited_on__iso_week_day", flat=True)) == {1, 2, 3, 4, 5}
    assert set(evenings.values_list("covert", flat=True)) == {True, False}
    share = officer.told(Figure(says="", kpi="evening_share", campaign=CAMPAIGN, **PERIOD))
    assert share["KPI"].endswith("%")
    assert share["KPI"] != "0.00%"


def test_grades_lists_and_the_letter_reach_the_public(case, client):
    final = Rating.objects.filter(institution__jurisdiction__code=LIANJIANG, state=RatingState.PUBLISHED)
    assert final.count() == 60
    assert len(set(final.values_list("grade", flat=True))) >= 3
    with clock.set_to(NOW):
        white = client.get(reverse("publicity:lists"), {"kind": ListKind.WHITE}).content.decode()
        black = client.get(reverse("publicity:lists"), {"kind": ListKind.BLACK}).content.decode()
    names = [entry.institution.name for entry in ListEntry.objects.filter(kind=ListKind.BLACK)]
    assert len(names) == 2
    assert all(name in black and name not in white for name in names)
    assert ParentLetter.objects.filter(jurisdiction__code=LIANJIANG, document__isnull=False).exists()


def test_the_paragraph_is_written_anew_from_records(case):
    text = told_in_prose("two-hands", place=LIANJIANG, first=PERIOD["first"], last=PERIOD["last"], now=NOW)
    for words in ("发现无证场所45家", "下发通知书的机构9家", "立案5起", "违规户外广告48面"):
        assert words in text
