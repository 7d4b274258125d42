"""A batch taken back from its page: what will happen is said before, what happened after."""

import pytest
from django.urls import reverse

from foundation.audit.models import Event
from foundation.core import clock, outbox
from foundation.imports.enums import BatchState
from foundation.imports.models import Batch, KeptRow
from foundation.imports.operations import apply_batch, undo_batch
from foundation.regions.models import School
from institutions.models import Institution
from tests.imports.dirty import ledger, webpage
from tests.imports.factories import SCHOOL_HEAD, csv_file, uploaded
from tests.imports.walking import url

pytestmark = pytest.mark.django_db


def applied(by, content=None, **given) -> Batch:
    batch = uploaded(webpage() if content is None else content, by=by, **({"target": "institutions"} | given))
    return apply_batch(batch=batch, by=by, at=clock.now())


def test_the_page_says_what_will_happen_and_then_it_does(login, cast):
    client = login(cast.officer)
    batch = applied(cast.officer)
    assert "导入完成。" in client.get(url("change", batch)).content.decode()
    before = client.get(url("undo", batch)).content.decode()
    assert "2 家新增的将撤回" in before
    assert "1 个登记的校区将撤回" in before
    answer = client.post(url("undo", batch), {"reason": ""})
    assert "请写明为什么撤销" in answer.content.decode()
    assert client.post(url("undo", batch), {"reason": "传错了文件"}).url == url("change", batch)
    after = client.get(url("change", batch)).content.decode()
    assert "本批次已撤销" in after
    assert "新增的 2 家已撤回，登记的 1 个校区已撤回" in after
    assert "原因：传错了文件" in after
    assert cast.officer.name in after
    assert client.get(url("undo", batch)).status_code == 403
    assert Event.objects.filter(kind="imports.batch_undone").count() == 1


def test_rows_that_stay_are_listed_before_and_after(login, cast):
    client = login(cast.officer)
    head = ["学校名称", "学段"]
    batch = applied(cast.officer, csv_file(head, ["甲小学", "小学"], ["乙小学", "小学"]), target="schools")
    School.objects.filter(name="甲小学").update(stage="junior")
    before = client.get(url("undo", batch)).content.decode()
    assert "1 所新增的将撤回" in before
    assert "有 1 行不会撤销" in before
    assert "第2行“甲小学”导入之后又有改动" in before
    client.post(url("undo", batch), {"reason": "重来"})
    after = client.get(url("change", batch)).content.decode()
    assert "有 1 行没有撤销" in after
    assert after.count("第2行“甲小学”导入之后又有改动") == 2, "in the box and beside its row"
    assert (School.objects.count(), KeptRow.objects.count()) == (1, 1)
    rows = client.get(url("change", batch) + "?verdict=created").context["rows"]
    assert [("新增" in row.outcome, "已撤回" in row.outcome) for row in rows] == [(True, False), (False, True)]


def test_when_nothing_can_be_taken_back_there_is_no_button(login, cast):
    client = login(cast.officer)
    batch = applied(cast.officer, csv_file(["学校名称", "学段"], ["甲小学", "小学"]), target="schools")
    School.objects.update(stage="junior")
    text = client.get(url("undo", batch)).content.decode()
    assert "这批数据都不能撤销" in text
    assert "<textarea" not in text
    answer = client.post(url("undo", batch), {"reason": "重来"})
    assert answer.status_code == 409
    batch.refresh_from_db()
    assert batch.state == BatchState.APPLIED


def test_a_large_batch_is_taken_back_by_the_worker(login, cast):
    client = login(cast.officer)
    rows = [[f"第{n}小学", "小学", "", "", ""] for n in range(1, 1102)]
    batch = applied(cast.officer, csv_file(SCHOOL_HEAD, *rows), target="schools")
    client.post(url("undo", batch), {"reason": "传错了文件"})
    page = client.get(url("change", batch))
    assert page.headers["Refresh"].startswith("1; ")
    assert "正在撤销，共 1,101 行" in page.content.decode()
    assert School.objects.count() == 1101
    outbox.deliver_all(at=clock.now())
    assert School.objects.count() == 0
    assert "新增的 1,101 所已撤回" in client.get(url("change", batch)).content.decode()


def test_the_institution_tells_of_its_import_and_of_its_return(login, cast):
    client = login(cast.officer)
    first = uploaded(webpage(), by=cast.officer, target="institutions")
    apply_batch(batch=first, by=cast.officer, at=clock.now())
    institution = Institution.objects.get(name="厦门市思明区南岸科技培训有限公司")
    page = reverse("admin:institutions_institution_change", args=[institution.pk])
    assert "名录.csv 第4行：新增" in client.get(page).content.decode()
    again = webpage().decode("gb18030").replace("莲前东路11号", "莲前东路12号之一").encode("gb18030")
    second = applied(cast.officer, again)
    undo_batch(batch=second, reason="地址写错", by=cast.officer, at=clock.now())
    text = client.get(page).content.decode()
    assert "撤销导入" in text
    assert "地址写错" in text


def test_a_file_given_up_has_no_rows_to_fetch(login, cast):
    client = login(cast.officer)
    batch = uploaded(ledger(), by=cast.officer, target="institutions")
    client.post(url("discard", batch))
    assert client.get(url("errors", batch)).status_code == 403
    assert "下载不合格的行" not in client.get(url("change", batch)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_a_batch_taken_back_do_not_grow(login, cast, count, django_assert_num_queries):
    client = login(cast.officer)
    rows = [[f"第{n}小学", "小学"] for n in range(count + 1)]
    batch = applied(cast.officer, csv_file(["学校名称", "学段"], *rows), target="schools")
    School.objects.exclude(name="第0小学").update(stage="junior")
    undo_batch(batch=batch, reason="重来", by=cast.officer, at=clock.now())
    client.get(url("change", batch))
    with django_assert_num_queries(UNDONE_QUERIES):
        client.get(url("change", batch))


UNDONE_QUERIES = 14


def test_of_a_very_large_batch_the_page_foretells_no_rows(login, cast, monkeypatch):
    client = login(cast.officer)
    batch = applied(cast.officer, csv_file(["学校名称", "学段"], ["甲小学", "小学"]), target="schools")
    School.objects.filter(name="甲小学").update(stage="junior")
    monkeypatch.setattr("foundation.imports.undo_pages.FORETOLD", 0)
    page = client.get(url("undo", batch)).content.decode()
    assert "这批有 1 行，在后台逐行核对" in page
    assert "导入之后又有改动”" not in page
    assert "1 所新增的将撤回" in page
