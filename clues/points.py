"""核查要点 by subject: what whoever goes there may be told, in the place of the clue's own words."""

from __future__ import annotations

from .enums import Subject

#: More than this nobody reads at a door.
MOST_POINTS = 10
LONGEST_POINT = 100

_USUAL: dict[str, tuple[str, ...]] = {
    Subject.UNLICENSED: ("请核查是否有办学许可和法人登记", "请核查现场有无学生上课、教授什么内容"),
    Subject.DISGUISED: ("请核查是否以家政、众筹、研学、托管等名义开展学科培训", "请核查教师身份和收费方式"),
    Subject.HOURS: ("请核查结束时间是否晚于20:30", "请核查节假日、休息日是否开展学科培训"),
    Subject.ADVERT: ("请核查招牌、橱窗和门口有无培训广告", "请核查广告是否有保证性承诺或虚假师资"),
    Subject.SAFETY: (
        "请核查安全出口和疏散通道是否畅通",
        "请核查灭火器、应急照明是否有效",
        "请核查是否设在住宅或地下室",
    ),
    Subject.FEES: ("请核查收费项目和标准是否公示", "请核查一次收费是否超过3个月或60课时", "请核查退费是否按约办理"),
    Subject.OTHER: ("请核查反映的情况是否存在",),
}


def usual(subject: str) -> list[str]:
    """The points for a subject that nobody has written any for; none for a subject that is not known."""
    return list(_USUAL.get(subject, ()))
