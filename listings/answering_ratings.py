"""What an institution reads and sends with the code of its proposed grade: the points, and what it objects to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from foundation.accounts.purposes import GRACE, Purpose, Said, Shown, Words, answer_form, declare
from foundation.core.actor import ANONYMOUS
from foundation.core.clock import today
from foundation.photos.intake import Taken
from listings import rating_rules as rules
from listings.enums import GRADE_LINK, RatingState
from listings.models import Rating, RatingObjection
from listings.operations.disputes import dispute_by_link


class GradeAnswer(Purpose):
    """拟定诚信等级: how it came about, point by point, until when an objection is taken in, what came of it."""

    code, model, rule = GRADE_LINK, Rating, rules.can_take_objection
    form_class = answer_form("异议内容", "提出人", "提出", longest=4000, photos=False)
    words = Words("提出异议", "已提出的异议", "还没有提出。")

    def last_day(self, subject: Rating) -> date | None:
        if subject.state not in (RatingState.NOTICE, RatingState.OBJECTED, RatingState.PUBLISHED):
            return None
        return max(subject.notice_until, today()) + GRACE if subject.notice_until else None

    def closed(self, subject: Rating) -> str:
        if subject.state != RatingState.NOTICE or subject.notice_until < today():
            return f"异议期已于{subject.notice_until}届满或者评价已重新办理，网上不再收取；结果在公众网站公布。"
        if subject.objections.filter(accepted__isnull=True).exists():
            return "上一份异议正在由另一人办理，答复显示在本页；答复后、期满前可以再次提出。"
        return ""

    def shown(self, subject: Rating) -> Shown:
        over = subject.state != RatingState.NOTICE
        return Shown(
            title=f"{subject.year}年度诚信评价拟定等级",
            party=subject.institution.name,
            state=subject.get_state_display() if over else f"拟定{subject.get_grade_display()}",
            tone="plain" if over else "notice",
            explained="等级由当年的记录按评分标准计算。记录不实、不是本机构的或者计算有误的，请在期限内写明是哪一条。",
            lines=[
                ("年度", f"{subject.year}年"),
                ("异议截止", f"{subject.notice_until}(含当日)"),
                ("得分", f"{subject.score}分{'，一票否决' if subject.vetoed else ''}"),
                ("评分标准", str(subject.rubric)),
                *_points(subject),
            ],
            said=[_said(row) for row in subject.objections.order_by("-pk")],
            words=self.words,
        )

    def send(self, *, code: str, at: datetime, photos: Sequence[Taken], **answers: Any) -> None:
        dispute_by_link(code=code, by=ANONYMOUS, at=at, **answers)


def _points(row: Rating) -> list[tuple[str, str]]:
    """Each point with its item and its record's day and words, as they stood when it was reckoned."""
    names = dict(row.rubric.items.values_list("code", "name"))
    records = {f"{record['source']}:{record['pk']}": record for record in row.records}
    return [
        (f"{code} {names[code]}", f"{value:+d}分：{records[key]['on']} {records[key]['what']}")
        for code, key, value in row.points
    ]


def _said(row: RatingObjection) -> Said:
    answered = f"\n答复：{'采纳' if row.accepted else '不采纳'}。{row.answer}" if row.accepted is not None else ""
    return Said(row.received_on, row.given_by, f"{row.text}{answered}", 0, row.entered_by_id is not None)


GRADE = declare(GradeAnswer())
