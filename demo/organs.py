"""The organs and people of the base demo: three counties, their city and province, departments, a bank."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime

from foundation.accounts.actors import actor_of
from foundation.accounts.enums import Can, OrganKind, Role, TrainingCategory
from foundation.accounts.models import Organ, Post
from foundation.accounts.operations.organs import register_organ
from foundation.accounts.operations.posts import grant_post
from foundation.accounts.operations.users import create_user
from foundation.core.actor import Actor, job
from foundation.core.constraints import insert
from foundation.regions.enums import SchoolStage
from foundation.regions.models import Division, GridArea, Jurisdiction, School

from .invented import person

SINCE = date(2021, 7, 24)
SIMING, JIMEI, SHISHI, XIAMEN, QUANZHOU, FUJIAN = "350203", "350211", "350581", "350200", "350500", "350000"


@dataclass
class Login:
    role: str
    username: str
    password: str


@dataclass
class People:
    """What the base demo has set up so far; ``acts`` finds an actor by login name."""

    loader: Actor
    at: datetime
    dice: random.Random
    logins: list[Login] = field(default_factory=list)
    posts: dict[str, Post] = field(default_factory=dict)

    def acts(self, username: str) -> Actor:
        post = self.posts[username]
        return actor_of(post, user=post.user)


def loader() -> Actor:
    """The job that sets the demo up, with the rights of the first administrators."""
    everywhere = frozenset(Jurisdiction.objects.values_list("pk", flat=True))
    return job("演示数据载入", Can.MANAGE_ACCOUNTS, Can.GRANT_POSTS, Can.MANAGE_AREAS, scope=everywhere)


def set_up(people: People) -> None:
    """Register organs and give each role its person."""
    bureau = {code: add_bureau(people, code) for code in (FUJIAN, XIAMEN, QUANZHOU, SIMING, JIMEI, SHISHI)}
    town = Division.objects.filter(parent__code=SIMING, level="town").order_by("code").first()
    community = town.children.order_by("code").first()
    street = _organ(people, SIMING, OrganKind.TOWN, f"{town}办事处", division=town)
    culture = _organ(people, SIMING, OrganKind.CULTURE, "思明区文化和旅游局")
    market = _organ(people, SIMING, OrganKind.MARKET, "思明区市场监督管理局")
    finance = _organ(people, XIAMEN, OrganKind.FINANCE_BUREAU, "国家金融监督管理总局厦门监管局(演示)")
    bank = _organ(people, XIAMEN, OrganKind.BANK, "鹭岛演示银行厦门分行")
    discipline = _organ(people, XIAMEN, OrganKind.DISCIPLINE, "厦门市督查室(演示)")
    school_organ = _organ(people, SIMING, OrganKind.SCHOOL, "思明区演示实验小学")
    grid = _grid(community)
    school = _school(town)
    add_person(people, "fujian.fenxi", Role.PROVINCE_ANALYST, bureau[FUJIAN])
    add_person(people, "xiamen.guanli", Role.CITY_MANAGER, bureau[XIAMEN])
    add_person(people, "siming.jingban", Role.COUNTY_OFFICER, bureau[SIMING], certificate_no="闽演示A001")
    add_person(people, "siming.zhifa", Role.COUNTY_OFFICER, bureau[SIMING], certificate_no="闽演示A002")
    add_person(people, "siming.shenhe", Role.COUNTY_LEADER, bureau[SIMING])
    add_person(people, "siming.fazhi", Role.LEGAL_REVIEWER, bureau[SIMING])
    add_person(people, "jimei.jingban", Role.COUNTY_OFFICER, bureau[JIMEI], certificate_no="闽演示J001")
    add_person(people, "jimei.shenhe", Role.COUNTY_LEADER, bureau[JIMEI])
    add_person(people, "shishi.jingban", Role.COUNTY_OFFICER, bureau[SHISHI], certificate_no="闽演示S001")
    add_person(people, "shishi.shenhe", Role.COUNTY_LEADER, bureau[SHISHI])
    add_person(people, "siming.jiedao", Role.TOWN_STAFF, street)
    add_person(people, "siming.wenlv", Role.DEPARTMENT_OFFICER, culture, categories=[TrainingCategory.ARTS])
    add_person(people, "siming.shijian", Role.DEPARTMENT_OFFICER, market, certificate_no="闽演示B001")
    add_person(people, "xiamen.jinrong", Role.FINANCE_REGULATOR, finance)
    add_person(people, "xiamen.yinhang", Role.BANK_CLERK, bank)
    add_person(people, "xiamen.jiandu", Role.SUPERVISOR, bureau[XIAMEN])
    add_person(people, "siming.wangge", Role.GRID_WORKER, street, grid=grid)
    add_person(people, "siming.pianqu", Role.AREA_HEAD, bureau[SIMING])
    add_person(people, "siming.xuexiao", Role.SCHOOL_SPECIALIST, school_organ, school=school)
    add_person(people, "xiamen.jijian", Role.DISCIPLINE_INSPECTOR, discipline)
    add_person(people, "xiamen.xitong", Role.SYSTEM_ADMIN, bureau[XIAMEN])
    add_person(people, "xiamen.anquan", Role.SECURITY_ADMIN, bureau[XIAMEN])
    add_person(people, "xiamen.shenji", Role.AUDIT_ADMIN, bureau[XIAMEN])


def add_bureau(people: People, code: str) -> Organ:
    """The education bureau of a place."""
    place = Jurisdiction.objects.get(code=code)
    name = "福建省教育厅" if code == FUJIAN else f"{place.name}教育局"
    word = {"350000": "闽教监", "350200": "厦教监", "350203": "厦思教监"}.get(code, f"{place.name[:1]}教监")
    phone = f"0592-0000{code[-3:]}"
    return _organ(
        people, code, OrganKind.EDUCATION, name, document_word=word, report_phone=phone,
        report_mailbox=f"jubao{code}@example.cn",
    )  # fmt: skip


def _organ(people: People, code: str, kind: OrganKind, name: str, **given) -> Organ:
    place = Jurisdiction.objects.get(code=code)
    return register_organ(jurisdiction=place, kind=kind, name=name, by=people.loader, at=people.at, **given)


def _grid(community: Division) -> GridArea:
    place = Jurisdiction.objects.get(code=SIMING)
    return insert(GridArea(jurisdiction=place, division=community, name="第一网格", cycle_days=7))


def _school(town: Division) -> School:
    place = Jurisdiction.objects.get(code=SIMING)
    return insert(School(jurisdiction=place, division=town, name="思明区演示实验小学", stage=SchoolStage.PRIMARY))


def add_person(people: People, username: str, role: Role, organ: Organ, **given) -> None:
    """A person in one post, with a login that the demo shows."""
    issued = create_user(
        organ=organ, username=username, name=person(people.dice), is_demo=True, by=people.loader, at=people.at
    )
    post = grant_post(
        user=issued.user, organ=organ, role=role, valid_from=SINCE, by=people.loader, at=people.at, **given
    )
    people.posts[username] = Post.objects.select_related("organ", "user", "grid", "school").get(pk=post.pk)
    people.logins.append(Login(f"{role.label}（{organ.name}）", username, issued.password))
