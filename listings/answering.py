"""What an institution reads and sends with a code: against a list entry, and to leave the list again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from foundation.accounts.purposes import GRACE, Purpose, Said, Shown, Words, answer_form, declare
from foundation.core.actor import ANONYMOUS
from foundation.core.clock import local_date, today
from foundation.deadlines.enums import DeadlineState
from foundation.deadlines.models import Deadline
from foundation.documents.enums import DocumentKind, FileFormat
from foundation.documents.models import Document
from foundation.documents.queries import file_of, issued_about, pdf_of
from foundation.photos.intake import Taken
from foundation.photos.sending import sent_now
from listings import clocks, list_rules, rules, terms
from listings.enums import DEFENCE_LINK, IN_FORCE, REPAIR_LINK, Hearing, ListState, RepairState
from listings.models import ListEntry, Repair
from listings.operations.hearing import defend_by_link
from listings.operations.repairs import apply_by_link


class DefenceAnswer(Purpose):
    """拟列入名单: the notice as served, the last day, what was said; afterwards it says that the window is over."""

    code, model, rule = DEFENCE_LINK, ListEntry, rules.can_handle
    form_class = answer_form("陈述申辩内容", "提出人", "提出", longest=4000)
    words = Words("提出陈述申辩", "已提出的陈述申辩", "还没有提出。", "能说明情况的照片")

    def last_day(self, subject: ListEntry) -> date | None:
        """The notice goes out with its slip, before anybody can say when it was served."""
        if subject.prior_notice_id is None:
            return None
        window = clocks.last_window_of(subject)
        return max(window.due_on, today()) + GRACE if window is not None else today() + 2 * GRACE

    def asks(self, subject: ListEntry) -> bool:
        return subject.state == ListState.NOTIFIED or super().asks(subject)

    def closed(self, subject: ListEntry) -> str:
        window = clocks.last_window_of(subject)
        if subject.state == ListState.NOTIFIED:
            return f"告知书的送达登记以后，就可以在这里提出陈述申辩；着急的请直接联系：{subject.contact}。"
        if subject.state == ListState.DEFENDING and not _passed(window):
            return ""
        ended = "陈述申辩已经结束"
        if subject.hearing != Hearing.WAIVED and _passed(window):
            ended = f"陈述申辩期已于{window.due_on}届满"
        return (
            f"{ended}，网上不再收取。此前提交的内容都已保存，由审核人员一并审核，处理结果以送达的告知书为准。"
            f"还有材料要补充的，请联系：{subject.contact}。"
        )

    def shown(self, subject: ListEntry) -> Shown:
        window = clocks.last_window_of(subject)
        last = f"{window.due_on}(含当日)" if window is not None else "自送达次日起计算，天数见告知书"
        over = subject.state != ListState.NOTIFIED and bool(self.closed(subject))
        return Shown(
            title=subject.prior_notice.get_kind_display(),
            party=subject.institution.name,
            state="陈述申辩已结束" if over else "待陈述申辩",
            tone="plain" if over else "notice",
            explained="陈述申辩已经结束。"
            if over
            else "有不同意见的，请在期限内提出陈述申辩，可以附照片，可以多次提出；不提出的，期满后根据现有材料审核。",
            lines=[
                ("文号", subject.prior_notice.number),
                ("陈述申辩截止", last),
                ("告知单位", subject.prior_notice.organ.name),
                ("送达日期", str(subject.served_on or "—")),
                ("拟列入", f"{subject.get_kind_display()}，{subject.effective_on}至{subject.until}{_moves(subject)}"),
                ("事由", subject.reason),
                ("依据的记录", "；".join(f"{each.happened_on} {each.what}" for each in subject.records.order_by("pk"))),
                ("依据", subject.basis),
                ("联系人和电话", subject.contact),
            ],
            said=[
                Said(
                    local_date(said.received_at),
                    said.given_by,
                    f"书面放弃：{said.text}" if said.waiver else said.text,
                    len(said.photos.all()),
                    said.entered_by_id is not None,
                )
                for said in subject.defences.prefetch_related("photos").order_by("-pk")
            ],
            has_paper=file_of(subject.prior_notice, FileFormat.PDF) is not None,
            words=self.words,
        )

    def paper(self, subject: ListEntry) -> tuple[str, bytes] | None:
        return pdf_of(subject.prior_notice)

    def send(self, *, code: str, at: datetime, photos: Sequence[Taken], text: str, given_by: str) -> None:
        sent = sent_now(photos)
        defend_by_link(code=code, text=text, given_by=given_by, photos=sent, by=ANONYMOUS, at=at)


def _moves(entry: ListEntry) -> str:
    """Who is heard first is listed from the decision on (``approve_listing``), unless that was long taken."""
    moves = local_date(entry.proposed_at) <= entry.effective_on
    return "(从决定之日起算，期限长度不变)" if moves else ""


def _passed(window: Deadline | None) -> bool:
    """The last day is behind us; a paused window has not come to it."""
    return window is not None and window.state != DeadlineState.PAUSED and window.due_on < today()


class RepairAnswer(Purpose):
    """信用修复: why it is listed, how it gets off, what it applied with and what came of that."""

    code, model, rule = REPAIR_LINK, ListEntry, rules.can_handle
    form_class = answer_form("整改和修复情况", "申请人", "申请")
    words = Words("申请信用修复", "已提出的申请", "还没有申请。", "整改后的照片")

    def last_day(self, subject: ListEntry) -> date | None:
        in_force = subject.needs_defence and subject.state in IN_FORCE
        return min(max(subject.until, today()), today() + 3 * GRACE) if in_force else None

    def closed(self, subject: ListEntry) -> str:
        if subject.state != ListState.APPROVED or subject.repairs.filter(state=RepairState.APPLIED).exists():
            return "申请正在办理，由两名以上人员上门核查，结果另行书面告知。"
        return terms.too_early_to_repair(subject, on=today())

    def shown(self, subject: ListEntry) -> Shown:
        rule = list_rules.rule_for(subject.kind, subject.institution.jurisdiction, today())
        paper = self._paper(subject)
        return Shown(
            title="信用修复申请",
            party=subject.institution.name,
            state=f"已列入{subject.get_kind_display()}",
            tone="notice",
            explained="整改到位的，可以在这里申请信用修复，附整改后的照片；核查通过并审核同意前，继续在名单中。",
            lines=[
                ("名单", subject.get_kind_display()),
                ("期限", f"{subject.effective_on}至{subject.until}"),
                ("公布单位", subject.organ_name),
                ("列入事由", subject.reason),
                ("移出条件", rule.removal or "整改到位，经核查属实"),
                ("联系人和电话", subject.contact or "见告知书"),
            ],
            said=[_applied(repair) for repair in subject.repairs.prefetch_related("photos").order_by("-pk")],
            has_paper=paper is not None and file_of(paper, FileFormat.PDF) is not None,
            words=self.words,
        )

    def paper(self, subject: ListEntry) -> tuple[str, bytes] | None:
        return pdf_of(self._paper(subject))

    def _paper(self, subject: ListEntry) -> Document | None:
        return issued_about(subject, DocumentKind.LISTING_RESULT)

    def send(self, *, code: str, at: datetime, photos: Sequence[Taken], text: str, given_by: str) -> None:
        sent = sent_now(photos)
        apply_by_link(code=code, text=text, given_by=given_by, photos=sent, by=ANONYMOUS, at=at)


def _applied(repair: Repair) -> Said:
    """With what the check came to, which its party was told in writing; what waits for a decision is not said."""
    refused = repair.state == RepairState.REFUSED
    text = f"{repair.text}\n核查未通过：{repair.remark}" if refused else repair.text
    photos, entered = len(repair.photos.all()), repair.entered_by_id is not None
    return Said(local_date(repair.received_at), repair.given_by, text, photos, entered)


DEFENCE = declare(DefenceAnswer())
REPAIR = declare(RepairAnswer())
