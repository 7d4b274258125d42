"""致家长信: advice for a season, where to look an institution up, where to report, and a slip that comes back."""

from __future__ import annotations

from foundation.documents.blocks import Block, address, numbered, page_code, para, paras, slip, table
from foundation.documents.enums import DocumentKind
from foundation.documents.templates import DocumentTemplate, Field, Values

PHONE_COLUMNS = ("单位", "受理的事项", "举报电话")
#: What is the same in every letter; the caps are those of the rule on prepaid fees.
ADVICE = (
    "查证照：培训机构须有办学许可和营业执照(民办非企业单位登记证书)，证照和收费标准须在场所公示。",
    "看公示：报名前先查白名单，核对机构名称、地址和监管账户；查不到的不要报名。",
    "签合同：使用《中小学生校外培训服务合同(示范文本)》，写明课时、价格和退费办法。",
    "进专户：费用只交到机构公示的监管专户，不转给个人，不办培训贷。",
    "要发票：向机构索取发票；发票、合同、购课人一致，才便于退费和维权。",
    "不超限：一次预交不超过3个月或60课时，非学科类不超过5000元；不为优惠多交。",
)


def letter(v: Values) -> list[Block]:
    return [
        address("各位家长："),
        *paras(str(v["opening"])),
        para("为了孩子的安全和您的权益，请您做到："),
        *numbered(v["advice"]),
        para(f"选课、交费、退费请使用“{v['app']}”。"),
        page_code(str(v["white_page"]), "扫码查询校外培训机构白名单：名称、地址、许可和监管账户都要一致。"),
        para("发现无证办学、隐形变异、违规收费、违规广告或安全隐患，请向下列单位反映："),
        table(PHONE_COLUMNS, v["phones"], widths=(5, 4, 4)),
        *([para(str(v["closing"]))] if v["closing"] else []),
        slip(
            "回执",
            f"《{v['title']}》已收到并阅读。",
            "学校",
            "年级和班级",
            "学生姓名",
            "家长签名",
            "日期",
        ),
    ]


def _stub(v: Values) -> list[tuple[str, str]]:
    return [
        ("标题", str(v["title"])),
        ("时段", str(v["season"])),
        ("发放范围", str(v["scope"])),
        ("应发份数", str(v["copies"]) or "________"),
    ]


PARENT_LETTER = DocumentTemplate(
    kind=DocumentKind.PARENT_LETTER,
    version=1,
    word="家长信",
    fields=(
        Field("title", "标题"),
        Field("season", "时段"),
        Field("opening", "开头"),
        Field("advice", "提示", kind="list"),
        Field("app", "应用名称"),
        Field("white_page", "白名单网页"),
        Field("phones", "举报电话", kind="rows", columns=PHONE_COLUMNS),
        Field("closing", "结尾", required=False),
        Field("scope", "发放范围"),
        Field("copies", "应发份数", required=False),
    ),
    body=letter,
    stub=_stub,
    verifies="扫码核验本信的文号、出具机关和效力",
    served=False,
    by_hand=("实发份数", "收回回执份数", "经手人", "日期"),
    heading=lambda v: str(v["title"]),
)
