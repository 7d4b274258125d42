"""What becomes of codes when a spreadsheet takes them for numbers."""

from ..base import USUAL, Case, case, good
from ..writers import Number


@case("numbers_as_text/codes_as_numbers", "18 digits in cells of numbers: the last three are gone")
def codes(c: Case) -> None:
    c.sheet("名录")
    c.head()
    c.row(good(1))
    c.row(good(2), "code_precision", cells={"credit_code": Number("523502030123456000")})
    c.row(good(3), "code_precision", cells={"credit_code": Number("9.13502031234567E17")})
    c.row(good(4), "code_precision", cells={"license_no": Number("1350203700000110")})
    c.xlsx()


@case("numbers_as_text/codes_as_numbers_in_xls", "the same in an old .xls")
def codes_xls(c: Case) -> None:
    c.sheet("名录")
    c.head()
    c.row(good(1))
    c.row(good(2), "code_precision", cells={"credit_code": 523502030123456000.0})
    c.xls()


@case("numbers_as_text/permits_as_numbers", "13 and 15 digits in cells of numbers are whole")
def permits(c: Case) -> None:
    c.sheet("名录")
    c.head()
    c.row(good(5, license_no="1350203700001"), cells={"license_no": 1350203700001})
    c.row(good(10, license_no="135020370000011"), cells={"license_no": Number("135020370000011")})
    c.row(good(15, license_no="135020370000012"), cells={"license_no": Number("1.35020370000012E14")})
    c.xlsx()


@case("numbers_as_text/account_tails", "tails of accounts: whole numbers, lost zeros, whole accounts")
def tails(c: Case) -> None:
    c.sheet("名录")
    c.columns = (*USUAL, "bank", "account")
    c.head()
    c.row(good(1, bank="建设银行", account="0123"))
    c.row(good(2, bank="建设银行", account="4567"), cells={"account": 4567})
    c.row(good(3, account="0123"), "code_format", cells={"account": 123, "bank": "建设银行"})
    c.row(good(4), "code_precision", cells={"account": Number("6.22700001234568E18"), "bank": "建设银行"})
    c.xlsx()


@case("numbers_as_text/accounts_cut_off", "accounts in a text file whose last digits a spreadsheet turned into zeros")
def cut_off(c: Case) -> None:
    c.columns = (*USUAL, "bank", "account")
    c.head()
    c.row(good(1, bank="建设银行", account="0123"))
    c.row(good(2), "code_precision", cells={"bank": "建设银行", "account": "35050161433609000000"})
    c.row(good(3), "code_precision", cells={"bank": "建设银行", "account": "6227000012345670000"})
    c.row(good(4, bank="建设银行", account="0000"))
    c.csv()


@case("numbers_as_text/old_codes_as_numbers", "a registration number of 15 digits in a cell of numbers")
def old_codes(c: Case) -> None:
    c.sheet("名录")
    c.head()
    c.row(good(1))
    c.row(good(2), "code_legacy", cells={"credit_code": Number("350203100012345")})
    c.row(good(3), "code_length", cells={"credit_code": 12345})
    c.xlsx()


@case("numbers_as_text/counties_as_numbers", "county codes in cells of numbers")
def counties(c: Case) -> None:
    c.sheet("名录")
    c.bureau = "350200"
    c.head()
    c.row(good(1), cells={"county": 350203})
    c.row(good(2, county="350211"), cells={"county": Number("350211.0")})
    c.xlsx()
