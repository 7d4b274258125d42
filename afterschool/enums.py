"""Words of after-school services."""

from django.db.models import IntegerChoices, TextChoices

from foundation.regions.enums import SchoolStage


class Season(TextChoices):
    SPRING = "spring", "春季"
    AUTUMN = "autumn", "秋季"


class Grade(IntegerChoices):
    """The nine grades of compulsory education (义务教育段)."""

    ONE = 1, "一年级"
    TWO = 2, "二年级"
    THREE = 3, "三年级"
    FOUR = 4, "四年级"
    FIVE = 5, "五年级"
    SIX = 6, "六年级"
    SEVEN = 7, "七年级"
    EIGHT = 8, "八年级"
    NINE = 9, "九年级"


#: Which grades a school of a stage can have here; a stage that is not named takes no part.
GRADES: dict[SchoolStage, tuple[Grade, ...]] = {
    SchoolStage.PRIMARY: tuple(Grade)[:6],
    SchoolStage.JUNIOR: tuple(Grade)[6:],
    SchoolStage.NINE_YEAR: tuple(Grade),
    SchoolStage.COMPLETE: tuple(Grade)[6:],
}

#: 5天×2小时: on so many days a week, for so many minutes a day. Another standard than 2+N.
FULL_DAYS, FULL_MINUTES = 5, 120


class BlockKind(TextChoices):
    """2+N: basic services and electives; what they are called, each bureau says."""

    BASIC = "basic", "基本服务"
    ELECTIVE = "elective", "兴趣课程"


class Carrier(TextChoices):
    """Who gives a block at a school."""

    SCHOOL = "school", "本校"
    THIRD_PARTY = "third_party", "第三方机构"


class ProviderKind(TextChoices):
    INSTITUTION = "institution", "校外培训机构"
    SOCIAL = "social", "社会组织"


class SelectionState(TextChoices):
    """What became of a provider in a selection: proposed by one person, decided by another."""

    PROPOSED = "proposed", "待审核"
    APPROVED = "approved", "入选"
    REFUSED = "refused", "未入选"
    ENDED = "ended", "已退出"
