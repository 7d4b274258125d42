"""The staff's pages of draws: from plan to publication through the web, buttons by state and person, lists, tiles."""

from __future__ import annotations

import pytest

from foundation.accounts.middleware import POST_KEY
from foundation.accounts.models import Post, User
from foundation.core import clock
from inspections.enums import CheckResult, DrawState
from inspections.models import Draw, DrawnObject, InterestDeclaration
from inspections.operations.voiding import ask_void
from inspections.panels.draws import results_due, results_missing, voids_waiting
from tests.inspections.drawing import CHECKED_AT, DRAWN_AT, FACTS, FROZEN_AT, SOURCE, checked, in_state, inspectors, run
from tests.institutions.factories import institution

pytestmark = pytest.mark.django_db
DRAWS, DRAWN = "/admin/inspections/draw/", "/admin/inspections/drawnobject/"
LIST_QUERIES, DRAWN_QUERIES = 10, 7


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(FROZEN_AT):
        yield


@pytest.fixture
def enter(client):
    def log_in(actor):
        client.logout()  # a session does not outlive the days that a draw takes
        client.force_login(User.objects.get(pk=actor.user_id))
        session = client.session
        session[POST_KEY] = actor.post_id
        session.save()
        return client

    return log_in


RATIOS = {"ratio_a": 5, "ratio_b": 10, "ratio_c": 20, "ratio_d": 40, "ratio_ungraded": 20, "avoid_recent": 1}


def test_from_plan_to_publication_through_the_pages(cast, enter):
    rows = [institution(cast.officer, at=FROZEN_AT) for _ in range(3)]
    officers = [post.pk for post in inspectors()]
    client = enter(cast.officer)
    done = client.post(f"{DRAWS}plan/", {**FACTS, **RATIOS, "officers": officers})
    draw = Draw.objects.get()
    assert (done.status_code, done.url) == (302, f"{DRAWS}{draw.pk}/")
    here = f"{DRAWS}{draw.pk}/"
    given = {"institution": rows[0].name, "reason": "停业整改"}
    assert client.post(f"{here}exclude/", given).status_code == 302
    page = client.get(f"{here}freeze/").content.decode()
    assert "合计 2 家，将抽取 1 家；检查人员 4 人" in page
    today_is_refused = client.post(f"{here}freeze/", {"number_source": SOURCE, "number_on": "2026-11-18"})
    assert "必须晚于今天" in today_is_refused.content.decode()
    assert client.post(f"{here}freeze/", {"number_source": SOURCE, "number_on": "2026-11-19"}).status_code == 302
    early = client.post(f"{here}draw/", {"public_number": "1234"})
    assert early.status_code == 409
    with clock.set_to(DRAWN_AT):
        client = enter(cast.officer)
        assert client.post(f"{here}draw/", {"public_number": "03 08 12"}).status_code == 302
    drawn = DrawnObject.objects.get()
    with clock.set_to(CHECKED_AT):
        client = enter(cast.officer)
        assert results_missing(cast.officer).count == 1
        given = {"result": CheckResult.CORRECTED, "checked_on": "2026-11-24", "follow_up": "已整改"}
        assert client.post(f"{DRAWN}{drawn.pk}/result/", given).status_code == 302
        assert results_missing(cast.officer) is None
        assert client.post(f"{here}finish-check/").status_code == 302
        assert results_due(cast.officer).count == 1
        assert "剩余 20 个工作日" in client.get(DRAWS).content.decode()
        assert "剩余 20 个工作日" in client.get(here).content.decode()
        assert client.post(f"{here}publish-results/").status_code == 302
        assert results_due(cast.officer) is None
    draw.refresh_from_db()
    assert draw.state == DrawState.PUBLISHED


def test_a_plan_with_a_wrong_ratio_shows_it_beside_the_field(cast, enter):
    officers = [post.pk for post in inspectors()]
    page = enter(cast.officer).post(f"{DRAWS}plan/", {**FACTS, **RATIOS, "ratio_d": 140, "officers": officers})
    assert page.status_code == 200
    assert "D级抽取比例(%)" in page.content.decode()
    assert not Draw.objects.exists()


BUTTONS = {
    ("officer", DrawState.DRAFT): ["冻结名册并公布", "修改", "排除机构", "放弃拟定"],
    ("officer", DrawState.FROZEN): ["录入公开号码并抽取", "申请作废"],
    ("officer", DrawState.DRAWN): ["检查完成", "申请作废"],
    ("officer", DrawState.CHECKED): ["公示结果"],
    ("officer", DrawState.PUBLISHED): ["出具公示文书", "归档"],
    ("officer", DrawState.CLOSED): ["出具公示文书"],
    ("officer", DrawState.VOIDED): ["重新抽取"],
    ("officer", DrawState.DISCARDED): [],
    ("leader", DrawState.FROZEN): [],
    ("discipline", DrawState.DRAWN): [],
}


@pytest.mark.parametrize(("who", "state"), list(BUTTONS))
def test_buttons_are_those_of_state_and_person(cast, enter, who, state):
    draw = in_state(cast, state)
    response = enter(getattr(cast, who)).get(f"{DRAWS}{draw.pk}/")
    assert [button["label"] for button in response.context["buttons"]] == BUTTONS[who, state]


def test_who_may_agree_sees_the_request_and_who_asked_does_not(cast, enter):
    draw = in_state(cast, DrawState.FROZEN)
    ask_void(draw=draw, reason="条件设错", by=cast.officer, at=FROZEN_AT)
    assert [actor for actor in (cast.leader, cast.city) if voids_waiting(actor).count == 1]
    assert voids_waiting(cast.officer) is None
    response = enter(cast.leader).get(f"{DRAWS}{draw.pk}/")
    assert [button["label"] for button in response.context["buttons"]] == ["同意作废", "不同意作废"]
    page = enter(cast.leader).get(f"{DRAWS}{draw.pk}/agree-void/").content.decode()
    assert "条件设错" in page
    assert len(enter(cast.leader).get(f"{DRAWS}?waiting=void").context["cl"].result_list) == 1


def test_the_redraw_form_holds_what_the_voided_one_said(cast, enter):
    draw = in_state(cast, DrawState.VOIDED)
    form = enter(cast.officer).get(f"{DRAWS}{draw.pk}/redraw/").context["form"]
    assert form["title"].value() == draw.title
    assert len(form["officers"].value()) == 4


@pytest.mark.parametrize("number", [1, 3])
def test_lists_ask_as_much_for_one_row_as_for_three(cast, enter, django_assert_num_queries, number):
    for _ in range(number):
        another(cast)
    client = enter(cast.officer)
    client.get(DRAWS)
    with django_assert_num_queries(LIST_QUERIES):
        assert len(client.get(DRAWS).context["cl"].result_list) == number
    with django_assert_num_queries(DRAWN_QUERIES):
        assert len(client.get(DRAWN).context["cl"].result_list) == number


def another(cast) -> Draw:
    """A checked draw of the one institution by the same officers."""
    known = list(Post.objects.filter(certificate_no__startswith="闽D"))
    if not known:
        institution(cast.officer, at=FROZEN_AT)
    return checked(cast, run(cast, officers=known or inspectors()))


def test_an_interest_is_declared_on_the_institution_and_seen_by_whom_it_concerns(cast, enter):
    row = institution(cast.officer, at=FROZEN_AT)
    address = f"/admin/institutions/institution/{row.pk}/declare-interest/"
    client = enter(cast.culture)
    offered = client.get(address).context["form"].fields["person"].queryset
    assert [person.pk for person in offered] == [cast.culture.user_id]
    given = {"person": cast.culture.user_id, "reason": "亲属任职", "since": "2026-11-18"}
    assert client.post(address, given).status_code == 302
    interest = InterestDeclaration.objects.get()
    page = f"/admin/inspections/interestdeclaration/{interest.pk}/"
    for actor, status in ((cast.culture, 200), (cast.officer, 200), (cast.town, 404), (cast.neighbour, 404)):
        assert enter(actor).get(page).status_code == status
    assert enter(cast.officer).post(f"{page}end/").status_code == 302
    assert "利益关系申报" in enter(cast.officer).get(f"/admin/institutions/institution/{row.pk}/").content.decode()
