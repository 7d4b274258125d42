"""Operations on the rows ticked in a list: effect and number first, a frozen set, then row by row."""

from __future__ import annotations

import pytest
from django.core import signing

from foundation.audit.models import Event
from foundation.regions.models import School
from tests.cast import NEIGHBOUR
from tests.core import factories, registers

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.registers")]
LIST = "/admin/regions/school/"
PAGE = f"{LIST}close-many/"
FORM = {"closed_on": "2024-07-01", "reason": "布局调整"}


def schools(count: int) -> list[School]:
    return [factories.school(f"第{number:03}小学") for number in range(count)]


def ask(client, rows, **more):
    return client.post(PAGE, {"ids": [row.pk for row in rows], **more})


def closed() -> set[str]:
    return set(School.objects.filter(closed_on__isnull=False).values_list("name", flat=True))


def test_asking_says_effect_number_and_names_and_does_nothing(cast, enter):
    rows = schools(3)
    page = ask(enter(cast.officer), rows[:2]).content.decode()
    assert "将对 <strong>2</strong> 条学校办理“批量撤并”。" in page
    assert "撤并后，这些学校不再出现在新的检查和服务中。" in page
    assert "第000小学" in page
    assert "第002小学" not in page
    assert closed() == set()


def test_the_frozen_set_is_run_and_not_what_was_ticked_since(cast, enter):
    rows = schools(3)
    client = enter(cast.officer)
    frozen = ask(client, rows[:2]).context["frozen"]
    response = client.post(PAGE, {"frozen": frozen, "ids": [rows[2].pk], **FORM})
    assert response.context["report"].done == ["第000小学", "第001小学"]
    assert closed() == {"第000小学", "第001小学"}
    assert Event.objects.filter(kind="test.school_closed").count() == 2


def test_one_refusal_does_not_stop_the_others_and_is_reported(cast, enter):
    rows = schools(3)
    client = enter(cast.officer)
    frozen = ask(client, rows).context["frozen"]
    School.objects.filter(pk=rows[1].pk).update(closed_on="2023-01-01")
    report = client.post(PAGE, {"frozen": frozen, **FORM}).context["report"]
    assert report.done == ["第000小学", "第002小学"]
    assert report.refused == [("第001小学", "该学校已经撤并。")]
    assert Event.objects.count() == 2


def test_rows_out_of_scope_are_never_frozen(cast, enter):
    own, neighbours = factories.school("第一小学"), factories.school("邻区小学", code=NEIGHBOUR)
    client = enter(cast.officer)
    response = ask(client, [own, neighbours])
    assert response.context["number"] == 1
    client.post(PAGE, {"frozen": response.context["frozen"], **FORM})
    assert closed() == {"第一小学"}


def test_a_row_that_left_the_scope_meanwhile_is_refused(cast, enter):
    row = factories.school("第一小学")
    client = enter(cast.officer)
    frozen = ask(client, [row]).context["frozen"]
    School.objects.filter(pk=row.pk).update(jurisdiction=factories.school("邻区小学", code=NEIGHBOUR).jurisdiction)
    report = client.post(PAGE, {"frozen": frozen, **FORM}).context["report"]
    assert (report.done, report.refused) == ([], [(f"编号 {row.pk}", "记录已不在您的管辖范围内。")])
    assert closed() == set()


def test_a_frozen_set_runs_once(cast, enter):
    rows = schools(2)
    client = enter(cast.officer)
    frozen = ask(client, rows).context["frozen"]
    client.post(PAGE, {"frozen": frozen, **FORM})
    School.objects.update(closed_on=None)
    again = client.post(PAGE, {"frozen": frozen, **FORM}, follow=True)
    assert "这批记录已经办理过" in again.content.decode()
    assert closed() == set()


def test_a_frozen_set_of_another_person_or_made_by_hand_is_refused(cast, enter):
    rows = schools(2)
    client = enter(cast.officer)
    frozen = ask(client, rows).context["frozen"]
    nonce = client.session["bulk"][-1]
    forged = signing.dumps([nonce, "close-many", [rows[0].pk]], salt="bulk")
    for value in (forged, frozen[:-2] + "xx", ""):
        assert client.post(PAGE, {"frozen": value, **FORM}).status_code == 302
    other = enter(cast.second_officer)
    assert other.post(PAGE, {"frozen": frozen, **FORM}).status_code == 302
    assert closed() == set()


def test_above_a_hundred_the_number_has_to_be_typed(cast, enter):
    rows = schools(101)
    client = enter(cast.officer)
    response = ask(client, rows)
    assert "请输入条数 101 以确认" in response.content.decode()
    frozen = response.context["frozen"]
    for typed in ("", "100"):
        again = client.post(PAGE, {"frozen": frozen, "number": typed, **FORM})
        assert "条数不对，请输入 101。" in again.content.decode()
        assert closed() == set()
    report = client.post(PAGE, {"frozen": frozen, "number": "101", **FORM}).context["report"]
    assert (len(report.done), report.refused) == (101, [])


def test_all_rows_of_the_filtered_list_can_be_frozen(cast, enter):
    rows = schools(30)
    client = enter(cast.officer)
    response = client.post(f"{PAGE}?q=第01", {"scope": "all", "ids": [rows[0].pk]})
    assert response.context["number"] == 10
    report = client.post(f"{PAGE}?q=第01", {"frozen": response.context["frozen"], **FORM}).context["report"]
    assert report.done == [f"第{number:03}小学" for number in range(10, 20)]


def test_more_than_the_limit_is_sent_back(cast, enter, monkeypatch):
    monkeypatch.setattr(registers.CloseSchools, "limit", 5)
    response = ask(enter(cast.officer), schools(6))
    assert (response.status_code, response.url) == (302, LIST)


def test_a_form_that_is_wrong_is_asked_again_with_the_same_set(cast, enter):
    rows = schools(2)
    client = enter(cast.officer)
    frozen = ask(client, rows).context["frozen"]
    response = client.post(PAGE, {"frozen": frozen, "closed_on": "2024-07-01"})
    assert response.context["frozen"] == frozen
    assert closed() == set()
    assert client.post(PAGE, {"frozen": frozen, **FORM}).context["report"].refused == []


def test_who_may_not_gets_403_and_a_visit_without_ticks_goes_back(cast, enter):
    rows = schools(1)
    assert ask(enter(cast.leader), rows).status_code == 403
    client = enter(cast.officer)
    assert client.get(PAGE).url == LIST
    assert ask(client, []).url == LIST
    assert closed() == set()


def test_the_operation_asks_its_own_rule_for_each_row(cast, enter, monkeypatch):
    """The list's rule alone opens the page; what happens to each row is the operation's business."""
    monkeypatch.setattr(registers.CloseSchools, "rule", staticmethod(lambda actor, row=None: True))
    rows = schools(1)
    client = enter(cast.leader)
    frozen = ask(client, rows).context["frozen"]
    report = client.post(PAGE, {"frozen": frozen, **FORM}).context["report"]
    assert report.refused == [("第000小学", "只有本辖区的经办人可以维护学校。")]
    assert not Event.objects.exists()
