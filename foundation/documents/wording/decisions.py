"""The papers that tell a party what it has to expect and what was decided (行政处罚法 §44, §45, §59, §63)."""

from __future__ import annotations

from foundation.documents.blocks import Block, blanks, para, paras, table
from foundation.documents.enums import DocumentKind
from foundation.documents.templates import DocumentTemplate, Field, Values, cn_date

from .cases import ABOUT, CASE_NO, CONTACT, PARTY, VERIFIES, opening, stub

EVIDENCE_COLUMNS = ("证据", "证明内容")
PENALTY_COLUMNS = ("处罚种类", "内容")
GROUNDS = (
    Field("facts", "违法事实"),
    Field("evidence", "证据", kind="rows", columns=EVIDENCE_COLUMNS),
    Field("forbidden_by", "违反的规定"),
    Field("punished_by", "处罚依据"),
)


def _case_against(v: Values) -> list[Block]:
    return [
        para("经查明："),
        *paras(str(v["facts"])),
        para("上述事实有下列证据证明："),
        table(EVIDENCE_COLUMNS, v["evidence"], widths=(5, 7)),
    ]


def _penalties(v: Values) -> Block:
    return table(PENALTY_COLUMNS, v["penalties"], widths=(4, 8))


def _told(v: Values) -> list[Block]:
    return [
        *opening(v),
        para(f"你（单位）涉嫌{v['about']}一案（{v['case_number']}），本机关已调查终结。"),
        *_case_against(v),
        para(f"上述行为违反了{v['forbidden_by']}。依据{v['punished_by']}，本机关拟对你（单位）作出下列行政处罚："),
        _penalties(v),
    ]


def _defend(v: Values) -> list[Block]:
    return [
        para(
            "依据《中华人民共和国行政处罚法》第四十四条、第四十五条的规定，你（单位）有权陈述和申辩，"
            f"可以自收到本告知书之日起{v['statement_days']}个工作日内向本机关书面或者口头提出；"
            "本机关不因陈述、申辩而给予更重的处罚。逾期未提出的，视为放弃。"
        )
    ]


def prior_notice(v: Values) -> list[Block]:
    return [
        *_told(v),
        *_defend(v),
        para(f"联系人和电话：{v['contact']}"),
        blanks("当事人签收", "签收日期"),
    ]


def hearing_notice(v: Values) -> list[Block]:
    return [
        *_told(v),
        *_defend(v),
        para(
            "依据《中华人民共和国行政处罚法》第六十三条、第六十四条的规定，你（单位）有权要求听证，"
            f"应当自收到本告知书之日起{v['hearing_days']}个工作日内提出；当事人不承担组织听证的费用。"
        ),
        para(f"联系人和电话：{v['contact']}"),
        blanks("当事人签收", "签收日期"),
    ]


def _remedy(v: Values) -> list[Block]:
    return [
        para(
            f"如不服本决定，可以自收到本决定书之日起{v['review_term']}内依法申请行政复议，"
            f"或者在{v['suit_term']}内依法向人民法院提起行政诉讼。行政复议或者行政诉讼期间，"
            "本决定不停止执行，法律另有规定的除外。"
        ),
        para(f"联系人和电话：{v['contact']}"),
        blanks("当事人签收", "签收日期"),
    ]


def penalty(v: Values) -> list[Block]:
    pay = [para(f"罚没款项缴纳方式：{v['payment']}")] if v["payment"] else []
    late = (
        [
            para(
                f"罚款应当自收到本决定书之日起{v['payment_days']}日内缴纳；到期不缴纳的，"
                "每日按罚款数额的百分之三加处罚款，加处罚款的数额不超过罚款的数额。"
            )
        ]
        if v["payment_days"]
        else []
    )
    return [
        *opening(v),
        para(f"你（单位）涉嫌{v['about']}一案（{v['case_number']}），本机关于{cn_date(v['filed_on'])}立案调查。"),
        *_case_against(v),
        para(f"本机关于{cn_date(v['told_on'])}告知你（单位）拟作出的行政处罚及依法享有的权利。{v['say']}"),
        para(f"本机关认为，上述行为违反了{v['forbidden_by']}。依据{v['punished_by']}，{v['grounds']}"),
        para("决定给予下列行政处罚："),
        _penalties(v),
        *late,
        *pay,
        *_remedy(v),
    ]


def no_penalty(v: Values) -> list[Block]:
    return [
        *opening(v),
        para(f"你（单位）涉嫌{v['about']}一案（{v['case_number']}），本机关于{cn_date(v['filed_on'])}立案调查。"),
        *_case_against(v),
        para(f"本机关认为，上述行为违反了{v['forbidden_by']}。{v['grounds']}"),
        para("依据《中华人民共和国行政处罚法》第三十三条的规定，决定不予行政处罚。"),
        *_remedy(v),
    ]


PENALTIES = Field("penalties", "行政处罚", kind="rows", columns=PENALTY_COLUMNS)
TERMS = (Field("review_term", "复议期限"), Field("suit_term", "诉讼期限"))

NOTICE_FIELDS = (*PARTY, CASE_NO, ABOUT, *GROUNDS, PENALTIES, Field("statement_days", "陈述申辩天数"), CONTACT)
NOTICE_STUB = stub(("party_name", "当事人"), ("about", "案由"), ("case_number", "立案号"), ("penalties", "拟处罚"))
PRIOR_NOTICE = DocumentTemplate(
    kind=DocumentKind.PRIOR_NOTICE,
    version=1,
    word="罚告",
    fields=NOTICE_FIELDS,
    body=prior_notice,
    stub=NOTICE_STUB,
    verifies=VERIFIES,
    party_field="party_name",
)
HEARING_NOTICE = DocumentTemplate(
    kind=DocumentKind.HEARING_NOTICE,
    version=1,
    word="听告",
    fields=(*NOTICE_FIELDS, Field("hearing_days", "申请听证天数")),
    body=hearing_notice,
    stub=NOTICE_STUB,
    verifies=VERIFIES,
    party_field="party_name",
)
PENALTY = DocumentTemplate(
    kind=DocumentKind.PENALTY,
    version=1,
    word="罚决",
    fields=(
        *PARTY,
        CASE_NO,
        ABOUT,
        Field("filed_on", "立案日期", kind="date"),
        *GROUNDS,
        Field("told_on", "告知日期", kind="date"),
        Field("say", "陈述申辩和听证情况"),
        Field("grounds", "裁量理由"),
        PENALTIES,
        Field("payment_days", "缴纳天数", required=False),
        Field("payment", "缴纳方式", required=False),
        *TERMS,
        CONTACT,
    ),
    body=penalty,
    stub=stub(("party_name", "当事人"), ("about", "案由"), ("case_number", "立案号"), ("penalties", "处罚")),
    verifies=VERIFIES,
    party_field="party_name",
)
NO_PENALTY = DocumentTemplate(
    kind=DocumentKind.NO_PENALTY,
    version=1,
    word="不罚",
    fields=(
        *PARTY,
        CASE_NO,
        ABOUT,
        Field("filed_on", "立案日期", kind="date"),
        *GROUNDS,
        Field("grounds", "不予处罚的理由"),
        *TERMS,
        CONTACT,
    ),
    body=no_penalty,
    stub=stub(("party_name", "当事人"), ("about", "案由"), ("case_number", "立案号")),
    verifies=VERIFIES,
    party_field="party_name",
)
