"""双随机检查结果公示: what the checks of one draw found, as a document."""

from __future__ import annotations

from foundation.documents.blocks import Block, para, paras, table
from foundation.documents.enums import DocumentKind
from foundation.documents.templates import DocumentTemplate, Field, Values, cn_date

RESULT_COLUMNS = ("机构名称", "统一社会信用代码", "检查日期", "检查人员执法证号", "检查结果", "后续处理")


def draw_results(v: Values) -> list[Block]:
    part = f"（{v['part']}）" if v["part"] else ""
    return [
        para(
            f"根据{v['plan']}，本机关组织了{v['title']}（抽查编号{v['number']}），检查事项为：{v['items']}。"
            f"从{v['pool']}家机构中随机抽取{v['drawn']}家，检查已于{cn_date(v['checked_on'])}完成。"
            f"现将检查结果予以公示{part}："
        ),
        table(
            ("序号", *RESULT_COLUMNS),
            [[str(number), *row] for number, row in enumerate(v["results"], start=1)],
            widths=(2, 6, 6, 5, 5, 4, 4),
        ),
        para(f"结果公示日期：{cn_date(v['published_on'])}。任何人可以重算核对，抽取前公布的名册校验值："),
        para(_in_groups(str(v["pool_sha256"]))),
        *paras(str(v["objection"])),
        para(f"联系人和电话：{v['contact']}"),
    ]


def _in_groups(digest: str) -> str:
    """Eights with a space between: a line of paper can be broken there."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))


def _stub(v: Values) -> list[tuple[str, str]]:
    return [
        ("抽查", f"{v['title']}（{v['number']}）"),
        ("公示家数", f"{len(v['results'])}家"),
        ("公示日期", cn_date(v["published_on"])),
    ]


DRAW_RESULTS = DocumentTemplate(
    kind=DocumentKind.DRAW_RESULTS,
    version=1,
    word="随机公示",
    fields=(
        Field("title", "抽查名称"),
        Field("number", "抽查编号"),
        Field("plan", "抽查计划"),
        Field("items", "检查事项"),
        Field("pool", "在册家数"),
        Field("drawn", "抽取家数"),
        Field("part", "分份", required=False),
        Field("checked_on", "检查完成日期", kind="date"),
        Field("published_on", "结果公示日期", kind="date"),
        Field("pool_sha256", "名册校验值"),
        Field("results", "检查结果", kind="rows", columns=RESULT_COLUMNS),
        Field("objection", "异议提出方式"),
        Field("contact", "联系人和电话"),
    ),
    body=draw_results,
    stub=_stub,
    verifies="扫码核验本公示的文号、出具机关和效力",
    served=False,
    heading=lambda v: f"{v['title']}检查结果公示",
)
