"""The other door: ``manage.py import_institutions``. Page and command give identical verdicts."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from foundation.accounts.models import User
from foundation.audit.models import Event
from foundation.imports.models import Batch
from institutions.models import Institution
from tests.imports.factories import csv_file, uploaded
from tests.imports.make_registry import registry

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    def write(content: bytes, name: str = "名录.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def run(path, *options: str, bureau: str = "350203") -> str:
    out = StringIO()
    call_command("import_institutions", path, "--bureau", bureau, *options, stdout=out)
    return out.getvalue()


def test_it_is_dry_by_default(file):
    said = run(file(registry(60, 10)))
    assert "新增 50，更新 0，无变化 0，表内重复 0，校区 0，不合格 10，不导入 0" in said
    assert (Institution.objects.count(), Batch.objects.count(), Event.objects.count()) == (0, 0, 0)


def without_confidence(reasons: list[dict]) -> list[dict]:
    return [{name: value for name, value in reason.items() if name != "confidence"} for reason in reasons]


def test_page_and_command_give_identical_verdicts(file, cast):
    content = registry(200, 40)
    told = json.loads(run(file(content), "--json"))
    assert (told["file_level"], told["encoding"]) == ("ok", "gb18030")
    batch = uploaded(content, by=cast.officer, target="institutions")
    stored = [
        (row.sheet or None, row.number, row.outcome, without_confidence(row.reasons), row.warnings)
        for row in batch.rows.order_by("sheet", "number")
    ]
    assert stored == [
        (row["sheet"], row["row"], row["outcome"], row["reasons"], row["warnings"]) for row in told["rows"]
    ]
    assert told["totals"] == batch.counts


def test_the_record_is_as_a_clerk_reads_it(file):
    head = [
        "机构名称",
        "统一社会信用代码",
        "类别",
        "办学地址",
        "联系电话",
        "许可证号",
        "发证日期",
        "有效期至",
        "专户尾号",
    ]
    row = ["启明培训学校", "52350211MJC00001XE", "学科", "湖滨南路1号", "13800000000", "教民1350203700001"]
    [told] = json.loads(run(file(csv_file(head, [*row, "2024年3月1日", "2099/2/28", "0123"])), "--json"))["rows"]
    assert told["record"] == {
        "name": "启明培训学校", "credit_code": "52350211MJC00001XE", "license_no": "教民1350203700001",
        "legal_person": None, "address": "湖滨南路1号", "phone": "13800000000", "category": "学科类", "subtype": None,
        "issue_date": "2024-03-01", "valid_until": "2099-02-28", "bank": None, "account": "0123",
        "county_code": "350203",
    }  # fmt: skip


def test_applying_writes_once_and_again_nothing(file):
    path = file(registry(60, 10))
    assert "已导入" in run(path, "--apply")
    assert (Institution.objects.count(), Event.objects.count()) == (50, 1)
    assert Event.objects.get().actor_name == "命令行导入"
    run(path, "--apply")
    assert (Institution.objects.count(), Event.objects.count()) == (50, 1)


def test_all_or_nothing_leaves_nothing_behind(file):
    with pytest.raises(CommandError, match="10行不合格"):
        run(file(registry(60, 10)), "--apply", "--mode", "all-or-nothing")
    assert (Institution.objects.count(), Batch.objects.count()) == (0, 0)


def test_a_citys_bureau_takes_rows_of_its_counties(file):
    path = file(registry(20, 0))
    assert "新增 20，" in run(path, bureau="350200")
    assert "不合格 20" in run(path, bureau="350500")


def test_a_refused_file_is_told_in_json_and_by_the_exit_code(file):
    path = file(b"%PDF-1.7")
    told = json.loads(run(path, "--json"))
    assert (told["file_level"], told["file_reasons"][0]["code"], told["rows"]) == ("rejected", "unsupported_format", [])
    with pytest.raises(CommandError) as refusal:
        run(path)
    assert refusal.value.returncode == 2


def test_unknown_bureau_and_missing_file_are_said(file, tmp_path):
    for code in ("999999", "350000"):  # the province imports on neither door
        with pytest.raises(CommandError, match=f"没有代码为 {code}"):
            run(file(registry(5, 0)), bureau=code)
    with pytest.raises(CommandError, match="无法读取文件"):
        run(tmp_path / "nothing.csv")
    assert not User.objects.filter(name="命令行导入").exists()
