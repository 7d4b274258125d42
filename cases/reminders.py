"""What is reminded of in penalty cases: every term of the law that runs over a case or its evidence."""

from foundation.deadlines.enums import Limit
from foundation.notifications.clocks import remind_of_clocks

TERMS = (
    Limit.CASE_FILING,
    Limit.EVIDENCE_PRESERVATION,
    Limit.DEFENCE_STATEMENT,
    Limit.HEARING_REQUEST,
    Limit.HEARING_NOTICE,
    Limit.PENALTY_DECISION,
    Limit.PENALTY_DECISION_EXTENSION,
    Limit.PENALTY_SERVICE,
    Limit.FINE_PAYMENT,
    Limit.FINE_HAND_IN,
    Limit.WITHDRAW_PUBLICATION,
    Limit.RECONSIDERATION,
    Limit.LITIGATION,
)

remind_of_clocks("cases.terms", "案件法定期限", codes=TERMS, who="办案单位的办案人员", legal=True)
