"""Story 12: a school hands in its file, the county reads the rate; two select a provider; the public reads both."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from afterschool.models import Participation, Provider, Selection, SelectionRound
from foundation.core import clock
from foundation.imports.models import Batch
from tests.afterschool.factories import NOW, school, specialist, term
from tests.imports.factories import csv_file

pytestmark = pytest.mark.django_db
HEAD = ["学校名称", "学期", "年级", "在校学生数", "自愿参加人数", "免收困难学生", "财政补助", "家长缴费"]
TERM = "2026年秋季学期"


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(NOW):
        yield


def upload(client, here, content: bytes) -> Batch:
    given = {"target": "participation", "bureau": here.jurisdiction_id, "mode": "good-rows"}
    file = SimpleUploadedFile("课后服务.csv", content)
    answer = client.post(reverse("admin:imports_batch_upload"), given | {"file": file})
    assert answer.status_code == 302
    return Batch.objects.latest("pk")


def test_a_schools_file_becomes_the_countys_rate(cast, enter, client):
    term()
    here, other = school(name="演示实验小学"), school(name="演示第二小学")
    me = specialist(here)
    rows = [[here.name, TERM, "一年级", 50, 48, 6, 300, 700], [here.name, TERM, "二年级", 50, 51, 0, 0, 0]]
    batch = upload(enter(me), here, csv_file(HEAD, *rows, [other.name, TERM, "一年级", 9, 9, 0, 0, 0]))
    page = enter(me).get(reverse("admin:imports_batch_change", args=[batch.pk])).content.decode()
    assert "51人，多于在校学生50人" in page
    assert "不是您负责的学校" in page
    assert enter(specialist(other)).get(reverse("admin:imports_batch_change", args=[batch.pk])).status_code == 404
    assert enter(me).post(reverse("admin:imports_batch_apply", args=[batch.pk])).status_code == 302
    [row] = Participation.objects.all()
    assert (row.school, row.joined, row.exempt, row.paid_fen) == (here, 48, 6, 70_000)
    overview = enter(cast.officer).get(reverse("admin:afterschool_participation_overview")).content.decode()
    for words in ("96.0%", "覆盖率 50.0%", "家长承担比例 70.0%", "¥700.00"):
        assert words in overview
    figures = client.get("/afterschool/figures/").content.decode()
    assert "思明区" in figures
    assert "48" not in figures.split("</table>")[0]  # two did not join: they could be told
    undo = reverse("admin:imports_batch_undo", args=[batch.pk])
    assert enter(me).post(undo, {"reason": "报错学期"}).status_code == 302
    assert "0 人" in enter(cast.officer).get(reverse("admin:afterschool_participation_overview")).content.decode()
    assert Participation.objects.count() == 2


def test_a_provider_is_selected_by_two_and_published(cast, enter, client):
    officer = enter(cast.officer)
    bureau = school().jurisdiction_id
    named = {
        "jurisdiction": bureau,
        "name": "演示青少年服务中心",
        "credit_code": "52350203MJD00041XQ",
        "services": "书法",
    }
    assert officer.post(reverse("admin:afterschool_provider_add"), named).status_code == 302
    chosen = {"jurisdiction": bureau, "name": "2026年秋季遴选", "selected_on": "2026-08-20", "basis": "公告"}
    assert officer.post(reverse("admin:afterschool_selectionround_open"), chosen).status_code == 302
    days = {"starts_on": "2026-09-01", "ends_on": "2027-08-31", "round": SelectionRound.objects.get().pk}
    url = reverse("admin:afterschool_provider_propose", args=[Provider.objects.get().pk])
    assert officer.post(url, days | {"reason": "评审得分在前"}).status_code == 302
    assert "演示青少年服务中心" not in client.get("/afterschool/").content.decode()
    row = Selection.objects.get()
    leader = enter(cast.leader)
    assert leader.post(reverse("admin:afterschool_selection_approve", args=[row.pk]), {}).status_code == 302
    shown = client.get("/afterschool/").content.decode()
    for words in ("演示青少年服务中心", "2026年秋季遴选", "书法", "有效入选 1 家"):
        assert words in shown
    end = {"exited_on": "2026-10-08", "reason": "师资变动"}
    assert leader.post(reverse("admin:afterschool_selection_end", args=[row.pk]), end).status_code == 302
    with clock.set_to(NOW.replace(minute=59)):
        shown = client.get("/afterschool/").content.decode()
    assert "有效入选 0 家" in shown
    assert "师资变动" not in shown
