"""What is reported inside the office: 监督员月度报告, 网格巡查记录, 月报 and 专项行动统计表."""

from __future__ import annotations

from foundation.documents.blocks import Block, blanks, para, paras, table
from foundation.documents.enums import DocumentKind
from foundation.documents.templates import DocumentTemplate, Field, Values, cn_date, known

DUTY_COLUMNS = ("履职事项", "数量", "单位")
DONE_COLUMNS = ("日期", "事项", "内容")
REPORT_COLUMNS = ("编号", "发现日期", "地点或对象", "问题类别", "办理情况")
FIGURE_COLUMNS = ("类别", "项目", "数量", "单位", "备注")
NOTE_COLUMNS = ("序号", "指标", "数量", "单位", "口径")
CHANGE_COLUMNS = ("项目", "原报", "修订", "单位")
VERIFIES = "扫码核验本表的文号、出具机关和内容摘要"


def in_groups(digest: str) -> str:
    """A SHA-256 as people compare it, eight characters at a time; a line may break between them."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))


def _period(v: Values) -> str:
    return f"{cn_date(v['period_from'])}至{cn_date(v['period_to'])}"


def supervisor_report(v: Values) -> list[Block]:
    facts = [
        ("姓名", v["name"]),
        ("监督员编号", v["number"]),
        ("责任区域", v["area"]),
        ("月份", v["month"]),
        ("本月要求", v["required"]),
        ("本月完成", v["standing"]),
    ]
    done = [table(DONE_COLUMNS, v["done"], widths=(3, 3, 8))] if v["done"] else [para("本月没有登记的履职事项。")]
    return [
        table(("项目", "内容"), known(facts), widths=(3, 9)),
        para("一、履职数量"),
        table(DUTY_COLUMNS, v["duties"], widths=(6, 3, 3)),
        para("二、履职情况"),
        *done,
        para("三、存在的困难和建议"),
        *(paras(str(v["remark"])) if v["remark"] else [para("________________________________________")]),
        blanks("监督员签名", "聘任单位审核", "日期"),
    ]


def _supervisor_stub(v: Values) -> list[tuple[str, str]]:
    return [
        ("监督员", f"{v['name']}（{v['number']}）"),
        ("月份", str(v["month"])),
        *((label, f"{number}{unit}") for label, number, unit in v["duties"]),
    ]


def grid_record(v: Values) -> list[Block]:
    facts = [
        ("网格", v["grid"]),
        ("所在社区(村)", v["place"]),
        ("网格员", "、".join(v["workers"])),
        ("巡查周期", v["cycle"]),
        ("巡查期间", _period(v)),
        ("社区(村)内在册机构", v["institutions"]),
    ]
    found = v["reports"]
    rows = [table(REPORT_COLUMNS, found, widths=(5, 4, 6, 4, 4))] if found else [para("期间没有上报线索。")]
    return [
        table(("项目", "内容"), known(facts), widths=(4, 9)),
        para(f"期间上报线索{len(found)}条："),
        *rows,
        para("巡查情况："),
        *(paras(str(v["remark"])) if v["remark"] else [para("________________________________________")]),
        blanks("网格员签名", "镇街审核", "日期"),
    ]


def _grid_stub(v: Values) -> list[tuple[str, str]]:
    return [
        ("网格", f"{v['place']} {v['grid']}"),
        ("巡查期间", _period(v)),
        ("网格员", "、".join(v["workers"])),
        ("上报线索", f"{len(v['reports'])}条"),
    ]


def statistics(v: Values) -> list[Block]:
    places, changes = v["places"], v["changes"]
    return [
        para(f"填报地区：{v['area']}"),
        para(f"统计期间：{_period(v)}"),
        *([para(f"专项行动：{v['campaign']}")] if v["campaign"] else []),
        *([para(f"本表修订{v['revises']}，以本表为准。")] if v["revises"] else []),
        *([para("修订的数字："), table(CHANGE_COLUMNS, changes, widths=(7, 3, 3, 2))] if changes else []),
        table(FIGURE_COLUMNS, v["figures"], widths=(6, 12, 7, 5, 8)),
        *([para("分地区："), table(places[0], places[1:], widths=(3, *(2 for _ in places[0][1:])))] if places else []),
        para(f"数据截止：{v['counted_at']}。{v['manner']}"),
        *([para("情况说明："), *paras(str(v["remark"]))] if v["remark"] else []),
        para(f"数据校验值：{in_groups(str(v['digest']))}"),
        para(f"编制人：{v['preparer']}　审核人：{v['reviewer']}"),
        blanks("编制人签字", "审核人签字", "单位负责人签字"),
    ]


def _statistics_stub(v: Values) -> list[tuple[str, str]]:
    return [
        ("表名", str(v["title"])),
        ("填报地区", str(v["area"])),
        ("统计期间", _period(v)),
        ("编制人", str(v["preparer"])),
        ("审核人", str(v["reviewer"])),
    ]


SUPERVISOR_REPORT = DocumentTemplate(
    kind=DocumentKind.SUPERVISOR_REPORT,
    version=1,
    word="监月报",
    own_words=True,
    fields=(
        Field("name", "姓名"),
        Field("number", "监督员编号"),
        Field("area", "责任区域"),
        Field("month", "月份"),
        Field("required", "本月要求"),
        Field("standing", "本月完成"),
        Field("duties", "履职数量", kind="rows", columns=DUTY_COLUMNS),
        Field("done", "履职情况", kind="rows", columns=DONE_COLUMNS, required=False),
        Field("remark", "困难和建议", required=False),
    ),
    body=supervisor_report,
    stub=_supervisor_stub,
    verifies=VERIFIES,
    internal=True,
    heading=lambda v: f"社会监督员{v['month']}履职报告",
)
GRID_RECORD = DocumentTemplate(
    kind=DocumentKind.GRID_RECORD,
    version=1,
    word="网巡",
    own_words=True,
    fields=(
        Field("grid", "网格"),
        Field("place", "所在社区(村)"),
        Field("workers", "网格员", kind="list", required=False),
        Field("cycle", "巡查周期"),
        Field("period_from", "期间起", kind="date"),
        Field("period_to", "期间止", kind="date"),
        Field("institutions", "在册机构"),
        Field("reports", "上报线索", kind="rows", columns=REPORT_COLUMNS, required=False),
        Field("remark", "巡查情况", required=False),
    ),
    body=grid_record,
    stub=_grid_stub,
    verifies=VERIFIES,
    internal=True,
)
STATISTICS = DocumentTemplate(
    kind=DocumentKind.STATISTICS,
    version=1,
    word="统计",
    fields=(
        Field("title", "表名"),
        Field("area", "填报地区"),
        Field("period_from", "期间起", kind="date"),
        Field("period_to", "期间止", kind="date"),
        Field("campaign", "专项行动", required=False),
        Field("revises", "修订的文书", required=False),
        Field("changes", "修订的数字", kind="rows", columns=CHANGE_COLUMNS, required=False),
        Field("figures", "数据", kind="rows", columns=FIGURE_COLUMNS),
        Field("places", "分地区数据", kind="table", required=False),
        Field("counted_at", "数据截止时间"),
        Field("manner", "统计口径"),
        Field("remark", "情况说明", required=False),
        Field("digest", "数据校验值"),
        Field("preparer", "编制人"),
        Field("reviewer", "审核人"),
    ),
    body=statistics,
    stub=_statistics_stub,
    verifies=VERIFIES,
    internal=True,
    heading=lambda v: str(v["title"]),
)


def bulletin(v: Values) -> list[Block]:
    return [
        *([para(f"本件修订{v['revises']}，以本件为准。")] if v["revises"] else []),
        *(para(text) for text in v["paragraphs"]),
        para(f"数据说明（{v['area']}，截止{v['counted_at']}）："),
        table(NOTE_COLUMNS, v["notes"], widths=(5, 12, 9, 6, 18)),
        *([para(str(v["by_hand"]))] if v["by_hand"] else []),
        para(f"数据校验值：{in_groups(str(v['digest']))}"),
        para(f"编制人：{v['preparer']}　审核人：{v['reviewer']}"),
    ]


def _bulletin_stub(v: Values) -> list[tuple[str, str]]:
    return [("标题", str(v["title"])), ("编制人", str(v["preparer"])), ("审核人", str(v["reviewer"]))]


BULLETIN = DocumentTemplate(
    kind=DocumentKind.BULLETIN,
    version=1,
    word="简报",
    fields=(
        Field("title", "标题"),
        Field("area", "填报地区"),
        Field("revises", "修订的文书", required=False),
        Field("paragraphs", "正文", kind="list"),
        Field("notes", "数据说明", kind="rows", columns=NOTE_COLUMNS),
        Field("by_hand", "人工数字", required=False),
        Field("counted_at", "数据截止时间"),
        Field("digest", "数据校验值"),
        Field("preparer", "编制人"),
        Field("reviewer", "审核人"),
    ),
    body=bulletin,
    stub=_bulletin_stub,
    verifies=VERIFIES,
    internal=True,
    heading=lambda v: str(v["title"]),
)
