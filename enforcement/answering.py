"""What a party reads and sends with the code of its paper (``foundation/accounts/purposes.py``)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from enforcement import rules
from enforcement.enums import INTERVIEW_LINK, OPEN, ORDER_LINK, OrderKind, OrderState, PartyState
from enforcement.models import InterviewParty, InterviewReport, Order, Proof
from enforcement.operations.followup import report_by_link
from enforcement.operations.reports import report_on_interview_by_link
from foundation.accounts.purposes import GRACE, Purpose, Said, Shown, declare
from foundation.core.actor import ANONYMOUS
from foundation.core.clock import local_date, today
from foundation.documents.enums import FileFormat
from foundation.documents.queries import file_of, pdf_of
from foundation.photos.intake import Taken
from foundation.photos.sending import sent_now

TOLD = {
    OrderState.ISSUED: ("notice", "请在期限前整改，并在下面报告整改情况。"),
    OrderState.ANSWERED: ("ok", "整改报告已收到，执法人员将上门复查；还可以补充报告。"),
}


class OrderAnswer(Purpose):
    """责令改正: the notice, by when, what was reported; until it is closed, escalated or voided."""

    code, model, rule = ORDER_LINK, Order, rules.can_follow_up

    def last_day(self, subject: Order) -> date | None:
        return max(subject.due_on, today()) + GRACE if subject.state in OPEN else None

    def shown(self, subject: Order) -> Shown:
        tone, explained = TOLD[OrderState(subject.state)]
        failed = subject.rechecks.filter(passed=False).order_by("pk").last()
        if subject.state == OrderState.ISSUED and failed is not None:
            tone, explained = "bad", f"{failed.visit.visited_on}复查不合格，请继续整改后再次报告。"
        return Shown(
            title=subject.document.get_kind_display() if subject.document else str(subject.get_kind_display()),
            party=subject.party_name,
            state=subject.get_state_display(),
            tone=tone,
            explained=explained,
            lines=[
                ("文号", subject.number or "—"),
                ("出具单位", subject.organ.name),
                ("开具日期", str(subject.issued_on)),
                ("整改期限" if subject.kind == OrderKind.RECTIFY else "复查日期", str(subject.due_on)),
                *([("停止范围", subject.stop_scope)] if subject.stop_scope else []),
                ("检查发现的问题", "；".join(told for _, told, _ in subject.facts)),
                ("整改要求", "；".join(subject.requirements) or "见通知书"),
            ],
            said=[_said(proof) for proof in subject.proofs.prefetch_related("photos").order_by("-pk")],
            has_paper=subject.document is not None and file_of(subject.document, FileFormat.PDF) is not None,
        )

    def paper(self, subject: Order) -> tuple[str, bytes] | None:
        return pdf_of(subject.document)

    def send(self, *, code: str, at: datetime, photos: Sequence[Taken], text: str, given_by: str) -> None:
        sent = sent_now(photos)
        report_by_link(code=code, text=text, given_by=given_by, photos=sent, by=ANONYMOUS, at=at)


class InterviewAnswer(Purpose):
    """约谈: what this one institution was asked; nothing of the others, so the common record is not shown."""

    code, model, rule = INTERVIEW_LINK, InterviewParty, rules.can_confirm_fixed

    def last_day(self, subject: InterviewParty) -> date | None:
        return max(subject.due_on, today()) + GRACE if subject.state == PartyState.OPEN else None

    def shown(self, subject: InterviewParty) -> Shown:
        interview = subject.interview
        return Shown(
            title="约谈事项整改",
            party=subject.institution.name,
            state=subject.get_state_display(),
            tone="notice",
            explained="请在期限前整改，并在下面报告整改情况；执法人员将上门核实。",
            lines=[
                ("约谈单位", interview.organ.name),
                ("整改期限", str(subject.due_on)),
                ("事由", interview.title),
                ("约谈日期", str(interview.held_on)),
                ("指出的问题", "；".join(interview.problems.order_by("pk").values_list("name", flat=True))),
                ("要求", interview.requirements or "—"),
            ],
            said=[_said(report) for report in subject.reports.prefetch_related("photos").order_by("-pk")],
        )

    def send(self, *, code: str, at: datetime, photos: Sequence[Taken], text: str, given_by: str) -> None:
        sent = sent_now(photos)
        report_on_interview_by_link(code=code, text=text, given_by=given_by, photos=sent, by=ANONYMOUS, at=at)


def _said(report: Proof | InterviewReport) -> Said:
    photos, entered = len(report.photos.all()), report.entered_by_id is not None
    return Said(local_date(report.received_at), report.given_by, report.text, photos, entered)


ORDER = declare(OrderAnswer())
INTERVIEW = declare(InterviewAnswer())
