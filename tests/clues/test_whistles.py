"""吹哨报到: a town calls, departments report in by a time, whoever is late is told, the town ends it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from clues import queries, workflow
from clues.enums import Subject, WhistleState
from clues.models import Whistle, WhistleCall
from clues.operations import whistles
from foundation.accounts.enums import OrganKind
from foundation.accounts.models import Organ
from foundation.audit.models import Event
from foundation.core import clock, outbox
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed
from foundation.notifications.models import Message
from foundation.regions.models import Division
from tests.cast import NEIGHBOUR, OWN, TOWN, organ
from tests.institutions.factories import AT, town

pytestmark = pytest.mark.django_db
WORDS = "二楼有二十多个孩子在上课，拒不开门，房东姓林"


def whistle(cast, *, at=AT, **given) -> Whistle:
    facts = {
        "division": town(), "address": "厦港路1号二楼", "subject": Subject.UNLICENSED, "words": WORDS,
        "organs": [organ(OWN, OrganKind.CULTURE), organ(OWN)], "minutes": 60, "by": cast.town, **given,
    }  # fmt: skip
    return whistles.blow_whistle(at=at, **facts)


def call_of(row: Whistle, actor) -> WhistleCall:
    return row.calls.get(organ=actor.organ_id)


def test_a_town_calls_and_each_department_reports_in_with_its_minutes(cast):
    row = whistle(cast)
    assert (row.number, row.due_at) == ("CS-350203-2026-0001", AT + timedelta(hours=1))
    assert [list(queries.awaited(actor)) for actor in (cast.culture, cast.officer, cast.town)] == [[row], [row], []]
    outbox.deliver_all(at=AT)
    told = Message.objects.filter(kind="clues.whistled")
    assert {cast.culture.user_id, cast.officer.user_id} <= set(told.values_list("recipient", flat=True))
    assert not any(word in message.title + message.body for message in told for word in ("林", "孩子"))
    call = whistles.report_in(call=call_of(row, cast.culture), by=cast.culture, at=AT + timedelta(minutes=25))
    assert call.minutes == 25
    with pytest.raises(Conflict, match="已经报到"):
        whistles.report_in(call=call, by=cast.culture, at=AT + timedelta(minutes=30))
    assert list(queries.awaited(cast.culture)) == []
    kinds = list(Event.objects.filter(kind__startswith="whistle.").order_by("pk").values_list("kind", "actor_id"))
    assert kinds == [("whistle.raised", cast.town.user_id), ("whistle.reported_in", cast.culture.user_id)]


def test_who_is_late_is_told_and_so_is_the_town_and_nobody_who_was_there(cast):
    row = whistle(cast)
    outbox.deliver_all(at=AT)
    whistles.report_in(call=call_of(row, cast.officer), by=cast.officer, at=AT + timedelta(minutes=5))
    later = AT + timedelta(minutes=60)
    with clock.set_to(later):
        outbox.deliver_all(at=later)
    late = set(Message.objects.filter(kind="clues.whistle_late").values_list("recipient", flat=True))
    assert late == {cast.culture.user_id, cast.town.user_id}


def test_when_all_are_there_or_it_ended_nobody_is_told(cast):
    for number in range(2):
        row = whistle(cast)
        if number:
            whistles.withdraw_whistle(whistle=row, reason="已散去", by=cast.town, at=AT)
        else:
            for actor in (cast.culture, cast.officer):
                whistles.report_in(call=call_of(row, actor), by=actor, at=AT + timedelta(minutes=59))
    later = AT + timedelta(hours=2)
    with clock.set_to(later):
        outbox.deliver_all(at=later)
    assert not Message.objects.filter(kind="clues.whistle_late").exists()


STEPS = {
    workflow.END: lambda row, by: whistles.end_whistle(whistle=row, result="已劝离二十余人", by=by, at=AT),
    workflow.WITHDRAW_WHISTLE: lambda row, by: whistles.withdraw_whistle(whistle=row, reason="误报", by=by, at=AT),
}


@pytest.mark.parametrize("state", WhistleState)
@pytest.mark.parametrize("step", workflow.WHISTLE.transitions, ids=lambda step: step.name)
def test_each_step_from_each_state(cast, state, step):
    row = whistle(cast)
    if state != WhistleState.RAISED:
        STEPS[workflow.END if state == WhistleState.ENDED else workflow.WITHDRAW_WHISTLE](row, cast.town)
    if step.starts_from(state):
        assert STEPS[step](row, cast.town).state == step.target
    else:
        with pytest.raises(IllegalTransition):
            STEPS[step](row, cast.town)
    row.refresh_from_db()
    if row.state != WhistleState.RAISED:
        with pytest.raises(IllegalTransition, match="不用再报到"):
            whistles.report_in(call=call_of(row, cast.culture), by=cast.culture, at=AT)


def test_who_may_call_report_in_and_end(cast):
    row = whistle(cast)
    for name, actor in cast.everyone().items():
        if name != "town":
            with pytest.raises(NotAllowed):
                whistle(cast, by=actor)
            with pytest.raises(NotAllowed):
                whistles.end_whistle(whistle=row, result="x", by=actor, at=AT)
        if name != "culture":
            with pytest.raises(NotAllowed):
                whistles.report_in(call=call_of(row, cast.culture), by=actor, at=AT)
    assert (Whistle.objects.count(), row.calls.filter(reported_at__isnull=False).count()) == (1, 0)


def test_the_whole_cast_sees_what_it_may(cast):
    row = whistle(cast)
    seen = {name for name, actor in cast.everyone().items() if Whistle.objects.visible_to(actor).filter(pk=row.pk)}
    assert seen == {"town", "culture", "officer", "second_officer", "leader", "city", "province"}


def test_what_does_not_fit_is_refused_and_leaves_nothing(cast):
    elsewhere = Division.objects.filter(parent__code=OWN).exclude(code=TOWN).order_by("code")[0]
    bank = Organ.objects.create(jurisdiction=organ(OWN).jurisdiction, kind=OrganKind.BANK, name="银行")
    own = Organ.objects.get(pk=cast.town.organ_id)
    for given, error in (
        ({"division": elsewhere}, NotAllowed), ({"organs": []}, InvalidInput), ({"minutes": 5}, InvalidInput),
        ({"minutes": 1441}, InvalidInput), ({"words": " "}, InvalidInput), ({"organs": [bank]}, NotAllowed),
        ({"organs": [own]}, NotAllowed), ({"organs": [organ(NEIGHBOUR)]}, NotAllowed),
        ({"organs": [organ(OWN), organ(OWN)]}, InvalidInput), ({"subject": "x"}, InvalidInput),
    ):  # fmt: skip
        with pytest.raises(error):
            whistle(cast, **given)
    assert (Whistle.objects.count(), Event.objects.filter(kind="whistle.raised").count()) == (0, 0)


def test_what_is_said_is_sealed(cast):
    STEPS[workflow.END](whistle(cast), cast.town)
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM clues_whistle t")
        [(stored,)] = cursor.fetchall()
        assert not any(word in stored for word in ("房东", "劝离"))
    assert "劝离" not in str(Event.objects.get(kind="whistle.ended").changes)


def test_on_pages(cast, enter):
    with clock.set_to(AT):
        client = enter(cast.town)
        form = {
            "division": town().pk, "address": "厦港路1号", "subject": "unlicensed", "words": WORDS, "minutes": 60,
            "organs": [organ(OWN, OrganKind.CULTURE).pk],
        }  # fmt: skip
        assert client.get("/admin/clues/whistle/blow/").status_code == 200
        client.post("/admin/clues/whistle/blow/", form)
        row = Whistle.objects.get()
        page = f"/admin/clues/whistle/{row.pk}/"
        client = enter(cast.culture)
        assert WORDS in client.get(page).content.decode()
        client.post(f"{page}report-in/")
        html = enter(cast.town).get(page).content.decode()
        assert ("1/1" in html, "0 分钟" in html) == (True, True)
        client.post(f"{page}end/", {"result": "已劝离"})
        row.refresh_from_db()
        assert (row.state, row.result) == (WhistleState.ENDED, "已劝离")
