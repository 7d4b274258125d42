"""名单事先告知书 and 名单处理结果告知书: what a party is told before it may be listed, and what came of it."""

from __future__ import annotations

from foundation.documents.blocks import Block, address, blanks, para, paras, table
from foundation.documents.enums import DocumentKind
from foundation.documents.templates import DocumentTemplate, Field, Values, cn_date

EVIDENCE_COLUMNS = ("材料", "日期", "内容")

PARTY = (
    Field("party_name", "当事人"),
    Field("party_code", "统一社会信用代码", required=False),
    Field("party_address", "当事人地址", required=False),
    Field("person_in_charge", "负责人", required=False),
    Field("list_name", "名单名称"),
)
PAPER = {
    "verifies": "扫码核验本告知书的文号、出具机关和效力",
    "party_field": "party_name",
}


def party_lines(v: Values) -> list[Block]:
    """主送 and, in brackets, who that is."""
    known = [("统一社会信用代码", v["party_code"]), ("地址", v["party_address"]), ("负责人", v["person_in_charge"])]
    identity = "；".join(f"{label}：{value}" for label, value in known if value)
    return [address(f"{v['party_name']}："), *([para(f"（{identity}）")] if identity else [])]


def prior(v: Values) -> list[Block]:
    term = f"期限自{cn_date(v['since'])}至{cn_date(v['until'])}"
    return [
        *party_lines(v),
        para(f"经查，你单位存在以下情形：{str(v['cause']).rstrip('。')}。"),
        *([table(EVIDENCE_COLUMNS, v["evidence"], widths=(3, 3, 7))] if v["evidence"] else []),
        para(f"依据{v['basis']}，本机关拟将你单位列入{v['list_name']}，{term}，并向社会公布。"),
        para(
            f"你单位有权陈述和申辩。请自收到本告知书次日起{v['days']}内，以书面或者口头方式向本机关提出，"
            "可以附证明材料；逾期未提出的，视为放弃。本机关将予以复核，不因陈述申辩加重处理。"
        ),
        para("期限届满前，或者你单位书面放弃陈述申辩前，本机关不作决定，也不对外公布。"),
        para(f"联系人和电话：{v['contact']}"),
        blanks("当事人签收", "签收日期", "拒绝签收的情况说明", "见证人"),
    ]


def _prior_stub(v: Values) -> list[tuple[str, str]]:
    return [
        ("当事人", str(v["party_name"])),
        ("拟列入", str(v["list_name"])),
        ("拟定期限", f"{cn_date(v['since'])}至{cn_date(v['until'])}"),
        ("陈述申辩期限", str(v["days"])),
    ]


def result(v: Values) -> list[Block]:
    heard = [para("对你单位的陈述申辩，复核意见如下："), *paras(str(v["answer"]))] if v["answer"] else []
    term = [para(f"期限自{cn_date(v['since'])}至{cn_date(v['until'])}。")] if v["until"] else []
    return [
        *party_lines(v),
        para(f"关于{v['list_name']}，本机关于{cn_date(v['decided_on'])}作出处理：{v['outcome']}。"),
        para(f"事由：{v['cause']}"),
        *([para(f"依据：{v['basis']}")] if v["basis"] else []),
        *heard,
        *term,
        *([para(f"移出条件：{v['removal']}")] if v["removal"] else []),
        *paras(str(v["remedy"])),
        para(f"联系人和电话：{v['contact']}"),
        blanks("当事人签收", "签收日期"),
    ]


def _result_stub(v: Values) -> list[tuple[str, str]]:
    return [
        ("当事人", str(v["party_name"])),
        ("名单", str(v["list_name"])),
        ("处理结果", str(v["outcome"])),
        ("作出日期", cn_date(v["decided_on"])),
    ]


LISTING_PRIOR = DocumentTemplate(
    kind=DocumentKind.LISTING_PRIOR,
    version=1,
    word="名单告",
    fields=(
        *PARTY,
        Field("cause", "拟列入的事由"),
        Field("evidence", "证据材料", kind="rows", columns=EVIDENCE_COLUMNS, required=False),
        Field("basis", "依据"),
        Field("since", "拟列入日期", kind="date"),
        Field("until", "期限至", kind="date"),
        Field("days", "陈述申辩期限"),
        Field("contact", "联系人和电话"),
    ),
    body=prior,
    stub=_prior_stub,
    **PAPER,
)
LISTING_RESULT = DocumentTemplate(
    kind=DocumentKind.LISTING_RESULT,
    version=1,
    word="名单决",
    fields=(
        *PARTY,
        Field("outcome", "处理结果"),
        Field("decided_on", "作出日期", kind="date"),
        Field("cause", "事由"),
        Field("basis", "依据", required=False),
        Field("answer", "对陈述申辩的复核意见", required=False),
        Field("since", "自", kind="date", required=False),
        Field("until", "至", kind="date", required=False),
        Field("removal", "移出条件", required=False),
        Field("remedy", "救济途径"),
        Field("contact", "联系人和电话"),
    ),
    body=result,
    stub=_result_stub,
    **PAPER,
)
