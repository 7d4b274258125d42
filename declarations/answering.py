"""What an institution declares with the code of its slip, and what it asks to have changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms

from declarations import rules
from declarations.enums import (
    CHANGE_LINK,
    CHANGEABLE,
    DECLARE_LINK,
    ChangeState,
    DeclarationState,
    InquiryKind,
    InquiryState,
    Reply,
)
from declarations.forms import ChangeForm, form_for
from declarations.models import ChangeRequest, Declaration, Inquiry
from declarations.operations.changes import ask_for_change_by_link
from declarations.operations.declarations import Told, declare_by_link
from foundation.accounts.purposes import GRACE, Purpose, Said, Shown, Words, declare
from foundation.core.actor import ANONYMOUS
from foundation.core.clock import local_date, today
from foundation.documents.enums import DocumentKind, FileFormat
from foundation.documents.models import Document
from foundation.documents.queries import file_of, issued_about, pdf_of
from foundation.photos.intake import Taken
from foundation.photos.sending import sent_now
from institutions.models import Institution

SELF_CHECK = Words("报送自查", "已报送的自查", "还没有报送。", "能说明情况的照片")
COMMITMENT = Words("签署承诺", "已签署的承诺", "还没有签署。")
CHANGE = Words("申请变更资料", "以前的申请", "还没有申请过。")


class DeclarationAnswer(Purpose):
    """自查 and 承诺书: asked for until its day and taken in late too, while the inquiry is open."""

    code, model, rule = DECLARE_LINK, Declaration, rules.can_handle

    def last_day(self, subject: Declaration) -> date | None:
        there = subject.inquiry.state == InquiryState.OPEN and subject.institution.merged_into_id is None
        return max(subject.inquiry.due_on, today()) + GRACE if there else None

    def closed(self, subject: Declaration) -> str:
        if subject.state == DeclarationState.OPEN:
            return ""
        return f"已于{local_date(subject.received_at)}收到。需要补正的，经办人退回后可以再次报送。"

    def form(self, subject: Declaration, *given: Any) -> forms.Form:
        return form_for(subject, *given)

    def shown(self, subject: Declaration) -> Shown:
        inquiry, asked = subject.inquiry, subject.state == DeclarationState.OPEN
        commitment, back = inquiry.kind == InquiryKind.COMMITMENT, asked and bool(subject.review)
        paper = self._paper(subject)
        return Shown(
            title=inquiry.title,
            party=subject.institution.name,
            state=("退回补正" if back else "待签署" if commitment else "待报送") if asked else "已报送",
            tone=("bad" if back else "notice") if asked else "ok",
            explained=_asking(inquiry) if asked else "已经收到，谢谢。",
            lines=[
                ("报送截止", f"{inquiry.due_on}(含当日)"),
                ("组织单位", inquiry.organ.name),
                ("年度", f"{inquiry.year}年"),
                *([("补正要求", subject.review)] if back else []),
                *(_sentences(inquiry.items) if commitment else []),
            ],
            said=[_said(subject)] if subject.received_at else [],
            has_paper=paper is not None and file_of(paper, FileFormat.PDF) is not None,
            words=COMMITMENT if commitment else SELF_CHECK,
        )

    def paper(self, subject: Declaration) -> tuple[str, bytes] | None:
        return pdf_of(self._paper(subject))

    def _paper(self, subject: Declaration) -> Document | None:
        """The numbered 承诺书 of the year, where the bureau issued one."""
        if subject.inquiry.kind != InquiryKind.COMMITMENT:
            return None
        return issued_about(subject.institution, DocumentKind.COMMITMENT, year=str(subject.inquiry.year))

    def send(self, *, code: str, at: datetime, photos: Sequence[Taken], **answers: Any) -> None:
        declare_by_link(code=code, told=told_of(answers, photos), by=ANONYMOUS, at=at)


_ASKS = {
    InquiryKind.SELF_CHECK: "请对照实际逐项自查，如实填写；不符合的写明情况和整改打算。",
    InquiryKind.COMMITMENT: "请阅读下面的全部承诺事项，由负责人签署。",
}


def _asking(inquiry: Inquiry) -> str:
    late = "已过截止日期，请尽快办理。" if inquiry.due_on < today() else ""
    return f"{late}{_ASKS[InquiryKind(inquiry.kind)]}"


def _sentences(items: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    return [(f"承诺第{number}条", text) for number, (_, text) in enumerate(items, start=1)]


def told_of(answers: dict[str, Any], photos: Sequence[Taken]) -> Told:
    """What the form of either kind says."""
    count = sum(name.startswith("reply") for name in answers)
    return Told(
        given_by=answers["given_by"],
        replies=[(answers[f"reply{number}"], answers[f"note{number}"]) for number in range(count)],
        text=answers.get("text", ""),
        signed_on=answers.get("signed_on"),
        photos=sent_now(photos),
    )


def _said(row: Declaration) -> Said:
    lines = [f"{text}：{Reply(reply).label}{f'（{note}）' if note else ''}" for _, text, reply, note in row.answers]
    if row.signed_on:
        lines.append(f"已承诺遵守全部事项，签署日期{row.signed_on}")
    text = "\n".join([*lines, *([row.text] if row.text else [])])
    return Said(local_date(row.received_at), row.given_by, text, row.photos.count(), row.entered_by_id is not None)


class ChangeAnswer(Purpose):
    """资料变更申请: what the register says of the institution, and what it should say; one request at a time."""

    code, model, rule = CHANGE_LINK, Institution, rules.can_take_change
    DAYS = timedelta(days=90)

    def last_day(self, subject: Institution) -> date | None:
        return today() + self.DAYS if subject.merged_into_id is None and subject.withdrawn_at is None else None

    def closed(self, subject: Institution) -> str:
        if subject.change_requests.filter(state=ChangeState.OPEN).exists():
            return "上一份申请正在办理，办理后可以再次申请；结果会显示在本页。"
        return ""

    def form(self, subject: Institution, *given: Any) -> forms.Form:
        return ChangeForm(*given, institution=subject)

    def shown(self, subject: Institution) -> Shown:
        known = [(label, _now(subject, name)) for name, label in CHANGEABLE.items()]
        return Shown(
            title="资料变更申请",
            party=subject.name,
            state="登记资料",
            tone="plain",
            explained="登记资料与实际不符的，请只填写要变更的项目；经办人逐项核对后采纳或说明理由。名称和许可的变更请到窗口办理。",
            lines=[("统一社会信用代码", subject.credit_code or "—"), ("管辖单位", str(subject.jurisdiction)), *known],
            said=[_asked(row) for row in subject.change_requests.order_by("-pk")[:10]],
            words=CHANGE,
        )

    def send(
        self, *, code: str, at: datetime, photos: Sequence[Taken], reason: str, given_by: str, **proposed: str
    ) -> None:
        ask_for_change_by_link(code=code, proposed=proposed, reason=reason, given_by=given_by, by=ANONYMOUS, at=at)


def _now(row: Institution, name: str) -> str:
    """The inner telephone number is sealed: a slip's holder learns whether there is one, not which."""
    value = getattr(row, name)
    if name == "phone":
        return "已登记(不显示)" if value else "未登记"
    return value or "未登记"


def _asked(row: ChangeRequest) -> Said:
    """What was asked for and what came of each field; the inner telephone number is not repeated."""
    lines = []
    for name, value in row.proposed.items():
        wanted = "(号码不显示)" if name == "phone" else value
        lines.append(f"{CHANGEABLE[name]}变更为{wanted}　{row.came_of(name)}")
    return Said(local_date(row.received_at), row.given_by, "\n".join(lines), 0, row.entered_by_id is not None)


DECLARATION = declare(DeclarationAnswer())
PROFILE_CHANGE = declare(ChangeAnswer())
