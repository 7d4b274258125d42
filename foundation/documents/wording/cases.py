"""The papers of a penalty case, from its filing to its end (行政处罚法 第五章; 校外培训行政处罚暂行办法).

Drafts from practice: a local bureau may replace these words by a new version. Sums of money come as text in yuan.
"""

from __future__ import annotations

from collections.abc import Sequence

from foundation.documents.blocks import Block, address, blanks, numbered, para, table
from foundation.documents.enums import DocumentKind
from foundation.documents.templates import DocumentTemplate, Field, Values, cn_date, code_label

VERIFIES = "扫码核验本文书的文号、出具机关和效力"
TALK_COLUMNS = ("问", "答")

PARTY = (
    Field("party_name", "当事人"),
    Field("party_code", "统一社会信用代码(自然人填证件号码后四位)", required=False),
    Field("party_address", "当事人地址", required=False),
    Field("person_in_charge", "负责人", required=False),
)
CASE_NO = Field("case_number", "立案号", required=False)
OFFICERS = Field("officers", "办案人员及执法证号", kind="list")
CONTACT = Field("contact", "联系人和电话")


def sheet(pairs: Sequence[tuple[str, object]]) -> Block:
    rows = [[label, str(value)] for label, value in pairs if value]
    return table(("项目", "内容"), rows, widths=(3, 9))


def party_rows(v: Values) -> list[tuple[str, object]]:
    return [
        ("当事人", v["party_name"]),
        (code_label(v["party_code"]), v["party_code"]),
        ("地址", v["party_address"]),
        ("负责人", v["person_in_charge"]),
    ]


def opening(v: Values) -> list[Block]:
    identity = "；".join(f"{label}：{value}" for label, value in party_rows(v)[1:] if value)
    return [address(f"{v['party_name']}："), *([para(f"（{identity}）")] if identity else [])]


def stub(*keys: tuple[str, str]):
    """The stub names these fields; a list is told by its length, a day in words."""

    def told(value: object) -> str:
        return f"{len(value)}项" if isinstance(value, list) else str(value)

    def stub(v: Values) -> list[tuple[str, str]]:
        return [(label, told(v[key])) for key, label in keys if v[key]]

    return stub


# -- filing and closing --------------------------------------------------------------------------------------------
APPROVAL = (
    Field("source", "案件来源"),
    *PARTY,
    Field("summary", "案情摘要"),
    Field("violation", "涉嫌违法行为"),
    Field("clauses", "违反条款和处罚依据"),
    Field("proposed_by", "提请人"),
    Field("proposed_on", "提请日期", kind="date"),
    Field("opinion", "审批意见"),
    Field("approved_by", "审批人"),
    Field("approved_on", "审批日期", kind="date"),
)


def _approval(v: Values) -> list[tuple[str, object]]:
    return [
        ("案件来源", v["source"]),
        *party_rows(v),
        ("案情摘要", v["summary"]),
        ("涉嫌违法行为", v["violation"]),
        ("违反条款和处罚依据", v["clauses"]),
        ("提请人和日期", f"{v['proposed_by']}，{cn_date(v['proposed_on'])}"),
    ]


def _approved(v: Values) -> list[tuple[str, object]]:
    return [
        ("审批意见", v["opinion"]),
        ("审批人和日期", f"{v['approved_by']}，{cn_date(v['approved_on'])}"),
    ]


def filing(v: Values) -> list[Block]:
    return [
        sheet([*_approval(v), ("办案人员", "；".join(v["officers"])), *_approved(v)]),
        blanks("提请人签名", "审批人签名"),
    ]


def no_filing(v: Values) -> list[Block]:
    return [sheet([*_approval(v), *_approved(v)]), blanks("提请人签名", "审批人签名")]


def closing(v: Values) -> list[Block]:
    return [
        sheet(
            [
                ("立案号", v["case_number"]),
                *party_rows(v),
                ("立案日期", cn_date(v["filed_on"])),
                ("处理结果", v["result"]),
                ("决定日期", cn_date(v["decided_on"])),
                ("送达日期", cn_date(v["served_on"])),
                ("执行情况", "；".join(v["fulfilment"])),
                ("结案说明", v["note"]),
                ("办案人员", "；".join(v["officers"])),
                *_approved(v),
            ]
        ),
        blanks("办案人员签名", "审批人签名"),
    ]


# -- evidence ------------------------------------------------------------------------------------------------------
def questioning(v: Values) -> list[Block]:
    talk = [block for asked, said in v["talk"] for block in (para(f"问：{asked}"), para(f"答：{said}"))]
    return [
        sheet(
            [
                ("案由", v["about"]),
                ("时间", v["time"]),
                ("地点", v["place"]),
                ("被询问人", v["asked"]),
                ("身份及与本案关系", v["relation"]),
                ("询问人", "；".join(v["officers"])),
                ("记录人", v["recorder"]),
            ]
        ),
        para(
            "告知事项：我们是本机关的执法人员，已向你出示执法证件。你有权申请回避，有权陈述申辩；"
            "你应当如实回答询问，不得拒绝或者阻挠。以上内容你是否清楚？"
        ),
        para("答：清楚。"),
        *talk,
        para("以上笔录已阅（已向被询问人宣读），与所述一致。"),
        blanks("被询问人签名、捺印", "询问人签名", "记录人签名", "日期"),
    ]


def preservation(v: Values) -> list[Block]:
    return [
        *opening(v),
        para(
            f"因你（单位）涉嫌{v['about']}，为防止证据灭失或者以后难以取得，依据《中华人民共和国行政处罚法》"
            "第五十六条的规定，经本机关负责人批准，对下列物品先行登记保存："
        ),
        *numbered(v["items"]),
        para(f"保存地点：{v['place']}；保管人：{v['keeper']}；批准人：{v['approved_by']}。"),
        para("本机关将在七个工作日内作出处理决定。在此期间，当事人或者有关人员不得销毁或者转移上述物品。"),
        para(f"联系人和电话：{v['contact']}"),
        para(f"执法人员：{'；'.join(v['officers'])}"),
        blanks("当事人签收", "签收日期", "见证人"),
    ]


def receipt(v: Values) -> list[Block]:
    return [
        sheet(
            [
                ("案由", v["about"]),
                ("受送达人", v["party_name"]),
                ("送达文书和文号", v["paper"]),
                ("送达方式", v["service"]),
                ("送达日期", cn_date(v["served_on"])),
                ("签收人", v["recipient"]),
                ("见证人", v["witness"]),
                ("送达人", "；".join(v["officers"])),
            ]
        ),
        para("备注：受送达人拒绝签收的，由送达人写明拒收理由和日期，见证人签名。"),
        blanks("受送达人签名或盖章", "见证人签名", "送达人签名", "日期"),
    ]


ABOUT = Field("about", "案由")

FILING = DocumentTemplate(
    kind=DocumentKind.FILING,
    version=1,
    word="立",
    fields=(*APPROVAL, OFFICERS),
    body=filing,
    stub=stub(("party_name", "当事人"), ("violation", "涉嫌违法行为"), ("approved_by", "审批人")),
    verifies=VERIFIES,
    served=False,
    internal=True,
)
NO_FILING = DocumentTemplate(
    kind=DocumentKind.NO_FILING,
    version=1,
    word="不立",
    fields=APPROVAL,
    body=no_filing,
    stub=stub(("party_name", "当事人"), ("opinion", "审批意见"), ("approved_by", "审批人")),
    verifies=VERIFIES,
    served=False,
    internal=True,
)
QUESTIONING = DocumentTemplate(
    kind=DocumentKind.QUESTIONING,
    version=1,
    word="询",
    fields=(
        ABOUT,
        Field("time", "时间"),
        Field("place", "地点"),
        Field("asked", "被询问人"),
        Field("relation", "身份及与本案关系"),
        Field("talk", "询问内容", kind="rows", columns=TALK_COLUMNS),
        Field("recorder", "记录人"),
        OFFICERS,
    ),
    body=questioning,
    stub=stub(("about", "案由"), ("time", "时间"), ("talk", "问答")),
    verifies=VERIFIES,
    served=False,
    internal=True,
    signers=("被询问人", "询问人", "记录人"),
    sealed=False,
)
PRESERVATION = DocumentTemplate(
    kind=DocumentKind.PRESERVATION,
    version=1,
    word="登保",
    fields=(
        *PARTY,
        ABOUT,
        Field("items", "物品", kind="list"),
        Field("place", "保存地点"),
        Field("keeper", "保管人"),
        Field("approved_by", "批准人"),
        CONTACT,
        OFFICERS,
    ),
    body=preservation,
    stub=stub(("party_name", "当事人"), ("about", "案由"), ("items", "物品"), ("keeper", "保管人")),
    verifies=VERIFIES,
    party_field="party_name",
)
SERVICE_RECEIPT = DocumentTemplate(
    kind=DocumentKind.SERVICE_RECEIPT,
    version=1,
    word="送",
    fields=(
        ABOUT,
        PARTY[0],
        Field("paper", "送达文书和文号"),
        Field("service", "送达方式"),
        Field("served_on", "送达日期", kind="date"),
        Field("recipient", "签收人", required=False),
        Field("witness", "见证人", required=False),
        OFFICERS,
    ),
    body=receipt,
    stub=stub(("party_name", "受送达人"), ("paper", "送达文书和文号"), ("service", "送达方式")),
    verifies=VERIFIES,
    served=False,
    internal=True,
)
CASE_CLOSING = DocumentTemplate(
    kind=DocumentKind.CASE_CLOSING,
    version=1,
    word="结",
    fields=(
        CASE_NO,
        *PARTY,
        Field("filed_on", "立案日期", kind="date"),
        Field("result", "处理结果"),
        Field("decided_on", "决定日期", kind="date"),
        Field("served_on", "送达日期", kind="date"),
        Field("fulfilment", "执行情况", kind="list", required=False),
        Field("note", "结案说明"),
        *APPROVAL[-3:],
        OFFICERS,
    ),
    body=closing,
    stub=stub(("party_name", "当事人"), ("case_number", "立案号"), ("result", "处理结果")),
    verifies=VERIFIES,
    served=False,
    internal=True,
)
