"""The columns of what schools report: one row a school and grade."""

from __future__ import annotations

from contracts.importing.cells import FenWidget
from foundation.imports.columns import Column, SheetResource
from foundation.imports.values import CodeWidget, DateWidget, NameWidget

from .reading import CountWidget, GradeWidget, TermWidget, term_in

MOST = 99_999


def pupils(label: str, *spellings: str, required: bool = False, example: str = "0", note: str = "人") -> Column:
    return Column(
        label, spellings=spellings, widget=CountWidget(0, MOST), required=required, example=example, note=note
    )


class ParticipationSheet(SheetResource):
    name = Column(
        "学校名称",
        spellings=("学校", "校名", "学校全称", "单位名称"),
        widget=NameWidget(100),
        example="石狮市实验小学",
        note="与学校名册一致；填了标识码的按代码认学校",
    )
    code = Column(
        "学校标识码",
        spellings=("标识码", "学校代码", "学校编码", "机构标识码"),
        widget=CodeWidget(20),
        example="2135000001",
        note="本列请用“文本”格式；没有的填学校名称",
    )
    term = Column(
        "学期",
        spellings=("所属学期", "学年学期"),
        widget=TermWidget(),
        from_title=term_in,
        example="2023年春季学期",
        note="标题或工作表名写了学期的，可以不设这一列",
    )
    grade = Column("年级", spellings=("所在年级",), widget=GradeWidget(), required=True, example="三年级")
    enrolled = pupils("在校学生数", "在校生数", "在校学生", "在籍学生数", "学生总数", required=True, example="240")
    joined = pupils("自愿参加人数", "参加人数", "参与人数", "参加学生数", required=True, example="230")
    exempt_hardship = pupils("免收困难学生", "家庭经济困难免收", "困难免收人数", "困难学生数", example="6")
    exempt_boarding = pupils("免收寄宿生", "寄宿生免收", "寄宿生免收人数", example="0")
    exempt_other = pupils("免收其他", "其他免收", "其他免收人数", example="0")
    subsidy_fen = Column(
        "财政补助",
        spellings=("财政补助金额", "补助金额"),
        widget=FenWidget(),
        example="12000.00",
        note="元",
    )
    paid_fen = Column(
        "家长缴费",
        spellings=("家长缴费金额", "缴费金额"),
        widget=FenWidget(),
        example="40320.00",
        note="元",
    )
    days_per_week = Column(
        "每周天数", spellings=("每周服务天数",), widget=CountWidget(0, 7), example="5", note="天；不填为5天"
    )
    minutes_per_day = Column(
        "每天时长",
        spellings=("每天分钟数",),
        widget=CountWidget(0, 360),
        example="120",
        note="不填为120分钟",
    )
    effective_on = Column(
        "统计日期",
        spellings=("截止日期", "统计时间", "填报日期"),
        widget=DateWidget(),
        example="2023-03-01",
        note="不填按学期开始日期；同一天再报的是更正，另一天再报的是新的统计",
    )
