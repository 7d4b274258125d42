"""证据卷 and 年度检查表: what the portal holds of an institution, put together on one paper."""

from __future__ import annotations

from foundation.documents.blocks import Block, blanks, para, paras, pictures, table
from foundation.documents.enums import DocumentKind
from foundation.documents.templates import DocumentTemplate, Field, Values, cn_date

FACT_COLUMNS = ("项目", "内容")
ITEM_COLUMNS = ("序号", "项目", "事实与来源", "依据", "分值")
PHOTO_COLUMNS = ("编号", "对应项目", "照片", "拍摄或登记时间", "内容校验值")
PICTURE_COLUMNS = ("编号", "说明", "内容校验值")
ROW_COLUMNS = ("类别", "日期", "事项", "结果")


def evidence_file(v: Values) -> list[Block]:
    return [
        para(f"机构：{v['party_name']}"),
        para(f"事项：{v['matter']}"),
        table(FACT_COLUMNS, v["facts"], widths=(3, 9)),
        *([table(ITEM_COLUMNS, v["items"], widths=(1, 3, 6, 4, 2))] if v["items"] else [para("没有扣分或列入事项。")]),
        *([para(f"计分过程：{v['arithmetic']}")] if v["arithmetic"] else []),
        *([para("照片："), table(PHOTO_COLUMNS, v["photos"], widths=(2, 3, 4, 4, 4))] if v["photos"] else []),
        *([pictures(v["pictures"])] if v["pictures"] else []),
        *paras(str(v["remedy"])),
    ]


def _file_stub(v: Values) -> list[tuple[str, str]]:
    return [
        ("机构", str(v["party_name"])),
        ("事项", str(v["matter"])),
        ("项目数", f"{len(v['items'])}项"),
        ("照片数", f"{len(v['photos'])}张"),
    ]


def annual_check(v: Values) -> list[Block]:
    notice = [para(f"结论公示至{cn_date(v['notice_until'])}。")] if v["notice_until"] else []
    return [
        para(f"机构：{v['party_name']}"),
        table(FACT_COLUMNS, v["facts"], widths=(3, 9)),
        para("一、机构自查"),
        table(FACT_COLUMNS, v["report"], widths=(4, 8)),
        para("二、年度记录(系统汇集)"),
        *([table(ROW_COLUMNS, v["rows"], widths=(3, 3, 6, 4))] if v["rows"] else [para("本年度没有记录。")]),
        para("三、书面审核和实地检查"),
        *paras(str(v["review"])),
        para(f"四、年检结论：{v['conclusion']}"),
        *paras(str(v["reasons"])),
        *notice,
        blanks("机构负责人签名", "审核人签名", "日期"),
    ]


def _check_stub(v: Values) -> list[tuple[str, str]]:
    return [("机构", str(v["party_name"])), ("年度", str(v["year"])), ("年检结论", str(v["conclusion"]))]


EVIDENCE_FILE = DocumentTemplate(
    kind=DocumentKind.EVIDENCE_FILE,
    version=2,
    word="证卷",
    fields=(
        Field("party_name", "机构"),
        Field("matter", "事项"),
        Field("facts", "概况", kind="rows", columns=FACT_COLUMNS),
        Field("items", "逐项事实", kind="rows", columns=ITEM_COLUMNS, required=False),
        Field("arithmetic", "计分过程", required=False),
        Field("photos", "照片", kind="rows", columns=PHOTO_COLUMNS, required=False),
        Field("pictures", "照片和校验值", kind="pictures", columns=PICTURE_COLUMNS, required=False),
        Field("remedy", "核对与救济"),
    ),
    body=evidence_file,
    stub=_file_stub,
    verifies="扫码核验本卷的文号、出具机关和效力",
    party_field="party_name",
)
ANNUAL_CHECK = DocumentTemplate(
    kind=DocumentKind.ANNUAL_CHECK,
    version=1,
    word="年检",
    fields=(
        Field("party_name", "机构"),
        Field("year", "年度"),
        Field("facts", "机构概况", kind="rows", columns=FACT_COLUMNS),
        Field("report", "机构自查", kind="rows", columns=FACT_COLUMNS),
        Field("rows", "年度记录", kind="rows", columns=ROW_COLUMNS, required=False),
        Field("review", "审核和检查情况"),
        Field("conclusion", "年检结论"),
        Field("reasons", "理由", required=False),
        Field("notice_until", "公示至", kind="date", required=False),
    ),
    body=annual_check,
    stub=_check_stub,
    verifies="扫码核验本表的文号、出具机关和效力",
    party_field="party_name",
    heading=lambda v: f"{v['year']}年度检查表",
)
