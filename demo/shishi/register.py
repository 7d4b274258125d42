"""石狮's register: 81 subject institutions on the day of the opinion, 7 today; 55 that take fees, all supervised.

Of the 74 that are no more, 30 went over to other training (转型) and go on, 40 were deregistered, 4 banned.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from foundation.regions.models import Division
from funds.enums import BankStatus, Flag, SupervisionMode
from funds.models import Bank
from funds.operations.accounts import open_account, set_mode
from funds.operations.banks import add_bank, set_bank_status
from funds.operations.flags import set_flags
from institutions.enums import Category, LegalType, LicenceStatus, PermitKind, SiteType, Stage, Status
from institutions.models import Institution
from institutions.operations.premises import add_permit
from institutions.operations.register import change_institution, register_institution
from institutions.operations.status import change_status

from .. import invented
from ..case_diary import at_hour
from ..funds import sign_for
from .county import SINCE, County

SUBJECTS, TRANSFORMED, BANNED, LEFT = 81, 30, 4, 7
OTHERS = 18
CARE = 168
BANKS = ("兴业银行", "建设银行", "农业银行", "工商银行", "泉州银行", "石狮农商银行")
KINDS = (
    (Category.ARTS, "dance", "舞蹈"),
    (Category.SPORT, "ball_games", "篮球"),
    (Category.ARTS, "painting", "美术书法"),
    (Category.SCIENCE, "coding", "少儿编程"),
    (Category.ARTS, "music", "音乐"),
    (Category.SPORT, "swimming", "游泳"),
)
LESSONS = ("语文", "数学", "英语", "物理", "化学")


@dataclass
class Register:
    """Who is in the register; ``ends`` says on which day an institution's subject training ended."""

    subjects: list[Institution] = field(default_factory=list)
    others: list[Institution] = field(default_factory=list)
    care: list[Institution] = field(default_factory=list)
    ends: dict[int, date] = field(default_factory=dict)

    @property
    def supervised(self) -> list[Institution]:
        """The 55: those of other training from the start, those that went over to it, and the subject ones left."""
        gone_over = self.subjects[LEFT : LEFT + TRANSFORMED]
        return [*self.others, *gone_over, *self.subjects[:LEFT]]


def plan(county: County) -> Register:
    """Enter everybody in the diary; the list fills as the diary is carried out."""
    register = Register()
    county.diary.on(at_hour(SINCE, 9), partial(_first_day, county, register))
    for number in range(CARE):
        day = date(2021, 9, 6) + timedelta(days=number % 40)
        county.diary.on(at_hour(day, 16), partial(_register_care, county, register, number))
    return register


def _first_day(county: County, register: Register, at: datetime) -> None:
    for number in range(SUBJECTS):
        register.subjects.append(_register_one(county, number, subject=True, at=at))
    for number in range(OTHERS):
        register.others.append(_register_one(county, number, subject=False, at=at))
    for number, row in enumerate(register.subjects[LEFT:]):
        day = SINCE + timedelta(days=40 + 5 * number)
        register.ends[row.pk] = day
        act = partial(_goes_over, county, row, number)
        if number >= TRANSFORMED:
            act = partial(_ends, county, row, banned=number >= SUBJECTS - LEFT - BANNED)
        county.diary.on(at_hour(day, 11), act)


def _facts(county: County, name: str, town: Division, **given) -> dict[str, object]:
    number = county.next_number()
    return {
        "name": name,
        "credit_code": next(county.codes),
        "licence_status": LicenceStatus.COMPLETE,
        "legal_person": invented.person(county.dice),
        "phone": invented.phone(58_100_000 + number),
        "public_phone": f"0595-000{number:05d}",
        "division": town,
        "address": f"{town}{county.dice.choice(county.ROADS)}{county.dice.randint(1, 399)}号",
        "platform_id": f"QG350581{number:05d}",
        **given,
    }


def _register_one(county: County, number: int, *, subject: bool, at: datetime) -> Institution:
    category, fine, word = (Category.SUBJECT, "", LESSONS[number % 5]) if subject else KINDS[number % len(KINDS)]
    town = county.town(number)
    facts = _facts(
        county,
        county.name(town, word, "培训中心"),
        town,
        category=category,
        subcategory=fine,
        stages=[Stage.PRIMARY, Stage.JUNIOR],
        legal_type=LegalType.NON_PROFIT,
        hours="周一至周五 18:00-20:30" + ("" if subject else "；周末 08:30-20:30"),
    )
    row = register_institution(
        jurisdiction=county.place,
        facts=facts,
        effective_on=SINCE,
        reason="整治前摸底登记",
        by=county.officer,
        at=at,
    )
    _permit(county, row, PermitKind.SCHOOL if subject else PermitKind.NON_SUBJECT, SINCE, at)
    return row


def _permit(county: County, row: Institution, kind: str, first: date, at: datetime) -> None:
    number = f"教民1350581{county.next_number():08d}"
    add_permit(
        institution=row,
        kind=kind,
        number=number,
        issuer="石狮市教育局",
        valid_from=first,
        valid_to=county.today.replace(day=1) + timedelta(days=500 + row.pk % 7 * 60),
        by=county.officer,
        at=at,
    )


def _register_care(county: County, register: Register, number: int, at: datetime) -> None:
    town = county.town(number)
    facts = _facts(
        county,
        county.name(town, "", "托管中心"),
        town,
        site_type=SiteType.CARE,
        category=Category.OTHER,
        legal_type=LegalType.SOLE_TRADER,
    )
    facts |= {"platform_id": "", "credit_code": next(county.traders)}
    row = register_institution(
        jurisdiction=county.place, facts=facts, reason="托管机构摸底登记", by=county.officer, at=at
    )
    register.care.append(row)


# -- how the 74 ended ------------------------------------------------------------------------------------------------
def _ends(county: County, row: Institution, at: datetime, *, banned: bool) -> None:
    status, reason = Status.DEREGISTERED, "举办者申请终止，学员清退完毕"
    if banned:
        status, reason = Status.BANNED, "拒不整改，县级以上人民政府组织取缔"
    change_status(institution=row, status=status, effective_on=at.date(), reason=reason, by=county.officer, at=at)


def _goes_over(county: County, row: Institution, number: int, at: datetime) -> None:
    """转型 on the day; under its new permit and its new name three weeks later."""
    reason = "申请转为非学科类，学科类课程全部停止"
    change_status(
        institution=row,
        status=Status.TRANSFORMED,
        effective_on=at.date(),
        reason=reason,
        by=county.officer,
        at=at,
    )
    county.diary.on(at + timedelta(days=21), partial(_goes_on, county, row, number))


def _goes_on(county: County, row: Institution, number: int, at: datetime) -> None:
    category, fine, word = KINDS[number % len(KINDS)]
    facts = {"name": county.name(row.division, word, "培训中心"), "category": category, "subcategory": fine}
    facts["hours"] = "周一至周五 18:00-20:30；周末 08:30-20:30"
    reason = "转为非学科类，重新核发许可"
    change_institution(institution=row, facts=facts, reason=reason, by=county.officer, at=at)
    _permit(county, row, PermitKind.NON_SUBJECT, at.date(), at)
    row.refresh_from_db()
    change_status(
        institution=row, status=Status.NORMAL, effective_on=at.date(), reason=reason, by=county.officer, at=at
    )


# -- supervision -----------------------------------------------------------------------------------------------------
def supervise(county: County, register: Register) -> None:
    """Six banks chosen in spring 2022; accounts of the 55 a few a day after the last one went over."""
    county.diary.on(at_hour(date(2022, 3, 15)), partial(_choose_banks, county))
    for number in range(OTHERS + TRANSFORMED + LEFT):
        day = date(2022, 10, 10) + timedelta(days=number // 3)
        county.diary.on(at_hour(day, 15), partial(_account, county, register, number))
        day = county.today - timedelta(days=390 - number // 3)
        county.diary.on(at_hour(day, 16), partial(_agreement, county, register, number))


def _choose_banks(county: County, at: datetime) -> None:
    for name in BANKS:
        given = {"city": "石狮市", "contact": "客户经理(演示)", "phone": "12300000000"}
        row = add_bank(name=name if "石狮" in name else f"{name}石狮支行", by=county.leader, at=at, **given)
        words = {"reason": "公开遴选，综合评分入围", "basis": "石狮市校外培训机构资金监管银行遴选结果通知(演示)"}
        on = at.date()
        county.banks.append(
            set_bank_status(bank=row, status=BankStatus.SELECTED, effective_on=on, by=county.leader, at=at, **words)
        )


def _account(county: County, register: Register, number: int, at: datetime) -> None:
    row = register.supervised[number]
    row.refresh_from_db()
    bank: Bank = county.banks[number % len(county.banks)]
    facts = {"bank": bank, "number": f"6200350581{number:09d}", "holder": row.name, "opened_on": at.date()}
    open_account(institution=row, by=county.officer, at=at, **facts)
    mode = (SupervisionMode.BY_LESSON, SupervisionMode.BY_STAGE)[number % 2]
    given = {"institution": row, "effective_on": at.date(), "by": county.officer, "at": at}
    set_mode(mode=mode, deposit_fen=0, reason="首次设定", **given)
    set_flags(flags=list(Flag), evidence="开户回执及平台截图(演示)", **given)


def _agreement(county: County, register: Register, number: int, at: datetime) -> None:
    """The tripartite one of the last year, of bank, institution and bureau."""
    last = county.today + timedelta(days=150 + 11 * number)
    sign_for(register.supervised[number], county.officer, at.date(), last, at)
