"""What institutions of 思明 declared in the base demo: a self-check, the commitment of the year, two changes."""

from __future__ import annotations

from datetime import datetime, timedelta

from declarations.answering import DECLARATION, PROFILE_CHANGE
from declarations.enums import InquiryKind
from declarations.models import Inquiry
from declarations.operations.changes import ask_for_change_by_link, decide_change
from declarations.operations.declarations import Told, declare_by_link, take_in_declaration
from declarations.operations.inquiries import ask_institution, open_inquiry
from declarations.operations.rule_sets import lay_down_rules
from declarations.queries import items_of
from foundation.core import clock
from foundation.core.actor import ANONYMOUS, Actor
from foundation.documents.wording.institutions import COMMITMENTS
from inspections.models import ChecklistVersion
from institutions.enums import OPERATING
from institutions.models import Institution

from .answered import code_of
from .organs import People

OFFICER = "siming.jingban"
RULES = "校外培训机构规范办学管理制度(演示)"
NORMS = ("规范办学资质和场所", "规范培训内容和材料", "规范收费和退费", "规范从业人员管理", "规范安全管理")
BANS = ("不准超纲超前教学", "不准虚假宣传、制造焦虑", "不准超期超额收费")
BLOCKED = "楼道临时堆放桌椅，本周内清走"


def load(people: People, rows: list[Institution], now: datetime) -> None:
    """Two inquiries of the last weeks, most of them answered; one that is late."""
    by, at = people.acts(OFFICER), now - timedelta(days=20)
    asked = list(Institution.objects.filter(pk__in=[row.pk for row in rows], status__in=OPERATING).order_by("pk")[:8])
    version = ChecklistVersion.objects.filter(state="in_use").order_by("pk").first()
    items = items_of(version, ["B"])
    words = [[f"{number:02}", text] for number, text in enumerate(COMMITMENTS, start=1)]
    check = _open(InquiryKind.SELF_CHECK, "冬季消防和安全自查", 14, items, asked, version=version, by=by, at=at)
    with clock.set_to(at):
        laid = {"norms": NORMS, "bans": BANS, "effective_on": clock.today()}
        rule_set = lay_down_rules(jurisdiction=asked[0].jurisdiction, title=RULES, by=by, at=at, **laid)
    facts = {"rule_set": rule_set, "by": by, "at": at}
    commitment = _open(InquiryKind.COMMITMENT, f"{at.year}年规范办学承诺书", 40, words, asked, **facts)
    replies = [("yes", "")] * len(items)
    _answer(check, Told(given_by="校长", replies=replies), 0, 5, by=by, at=at + timedelta(days=3))
    faulty = [("no", BLOCKED), *replies[1:]]
    _answer(check, Told(given_by="安全员", replies=faulty), 5, 6, by=by, at=at + timedelta(days=4))
    signed = at + timedelta(days=2)
    _answer(commitment, Told(given_by="负责人", signed_on=clock.local_date(signed)), 0, 6, by=by, at=signed)
    _changes(asked, by=by, now=now)


def _open(
    kind: str, title: str, days: int, items: list, asked: list[Institution], *, by: Actor, at: datetime, **more
) -> Inquiry:
    with clock.set_to(at):
        due = clock.today() + timedelta(days=days)
        facts = {"kind": kind, "title": title, "year": at.year, "due_on": due, "items": items, **more}
        inquiry = open_inquiry(jurisdiction=asked[0].jurisdiction, by=by, at=at, **facts)
        for row in asked:
            ask_institution(inquiry=inquiry, institution=row, by=by, at=at)
    return inquiry


def _answer(inquiry: Inquiry, told: Told, first: int, last: int, *, by: Actor, at: datetime) -> None:
    """The last of them on paper, which an officer enters; the others by their slips."""
    with clock.set_to(at):
        rows = list(inquiry.declarations.order_by("pk")[first:last])
        for row in rows[:-1]:
            declare_by_link(code=code_of(DECLARATION, row, by=by, at=at), told=told, by=ANONYMOUS, at=at)
        take_in_declaration(declaration=rows[-1], told=told, by=by, at=at)


def _changes(rows: list[Institution], *, by: Actor, now: datetime) -> None:
    """One accepted in part, one that waits."""
    earlier, lately = now - timedelta(days=9), now - timedelta(days=1)
    with clock.set_to(earlier):
        wanted = {"public_phone": "0592-0009901", "hours": "周六周日 08:30-20:00"}
        code = code_of(PROFILE_CHANGE, rows[2], by=by, at=earlier)
        facts = {"proposed": wanted, "reason": "电话和时间调整", "given_by": "校长"}
        request = ask_for_change_by_link(code=code, by=ANONYMOUS, at=earlier, **facts)
        decide_change(request=request, refused={"hours": "须先调整课程表并公示"}, by=by, at=earlier)
    with clock.set_to(lately):
        code = code_of(PROFILE_CHANGE, rows[4], by=by, at=lately)
        facts = {"proposed": {"legal_person": "演示新负责人"}, "reason": "负责人变更", "given_by": "办公室"}
        ask_for_change_by_link(code=code, by=ANONYMOUS, at=lately, **facts)
