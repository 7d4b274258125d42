"""A campaign's targets: what each source finds, once each; as of a day, with both clocks; dropped, rechecked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clues.enums import Channel, Verdict
from clues.operations.clues import close_clue, start_checking
from foundation.audit.models import Event
from foundation.core.clock import end_of
from foundation.core.errors import IllegalTransition, InvalidInput, NotAllowed
from foundation.regions.models import Division
from inspections.enums import CampaignKind, Outcome, RecheckResult, TargetState, TargetTag
from inspections.models import CampaignTarget
from inspections.operations.tagging import tag_visit
from inspections.operations.targets import drop_target, list_targets, name_target, record_recheck, restore_target
from inspections.operations.visits import void_visit
from inspections.queries.campaigns import done_and_open, results, targets_of
from inspections.reports import Problem
from inspections.targeting import chosen, preview
from institutions.enums import Category, Disposal, LicenceStatus, StandingKind, Status
from institutions.operations.merging import merge_institutions
from institutions.operations.status import change_status, set_standing
from institutions.operations.unlicensed import dispose_unlicensed
from tests.cast import CITY, TOWN
from tests.clues.factories import accepted, clue
from tests.inspections.campaigning import drafted, running, town
from tests.inspections.factories import AT, DAY, filed, officers_report
from tests.institutions.factories import institution, unlicensed

pytestmark = pytest.mark.django_db
HAZARD = Problem("消防通道堵塞", "safety", "critical")
SMALL = Problem("未公示收费", "fees", "light")


def found(cast, place, *problems, **given):
    outcome = Outcome.FOLLOW_UP if problems else Outcome.CLEAN
    report = officers_report(place, cast.officer, cast.second_officer, problems=problems, outcome=outcome, **given)
    return filed(report, cast.officer)


def counts(campaign, **given) -> dict[str, tuple[int, int, int]]:
    return {row.tag.value: (row.institutions, row.sites, row.new) for row in preview(campaign, **{"on": DAY} | given)}


def test_each_source_finds_its_sites_and_a_site_is_listed_once(cast):
    dangerous, careless, clean = (institution(cast.officer) for _ in range(3))
    found(cast, dangerous, HAZARD, SMALL)
    found(cast, careless, SMALL)
    found(cast, clean)
    institution(cast.officer, licence_status=LicenceStatus.NO_PERMIT)
    site = unlicensed(cast.officer)
    found(cast, site, HAZARD)
    institution(cast.other_city, county="350581")
    row = drafted(cast.officer)
    wanted = {"hazard": (1, 1, 2), "unlicensed": (1, 1, 2), "earlier": (2, 1, 3), "scope": (4, 1, 5)}
    assert counts(row) == wanted | dict.fromkeys(["complaints", "former", "flagged"], (0, 0, 0))
    list_targets(campaign=row, tags=["hazard", "earlier"], by=cast.officer, at=AT)
    assert row.targets.count() == 3
    assert row.targets.get(institution=dangerous).tags == ["hazard", "earlier"]
    assert counts(row)["scope"] == (4, 1, 2)
    list_targets(campaign=row, tags=["scope", "unlicensed"], by=cast.officer, at=AT)
    assert row.targets.count() == 5
    assert row.targets.get(unlicensed=site).tags == ["hazard", "earlier", "unlicensed", "scope"]
    list_targets(campaign=row, tags=["scope"], by=cast.officer, at=AT)
    assert row.targets.count() == 5
    event = Event.objects.filter(kind="campaign.targets_listed").order_by("pk").last()
    assert event.changes == {"tags": [None, ["scope"]], "new": [None, 0], "found": [None, 5]}


def test_the_preview_counts_what_is_listed(cast):
    for place in (institution(cast.officer), unlicensed(cast.officer)):
        found(cast, place, HAZARD)
    row = drafted(cast.officer)
    for line in preview(row, on=DAY):
        institutions, sites = chosen(row, [line.tag], on=DAY)
        assert (line.institutions, line.sites, line.new) == (
            len(institutions),
            len(sites),
            len(institutions) + len(sites),
        )


def test_the_scope_narrows(cast):
    arts, subject = institution(cast.officer), institution(cast.officer, category=Category.SUBJECT)
    elsewhere = institution(
        cast.officer, division=Division.objects.filter(parent__code="350203").order_by("code").last()
    )
    neighbours = institution(cast.neighbour, county="350211")
    everything = drafted(cast.city, county=CITY)
    assert set(chosen(everything, ["scope"], on=DAY)[0]) == {arts.pk, subject.pk, elsewhere.pk, neighbours.pk}
    narrow = drafted(cast.officer, areas=[town()], categories=[Category.ARTS])
    assert set(chosen(narrow, ["scope"], on=DAY)[0]) == {arts.pk}
    assert town().code == TOWN


def test_looking_back_takes_former_ones_as_of_a_day_and_as_known_then(cast):
    """12 November is when it ended; on the 16th it was entered. Asked for the 14th as known then, it still ran."""
    ended, transformed, ran = (institution(cast.officer, effective_on=DAY - timedelta(days=60)) for _ in range(3))
    change_status(
        institution=ended, status=Status.DEREGISTERED, effective_on=DAY - timedelta(days=6), reason="注销",
        by=cast.officer, at=AT - timedelta(days=2),
    )  # fmt: skip
    change_status(
        institution=transformed, status=Status.TRANSFORMED, effective_on=DAY - timedelta(days=20), reason="转型",
        by=cast.officer, at=AT - timedelta(days=13),
    )  # fmt: skip
    site = unlicensed(cast.officer)
    dispose_unlicensed(
        site=site, disposal=Disposal.BANNED, disposed_on=DAY - timedelta(days=5), reason="取缔", by=cast.officer, at=AT
    )
    row = drafted(cast.officer, kind=CampaignKind.RECHECK)

    def former(**given):
        institutions, sites = chosen(row, ["former"], **{"on": DAY} | given)
        return set(institutions), set(sites)

    assert former() == ({ended.pk, transformed.pk}, {site.pk})
    assert former(on=DAY - timedelta(days=10)) == ({transformed.pk}, set())
    then = DAY - timedelta(days=4)
    assert former(on=then)[0] == {ended.pk, transformed.pk}
    assert former(on=then, known_at=end_of(then))[0] == {transformed.pk}
    assert ran.pk not in former()[0]
    only = drafted(cast.officer, kind=CampaignKind.RECHECK, former_statuses=[Status.DEREGISTERED])
    assert set(chosen(only, ["former"], on=DAY)[0]) == {ended.pk}


def test_flags_in_force(cast):
    marked, lapsed = institution(cast.officer), institution(cast.officer)
    for row, until in ((marked, None), (lapsed, DAY - timedelta(days=1))):
        set_standing(
            institution=row, kind=StandingKind.FLAG, detail="资金异常", value="是",
            effective_on=DAY - timedelta(days=9),
            until=until, reason="预警", source="测试", by=cast.officer.allowed("standing.set"), at=AT,
        )  # fmt: skip
    assert set(chosen(drafted(cast.officer), ["flagged"], on=DAY)[0]) == {marked.pk}


def test_two_complaints_from_outside_make_a_site_complained_of(cast):
    """Not one, not those of our own people, not those found untrue."""
    loud, once, own, untrue, site = (*(institution(cast.officer) for _ in range(4)), unlicensed(cast.officer))
    outside = {"channel": Channel.HOTLINE, "division": town()}
    for subject, given in ((loud, outside), (loud, outside), (once, outside), (untrue, outside), (untrue, outside)):
        clue(cast.officer, institution=subject, **given)
    for _ in range(2):
        clue(cast.officer, institution=own, channel=Channel.STAFF, division=town())
        clue(cast.officer, unlicensed_site=site, **outside)
    for row in untrue.clues.all():
        checked = start_checking(clue=accepted(row, cast.officer), by=cast.officer, at=AT)
        close_clue(clue=checked, verdict=Verdict.UNTRUE, result="现场未见异常", by=cast.officer, at=AT)
    institutions, sites = chosen(drafted(cast.officer), ["complaints"], on=DAY)
    assert (set(institutions), set(sites)) == ({loud.pk}, {site.pk})


def test_old_and_untrue_findings_are_no_reason(cast):
    old, void = institution(cast.officer), institution(cast.officer)
    found(cast, old, HAZARD, visited_on=DAY - timedelta(days=400))
    visit = found(cast, void, HAZARD)
    void_visit(visit=visit, reason="录错", by=cast.leader, at=AT)
    assert counts(drafted(cast.officer))["earlier"] == (0, 0, 0)


# -- done and open ---------------------------------------------------------------------------------------------------
def test_a_target_is_done_when_a_visit_of_the_campaign_was_there(cast):
    place, other, site = institution(cast.officer), institution(cast.officer), unlicensed(cast.officer)
    row = running(cast.officer)
    list_targets(campaign=row, tags=["scope"], by=cast.officer, at=AT)
    assert done_and_open(row, cast.officer) == (0, 3)
    visit = found(cast, place)
    assert done_and_open(row, cast.officer) == (0, 3)  # not this campaign's
    tag_visit(visit=visit, campaign=row, by=cast.officer, at=AT)
    tag_visit(visit=found(cast, site), campaign=row, by=cast.officer, at=AT)
    assert done_and_open(row, cast.officer) == (2, 1)
    assert targets_of(row, cast.officer).get(visited=False).institution == other
    void_visit(visit=visit, reason="录错", by=cast.leader, at=AT)
    assert done_and_open(row, cast.officer) == (1, 2)


def test_a_merged_target_is_done_by_a_visit_to_what_it_became_and_counts_once(cast):
    """Seen to fail when only the target's own institution is asked."""
    keep, absorb = institution(cast.officer), institution(cast.officer, credit_code=None)
    row = running(cast.officer)
    list_targets(campaign=row, tags=["scope"], by=cast.officer, at=AT)
    merge_institutions(keep=keep, absorb=absorb, reason="重复", by=cast.officer, at=AT)
    assert done_and_open(row, cast.officer) == (0, 1)
    drop_target(target=row.targets.get(institution=keep), reason="列重了", by=cast.officer, at=AT)
    assert done_and_open(row, cast.officer) == (0, 1)  # the absorbed one stands for the site now
    tag_visit(visit=found(cast, keep), campaign=row, by=cast.officer, at=AT)
    assert done_and_open(row, cast.officer) == (1, 0)


# -- by hand ---------------------------------------------------------------------------------------------------------
def test_named_dropped_and_restored(cast):
    row, place = running(cast.officer), institution(cast.officer)
    target = name_target(campaign=row, subject=place, reason=" 家长反映 ", by=cast.officer, at=AT)
    assert (target.tags, target.reason, target.site_name) == ([TargetTag.NAMED], "家长反映", place.name)
    with pytest.raises(InvalidInput, match="已在对象清单中"):
        name_target(campaign=row, subject=place, reason="再次", by=cast.officer, at=AT)
    with pytest.raises(InvalidInput, match="剔除理由"):
        drop_target(target=target, reason=" ", by=cast.officer, at=AT)
    drop_target(target=target, reason="已迁出", by=cast.officer, at=AT)
    assert done_and_open(row, cast.officer) == (0, 0)
    with pytest.raises(IllegalTransition):
        drop_target(target=target, reason="再次", by=cast.officer, at=AT)
    restore_target(target=target, by=cast.officer, at=AT)
    with pytest.raises(IllegalTransition):
        restore_target(target=target, by=cast.officer, at=AT)
    target.refresh_from_db()
    assert (target.state, target.drop_reason) == (TargetState.LISTED, "")
    kinds = (
        Event.objects.filter(subject_type="inspections.campaigntarget").order_by("pk").values_list("kind", flat=True)
    )
    assert list(kinds) == ["campaign.target_named", "campaign.target_dropped", "campaign.target_restored"]


def test_what_is_refused(cast):
    row, place = running(cast.officer), institution(cast.officer)
    with pytest.raises(InvalidInput, match="至少选择一种"):
        list_targets(campaign=row, tags=[], by=cast.officer, at=AT)
    with pytest.raises(InvalidInput, match="列入情况"):
        name_target(campaign=row, subject=place, reason="", by=cast.officer, at=AT)
    with pytest.raises(InvalidInput, match="不在行动辖区内"):
        name_target(
            campaign=row, subject=institution(cast.other_city, county="350581"), reason="x", by=cast.officer, at=AT
        )
    for who in ("neighbour", "province", "town", "legal", "culture"):
        with pytest.raises(NotAllowed):
            list_targets(campaign=row, tags=["scope"], by=getattr(cast, who), at=AT)
    assert not CampaignTarget.objects.exists()
    assert not Event.objects.filter(kind__startswith="campaign.target").exists()


def test_a_county_sees_and_keeps_its_part_of_a_citys_list(cast):
    here, there = institution(cast.officer), institution(cast.neighbour, county="350211")
    draft = drafted(cast.city, county=CITY)
    list_targets(campaign=draft, tags=["scope"], by=cast.city, at=AT)
    assert not CampaignTarget.objects.visible_to(cast.officer).exists()  # a draft of the city
    row = running(cast.city, county=CITY)
    list_targets(campaign=row, tags=["scope"], by=cast.city, at=AT)
    assert set(targets_of(row, cast.officer).values_list("institution", flat=True)) == {here.pk}
    assert targets_of(row, cast.city).count() == 2
    drop_target(target=row.targets.get(institution=here), reason="停业", by=cast.officer, at=AT)
    with pytest.raises(NotAllowed):
        drop_target(target=row.targets.get(institution=there), reason="停业", by=cast.officer, at=AT)


# -- re-check --------------------------------------------------------------------------------------------------------
def test_a_result_rests_on_a_visit_of_the_campaign_there(cast):
    place, other = institution(cast.officer), institution(cast.officer)
    row = running(cast.officer, kind=CampaignKind.RECHECK)
    list_targets(campaign=row, tags=["scope"], by=cast.officer, at=AT)
    target, visit = row.targets.get(institution=place), found(cast, place)
    elsewhere = found(cast, other)
    tag_visit(visit=elsewhere, campaign=row, by=cast.officer, at=AT)
    for evidence in (visit, elsewhere):  # not of this campaign; not at this site
        with pytest.raises(InvalidInput, match="复核依据"):
            record_recheck(target=target, result="relapsed", visit=evidence, by=cast.officer, at=AT)
    tag_visit(visit=visit, campaign=row, by=cast.officer, at=AT)
    with pytest.raises(InvalidInput, match="请选择复核结果"):
        record_recheck(target=target, result="fine", visit=visit, by=cast.officer, at=AT)
    with pytest.raises(NotAllowed):
        record_recheck(target=target, result="relapsed", visit=visit, by=cast.neighbour, at=AT)
    record_recheck(target=target, result=RecheckResult.RELAPSED, visit=visit, remark="复招生", by=cast.officer, at=AT)
    assert results(row, cast.officer) == {"corrected": 0, "relapsed": 1, "mutated": 0, "lost": 0, "": 1}
    assert Event.objects.get(kind="campaign.target_rechecked").changes["result"] == ["", "relapsed"]
