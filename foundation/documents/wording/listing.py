"""黑白名单公示: one batch of a list, as a document."""

from __future__ import annotations

from foundation.documents.blocks import Block, para, paras, table
from foundation.documents.enums import DocumentKind
from foundation.documents.templates import DocumentTemplate, Field, Values, cn_date

ENTRY_COLUMNS = ("机构名称", "统一社会信用代码", "地址", "列入事由")


def list_notice(v: Values) -> list[Block]:
    until = f"至{cn_date(v['valid_to'])}" if v["valid_to"] else "起，至移出之日止"
    return [
        para(f"根据{v['basis']}，现将{v['list_name']}（{v['batch']}）共{len(v['entries'])}家予以公示。"),
        table(
            ("序号", *ENTRY_COLUMNS),
            [[str(number), *entry] for number, entry in enumerate(v["entries"], start=1)],
            widths=(2, 6, 6, 6, 8),
        ),
        para(f"公示期限：自{cn_date(v['valid_from'])}{until}。"),
        *([para(f"移出条件：{v['removal']}")] if v["removal"] else []),
        *paras(str(v["objection"])),
        para(f"联系人和电话：{v['contact']}"),
    ]


def _stub(v: Values) -> list[tuple[str, str]]:
    return [
        ("名单", f"{v['list_name']}（{v['batch']}）"),
        ("家数", f"{len(v['entries'])}家"),
        ("公示起始", cn_date(v["valid_from"])),
    ]


LIST_NOTICE = DocumentTemplate(
    kind=DocumentKind.LIST_NOTICE,
    version=1,
    word="公示",
    fields=(
        Field("list_name", "名单名称"),
        Field("batch", "批次"),
        Field("basis", "依据"),
        Field("entries", "列入的机构", kind="rows", columns=ENTRY_COLUMNS),
        Field("valid_from", "公示起始日期", kind="date"),
        Field("valid_to", "公示截止日期", kind="date", required=False),
        Field("removal", "移出条件", required=False),
        Field("objection", "异议提出方式"),
        Field("contact", "联系人和电话"),
    ),
    body=list_notice,
    stub=_stub,
    verifies="扫码核验本公示的文号、出具机关和效力",
    served=False,
    heading=lambda v: f"{v['list_name']}公示",
)
