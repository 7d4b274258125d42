"""A file of the corpus while it is being made: its lines, and beside each row of data what must come of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from . import writers
from .writers import Sheet

SPAM = "365防伪查询系统_bet3365标准版_365bet大陆网站"
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"

LABELS = {
    "name": "机构名称",
    "credit_code": "统一社会信用代码",
    "license_no": "办学许可证号",
    "category": "类别",
    "legal_person": "法定代表人",
    "phone": "联系电话",
    "address": "办学地址",
    "county": "区县",
    "issue_date": "发证日期",
    "valid_until": "有效期至",
    "subtype": "子类",
    "town": "镇街",
    "bank": "监管银行",
    "account": "专户账号尾号",
    "status": "状态",
    "remark": "备注",
}
USUAL = tuple(LABELS)[:10]
#: What ``--json`` tells of a row; the county is told by its code.
TOLD = frozenset(LABELS) - {"county", "town", "status", "remark"}
SHORT = frozenset({"name", "credit_code", "valid_until"})
COUNTIES = {
    "350203": "厦门市思明区",
    "350211": "厦门市集美区",
    "350205": "厦门市海沧区",
    "350404": "三明市三元区",
    "350405": "三明市沙县区",
    "350604": "漳州市龙海区",
    "350112": "福州市长乐区",
    "350581": "泉州市石狮市",
    "350902": "宁德市蕉城区",
}
_BRANDS = ["启明", "博雅", "育才", "晨曦", "童乐", "星河", "求知", "卓越"]
_BRANDS += ["蓝天", "松柏", "鹭岛", "智远", "文澜", "方圆", "春晖", "致远"]
_KINDS = (
    ("学科类", "文化培训学校", "52"),
    ("体育类", "体育培训有限公司", "91"),
    ("文化艺术类", "艺术培训有限公司", "91"),
    ("科技类", "科技培训有限公司", "91"),
    ("其他非学科类", "语言能力培训有限公司", "91"),
)
_PEOPLE = ["林晓梅", "陈志强", "黄丽珍", "张建国", "吴秀英", "李文辉", "王海燕", "郑国栋", "刘慧敏", "蔡明德"]


def checked(body: str) -> str:
    """Seventeen characters and their check character (GB 32100)."""
    total = sum(ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return body + ALPHABET[(31 - total % 31) % 31]


def code(number: int, *, prefix: str = "91", county: str = "350203") -> str:
    """A valid credit code whose inner organisation code (GB 11714) is valid too."""
    inner = f"M{'JA'[prefix == '91']}{number * 7919 % 1_000_000:06}"
    values = [int(sign, 36) for sign in inner]
    last = 11 - sum(value * weight for value, weight in zip(values, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    return checked(f"{prefix}{county}{inner}{'X' if last == 10 else last % 11}")


def good(number: int, *, county: str = "350203", **change: Any) -> dict[str, Any]:
    """A clean row, the same for the same number; ``change`` replaces values."""
    category, tail, prefix = _KINDS[number % 5]
    place = COUNTIES[county]
    row = {
        "name": f"{place[:3]}{_BRANDS[number % 16]}{'一二三四五六七八九十'[number % 10]}号{tail}",
        "credit_code": code(number, prefix=prefix, county=county),
        "license_no": f"教民1{county}7{number:05}",
        "category": category,
        "legal_person": _PEOPLE[number % 10],
        "phone": f"138{number * 7331 % 100_000_000:08}",
        "address": f"{place}湖滨南路{number}号{number % 9 + 1}层",
        "county": place[3:],
        "issue_date": f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}",
        "valid_until": f"2029-{number % 12 + 1:02}-{number % 28 + 1:02}",
        "county_code": county,
    }
    return {**row, **change}


@dataclass
class Case:
    """One file. ``row`` writes a row of data and says what must come of it; ``line`` writes what is no data."""

    path: str
    about: str
    bureau: str = "350203"
    encoding: str | None = None
    columns: Sequence[str] = USUAL
    before: list[dict[str, str]] = field(default_factory=list)
    file: list[str] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    expected: list[dict[str, Any]] = field(default_factory=list)
    content: bytes = b""
    suffix: str = ""
    _named: bool = False

    @property
    def lines(self) -> list[Sequence[Any]]:
        if not self.sheets:
            self.sheets.append(Sheet("名录"))
        return self.sheets[-1].lines

    def sheet(self, name: str, **given: Any) -> Sheet:
        self.sheets.append(Sheet(name, **given))
        return self.sheets[-1]

    def line(self, *cells: Any) -> None:
        self.lines.append(cells)

    def head(self, *columns: str) -> None:
        """The usual heading of these columns."""
        self.columns = columns or self.columns
        self.line(*(LABELS[name] for name in self.columns))

    def row(self, truth: Mapping[str, Any], *reasons: str, **given: Any) -> None:
        """``truth`` in our columns, with ``reasons`` to refuse it. ``cells``: what is written instead of the truth;
        ``warnings`` must be there, ``may`` may; ``after``: columns for which the truth must be suggested."""
        cells = given.pop("cells", {})
        self.line(*[cells.get(name, truth.get(name, "")) for name in self.columns], *given.pop("more", ()))
        self.expect(truth, *reasons, number=len(self.lines), cells=cells, **given)

    def expect(
        self,
        truth: Mapping[str, Any],
        *reasons: str,
        number: int,
        cells: Mapping[str, Any] | None = None,
        outcome: str = "",
        warnings: Iterable[str] = (),
        may: Iterable[str] = (),
        after: Iterable[str] = (),
    ) -> None:
        cells = cells or {}
        outcome = outcome or ("rejected" if reasons else "created")
        entry: dict[str, Any] = {"sheet": self.sheets[-1].name if self.sheets else None, "row": number}
        entry |= {"outcome": outcome, "reasons": sorted(reasons), "warnings": sorted(warnings)}
        if may:
            entry["may"] = sorted(may)
        if outcome not in ("rejected", "duplicate"):
            fields = {*SHORT, *cells} & TOLD if self.expected else TOLD  # one row in full is enough for a file
            told = {name: truth.get(name) or None for name in self.columns if name in fields}
            entry["record"] = {**told, "county_code": truth["county_code"]}
            texts = {name: text for name, text in cells.items() if isinstance(text, str) and text.strip()}
            if texts:
                entry["written"] = {name: [text, truth.get(name) or ""] for name, text in texts.items()}
        elif cells and "county_out_of_scope" not in reasons:  # a bureau cannot mend what is another's
            entry["truth"] = {LABELS[name]: str(truth.get(name) or "") for name in cells if name in LABELS}
        if after:
            entry["after"] = {name: truth[name] for name in after}
        self.expected.append(entry)

    def refused(self, *codes: str) -> None:
        """The file as a whole is refused."""
        self.file = list(codes)
        self.expected = []

    def bytes(self, suffix: str, content: bytes | str, encoding: str = "utf-8") -> None:
        self.suffix = suffix
        self.content = content.encode(encoding) if isinstance(content, str) else content

    def csv(self, codec: str = "utf-8", *, suffix: str = "csv", mark: bytes = b"", **given: Any) -> None:
        self.bytes(suffix, mark + writers.csv_text(self.lines, **given).encode(codec))
        self._without_sheets()

    def html(self, codec: str = "utf-8", **given: Any) -> None:
        self.bytes("xls", writers.html_table(self.lines, **given), codec)
        self._without_sheets()

    def xlsx(self, *, suffix: str = "xlsx", **given: Any) -> None:
        self.bytes(suffix, writers.xlsx(self.sheets, **given))

    def xls(self, *, suffix: str = "xls") -> None:
        self.bytes(suffix, writers.xls(self.sheets))

    def _without_sheets(self) -> None:
        for entry in self.expected:
            entry["sheet"] = None

    def told(self) -> list[dict[str, Any]]:
        """The expected rows without what is empty or goes without saying: created, in the bureau's own county."""
        plain = {"outcome": "created"}
        rows = [
            {key: value for key, value in each.items() if value and value != plain.get(key)} for each in self.expected
        ]
        for row in rows:
            if row.get("record", {}).get("county_code") == self.bureau:
                row["record"] = {key: value for key, value in row["record"].items() if key != "county_code"}
        return rows


CASES: dict[str, tuple[Callable[[Case], None], str]] = {}


def case(path: str, about: str) -> Callable[[Callable[[Case], None]], Callable[[Case], None]]:
    """Declare one file of the corpus: ``folder/name`` and the mess in one sentence."""

    def declare(build: Callable[[Case], None]) -> Callable[[Case], None]:
        if path in CASES:
            raise RuntimeError(f"two cases named {path}")
        CASES[path] = build, about
        return build

    return declare


def built(path: str) -> Case:
    build, about = CASES[path]
    made = Case(path, about)
    build(made)
    if not made.suffix:
        raise RuntimeError(f"{path} wrote no file")
    return made
