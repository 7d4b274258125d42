"""What stands between the cells of a text file."""

from ..base import Case, case, good
from ..writers import csv_text


def _three(c: Case) -> None:
    c.head()
    for number in (1, 2, 3):
        c.row(good(number))


@case("separators/tab", "tabs")
def tab(c: Case) -> None:
    _three(c)
    c.csv("gbk", sep="\t", suffix="txt")


@case("separators/semicolon", "semicolons, and commas inside the addresses")
def semicolon(c: Case) -> None:
    c.head()
    for number in (1, 2, 3):
        c.row(good(number, address=f"厦门市思明区湖滨南路{number}号,东侧,二楼"))
    c.csv(sep=";")


@case("separators/comma_with_semicolons_inside", "commas between cells, semicolons and tabs inside them")
def comma(c: Case) -> None:
    c.columns = (*c.columns, "remark")
    c.head()
    for number in (1, 2, 3):
        c.row(good(number, remark="证照齐全;已年检;无投诉;已备案;教师8人;学生90人;面积300;三层;有消防;无食堂;"))
    c.csv("gbk")


@case("separators/sep_line", "a first line sep=; that Excel obeys and does not show, so the heading is row 1")
def sep_line(c: Case) -> None:
    _three(c)
    c.bytes("csv", "sep=;\r\n" + csv_text(c.lines, sep=";"))
    c._without_sheets()


@case("separators/all_quoted", "every cell in quotes")
def quoted(c: Case) -> None:
    _three(c)
    c.csv("gbk", quote=True)


@case("separators/line_breaks_in_cells", "quoted line breaks in names and addresses; a record is a row")
def line_breaks(c: Case) -> None:
    c.head()
    c.row(good(1))
    two = good(2)
    c.row(two, cells={"name": two["name"][:3] + "\n" + two["name"][3:]})
    three = good(3)
    c.row(three, cells={"address": three["address"].replace("湖滨", "\r\n湖滨")})
    c.row(good(4))
    c.csv()


@case("separators/tabs_in_cells", "tabs inside cells of a file with commas")
def tabs_in_cells(c: Case) -> None:
    c.head()
    c.row(good(1))
    two = good(2)
    c.row(two, cells={"name": "\t" + two["name"], "credit_code": two["credit_code"] + "\t"}, may=["code_format"])
    three = good(3)
    c.row(three, cells={"legal_person": three["legal_person"][0] + "\t" + three["legal_person"][1:]})
    c.csv()


@case("separators/trailing", "empty cells behind every line, more in some than in others")
def trailing(c: Case) -> None:
    _three(c)
    lines = [[*line, *[""] * (3 + at * 4)] for at, line in enumerate(c.lines)]
    c.sheets[-1].lines[:] = lines
    c.csv("gbk")


@case("separators/ragged", "lines that stop after their last filled cell")
def ragged(c: Case) -> None:
    c.columns = ("name", "credit_code", "category", "address", "license_no", "issue_date", "valid_until", "phone")
    c.head()
    c.row(good(1))
    c.row(good(2, phone=""))
    c.row(good(3, phone="", issue_date="", valid_until=""))
    c.row(good(4, phone="", issue_date="", valid_until="", license_no=""), warnings=["missing_code"])
    for line in list(c.lines):
        place = c.lines.index(line)
        while line and line[-1] == "":
            line = line[:-1]
        c.lines[place] = line
    c.csv()


@case("separators/too_many_cells", "an address with a bare comma has pushed everything one column to the right")
def too_many(c: Case) -> None:
    c.head()
    c.row(good(1))
    c.row(good(2), "column_count", more=("多出来的",))
    c.row(good(3))
    c.csv()


@case("separators/quotes_in_names", "doubled quotes inside quoted names, Chinese quotes beside them")
def quotes(c: Case) -> None:
    c.head()
    c.row(good(1, name="厦门市“小数点”科技培训有限公司"))
    c.row(good(2, name='厦门市"小先生"艺术培训有限公司'))
    c.row(good(3))
    c.csv()


@case("separators/blank_lines", "blank lines, lines of commas only, lines of blanks only")
def blank_lines(c: Case) -> None:
    c.line()
    c.head()
    c.line()
    c.row(good(1))
    c.line(*[""] * 10)
    c.line("  ", "\u3000", *[" "] * 8)
    c.row(good(2))
    c.line()
    c.line()
    c.row(good(3))
    c.line()
    c.csv("gbk")
