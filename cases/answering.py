"""What the party of a case reads and says with the code of its notice: its defence, its wish to be heard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms

from cases import clocks, papers, queries, rules
from cases.enums import SAY_LINK, CaseState, StatementKind
from cases.models import Case, Statement
from cases.operations.say import say_by_link
from foundation.accounts.purposes import GRACE, Purpose, Said, Shown, Words, declare
from foundation.core.actor import ANONYMOUS
from foundation.core.clock import today
from foundation.deadlines.enums import Limit
from foundation.documents.enums import FileFormat
from foundation.documents.queries import file_of, pdf_of
from foundation.photos.intake import Taken

#: While the notice is still spoken of: afterwards the decision counts, which is served on paper.
READABLE = frozenset({CaseState.NOTIFIED, CaseState.HEARING, CaseState.HEARD, CaseState.TO_DECIDE})


class SayForm(forms.Form):
    kind = forms.ChoiceField(label="提出什么", choices=())
    text = forms.CharField(
        label="内容",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "请写明陈述申辩的内容。"},
    )
    given_by = forms.CharField(label="提出人姓名和职务", max_length=60, error_messages={"required": "请填写由谁提出。"})

    def __init__(self, *given: Any, with_hearing: bool, **more: Any) -> None:
        super().__init__(*given, **more)
        kinds = [StatementKind.DEFENCE, *([StatementKind.HEARING] if with_hearing else [])]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]


class SayAnswer(Purpose):
    """行政处罚事先告知: the notice as served, both last days, what was said and what became of it."""

    code, model, rule = SAY_LINK, Case, rules.can_handle
    words = Words("提出陈述申辩", "已提出的意见", "还没有提出。")

    def last_day(self, subject: Case) -> date | None:
        """The notice goes out with its slip, before anybody can say when it was served."""
        if subject.state not in READABLE or queries.notice_paper(subject) is None:
            return None
        last = _last(subject)
        return max(last, today()) + GRACE if last is not None else today() + 2 * GRACE

    def asks(self, subject: Case) -> bool:
        return self.last_day(subject) is not None and not _over(subject, _last(subject))

    def closed(self, subject: Case) -> str:
        last = _last(subject)
        if subject.state == CaseState.NOTIFIED and last is None:
            return "告知书的送达登记以后，就可以在这里提出；着急的请按告知书上的联系方式直接联系经办人。"
        if subject.state == CaseState.HEARING:
            return "已收到听证要求，听证的时间和地点另行书面通知。"
        if not _over(subject, last):
            return ""
        return "听取意见已经结束，网上不再收取。此前提出的都已保存并由经办人复核，处理结果以送达的决定书为准。"

    def form(self, subject: Case, *given: Any) -> forms.Form:
        last = clocks.last_day(subject, Limit.HEARING_REQUEST)
        return SayForm(*given, with_hearing=last is not None and today() <= last and queries.may_be_heard(subject))

    def shown(self, subject: Case) -> Shown:
        notice, last = queries.notice_paper(subject), _last(subject)
        over = _over(subject, last)
        hearing = clocks.last_day(subject, Limit.HEARING_REQUEST)
        return Shown(
            title=notice.document.get_kind_display(),
            party=subject.party_name,
            state="听取意见已结束" if over else "听取意见中",
            tone="plain" if over else "notice",
            explained="听取意见已经结束。"
            if over
            else "有不同意见的，请在期限内提出，可以多次提出；不因提出意见而加重处罚。放弃的，请把书面声明交给经办人。",
            lines=[
                ("文号", notice.document.number),
                ("陈述申辩截止", _day(last)),
                *([("申请听证截止", _day(hearing))] if hearing is not None else []),
                ("告知单位", notice.document.organ.name),
                ("送达日期", str(notice.served_on or "—")),
                ("案由", subject.violation.name),
                ("拟作出的处罚", "；".join("：".join(papers.shown(row)) for row in queries.noticed(subject))),
            ],
            said=[_said(row) for row in notice.statements.order_by("-pk")],
            has_paper=file_of(notice.document, FileFormat.PDF) is not None,
            words=self.words,
        )

    def paper(self, subject: Case) -> tuple[str, bytes] | None:
        notice = queries.notice_paper(subject)
        return pdf_of(notice.document) if notice is not None else None

    def send(self, *, code: str, at: datetime, photos: Sequence[Taken], **answers: Any) -> None:
        say_by_link(code=code, by=ANONYMOUS, at=at, **answers)


def _last(case: Case) -> date | None:
    return clocks.last_day(case, Limit.DEFENCE_STATEMENT)


def _over(case: Case, last: date | None) -> bool:
    """The say has ended, or its last day is behind us."""
    return case.state != CaseState.NOTIFIED or (last is not None and last < today())


def _day(last: date | None) -> str:
    return f"{last}(含当日)" if last is not None else "自送达次日起计算，天数见告知书"


def _said(row: Statement) -> Said:
    """With what became of a defence, once somebody answered it."""
    answered = f"\n复核：{'采纳' if row.accepted else '不予采纳'}。{row.answer}" if row.accepted is not None else ""
    text = f"{row.get_kind_display()}：{row.text}{answered}"
    return Said(row.given_on, row.given_by, text, 0, row.entered_by_id is not None)


SAY = declare(SayAnswer())
