"""The columns of past visits, declared once: headings in their spellings, widgets, words for the template."""

from __future__ import annotations

from foundation.imports.columns import Column, SheetResource
from foundation.imports.values import ChoiceWidget, NameWidget, TextWidget
from foundation.imports.values.texts import EMPTY
from inspections.enums import OFFICIAL, Aspect, Outcome, Severity, VisitKind
from institutions.cells import CreditCodeWidget, LicenceWidget

from . import words
from .cells import CountWidget, PeopleWidget, SlotWidget, VisitDayWidget
from .words import HEADINGS

FILED = [kind.label for kind in VisitKind if kind in OFFICIAL]


class VisitSheet(SheetResource):
    """One row is one visit: one site, one group, one day and part of the day."""

    visited_on = Column(
        "检查日期",
        spellings=HEADINGS["visited_on"],
        widget=VisitDayWidget(),
        required=True,
        example="2024-01-15",
        note="必填；可以连同时间一起写，如 2024-01-15 19:30",
        typed="如 2024-01-15",
    )
    slot = Column(
        "时段",
        spellings=HEADINGS["slot"],
        widget=SlotWidget(),
        example="晚上",
        note="必填；上午、下午、晚上，或开始时间(12:00前为上午，18:00起为晚上)",
        typed="上午、下午、晚上或 19:30",
    )
    name = Column(
        "机构名称",
        spellings=HEADINGS["name"],
        widget=NameWidget(120),
        required=True,
        example="集美区启明培训学校",
        note="与名录一致的全称；同名的请另填代码或地址",
        typed="与名录一致的全称",
    )
    credit_code = Column(
        "统一社会信用代码",
        spellings=HEADINGS["credit_code"],
        widget=CreditCodeWidget(),
        example="52350211MJC00001XE",
        note="填了代码的按代码认机构；本列请用“文本”格式",
        typed="如 52350211MJC00001XE",
    )
    license_no = Column(
        "办学许可证号",
        spellings=HEADINGS["license_no"],
        widget=LicenceWidget(40),
        note="没有信用代码时按许可证号认机构",
    )
    site_no = Column(
        "无证场所编号",
        spellings=HEADINGS["site_no"],
        widget=TextWidget(30),
        note="检查无证场所的，填系统中的编号，如 WZ-350211-2024-0001",
    )
    address = Column("地址", spellings=HEADINGS["address"], widget=TextWidget(200), note="用来分清同名的机构或无证场所")
    kind = Column(
        "检查种类",
        spellings=HEADINGS["kind"],
        from_title=words.kind_in,
        widget=ChoiceWidget(VisitKind, synonyms=words.KINDS, code="category_unknown"),
        example="日常检查",
        note="可填：" + "、".join(FILED) + "；不填为日常检查",
    )
    group = Column("检查组", spellings=HEADINGS["group"], widget=TextWidget(60), example="第一组")
    officers = Column(
        "检查人员",
        spellings=HEADINGS["officers"],
        widget=PeopleWidget(),
        example="张三(教育局)、李四(市监局)",
        note="姓名后用括号写单位，几个人用顿号分开；没有姓名的填“人数”",
        typed="张三(教育局)、李四(市监局)",
    )
    people = Column(
        "人数",
        spellings=HEADINGS["people"],
        widget=CountWidget(exact=True),
        example="2",
        note="这一次出动的总人数；姓名不全时按它计人次",
        typed="如 2",
    )
    problem = Column(
        "发现问题",
        spellings=HEADINGS["problem"],
        widget=TextWidget(1000, empty=EMPTY | words.NO_PROBLEM),
        example="消防通道堆放杂物",
        note="没有问题的留空或填“无”；几个问题用分号或编号分开",
    )
    aspect = Column(
        "所属方面",
        spellings=HEADINGS["aspect"],
        widget=ChoiceWidget(Aspect, synonyms=words.ASPECTS, code="category_unknown"),
        example="安全隐患",
        note="可填：" + "、".join(Aspect.labels),
    )
    severity = Column(
        "严重程度",
        spellings=HEADINGS["severity"],
        widget=ChoiceWidget(Severity, synonyms=words.SEVERITIES, code="category_unknown"),
        example="轻",
        note="可填：" + "、".join(Severity.labels) + "；不填为轻",
    )
    outcome = Column(
        "处理结果",
        spellings=HEADINGS["outcome"],
        widget=ChoiceWidget(Outcome, synonyms=words.OUTCOMES, code="category_unknown"),
        example="发现问题当场改正",
        note="可填：" + "、".join(Outcome.labels),
    )
    pupils = Column("学生数", spellings=HEADINGS["pupils"], widget=CountWidget(), note="现场人数，可填 30余")
    teachers = Column("教师数", spellings=HEADINGS["teachers"], widget=CountWidget(), note="现场人数")
    dispersed = Column("清散学生", spellings=HEADINGS["dispersed"], widget=CountWidget(), note="如 220余")
    remark = Column("备注", spellings=HEADINGS["remark"], widget=TextWidget(1000))
    campaign = Column(
        "专项行动", spellings=HEADINGS["campaign"], widget=TextWidget(80), note="属于某次专项行动的，填行动名称"
    )
