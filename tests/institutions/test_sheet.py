"""The register's columns: codes, permits, accounts, choices by other words, and headings."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.imports.columns import heading_key
from foundation.imports.layout.spelling import Spellings
from foundation.imports.target import Ground, Row
from foundation.imports.targets.schools import SCHOOLS
from foundation.regions.models import Jurisdiction
from institutions import credit_code
from institutions.importing import INSTITUTIONS
from tests.cast import OWN
from tests.imports.cells import read, refused

COLUMNS = INSTITUTIONS.resource.columns
A, B, C = "52350211MJC00001XE", "91350211MA2X00019U", "92350921MA3A000445"
CODE, LICENCE, ACCOUNT = (COLUMNS[name].widget for name in ("credit_code", "license_no", "account"))
ALL = [(sheet.code, name) for sheet in (INSTITUTIONS, SCHOOLS) for name in sheet.resource.columns]


@pytest.mark.parametrize("code", [A, B, C, "52350581MJB000026X", "91350404MA8U00033H", "91350100M000100Y43"])
def test_right_codes_are_taken_as_they_are(code):
    assert read(CODE, code) == (code, [])


@pytest.mark.parametrize(
    "cell",
    [
        f" {A} ",
        A.lower(),
        f"'{A}",
        "52350211 MJC0 0001 XE",
        "52350211-MJC00001X-E",
        "５２３５０２１１MJC00001XE",
        f"{A}\u200b",
    ],
)
def test_cleaned_codes_say_so(cell):
    assert read(CODE, cell) == (A, ["code_format"])


def with_check(body: str) -> str:
    return next(body + char for char in credit_code.ALPHABET if credit_code.fault(body + char) is None)


def test_an_unusual_beginning_is_only_remarked():
    code = with_check("11350203MA2X00019")
    assert read(CODE, code) == (code, ["code_prefix"])


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("91350100M000100Y44", "code_check"),
        ("91350100M000100Y4Z", "code_charset"),
        ("9135010AM000100Y43", "code_charset"),
        ("91350100M000100Y4", "code_length"),
        (f"{A}1", "code_length"),
        ("3502031000123456", "code_length"),
        ("9.13502E+17", "code_scientific"),
        (913502001234567890, "code_precision"),
        (9.135e17, "code_precision"),
        ("913502001234567000", "code_precision"),
        ("350203100012345", "code_legacy"),
        (350203100012345, "code_legacy"),
        ("1350203700001", "code_legacy"),
        ("D2143569-X", "code_legacy"),
        (f"{A}、{B}", "code_format"),
        (f"{A}{B}", "code_format"),
        (f"{A}\n{B}", "code_format"),
        ("教民135020370000011号", "code_format"),
        ("办理中", "code_format"),
        (True, "code_format"),
        (date(2024, 3, 1), "code_format"),
        ("#REF!", "cell_error"),
        ("=A1", "formula"),
        ("91350100M000100Y43 365bet", "unsafe_text"),
    ],
)
def test_wrong_codes(cell, code):
    assert refused(CODE, cell).code == code


def test_a_code_among_other_words_is_suggested():
    for cell in (f"代码：{A}", f"{A}（新）", f"{A}/{A}"):
        refusal = refused(CODE, cell)
        assert (refusal.code, refusal.after, refusal.confidence) == ("code_format", A, 0.99)
    assert refused(CODE, f"{A}、{B}").after == ""


@pytest.mark.parametrize(
    ("cell", "code"), [("5235O211MJC00001XE", "code_charset"), ("52350211MJC00001XXE", "code_length")]
)
def test_a_repair_is_suggested_with_its_reason_and_how_sure_it_is(cell, code):
    refusal = refused(CODE, cell)
    assert (refusal.code, refusal.after) == (code, A)
    assert refusal.confidence >= 0.99
    assert f"可能是 {A}（" in refusal.message
    assert refusal.message.endswith("%）。")


@pytest.mark.parametrize(
    ("cell", "number", "said"),
    [
        ("教民135020370000011号", "教民135020370000011号", []),
        ("135020370000011", "135020370000011", []),
        (135020370000011, "135020370000011", []),
        ("教民 1350203 70000011 号", "教民135020370000011号", ["code_format"]),
        ("教民1350203-70000011号", "教民135020370000011号", ["code_format"]),
        ("厦思教非〔2024〕3-12号", "厦思教非〔2024〕3-12号", []),
        ("厦思教非（2024）12号", "厦思教非(2024)12号", ["code_format"]),
        ("无", None, []),
    ],
)
def test_permit_numbers(cell, number, said):
    assert read(LICENCE, cell) == (number, said)


def test_wrong_permit_numbers():
    assert refused(LICENCE, "教民135020370000011号、教民135020370000012号").code == "code_format"
    assert refused(LICENCE, 1350203700000112).code == "code_precision"
    assert refused(LICENCE, "1.35E+14").code == "code_scientific"


@pytest.mark.parametrize(
    ("cell", "tail", "said"),
    [
        ("0123", "0123", []),
        (1234, "1234", []),
        ("尾号0123", "0123", []),
        ("****0123", "0123", []),
        ("6222021234560123", "0123", ["code_format"]),
        ("6222 0212 3456 0123", "0123", ["code_format"]),
    ],
)
def test_account_tails(cell, tail, said):
    assert read(ACCOUNT, cell) == (tail, said)


def test_wrong_account_tails():
    assert (refused(ACCOUNT, 123).after, refused(ACCOUNT, "123").after) == ("0123", "")
    assert refused(ACCOUNT, "6222021234560123XYZ").before == "622****3XYZ"
    assert refused(ACCOUNT, 6.222e18).code == "code_precision"


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("category", "学科", "subject"),
        ("category", "学科类培训", "subject"),
        ("category", "学科类（语文、数学）", "subject"),
        ("category", "非学科（体育）", "sport"),
        ("category", "体育类非学科", "sport"),
        ("category", "非学科类-体育", "sport"),
        ("category", "非学科类校外培训（文化艺术）", "arts"),
        ("category", "音乐、舞蹈", "arts"),
        ("category", "球类运动", "sport"),
        ("category", "篮球、跆拳道", "sport"),
        ("category", "钢琴培训", "arts"),
        ("category", "少儿编程", "science"),
        ("category", "文化艺术", "arts"),
        ("category", "科技类", "science"),
        ("category", "非学科类（其他）", "other"),
        ("category", "其它", "other"),
        ("subtype", "钢琴", "music"),
        ("subtype", "跆拳道", "martial_arts"),
        ("stages", "小学、初中", ["primary", "junior"]),
        ("stages", "小学初中", ["primary", "junior"]),
        ("stages", "小学+初中+高中", ["primary", "junior", "senior"]),
        ("stages", "1-6年级", ["primary"]),
        ("stages", "一至九年级", ["primary", "junior"]),
        ("stages", "初一至高三", ["junior", "senior"]),
        ("stages", "小学三年级", ["primary"]),
        ("stages", "义务教育阶段", ["primary", "junior"]),
        ("stages", "中小学生", ["primary", "junior", "senior"]),
        ("stages", "K12", ["primary", "junior", "senior"]),
        ("stages", "3-6岁", ["preschool"]),
        ("stages", "３—６周岁", ["preschool"]),
        ("stages", "6-12岁", ["primary"]),
        ("stages", "3-12岁", ["preschool", "primary"]),
        ("stages", "学龄前儿童", ["preschool"]),
        ("stages", "小学至高中", ["primary", "junior", "senior"]),
        ("stages", "小学阶段、初中阶段", ["primary", "junior"]),
        ("stages", "学龄前(3-6岁)、小学", ["preschool", "primary"]),
        ("mode", "线下培训", "offline"),
        ("mode", "线上、线下", "both"),
        ("mode", "线上+线下", "both"),
        ("mode", "网络", "online"),
        ("legal_type", "民办非企业", "non_profit"),
        ("legal_type", "非营利性", "non_profit"),
        ("legal_type", "企业（营利）", "company"),
        ("legal_type", "有限责任公司", "company"),
        ("legal_type", "个体工商户", "sole_trader"),
        ("status", "正常办学", "normal"),
        ("status", "在业", "normal"),
        ("status", "已注销", "deregistered"),
        ("status", "停业", "suspended"),
        ("permit_kind", "办学许可证", "school"),
    ],
)
def test_choices_by_the_words_of_bureaus(column, cell, value):
    assert read(COLUMNS[column].widget, cell) == (value, [])


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("category", "非学科类"),
        ("category", "艺术/体育"),
        ("category", "学科类、体育类"),
        ("category", "艺体"),
        ("category", "学科类与非学科类"),
        ("category", "非学科（英语）"),
        ("category", "辅导类"),
        ("category", "体育用品"),
        ("category", "培训"),
        ("stages", "成人"),
        ("stages", "18岁以上"),
        ("stages", "6-60岁"),
        ("stages", "9-1年级"),
        ("stages", "小学、成人"),
        ("mode", "上门"),
        ("legal_type", "不明"),
        ("status", "很好"),
    ],
)
def test_ambiguous_and_unknown_words_are_refused(column, cell):
    assert refused(COLUMNS[column].widget, cell).code == "category_unknown"


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("企业名称", "name"),
        ("*机构名称（全称）", "name"),
        ("社会信用代码证号", "credit_code"),
        ("统一信用代码证", "credit_code"),
        ("营业执照号", "credit_code"),
        ("许可证有效期限", "valid_until"),
        ("许可证发放日期", "issue_date"),
        ("发证日", "issue_date"),
        ("审批文号", "license_no"),
        ("办学场所", "address"),
        ("经 营 场 所", "address"),
        ("法人姓名", "legal_person"),
        ("举办者", "legal_person"),
        ("组织机构代码", None),
    ],
)
def test_headings_of_bureaus(heading, column):
    match = Spellings(INSTITUTIONS.resource).match((heading,))
    assert (match and match.column) == column


@pytest.mark.parametrize("sheet", [INSTITUTIONS, SCHOOLS], ids=lambda sheet: sheet.code)
def test_no_heading_means_two_columns(sheet):
    counted = Counter(key for column in sheet.resource.columns.values() for key in column.spellings)
    assert [key for key, count in counted.items() if count > 1] == []
    for column in sheet.resource.columns.values():
        assert heading_key(column.column_name) in column.spellings


PIECES = [
    "52350211MJC00001XE", "教民", "135020370000011", "号", "〔2024〕", "尾号", "*", "0123", "学科", "非学科", "体育",
    "类", "小学", "初", "高", "中", "一", "6", "年级", "岁", "3", "至", "-", "、", "（", "）", "和", "线上", "线下",
    "正常", "365", "bet", "E+",
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "name"), ALL)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_every_columns_plain_cells_are_canonical(sheet, name, data):
    column = {INSTITUTIONS.code: INSTITUTIONS, SCHOOLS.code: SCHOOLS}[sheet].resource.columns[name]
    pieces = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)
    plain = column.widget.plain
    cell = data.draw(st.one_of(st.from_regex(plain, fullmatch=True), pieces) if plain else pieces)
    try:
        value, said = read(column.widget, cell)
    except ValueError:
        assert plain is None or not plain.fullmatch(cell)
        return
    if plain and plain.fullmatch(cell):
        assert (value, said) == (cell, [])
    if value is not None:
        assert read(column.widget, column.shown(value))[0] == value


def checked(**record: str) -> Row:
    row = Row(None, 2, {}, record={"name": "启明学校", "credit_code": A, **record})
    INSTITUTIONS.check(row, Ground(Jurisdiction.objects.get(code=OWN), today=date(2026, 11, 24)))
    return row


@pytest.mark.django_db
def test_what_belongs_to_a_permit_goes_without_its_number_and_each_is_told():
    row = checked(issue_date="2024-03-01", valid_until="2027-02-28", issuer="思明区教育局")
    assert {"issue_date", "valid_until", "issuer"}.isdisjoint(row.record)
    said = [(fault.field, fault.code, fault.before, fault.after) for fault in row.warnings]
    assert said == [
        ("issue_date", "missing_code", "2024-03-01", ""),
        ("valid_until", "missing_code", "2027-02-28", ""),
        ("issuer", "missing_code", "思明区教育局", ""),
        ("license_no", "missing_code", "", ""),
    ]


@pytest.mark.django_db
def test_a_refused_permit_number_is_not_called_missing_too():
    row = Row(None, 2, {}, record={"name": "启明学校", "credit_code": A, "issue_date": "2024-03-01"})
    row.reasons.append(COLUMNS["license_no"].fault("code_scientific", "后几位已丢失。"))
    INSTITUTIONS.check(row, Ground(Jurisdiction.objects.get(code=OWN), today=date(2026, 11, 24)))
    assert (row.warnings, row.record["issue_date"]) == ([], "2024-03-01")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("written", "issued", "until", "reasons", "warnings"),
    [
        ({"valid_until": "2024-03-01/2027-02-28"}, "2024-03-01", "2027-02-28", [], ["normalized"]),
        ({"valid_until": "2024-03-01/"}, "2024-03-01", None, [], ["normalized"]),
        ({"issue_date": "2024-02-20", "valid_until": "2024-03-01/2027-02-28"}, "2024-02-20", "2027-02-28", [], []),
        ({"valid_until": "2027-03-01/2024-02-28"}, "2027-03-01", "2024-02-28", ["date_order", "date_range"], None),
        ({"issue_date": "2026-03-01", "valid_until": "2026-02-28"}, "2026-03-01", "2026-02-28", ["date_order"], None),
        ({"issue_date": "2026-11-25"}, "2026-11-25", None, ["date_range"], []),
        ({"issue_date": "2026-11-24"}, "2026-11-24", None, [], []),
        ({"valid_until": "2026-11-23"}, None, "2026-11-23", [], ["date_range"]),
        ({"valid_until": "2026-11-24"}, None, "2026-11-24", [], []),
    ],
)
def test_a_period_of_validity_fills_both_dates(written, issued, until, reasons, warnings):
    row = Row(
        None, 2, {}, record={"name": "启明学校", "credit_code": A, "license_no": "教民135020370000011号", **written}
    )
    INSTITUTIONS.check(row, Ground(Jurisdiction.objects.get(code=OWN), today=date(2026, 11, 24)))
    assert (row.record.get("issue_date"), row.record.get("valid_until")) == (issued, until)
    assert [fault.code for fault in row.reasons] == reasons
    if warnings is not None:
        assert [fault.code for fault in row.warnings] == warnings
