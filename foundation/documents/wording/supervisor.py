"""监督员聘书 and 社会监督员证. A supervisor observes and reports; both papers say that this is no power to enforce."""

from __future__ import annotations

from foundation.documents.blocks import Block, address, para, table
from foundation.documents.enums import DocumentKind
from foundation.documents.templates import DocumentTemplate, Field, Values, cn_date

NO_POWER = "凭通知开展监督，无执法权"

PERSON = (
    Field("name", "姓名"),
    Field("number", "监督员编号"),
    Field("appointed_as", "受聘为"),
    Field("area", "责任区域"),
    Field("valid_from", "聘期起", kind="date"),
    Field("valid_to", "聘期止", kind="date"),
)


def letter(v: Values) -> list[Block]:
    return [
        address(f"{v['name']}："),
        para(
            f"兹聘请您为{v['appointed_as']}，责任区域为{v['area']}，"
            f"聘期自{cn_date(v['valid_from'])}至{cn_date(v['valid_to'])}。"
        ),
        para(f"请依照监督员工作手册履行监督、反馈、宣传职责。社会监督员{NO_POWER}。"),
        para("特此聘任。"),
    ]


def card(v: Values) -> list[Block]:
    rows = [
        ("姓名", str(v["name"])),
        ("编号", str(v["number"])),
        ("级别", str(v["level"])),
        ("责任区域", str(v["area"])),
        ("聘期起", f"{cn_date(v['valid_from'])}"),
        ("有效期至", f"{cn_date(v['valid_to'])}"),
    ]
    return [
        table(("项目", "内容"), rows, widths=(2, 5)),
        para(f"{NO_POWER}。"),
        para("监督时请出示本证，可以观察、询问、在公共区域拍照和反映情况；不得收取任何费用，不得替代执法。"),
        para("离任即失效并交回；遗失请及时告知聘任单位。"),
    ]


def _stub(v: Values) -> list[tuple[str, str]]:
    return [
        ("姓名", str(v["name"])),
        ("监督员编号", str(v["number"])),
        ("受聘为", str(v["appointed_as"])),
        ("责任区域", str(v["area"])),
        ("聘期", f"{cn_date(v['valid_from'])}至{cn_date(v['valid_to'])}"),
    ]


LETTER = DocumentTemplate(
    kind=DocumentKind.SUPERVISOR_LETTER,
    version=1,
    word="聘",
    fields=PERSON,
    body=letter,
    stub=_stub,
    verifies="扫码核验本聘书的文号、出具机关和效力",
    party_field="name",
    layout="letter",
    heading=lambda _: "聘书",
)
CARD = DocumentTemplate(
    kind=DocumentKind.SUPERVISOR_CARD,
    version=1,
    word="监证",
    fields=(
        *PERSON,
        Field("level", "级别"),
        Field("page", "核验页"),
        Field("portrait", "照片", kind="picture", required=False),
    ),
    body=card,
    stub=_stub,
    verifies="扫码核验持证人是否在聘",
    party_field="name",
    layout="card",
    page_field="page",
    picture_field="portrait",
)
