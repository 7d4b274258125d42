"""Who is told what about a list entry: proposals go to those who may decide, decisions to the one who asked."""

from foundation.notifications.enums import Topic
from foundation.notifications.kinds import NoticeKind

#: The outbox message behind all of them: ``entry_id`` and the notice's ``code``.
ENTRY_MOVED = "listings.entry_moved"
#: The reckoning of a run: ``run_id``.
RATE = "listings.rate"
#: The institutions of an annual check come in: ``check_year_id``.
FILL_CHECK = "listings.fill_check"
#: An institution reported by its own link: ``check_id``.
CHECK_ANSWERED = "listings.check_answered"
#: An institution objected to its proposed grade by its own link: ``objection_id``.
GRADE_DISPUTED = "listings.grade_disputed"

TERM_ENDING = NoticeKind("listings.term_ending", "名单期限将满", Topic.DEADLINE)
DISPUTED = NoticeKind("listings.grade_objection", "机构对诚信等级提出异议，待答复", Topic.TODO)
CHECK_REPORTED = NoticeKind("listings.check_reported", "有机构报送年检自查", Topic.TODO)
PROPOSED = NoticeKind("listings.proposed", "名单提请，待审核", Topic.TODO)
REMOVAL_PROPOSED = NoticeKind("listings.removal_proposed", "移出名单提请，待审核", Topic.TODO)
HEARD = NoticeKind("listings.heard", "申辩期结束，名单提请待审核", Topic.TODO)
DEFENCE_IN = NoticeKind("listings.defence_in", "当事人提出陈述申辩", Topic.NEWS)
REPAIR_APPLIED = NoticeKind("listings.repair_applied", "信用修复申请，待核查", Topic.TODO)
APPROVED = NoticeKind("listings.approved", "已列入名单", Topic.NEWS)
REJECTED = NoticeKind("listings.rejected", "名单提请被退回", Topic.TODO)
REMOVED = NoticeKind("listings.removed", "已移出名单", Topic.NEWS)
REMOVAL_REJECTED = NoticeKind("listings.removal_rejected", "不同意移出名单", Topic.NEWS)

BY_CODE = {
    notice.code: notice
    for notice in (
        *(PROPOSED, HEARD, DEFENCE_IN, APPROVED, REJECTED),
        *(REPAIR_APPLIED, REMOVAL_PROPOSED, REMOVED, REMOVAL_REJECTED),
    )
}
TO_DECIDERS = frozenset({PROPOSED.code, HEARD.code, REMOVAL_PROPOSED.code})
#: What the party says: to who asked for its listing, or to who may handle it where that person cannot any more.
FROM_PARTY = frozenset({DEFENCE_IN.code, REPAIR_APPLIED.code})
ABOUT_REMOVAL = frozenset({REMOVED.code, REMOVAL_REJECTED.code})
