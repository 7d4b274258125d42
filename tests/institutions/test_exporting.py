"""An exported register comes back through the import unchanged, and newest permits are chosen by one rule."""

from datetime import date, timedelta

import pytest

from foundation.exports.declaring import exportable_of
from institutions.exporting import newest_permit
from institutions.models import Institution
from institutions.operations.premises import add_permit
from institutions.sheet import InstitutionSheet
from tests.institutions.factories import AT, institution

pytestmark = pytest.mark.django_db


def permit(row, by, number, valid_to):
    return add_permit(
        institution=row, kind="non_subject", number=number, issuer="思明区教育局", valid_to=valid_to, by=by, at=AT
    )


def test_the_newest_permit_is_the_one_that_runs_longest(cast):
    row = institution(cast.officer)
    assert newest_permit(row) is None
    permit(row, cast.officer, "一号", date(2025, 1, 1))
    later = permit(row, cast.officer, "二号", date(2027, 1, 1))
    assert newest_permit(row) == later
    assert newest_permit(row) != permit(row, cast.officer, "三号", date(2026, 1, 1))
    endless = permit(row, cast.officer, "四号", None)
    assert newest_permit(row) == endless


def test_headings_are_those_of_the_import():
    exported = {column.label for column in exportable_of("institutions.institution").columns}
    imported = {field.column_name for field in InstitutionSheet().fields.values()}
    assert imported - exported == set()
    assert exported - imported == {"证照情况", "诚信等级", "全国平台编号"}


def test_rows_are_those_of_the_list_under_its_filters(cast):
    institution(cast.officer, category="sport")
    wanted = institution(cast.officer, category="arts")
    institution(cast.neighbour, county="350211", category="arts")
    rows = exportable_of("institutions.institution").rows(cast.officer, {"category__exact": ["arts"]})
    assert list(rows) == [wanted]
    assert Institution.objects.count() == 3


def test_a_row_in_columns(cast, django_assert_num_queries):
    for number in range(3):
        row = institution(cast.officer, name=f"{number}号培训中心", stages=["primary", "junior"])
        permit(row, cast.officer, f"教民{number}", AT.date() + timedelta(days=number))
    exportable = exportable_of("institutions.institution")
    with django_assert_num_queries(5):
        rows = list(exportable.rows(cast.officer, {}))
        values = [{column.label: column.value(row) for column in exportable.columns} for row in rows]
    assert values[0]["学段"] == "小学、初中"
    assert values[0]["办学许可证号"] == "教民0"
    assert values[0]["区县"] == "思明区"
