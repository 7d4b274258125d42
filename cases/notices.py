"""Who is told what about a case."""

from foundation.accounts.enums import Can
from foundation.notifications.enums import Topic
from foundation.notifications.kinds import NoticeKind

from .enums import CaseState

#: The outbox message behind all: ``case_id``, the notice's ``code`` and the moment that the case came there.
CASE_MOVED = "cases.case_moved"

TO_FILE = NoticeKind("cases.to_file", "案件待立案审批", Topic.TODO)
FILED = NoticeKind("cases.filed", "立案已审批", Topic.NEWS)
TO_REVIEW = NoticeKind("cases.to_review", "案件待法制审核", Topic.TODO)
REVIEWED = NoticeKind("cases.reviewed", "法制审核已完成", Topic.NEWS)
TO_DECIDE = NoticeKind("cases.to_decide", "案件待审批决定", Topic.TODO)
DECIDED = NoticeKind("cases.decided", "处理意见已审批", Topic.NEWS)
TO_CLOSE = NoticeKind("cases.to_close", "案件待结案审批", Topic.TODO)
CLOSED = NoticeKind("cases.closed", "结案已审批", Topic.NEWS)

#: The party spoke by its link; whoever handles the case answers it.
SAID = NoticeKind("cases.said", "当事人提出了意见", Topic.TODO)

ALL = (TO_FILE, FILED, TO_REVIEW, REVIEWED, TO_DECIDE, DECIDED, TO_CLOSE, CLOSED, SAID)
BY_CODE = {notice.code: notice for notice in ALL}

#: Who has to act when a case waits for them; everything else is told to those who handle the case.
ACTS = {
    TO_FILE.code: Can.APPROVE_CASE,
    TO_REVIEW.code: Can.REVIEW_CASE,
    TO_DECIDE.code: Can.APPROVE_CASE,
    TO_CLOSE.code: Can.APPROVE_CASE,
}
WAITS = {
    CaseState.PROPOSED: TO_FILE,
    CaseState.CONCLUDED: TO_REVIEW,
    CaseState.TO_DECIDE: TO_DECIDE,
    CaseState.CLOSING: TO_CLOSE,
}
