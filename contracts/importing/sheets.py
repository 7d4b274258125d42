"""The columns of contracts, payments, invoices and lessons: plain sheets, and exports of platforms."""

from __future__ import annotations

from contracts.enums import BoughtVia, ConsentWay, Delivery, FeeCategory, PayChannel, PaymentWay, ToldBy, YesNo
from contracts.people import VERSIONS
from foundation.imports.columns import Column, SheetResource
from foundation.imports.values import ChoiceWidget, CodeWidget, DateWidget, NameWidget, TextWidget
from institutions.cells import CreditCodeWidget
from institutions.enums import SupervisionMode

from .cells import ClockWidget, FenWidget, IdentityWidget, MobileWidget, NumberWidget, PersonWidget

YES_NO = {
    **dict.fromkeys(["√", "✓", "有", "已使用", "使用", "已用", "true", "1", "y"], YesNo.YES),
    **dict.fromkeys(["×", "无", "未使用", "没有", "未用", "false", "0", "n"], YesNo.NO),
}
CATEGORIES = {
    **dict.fromkeys(["学科", "学科培训", "学科类培训", "文化课"], FeeCategory.SUBJECT),
    **dict.fromkeys(
        ["非学科", "非学科类培训", "体育", "体育类", "艺术", "文化艺术类", "艺术类", "科技", "科技类"],
        FeeCategory.NON_SUBJECT,
    ),
}
DELIVERIES = {
    **dict.fromkeys(["线下培训", "面授", "地面"], Delivery.OFFLINE),
    **dict.fromkeys(["线上培训", "在线", "网课"], Delivery.ONLINE),
}
WAYS = {
    **dict.fromkeys(["一次性付费", "一次付清", "全款"], PaymentWay.LUMP),
    **dict.fromkeys(["分期付费", "分次"], PaymentWay.INSTALMENT),
}
VIAS = {
    **dict.fromkeys(["APP", "平台", "全国平台", "校外培训家长端", "线上购课", "app购课"], BoughtVia.APP),
    **dict.fromkeys(["线下", "机构", "线下购课", "纸质合同"], BoughtVia.OFFLINE),
}
CONSENTS = {
    **dict.fromkeys(["纸质", "签字", "书面"], ConsentWay.PAPER),
    **dict.fromkeys(["APP", "平台", "线上勾选"], ConsentWay.APP),
    **dict.fromkeys(["短信"], ConsentWay.SMS),
    **dict.fromkeys(["录音", "录像"], ConsentWay.RECORDED),
}
CHANNELS = {
    **dict.fromkeys(["银行", "转账", "网银", "银行卡"], PayChannel.BANK),
    **dict.fromkeys(["微信"], PayChannel.WECHAT),
    **dict.fromkeys(["支付宝支付"], PayChannel.ALIPAY),
    **dict.fromkeys(["POS", "POS机"], PayChannel.POS),
    **dict.fromkeys(["APP", "平台支付"], PayChannel.APP),
    **dict.fromkeys(["现金支付", "现钞"], PayChannel.CASH),
}
SOURCES = {
    **dict.fromkeys(["平台", "全国监管平台"], ToldBy.PLATFORM),
    **dict.fromkeys(["银行流水", "托管银行"], ToldBy.BANK),
    **dict.fromkeys(["机构", "机构填报"], ToldBy.INSTITUTION),
}
MODES = {
    **dict.fromkeys(["一课一消", "按课消"], SupervisionMode.BY_LESSON),
    **dict.fromkeys(["分阶段解付", "阶段解付"], SupervisionMode.BY_STAGE),
    **dict.fromkeys(["大额异动预警"], SupervisionMode.LARGE_FLOW),
    **dict.fromkeys(["保证金"], SupervisionMode.DEPOSIT),
}


def name() -> Column:
    return Column(
        "机构名称",
        spellings=("培训机构", "机构", "培训机构名称", "学校名称", "收款单位", "销售方", "销方名称"),
        widget=NameWidget(120),
        example="思明区海浪舞蹈培训中心",
        note="与名录一致的全称；填了信用代码的按代码认机构",
    )


def credit_code() -> Column:
    return Column(
        "统一社会信用代码",
        spellings=("信用代码", "机构代码", "社会信用代码", "销方税号", "纳税人识别号"),
        widget=CreditCodeWidget(),
        example="52350203MJC00001XE",
        note="本列请用“文本”格式",
    )


def contract_no(*, required: bool) -> Column:
    return Column(
        "合同编号",
        spellings=("合同号", "合同编码", "协议编号", "订单合同号"),
        widget=CodeWidget(60),
        required=required,
        example="HT2026110001",
    )


class ContractSheet(SheetResource):
    name = name()
    credit_code = credit_code()
    number = contract_no(required=True)
    course_name = Column(
        "课程名称",
        spellings=("课程", "班级名称", "培训项目", "课程班级"),
        widget=TextWidget(80),
        required=True,
        example="少儿舞蹈",
    )
    category = Column(
        "培训类别",
        spellings=("类别", "课程类别", "培训类型"),
        widget=ChoiceWidget(FeeCategory, synonyms=CATEGORIES, noise="类|培训", code="category_unknown"),
        example="非学科类",
        note="可填：学科类、非学科类；不填按名录中的机构类别",
    )
    delivery = Column(
        "培训形式",
        spellings=("形式", "授课方式", "培训方式"),
        widget=ChoiceWidget(Delivery, synonyms=DELIVERIES, code="category_unknown"),
        example="线下",
        note="不填按线下",
    )
    pupils = Column("班额", spellings=("班级人数", "人数", "班容量"), widget=NumberWidget(1, 500), example="15")
    lesson_minutes = Column(
        "每课时分钟数", spellings=("课时时长", "课时长度", "分钟"), widget=NumberWidget(10, 300), example="45"
    )
    lessons = Column(
        "课时数", spellings=("总课时", "课时", "购买课时"), widget=NumberWidget(1, 1000), required=True, example="30"
    )
    gift_lessons = Column("赠送课时", spellings=("赠课", "赠送课时数"), widget=NumberWidget(0, 500), example="2")
    unit_price_fen = Column(
        "课时单价", spellings=("单价", "课时费", "每课时单价"), widget=FenWidget(), example="80.00", note="元"
    )
    total_fen = Column(
        "合同总价",
        spellings=("总价", "合同金额", "总金额", "课程总价"),
        widget=FenWidget(),
        required=True,
        example="2400.00",
        note="元",
    )
    signed_on = Column(
        "签订日期",
        spellings=("签约日期", "合同日期", "签订时间"),
        widget=DateWidget(),
        required=True,
        example="2026-10-20",
    )
    starts_on = Column(
        "培训期起",
        spellings=("开始日期", "培训开始日期", "服务开始"),
        widget=DateWidget(),
        required=True,
        example="2026-11-07",
    )
    ends_on = Column(
        "培训期止",
        spellings=("结束日期", "培训结束日期", "服务结束"),
        widget=DateWidget(),
        required=True,
        example="2027-01-30",
    )
    first_lesson_on = Column(
        "首次上课日期", spellings=("开课日期", "首课日期"), widget=DateWidget(), example="2026-11-07"
    )
    way = Column(
        "付费方式",
        spellings=("缴费方式",),
        widget=ChoiceWidget(PaymentWay, synonyms=WAYS, code="category_unknown"),
        example="一次性",
    )
    supervision = Column(
        "资金监管方式",
        spellings=("监管方式", "监管模式"),
        widget=ChoiceWidget(SupervisionMode, synonyms=MODES, code="category_unknown"),
        optional=True,
        example="一课一消",
    )
    refund_window_days = Column(
        "全额退费期",
        spellings=("退费期", "冷静期", "全额退费期天"),
        widget=NumberWidget(0, 365),
        example="7",
        note="天",
    )
    on_model_contract = Column(
        "使用示范文本",
        spellings=("示范文本", "是否使用示范文本", "示范合同"),
        widget=ChoiceWidget(YesNo, synonyms=YES_NO, code="category_unknown"),
        example="是",
        note="不填按否",
    )
    bought_via = Column(
        "购课渠道",
        spellings=("渠道", "签订渠道", "合同来源"),
        widget=ChoiceWidget(BoughtVia, synonyms=VIAS, code="category_unknown"),
        example="全国平台App",
        note="不填按线下签订",
    )
    pupil = Column(
        "学员姓名",
        spellings=("学员", "学生姓名", "学生"),
        widget=PersonWidget(30),
        required=True,
        personal=True,
        example="陈某某",
    )
    pupil_id = Column(
        "学员证件号",
        spellings=("学生身份证号", "学员身份证号"),
        widget=IdentityWidget(18),
        personal=True,
        note="可以不填",
    )
    school = Column("就读学校", spellings=("学校",), widget=TextWidget(60), personal=True)
    grade = Column("年级", widget=TextWidget(20), personal=True, example="三年级")
    guardian = Column(
        "监护人姓名",
        spellings=("监护人", "家长姓名", "家长"),
        widget=PersonWidget(30),
        required=True,
        personal=True,
        example="陈某",
    )
    relation = Column("与学员关系", spellings=("关系",), widget=TextWidget(20), personal=True, example="父亲")
    phone = Column(
        "监护人电话", spellings=("家长电话", "联系电话", "手机号", "手机号码"), widget=MobileWidget(14), personal=True
    )
    given_on = Column(
        "监护人同意日期",
        spellings=("同意日期", "授权日期"),
        widget=DateWidget(),
        required=True,
        example="2026-10-20",
        note="没有监护人同意的不能导入",
    )
    consent_way = Column(
        "同意方式",
        spellings=("授权方式",),
        widget=ChoiceWidget(ConsentWay, synonyms=CONSENTS, code="category_unknown"),
        example="纸质签字",
    )
    version = Column("告知书版本", widget=TextWidget(20), example=VERSIONS[-1], note=f"不填按{VERSIONS[-1]}")


class PaymentSheet(SheetResource):
    name = name()
    credit_code = credit_code()
    reference = Column(
        "流水号",
        spellings=("交易流水号", "支付流水号", "订单号", "交易号", "银行流水号"),
        widget=CodeWidget(60),
        required=True,
        example="LS2026102000001",
    )
    told_by = Column(
        "流水来源",
        spellings=("数据来源",),
        widget=ChoiceWidget(ToldBy, synonyms=SOURCES, code="category_unknown"),
        example="机构报送",
        note="不填按机构报送",
    )
    contract_no = contract_no(required=False)
    payer = Column(
        "付款人",
        spellings=("缴费人", "付款人姓名", "付款户名", "对方户名"),
        widget=PersonWidget(60),
        required=True,
        personal=True,
        example="陈某",
    )
    amount_fen = Column(
        "金额",
        spellings=("缴费金额", "支付金额", "实收金额", "交易金额"),
        widget=FenWidget(),
        required=True,
        example="2400.00",
        note="元",
    )
    paid_on = Column(
        "缴费日期",
        spellings=("支付时间", "交易日期", "交易时间", "付款日期"),
        widget=DateWidget(),
        required=True,
        example="2026-10-20",
    )
    channel = Column(
        "支付方式",
        spellings=("支付渠道",),
        widget=ChoiceWidget(PayChannel, synonyms=CHANNELS, code="category_unknown"),
        optional=True,
        example="微信支付",
    )
    account = Column(
        "收款账号",
        spellings=("收款账户", "监管账户", "收款银行账号"),
        widget=CodeWidget(32),
        personal=True,
        note="本列请用“文本”格式",
    )
    months = Column("购买月数", spellings=("月数",), widget=NumberWidget(1, 60), example="3")
    lessons = Column("购买课时", spellings=("课时", "课时数"), widget=NumberWidget(1, 1000), example="30")
    covers_from = Column("费用所属期起", spellings=("所属期起",), widget=DateWidget())
    covers_to = Column("费用所属期止", spellings=("所属期止",), widget=DateWidget())


class InvoiceSheet(SheetResource):
    name = name()
    credit_code = credit_code()
    number = Column(
        "发票号码",
        spellings=("发票号", "数电票号码", "票据号码"),
        widget=CodeWidget(40),
        required=True,
        example="26352000000012345678",
    )
    contract_no = contract_no(required=False)
    buyer = Column(
        "购买方名称",
        spellings=("购买方", "购方名称", "发票抬头", "抬头", "缴款人"),
        widget=PersonWidget(60),
        required=True,
        personal=True,
        example="陈某",
    )
    amount_fen = Column(
        "价税合计",
        spellings=("金额", "发票金额", "开票金额", "合计金额"),
        widget=FenWidget(),
        required=True,
        example="2400.00",
        note="元",
    )
    issued_on = Column(
        "开票日期", spellings=("开票时间", "填开日期"), widget=DateWidget(), required=True, example="2026-10-21"
    )


class LessonSheet(SheetResource):
    name = name()
    credit_code = credit_code()
    contract_no = contract_no(required=True)
    held_on = Column(
        "上课日期",
        spellings=("消课日期", "日期", "课程日期", "上课时间"),
        widget=DateWidget(),
        required=True,
        example="2026-11-07",
    )
    starts_time = Column("开始时间", spellings=("上课开始时间",), widget=ClockWidget(), example="18:30")
    ends_time = Column("结束时间", spellings=("下课时间",), widget=ClockWidget(), example="20:00")
    lessons = Column(
        "课时数",
        spellings=("消课课时", "课时", "消课数量"),
        widget=NumberWidget(1, 12),
        example="2",
        note="不填按1课时",
    )
