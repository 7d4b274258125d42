"""Orders to a party: 责令限期整改通知书, 停止培训通知书 and 当场责令改正通知书.

An order to put right is no penalty (行政处罚法 art. 28). A local bureau may replace these words by a new version.
"""

from __future__ import annotations

from foundation.documents.blocks import Block, address, blanks, numbered, para, paras, table
from foundation.documents.enums import DocumentKind
from foundation.documents.templates import DocumentTemplate, Field, Values, cn_date, code_label

FACT_COLUMNS = ("项目编号", "发现的问题", "依据条款")

PARTY = (
    Field("party_name", "当事人"),
    Field("party_code", "统一社会信用代码(自然人填证件号码后四位)", required=False),
    Field("party_address", "当事人地址", required=False),
    Field("person_in_charge", "负责人", required=False),
    Field("inspected_on", "检查日期", kind="date"),
    Field("inspection_place", "检查地点"),
    Field("facts", "检查发现的问题", kind="rows", columns=FACT_COLUMNS),
    Field("clauses", "违反的规定"),
)
CLOSING = (
    Field("evidence", "证据材料", kind="list", required=False),
    Field("consequences", "逾期后果"),
    Field("remedy", "陈述申辩与救济途径"),
    Field("contact", "联系人和电话"),
    Field("officers", "执法人员及执法证号", kind="list"),
)


def _opening(v: Values) -> list[Block]:
    known = [
        (code_label(v["party_code"]), v["party_code"]),
        ("地址", v["party_address"]),
        ("负责人", v["person_in_charge"]),
    ]
    identity = "；".join(f"{label}：{value}" for label, value in known if value)
    return [
        address(f"{v['party_name']}："),
        *([para(f"（{identity}）")] if identity else []),
        para(
            f"{cn_date(v['inspected_on'])}，本机关执法人员在{v['inspection_place']}进行检查，发现你单位存在下列问题："
        ),
        table(FACT_COLUMNS, v["facts"], widths=(2, 6, 4)),
        para(f"上述行为违反了{v['clauses']}的规定。"),
    ]


def _closing(v: Values) -> list[Block]:
    evidence = [para(f"证据材料：{'；'.join(v['evidence'])}。")] if v["evidence"] else []
    return [
        *evidence,
        *paras(str(v["consequences"])),
        *paras(str(v["remedy"])),
        para(f"联系人和电话：{v['contact']}"),
        para(f"执法人员：{'；'.join(v['officers'])}"),
        blanks("当事人签收", "签收日期", "拒绝签收的情况说明", "见证人"),
    ]


def rectification(v: Values) -> list[Block]:
    order = f"现责令你单位于{cn_date(v['deadline'])}前完成整改，并将整改情况书面报告本机关。具体要求如下："
    return [*_opening(v), para(order), *numbered(v["requirements"]), *_closing(v)]


def stop_training(v: Values) -> list[Block]:
    order = f"现责令你单位自收到本通知书之时起立即停止下列培训活动：{v['stop_scope']}。"
    return [
        *_opening(v),
        para(order),
        para("在册学员的退费和安置，按下列要求办理："),
        *paras(str(v["refund_arrangement"])),
        *([para("其他要求："), *numbered(v["requirements"])] if v["requirements"] else []),
        *_closing(v),
    ]


def on_spot(v: Values) -> list[Block]:
    return [*_opening(v), para("现责令你单位当场改正。具体要求如下："), *numbered(v["requirements"]), *_closing(v)]


def _stub(v: Values, *special: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        ("当事人", str(v["party_name"])),
        ("检查日期", cn_date(v["inspected_on"])),
        ("检查地点", str(v["inspection_place"])),
        ("问题数", f"{len(v['facts'])}项"),
        *special,
        ("执法人员", "；".join(v["officers"])),
    ]


def _rectification_stub(v: Values) -> list[tuple[str, str]]:
    return _stub(v, ("整改期限", cn_date(v["deadline"])))


def _stop_stub(v: Values) -> list[tuple[str, str]]:
    return _stub(v, ("停止范围", str(v["stop_scope"])))


RECTIFICATION = DocumentTemplate(
    kind=DocumentKind.RECTIFICATION,
    version=1,
    word="责改",
    own_words=True,
    fields=(
        *PARTY,
        Field("requirements", "整改要求", kind="list"),
        Field("deadline", "整改期限", kind="date"),
        *CLOSING,
    ),
    body=rectification,
    stub=_rectification_stub,
    verifies="扫码核验本通知书的文号、出具机关和效力",
    party_field="party_name",
)
STOP_TRAINING = DocumentTemplate(
    kind=DocumentKind.STOP_TRAINING,
    version=1,
    word="停训",
    own_words=True,
    fields=(
        *PARTY,
        Field("stop_scope", "停止范围"),
        Field("refund_arrangement", "学员退费与安置"),
        Field("requirements", "其他要求", kind="list", required=False),
        *CLOSING,
    ),
    body=stop_training,
    stub=_stop_stub,
    verifies="扫码核验本通知书的文号、出具机关和效力",
    party_field="party_name",
)
ON_SPOT = DocumentTemplate(
    kind=DocumentKind.ON_SPOT,
    version=1,
    word="当场责改",
    own_words=True,
    fields=(*PARTY, Field("requirements", "改正要求", kind="list"), *CLOSING),
    body=on_spot,
    stub=_stub,
    verifies="扫码核验本通知书的文号、出具机关和效力",
    party_field="party_name",
)
