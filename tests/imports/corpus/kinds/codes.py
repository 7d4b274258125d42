"""Credit codes and permit numbers, as they are typed."""

from ..base import Case, case, checked, code, good


def _wide(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) for sign in text)


def _code(c: Case, number: int, text: object, *reasons: str, **given: object) -> None:
    c.row(good(number), *reasons, cells={"credit_code": text}, **given)


@case("codes/wrong_check_character", "a last character that does not fit the others")
def wrong_check(c: Case) -> None:
    c.head()
    c.row(good(1))
    right = good(2)["credit_code"]
    _code(c, 2, right[:-1] + ("7" if right[-1] != "7" else "8"), "code_check")
    c.row(good(3))
    c.csv()


@case("codes/swapped_digits", "two neighbouring digits of the sequence swapped")
def swapped(c: Case) -> None:
    c.head()
    c.row(good(1))
    for number in (2, 3):
        right = good(number)["credit_code"]
        at = next(place for place in range(10, 15) if right[place] != right[place + 1])
        _code(c, number, right[:at] + right[at + 1] + right[at] + right[at + 2 :], "code_check")
    c.csv("gbk")


@case("codes/letter_o", "the letter O where a zero should be; the repair is certain")
def letter_o(c: Case) -> None:
    c.head()
    c.row(good(1))
    right = good(2)["credit_code"]  # …MA015838…
    typed = right.replace("MA0", "MAO")
    c.row(good(2), "code_charset", after=["credit_code"], cells={"credit_code": typed})
    right = code(77)
    row = good(3, credit_code=right)
    c.row(row, "code_charset", after=["credit_code"], cells={"credit_code": right.replace("0", "O")})
    c.csv()


@case("codes/letter_i", "the letter I where a one should be, also in lower case as l")
def letter_i(c: Case) -> None:
    c.head()
    c.row(good(1))
    right = code(14)  # …MA110866…
    row = good(2, credit_code=right)
    c.row(row, "code_charset", after=["credit_code"], cells={"credit_code": right.replace("MA1", "MAI")})
    right = code(78)
    row = good(3, credit_code=right)
    typed = right[0] + "l" + right[2:]
    c.row(row, after=["credit_code"], cells={"credit_code": typed}, outcome="rejected", may=["code_format"])
    c.expected[-1]["one_of"] = ["code_charset", "code_check"]  # L is a letter of the alphabet
    c.csv()


@case("codes/letters_s_z_v", "S for 5, Z for 2, V for U or Y: letters that no code has")
def letters_s_z(c: Case) -> None:
    c.head()
    c.row(good(1))
    five, two = good(2)["credit_code"], good(3)["credit_code"]
    c.row(good(2), "code_charset", after=["credit_code"], cells={"credit_code": five[:3] + "S" + five[4:]})
    c.row(good(3), "code_charset", after=["credit_code"], cells={"credit_code": two.replace("2", "Z", 1)})
    c.csv()


@case("codes/lower_case", "small letters")
def lower_case(c: Case) -> None:
    c.head()
    c.row(good(1))
    _code(c, 2, good(2)["credit_code"].lower(), warnings=["code_format"])
    c.csv()


@case("codes/full_width", "full-width digits and letters")
def full_width(c: Case) -> None:
    c.head()
    c.row(good(1))
    _code(c, 2, _wide(good(2)["credit_code"]), warnings=["code_format"])
    three = good(3)
    wide = {"license_no": "教民" + _wide(three["license_no"][2:]), "phone": _wide(three["phone"])}
    c.row(three, cells=wide, warnings=["code_format"])
    c.csv("gbk")


@case("codes/blanks_every_four", "blanks every four characters, as on a bank card")
def blanks(c: Case) -> None:
    c.head()
    c.row(good(1))
    text = good(2)["credit_code"]
    _code(c, 2, " ".join(text[at : at + 4] for at in range(0, 18, 4)), warnings=["code_format"])
    text = good(3)["credit_code"]
    _code(c, 3, f"{text[:2]}\u3000{text[2:8]}\u00a0{text[8:17]} {text[17]}", warnings=["code_format"])
    c.csv()


@case("codes/dashes", "dashes between the parts of the code")
def dashes(c: Case) -> None:
    c.head()
    c.row(good(1))
    text = good(2)["credit_code"]
    _code(c, 2, f"{text[:2]}-{text[2:8]}-{text[8:17]}-{text[17]}", warnings=["code_format"])
    text = good(3)["credit_code"]
    _code(c, 3, f"{text[:8]}—{text[8:]}", warnings=["code_format"])
    c.csv()


@case("codes/apostrophes", "an apostrophe in front, which kept the code text somewhere else")
def apostrophes(c: Case) -> None:
    c.head()
    c.row(good(1))
    two, three = good(2), good(3)
    c.row(two, cells={"credit_code": "'" + two["credit_code"], "phone": "'" + two["phone"]}, may=["code_format"])
    quoted = {"credit_code": "’" + three["credit_code"], "license_no": "‘" + three["license_no"]}
    c.row(three, cells=quoted, may=["code_format"])
    c.csv()


@case("codes/too_short_or_long", "17, 19 and 16 characters")
def lengths(c: Case) -> None:
    c.head()
    c.row(good(1))
    _code(c, 2, good(2)["credit_code"][:17], "code_length")
    _code(c, 3, good(3)["credit_code"] + "8", "code_length")
    _code(c, 4, good(4)["credit_code"][:10] + good(4)["credit_code"][12:], "code_length")
    c.csv()


@case("codes/none", "no code, or a word instead of one")
def none(c: Case) -> None:
    c.head()
    c.row(good(1))
    for number, text in enumerate(("", "无", "—"), start=2):
        _code(c, number, text, "missing_code")
    for number, text in enumerate(("办理中", "见营业执照"), start=5):
        _code(c, number, text, "code_format")
    c.csv("gbk")


@case("codes/two_in_a_cell", "two codes in one cell: of the school and of its company")
def two_codes(c: Case) -> None:
    c.head()
    c.row(good(1))
    _code(c, 2, f"{code(2)}、{code(22)}", "code_format", may=["code_format"])
    _code(c, 3, f"{code(3)}\n{code(23)}", "code_format", may=["code_format"])
    _code(c, 4, f"{code(4)}/{code(24)}", "code_format", may=["code_format"])
    c.csv()


@case("codes/with_words", "the code with words around it")
def with_words(c: Case) -> None:
    c.head()
    c.row(good(1))
    _code(c, 2, f"代码：{good(2)['credit_code']}", "code_format", may=["code_format"])
    _code(c, 3, f"{good(3)['credit_code']}（副本）", "code_format", may=["code_format"])
    c.csv()


@case("codes/old_numbers", "15 and 13 digit registration numbers, organisation codes with and without dash")
def old_numbers(c: Case) -> None:
    c.head()
    c.row(good(1))
    for number, text in enumerate(("350203100012345", "3502031000123", "D2143569-X", "D2143569X"), start=2):
        _code(c, number, text, "code_legacy", may=["code_format"])
    c.csv()


@case("codes/scientific", "codes that Excel showed as 9.135E+17 when the file was saved")
def scientific(c: Case) -> None:
    c.head()
    c.row(good(1))
    for number, text in enumerate(("9.135E+17", "5.23502E+17", "9.13502031234568E+17", "９.１３５Ｅ＋１７"), start=2):
        _code(c, number, text, "code_scientific")
    c.row(good(6), "code_scientific", cells={"license_no": "1.35020E+15"})
    c.csv("gbk")


@case("codes/digits_lost", "18 digits of which Excel turned the last three into zeros")
def digits_lost(c: Case) -> None:
    c.head()
    c.row(good(1))
    _code(c, 2, "523502030123456000", "code_precision")
    _code(c, 3, "913502031234567000", "code_precision")
    c.csv()


@case("codes/complete_scientific", "permit numbers in scientific notation that still shows all their digits")
def complete(c: Case) -> None:
    c.head()
    c.row(good(1))
    for number, text in ((2, "1.35020370000012E+14"), (3, "1.350203700003E12")):
        digits = text.split("E")[0].replace(".", "")
        c.row(good(number, license_no=digits), cells={"license_no": text}, warnings=["code_scientific"])
    c.row(good(4), "code_scientific", cells={"license_no": "1.3502037E+14"})
    c.csv()


@case(
    "codes/permits_to_come",
    "办理中 and its like instead of a permit number: not filled in, and no two rows in conflict",
)
def to_come(c: Case) -> None:
    c.head()
    c.row(good(1))
    for number, words in enumerate(("办理中", "办理中", "正在办理", "待办"), start=2):
        row = good(number)
        cells = {"license_no": words, "issue_date": row["issue_date"], "valid_until": row["valid_until"]}
        empty = {**row, "license_no": "", "issue_date": "", "valid_until": ""}
        c.row(empty, cells=cells, warnings=["missing_code"])
    c.row(good(6), "code_format", cells={"license_no": "见附件"})
    row = good(7)
    c.row(row, cells={"license_no": f"许可证号：{row['license_no']}"}, warnings=["code_format"])
    c.csv("gbk")


@case("codes/unusual_prefixes", "codes of public institutions, societies, and such that teach nobody")
def prefixes(c: Case) -> None:
    c.head()
    c.row(good(1))
    c.row(good(2, credit_code=code(2, prefix="12")))
    c.row(good(3, credit_code=checked("11350203MA0000123")), warnings=["code_prefix"])
    c.row(good(4, credit_code=checked("A1350203MA0000124")), warnings=["code_prefix"])
    c.row(good(6, credit_code=code(6, prefix="92")), warnings=["code_prefix"])
    for number, prefix in ((7, "00"), (8, "50"), (9, "96")):
        row = good(number, credit_code=code(number, prefix=prefix))
        c.row(row, "code_prefix", cells={"credit_code": row["credit_code"]})
        del c.expected[-1]["truth"]
    c.csv()


@case("codes/registered_elsewhere", "codes of abolished counties, other provinces and of the city: all valid")
def elsewhere(c: Case) -> None:
    c.head()
    for number, place in enumerate(("350402", "110108", "350200", "350000", "350211"), start=1):
        c.row(good(number, credit_code=code(number, county=place)))
    c.csv()


@case("codes/from_the_standard", "the two examples of the standard: one valid, one not")
def from_standard(c: Case) -> None:
    c.head()
    c.row(good(1, credit_code="91350100M000100Y43"))
    c.row(good(2), "code_charset", cells={"credit_code": "91350100M000100Y4Z"})
    del c.expected[-1]["truth"]
    c.row(good(5, credit_code="52350211MJC00001XE"))
    c.csv()


@case("codes/permit_numbers", "permit numbers in every shape: short, long, with words; they are not judged by shape")
def permit_numbers(c: Case) -> None:
    c.head()
    numbers = ("厦思教培〔2024〕12号", "135020370000011", "闽文旅审2024008", "教民135020370000012号")
    for number, text in enumerate(numbers, start=1):
        c.row(good(number, license_no=text))
    c.row(good(5, license_no="思教2024-5"), may=["code_format"])
    row = good(6)
    cells = {"license_no": "", "issue_date": row["issue_date"], "valid_until": row["valid_until"]}
    c.row({**row, "license_no": "", "issue_date": "", "valid_until": ""}, cells=cells, warnings=["missing_code"])
    c.csv()
