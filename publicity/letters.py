"""What a letter to parents says by itself: its opening by season, whom to call, and what the schools report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum
from django.urls import reverse

from foundation.accounts.enums import OrganKind
from foundation.accounts.models import Organ
from foundation.core.numbers import percent
from foundation.regions.models import Jurisdiction
from listings.enums import ListKind

from .enums import Season
from .models import ParentLetter

APP = "校外教育培训家长端"
CLOSING = "让我们一起守护孩子健康成长，理性选择，依法维权。"
OPENINGS = {
    Season.WINTER: "寒假将至。学科类培训机构在寒假期间不得开展学科类培训；请合理安排孩子的作息、锻炼和阅读。",
    Season.SUMMER: "暑假将至。学科类培训机构在暑假期间不得开展学科类培训；请合理安排孩子的作息、锻炼和阅读。",
    Season.TERM: "新学期开始了。请理性看待校外培训，根据孩子的兴趣和实际需要选择，不盲目跟风。",
    Season.OTHER: "为帮助您理性选择校外培训机构，现将有关事项告知如下。",
}
#: What each kind of bureau is called about, in the order of the letter.
CHARGES = {
    OrganKind.EDUCATION: "学科类培训、无证办学、收费退费",
    OrganKind.CULTURE: "文化艺术类培训",
    OrganKind.SCIENCE: "科技类培训",
    OrganKind.SPORT: "体育类培训",
    OrganKind.MARKET: "广告、价格、营业执照",
    OrganKind.FIRE: "消防安全",
}
HOTLINE = ("政务服务便民热线", "各类问题", "12345")


def white_page() -> str:
    """Where parents look an institution up."""
    return f"{reverse('publicity:lists')}?kind={ListKind.WHITE.value}"


def title_of(season: Season, on: date) -> str:
    """Such as 致学生家长关于理性选择校外培训机构的一封信（2026年暑假）."""
    when = "" if season == Season.OTHER else season.label
    return f"致学生家长关于理性选择校外培训机构的一封信（{on.year}年{when}）"


def phones(place: Jurisdiction) -> list[tuple[str, str, str]]:
    """(organ, what it is called about, phone) of the place's bureaus that publish one; the hotline last."""
    organs = Organ.objects.filter(jurisdiction=place, kind__in=CHARGES, closed_on__isnull=True).exclude(report_phone="")
    order = list(CHARGES)
    found = sorted(organs.order_by("pk"), key=lambda organ: order.index(OrganKind(organ.kind)))
    return [*((organ.name, CHARGES[OrganKind(organ.kind)], organ.report_phone) for organ in found), HOTLINE]


@dataclass(frozen=True)
class Returned:
    """所 of a letter, of those that reported, 份 handed out, 份 of slips that came back, 次 read on the net."""

    schools: int
    reporting: int
    copies: int
    receipts: int
    reads: int = 0

    @property
    def read_rate(self) -> str:
        """网上回执率 of the copies handed out, two decimals cut off; 无 before the first."""
        return percent(self.reads, self.copies) if self.copies else "无"

    @property
    def rate(self) -> str:
        """回执率 of the copies handed out, two decimals cut off; 无 before the first."""
        return percent(self.receipts, self.copies) if self.copies else "无"


def returned(letter: ParentLetter) -> Returned:
    """What the schools of a letter add up to."""
    sums = letter.schools.aggregate(
        schools=Count("pk"),
        reporting=Count("copies"),
        copies=Sum("copies", default=0),
        receipts=Sum("receipts", default=0),
        reads=Sum("reads", default=0),
    )
    return Returned(**sums)


#: 通告 that bureaus issue again and again: key -> (label and title, season, paragraphs).
NOTICE_TEMPLATES = {
    "summer": (
        "关于严禁暑假期间开展学科类培训的通告",
        Season.SUMMER,
        (
            "为减轻学生校外培训负担，维护正常的校外培训秩序，现将暑假期间有关事项通告如下：",
            "一、暑假期间，任何机构和个人不得面向中小学生和学龄前儿童开展学科类培训。",
            "二、不得以一对一、住家教师、研学、托管、夏令营等名义变相开展学科类培训。",
            "三、场所出租人发现承租人违规培训的，请及时劝阻并向主管部门反映。",
            "四、违反规定的，由主管部门依法查处，并向社会公布。",
            "欢迎社会各界监督，可以拨打举报电话或在本网站反映。",
        ),
    ),
    "winter": (
        "关于严禁寒假期间开展学科类培训的通告",
        Season.WINTER,
        (
            "寒假将至，为保障学生休息，现将有关事项通告如下：",
            "一、寒假期间，任何机构和个人不得面向中小学生和学龄前儿童开展学科类培训。",
            "二、非学科类培训机构须按核准的内容、时间和地点开展培训，做好消防和疫病防控。",
            "三、违反规定的，由主管部门依法查处，并向社会公布。",
            "欢迎社会各界监督，可以拨打举报电话或在本网站反映。",
        ),
    ),
    "term": (
        "关于开学季校外培训有关事项的通告",
        Season.TERM,
        (
            "新学期开始，现将校外培训有关事项通告如下：",
            "一、不得在校园周边散发培训广告，不得在教材、作业本、校服和校车上做培训广告。",
            "二、培训时间不得与学校教学时间冲突，线下培训结束时间不晚于20:30。",
            "三、收费一次不得超过3个月或60课时，非学科类不超过5000元，一律进入监管专户。",
        ),
    ),
}
