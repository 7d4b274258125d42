"""行政处罚公示: shown for its days, by area, kind, day and words; gone everywhere when it is over or taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.enums import PenaltyKind
from cases.models import Case, Publication
from cases.operations import publication
from cases.operations.publication import PublicWords
from foundation.core import clock
from institutions.changes import note_turned_days
from institutions.models import PublicChange
from publicity import penalties
from publicity.checking import columns
from tests.cases.factories import executing
from tests.inspections.factories import AT, DAY
from tests.institutions.factories import institution
from tests.publicity.factories import nobody_asked, reachable
from tests.publicity.feeding import forget, moved

pytestmark = pytest.mark.django_db
API = "/api/v1/public/penalties"
UNTIL = date(2029, 11, 18)
PLACES = ("/penalties/", "/penalties.csv", API)


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def words(case: Case, **given) -> PublicWords:
    facts = {
        "party": case.party_name,
        "facts": "未取得许可开展学科类培训",
        "penalty": "罚款3000元；在全区通报批评",
        "basis": "《校外培训行政处罚暂行办法》第十八条",
        "until": UNTIL,
    }
    return PublicWords(**facts | given)


def published(cast, name: str = "思明区启明艺术培训中心", *, at=AT, **given) -> Publication:
    reachable(cast)
    case = executing(cast, at=at, subject=institution(cast.officer, name=name))
    return publication.publish_decision(case=case, words=words(case, **given), by=cast.officer, at=at)


def get(client, path: str, at=AT, status: int = 200, **query) -> str:
    nobody_asked()
    with clock.set_to(at):
        response = client.get(path, query)
    assert response.status_code == status, path
    return b"".join(response).decode("utf-8-sig") if response.streaming else response.content.decode("utf-8-sig")


def test_a_decision_is_on_its_page_in_the_list_the_file_the_data_and_with_its_institution(cast, client):
    shown = published(cast)
    number = shown.case.papers.get(kind="penalty_decision").document.number
    page = f"/penalties/{shown.public_id}/"
    of_party = f"/institutions/{shown.case.institution.public_id}/"
    said = get(client, page)
    assert all(
        word in said
        for word in (number, shown.facts, shown.penalty, shown.basis, shown.case.party_code, "2029-11-18", of_party)
    )
    for place in PLACES:
        assert all(word in get(client, place) for word in (number, shown.party, "罚款、通报批评")), place
    assert page in get(client, "/penalties/")
    assert page in get(client, of_party)
    assert get(client, f"{API}/{shown.public_id}").count(shown.facts) == 1
    assert shown.public_id in get(client, f"/api/v1/public/institutions/{shown.case.institution.public_id}")


def everywhere(shown: Publication) -> list[str]:
    party = shown.case.institution.public_id
    return [*PLACES, f"/institutions/{party}/", f"/api/v1/public/institutions/{party}"]


def test_it_is_shown_on_its_last_day_and_nowhere_on_the_next(cast, client):
    shown = published(cast, until=DAY + timedelta(days=90))
    number = shown.case.papers.get(kind="penalty_decision").document.number
    last, next_day = AT + timedelta(days=90), AT + timedelta(days=91)
    assert [place for place in everywhere(shown) if number not in get(client, place, last)] == []
    assert [place for place in everywhere(shown) if number in get(client, place, next_day)] == []
    assert number in get(client, "/penalties/", last, q="启明")
    assert number not in get(client, "/penalties/", next_day, q="启明")
    gone = get(client, f"/penalties/{shown.public_id}/", next_day, status=410)
    assert "期满" in gone
    assert shown.party not in gone
    get(client, f"{API}/{shown.public_id}", next_day, status=404)


def test_what_is_taken_back_is_gone_at_once_and_the_public_is_told_why_and_nothing_else(cast, client, settings):
    settings.PUBLIC_MEMORY = True
    shown = published(cast)
    number = shown.case.papers.get(kind="penalty_decision").document.number
    assert shown.party in get(client, "/penalties/")
    reason = "思政复〔2026〕9号撤销"
    publication.withdraw_publication(publication=shown, reason=reason, by=cast.officer, at=AT)
    soon = AT + timedelta(seconds=1)
    said = get(client, "/penalties/", soon)
    assert (shown.party in said, number in said, reason in said) == (False, True, True)
    assert "共 0 件" in get(client, "/penalties/", soon, q=number)
    for place in everywhere(shown)[1:]:
        assert shown.facts not in get(client, place, soon)
        assert number not in get(client, place, soon)
    gone = get(client, f"/penalties/{shown.public_id}/", soon, status=410)
    assert (reason in gone, shown.party in gone, shown.facts in gone) == (True, False, False)
    assert number not in get(client, "/penalties/", soon + timedelta(days=366))


def test_the_list_is_narrowed_by_words_area_kind_and_day(cast, client):
    shown = published(cast)
    found = {
        "q": ("启明", "停课"),
        "county": ("350203", "350211"),
        "kind": (PenaltyKind.FINE, PenaltyKind.BAN),
        "first": (DAY.isoformat(), (DAY + timedelta(days=1)).isoformat()),
        "last": (DAY.isoformat(), (DAY - timedelta(days=1)).isoformat()),
    }
    for name, (inside, outside) in found.items():
        for place in PLACES:
            assert shown.party in get(client, place, **{name: inside}), (place, name)
            assert shown.party not in get(client, place, **{name: outside}), (place, name)


def test_no_name_that_is_not_shown_can_be_looked_for(cast, client):
    """The facts and what the case calls the party are no part of the search."""
    shown = published(cast)
    Publication.objects.filter(pk=shown.pk).update(party="王某")
    assert "共 0 件" in get(client, "/penalties/", q="启明")


def test_pages_follow_each_other_without_a_gap(cast, client):
    made = [published(cast, f"思明区启明{number}号艺术培训中心") for number in range(3)]
    wanted = penalties.Wanted(DAY)
    first, after = penalties.page(wanted, size=2)
    second, end = penalties.page(wanted, after=after, size=2)
    assert [row.public_id for row in (*first, *second)] == [row.public_id for row in reversed(made)]
    assert end == ""
    get(client, "/penalties/", after="0123456789ab", status=404)
    assert "只能翻到" in get(client, "/penalties/", p="41")


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_any_number(cast, client, number, django_assert_num_queries):
    for each in range(number):
        published(cast, f"思明区启明{each}号艺术培训中心")
    nobody_asked()
    with django_assert_num_queries(10):
        client.get("/penalties/")


# -- who keeps a copy ----------------------------------------------------------------------------------------------
def test_a_copy_learns_what_came_and_what_went(cast, client):
    shown, over = published(cast), published(cast, "思明区海浪艺术培训中心", until=DAY + timedelta(days=5))
    asked = {"changed_since": DAY.isoformat()}

    def changes(at) -> dict[str, str]:
        nobody_asked()
        with clock.set_to(at):
            page = client.get(API, asked).json()
        kept = {row["public_id"] for row in page["results"]}
        found = {each["public_id"]: each["gone"] for each in page["changes"]}
        assert kept == {key for key, gone in found.items() if not gone}
        return found

    assert changes(AT) == {shown.public_id: "", over.public_id: ""}
    later = AT + timedelta(days=6)
    publication.withdraw_publication(publication=shown, reason="决定被撤销", by=cast.officer, at=later)
    assert changes(later) == {shown.public_id: "withdrawn", over.public_id: "over"}
    asked = {"changed_since": (DAY + timedelta(days=6)).isoformat()}
    assert changes(later) == {shown.public_id: "withdrawn", over.public_id: "over"}
    asked = {"changed_since": (DAY + timedelta(days=7)).isoformat()}
    assert changes(later + timedelta(days=1)) == {}
    get(client, API, changed_since="gestern", status=422)
    get(client, API, changed_since=DAY.isoformat(), q="启明", status=422)


def test_its_institution_changed_for_the_public_when_it_came_and_when_it_went(cast):
    shown = published(cast, until=DAY + timedelta(days=5))
    party = shown.case.institution_id
    forget()
    publication.withdraw_publication(publication=shown, reason="决定被撤销", by=cast.officer, at=AT)
    assert moved() == {party}
    Publication.objects.update(withdrawn_on=None, withdrawn_because="")
    forget()
    assert moved() == set()
    PublicChange.objects.filter(institution=party).update(changed_at=AT)
    assert [note_turned_days(today=DAY + timedelta(days=days)) for days in (5, 6)] == [0, 1]
    forget()
    published(cast, "思明区海浪艺术培训中心")
    assert party not in moved()


def test_the_check_of_our_own_pages_reads_what_was_published(cast):
    shown = published(cast)
    Publication.objects.filter(pk=shown.pk).update(facts="家长陈女士13800138000举报")
    found = [each.found for each in columns.of_bureaus()]
    assert [(each.place, each.owner.organ_id) for each in found] == [
        (f"/penalties/{shown.public_id}/", shown.case.organ_id)
    ]
