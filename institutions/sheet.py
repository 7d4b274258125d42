"""The columns of 机构名录, declared once: headings in their spellings, widgets, words for the template."""

from __future__ import annotations

import re
from typing import Any

from foundation.core.ciphers import masked
from foundation.imports.columns import Column, SheetResource
from foundation.imports.faults import CellRefused, Warn
from foundation.imports.values import (
    ChoicesWidget,
    ChoiceWidget,
    CodeWidget,
    DateWidget,
    NameWidget,
    PhoneWidget,
    TextWidget,
)

from . import credit_code
from .enums import Category, LegalType, Mode, PermitKind, Stage, Status, Subcategory

ALPHABET = frozenset("0123456789ABCDEFGHJKLMNPQRTUWXY")


class CreditCodeWidget(CodeWidget):
    """统一社会信用代码: 18 characters whose last one checks the others (GB 32100-2015)."""

    OLD = re.compile(r"^(\d{15}|\d{13}|[0-9A-Z]{8}-?[0-9X])$")

    def __init__(self) -> None:
        super().__init__(60)

    def compact(self, text: str) -> str:
        return re.sub(r"[\s-]", "", super().compact(text)).upper()

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> str | None:
        code = super().clean(value, row, warn=warn, **kwargs)
        if code is None:
            return None
        if self.OLD.match(code):
            raise CellRefused("code_legacy", "这是旧的注册号或组织机构代码，请填写18位统一社会信用代码。", before=code)
        if len(code) != 18:
            raise CellRefused("code_length", f"应为18位，现为{len(code)}位，请核对。", before=code)
        if strange := sorted(set(code) - ALPHABET):
            raise CellRefused(
                "code_charset", f"不应有“{''.join(strange)}”(不用字母I、O、S、V、Z)，请核对。", before=code
            )
        if credit_code.fault(code):
            raise CellRefused("code_check", "校验位不正确，请对照证照核对有没有抄错。", before=code)
        if code[:2] not in credit_code.PREFIXES:
            warn("code_prefix", f"以“{code[:2]}”开头，培训机构少见，请核对。", code, "")
        return code


class AccountTailWidget(CodeWidget):
    """The last four digits of the supervised account; a whole number is cut down to them."""

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> str | None:
        digits = super().clean(value, row, warn=warn, **kwargs)
        if digits is None:
            return None
        if not digits.isdecimal() or len(digits) < 4:
            raise CellRefused("code_format", "应为4位数字；以0开头的请把这一列设为“文本”格式。", before=digits)
        if len(digits) > 4:
            warn("code_format", "填的是完整账号，只保留后四位。", masked(digits), digits[-4:])
        return digits[-4:]


class InstitutionSheet(SheetResource):
    """The columns of the register, as bureaus know them."""

    name = Column(
        "机构名称",
        spellings=("机构全称", "名称", "单位名称", "培训机构名称", "校外培训机构名称", "学校名称", "办学机构名称"),
        widget=NameWidget(120),
        required=True,
        example="厦门市思明区启明培训学校有限公司",
        note="与证照一致的全称，必填",
    )
    credit_code = Column(
        "统一社会信用代码",
        spellings=("信用代码", "社会信用代码", "统一信用代码", "机构代码", "统一代码", "USCC"),
        widget=CreditCodeWidget(),
        required=True,
        example="52350211MJC00001XE",
        note="18位，必填；本列请用“文本”格式",
    )
    license_no = Column(
        "办学许可证号",
        spellings=("许可证号", "办学许可证编号", "许可证编号", "许可编号", "许可证", "办学许可证", "许可证书编号"),
        widget=CodeWidget(40),
        example="教民135020370000011号",
        note="本列请用“文本”格式",
    )
    permit_kind = Column(
        "许可类型",
        spellings=("许可种类", "许可证类型", "证件类型", "证照类型"),
        widget=ChoiceWidget(
            PermitKind,
            synonyms={"办学许可证": PermitKind.SCHOOL, "非学科类许可证": PermitKind.NON_SUBJECT},
            code="category_unknown",
        ),
        example="民办学校办学许可证",
        note="可填：" + "、".join(PermitKind.labels),
    )
    category = Column(
        "类别",
        spellings=("培训类别", "机构类别", "办学类别", "学科类别", "类型"),
        widget=ChoiceWidget(
            Category,
            synonyms={
                "学科": Category.SUBJECT,
                "体育": Category.SPORT,
                "文化艺术": Category.ARTS,
                "艺术类": Category.ARTS,
                "艺术": Category.ARTS,
                "科技": Category.SCIENCE,
                "科技类非学科": Category.SCIENCE,
                "其他": Category.OTHER,
                "其他类": Category.OTHER,
                "非学科类(体育)": Category.SPORT,
                "非学科类(文化艺术)": Category.ARTS,
                "非学科类(科技)": Category.SCIENCE,
                "非学科类(其他)": Category.OTHER,
            },
            code="category_unknown",
        ),
        example="学科类",
        note="可填：" + "、".join(Category.labels),
    )
    subtype = Column(
        "子类",
        spellings=("细类", "小类", "培训子类", "项目类别"),
        widget=ChoiceWidget(Subcategory, code="category_unknown"),
        note="可填：" + "、".join(label for value, label in Subcategory.choices if value),
    )
    stages = Column(
        "学段",
        spellings=("培训学段", "招生学段", "办学层次", "招生对象"),
        widget=ChoicesWidget(
            Stage,
            synonyms={
                "学龄前": Stage.PRESCHOOL,
                "幼儿": Stage.PRESCHOOL,
                "3-6岁": Stage.PRESCHOOL,
                "小学阶段": Stage.PRIMARY,
                "初中阶段": Stage.JUNIOR,
                "高中阶段": Stage.SENIOR,
            },
            code="category_unknown",
        ),
        example="小学、初中",
        note="可填几个，用顿号分开：" + "、".join(Stage.labels),
    )
    mode = Column(
        "线上线下",
        spellings=("培训形式", "培训方式", "办学形式", "线上/线下"),
        widget=ChoiceWidget(Mode, synonyms={"线上+线下": Mode.BOTH, "线下、线上": Mode.BOTH}, code="category_unknown"),
        example="线下",
        note="可填：" + "、".join(Mode.labels),
    )
    legal_type = Column(
        "法人性质",
        spellings=("法人类型", "机构性质", "办学性质", "单位性质", "登记类型"),
        widget=ChoiceWidget(
            LegalType,
            synonyms={
                "民办非企业单位": LegalType.NON_PROFIT,
                "民非": LegalType.NON_PROFIT,
                "非营利": LegalType.NON_PROFIT,
                "非营利性": LegalType.NON_PROFIT,
                "企业": LegalType.COMPANY,
                "营利": LegalType.COMPANY,
                "营利性": LegalType.COMPANY,
                "公司": LegalType.COMPANY,
                "个体户": LegalType.SOLE_TRADER,
            },
            code="category_unknown",
        ),
        example="企业(营利)",
        note="可填：" + "、".join(LegalType.labels),
    )
    legal_person = Column(
        "法定代表人",
        spellings=("法人", "法人代表", "负责人", "法定代表人/负责人", "法定代表人(负责人)", "校长"),
        widget=NameWidget(60),
        example="林晓梅",
    )
    phone = Column(
        "联系电话",
        spellings=("电话", "手机", "手机号码", "联系方式", "负责人电话", "法人电话"),
        widget=PhoneWidget(60),
        personal=True,
        example="13800000000",
        note="内部使用，不公开",
    )
    public_phone = Column(
        "公开电话", spellings=("咨询电话", "招生电话", "对外电话"), widget=PhoneWidget(30), example="0592-2000000"
    )
    address = Column(
        "办学地址",
        spellings=("地址", "机构地址", "培训地址", "办学地点", "详细地址", "核准办学地址", "住所"),
        widget=TextWidget(200),
        example="厦门市思明区湖滨南路100号3层",
    )
    county = Column(
        "区县",
        spellings=("所属区县", "县区", "县(市、区)", "所在区县", "区", "辖区"),
        widget=TextWidget(40),
        example="思明区",
    )
    town = Column(
        "镇街",
        spellings=("乡镇", "街道", "乡镇街道", "乡镇(街道)", "所属镇街", "所在镇街", "所属街道", "镇(街)"),
        widget=TextWidget(40),
        example="筼筜街道",
    )
    issue_date = Column(
        "发证日期",
        spellings=("发证时间", "许可日期", "有效期起", "有效期自", "批准日期", "颁证日期"),
        widget=DateWidget(),
        example="2024-03-01",
    )
    valid_until = Column(
        "有效期至",
        spellings=("有效期", "有效期止", "截止日期", "许可有效期至", "到期日期", "有效期限"),
        widget=DateWidget(),
        example="2027-02-28",
    )
    issuer = Column(
        "审批机关",
        spellings=("发证机关", "审批单位", "主管部门", "审批部门", "许可机关"),
        widget=TextWidget(80),
        example="厦门市思明区教育局",
    )
    bank = Column(
        "监管银行", spellings=("开户银行", "托管银行", "资金监管银行"), widget=TextWidget(60), example="建设银行"
    )
    account = Column(
        "专户账号尾号",
        spellings=("专户尾号", "账号尾号", "监管账号", "监管账户", "专户账号", "账户尾号", "资金监管账号"),
        widget=AccountTailWidget(40),
        example="0123",
        note="后四位；本列请用“文本”格式",
    )
    status = Column(
        "状态",
        spellings=("机构状态", "办学状态", "经营状态", "运营状态"),
        widget=ChoiceWidget(
            Status,
            synonyms={"正常办学": Status.NORMAL, "在办": Status.NORMAL, "已注销": Status.DEREGISTERED},
            code="category_unknown",
        ),
        example="正常",
        note="可填：" + "、".join(Status.labels),
    )
    remark = Column("备注", spellings=("说明", "其他说明"), widget=TextWidget(500))
