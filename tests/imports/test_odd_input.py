"""What PostgreSQL cannot keep as it comes: control characters, overlong and repeated names of sheets."""

import io

import pytest

from foundation.core.errors import Conflict
from foundation.imports.models import Batch
from foundation.imports.operations import edit_cells
from foundation.imports.reading import LONGEST_SHEET_NAME, open_file
from foundation.imports.running import check_edited, run_check
from tests.imports.corpus.base import code
from tests.imports.factories import csv_file, uploaded, xlsx_file
from tests.imports.walking import send, url

HEAD = ["机构名称", "统一社会信用代码", "办学地址", "类别", "备注"]
ROW = ["厦门市思明区知行培训学校", code(1), "厦门市思明区湖滨南路1号", "体育类", ""]
LONG = "厦门市思明区校外培训机构名录摸底排查情况汇总表" * 4


def spreadsheetml(*names: str) -> bytes:
    """A sheet of one row under each name, as systems write them that never open Excel."""
    rows = "".join(
        f"<Row>{''.join(f'<Cell><Data ss:Type={chr(34)}String{chr(34)}>{cell}</Data></Cell>' for cell in row)}</Row>"
        for row in (HEAD, ROW)
    )
    sheets = "".join(f'<Worksheet ss:Name="{name}"><Table>{rows}</Table></Worksheet>' for name in names)
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">{sheets}</Workbook>'.encode()


def test_sheets_have_names_by_which_a_row_is_found():
    names = [sheet.name for sheet in open_file(io.BytesIO(spreadsheetml("表", "表", LONG, LONG))).sheets]
    assert names[:2] == ["表", "表(2)"]
    assert names[2] == f"{LONG[: LONGEST_SHEET_NAME - 1]}…"
    assert len(set(names)) == 4
    assert max(map(len, names)) == LONGEST_SHEET_NAME


@pytest.mark.django_db
def test_long_and_repeated_sheet_names_are_stored(cast):
    batch = uploaded(spreadsheetml(LONG, LONG), by=cast.officer, target="institutions")
    assert sorted(row.outcome for row in batch.rows.all()) == ["created", "duplicate"]


@pytest.mark.django_db
def test_a_nul_in_a_heading_or_cell_is_no_error(login, cast):
    book = xlsx_file([*HEAD, "奇怪_x0000_列"], [*ROW[:4], "一_x0000_二", ""])
    send(login(cast.officer), book, name="名录.xlsx")
    row = Batch.objects.get().rows.get()
    assert row.outcome == "created"
    assert row.record["remark"] == "一二"


@pytest.mark.django_db
def test_a_nul_in_a_correction_is_no_error(cast):
    batch = uploaded(csv_file(HEAD, [*ROW[:3], "托管", ""]), by=cast.officer, target="institutions")
    batch = edit_cells(batch=batch, edits={("", 2): {"category": "体\0育"}}, by=cast.officer, at=batch.state_at)
    row = run_check(batch, by=cast.officer).rows.get()
    assert (row.outcome, row.record["category"]) == ("created", "sport")
    assert row.cells["category"] == "体育"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", [{"q": "a\0"}, {"tidied": "\0.name"}, {"tidied": "normalized.\0", "verdict": "warned"}]
)
def test_a_nul_in_the_address_finds_nothing(login, cast, query):
    batch = uploaded(csv_file(HEAD, [*ROW[:3], "体育", ""]), by=cast.officer, target="institutions")
    assert login(cast.officer).get(url("change", batch), query).status_code == 200


@pytest.mark.django_db
def test_of_two_corrections_at_once_the_later_one_is_told(cast):
    """Both clerks' forms were sound when they were read; the second had to wait for the first one's lock."""
    batch = uploaded(csv_file(HEAD, [*ROW[:3], "托管", ""]), by=cast.officer, target="institutions")
    second = Batch.objects.get()
    check_edited(batch, edits={("", 2): {"category": "体育类"}}, by=cast.officer)
    with pytest.raises(Conflict):
        check_edited(second, edits={("", 2): {"category": "科技类"}}, by=cast.officer)
    assert Batch.objects.get().rows.get().record["category"] == "sport"
