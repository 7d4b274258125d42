"""The four steps through the web client."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from foundation.audit.models import Event
from foundation.core import clock, outbox
from foundation.imports.models import Batch
from foundation.imports.operations import apply_batch
from foundation.imports.panels import batches_to_confirm
from foundation.regions.models import School
from institutions.models import Institution
from tests.imports.corpus.base import code
from tests.imports.make_registry import registry

from .factories import SCHOOL_HEAD, checked, csv_file, uploaded
from .walking import UPLOAD, send, url

pytestmark = pytest.mark.django_db


def test_the_whole_way_in_four_steps(login, cast):
    client = login(cast.officer)
    page = client.get(reverse(UPLOAD))
    assert "机构名录模板" in page.content.decode()
    answer = send(client, registry(60, 10))
    batch = Batch.objects.get()
    assert answer.url == url("change", batch)
    shown = client.get(answer.url).content.decode()
    assert "已上传并校验：共 60 行，10 行不合格。" in shown
    assert "将新增 50 家；10 行不合格，不会写入名录。" in shown
    assert "校验位不正确" in shown
    assert Institution.objects.count() == 0
    assert "将新增 50 家" in client.get(url("apply", batch)).content.decode()
    assert client.post(url("apply", batch)).status_code == 302
    done = client.get(url("change", batch)).content.decode()
    assert "新增 50 家；10 行不合格，没有写入名录。" in done
    assert Institution.objects.count() == 50
    assert Event.objects.filter(subject_type="imports.batch").count() == 1
    assert url("apply", batch) not in done


def test_confirming_says_what_it_does_and_nothing_of_what_there_is_none(login, cast):
    client, rows = login(cast.officer), [["思明小学", "小学", "", "", "00123"], ["第二小学", "小学", "", "", "00456"]]
    batch = uploaded(csv_file(SCHOOL_HEAD, *rows, rows[0]), by=cast.officer)
    asked = "将新增 2 所；1 行表内重复，不会写入名录。导入后如发现有误"
    assert asked in client.get(url("apply", batch)).content.decode()
    client.post(url("apply", batch))
    assert "新增 2 所；1 行表内重复，没有写入名录。" in client.get(url("change", batch)).content.decode()
    again = uploaded(csv_file(SCHOOL_HEAD, *rows), by=cast.officer)
    assert "名录不会有变化；2 所与名录一致，不作改动。" in client.get(url("apply", again)).content.decode()


def test_a_new_row_is_one_line_that_opens(login, cast):
    good = ["厦门市思明区东渡体育培训有限公司", code(702), "体育类", "厦门市思明区湖滨南路2号"]
    head = ["机构名称", "统一社会信用代码", "类别", "办学地址"]
    batch = uploaded(csv_file(head, good), by=cast.officer, target="institutions")
    page = login(cast.officer).get(url("change", batch))
    [line] = page.context["rows"]
    assert len(line.facts) > 4
    shown = page.content.decode().split('<div class="import-says">')[1].split("</details>")[0]
    assert "<details>" in shown
    assert f"查看这一行的 {len(line.facts)} 项内容" in shown
    assert "<b>类别</b>体育类" in shown


def test_the_refused_rows_come_back_mended(login, cast):
    client = login(cast.officer)
    good = ["思明小学", "小学", "思明区", "", "00123"]
    send(client, csv_file(SCHOOL_HEAD, good, ["第二小学", "大学", "", "", "00456"]), target="schools")
    batch = Batch.objects.get()
    answer = client.get(url("errors", batch))
    assert "filename*=UTF-8''" in answer["Content-Disposition"]
    book = load_workbook(io.BytesIO(answer.content))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert rows[0] == ["错误", "原行号", "学校名称", "学段", "学校标识码"]
    assert rows[1][1:] == ["3", "第二小学", "大学", "00456"]
    assert "不在可选范围内" in rows[1][0]
    assert [cell.coordinate for cell in book.active[2] if cell.fill.fgColor.rgb == "00FFF2A8"] == ["D2"]
    book.active["D2"] = "小学"
    mended = io.BytesIO()
    book.save(mended)
    found = checked(mended.getvalue())
    assert [(row.outcome, row.record["code"]) for row in found] == [("created", "00456")]


def test_a_row_that_another_contradicts_is_shown_though_it_was_the_same_as_the_register(login, cast):
    head = ["机构名称", "统一社会信用代码", "办学许可证号", "联系电话", "办学地址", "类别"]
    same = [
        "厦门市思明区云帆体育培训学校",
        code(1),
        "教民135020370000888号",
        "13800000001",
        "厦门市思明区湖滨东路1号",
        "体育类",
    ]
    first = uploaded(csv_file(head, same), by=cast.officer, target="institutions")
    apply_batch(batch=first, by=cast.officer, at=clock.now())
    second = uploaded(
        csv_file(head, same, [*same[:4], "厦门市思明区湖滨东路9号", "体育类"]), by=cast.officer, target="institutions"
    )
    client = login(cast.officer)
    card = client.get(url("change", second)).context["form"].cards[0]
    assert {cell.label: cell.value for cell in card.cells if cell.value} == dict(zip(head, same, strict=True))
    book = load_workbook(io.BytesIO(client.get(url("errors", second)).content)).active
    rows = [list(row)[2:] for row in book.iter_rows(values_only=True)]
    assert sorted(rows[1]) == sorted(same)
    assert "13800000001" not in str(second.rows.get(number=2).cells)


def test_the_template_is_text_typed_and_comes_back_filled(login, cast):
    client = login(cast.officer)
    answer = client.get(reverse("admin:imports_batch_template"), {"target": "institutions"})
    book = load_workbook(io.BytesIO(answer.content))
    sheet = book["机构名录"]
    head = [cell.value for cell in sheet[1]]
    spans = sheet.column_dimensions.values()  # neighbours of equal width are one span
    assert ({span.number_format for span in spans}, sum(span.max - span.min + 1 for span in spans)) == (
        {"@"},
        len(head),
    )
    examples = {row[0].value: row[3].value for row in book["填表说明"].iter_rows(min_row=2)}
    sheet.append([examples[name] for name in head])
    filled = io.BytesIO()
    book.save(filled)
    [row] = checked(filled.getvalue(), target="institutions")
    assert (row.outcome, row.sheet, row.number, row.reasons) == ("created", "机构名录", 2, [])


@pytest.mark.parametrize(
    ("content", "text"),
    [(b"", "文件是空的"), (b"%PDF-1.7", "不是表格"), (csv_file(["甲", "乙"], ["1", "2"]), "没有找到表头")],
)
def test_a_file_that_is_no_table_is_refused_on_the_form(login, cast, content, text):
    answer = send(login(cast.officer), content)
    assert answer.status_code == 200
    assert text in answer.content.decode()
    assert Batch.objects.count() == 0


def test_all_or_nothing_says_why_there_is_no_button(login, cast):
    client = login(cast.officer)
    send(client, registry(20, 2), mode="all-or-nothing")
    batch = Batch.objects.get()
    shown = client.get(url("change", batch)).content.decode()
    assert "有 2 行不合格" in shown
    assert url("apply", batch) not in shown
    assert client.post(url("apply", batch)).status_code == 403


def test_a_stale_check_is_said_and_checked_again(login, cast):
    client = login(cast.officer)
    content = csv_file(SCHOOL_HEAD, ["思明小学", "小学", "", "", ""])
    send(client, content, target="schools")
    batch = Batch.objects.get()
    apply_batch(batch=uploaded(content, by=cast.second_officer), by=cast.second_officer, at=clock.now())
    answer = client.post(url("apply", batch))
    assert (answer.status_code, School.objects.count()) == (409, 1)
    assert "名录有变化" in answer.content.decode()
    client.post(url("recheck", batch))
    batch.refresh_from_db()
    assert (batch.state, batch.counts["unchanged"]) == ("checked", 1)


def test_a_large_file_shows_how_far_it_is_without_a_script(login, cast):
    client = login(cast.officer)
    rows = [[f"第{n}小学", "小学", "", "", ""] for n in range(1, 1202)]
    answer = send(client, csv_file(SCHOOL_HEAD, *rows), target="schools")
    page = client.get(answer.url)
    assert page.headers["Refresh"].startswith("1; url=?from=0&since=")
    assert "已校验 0 / 1,202 行" in page.content.decode()
    outbox.deliver_all(at=clock.now())
    page = client.get(answer.url)
    assert "Refresh" not in page.headers
    assert "将新增 1,201 所" in page.content.decode()
    client.post(url("apply", Batch.objects.get()))
    assert client.get(answer.url).headers["Refresh"].startswith("1; ")
    outbox.deliver_all(at=clock.now())
    assert (School.objects.count(), Batch.objects.get().state) == (1201, "applied")


def test_a_batch_of_another_bureau_is_not_there(login, cast):
    batch = uploaded(csv_file(SCHOOL_HEAD, ["思明小学", "小学", "", "", ""]), by=cast.officer)
    client = login(cast.neighbour)
    for name in ("change", "apply", "discard", "recheck", "errors", "columns", "edit", "accept", "undo"):
        assert client.get(url(name, batch)).status_code == 404
    bureau = batch.jurisdiction_id
    data = {"target": "schools", "bureau": bureau, "mode": "good-rows", "file": SimpleUploadedFile("x.csv", b"x")}
    assert "选择一个有效的选项" in client.post(reverse(UPLOAD), data).content.decode()
    assert Batch.objects.count() == 1


def test_discarding_deletes_the_file(login, cast):
    client = login(cast.officer)
    send(client, registry(5, 0))
    batch = Batch.objects.get()
    client.post(url("discard", batch))
    assert "已放弃" in client.get(url("change", batch)).content.decode()
    assert batch.rows.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_list_and_of_the_verdicts_do_not_grow(login, cast, count, django_assert_num_queries):
    client = login(cast.officer)
    for _ in range(count):
        batch = uploaded(registry(count * 5, 0), by=cast.officer, target="institutions")
    client.get(reverse("admin:imports_batch_changelist"))
    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("admin:imports_batch_changelist"))
    with django_assert_num_queries(DETAIL_QUERIES):
        client.get(url("change", batch))


LIST_QUERIES = 6
DETAIL_QUERIES = 11


def test_the_home_tile_counts_what_its_list_shows(login, cast):
    client = login(cast.officer)
    uploaded(csv_file(SCHOOL_HEAD, ["思明小学", "小学", "", "", ""]), by=cast.officer)
    apply_batch(
        batch=uploaded(csv_file(SCHOOL_HEAD, ["第二小学", "小学", "", "", ""]), by=cast.officer),
        by=cast.officer,
        at=clock.now(),
    )
    tile = batches_to_confirm(cast.officer)
    assert tile.count == 1
    assert client.get(tile.url).context["cl"].result_count == tile.count
    assert batches_to_confirm(cast.city).count == 0  # a city imports past visits alone
    assert batches_to_confirm(cast.leader) is None
    assert batches_to_confirm(cast.neighbour).count == 0
