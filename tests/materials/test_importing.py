"""Sets from a spreadsheet: a verdict a row, taken in as an officer would, taken back while nothing was built on it."""

from __future__ import annotations

import pytest

from foundation.core import clock
from foundation.imports.models import Batch, KeptRow
from foundation.imports.operations import apply_batch
from materials.enums import MaterialKind, SetState
from materials.models import MaterialSet
from tests.imports.factories import checked, csv_file, uploaded
from tests.institutions.factories import AT, institution
from tests.institutions.imported import take_back
from tests.materials.factories import sent

pytestmark = pytest.mark.django_db
HEAD = ("机构名称", "教材名称", "版次", "学科", "适用学段", "类型", "ISBN", "内审人", "内审日期", "内审结论")
NAME = "思明区海浪舞蹈培训中心"


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def row(title: str, *, name: str = NAME, **given) -> tuple:
    facts = dict(
        zip(HEAD, (name, title, "第一版", "舞蹈", "小学", "自编", "", "王老师", "2026-10-20", "同意"), strict=True)
    )
    return tuple({**facts, **given}.values())


def test_each_row_has_its_verdict(cast):
    institution(cast.officer, name=NAME)
    institution(cast.neighbour, name="集美区远方培训中心", county="350211")
    rows = checked(
        csv_file(
            HEAD,
            row("好的"),
            row("好的"),
            row("没有书号", 类型="出版物"),
            row("有书号", 类型="", ISBN="9787100000001"),
            row("", 学科=""),
            row("哪家的", name="没有这家"),
            row("别处的", name="集美区远方培训中心"),
            row("明天审的", 内审日期="2026-11-03"),
            row("没填全", 内审结论=""),
        ),
        target="materials",
    )
    verdicts = [(each.outcome, [fault.code for fault in each.reasons]) for each in rows]
    assert verdicts[0] == ("created", [])
    assert verdicts[1][0] == "duplicate"
    assert [codes for _, codes in verdicts[2:]] == [
        ["missing_isbn"],
        [],
        ["missing_title", "missing_subject"],
        ["unknown_institution"],
        ["unknown_institution"],
        ["date_range"],
        [],
    ]
    assert rows[3].record["kind"] == MaterialKind.PUBLISHED
    assert [fault.code for fault in rows[8].warnings] == ["inside_incomplete"]
    assert not MaterialSet.objects.exists()


def brought_in(cast) -> Batch:
    content = csv_file(HEAD, row("一套"), row("二套", 内审人=""))
    return uploaded(content, by=cast.officer, target="materials")


def test_rows_come_in_once_and_go_again_unless_something_was_built_on_them(cast):
    institution(cast.officer, name=NAME)
    batch = apply_batch(batch=brought_in(cast), by=cast.officer, at=clock.now())
    found = {each.title: each for each in MaterialSet.objects.order_by("pk")}
    assert {title: each.state for title, each in found.items()} == {"一套": SetState.INSIDE, "二套": SetState.ENTERED}
    assert (found["一套"].inside_by, found["一套"].subject, found["一套"].edition) == ("王老师", "舞蹈", "第一版")
    again = brought_in(cast)
    assert again.counts["unchanged"] == 2
    sent(cast, found["一套"])
    take_back(batch, cast.officer)
    assert list(MaterialSet.objects.values_list("title", flat=True)) == ["一套"]
    [why] = KeptRow.objects.filter(row__batch=batch).values_list("why", flat=True)
    assert why.startswith("第2行“一套”导入之后")
