"""The staff's pages: lists in a literal number of queries, steps through the pages, numbers that open their rows."""

from __future__ import annotations

import pytest
from django.urls import reverse

from foundation.core import clock
from institutions.models import Institution
from materials.enums import SetState
from materials.models import MaterialSet, MaterialUse, UseAlarm
from tests.institutions.factories import AT, institution
from tests.materials.factories import FACTS, a_class, in_state, registered, reviewer, team, used

pytestmark = pytest.mark.django_db
SETS, ALARMS = "admin:materials_materialset", "admin:materials_usealarm"


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def many(cast, number: int) -> None:
    for _ in range(number):
        row = registered(cast, institution(cast.officer))
        used(cast, row, a_class(cast, row.institution))
        reviewer(cast, f"评审{row.pk}")


@pytest.mark.parametrize(
    ("name", "queries"),
    [("materialset", 6), ("reviewer", 7), ("materialuse", 6), ("usealarm", 6)],
)
def test_lists_ask_as_often_for_three_rows_as_for_one(cast, enter, django_assert_num_queries, name, queries):
    client, url = enter(cast.officer), reverse(f"admin:materials_{name}_changelist")
    many(cast, 1)
    client.get(url)
    for number in (0, 2):
        many(cast, number)
        with django_assert_num_queries(queries):
            page = client.get(url)
        assert page.status_code == 200


def test_an_empty_list_says_what_it_is_for(cast, enter):
    client = enter(cast.officer)
    for name, words in (("materialset", "凡编必审"), ("reviewer", "审核队伍"), ("usealarm", "没有未审先用警示")):
        assert words in client.get(reverse(f"admin:materials_{name}_changelist")).content.decode()


def post(client, name: str, pk: int, **data) -> None:
    answer = client.post(reverse(name, args=[pk]), data)
    assert answer.status_code == 302, answer.context["form"].errors


def test_a_set_goes_from_its_entry_to_a_number_through_the_pages(cast, enter):
    home = institution(cast.officer)
    where = a_class(cast, home)
    first, second = team(cast)
    client, on = enter(cast.officer), clock.today().isoformat()
    facts = {name: value for name, value in FACTS.__dict__.items() if value}
    post(client, "admin:institutions_institution_material", home.pk, **facts)
    row = MaterialSet.objects.get()
    seen = {"training_class": where.pk, "material": row.pk, "since": on, "source": "seen"}
    post(client, "admin:institutions_institution_material-use", home.pk, **seen)
    assert "未审先用" in client.get(reverse("admin:institutions_institution_change", args=[home.pk])).content.decode()
    assert "未审先用" in client.get(reverse("admin:index")).content.decode()
    post(client, f"{SETS}_inside", row.pk, reviewed_by="主任", reviewed_on=on, note="同意")
    post(client, f"{SETS}_send", row.pk, first=first.pk, second=second.pk)
    for person in (first, second):
        post(client, f"{SETS}_opinion", row.pk, reviewer=person.pk, verdict="approve", given_on=on)
    page = client.get(reverse(f"{SETS}_change", args=[row.pk])).content.decode()
    assert "待审定" in page
    assert reverse(f"{SETS}_opinion", args=[row.pk]) not in page
    leader = enter(cast.leader)
    assert "材料待审定" in leader.get(reverse("admin:index")).content.decode()
    post(leader, f"{SETS}_approve", row.pk, valid_to="2028-12-31")
    assert UseAlarm.objects.get().closing == "approved"
    assert "CL-350203-2026-0001" in leader.get(reverse(f"{SETS}_change", args=[row.pk])).content.decode()


def test_stopping_from_the_alarm_closes_it(cast, enter):
    used(cast, registered(cast))
    alarm, client = UseAlarm.objects.get(), enter(cast.officer)
    post(client, f"{ALARMS}_stop", alarm.pk, stopped_on=clock.today().isoformat(), reason="收回")
    assert (UseAlarm.objects.get().closing, MaterialUse.objects.get().stop_reason) == ("stopped", "收回")
    assert client.get(reverse(f"{ALARMS}_stop", args=[alarm.pk])).status_code == 403


def test_each_number_of_the_counts_opens_its_rows(cast, enter):
    home = institution(cast.officer)
    good = in_state(cast, SetState.APPROVED, home, title="好")
    in_state(cast, SetState.REFUSED, home, title="不好")
    bare = registered(cast, home, title="没审")
    for number, row in enumerate((good, bare)):
        used(cast, row, a_class(cast, home, f"{number}班"))
    client = enter(cast.officer)
    page = client.get(reverse(f"{SETS}_figures"), {"first": "2026-11-01", "last": "2026-11-02"})
    figures = page.context["figures"]
    assert [number for _, _, number, _ in figures["lines"]] == [2, 1, 2, 1, 1]
    assert figures["share"] == "50.00%"
    for label, _, number, url in figures["lines"]:
        assert client.get(url).context["cl"].result_count == number, label
    odd = client.get(reverse(f"{SETS}_figures"), {"first": "2026-11-02", "last": "2026-11-01"})
    assert "结束日期不能早于开始日期" in odd.content.decode()
    Institution.objects.update(withdrawn_at=AT)
    assert [number for _, _, number, _ in client.get(reverse(f"{SETS}_figures")).context["figures"]["lines"]] == [0] * 5
