"""Papers that an institution signs: 承诺书, 三方协议; and 退费协调记录 between an institution and a family.

The parties sign and seal; the bureau gives number and text. Amounts come as printed (``¥1,234.00``). Pupil and parent
write their names by hand: the portal keeps none of them.
"""

from __future__ import annotations

from foundation.documents.blocks import Block, address, blanks, numbered, para, paras, table
from foundation.documents.enums import DocumentKind
from foundation.documents.templates import DocumentTemplate, Field, Values, cn_date, day_or_blank, known

PARTY = (
    Field("party_name", "机构名称"),
    Field("party_code", "统一社会信用代码", required=False),
    Field("party_address", "地址", required=False),
    Field("legal_person", "法定代表人(负责人)", required=False),
    Field("bureau", "主管机关"),
)
COMMITMENTS = (
    "依法取得许可，在许可的地址、类别和形式内办学，不转借证照，不隐形变异。",
    "不在国家法定节假日、休息日及寒暑假期组织学科类培训；线下培训结束时间不晚于20:30，线上不晚于21:00。",
    "收费项目和标准在场所和平台公示，一次预收不超过3个月或60课时，非学科类不超过5000元，全部进入监管专户。",
    "使用《中小学生校外培训服务合同(示范文本)》，开具发票，按约定及时退费。",
    "从业人员信息公示，入职前和每年查询违法犯罪记录，不聘用在职中小学教师和有禁止情形的人员。",
    "培训材料先审后用；不做虚假宣传，不在校园和学生用品上做广告，不制造焦虑。",
    "落实消防、食品和人身安全责任，定期自查，接受检查，按期整改。",
)
CLAUSES = (
    "乙方在丙方开立唯一的预收费监管专用账户，全部预收费存入该账户，不得以其他账户或个人收款码收费。",
    "丙方按约定的监管方式和甲方要求办理资金的存入、解付和退费，不收取与监管无关的费用。",
    "乙方的培训收入按课时消耗或约定阶段解付；未消课的费用不得挪用、质押或者对外担保。",
    "学员依法或者依约退费的，乙方应当及时办理，丙方根据乙方指令或者甲方书面意见协助退回原支付账户。",
    "出现大额异动、停课、失联或者其他风险的，丙方应当及时告知甲方；甲方核实后可以要求暂缓解付。",
    "甲方负责监督协议履行，不承担乙方的债务。",
    "丙方依法为资金和学员信息保密。",
    "乙方终止办学或者更换监管银行的，应当先结清退费，经甲方同意后办理账户变更或者注销。",
)


def _party(v: Values) -> list[list[str]]:
    return known(
        [
            ("机构名称", v["party_name"]),
            ("统一社会信用代码", v["party_code"]),
            ("地址", v["party_address"]),
            ("法定代表人(负责人)", v["legal_person"]),
        ]
    )


def commitment(v: Values) -> list[Block]:
    return [
        address(f"{v['bureau']}："),
        para(f"本单位在{v['year']}年度的办学活动中，郑重承诺："),
        *numbered(v["items"]),
        para("以上承诺接受主管机关和社会监督。违反承诺的，愿意依法承担责任，并同意记入诚信记录。"),
        table(("项目", "内容"), _party(v), widths=(4, 8)),
        blanks("承诺单位(盖章)", "法定代表人(负责人)签名", "日期"),
    ]


def tripartite(v: Values) -> list[Block]:
    facts = [
        *_party(v),
        *known(
            [
                ("监管银行(丙方)", v["bank"]),
                ("监管专用账户户名", v["account_name"]),
                ("监管专用账户账号", v["account_no"]),
                ("监管方式", v["mode"]),
            ]
        ),
    ]
    return [
        para(f"甲方(主管机关)：{v['bureau']}"),
        para(f"乙方(培训机构)：{v['party_name']}"),
        para(f"丙方(监管银行)：{v['bank']}"),
        para("为保障学员预收费资金安全，根据校外培训机构预收费监管的规定，三方约定如下："),
        table(("项目", "内容"), facts, widths=(4, 8)),
        *numbered(v["clauses"]),
        para(f"本协议自{cn_date(v['valid_from'])}起至{day_or_blank(v['valid_to'])}止。一式三份，三方各执一份。"),
        blanks("甲方(盖章)及签署人", "乙方(盖章)及签署人", "丙方(盖章)及签署人", "签署日期"),
    ]


def refund(v: Values) -> list[Block]:
    facts = [
        ("培训机构", v["party_name"]),
        ("学员姓名", ""),
        ("家长(监护人)姓名", ""),
        ("课程", v["course"]),
        ("合同编号", v["contract_no"]),
        ("已交费用", v["paid"]),
        ("请求退费", v["claimed"]),
        ("协调时间", cn_date(v["held_on"])),
        ("协调地点", v["place"]),
        ("协调人", v["coordinator"]),
    ]
    agreed = (
        [para(f"协调结果：达成一致。培训机构退还{v['agreed']}，于{day_or_blank(v['pay_by'])}前退回原支付账户。")]
        if v["agreed"]
        else [para("协调结果：未达成一致。当事人可以依法申请仲裁、提起诉讼或者向有关部门投诉。")]
    )
    return [
        table(("项目", "内容"), known(facts), widths=(3, 9)),
        para("家长陈述："),
        *paras(str(v["parents_words"])),
        para("培训机构陈述："),
        *paras(str(v["institutions_words"])),
        *agreed,
        *paras(str(v["remark"])),
        blanks("家长(监护人)签名", "培训机构签名(盖章)", "协调人签名", "日期"),
    ]


def _commitment_stub(v: Values) -> list[tuple[str, str]]:
    return [("承诺单位", str(v["party_name"])), ("年度", f"{v['year']}年"), ("承诺事项", f"{len(v['items'])}条")]


def _tripartite_stub(v: Values) -> list[tuple[str, str]]:
    return [
        ("培训机构", str(v["party_name"])),
        ("监管银行", str(v["bank"])),
        ("监管方式", str(v["mode"])),
        ("生效日期", cn_date(v["valid_from"])),
    ]


def _refund_stub(v: Values) -> list[tuple[str, str]]:
    return [
        ("培训机构", str(v["party_name"])),
        ("协调时间", cn_date(v["held_on"])),
        ("请求退费", str(v["claimed"])),
        ("结果", f"退还{v['agreed']}" if v["agreed"] else "未达成一致"),
    ]


SIGNED_BACK = ("签署收回日期", "经手人", "备注")
COMMITMENT = DocumentTemplate(
    kind=DocumentKind.COMMITMENT,
    version=1,
    word="承诺",
    own_words=True,
    fields=(*PARTY, Field("year", "年度"), Field("items", "承诺事项", kind="list")),
    body=commitment,
    stub=_commitment_stub,
    verifies="扫码核验本承诺书的文号、出具机关和效力",
    party_field="party_name",
    by_hand=SIGNED_BACK,
    sealed=False,
)
TRIPARTITE = DocumentTemplate(
    kind=DocumentKind.TRIPARTITE,
    version=1,
    word="三方",
    own_words=True,
    fields=(
        *PARTY,
        Field("bank", "监管银行"),
        Field("account_name", "账户户名", required=False),
        Field("account_no", "账号", required=False),
        Field("mode", "监管方式"),
        Field("clauses", "约定事项", kind="list"),
        Field("valid_from", "生效日期", kind="date"),
        Field("valid_to", "终止日期", kind="date", required=False),
    ),
    body=tripartite,
    stub=_tripartite_stub,
    verifies="扫码核验本协议的文号、出具机关和效力",
    party_field="party_name",
    by_hand=SIGNED_BACK,
    sealed=False,
    signers=("甲方", "乙方", "丙方"),
)
REFUND = DocumentTemplate(
    kind=DocumentKind.REFUND,
    version=1,
    word="退协",
    fields=(
        *PARTY,
        Field("course", "课程", required=False),
        Field("contract_no", "合同编号", required=False),
        Field("paid", "已交费用"),
        Field("claimed", "请求退费"),
        Field("held_on", "协调时间", kind="date"),
        Field("place", "协调地点"),
        Field("coordinator", "协调人"),
        Field("parents_words", "家长陈述"),
        Field("institutions_words", "培训机构陈述"),
        Field("agreed", "同意退还", required=False),
        Field("pay_by", "退还期限", kind="date", required=False),
        Field("remark", "说明", required=False),
    ),
    body=refund,
    stub=_refund_stub,
    verifies="扫码核验本记录的文号、出具机关和内容摘要",
    internal=True,
    signers=("家长", "培训机构", "协调人"),
)
