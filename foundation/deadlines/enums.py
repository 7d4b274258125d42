"""Kinds of days, units of limits, states of a deadline, and the codes of the limits that ship with the portal."""

from enum import StrEnum

from django.db.models import TextChoices


class DayKind(TextChoices):
    """What one day is to the working calendar."""

    WORKDAY = "workday", "工作日"
    WEEKEND = "weekend", "周末"
    OFF = "off", "放假"
    MAKEUP = "makeup", "调休上班"

    @property
    def works(self) -> bool:
        return self in {DayKind.WORKDAY, DayKind.MAKEUP}


class NamedDayKind(TextChoices):
    """The two kinds of days that a notice of the State Council names; all others follow from the weekday."""

    OFF = "off", "放假"
    MAKEUP = "makeup", "调休上班"


class LimitUnit(TextChoices):
    WORKING_DAY = "working_day", "个工作日"
    CALENDAR_DAY = "calendar_day", "日（自然日）"
    MONTH = "month", "个月"


class DeadlineState(TextChoices):
    RUNNING = "running", "进行中"
    PAUSED = "paused", "已中止"
    MET = "met", "已办结"
    CANCELLED = "cancelled", "已撤销"


class Limit(StrEnum):
    """Codes of the statutory limits that ship in ``data/limits.csv``; ``queries.limit_for`` finds the rule in force."""

    CASE_FILING = "case.filing"
    EVIDENCE_PRESERVATION = "evidence.preservation"
    DEFENCE_STATEMENT = "defence.statement"
    HEARING_REQUEST = "hearing.request"
    HEARING_NOTICE = "hearing.notice"
    PENALTY_DECISION = "penalty.decision"
    PENALTY_DECISION_EXTENSION = "penalty.decision_extension"
    PENALTY_SERVICE = "penalty.service"
    FINE_PAYMENT = "fine.payment"
    FINE_HAND_IN = "fine.hand_in"
    WITHDRAW_PUBLICATION = "penalty.withdraw_publication"
    RECONSIDERATION = "penalty.reconsideration"
    LITIGATION = "penalty.litigation"
    DRAW_PUBLICATION = "draw.publication"
    LISTING_STATEMENT = "listing.statement"
    LISTING_REPAIR = "listing.repair"
    RATING_OBJECTION = "rating.objection"
    REFUND_ANSWER = "refund.answer"
    REFUND_PAYMENT = "refund.payment"
    LESSON_CONFIRMATION = "lesson.confirmation"
    CLUE_ACCEPTANCE = "clue.acceptance"
    CLUE_ANSWER = "clue.answer"


#: Days that a party has to speak: whoever handles the matter waits for their end and is not late when it comes.
WINDOWS = frozenset({Limit.DEFENCE_STATEMENT, Limit.HEARING_REQUEST, Limit.LISTING_STATEMENT, Limit.RATING_OBJECTION})
