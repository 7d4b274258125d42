"""What other programs call an Excel file, and our own exports."""

from ..base import LABELS, USUAL, Case, case, good
from ..writers import csv_text, html_table
from ..writers import ods as ods_bytes


def _three(c: Case) -> None:
    c.head()
    for number in (1, 2, 3):
        c.row(good(number))


@case("exports/html_table", "an HTML table named .xls, as a province's platform gives it")
def html(c: Case) -> None:
    _three(c)
    head = '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
    c.html(head=head)


@case("exports/html_in_gbk", "an HTML table in GBK that says gb2312")
def html_gbk(c: Case) -> None:
    _three(c)
    head = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>名录</title>'
    c.html("gbk", head=head)


@case("exports/html_with_entities", "no-break blanks, escaped letters, line breaks and bold inside the cells")
def html_entities(c: Case) -> None:
    c.head()
    c.row(good(1, name="A&B科技培训有限公司"))
    c.row(good(2))
    text = html_table(c.lines, head='<meta charset="utf-8">')
    text = text.replace("<td>机构名称</td>", "<th><b>机构</b><br>名称</th>").replace("<td></td>", "<td>&nbsp;</td>")
    text = text.replace(f"<td>{good(2)['name']}</td>", f"<td>&nbsp;<span>{good(2)['name']}</span>&nbsp;</td>")
    c.bytes("xls", text)
    c._without_sheets()


@case("exports/html_with_two_tables", "a table of buttons above the one that matters, scripts and styles around it")
def html_two(c: Case) -> None:
    _three(c)
    table = html_table(c.lines, head="<style>td{mso-number-format:'\\@'}</style>")
    buttons = "<table><tr><td>返回</td><td>打印</td></tr></table><script>var a='<td>x</td>';</script>"
    c.bytes("xls", "\ufeff" + table.replace("<body>", f"<body>{buttons}"))
    c._without_sheets()
    for entry in c.expected:
        del entry["row"]


@case("exports/text_named_xls", "a tab-separated text named .xls")
def text_xls(c: Case) -> None:
    _three(c)
    c.csv("gbk", sep="\t", suffix="xls")


@case("exports/csv_named_xlsx", "a CSV file that was renamed to .xlsx")
def csv_xlsx(c: Case) -> None:
    _three(c)
    c.csv("gbk", suffix="xlsx")


@case("exports/xlsx_named_csv", "a workbook that was renamed to .csv")
def xlsx_csv(c: Case) -> None:
    c.sheet("名录")
    _three(c)
    c.encoding = "xlsx"
    c.xlsx(suffix="csv")


@case("exports/xlsx_named_xls", "a workbook that was renamed to .xls")
def xlsx_xls(c: Case) -> None:
    c.sheet("名录")
    _three(c)
    c.xlsx(suffix="xls")


@case("exports/old_xls", "an old .xls")
def old_xls(c: Case) -> None:
    c.sheet("名录")
    c.encoding = "xls"
    _three(c)
    c.xls()


@case("exports/wps_et", "a file of WPS (.et), which is an old .xls by its bytes")
def wps(c: Case) -> None:
    c.sheet("名录")
    _three(c)
    c.xls(suffix="et")


@case("exports/ods", "an OpenDocument sheet")
def ods(c: Case) -> None:
    c.sheet("名录")
    c.encoding = "ods"
    _three(c)
    c.bytes("ods", ods_bytes(c.sheets))


@case("exports/our_own", "our own export with its mark and the columns that an import leaves out")
def our_own(c: Case) -> None:
    c.before = [{LABELS[name]: good(1)[name] for name in USUAL}]
    c.line(*(LABELS[name] for name in USUAL), "证照情况", "诚信等级", "全国平台编号", "导出标记")
    mark = "林晓梅 2026-05-20 09:30 导出7号"
    c.row(good(1), outcome="unchanged", more=("证照齐全", "", "", mark))
    c.row(good(2), more=("证照齐全", "", "", mark))
    c.csv("utf-8-sig")


@case("exports/refused_rows_mended", "our own list of refused rows: the columns 错误 and 原行号 are no data")
def refused_rows(c: Case) -> None:
    c.sheet("不合格的行")
    c.line("错误", "原行号", *(LABELS[name] for name in USUAL))
    for number in (1, 2):
        c.row(good(number))
        c.lines[-1] = ["统一社会信用代码：校验位不正确，请对照证照核对有没有抄错", "名录 7", *c.lines[-1]]
    c.xlsx()


@case("exports/of_a_data_frame", "a nameless column of numbers in front, as programmers' exports have it")
def data_frame(c: Case) -> None:
    c.line("", *(LABELS[name] for name in USUAL))
    for number in (1, 2, 3):
        c.row(good(number))
        c.lines[-1] = [number - 1, *c.lines[-1]]
    c.bytes("csv", csv_text(c.lines, end="\n"))
    c._without_sheets()
