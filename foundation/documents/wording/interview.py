"""约谈记录: who was summoned about what, what they were told, what they promised. One record for all parties."""

from __future__ import annotations

from foundation.documents.blocks import Block, blanks, numbered, para, paras, table
from foundation.documents.enums import DocumentKind
from foundation.documents.templates import DocumentTemplate, Field, Values, cn_date

PARTY_COLUMNS = ("被约谈机构", "参加人和职务")


def record(v: Values) -> list[Block]:
    facts = [
        ("约谈种类", str(v["kind"])),
        ("时间", cn_date(v["held_on"])),
        ("地点", str(v["place"])),
        ("主持人", str(v["host"])),
        ("参加单位和人员", str(v["present"]) or "—"),
        ("被约谈机构", f"{len(v['parties'])}家"),
    ]
    problems = [para("存在的主要问题："), *numbered(v["problems"])] if v["problems"] else []
    asked = [para("要求："), *paras(str(v["requirements"]))] if v["requirements"] else []
    due = [para(f"整改期限：{cn_date(v['due_on'])}前完成，并接受复查。")] if v["due_on"] else []
    promised = [para("被约谈方表态："), *paras(str(v["commitments"]))] if v["commitments"] else []
    return [
        para(f"事由：{v['title']}"),
        table(("项目", "内容"), [list(fact) for fact in facts], widths=(3, 9)),
        *problems,
        *asked,
        *due,
        *promised,
        table(PARTY_COLUMNS, v["parties"], widths=(7, 5)),
        blanks("主持人签名", "记录人签名", "被约谈方签名(可另附签到表)", "日期"),
    ]


def _stub(v: Values) -> list[tuple[str, str]]:
    return [
        ("事由", str(v["title"])),
        ("约谈种类", str(v["kind"])),
        ("时间", cn_date(v["held_on"])),
        ("被约谈机构", f"{len(v['parties'])}家"),
        ("主要问题", f"{len(v['problems'])}类"),
    ]


INTERVIEW = DocumentTemplate(
    kind=DocumentKind.INTERVIEW,
    version=2,
    word="约谈",
    own_words=True,
    fields=(
        Field("title", "事由"),
        Field("kind", "约谈种类"),
        Field("held_on", "时间", kind="date"),
        Field("place", "地点"),
        Field("host", "主持人"),
        Field("present", "参加单位和人员", required=False),
        Field("parties", "被约谈机构", kind="rows", columns=PARTY_COLUMNS),
        Field("problems", "主要问题", kind="list", required=False),
        Field("requirements", "要求", required=False),
        Field("due_on", "整改期限", kind="date", required=False),
        Field("commitments", "被约谈方表态", required=False),
    ),
    body=record,
    stub=_stub,
    verifies="扫码核验本记录的文号、出具机关和内容摘要",
    served=False,
    internal=True,
    signers=("主持人", "记录人"),
)
