"""现场检查记录 and 整改复查记录: what officers saw at a place, signed there on every page.

What the visit does not say is left to be filled in by hand.
"""

from __future__ import annotations

from foundation.documents.blocks import Block, blanks, para, paras, table
from foundation.documents.enums import DocumentKind
from foundation.documents.templates import DocumentTemplate, Field, Values, cn_date, known

FOUND_COLUMNS = ("项目编号", "检查内容", "检查发现的情况")
PHOTO_COLUMNS = ("序号", "反映的项目", "拍摄时间", "原件校验值(前16位)")
RECHECKED_COLUMNS = ("项目编号", "原发现的问题", "复查情况")
SIGNERS = ("被检查单位签名", "检查人员签名")
BLANK_TIME = "____年__月__日__时__分"

PARTY = (
    Field("party_name", "被检查单位"),
    Field("party_code", "统一社会信用代码", required=False),
    Field("party_address", "地址", required=False),
    Field("person_in_charge", "负责人", required=False),
    Field("visited_on", "检查日期", kind="date"),
    Field("started", "开始时间", required=False),
    Field("ended", "结束时间", required=False),
    Field("place", "检查地点"),
    Field("visit_number", "检查编号"),
    Field("organs", "检查机关", kind="list"),
    Field("officers", "检查人员及执法证号", kind="list"),
    Field("accompanied_by", "陪同人员", required=False),
)


def _head(v: Values, *more: tuple[str, object]) -> list[Block]:
    times = f"{v['started'] or BLANK_TIME} 至 {v['ended'] or BLANK_TIME}"
    facts = [
        ("被检查单位", v["party_name"]),
        ("统一社会信用代码", v["party_code"]),
        ("地址", v["party_address"]),
        ("负责人", v["person_in_charge"]),
        ("检查日期", cn_date(v["visited_on"])),
        ("检查时间", times),
        ("检查地点", v["place"]),
        ("检查编号", v["visit_number"]),
        *more,
        ("检查机关", "、".join(v["organs"])),
        ("检查人员及执法证号", "；".join(v["officers"])),
        ("陪同人员", v["accompanied_by"]),
    ]
    return [table(("项目", "内容"), known(facts), widths=(3, 9))]


def _statement(v: Values) -> list[Block]:
    said = paras(str(v["statement"])) if v["statement"] else [para("________________________________________")]
    return [para("当事人陈述："), *said]


CLOSING = (
    para("以上记录已交被检查单位核对：□ 无误　□ 有异议，异议内容：________________"),
    blanks("被检查单位负责人签名(盖章)", "检查人员签名", "记录人签名", "见证人签名", "日期"),
)


def site_record(v: Values) -> list[Block]:
    found = [table(FOUND_COLUMNS, v["facts"], widths=(2, 5, 5))] if v["facts"] else []
    photos = [para("现场照片："), table(PHOTO_COLUMNS, v["photos"], widths=(2, 4, 5, 6))] if v["photos"] else []
    return [
        *_head(v, ("检查种类", v["kind"])),
        para("告知事项："),
        *paras(str(v["told"])),
        para("被检查单位：□ 不申请回避　□ 申请回避，理由：________________"),
        para("检查情况："),
        *paras(str(v["situation"])),
        *found,
        *([para(f"现场人数：{v['heads']}")] if v["heads"] else [para("现场人数：学生____人，教师____人。")]),
        *photos,
        *_statement(v),
        *CLOSING,
    ]


def recheck_record(v: Values) -> list[Block]:
    return [
        para(f"复查的通知书：{v['order_number']}（{v['order_kind']}），整改期限{cn_date(v['due_on'])}。"),
        *_head(v),
        table(RECHECKED_COLUMNS, v["facts"], widths=(2, 6, 4)),
        *([para("当事人报告的整改情况："), *paras(str(v["reported"]))] if v["reported"] else []),
        para(f"复查结论：{v['passed']}。{v['consequence']}"),
        *paras(str(v["remark"])),
        *_statement(v),
        *CLOSING,
    ]


def _site_stub(v: Values) -> list[tuple[str, str]]:
    return [
        ("被检查单位", str(v["party_name"])),
        ("检查编号", str(v["visit_number"])),
        ("检查日期", cn_date(v["visited_on"])),
        ("检查种类", str(v["kind"])),
        ("发现的问题", f"{len(v['facts'])}项"),
        ("照片", f"{len(v['photos'])}张"),
    ]


def _recheck_stub(v: Values) -> list[tuple[str, str]]:
    return [
        ("被检查单位", str(v["party_name"])),
        ("复查的通知书", str(v["order_number"])),
        ("复查日期", cn_date(v["visited_on"])),
        ("复查结论", str(v["passed"])),
    ]


SITE_RECORD = DocumentTemplate(
    kind=DocumentKind.SITE_RECORD,
    version=1,
    word="检记",
    own_words=True,
    fields=(
        *PARTY,
        Field("kind", "检查种类"),
        Field("told", "告知事项"),
        Field("situation", "检查情况"),
        Field("facts", "发现的问题", kind="rows", columns=FOUND_COLUMNS, required=False),
        Field("heads", "现场人数", required=False),
        Field("photos", "现场照片", kind="rows", columns=PHOTO_COLUMNS, required=False),
        Field("statement", "当事人陈述", required=False),
    ),
    body=site_record,
    stub=_site_stub,
    verifies="扫码核验本记录的文号、出具机关和内容摘要",
    internal=True,
    signers=SIGNERS,
)
RECHECK_RECORD = DocumentTemplate(
    kind=DocumentKind.RECHECK_RECORD,
    version=1,
    word="复查",
    own_words=True,
    fields=(
        *PARTY,
        Field("order_number", "通知书文号"),
        Field("order_kind", "通知书种类"),
        Field("due_on", "整改期限", kind="date"),
        Field("facts", "逐项复查", kind="rows", columns=RECHECKED_COLUMNS),
        Field("reported", "当事人报告的整改情况", required=False),
        Field("passed", "复查结论"),
        Field("consequence", "结论的后果"),
        Field("remark", "复查情况说明", required=False),
        Field("statement", "当事人陈述", required=False),
    ),
    body=recheck_record,
    stub=_recheck_stub,
    verifies="扫码核验本记录的文号、出具机关和内容摘要",
    internal=True,
    signers=SIGNERS,
)
