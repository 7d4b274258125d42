"""Xiapu's loop of advertisements in the autumn of 2023, with those of Lianjiang and Jimei, by their figures.

霞浦: 43 人次, 300余张 destroyed, boards of 18 家 removed, 1 家 for its official account; 连江: 48 面; 集美: 42 处
of its campaign. Replayed through the operations; names and texts are invented, figures those of the cases.
``load`` makes what it needs besides the places: for a database without these three bureaus.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from assignments.models import Part
from assignments.operations.assign import answer, receive
from clues.enums import AdUnit, Channel, Claim, Medium, Nearness
from clues.models import Sighting
from clues.operations.adverts import AdvertFacts, report_posts, report_sighting
from enforcement.enums import AdOutcome
from enforcement.models import Removal
from enforcement.operations.removals import Done, Outing, flag_adverts, record_removal
from foundation.accounts.actors import actor_of
from foundation.accounts.enums import OrganKind, Role
from foundation.accounts.models import Post
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.regions.models import Division, Jurisdiction
from inspections.enums import CampaignKind
from inspections.models import Campaign
from inspections.operations.campaigns import draft_campaign, start_campaign
from inspections.reports import OnSite
from institutions.enums import Category, LegalType, LicenceStatus
from institutions.models import Institution
from institutions.operations.register import register_institution

from . import invented
from .case_people import CasePlace
from .organs import Login

XIAPU, LIANJIANG, JIMEI, SINCE = "350921", "350122", "350211", date(2021, 7, 24)
TERM = datetime(2023, 9, 1, 9, 0, tzinfo=timezone.get_default_timezone())
BOARDS, PERSONS = 18, (7, 7, 7, 7, 7, 6)
#: (sheets, more than that?) of the leaflets that were confiscated at school gates and destroyed.
LEAFLETS = ((120, False), (100, True), (80, False))
ACCOUNT = "【秋季招生】签约提分，不提分全额退款！国家级名师团队，小学数学、英语同步班，扫码预约试听立减200元。"
WORDS = (
    "小学数学培优 包上重点 报名热线见下方",
    "英语提分王 30天单词过关 招生中",
    "特级教师亲授 初中物理化学 预约试听",
    "全县第一品牌 小学作文 开学优惠",
)


@dataclass
class Bureau:
    """One county of the replay: its people and places."""

    here: CasePlace
    officer: Actor
    market: Post
    grid: Actor
    community: Division
    towns: list[Division]
    team: list[OnSite]
    codes: Iterator[str]

    @property
    def place(self) -> Jurisdiction:
        return self.here.place


def load() -> list[Login]:
    """Replay the three counties; returns the logins that were made."""
    with clock.set_to(TERM - timedelta(days=40)):
        xiapu, lianjiang, jimei = (_bureau(code, word) for code, word in _CODES)
    _xiapu(xiapu)
    _lianjiang(lianjiang)
    _jimei(jimei)
    return [login for each in (xiapu, lianjiang, jimei) for login in each.here.logins]


_CODES = ((XIAPU, "xiapu"), (LIANJIANG, "lianjiang"), (JIMEI, "jimei"))


def _bureau(code: str, word: str) -> Bureau:
    """Education, market and city management, an officer, a market inspector, a grid worker."""
    here = CasePlace.of(code, word, at=clock.now(), seed=20230901)
    towns = here.towns()
    community = towns[0].children.order_by("code").first()
    market, urban, street = here.organ(OrganKind.MARKET), here.organ(OrganKind.URBAN), here.office(towns[0])
    here.post("jingban", Role.COUNTY_OFFICER)
    here.post("shijian", Role.DEPARTMENT_OFFICER, market)
    here.post("wangge", Role.GRID_WORKER, street, grid=here.grid(community))
    team = [*here.went("jingban", "shijian"), *(here.guest(urban, number) for number in range(5))]
    return Bureau(
        here, here.acts("jingban"), here.held("shijian"), here.acts("wangge"), community, towns, team,
        invented.credit_codes(code),
    )  # fmt: skip


def _institution(here: Bureau, number: int) -> Institution:
    town = here.towns[number % len(here.towns)]
    facts = {
        "name": f"{here.place}{invented.BRANDS[number % len(invented.BRANDS)]}培训中心{number // 8 + 1}部",
        "credit_code": next(here.codes),
        "category": (Category.ARTS, Category.SUBJECT, Category.SPORT)[number % 3],
        "legal_type": LegalType.NON_PROFIT,
        "licence_status": LicenceStatus.COMPLETE,
        "division": town,
        "address": f"{town}演示路{number + 1}号",
    }
    return register_institution(
        jurisdiction=here.place, facts=facts, effective_on=SINCE, reason="演示数据", by=here.officer, at=clock.now()
    )


def _seen(here: Bureau, advert: AdvertFacts, words: str, about: Institution | None = None, **given) -> Sighting:
    """By an officer about an institution; at a school gate by the grid worker."""
    place = {"division": about.division, "institution": about} if about else {"division": here.community}
    who, channel = (here.officer, Channel.STAFF) if about else (here.grid, Channel.GRID)
    return report_sighting(
        advert=advert, jurisdiction=here.place, content=words, channel=channel, by=who, at=clock.now(), **place | given
    )


def _removed(here: Bureau, done: list[Done], persons: int, campaigns: tuple[Campaign, ...] = ()) -> Removal:
    at = clock.now()
    outing = Outing(done_on=clock.local_date(at), officers=here.team[:persons], campaigns=campaigns)
    return record_removal(outing=outing, done=done, by=here.officer, at=at)


# -- 霞浦 ------------------------------------------------------------------------------------------------------------
def _xiapu(here: Bureau) -> None:
    """Online, at the school gates at the start of term, then outdoors; a campaign holds all of it together."""
    with clock.set_to(TERM - timedelta(days=10)):
        campaign = _campaign(here, "校外培训广告专项整治", CampaignKind.ADVERT)
        rows = [_institution(here, number) for number in range(BOARDS)]
    _online(here, rows[0], campaign)
    _gates(here, campaign)
    _boards(here, rows, campaign)
    with clock.set_to(TERM + timedelta(days=30)):
        flag_adverts(
            institution=rows[0], reason="公众号和户外广告两次违规", until=None, by=here.officer, at=clock.now()
        )


def _campaign(here: Bureau, name: str, kind: CampaignKind) -> Campaign:
    day = clock.local_date(clock.now())
    facts = {"name": name, "kind": kind, "starts_on": day, "ends_on": day + timedelta(days=60), "daily_returns": False}
    at = clock.now()
    row = draft_campaign(jurisdiction=here.place, facts=facts, areas=(), by=here.officer, at=at)
    return start_campaign(campaign=row, by=here.officer, at=at)


def _online(here: Bureau, row: Institution, campaign: Campaign) -> None:
    """The official account of one institution: pasted, screened, deleted, and passed on to the market regulator."""
    at = TERM - timedelta(days=4)
    with clock.set_to(at):
        [post] = report_posts(
            posts=[ACCOUNT], medium=Medium.ACCOUNT, jurisdiction=here.place, division=row.division, institution=row,
            channel=Channel.STAFF, happened_on=clock.local_date(at), by=here.officer, at=at,
        )  # fmt: skip
        _removed(here, [Done(post, AdOutcome.DELETED), Done(post, AdOutcome.TRANSFERRED)], 2, (campaign,))
    later = at + timedelta(days=3)
    with clock.set_to(later):
        part = Part.objects.get(organ=here.market.organ)
        acts = actor_of(here.market, user=here.market.user)
        receive(part=part, by=acts, at=later)
        answer(part=part, result="已责令删除并依法查处。", by=acts, at=later)


def _gates(here: Bureau, campaign: Campaign) -> None:
    """Leaflets at the gates on the first days of term: handed in by the grid worker, confiscated, destroyed."""
    for number, (sheets, more) in enumerate(LEAFLETS):
        with clock.set_to(TERM + timedelta(days=number)):
            leaflet = AdvertFacts(
                medium=Medium.LEAFLET, unit=AdUnit.SHEET, quantity=sheets, at_least=more, nearness=Nearness.GATE,
                claims=(Claim.EFFECT,),
            )  # fmt: skip
            sheet = _seen(here, leaflet, WORDS[number], sign=f"演示小学门口{number + 1}")
            stand = AdvertFacts(medium=Medium.OTHER, unit=AdUnit.PLACE, nearness=Nearness.GATE)
            asked = _seen(here, stand, "", sign=f"演示小学门口摊位{number + 1}")
            done = [Done(asked, AdOutcome.DISSUADED), Done(sheet, AdOutcome.CONFISCATED)]
            _removed(here, [*done, Done(sheet, AdOutcome.DESTROYED)], PERSONS[number], (campaign,))


def _boards(here: Bureau, rows: list[Institution], campaign: Campaign) -> None:
    """Boards of 18 institutions, taken down on three mornings by education, market regulators and city management."""
    for turn in range(3):
        with clock.set_to(TERM + timedelta(days=10 + 5 * turn)):
            chosen = list(enumerate(rows))[turn::3]
            seen = [
                _seen(
                    here, AdvertFacts(medium=Medium.OUTDOOR, unit=AdUnit.BOARD, quantity=1 + n % 2), WORDS[n % 4], row
                )
                for n, row in chosen
            ]
            _removed(here, [Done(one, AdOutcome.DISMANTLED) for one in seen], PERSONS[3 + turn], (campaign,))


# -- 连江, 集美 ------------------------------------------------------------------------------------------------------
def _lianjiang(here: Bureau) -> None:
    """48 faces of outdoor advertisements of six licensed institutions."""
    with clock.set_to(TERM + timedelta(days=6)):
        facts = AdvertFacts(medium=Medium.OUTDOOR, unit=AdUnit.FACE, quantity=8)
        seen = [_seen(here, facts, WORDS[n % 4], _institution(here, n)) for n in range(6)]
        _removed(here, [Done(one, AdOutcome.DISMANTLED) for one in seen], 4)


def _jimei(here: Bureau) -> None:
    """42 places of outdoor advertisements, counted in 点题整治; one more outside of it."""
    with clock.set_to(TERM + timedelta(days=3)):
        campaign = _campaign(here, "点题整治", CampaignKind.NAMED)
        facts = AdvertFacts(medium=Medium.OUTDOOR, unit=AdUnit.PLACE, quantity=7)
        seen = [_seen(here, facts, WORDS[n % 4], sign=f"演示辅导班{n + 1}") for n in range(6)]
        _removed(here, [Done(one, AdOutcome.DISMANTLED) for one in seen], 5, (campaign,))
        [other] = [_seen(here, facts, WORDS[0], sign="另一处")]
        _removed(here, [Done(other, AdOutcome.DISMANTLED, 1)], 2)
