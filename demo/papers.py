"""One document of each kind that 思明 issues from a record: records, a letter, a month, papers to sign."""

from __future__ import annotations

from datetime import datetime, timedelta

from clues.operations.grid_records import issue_grid_record
from enforcement.models import Order, Recheck
from enforcement.operations.followup import issue_recheck_record
from foundation.core import clock
from foundation.core.actor import ANONYMOUS
from foundation.documents import local_words
from foundation.documents.enums import DocumentKind
from foundation.documents.operations.wordings import propose_wording
from foundation.documents.wording import in_use
from foundation.documents.wording.institutions import COMMITMENTS
from foundation.documents.wording.parents import ADVICE
from foundation.regions.enums import SchoolStage
from foundation.regions.operations.schools import register_school
from inspections.enums import DrawState
from inspections.models import Draw
from inspections.operations.draw_papers import issue_results
from inspections.operations.records import issue_site_record
from inspections.records import TOLD, situation_of
from institutions.models import Institution
from institutions.operations.papers import (
    RefundTalk,
    issue_commitment,
    record_refund_talk,
)
from listings.enums import ListKind, NoticeContent
from listings.models import Edition
from listings.operations.editions import make_edition
from listings.operations.public_notices import issue_public_notice
from listings.tasks import EDITOR
from publicity import letters
from publicity.enums import Season
from publicity.operations.letters import LetterWords, count_letters, issue_letter, issue_notice
from publicity.operations.receipts import confirm_reading, hand_out, publish_letter
from reports import operations as figures
from reports.running import count_report

from .organs import People

BY = "siming.jingban"
SCHOOLS = ("思明演示小学", "鹭江演示小学", "湖滨演示中学")


def load(people: People, rows: list[Institution], now: datetime) -> None:
    """All of yesterday morning, in the names of their bureaus."""
    at = now - timedelta(days=1)
    with clock.set_to(at):
        _of_visits(people, at)
        _of_institutions(people, rows, at)
        _reports(people, at)
        _letter(people, at)
        _put_up(people, at)
        _own_words(people, at)


def _of_visits(people: People, at: datetime) -> None:
    by = people.acts(BY)
    visit = Order.objects.order_by("pk")[0].visit
    statement = "现场负责人表示立即清理通道，三日内整改完毕。"
    situation = situation_of(visit)
    issue_site_record(visit=visit, told=TOLD, situation=situation, statement=statement, by=by, at=at)
    issue_recheck_record(recheck=Recheck.objects.order_by("pk")[0], by=by, at=at)
    draw = Draw.objects.get(jurisdiction__code="350203", state=DrawState.PUBLISHED)
    objection = "对公示内容有异议的，可在公示期内向本机关书面提出。"
    issue_results(draw=draw, objection=objection, contact="思明区教育局执法股 0592-0000203", by=by, at=at)


def _of_institutions(people: People, rows: list[Institution], at: datetime) -> None:
    by, day = people.acts(BY), clock.local_date(at)
    issue_commitment(institution=rows[2], year=day.year, items=COMMITMENTS, by=by, at=at)
    talk = RefundTalk(
        held_on=day,
        place="思明区教育局信访接待室",
        coordinator="经办人(演示)",
        course="少儿美术(秋季)",
        paid_fen=360_000,
        claimed_fen=240_000,
        agreed_fen=225_000,
        pay_by=day + timedelta(days=7),
        parents_words="孩子转学，未上课时要求退费。",
        institutions_words="同意按未消课时退费，扣除已领教材费150元。",
    )
    record_refund_talk(institution=rows[5], talk=talk, by=by, at=at)


def _reports(people: People, at: datetime) -> None:
    by, leader = people.acts(BY), people.acts("siming.shenhe")
    day = clock.local_date(at)
    grid = people.posts["siming.wangge"].grid
    issue_grid_record(grid=grid, period_from=day - timedelta(days=90), period_to=day, by=by, at=at)
    last = day.replace(day=1) - timedelta(days=1)
    title = f"{last.year}年{last.month}月校外培训治理工作月报(演示)"
    report = figures.prepare_report(title=title, period_from=last.replace(day=1), period_to=last, by=by, at=at)
    count_report(report)
    report = figures.approve_report(report=report, seen=1, by=leader, at=at)
    figures.issue_report(report=report, by=by, at=at)
    quarter = {"period_from": day - timedelta(days=90), "period_to": day}
    count_report(figures.prepare_report(title="近三个月工作统计表(演示)", **quarter, by=by, at=at))
    figures.set_plan(day=3, keeper=people.posts[BY], by=leader, at=at)


def _letter(people: People, at: datetime) -> None:
    by = people.acts(BY)
    place, grid = people.posts[BY].organ.jurisdiction, people.posts["siming.wangge"].grid
    schools = [
        register_school(
            jurisdiction=place, division=grid.division, area=None, name=name, stage=SchoolStage.PRIMARY, by=by, at=at
        )
        for name in SCHOOLS
    ]
    words = LetterWords(
        season=Season.WINTER,
        title=letters.title_of(Season.WINTER, clock.local_date(at)),
        opening=letters.OPENINGS[Season.WINTER],
        advice=ADVICE,
        app=letters.APP,
        closing=letters.CLOSING,
        scope="全区小学、初中学生家长",
        copies="约12000份",
    )
    teacher = people.acts("siming.xuexiao")
    own = people.posts["siming.xuexiao"].school
    letter = issue_letter(words=words, schools=[*schools, own], by=by, at=at)
    counts = {schools[0].pk: (820, 806), schools[1].pk: (640, 611)}
    count_letters(letter=letter, counts=counts, by=by, at=at)
    leader = people.acts("siming.shenhe")
    publish_letter(letter=letter, by=leader, at=at)
    line = letter.schools.get(school=own)
    hand_out(line=line, copies=460, by=teacher, at=at)
    for _ in range(3):
        confirm_reading(line=line, by=ANONYMOUS, at=at)
    title, season, body = letters.NOTICE_TEMPLATES["winter"]
    facts = {"title": title, "season": season, "body": "\n".join(body), "scope": "全区各培训机构和学生家长"}
    publish_letter(letter=issue_notice(schools=schools, by=by, at=at, **facts), by=leader, at=at)


def _put_up(people: People, at: datetime) -> None:
    """The newest edition of the white list, as 思明 hangs it up."""
    make_edition(kind=ListKind.WHITE, by=EDITOR, at=at)
    edition = Edition.objects.filter(kind=ListKind.WHITE).latest("no")
    words = {"objection": "对公示内容有异议的，可以自公示之日起向本机关书面提出。", "contact": "基教科 0592-0000203"}
    issue_public_notice(edition=edition, content=NoticeContent.ALL, **words, by=people.acts(BY), at=at)


def _own_words(people: People, at: datetime) -> None:
    """A proposal that waits for the legal reviewer."""
    kind = DocumentKind.ON_SPOT
    text = local_words.standard_text(in_use(kind)).replace("具体要求如下", "并于改正后当场核对")
    basis = "思明区教育局行政检查文书格式(演示)"
    propose_wording(kind=kind, text=text, basis=basis, effective_on=clock.local_date(at), by=people.acts(BY), at=at)
