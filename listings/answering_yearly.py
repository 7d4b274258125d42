"""What an institution reads and sends with the code of its annual check: its own report, question by question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms

from foundation.accounts.purposes import GRACE, Purpose, Said, Shown, Words, declare
from foundation.core.actor import ANONYMOUS
from foundation.core.clock import local_date, today
from foundation.photos.intake import Taken
from listings import yearly_rules as rules
from listings.enums import CHECK_CONCLUDED, CHECK_LINK, CheckState
from listings.forms.yearly import ReportForm
from listings.models import AnnualCheck
from listings.operations.yearly import report_check_by_link


class CheckAnswer(Purpose):
    """年检自查: asked for until its day, taken in late too; sent back, it is asked for again with what was said."""

    code, model, rule = CHECK_LINK, AnnualCheck, rules.can_handle
    words = Words("报送自查", "已报送的自查", "还没有报送。")

    def last_day(self, subject: AnnualCheck) -> date | None:
        if subject.state in CHECK_CONCLUDED:
            return None
        return max(subject.check_year.report_by, today()) + GRACE

    def closed(self, subject: AnnualCheck) -> str:
        if subject.state == CheckState.OPEN:
            return ""
        return f"自查报告已于{local_date(subject.reported_at)}收到，正在办理。需要补正的，经办人退回后可以再次报送。"

    def form(self, subject: AnnualCheck, *given: Any) -> forms.Form:
        return ReportForm(*given, check=subject)

    def shown(self, subject: AnnualCheck) -> Shown:
        year, asked = subject.check_year, subject.state == CheckState.OPEN
        back = asked and bool(subject.report)
        late = "已过截止日期，请尽快报送。" if year.report_by < today() else ""
        return Shown(
            title=f"{year.year}年度检查自查报告",
            party=subject.institution.name,
            state=("退回补正" if back else "待报送") if asked else "已报送",
            tone=("bad" if back else "notice") if asked else "ok",
            explained=f"{late}请逐项如实填写，没有的写“无”；随后书面审核、上门检查。" if asked else "自查报告已收到。",
            lines=[
                ("年度", f"{year.year}年"),
                ("报送截止", f"{year.report_by}(含当日)"),
                ("组织单位", year.organ.name),
                *([("补正要求", subject.review)] if back else []),
            ],
            said=[_said(subject)] if subject.report else [],
            words=self.words,
        )

    def send(self, *, code: str, at: datetime, photos: Sequence[Taken], given_by: str, **answers: str) -> None:
        said = [answers[f"answer{number}"] for number in range(len(answers))]
        report_check_by_link(code=code, answers=said, given_by=given_by, by=ANONYMOUS, at=at)


def _said(check: AnnualCheck) -> Said:
    text = "\n".join(f"{question}：{answer}" for question, answer in check.report)
    return Said(local_date(check.reported_at), check.reported_by, text, 0, check.entered_by_id is not None)


CHECK = declare(CheckAnswer())
