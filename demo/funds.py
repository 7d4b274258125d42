"""Fund supervision of the base demo: banks chosen, accounts opened, agreements signed, flags set, some missing."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta

from foundation.accounts.enums import OrganKind
from foundation.accounts.models import Organ, User
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.documents.wording.institutions import CLAUSES
from funds.attaching import taking
from funds.enums import BankStatus, ExemptionKind, Flag, ObstacleKind, SupervisionMode, TrainingMode
from funds.models import Bank
from funds.operations.accounts import open_account, set_mode
from funds.operations.agreements import draft_agreement, expire_agreement, issue_agreement_paper, sign_agreement
from funds.operations.banks import add_bank, set_bank_status
from funds.operations.flags import set_flags
from funds.operations.obstacles import close_obstacle, hold_admin_training, open_obstacle
from funds.operations.proposals import approve_proposal, propose_exemption, propose_minimum
from funds.operations.pushes import push_missing
from funds.tasks import KEEPER
from institutions.enums import Status
from institutions.models import Institution
from institutions.operations.register import change_institution

from . import invented
from .organs import JIMEI, SIMING, People

OFFICERS = {SIMING: "siming.jingban", JIMEI: "jimei.jingban"}
MODES = (SupervisionMode.BY_LESSON, SupervisionMode.BY_STAGE, SupervisionMode.LARGE_FLOW)


def load(people: People, registered: dict[str, list[Institution]], now: datetime) -> None:
    """Banks five months ago, accounts after that, and what is left to do today."""
    chosen = _banks(people, now - timedelta(days=150))
    for code, rows in registered.items():
        _accounts(people.acts(OFFICERS[code]), code, rows, chosen, now)
    rows = _open(registered[SIMING])
    _proposals(people, rows, now - timedelta(days=20))
    _agreements(people.acts(OFFICERS[SIMING]), _with_account(rows)[:20], now)
    _problems(people, rows, now)


def _open(rows: list[Institution]) -> list[Institution]:
    current = Institution.objects.filter(pk__in=[row.pk for row in rows], status__in=[Status.NORMAL, Status.SUSPENDED])
    return list(current.order_by("pk"))


def _with_account(rows: list[Institution]) -> list[Institution]:
    return [row for row in rows if row.supervised_accounts.exists()]


def _banks(people: People, at: datetime) -> dict[str, list[Bank]]:
    """Chosen by the city for its counties; one that was looked at only, one that left."""
    desk = Organ.objects.get(name="鹭岛演示银行厦门分行")
    city = people.acts("xiamen.guanli")
    with clock.set_to(at):
        of_city = [_chosen(f"{name}厦门分行", city, at, organ=None) for name in invented.BANKS]
        of_city.append(_chosen(desk.name, city, at, organ=desk))
        add_bank(name="海西演示村镇银行", city="厦门市", by=city, at=at, reason="正在报送遴选材料")
        left = _chosen("南岸演示银行厦门分行", city, at, organ=None)
    later = at + timedelta(days=60)
    words = {"reason": "系统未按期接入全国平台", "basis": "厦教监〔2026〕演示9号"}
    with clock.set_to(later):
        on = clock.local_date(later)
        set_bank_status(bank=left, status=BankStatus.WITHDRAWN, effective_on=on, by=city, at=later, **words)
    return {SIMING: of_city, JIMEI: of_city}


def _chosen(name: str, by: Actor, at: datetime, *, organ: Organ | None) -> Bank:
    row = add_bank(name=name, organ=organ, city="厦门市", contact="客户经理(演示)", phone="12300000000", by=by, at=at)
    words = {"reason": "公开遴选，综合评分入围", "basis": "校外培训机构资金监管银行遴选结果通知(演示)"}
    return set_bank_status(
        bank=row, status=BankStatus.SELECTED, effective_on=clock.local_date(at), by=by, at=at, **words
    )


def _accounts(by: Actor, code: str, rows: list[Institution], chosen: dict[str, list[Bank]], now: datetime) -> None:
    """Everybody in 集美 has all three; in 思明 three have no account, and some wait for a flag."""
    at = now - timedelta(days=120)
    day, street = clock.local_date(at), Organ.objects.get(kind=OrganKind.TOWN, jurisdiction__code=SIMING)
    with clock.set_to(at):
        for number, row in enumerate(_open(rows)):
            if code == SIMING and number % 13 == 11:
                none_yet = {"bank": "", "account_tail": ""}
                change_institution(institution=row, facts=none_yet, reason="核实尚未开户", by=by, at=at)
                continue
            bank = chosen[code][number % len(chosen[code])]
            digits = f"6200{code}{number:05d}{row.account_tail or '0000'}"
            facts = {"bank": bank, "number": digits, "holder": row.name, "opened_on": day}
            open_account(institution=row, by=by, at=at, **facts)
            mode = MODES[number % 3 if code == SIMING else 0]
            deposit = 50_000_00 if number % 5 == 0 else 0
            set_mode(institution=row, mode=mode, deposit_fen=deposit, effective_on=day, reason="首次设定", by=by, at=at)
            pushed = row.division_id == street.division_id and number > 0
            waiting = 0 if code != SIMING else max(pushed, (number % 8 == 5) + (number % 6 == 5))
            done = list(Flag)[: len(Flag) - waiting]
            set_flags(institution=row, flags=done, effective_on=day, evidence="开户回执及平台截图(演示)", by=by, at=at)


def _proposals(people: People, rows: list[Institution], at: datetime) -> None:
    """One minimum balance and one exemption agreed to, one of each waiting."""
    by, leader, day = people.acts("siming.jingban"), people.acts("siming.shenhe"), clock.local_date(at)
    with clock.set_to(at):
        given = {"effective_on": day, "by": by, "at": at}
        minimum = propose_minimum(institution=rows[0], amount_fen=300_000_00, reason="在读学员多，余额大", **given)
        approve_proposal(proposal=minimum, remark="同意", by=leader, at=at)
        propose_minimum(institution=rows[1], amount_fen=100_000_00, reason="新设校区", **given)
        facts = {"from_on": day, "until_on": day + timedelta(days=300), "by": by, "at": at}
        exempt = propose_exemption(
            institution=rows[11], kind=ExemptionKind.PAY_AFTER, reason="按次上课、课后付费，已现场核实", **facts
        )
        approve_proposal(proposal=exempt, remark="同意，期满复核", by=leader, at=at)
        propose_exemption(institution=rows[24], kind=ExemptionKind.NO_FEES, reason="公益培训，不收费", **facts)


def _agreements(by: Actor, rows: list[Institution], now: datetime) -> None:
    """Signed at the opening; one ends in three weeks, one ran out ten days ago, one is drafted and printed."""
    at = now - timedelta(days=118)
    day, today = clock.local_date(at), clock.local_date(now)
    ends = {0: today + timedelta(days=21), 1: today - timedelta(days=10)}
    with clock.set_to(at):
        signed = [sign_for(row, by, day, ends.get(number), at) for number, row in enumerate(rows[:-1])]
    yesterday = now - timedelta(days=1)
    with clock.set_to(yesterday):
        expire_agreement(agreement=signed[1], by=KEEPER, at=yesterday)
        draft = _draft(rows[-1], by, today, today + timedelta(days=365), yesterday)
        issue_agreement_paper(agreement=draft, clauses=CLAUSES, by=by, at=yesterday)


def _draft(row: Institution, by: Actor, first: date, last: date, at: datetime):
    account = row.supervised_accounts.select_related("bank").get()
    mode = row.supervision_modes.latest("effective_on").mode
    terms = {"mode": mode, "valid_from": first, "valid_to": last}
    return draft_agreement(institution=row, bank=account.bank, account=account, by=by, at=at, **terms)


def sign_for(row: Institution, by: Actor, day: date, last: date | None, at: datetime):
    """A signed agreement for the account and mode that the institution has; its scan is a drawn page."""
    draft = _draft(row, by, day, last or day + timedelta(days=730), at)
    page = io.BytesIO(invented.signed_page(row.pk))
    page.name = "三方协议签署页(演示).jpg"
    with taking([page]) as files:
        return sign_agreement(agreement=draft, signed_on=day, files=files, by=by, at=at)


def _problems(people: People, rows: list[Institution], now: datetime) -> None:
    by, city, at = people.acts("siming.jingban"), people.acts("xiamen.guanli"), now - timedelta(days=15)
    owner, day, today = User.objects.get(pk=by.user_id), clock.local_date(at), clock.local_date(now)
    found = [
        (ObstacleKind.OTHER_BANK, "开户行尚未接入监管系统，回单不能自动核验", rows[5], 30),
        (ObstacleKind.PAPERS, "法定代表人变更，银行要求补交授权书", rows[11], 12),
        (ObstacleKind.PLATFORM, "多家机构不会在平台上架课程，无法开通支付", None, 40),
        (ObstacleKind.COSTS, "个别网点收取账户管理年费", None, 20),
    ]
    with clock.set_to(at):
        made = [
            open_obstacle(
                kind=kind, words=words, institution=about, owner=owner, found_on=day,
                due_on=day + timedelta(days=days), by=by, at=at,
            )
            for kind, words, about, days in found
        ]  # fmt: skip
        names = ("思明区教育局", "集美区教育局", "鹭岛演示银行厦门分行")
        bureaus = list(Organ.objects.filter(name__in=names).order_by("pk"))
        facts = {"held_on": day, "organs": bureaus, "by": city, "at": at}
        hold_admin_training(
            mode=TrainingMode.ONLINE, topic="全国平台资金监管功能线上培训(演示)", place="视频会议", persons=86, **facts
        )
    later = now - timedelta(days=2)
    with clock.set_to(later):
        on = clock.local_date(later)
        close_obstacle(obstacle=made[3], closed_on=on, result="已约谈银行，免收管理年费并退回", by=by, at=later)
        push_missing(flag=Flag.PAYABLE, due_on=today + timedelta(days=10), by=by, at=later)
