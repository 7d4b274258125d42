"""集美 in the base demo: nets that name people, 点题整治 closed, 监管护苗 and 回头看 running, each with its figures."""

import pytest

from clues.models import Clue
from foundation.accounts.actors import actor_of
from foundation.accounts.models import Post
from foundation.core import clock
from foundation.core.actor import Actor
from inspections.counters import figures
from inspections.enums import CampaignKind, CampaignState, RecheckResult
from inspections.models import Campaign
from inspections.queries.campaigns import clues_of, done_and_open, missing_returns, results, visits_of
from institutions.enums import Net, UnlicensedState
from institutions.models import Responsible, UnlicensedSite

pytestmark = [pytest.mark.slow]


def acting(username: str) -> Actor:
    post = Post.objects.select_related("user", "organ", "grid", "school").get(user__username=username)
    return actor_of(post, user=post.user)


def test_jimeis_case_at_a_small_scale(demo_db):
    officer = acting("jimei.jingban")
    named, guard, recheck = (
        Campaign.objects.get(kind=kind, jurisdiction__code="350211")
        for kind in (CampaignKind.NAMED, CampaignKind.GUARD, CampaignKind.RECHECK)
    )
    assert [row.state for row in (named, guard, recheck)] == [CampaignState.CLOSED, *[CampaignState.RUNNING] * 2]

    found = figures(visits_of(named, officer))
    assert (found["visits"], found["with_problem"], found["dispersed"]) == ("4", "4", "42")
    sites = UnlicensedSite.objects.filter(jurisdiction__code="350211")
    assert sites.filter(state=UnlicensedState.DISPOSED).count() == 3
    assert sites.filter(state=UnlicensedState.OPEN).count() == 1

    found = figures(visits_of(guard, officer))
    assert (found["visits"], found["with_problem"], found["corrected"], found["dispersed"]) == ("10", "3", "2", "30余")
    assert done_and_open(guard, officer)[0] == 10
    assert {clue.state for clue in clues_of(guard, officer)} == {"closed", "received"}
    assert guard.papers.count() == 2
    assert missing_returns(guard, on=clock.today())
    assert guard.returns.filter(organ=officer.organ_id, figures__visits="1").count() == 10

    assert results(recheck, officer)[RecheckResult.CORRECTED] == 1
    held = Responsible.objects.filter(institution__jurisdiction__code="350211")
    assert set(held.values_list("net", flat=True)) == set(Net.values)


def test_who_sees_it(demo_db):
    """The county's people and the city; the next county sees nothing of it."""
    for username, seen in (("jimei.shenhe", 3), ("jimei.shijian", 3), ("xiamen.guanli", 3), ("siming.jingban", 0)):
        rows = Campaign.objects.visible_to(acting(username)).filter(jurisdiction__code="350211")
        assert rows.count() == seen, username
    assert Clue.objects.visible_to(acting("jimei.shenhe")).count() == 2
    assert not Clue.objects.visible_to(acting("jimei.shijian")).exists()
