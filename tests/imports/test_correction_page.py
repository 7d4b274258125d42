"""Rows mended where they stand: fields, suggestions, rows left out, all suggestions at once."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from foundation.audit.models import Event
from foundation.core import clock, outbox
from foundation.imports.browsing import CARDS_A_PAGE
from foundation.imports.checking import SKIP
from foundation.imports.models import Batch, CellEdit
from foundation.imports.operations import apply_batch
from tests.imports.corpus.base import code
from tests.imports.dirty import ledger, webpage
from tests.imports.factories import SCHOOL_HEAD, checked, csv_file, uploaded
from tests.imports.make_registry import registry
from tests.imports.walking import url

pytestmark = pytest.mark.django_db


def card_named(page, text: str):
    return next(card for card in page.context["form"].cards if text in (card.where, card.title))


def sent(page, **changes: str) -> dict[str, str]:
    """The form as a browser sends it without a change, then with these."""
    data = {"attempt": page.context["batch"].attempt}
    for card in page.context["form"].cards:
        data[f"row-{card.index}"] = card.key
        data |= {cell.field: cell.value.replace("\n", "") for cell in card.cells}
        if card.skip:
            data[f"skip-{card.index}"] = "1"
    return data | changes


@pytest.fixture
def batch(cast) -> Batch:
    return uploaded(ledger(), by=cast.officer, target="institutions", file_name="台账.xlsx")


def counts(batch: Batch) -> dict[str, int]:
    batch.refresh_from_db()
    return {name: number for name, number in batch.counts.items() if number}


def test_faulty_cells_are_fields_with_their_reason_and_suggestion(login, cast, batch):
    page = login(cast.officer).get(url("change", batch))
    text = page.content.decode()
    assert counts(batch) == {"created": 3, "rejected": 8}
    card = card_named(page, "“学科类”第8行")
    [cell] = card.faulty
    assert (cell.name, cell.reasons) == ("credit_code", ["不应有“O”（不用字母I、O、S、V、Z）。"])
    assert cell.repair.words == "第7位“O”改成“0”"
    assert f'name="{cell.take}"' in text
    assert "913502<mark>O</mark>3MA7" in text
    assert "913502<mark>0</mark>3MA7" in text
    assert f'aria-describedby="{cell.field}-why"' in text
    assert "采纳全部 4 处修改建议" in text
    assert "系统做了这些整理，请过目" in text


def test_personal_values_stand_in_full_in_the_fields_only(login, cast, batch):
    text = login(cast.officer).get(url("change", batch)).content.decode()
    assert "1380592O214" in text.split("采纳：")[0] + text
    assert text.count("13805920212") == text.count('value="13805920212"') == 1
    assert "138****0212" in text


def test_a_whole_page_is_saved_at_once_and_checked_again(login, cast, batch):
    client = login(cast.officer)
    page = client.get(url("change", batch))
    code, date_, name = (card_named(page, f"“{w}”第{n}行") for w, n in [("学科类", 8), ("学科类", 7), ("体育类", 8)])
    gone = card_named(page, "“体育类”第6行")
    changes = {
        code.faulty[0].take: "1",
        date_.faulty[0].field: "2027-02-28",
        name.faulty[0].field: "厦门市思明区丁知体育培训中心有限公司",
        f"skip-{gone.index}": "1",
    }
    answer = client.post(url("edit", batch) + "?verdict=rejected&page=1", sent(page, **changes))
    assert answer.url == url("change", batch) + "?verdict=rejected&page=1"
    assert counts(batch) == {"created": 6, "rejected": 4, "skipped": 1}
    after = client.get(answer.url)
    assert "已保存 4 处修改并重新校验：还有 4 行不合格。" in after.content.decode()
    kept = {(edit.sheet, edit.number, edit.column): (edit.is_repair, edit.editor) for edit in CellEdit.objects.all()}
    me = cast.officer.name
    assert kept == {
        ("学科类", 8, "credit_code"): (True, me),
        ("学科类", 7, "valid_until"): (False, me),
        ("体育类", 8, "name"): (False, me),
        ("体育类", 6, SKIP): (False, me),
    }
    edited = client.get(url("change", batch) + "?verdict=edited").content.decode()
    assert f"已由{me}改" in edited
    assert "采纳建议" in edited
    assert Event.objects.count() == 0


def test_a_row_left_out_can_be_brought_back(login, cast, batch):
    client = login(cast.officer)
    page = client.get(url("change", batch))
    card = card_named(page, "“体育类”第7行")
    client.post(url("edit", batch), sent(page, **{f"skip-{card.index}": "1"}))
    page = client.get(url("change", batch) + "?verdict=skipped")
    [card] = page.context["form"].cards
    assert (card.where, card.skip, card.edits) == ("“体育类”第7行", True, [])
    assert f"{cast.officer.name}选择了不导入这一行。" in page.content.decode()
    data = sent(page)
    del data["skip-0"]
    client.post(url("edit", batch), data)
    assert counts(batch) == {"created": 3, "rejected": 8}


def test_a_correction_that_is_still_wrong_is_named_once(login, cast, batch):
    client = login(cast.officer)
    page = client.get(url("change", batch))
    card = card_named(page, "“学科类”第7行")
    client.post(url("edit", batch), sent(page, **{card.faulty[0].field: "2027-13-01"}))
    assert client.get(url("change", batch)).content.decode().count("改为 2027-13-01") == 1


def test_hints_are_for_the_field_not_for_a_spreadsheet(login, cast, batch):
    page = login(cast.officer).get(url("change", batch))
    hints = {cell.name: cell.hint for card in page.context["form"].cards for cell in card.faulty}
    assert hints["credit_code"] == "如 52350211MJC00001XE"
    assert "本列请用" not in page.content.decode()


def test_nothing_changed_is_said_and_nothing_kept(login, cast, batch):
    client = login(cast.officer)
    page = client.get(url("change", batch))
    answer = client.post(url("edit", batch), sent(page))
    assert answer.status_code == 200
    assert "没有改动任何内容" in answer.content.decode()
    batch.refresh_from_db()
    assert (batch.attempt, CellEdit.objects.count()) == (1, 0)


def test_a_page_that_somebody_else_overtook_shows_both(login, cast, batch):
    client = login(cast.officer)
    page = client.get(url("change", batch))
    card = card_named(page, "“学科类”第7行")
    mine = sent(page, **{card.faulty[0].field: "2027-02-27"})
    client.post(url("edit", batch), sent(page, **{card.faulty[0].field: "2027.2.31"}))
    answer = client.post(url("edit", batch), mine)
    text = answer.content.decode()
    assert "这一页打开之后，别人保存过修改" in text
    assert 'value="2027-02-27"' in text
    assert "原来是：2027.2.31" in text
    assert CellEdit.objects.get().value == "2027.2.31"
    client.post(url("edit", batch), sent(answer))
    assert CellEdit.objects.get().value == "2027-02-27"


def test_taking_a_suggestion_and_typing_is_asked_back(login, cast, batch):
    client = login(cast.officer)
    page = client.get(url("change", batch))
    cell = card_named(page, "“学科类”第8行").faulty[0]
    answer = client.post(url("edit", batch), sent(page, **{cell.take: "1", cell.field: "91350203MA70000000"}))
    assert "既采纳了建议又改了内容" in answer.content.decode()
    assert CellEdit.objects.count() == 0


def test_a_row_that_is_no_row_changes_nothing(login, cast, batch):
    client = login(cast.officer)
    for key in ("99|学科类", "8|没有这张表", "-1|学科类", "x", ""):
        answer = client.post(url("edit", batch), {"attempt": 1, "row-0": key, "cell-0-name": "甲", "skip-0": "1"})
        assert answer.status_code == 200
    assert CellEdit.objects.count() == 0


def test_any_row_with_its_cells_can_be_opened_alone(login, cast, batch):
    client = login(cast.officer)
    row = batch.rows.filter(outcome="created").first()
    page = client.get(url("edit", batch), {"row": row.pk, "verdict": "created"})
    [card] = page.context["form"].cards
    assert (card.faulty, card.opens) == ([], True)
    cell = next(cell for cell in card.cells if cell.name == "address")
    answer = client.post(url("edit", batch) + "?verdict=created", sent(page, **{cell.field: "厦门市思明区新路9号"}))
    assert answer.url.endswith("?verdict=created&page=1")
    changed = batch.rows.get(sheet=row.sheet, number=row.number)
    assert (changed.outcome, changed.record["address"]) == ("created", "厦门市思明区新路9号")
    assert client.get(url("edit", batch), {"row": row.pk}).status_code == 404, "the row was stored anew"
    assert client.get(url("edit", batch)).url == url("change", batch)


def test_all_suggestions_are_listed_and_accepted_but_those_unticked(login, cast, batch):
    client = login(cast.officer)
    page = client.get(url("accept", batch))
    groups = {kind: [offer.key for offer in offers] for kind, offers in page.context["form"].groups.items()}
    assert groups == {
        "统一社会信用代码：有不允许的字母": ["9|体育类", "8|学科类", "10|学科类"],
        "联系电话：号码不对": ["9|学科类"],
    }
    assert "1380592O214" not in page.content.decode()
    take = ["9|体育类", "9|学科类"]
    answer = client.post(url("accept", batch), {"attempt": batch.attempt, "take": take})
    assert answer.url == url("change", batch)
    assert counts(batch) == {"created": 5, "rejected": 6}
    assert set(CellEdit.objects.values_list("sheet", "number", "is_repair")) == {
        ("体育类", 9, True),
        ("学科类", 9, True),
    }
    assert CellEdit.objects.get(sheet="学科类").value == "13805920214"


def test_accepting_nothing_or_something_overtaken_is_refused(login, cast, batch):
    client = login(cast.officer)
    answer = client.post(url("accept", batch), {"attempt": batch.attempt})
    assert "没有勾选任何一行" in answer.content.decode()
    answer = client.post(url("accept", batch), {"attempt": 0, "take": ["8|学科类"]})
    assert "别人保存过修改" in answer.content.decode()
    answer = client.post(url("accept", batch), {"attempt": batch.attempt, "take": ["7|学科类"]})
    assert "没有可以采纳的修改建议" in answer.content.decode()
    assert CellEdit.objects.count() == 0


def test_what_was_applied_is_not_mended_any_more(login, cast, batch):
    client = login(cast.officer)
    page = client.get(url("change", batch))
    apply_batch(batch=batch, by=cast.officer, at=clock.now())
    assert client.post(url("edit", batch), sent(page, **{"skip-0": "1"})).status_code == 403
    assert client.post(url("accept", batch), {"attempt": 1, "take": ["8|学科类"]}).status_code == 403
    text = client.get(url("change", batch)).content.decode()
    assert "保存修改并重新校验" not in text
    assert "修改这一行" not in text
    assert CellEdit.objects.count() == 0


def test_exactly_the_yellow_cells_mended_import_clean(login, cast):
    """The error file holds what the sheet's name said, and no fault but in its yellow cells."""
    client = login(cast.officer)
    batch = uploaded(ledger(), by=cast.officer, target="institutions", file_name="台账.xlsx")
    book = load_workbook(io.BytesIO(client.get(url("errors", batch)).content))
    sheet = book.active
    head = [cell.value for cell in sheet[1]]
    right = {"有效期至": "2027-06-30", "联系电话": "13805920000", "机构名称": "厦门市思明区丁知体育培训中心有限公司"}
    yellow = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.fill.fgColor.rgb == "00FFF2A8"]
    assert len(yellow) == 9
    for number, cell in enumerate(yellow):
        cell.value = right.get(head[cell.column - 1]) or code(800 + number)
    mended = io.BytesIO()
    book.save(mended)
    found = checked(mended.getvalue(), target="institutions")
    assert [(row.outcome, [fault.message for fault in row.reasons]) for row in found] == [("created", [])] * 8
    assert sorted({row.record["category"] for row in found}) == ["sport", "subject"]


def test_a_large_file_is_checked_again_by_the_worker(login, cast):
    client = login(cast.officer)
    rows = [[f"第{n}小学", "小学" if n > 1 else "大学", "", "", ""] for n in range(1, 1102)]
    batch = uploaded(csv_file(SCHOOL_HEAD, *rows), by=cast.officer)
    page = client.get(url("change", batch))
    answer = client.post(url("edit", batch), sent(page, **{page.context["form"].cards[0].faulty[0].field: "小学"}))
    text = client.get(answer.url).content.decode()
    assert "正在校验" in text
    assert "正在重新校验" in text
    outbox.deliver_all(at=clock.now())
    assert counts(batch) == {"created": 1101}


def test_conflicting_rows_are_cards_too(login, cast):
    client = login(cast.officer)
    batch = uploaded(webpage(), by=cast.officer, target="institutions")
    page = client.get(url("change", batch))
    card = card_named(page, "第7行")
    assert (card.faulty, card.reasons) == ([], ["与第6行的统一社会信用代码相同而内容不同，请核对后只留一行。"])
    assert f'<span class="row-code code">{card.code}</span>' in page.content.decode()  # what both rows have in common
    client.post(url("edit", batch), sent(page, **{f"skip-{card.index}": "1"}))
    assert counts(batch) == {"created": 3, "campus": 1, "duplicate": 1, "rejected": 3, "skipped": 1}


def test_a_row_that_only_another_one_contradicts_shows_no_telephone_either(login, cast):
    head = ["机构名称", "统一社会信用代码", "办学许可证号", "类别", "联系电话", "办学地址", "发证日期", "有效期至"]
    rest = ["教民135020370000701号", "体育类", "13959210051", "厦门市思明区湖滨南路1号", "2024-03-01", "2029-02-28"]
    rows = [[f"厦门市思明区{name}体育培训有限公司", code(701), *rest] for name in ("东渡", "西堤")]
    batch = uploaded(csv_file(head, *rows), by=cast.officer, target="institutions")
    assert [bool(row.cells) for row in batch.rows.order_by("number")] == [False, True]
    page = login(cast.officer).get(url("change", batch))
    assert [dict(card.readable)["联系电话"] for card in page.context["form"].cards] == ["139****0051"] * 2
    assert page.content.decode().count("13959210051") == 2  # in the fields only


@pytest.mark.parametrize("bad", [1, 12])
def test_queries_of_the_cards_do_not_grow(login, cast, bad, django_assert_num_queries):
    client = login(cast.officer)
    batch = uploaded(registry(30, bad), by=cast.officer, target="institutions")
    client.get(url("change", batch))
    with django_assert_num_queries(CARD_QUERIES):
        client.get(url("change", batch))
    with django_assert_num_queries(ACCEPT_QUERIES):
        client.get(url("accept", batch))


CARD_QUERIES, ACCEPT_QUERIES = 12, 6


def test_pages_of_cards_keep_their_tab_and_search(login, cast):
    client = login(cast.officer)
    rows = [[f"第{n}小学", "大学", "", "", ""] for n in range(1, CARDS_A_PAGE + 6)]
    batch = uploaded(csv_file(SCHOOL_HEAD, *rows), by=cast.officer)
    page = client.get(url("change", batch), {"verdict": "rejected", "page": "2"})
    assert len(page.context["form"].cards) == 5
    assert f'action="{url("edit", batch)}?verdict=rejected&amp;page=2"' in page.content.decode()
    found = client.get(url("change", batch), {"q": "第2"})
    assert {card.title for card in found.context["form"].cards} == {"第2小学", *(f"第{n}小学" for n in range(20, 26))}
    by_number = client.get(url("change", batch), {"q": "26"})
    assert [card.where for card in by_number.context["form"].cards] == ["第26行"]
    nothing = client.get(url("change", batch), {"q": "没有的"})
    assert "没有找到符合“没有的”的行" in nothing.content.decode()


def test_upload_takes_the_spreadsheets_that_offices_have(login, cast):
    page = login(cast.officer).get(url("change", uploaded(webpage(), by=cast.officer, target="institutions")))
    assert page.status_code == 200
    form = login(cast.officer).get("/admin/imports/batch/upload/").context["form"]
    accepted = form.fields["file"].widget.attrs["accept"].split(",")
    assert set(accepted) >= {".xlsx", ".xls", ".et", ".ods", ".csv", ".html"}
    file = SimpleUploadedFile("网上下载.xls", webpage())
    bureau = form.fields["bureau"].queryset.get().pk
    data = {"target": "institutions", "bureau": bureau, "mode": "good-rows", "file": file}
    assert login(cast.officer).post("/admin/imports/batch/upload/", data).status_code == 302
