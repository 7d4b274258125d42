"""The staff's pages: filing at the desk, voiding, judging, coverage whose numbers open their rows."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from foundation.core import clock
from inspections.enums import Outcome, Slot, VersionState
from inspections.models import Checklist, Visit
from inspections.panels.visits import this_month, to_judge
from tests.inspections.factories import AT, all_yes, filed, first_version, officers_report, supervisors_report
from tests.institutions.factories import institution

pytestmark = pytest.mark.django_db
VISITS, FINDINGS = "/admin/inspections/visit/", "/admin/inspections/finding/"
LIST_QUERIES = 10


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def desk(cast, **given) -> dict[str, object]:
    facts = {
        "client_id": str(uuid4()),
        "kind": "routine",
        "visited_on": "2026-11-18",
        "slot": "evening",
        "officers": [cast.officer.post_id, cast.second_officer.post_id],
        "others": "王五(市场监管局)、赵六（消防大队）",
        "outcome": "corrected",
        "problem_1": "超时培训",
        "aspect_1": "conduct",
        "severity_1": "major",
        "dispersed": "220",
        "dispersed_at_least": "on",
    }
    return facts | given


def test_a_visit_entered_at_the_desk(cast, enter):
    row = institution(cast.officer)
    client, address = enter(cast.officer), f"/admin/institutions/institution/{row.pk}/visit/"
    page = client.get(address).content.decode()
    assert "登记后计入检查家次" in page
    facts = desk(cast)
    assert client.post(address, facts).status_code == 302
    assert client.post(address, facts).status_code == 302  # pressed twice: the same form
    visit = Visit.objects.get()
    assert (visit.source, visit.dispersed, visit.dispersed_at_least, visit.failed) == ("desk", 220, True, 1)
    assert sorted(str(person) for person in visit.officers.filter(user=None)) == [
        "王五（市场监管局）",
        "赵六（消防大队）",
    ]
    shown = client.get(f"{VISITS}{visit.pk}/").content.decode()
    for words in ("220余人", "超时培训", "班外", "赵六", row.name):
        assert words in shown
    assert visit.number in client.get(f"/admin/institutions/institution/{row.pk}/").content.decode()


def test_what_is_wrong_is_said_beside_its_field(cast, enter):
    row = institution(cast.officer)
    client = enter(cast.officer)
    given = desk(cast, officers=[cast.officer.post_id], others="", aspect_1="", visited_on="2026-11-19")
    page = client.post(f"/admin/institutions/institution/{row.pk}/visit/", given).content.decode()
    assert "请选择这一问题的所属方面和严重程度" in page
    page = client.post(f"/admin/institutions/institution/{row.pk}/visit/", given | {"aspect_1": "conduct"})
    assert "须有2名以上检查人员" in page.content.decode()
    assert "检查日期不能晚于今天" in page.content.decode()
    assert not Visit.objects.exists()


def test_void_by_another(cast, enter):
    visit = filed(officers_report(institution(cast.officer), cast.officer, cast.second_officer), cast.officer)
    client = enter(cast.leader)
    assert client.post(f"{VISITS}{visit.pk}/void/", {"reason": "录错"}).status_code == 302
    page = client.get(VISITS, {"counted": "void"}).content.decode()
    assert visit.number in page
    assert visit.number not in client.get(VISITS, {"counted": "official"}).content.decode()
    assert client.get(f"{VISITS}{visit.pk}/void/").status_code == 403


def test_the_tile_opens_what_it_counts(cast, enter):
    report = supervisors_report(
        institution(cast.officer),
        cast.supervisor,
        answers=all_yes() | {"A01": "no", "B01": "no"},
        notes={"A01": "未亮证", "B01": "在住宅内"},
        outcome=Outcome.FOLLOW_UP,
    )
    filed(report, cast.supervisor)
    tile = to_judge(cast.officer)
    assert (tile.count, to_judge(cast.leader)) == (2, None)
    client = enter(cast.officer)
    page = client.get(tile.url)
    assert page.context["cl"].result_count == 2
    finding = page.context["cl"].result_list[0]
    assert client.post(f"{FINDINGS}{finding.pk}/confirm/", {"remark": "属实"}).status_code == 302
    assert to_judge(cast.officer).count == 1
    assert client.get(f"{FINDINGS}{finding.pk}/confirm/").status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_query_counts(cast, enter, django_assert_num_queries, rows):
    for number in range(rows):
        report = officers_report(institution(cast.officer), cast.officer, cast.second_officer, slot=list(Slot)[number])
        filed(report, cast.officer)
    client = enter(cast.officer)
    client.get(VISITS)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(VISITS)


def test_search_by_initials(cast, enter):
    row = institution(cast.officer, name="思明区弘毅培训中心")
    other = filed(officers_report(institution(cast.officer), cast.officer, cast.second_officer), cast.officer)
    visit = filed(officers_report(row, cast.officer, cast.second_officer), cast.officer)
    client = enter(cast.officer)
    for term in ("弘毅", "smqhy", visit.number):
        page = client.get(VISITS, {"q": term}).content.decode()
        assert visit.number in page, term
        assert other.number not in page, term


def test_coverage_numbers_open_their_rows(cast, enter):
    seen, unseen = institution(cast.officer), institution(cast.officer)
    filed(officers_report(seen, cast.officer, cast.second_officer, slot=Slot.EVENING), cast.officer)
    client = enter(cast.officer)
    page = client.get(f"{VISITS}coverage/", {"since": "2026-11-01", "until": "2026-11-18"})
    html = page.content.decode()
    links = re.findall(r'href="(/admin/inspections/visit/[^"]*)"', html)
    lists = [link.replace("&amp;", "&") for link in links if "counted" in link]
    assert len(lists) == 5  # the total, the town's visits, its evening, its hours off, the heat map's evening
    for link in lists:
        assert client.get(link).context["cl"].result_count == 1, link
    [missing] = [link.replace("&amp;", "&") for link in links if "/unvisited/" in link and "town" in link]
    names = client.get(missing).content.decode()
    assert unseen.name in names
    assert seen.name not in names


def test_coverage_with_a_wrong_period(cast, enter):
    page = enter(cast.officer).get(f"{VISITS}coverage/", {"since": "2026-11-18", "until": "2026-11-01"})
    assert page.status_code == 200
    assert "结束日期不能早于开始日期" in page.content.decode()


def test_this_month(cast):
    row = institution(cast.officer)
    filed(officers_report(row, cast.officer, cast.second_officer), cast.officer)
    filed(supervisors_report(row, cast.supervisor), cast.supervisor)
    tile = this_month(cast.officer)
    assert (tile.count, tile.trend, tile.unit) == (1, (0, 0, 0, 0, 0), "家次")
    assert this_month(cast.bank) is None


def test_a_checklist_from_draft_to_use(cast, enter):
    client = enter(cast.officer)
    lists, versions = "/admin/inspections/checklist/", "/admin/inspections/checklistversion/"
    given = {
        "name": "思明清单",
        "audience": "supervisors",
        "jurisdiction": cast.officer.scope and next(iter(cast.officer.scope)),
    }
    assert client.post(f"{lists}add/", given | {"like": first_version().pk}).status_code == 302
    draft = Checklist.objects.get(name="思明清单").versions.get()
    item = draft.items.get(code="E04")
    gone = client.post(f"/admin/inspections/checklistitem/{item.pk}/remove/", {})
    assert gone.url == f"{versions}{draft.pk}/"
    page = client.get(f"{versions}{draft.pk}/").content.decode()
    assert "42项" in page
    assert client.post(f"{versions}{draft.pk}/publish/", {}).status_code == 302
    draft.refresh_from_db()
    assert draft.state == VersionState.IN_USE
    assert client.get(f"{versions}{draft.pk}/item/").status_code == 403
