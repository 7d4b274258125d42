"""Error values: the clerk must look, in an optional column too."""

from ..base import USUAL, Case, case, good
from ..writers import Err

_ALL = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!")


@case("errors_in_cells/as_text", "all seven error values as text in a CSV file, each in another column")
def as_text(c: Case) -> None:
    c.head()
    c.row(good(1))
    for number, (text, field) in enumerate(zip(_ALL, USUAL, strict=False), start=2):
        c.row(good(number), "cell_error", cells={field: text})
    c.csv()


@case("errors_in_cells/in_a_workbook", "all seven error values as a workbook holds them")
def in_workbook(c: Case) -> None:
    c.sheet("名录")
    c.head()
    c.row(good(1))
    for number, (text, field) in enumerate(zip(_ALL, reversed(USUAL), strict=False), start=2):
        c.row(good(number), "cell_error", cells={field: Err(text)})
    c.xlsx()


@case("errors_in_cells/in_an_old_xls", "error values in an old .xls")
def in_xls(c: Case) -> None:
    c.sheet("名录")
    c.head()
    c.row(good(1))
    c.row(good(2), "cell_error", cells={"address": Err("#REF!")})
    c.row(good(3), "cell_error", cells={"phone": Err("#N/A")})
    c.xls()


@case("errors_in_cells/in_optional_columns", "an error in the bank's or the remark's column")
def optional(c: Case) -> None:
    c.sheet("名录")
    c.columns = (*USUAL, "bank", "account", "remark")
    c.head()
    c.row(good(1))
    c.row(good(2), "cell_error", cells={"bank": Err("#N/A")})
    c.row(good(3), "cell_error", cells={"remark": Err("#REF!")})
    c.xlsx()


@case("errors_in_cells/in_columns_not_imported", "an error in a column that is none of ours: not our business")
def not_imported(c: Case) -> None:
    c.sheet("名录")
    c.line("机构名称", "统一社会信用代码", "类别", "办学地址", "办学许可证号", "建筑面积")
    c.columns = ("name", "credit_code", "category", "address", "license_no")
    for number in (1, 2):
        c.row(good(number), more=(Err("#DIV/0!"),))
    c.xlsx()


@case("errors_in_cells/several_faults_in_a_row", "all faults of a row at once, not only the first")
def several(c: Case) -> None:
    c.head()
    c.row(good(1))
    cells = {"name": "", "credit_code": "123", "category": "辅导类", "phone": "1", "issue_date": "2024-02-30"}
    reasons = ("missing_name", "code_length", "category_unknown", "phone_invalid", "date_invalid")
    c.row(good(2), *reasons, cells={**cells, "county": "火炬区"})
    c.expected[-1]["reasons"].append("county_unknown")
    c.row(good(3))
    c.csv("gbk")
