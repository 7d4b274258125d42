"""集美's four gates: rules and commitments, 697 sets of materials in two reviews, accounts by lesson, self-checks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from declarations.enums import InquiryKind
from declarations.models import Inquiry
from declarations.operations.declarations import Told, take_in_declaration
from declarations.operations.inquiries import ask_institution, open_inquiry
from declarations.operations.rule_sets import lay_down_rules
from declarations.queries import items_of
from foundation.core import clock
from foundation.documents.wording.institutions import COMMITMENTS
from funds.enums import BankStatus, Flag, SupervisionMode
from funds.operations.accounts import open_account, set_mode
from funds.operations.banks import add_bank, set_bank_status
from funds.operations.flags import set_flags
from inspections.models import ChecklistVersion
from institutions.models import Institution
from materials.enums import Verdict
from materials.models import MaterialSet, Reviewer
from materials.operations.reviews import approve_set, give_opinion, send_for_review
from materials.operations.team import name_reviewer

from . import invented
from .case_diary import Story, instant
from .case_sheets import bring_in
from .declared import BANS, NORMS
from .jimei_case import Case

RULES = "集美区学科类校外培训机构规范办学管理制度(演示)"
SETS, HOMES, AT_ONCE = 697, 100, 175
HEAD = (
    "机构名称",
    "统一社会信用代码",
    "材料名称",
    "版次",
    "科目",
    "学段",
    "编写方式",
    "编者或出版社",
    "内审人",
    "内审日期",
    "内审结论",
)
LESSONS = ("语文", "数学", "英语", "科学阅读")
TITLES = ("基础教程", "进阶练习", "课堂讲义", "专项训练", "假期读本", "作品赏析", "测评手册")
TEAM = (
    ("林评审", "集美区教师进修学校", "语文、编程"),
    ("陈评审", "集美区演示实验小学", "数学、机器人"),
    ("黄评审", "集美区演示少年宫", "音乐、舞蹈"),
    ("许评审", "集美区演示中学", "美术、书法"),
    ("蔡评审", "集美区演示体校", "篮球、武术"),
)
#: When the batches come in.
BATCHES = ((2022, 9, 5), (2022, 11, 14), (2023, 3, 6), (2023, 5, 15))
SUPERVISED, ASKED = 36, 40


def stories(case: Case) -> Iterator[Story]:
    yield _rules(case)
    yield _accounts(case)
    yield _self_check(case)
    for turn in range(len(BATCHES)):
        yield _materials(case, turn)


# -- 规矩关 ------------------------------------------------------------------------------------------------------------
def _rules(case: Case) -> Story:
    """五规范三不准 laid down; a commitment of each year from the first institutions, two of them late."""
    here, by = case.here, case.here.acts("jingban")
    yield instant(2022, 3, 28, 9)
    laid = {"norms": NORMS, "bans": BANS, "effective_on": clock.today(), "by": by, "at": clock.now()}
    rule_set = lay_down_rules(jurisdiction=here.place, title=RULES, **laid)
    words = [[f"{number:02}", text] for number, text in enumerate(COMMITMENTS, start=1)]
    for year in (2022, 2023):
        yield instant(year, 4, 6, 9)
        inquiry = _asked(case, InquiryKind.COMMITMENT, f"{year}年规范办学承诺书", date(year, 4, 28), words, rule_set)
        yield instant(year, 4, 20, 15)
        for one in inquiry.declarations.order_by("pk"):
            told = Told(given_by="负责人", signed_on=clock.today())
            take_in_declaration(declaration=one, told=told, by=by, at=clock.now())


def _asked(case: Case, kind: str, title: str, due: date, items: list, rule_set=None, version=None) -> Inquiry:
    here, at = case.here, clock.now()
    facts = {"kind": kind, "title": title, "year": at.year, "due_on": due, "items": items}
    given = {"by": here.acts("jingban"), "at": at}
    inquiry = open_inquiry(jurisdiction=here.place, rule_set=rule_set, version=version, **facts, **given)
    for row in case.rows[:ASKED]:
        ask_institution(inquiry=inquiry, institution=row, **given)
    return inquiry


# -- 材料关 ------------------------------------------------------------------------------------------------------------
def _materials(case: Case, turn: int) -> Story:
    """A quarter of the sets: imported with the institution's own review, read by two of the team, decided."""
    here, officer, leader = case.here, case.here.acts("jingban"), case.here.acts("shenhe")
    yield instant(*BATCHES[turn], 9)
    if turn == 0:
        for name, workplace, subjects in TEAM:
            term = {"since": clock.today(), "until": date(2026, 8, 31), "by": officer, "at": clock.now()}
            name_reviewer(jurisdiction=here.place, name=name, workplace=workplace, subjects=subjects, **term)
    yield instant(*BATCHES[turn], 9, 30)
    numbers = range(turn * AT_ONCE, min(SETS, (turn + 1) * AT_ONCE))
    rows = [_line(case.rows[number % HOMES], number) for number in numbers]
    batch = bring_in(here, "materials", f"集美区培训材料备案第{turn + 1}批(演示)", HEAD, rows)
    sets = list(MaterialSet.objects.filter(pk__in=batch.rows.values("subject_id")).order_by("pk"))
    team = list(Reviewer.objects.filter(jurisdiction=here.place).order_by("pk"))
    yield clock.now() + case.days(2)
    for row in sets:
        first, second = team[row.pk % len(team)], team[(row.pk + 1) % len(team)]
        send_for_review(material=row, first=first, second=second, by=officer, at=clock.now())
    yield clock.now() + case.days(9)
    for row in sets:
        for each in (0, 1):
            said = {"verdict": Verdict.APPROVE, "points": "", "given_on": clock.today()}
            reviewer = team[(row.pk + each) % len(team)]
            give_opinion(material=row, reviewer=reviewer, by=officer, at=clock.now(), **said)
    yield clock.now() + case.days(3)
    for row in sets:
        approve_set(material=row, valid_to=date(2027, 8, 31), by=leader, at=clock.now())


def _line(home: Institution, number: int) -> tuple[str, ...]:
    """One set of the workbook."""
    subject = home.get_subcategory_display() if home.subcategory else LESSONS[number % HOMES % len(LESSONS)]
    how = ("自编", "本机构教研组")
    day = clock.today()
    edition = f"{day.year}年{'秋' if day.month > 7 else '春'}季版"
    inside = ("教研主任", (day - timedelta(days=6)).isoformat(), "同意使用")
    title = f"{subject}{TITLES[(number // HOMES + number) % len(TITLES)]}"
    return (home.name, home.credit_code, title, edition, subject, "小学", *how, *inside)


# -- 资金关 ------------------------------------------------------------------------------------------------------------
def _accounts(case: Case) -> Story:
    """银行托管、一课一消: banks chosen, an account each, the mode, the three flags."""
    here, by, leader = case.here, case.here.acts("jingban"), case.here.acts("shenhe")
    yield instant(2022, 5, 16, 9)
    banks = []
    for name in invented.BANKS[:3]:
        contact = {"city": "厦门市", "contact": "客户经理(演示)", "phone": "12300000000"}
        bank = add_bank(name=f"{name}集美支行(演示)", by=leader, at=clock.now(), **contact)
        words = {"reason": "公开遴选，综合评分入围", "basis": "集美区资金监管银行遴选结果通知(演示)"}
        given = {"effective_on": clock.today(), "by": leader, "at": clock.now()}
        banks.append(set_bank_status(bank=bank, status=BankStatus.SELECTED, **words, **given))
    for number, row in enumerate(case.rows[:SUPERVISED]):
        yield instant(2022, 5, 23 + number // 12, 9, 20 * (number % 12))
        day, at = clock.today(), clock.now()
        facts = {"bank": banks[number % 3], "number": f"6200{here.code}{number:09d}", "holder": row.name}
        open_account(institution=row, opened_on=day, by=by, at=at, **facts)
        mode = {"mode": SupervisionMode.BY_LESSON, "deposit_fen": 0, "reason": "全面实施一课一消"}
        set_mode(institution=row, effective_on=day, by=by, at=at, **mode)
        set_flags(
            institution=row, flags=list(Flag), effective_on=day, evidence="开户回执及平台截图(演示)", by=by, at=at
        )


# -- 安全关 ------------------------------------------------------------------------------------------------------------
def _self_check(case: Case) -> Story:
    """自查自纠 of fire safety: most find nothing, two say what they put right."""
    by = case.here.acts("jingban")
    yield instant(2022, 11, 1, 9)
    version = ChecklistVersion.objects.filter(state="in_use").order_by("pk").first()
    items = items_of(version, ["B"])
    inquiry = _asked(case, InquiryKind.SELF_CHECK, "冬季消防安全自查自纠", date(2022, 11, 18), items, version=version)
    for number, one in enumerate(inquiry.declarations.order_by("pk")):
        if number % 10 == 0:
            yield instant(2022, 11, 8 + number // 10, 10)
        replies = [("yes", "")] * len(items)
        if number in (7, 23):
            replies[0] = ("no", "楼道临时堆放桌椅，当天已清走")
        told = Told(given_by="安全员", replies=replies)
        take_in_declaration(declaration=one, told=told, by=by, at=clock.now())
