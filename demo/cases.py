"""思明's cases: four from the tip to the archive and the public page, one in hand, one that waits to be filed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from cases import papers, published
from cases.enums import Disposal, EvidenceKind, Outcome, PenaltyKind, Source
from cases.models import Case, CasePaper
from cases.operations import decision, evidence, execution, filing, publication, review, say
from cases.operations.decision import Opinion
from cases.operations.evidence import EvidenceFacts
from cases.operations.filing import Proposal
from cases.papers import Talk
from cases.queries import decided, public_until, violations_on
from cases.sanctions import Sanction
from enforcement.enums import OrderKind, Service
from enforcement.models import Order
from foundation.accounts.models import Organ, Post
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from inspections.models import Visit
from institutions.enums import Status
from institutions.models import Institution

from .organs import People

FINE, GAINS = 10_000_00, 12_000_00


@dataclass(frozen=True)
class Desk:
    """Who handles a county's cases: two officers of its bureau, its lawyer, its leader; logins begin with ``word``."""

    people: People
    word: str

    @property
    def posts(self) -> list[Post]:
        return [self.people.posts[f"{self.word}.{name}"] for name in ("jingban", "zhifa")]

    @property
    def officer(self) -> Actor:
        return self.people.acts(f"{self.word}.jingban")

    @property
    def lawyer(self) -> Actor:
        return self.people.acts(f"{self.word}.fazhi")

    @property
    def leader(self) -> Actor:
        return self.people.acts(f"{self.word}.shenhe")

    @property
    def bureau(self) -> Organ:
        return self.posts[0].organ

    @property
    def contact(self) -> str:
        return f"{self.bureau.name}执法股 {self.bureau.report_phone}"

    @property
    def payment(self) -> str:
        place = self.bureau.jurisdiction.name
        return f"鹭岛演示银行{place}支行，户名：{place}财政局，账号：演示0592"


@dataclass(frozen=True, kw_only=True)
class Story:
    """What a whole case found and imposed; ``public``: the facts as published, ``taken_back``: why it was withdrawn."""

    report: str
    public: str
    sanctions: tuple[Sanction, ...]
    gains: int | None = None
    kept: bool = False
    taken_back: str = ""
    shows: str = "现场有学生十二名，正在讲授数学习题，墙面张贴课程表和收费标准"
    talk: tuple[tuple[str, str], ...] = (
        ("什么时候开始招收学生？", "今年九月开学以后。"),
        ("开设哪些课程，收费多少？", "数学和英语，每人每期一千元，共收十二人。"),
        ("是否取得办学许可？", "没有。"),
    )
    admits: str = "未经审批开展学科类培训，收取费用一万二千元"


CRITICISM = Sanction(kind=PenaltyKind.CRITICISM, detail="在全区校外培训治理工作群通报")
UNLICENSED = Story(
    report="当事人未经审批，自今年九月起在文屏路21号三楼招收学生十二名，开展数学、英语学科类培训，收费一万二千元。\n"
    "当事人在案发后主动退还全部费用，配合调查。",
    public="未经审批开展学科类培训，招收学生十二名，收费一万二千元。",
    sanctions=(CRITICISM, Sanction(kind=PenaltyKind.FINE, amount=FINE)),
    gains=GAINS,
    kept=True,
)
ALONE = Story(
    report="当事人在本人家中招收学生四名，每周末讲授英语，收费四千元，已全部退还。",
    public="擅自在家中开展学科类培训，招收学生四名，收费四千元。",
    sanctions=(Sanction(kind=PenaltyKind.FINE, amount=2_000_00),),
    gains=4_000_00,
)
OVERCHARGED = Story(
    report="当事人一次性收取超过三个月的培训费用，涉及学员五名，已全部退还。",
    public="一次性收取超过三个月的培训费用。",
    sanctions=(Sanction(kind=PenaltyKind.WARNING), Sanction(kind=PenaltyKind.FINE, amount=5_000_00)),
)
WRONG = Story(
    report="当事人发布的招生广告含有对培训效果的保证性承诺。",
    public="招生广告含有对培训效果的保证性承诺。",
    sanctions=(Sanction(kind=PenaltyKind.WARNING),),
    taken_back="复议机关认定广告由第三方擅自发布，决定已撤销(演示)",
)


def load(people: People, now: datetime) -> None:
    """Each step on its own day, so that the terms and the trail read as they would in life."""
    desk = Desk(people, "siming")
    stop = Order.objects.filter(kind=OrderKind.STOP).order_by("pk").first()
    visit = Visit.objects.filter(institution__isnull=False, orders__isnull=False).order_by("pk").first()
    long_ago, lately = now - timedelta(days=60), now - timedelta(days=6)
    _at_once(desk, stop.unlicensed, "W18", long_ago, UNLICENSED)
    _published(desk, stop.unlicensed, long_ago)
    _in_hand(desk, against(desk, visit.institution, "W21", lately, visit=visit), lately)
    late = Order.objects.filter(kind=OrderKind.RECTIFY).exclude(visit=visit).order_by("pk").first()
    against(desk, late.institution, "WFI", now - timedelta(days=1), visit=late.visit)


def _published(desk: Desk, site, at: datetime) -> None:
    """A person and two institutions on the public page; one of these is taken back."""
    busy = Order.objects.filter(institution__isnull=False).values("institution")
    rows = Institution.objects.filter(jurisdiction=site.jurisdiction, status=Status.NORMAL).exclude(pk__in=busy)
    first, second = rows.order_by("-pk")[:2]
    by_name = {"person": "林晓梅", "code": "1234", "address": f"{site.division}演示里9号"}
    _at_once(desk, site, "W18", at, ALONE, **by_name)
    _at_once(desk, first, "W22", at, OVERCHARGED)
    _at_once(desk, second, "WAD", at, WRONG)


def _at_once(desk: Desk, subject, law: str, at: datetime, story: Story, **party: str) -> None:
    for _ in whole(desk, against(desk, subject, law, at, **party), at, story):
        continue


def against(desk: Desk, subject, law: str, at: datetime, *, visit: Visit | None = None, **party: str) -> Case:
    with clock.set_to(at):
        proposal = Proposal(
            source=Source.VISIT if visit else Source.OTHER,
            source_note="" if visit else "群众反映，核查属实(演示)",
            visit=visit,
            violation=violations_on(local_date(at)).get(code=law),
            summary=f"经现场检查，{subject.name}涉嫌违反校外培训管理规定，需要立案查明。",
            subject=subject,
            **party,
        )
        return filing.propose_case(proposal=proposal, officers=desk.posts, by=desk.officer, at=at)


def _filed(desk: Desk, case: Case, at: datetime) -> None:
    with clock.set_to(at):
        filing.approve_filing(case=case, opinion="同意立案。", by=desk.leader, at=at)
        execution.print_sheet(case=case, by=desk.officer, at=at)


def _shown(desk: Desk, case: Case, at: datetime, story: Story) -> None:
    with clock.set_to(at):
        facts = EvidenceFacts(
            kind=EvidenceKind.RECORD,
            title="现场检查笔录",
            shows=story.shows,
            taken_from="现场检查",
            taken_on=local_date(at),
            taken_by="县级经办人两名(演示)",
        )
        evidence.add_evidence(case=case, facts=facts, by=desk.officer, at=at)
        talk = Talk(
            asked="王某(演示)",
            relation="场所经营者",
            is_party=True,
            time=f"{local_date(at):%Y年%m月%d日} 15:00至15:40",
            place=f"{desk.bureau.name}询问室",
            recorder="县级经办人(演示)",
            talk=[list(line) for line in story.talk],
            shows=story.admits,
        )
        evidence.question(case=case, talk=talk, by=desk.officer, at=at)


def _kept(desk: Desk, case: Case, at: datetime, until: datetime | None) -> None:
    with clock.set_to(at):
        kept = evidence.preserve(
            case=case,
            items=["报名登记表1册", "收款二维码牌1块"],
            place="培训场所前台柜内，加贴封条",
            keeper="王某(演示)",
            approved_by="局长(演示)",
            contact=desk.contact,
            by=desk.officer,
            at=at,
        )
        _served(desk, kept.paper, at)
    if until:
        with clock.set_to(until):
            note = "登记表作为证据留存，二维码牌退还"
            evidence.dispose(preservation=kept, disposal=Disposal.KEPT, note=note, by=desk.officer, at=until)


def _served(desk: Desk, paper: CasePaper, at: datetime) -> None:
    given = {"service": Service.DIRECT, "served_on": local_date(at), "recipient": "王某(演示)"}
    review.serve_paper(paper=paper, by=desk.officer, at=at, **given)


def _in_hand(desk: Desk, case: Case, at: datetime) -> None:
    _filed(desk, case, at + timedelta(days=1))
    _shown(desk, case, at + timedelta(days=2), UNLICENSED)
    _kept(desk, case, at + timedelta(days=2), None)


def whole(desk: Desk, case: Case, at: datetime, story: Story) -> Iterator[datetime]:
    """Six weeks from the proposal to the archive: decided, carried out, published; yields each of its instants."""

    def on(days: int) -> datetime:
        return at + timedelta(days=days)

    yield on(2)
    _filed(desk, case, on(2))
    yield on(4)
    _shown(desk, case, on(4), story)
    if story.kept:
        _kept(desk, case, on(4), on(8))
    by = desk.officer
    yield on(15)
    with clock.set_to(on(15)):
        facts = {"report": story.report, "sanctions": story.sanctions, "illegal_gains": story.gains}
        review.conclude(case=case, by=by, at=on(15), **facts)
    yield on(17)
    with clock.set_to(on(17)):
        opinion = "事实清楚，证据充分，适用法律正确，程序合法。"
        review.pass_review(case=case, opinion=opinion, by=desk.lawyer, at=on(17))
    yield on(18)
    with clock.set_to(on(18)):
        _served(desk, review.notify(case=case, contact=desk.contact, by=by, at=on(18)), on(18))
    yield on(30)
    with clock.set_to(on(30)):
        say.end_say(case=case, by=by, at=on(30))
        meant = Opinion(outcome=Outcome.PUNISH, grounds="主动退费、配合调查，依法从轻处罚。", sanctions=story.sanctions)
        decision.propose_decision(case=case, opinion=meant, by=by, at=on(30))
    yield on(32)
    with clock.set_to(on(32)):
        decision.approve_decision(case=case, opinion="同意。", by=desk.leader, at=on(32))
    yield on(33)
    with clock.set_to(on(33)):
        paper = decision.make_decision(case=case, contact=desk.contact, payment=desk.payment, by=by, at=on(33))
        _served(desk, paper, on(33))
    yield on(40)
    _carried_out(desk, Case.objects.get(pk=case.pk), story, on)


def _carried_out(desk: Desk, row: Case, story: Story, on) -> None:
    by, day = desk.officer, local_date(on(40))
    with clock.set_to(on(40)):
        for penalty in decided(row):
            note = "已缴至财政专户" if penalty.amount else "已执行"
            execution.record_fulfilment(
                case=row, penalty=penalty, done_on=day, amount=penalty.amount, note=note, by=by, at=on(40)
            )
        words = publication.PublicWords(
            party=published.masked(row.party_name, row),
            facts=story.public,
            penalty="；".join(papers.told(penalty) for penalty in decided(row)),
            basis=row.violation.punished_by,
            until=public_until(row, since=day),
        )
        shown = publication.publish_decision(case=row, words=words, by=by, at=on(40))
        note = "罚款已缴，违法行为已改正，费用已全部退还。"
        execution.ask_close(case=row, note=note, by=by, at=on(40))
    with clock.set_to(on(42)):
        execution.approve_close(case=row, opinion="同意结案。", by=desk.leader, at=on(42))
        execution.print_sheet(case=row, by=by, at=on(42))
        number = f"{desk.bureau.document_word}案卷{on(42):%Y}-{row.pk:03d}"
        execution.archive(case=row, archive_no=number, by=by, at=on(42))
    if story.taken_back:
        with clock.set_to(on(50)):
            authority = "思明区人民政府 思政复〔2026〕9号(演示)"
            publication.overturn(case=row, on=local_date(on(50)), authority=authority, by=by, at=on(50))
            publication.withdraw_publication(publication=shown, reason=story.taken_back, by=by, at=on(50))
