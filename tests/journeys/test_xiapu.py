"""The advertisements of 霞浦, 连江 and 集美: the bulletin's figures, counted from records and opening their rows."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from assignments.enums import PartState
from assignments.models import Part
from clues.enums import AdUnit, Channel, Medium
from clues.models import Sighting
from demo import xiapu
from demo.xiapu import JIMEI, LIANJIANG, TERM, XIAPU
from enforcement import removing
from enforcement.enums import REPEAT_ADVERTS, AdOutcome
from enforcement.models import RemovalItem
from foundation.accounts.actors import actor_of
from foundation.accounts.middleware import POST_KEY
from foundation.accounts.models import Post
from foundation.core import clock
from inspections.models import Campaign
from institutions.enums import StandingKind
from institutions.models import Institution
from institutions.queries import standing

pytestmark = pytest.mark.django_db
YEAR = (date(2023, 1, 1), date(2023, 12, 31))


@pytest.fixture
def replayed(settings):
    settings.DEMO_MODE = True  # else its accounts could not log in
    xiapu.load()


def post(username: str) -> Post:
    return Post.objects.select_related("user", "organ").get(user__username=username)


def items(code: str):
    return RemovalItem.objects.filter(removal__jurisdiction__code=code)


def test_the_figures_of_three_counties(replayed, client):
    found = removing.figures(items(XIAPU))
    assert found.person_times == 43
    assert str(found.amounts[AdOutcome.DESTROYED][AdUnit.SHEET]) == "300余张"
    assert found.firms[AdOutcome.DISMANTLED] == 18
    assert str(found.amounts[AdOutcome.DISMANTLED][AdUnit.BOARD]) == "27块"  # domain note 6-A8: the second number
    assert str(found.amounts[AdOutcome.DISSUADED][AdUnit.PLACE]) == "3处"
    online = items(XIAPU).filter(sighting__medium=Medium.ACCOUNT)
    assert removing.figures(online).firms == {AdOutcome.DELETED: 1, AdOutcome.TRANSFERRED: 1}

    assert str(removing.figures(items(LIANJIANG)).amounts[AdOutcome.DISMANTLED][AdUnit.FACE]) == "48面"

    campaign = Campaign.objects.get(name="点题整治")
    named = removing.figures(items(JIMEI).filter(removal__campaigns__campaign=campaign))
    assert str(named.amounts[AdOutcome.DISMANTLED][AdUnit.PLACE]) == "42处"
    assert str(removing.figures(items(JIMEI)).amounts[AdOutcome.DISMANTLED][AdUnit.PLACE]) == "43处"

    _the_loop(found)
    _the_pages(client)


def _the_loop(found) -> None:
    """From the pasted post to the regulator's answer, the history that an annual check reads, and the risk flag."""
    sighting = Sighting.objects.get(medium=Medium.ACCOUNT)
    assert {law for _, _, _, law, _ in sighting.marks} >= {
        "《中华人民共和国广告法》第二十四条第一项",
        "《中华人民共和国广告法》第九条第三项",
        "《关于做好校外培训广告管控的通知》",
    }
    assert Part.objects.get().state == PartState.ANSWERED
    assert Sighting.objects.filter(clue__channel=Channel.GRID, clue__jurisdiction__code=XIAPU).count() == 6
    about = sighting.clue.institution
    records = removing.adverts_of(about, since=YEAR[0], until=YEAR[1])
    assert [(record.medium, record.outcomes) for record in records] == [
        ("户外", ("拆除 1块",)),
        ("公众号", ("删除 1处", "移送 1处")),
    ]
    day = (TERM + timedelta(days=31)).date()
    flagged = [row for row in Institution.objects.order_by("pk") if standing(row, on=day)]
    assert flagged == [about]
    assert list(standing(about, on=day)) == [(StandingKind.FLAG, REPEAT_ADVERTS)]


def _the_pages(client) -> None:
    """The officer of 霞浦 sees the same numbers, and each opens as many rows as it counts."""
    officer = post("xiapu.jingban")
    client.force_login(officer.user)
    session = client.session
    session[POST_KEY] = officer.pk
    session.save()
    with clock.set_to(TERM + timedelta(days=40)):
        page = client.get("/admin/enforcement/removalitem/figures/").content.decode()
        for words in ("43 人次", "300余张", "27块", "18家"):
            assert words in page
        url = re.search(r'href="([^"]*outcome__exact=dismantled[^"]*)">18家', page)[1].replace("&amp;", "&")
        assert client.get(url).context["cl"].result_count == 18
        campaign = Campaign.objects.get(name="校外培训广告专项整治")
        shown = client.get(f"/admin/inspections/campaign/{campaign.pk}/").content.decode()
        for words in ("广告处置", "300余张", "43人次"):
            assert words in shown
    assert actor_of(officer, user=officer.user).can("orders.issue")
