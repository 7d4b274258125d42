"""思明's cases: one from the tip to the archive, one in hand, one that waits to be filed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from cases.enums import Disposal, EvidenceKind, Outcome, PenaltyKind, Source
from cases.models import Case, CasePaper, Violation
from cases.operations import decision, evidence, execution, filing, publication, review, say
from cases.operations.decision import Opinion
from cases.operations.evidence import EvidenceFacts
from cases.operations.filing import Proposal
from cases.papers import Talk
from cases.queries import decided, public_until
from cases.sanctions import Sanction
from enforcement.enums import OrderKind, Service
from enforcement.models import Order
from foundation.core import clock
from foundation.core.clock import local_date
from inspections.models import Visit

from .orders import BY, CONTACT
from .organs import People

SECOND, HEAD, LAWYER = "siming.zhifa", "siming.shenhe", "siming.fazhi"
BANK = "鹭岛演示银行思明支行，户名：思明区财政局，账号：演示0592"
FINE, GAINS = 10_000_00, 12_000_00


def load(people: People, now: datetime) -> None:
    """Each step on its own day, so that the terms and the trail read as they would in life."""
    stop = Order.objects.filter(kind=OrderKind.STOP).order_by("pk").first()
    visit = Visit.objects.filter(institution__isnull=False, orders__isnull=False).order_by("pk").first()
    long_ago, lately = now - timedelta(days=60), now - timedelta(days=6)
    _whole(people, _against(people, stop.unlicensed, "W18", long_ago), long_ago)
    _in_hand(people, _against(people, visit.institution, "W21", lately, visit=visit), lately)
    late = Order.objects.filter(kind=OrderKind.RECTIFY).exclude(visit=visit).order_by("pk").first()
    _against(people, late.institution, "WFI", now - timedelta(days=1), visit=late.visit)


def _against(people: People, subject, code: str, at: datetime, *, visit: Visit | None = None) -> Case:
    with clock.set_to(at):
        posts = [people.posts[BY], people.posts[SECOND]]
        proposal = Proposal(
            source=Source.VISIT if visit else Source.OTHER,
            source_note="" if visit else "群众反映，核查属实(演示)",
            visit=visit,
            violation=Violation.objects.get(code=code, effective_to=None),
            summary=f"经现场检查，{subject.name}涉嫌违反校外培训管理规定，需要立案查明。",
            subject=subject,
        )
        return filing.propose_case(proposal=proposal, officers=posts, by=people.acts(BY), at=at)


def _filed(people: People, case: Case, at: datetime) -> None:
    with clock.set_to(at):
        filing.approve_filing(case=case, opinion="同意立案。", by=people.acts(HEAD), at=at)
        execution.print_sheet(case=case, by=people.acts(BY), at=at)


def _shown(people: People, case: Case, at: datetime) -> None:
    with clock.set_to(at):
        facts = EvidenceFacts(
            kind=EvidenceKind.RECORD,
            title="现场检查笔录",
            shows="现场有学生十二名，正在讲授数学习题，墙面张贴课程表和收费标准",
            taken_from="现场检查",
            taken_on=local_date(at),
            taken_by="县级经办人两名(演示)",
        )
        evidence.add_evidence(case=case, facts=facts, by=people.acts(BY), at=at)
        talk = Talk(
            asked="王某(演示)",
            relation="场所经营者",
            is_party=True,
            time=f"{local_date(at):%Y年%m月%d日} 15:00至15:40",
            place="思明区教育局询问室",
            recorder="县级经办人(演示)",
            talk=[
                ["什么时候开始招收学生？", "今年九月开学以后。"],
                ["开设哪些课程，收费多少？", "数学和英语，每人每期一千元，共收十二人。"],
                ["是否取得办学许可？", "没有。"],
            ],
            shows="未经审批开展学科类培训，收取费用一万二千元",
        )
        evidence.question(case=case, talk=talk, by=people.acts(BY), at=at)


def _kept(people: People, case: Case, at: datetime, until: datetime | None) -> None:
    with clock.set_to(at):
        kept = evidence.preserve(
            case=case,
            items=["报名登记表1册", "收款二维码牌1块"],
            place="培训场所前台柜内，加贴封条",
            keeper="王某(演示)",
            approved_by="局长(演示)",
            contact=CONTACT,
            by=people.acts(BY),
            at=at,
        )
        _served(people, kept.paper, at)
    if until:
        with clock.set_to(until):
            note = "登记表作为证据留存，二维码牌退还"
            evidence.dispose(preservation=kept, disposal=Disposal.KEPT, note=note, by=people.acts(BY), at=until)


def _served(people: People, paper: CasePaper, at: datetime) -> None:
    given = {"service": Service.DIRECT, "served_on": local_date(at), "recipient": "王某(演示)"}
    review.serve_paper(paper=paper, by=people.acts(BY), at=at, **given)


def _in_hand(people: People, case: Case, at: datetime) -> None:
    _filed(people, case, at + timedelta(days=1))
    _shown(people, case, at + timedelta(days=2))
    _kept(people, case, at + timedelta(days=2), None)


def _whole(people: People, case: Case, at: datetime) -> None:
    """Sixty days from the proposal to the archive: fine and confiscation, paid, published."""

    def on(days: int) -> datetime:
        return at + timedelta(days=days)

    _filed(people, case, on(2))
    _shown(people, case, on(4))
    _kept(people, case, on(4), on(8))
    sanctions = (
        Sanction(kind=PenaltyKind.CRITICISM, detail="在全区校外培训治理工作群通报"),
        Sanction(kind=PenaltyKind.FINE, amount=FINE),
    )
    report = (
        "当事人未经审批，自今年九月起在文屏路21号三楼招收学生十二名，开展数学、英语学科类培训，收费一万二千元。\n"
        "当事人在案发后主动退还全部费用，配合调查。"
    )
    with clock.set_to(on(15)):
        by = people.acts(BY)
        review.conclude(case=case, report=report, sanctions=sanctions, illegal_gains=GAINS, by=by, at=on(15))
    with clock.set_to(on(17)):
        opinion = "事实清楚，证据充分，适用法律正确，程序合法。"
        review.pass_review(case=case, opinion=opinion, by=people.acts(LAWYER), at=on(17))
    with clock.set_to(on(18)):
        _served(people, review.notify(case=case, contact=CONTACT, by=by, at=on(18)), on(18))
    with clock.set_to(on(30)):
        say.end_say(case=case, by=by, at=on(30))
        meant = Opinion(outcome=Outcome.PUNISH, grounds="主动退费、配合调查，依法从轻处罚。", sanctions=sanctions)
        decision.propose_decision(case=case, opinion=meant, by=by, at=on(30))
    _carried_out(people, case, on)


def _carried_out(people: People, case: Case, on) -> None:
    by = people.acts(BY)
    with clock.set_to(on(32)):
        decision.approve_decision(case=case, opinion="同意。", by=people.acts(HEAD), at=on(32))
    with clock.set_to(on(33)):
        paper = decision.make_decision(case=case, contact=CONTACT, payment=BANK, by=by, at=on(33))
        _served(people, paper, on(33))
    row = Case.objects.get(pk=case.pk)
    with clock.set_to(on(40)):
        for penalty in decided(row):
            note = "已缴至财政专户" if penalty.amount else "已通报"
            day = local_date(on(40))
            execution.record_fulfilment(
                case=row, penalty=penalty, done_on=day, amount=penalty.amount, note=note, by=by, at=on(40)
            )
        publication.publish_decision(case=row, words=_words(row, day), by=by, at=on(40))
        note = "罚款已缴，培训已停止，费用已全部退还。"
        execution.ask_close(case=row, note=note, by=by, at=on(40))
    with clock.set_to(on(42)):
        execution.approve_close(case=row, opinion="同意结案。", by=people.acts(HEAD), at=on(42))
        execution.print_sheet(case=row, by=by, at=on(42))
        execution.archive(case=row, archive_no=f"思教案卷{on(42):%Y}-001", by=by, at=on(42))


def _words(case: Case, day: date) -> publication.PublicWords:
    return publication.PublicWords(
        party=case.party_name,
        facts="未经审批开展学科类培训。",
        penalty="通报批评；罚款10000元。",
        basis=case.violation.punished_by,
        until=public_until(case, since=day),
    )
