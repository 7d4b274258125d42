"""Make a sheet of a winter's patrols as a county bureau would send it, with the verdict that each row must get.

``python -m tests.inspections.make_patrol_sheet --out FILE.xlsx|FILE.csv [--code 350203] [--rows 7364]`` takes the
institutions of a running demo, for a walk through the four steps by hand.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import django
from openpyxl import Workbook

HEAD = [
    "序号", "检查日期", "时段", "机构名称", "统一社会信用代码", "办学许可证号", "无证场所编号", "地址", "检查种类",
    "检查组", "检查人员", "人数", "发现问题", "所属方面", "严重程度", "处理结果", "学生数", "教师数", "清散学生",
    "备注", "专项行动",
]  # fmt: skip
DAY, SLOT, NAME, CODE, PERMIT, SITE, ADDRESS, KIND, GROUP, WHO, PEOPLE = range(1, 12)
PROBLEM, ASPECT, SEVERITY, OUTCOME, PUPILS, TEACHERS, DISPERSED, REMARK, CAMPAIGN = range(12, 21)
FIRST_DAY = date(2023, 12, 1)
TITLE_ROWS = 2  # a title and a line below it stand above the heading
DATES = ["{0}-{1:02}-{2:02}", "{0}年{1}月{2}日", "{0}.{1}.{2}", "{0}/{1}/{2}", "{0}{1:02}{2:02}"]
SLOTS = [
    ("上午", "morning"), ("14:30", "afternoon"), ("晚上", "evening"),
    ("9:05-10:20", "morning"), ("下午", "afternoon"), ("夜间", "evening"), ("晚上7点半", "evening"),
]  # fmt: skip
#: How a group is written, and how many persons went.
CREWS = [
    ("第一组", "张三(教育局)、李四(市监局)", "", 2),
    ("第一组", "教育局：张三、王 五；市监局：李四", "", 3),
    ("", "赵六（文旅局）/钱七（文旅局）", "", 2),
    ("第三组", "", "5", 5),
    ("第四组", "孙八(街道办)等4人", "", 4),
]
#: Problem, aspect, severity, outcome -> number of findings.
FOUND = [
    ("", "", "", "未发现问题", 0),
    ("无", "", "", "", 0),
    ("", "", "", "关门", 0),
    ("消防通道堆放杂物", "安全", "较重", "责令整改", 1),
    ("1.未公示收费标准；2.灭火器过期", "", "", "当场整改", 2),
]
HEADCOUNTS = [("", 0), ("30余", 0), ("二十人", 0), ("", 0), ("12", 0)]

#: What makes any row a sound one without a problem.
SOUND = {WHO: "张三(教育局)、李四(市监局)", PEOPLE: "", PROBLEM: "", ASPECT: "", SEVERITY: "", OUTCOME: "正常"}


@dataclass(frozen=True)
class Site:
    """An institution of the register: its name, code, permit number and address."""

    name: str
    code: str
    permit: str = ""
    address: str = ""


@dataclass
class Expected:
    """The one verdict of a row: its outcome and the codes of its reasons (and of the warnings that matter)."""

    outcome: str
    reasons: tuple[str, ...] = ()
    warnings: frozenset[str] = frozenset()
    after: str = ""  # the suggested repair


@dataclass
class Traps:
    """What the register must hold for the planted errors; what is missing plants fewer."""

    elsewhere: Site | None = None  # of another bureau
    twin: str = ""  # a name that two institutions bear
    ended: Site | None = None  # deregistered before the winter
    unlicensed: str = ""  # the number of an unlicensed site


@dataclass
class Patrols:
    """Rows with their verdicts: ``good`` visits, and each kind of error once in ``every`` of them."""

    sites: Sequence[Site]
    traps: Traps = field(default_factory=Traps)
    good: int = 7364
    every: int = 250
    rows: list[list[str]] = field(default_factory=list)
    expected: list[Expected] = field(default_factory=list)
    sums: Counter[str] = field(default_factory=Counter)
    with_problem: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        errors = self.errors()
        for number in range(self.good):
            self._add_good(number)
            if number % self.every == self.every - 1 and errors:
                errors.pop(0)(self._spare(number))
        for plant in errors:
            plant(self._spare(len(self.rows)))

    # -- good rows -----------------------------------------------------------------------------------------------
    def _row(self, number: int) -> list[str]:
        """The ``number``-th visit; no two of them are of one site, day, slot and group."""
        site, turn = self.sites[number % len(self.sites)], number // len(self.sites)
        day = FIRST_DAY + timedelta(days=turn % 60)
        group, who, people, _ = CREWS[number % len(CREWS)]
        problem, aspect, severity, outcome, _ = FOUND[number % 7 % len(FOUND)]
        row = [""] * len(HEAD)
        row[0] = str(number + 1)
        row[DAY] = DATES[number % len(DATES)].format(day.year, day.month, day.day)
        row[SLOT] = SLOTS[number % len(SLOTS)][0]
        row[GROUP], row[WHO], row[PEOPLE] = group, who, people
        row[PROBLEM], row[ASPECT], row[SEVERITY], row[OUTCOME] = problem, aspect, severity, outcome
        row[KIND] = ["日常巡查", "联合执法", "专项整治"][number % 3]
        row[PUPILS] = HEADCOUNTS[number % len(HEADCOUNTS)][0]
        row[DISPERSED] = "20余" if number % 1000 == 17 else ""
        row[CAMPAIGN] = "冬季巡查"
        _named(row, site, number)
        return row

    def _add_good(self, number: int) -> None:
        self._add(self._row(number), Expected("created"))
        findings = FOUND[number % 7 % len(FOUND)][-1]
        self.sums["visits"] += 1
        self.sums["person_times"] += CREWS[number % len(CREWS)][-1]
        self.sums["findings"] += findings
        self.sums["dispersed"] += 20 if number % 1000 == 17 else 0
        if findings:
            self.with_problem.add(self.sites[number % len(self.sites)].name)

    def _add(self, row: list[str], expected: Expected) -> None:
        self.rows.append(row)
        self.expected.append(expected)

    # -- planted errors ------------------------------------------------------------------------------------------
    def _spare(self, number: int) -> list[str]:
        """A sound row that stands for no good visit: its group goes nowhere else."""
        row = self._row(number)
        row[GROUP] = f"机动{len(self.rows)}组"
        return row

    def errors(self) -> list[Callable[[list[str]], None]]:
        """Each kind of planted error once."""
        one, other = self.sites[0], self.sites[1]
        slip = one.name[:-2] + one.name[-1] + one.name[-2]
        wrong = one.code[:-1] + ("0" if one.code[-1] != "0" else "1")
        plants = [
            self._refused("date_range", {DAY: "2099-01-01"}),
            self._refused("date_invalid", {DAY: "2024-02-30"}),
            self._refused("date_precision", {DAY: "2024年1月"}),
            self._refused("date_missing", {DAY: ""}),
            self._refused("slot_missing", {SLOT: ""}),
            self._refused("category_unknown", {SLOT: "全天"}),
            self._refused("time_invalid", {SLOT: "25:10"}),
            self._refused("unknown_institution", _only(NAME, "不存在的某某学堂")),
            self._refused("unknown_institution", _only(NAME, slip), after=one.name),
            self._refused("unknown_institution", _only(CODE, "52350203MJ9999999L") | {NAME: one.name}, after=one.code),
            self._refused("unknown_institution", _only(SITE, "WZ-350203-1999-0001")),
            self._refused("code_check", _only(CODE, wrong)),
            self._refused("subject_conflict", _only(CODE, one.code) | {NAME: other.name}),
            self._refused("missing_name", _only(NAME, "")),
            self._refused("category_unknown", {KIND: "随便看看"}),
            self._refused("kind_not_official", {KIND: "社会监督员走访"}),
            self._refused("officers_few", {WHO: "张三(教育局)", PEOPLE: ""}),
            self._refused("officers_few", {WHO: "", PEOPLE: ""}),
            self._refused("officers_format", {WHO: "13800000000", PEOPLE: ""}),
            self._refused("officers_twice", {WHO: "张三(教育局)、张三(教育局)", PEOPLE: ""}),
            self._refused("people_differ", {WHO: "张三(教育局)、李四(市监局)", PEOPLE: "1"}),
            self._refused("count_invalid", {PUPILS: "很多"}),
            self._refused("count_range", {DISPERSED: "99999"}),
            self._refused("category_unknown", {OUTCOME: "再说吧", PROBLEM: "无"}),
            self._refused("outcome_conflict", {PROBLEM: "超范围办学", OUTCOME: "未发现问题", ASPECT: "", SEVERITY: ""}),
            self._refused("formula", {PROBLEM: "=HYPERLINK(1)"}),
            self._refused("unsafe_text", {REMARK: "bet365标准版"}),
            self._refused("date_missing", {DAY: "", SLOT: "", WHO: "张三", PEOPLE: ""}, "slot_missing", "officers_few"),
            self._repeated,
            self._contradicted,
            self._sound("name_differs", _only(CODE, one.code) | {NAME: "另一个招牌"}),
        ]
        return plants + self._trapped()

    def _trapped(self) -> list[Callable[[list[str]], None]]:
        traps, plants = self.traps, []
        if traps.elsewhere:
            plants.append(self._refused("county_out_of_scope", _only(CODE, traps.elsewhere.code)))
        if traps.twin:
            plants.append(self._refused("ambiguous_institution", _only(NAME, traps.twin)))
        if traps.ended:
            plants.append(self._sound("institution_ended", _only(NAME, traps.ended.name), site=traps.ended.name))
        if traps.unlicensed:
            plants.append(self._sound("", _only(SITE, traps.unlicensed), site=traps.unlicensed))
        return plants

    def _refused(self, code: str, change: dict[int, str], *more: str, after: str = "") -> Callable[[list[str]], None]:
        def plant(row: list[str]) -> None:
            self._add(_changed(row, change), Expected("rejected", tuple(sorted({code, *more})), after=after))

        return plant

    def _sound(self, warning: str, change: dict[int, str], *, site: str = "") -> Callable[[list[str]], None]:
        def plant(row: list[str]) -> None:
            self._add(_changed(row, SOUND | change), Expected("created", warnings=frozenset({warning} - {""})))
            self.sums["visits"] += 1
            self.sums["person_times"] += 2
            self.sums["other_sites"] += bool(site)

        return plant

    def _repeated(self, row: list[str]) -> None:
        self._add(list(self.rows[0]), Expected("duplicate", ("duplicate_in_file",)))

    def _contradicted(self, row: list[str]) -> None:
        """Two rows of one visit that say different things: both are refused."""
        both = Expected("rejected", ("duplicate_conflict",))
        self._add(_changed(row, {KIND: "日常检查"}), both)
        self._add(_changed(row, {KIND: "联合检查"}), both)

    # -- the file ------------------------------------------------------------------------------------------------
    @property
    def first_row(self) -> int:
        """The spreadsheet's number of the first row of data."""
        return TITLE_ROWS + 2

    def table(self) -> list[list[str]]:
        blank = [""] * (len(HEAD) - 1)
        return [["2023年冬季校外培训巡查台账", *blank], ["填报单位：思明区教育局", *blank], HEAD, *self.rows]

    def as_xlsx(self) -> bytes:
        book = Workbook()
        for row in self.table():
            book.active.append(row)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    def as_csv(self) -> bytes:
        """GBK, as Chinese Excel saves it."""
        out = io.StringIO()
        csv.writer(out).writerows(self.table())
        return out.getvalue().encode("gbk")


def _named(row: list[str], site: Site, number: int) -> None:
    """The site by its name, in either brackets, by its code, by its permit, or by all of them."""
    way = number % 4
    if way == 0:
        row[NAME] = site.name
    elif way == 1:
        row[NAME], row[CODE] = site.name.replace("（", "(").replace("）", ")"), site.code
    elif way == 2 and site.permit:
        row[PERMIT] = site.permit
    else:
        row[CODE], row[ADDRESS] = site.code.lower(), site.address


def _only(column: int, value: str) -> dict[int, str]:
    """The row names its site in this column alone."""
    return {NAME: "", CODE: "", PERMIT: "", SITE: "", ADDRESS: "", column: value}


def _changed(row: list[str], change: dict[int, str]) -> list[str]:
    return [change.get(at, cell) for at, cell in enumerate(row)]


def main() -> None:
    parser = argparse.ArgumentParser(description="用演示环境中的机构写一份巡查台账")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--code", default="350203")
    parser.add_argument("--rows", type=int, default=7364)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuanjian.settings.local")
    django.setup()
    from institutions.models import Institution  # noqa: PLC0415 (after django.setup)

    own = Institution.objects.current().filter(jurisdiction__code=given.code).exclude(status__in=["deregistered"])
    sites = [
        Site(row.name, row.credit_code, address=row.address) for row in own.exclude(credit_code=None).order_by("pk")
    ]
    if len(sites) < 2:
        sys.exit(f"{given.code} 没有足够的机构，请先运行 script/server 装入演示数据。")
    patrols = Patrols(sites, good=given.rows)
    content = patrols.as_csv() if given.out.suffix == ".csv" else patrols.as_xlsx()
    given.out.write_bytes(content)
    verdicts = Counter(each.outcome for each in patrols.expected)
    sys.stdout.write(f"{given.out}：{len(patrols.rows)}行，{dict(verdicts)}\n")


if __name__ == "__main__":
    main()
