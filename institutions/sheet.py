"""The columns of 机构名录, declared once: headings in their spellings, widgets, words for the template."""

from __future__ import annotations

from foundation.imports.columns import Column, SheetResource
from foundation.imports.values import (
    ChoiceWidget,
    DateWidget,
    NameWidget,
    PeriodEndWidget,
    PhoneWidget,
    TextWidget,
)

from . import spellings
from .cells import AccountTailWidget, CreditCodeWidget, LicenceWidget, StagesWidget
from .enums import Category, LegalType, Mode, PermitKind, Stage, Status, Subcategory
from .headings import HEADINGS
from .titles import category_in, county_in


class InstitutionSheet(SheetResource):
    """The columns of the register, as bureaus know them."""

    name = Column(
        "机构名称",
        spellings=HEADINGS["name"],
        widget=NameWidget(120),
        required=True,
        example="厦门市思明区启明培训学校有限公司",
        note="与证照一致的全称，必填",
        typed="与证照一致的全称",
    )
    credit_code = Column(
        "统一社会信用代码",
        spellings=HEADINGS["credit_code"],
        widget=CreditCodeWidget(),
        required=True,
        example="52350211MJC00001XE",
        note="18位，必填；本列请用“文本”格式",
        typed="如 52350211MJC00001XE",
    )
    license_no = Column(
        "办学许可证号",
        spellings=HEADINGS["license_no"],
        widget=LicenceWidget(40),
        example="教民135020370000011号",
        note="本列请用“文本”格式",
        typed="如 教民135020370000011号",
    )
    permit_kind = Column(
        "许可类型",
        spellings=HEADINGS["permit_kind"],
        widget=ChoiceWidget(PermitKind, synonyms=spellings.PERMIT_KINDS, code="category_unknown"),
        example="民办学校办学许可证",
        note="可填：" + "、".join(PermitKind.labels),
    )
    category = Column(
        "类别",
        spellings=HEADINGS["category"],
        from_title=category_in,
        widget=ChoiceWidget(
            Category,
            synonyms=spellings.CATEGORIES,
            noise=spellings.CATEGORY_NOISE,
            excludes=spellings.CATEGORY_EXCLUDES,
            code="category_unknown",
        ),
        example="学科类",
        note="可填：" + "、".join(Category.labels),
    )
    subtype = Column(
        "子类",
        spellings=HEADINGS["subtype"],
        optional=True,  # 培训内容 in free words stands in most public lists
        widget=ChoiceWidget(
            Subcategory,
            synonyms=spellings.SUBCATEGORIES,
            noise=spellings.SUBCATEGORY_NOISE,
            code="category_unknown",
        ),
        note="可填：" + "、".join(label for value, label in Subcategory.choices if value),
    )
    stages = Column(
        "学段",
        spellings=HEADINGS["stages"],
        optional=True,
        widget=StagesWidget(
            Stage,
            synonyms=spellings.STAGES,
            groups=spellings.STAGE_GROUPS,
            noise=spellings.STAGE_NOISE,
            code="category_unknown",
        ),
        example="小学、初中",
        note="可填几个，用顿号分开：" + "、".join(Stage.labels),
    )
    mode = Column(
        "线上线下",
        spellings=HEADINGS["mode"],
        optional=True,
        widget=ChoiceWidget(Mode, synonyms=spellings.MODES, noise=spellings.MODE_NOISE, code="category_unknown"),
        example="线下",
        note="可填：" + "、".join(Mode.labels),
    )
    legal_type = Column(
        "法人性质",
        spellings=HEADINGS["legal_type"],
        optional=True,
        widget=ChoiceWidget(LegalType, synonyms=spellings.LEGAL_TYPES, code="category_unknown"),
        example="企业(营利)",
        note="可填：" + "、".join(LegalType.labels),
    )
    legal_person = Column(
        "法定代表人",
        spellings=HEADINGS["legal_person"],
        widget=NameWidget(60),
        example="林晓梅",
    )
    phone = Column(
        "联系电话",
        spellings=HEADINGS["phone"],
        widget=PhoneWidget(60),
        personal=True,
        example="13800000000",
        note="内部使用，不公开",
        typed="如 13800000000 或 0592-2000000",
    )
    public_phone = Column(
        "公开电话",
        spellings=HEADINGS["public_phone"],
        widget=PhoneWidget(30),
        example="0592-2000000",
        typed="如 0592-2000000",
    )
    address = Column(
        "办学地址",
        spellings=HEADINGS["address"],
        widget=TextWidget(200, ditto="missing_required_column"),
        example="厦门市思明区湖滨南路100号3层",
    )
    county = Column(
        "区县",
        spellings=HEADINGS["county"],
        from_title=county_in,
        widget=TextWidget(40),
        example="思明区",
    )
    town = Column(
        "镇街",
        spellings=HEADINGS["town"],
        widget=TextWidget(40),
        example="筼筜街道",
    )
    issue_date = Column(
        "发证日期",
        spellings=HEADINGS["issue_date"],
        widget=DateWidget(),
        example="2024-03-01",
        typed="如 2024-03-01",
    )
    valid_until = Column(
        "有效期至",
        spellings=HEADINGS["valid_until"],
        widget=PeriodEndWidget(),
        example="2027-02-28",
        typed="如 2027-02-28",
    )
    issuer = Column(
        "审批机关",
        spellings=HEADINGS["issuer"],
        widget=TextWidget(80, ditto="missing_required_column"),
        example="厦门市思明区教育局",
    )
    bank = Column(
        "监管银行",
        spellings=HEADINGS["bank"],
        widget=TextWidget(60, ditto="missing_required_column"),
        example="建设银行",
    )
    account = Column(
        "专户账号尾号",
        spellings=HEADINGS["account"],
        widget=AccountTailWidget(40),
        example="0123",
        note="后四位；本列请用“文本”格式",
        typed="后四位，如 0123",
    )
    status = Column(
        "状态",
        spellings=HEADINGS["status"],
        widget=ChoiceWidget(Status, synonyms=spellings.STATUSES, code="category_unknown"),
        example="正常",
        note="可填：" + "、".join(Status.labels),
    )
    remark = Column("备注", spellings=HEADINGS["remark"], widget=TextWidget(500))
