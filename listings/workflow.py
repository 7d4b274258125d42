"""From a proposal to the list and off it again; each step by another person than the one who asked."""

from foundation.core.workflow import Transition, Workflow

from .enums import OPEN_RATINGS, UNDECIDED, CheckState, ListState, RatingState, RepairState

NOTIFY = Transition("notify", "出具事先告知书", (ListState.PROPOSED,), ListState.NOTIFIED)
SERVE = Transition("serve", "登记送达", (ListState.NOTIFIED,), ListState.DEFENDING)
WAIVE = Transition("waive", "登记放弃申辩", (ListState.DEFENDING,), ListState.HEARD)
CLOSE_WINDOW = Transition("close_window", "申辩期满", (ListState.DEFENDING,), ListState.HEARD)
APPROVE = Transition("approve", "同意列入", (ListState.PROPOSED, ListState.HEARD), ListState.APPROVED)
REJECT = Transition("reject", "退回", UNDECIDED, ListState.REJECTED)
PROPOSE_REMOVAL = Transition("propose_removal", "提请移出", (ListState.APPROVED,), ListState.REMOVING)
APPROVE_REMOVAL = Transition("approve_removal", "同意移出", (ListState.REMOVING,), ListState.ENDED)
REJECT_REMOVAL = Transition("reject_removal", "不同意移出", (ListState.REMOVING,), ListState.APPROVED)
LAPSE = Transition("lapse", "到期移出", (ListState.APPROVED, ListState.REMOVING), ListState.ENDED)

LISTING = Workflow(
    ListState,
    initial=ListState.PROPOSED,
    transitions=(
        *(NOTIFY, SERVE, WAIVE, CLOSE_WINDOW, APPROVE, REJECT),
        *(PROPOSE_REMOVAL, APPROVE_REMOVAL, REJECT_REMOVAL, LAPSE),
    ),
)

PASS_REPAIR = Transition("pass_repair", "核查通过", (RepairState.APPLIED,), RepairState.PASSED)
ACCEPT_REPAIR = Transition("accept_repair", "同意移出", (RepairState.PASSED,), RepairState.ACCEPTED)
REFUSE_REPAIR = Transition(
    "refuse_repair", "核查未通过", (RepairState.APPLIED, RepairState.PASSED), RepairState.REFUSED
)

REPAIR = Workflow(RepairState, initial=RepairState.APPLIED, transitions=(PASS_REPAIR, ACCEPT_REPAIR, REFUSE_REPAIR))

CONFIRM = Transition("confirm", "复核通过", (RatingState.COMPUTED,), RatingState.REVIEWED)
OBJECT = Transition("object", "提出异议", (RatingState.COMPUTED, RatingState.REVIEWED), RatingState.OBJECTED)
PROPOSE_GRADE = Transition("propose_grade", "公示拟定等级", (RatingState.REVIEWED,), RatingState.NOTICE)
UPHOLD = Transition("uphold", "采纳机构异议", (RatingState.NOTICE,), RatingState.OBJECTED)
PUBLISH = Transition("publish", "公布等级", (RatingState.NOTICE,), RatingState.PUBLISHED)
SUPERSEDE = Transition("supersede", "重新计算", (*OPEN_RATINGS, RatingState.PUBLISHED), RatingState.SUPERSEDED)

RATING = Workflow(
    RatingState,
    initial=RatingState.COMPUTED,
    transitions=(CONFIRM, OBJECT, PROPOSE_GRADE, UPHOLD, PUBLISH, SUPERSEDE),
)

REPORT = Transition("report", "登记自查报送", (CheckState.OPEN,), CheckState.REPORTED)
SEND_BACK = Transition(
    "send_back", "退回补正", (CheckState.REPORTED, CheckState.REVIEWED, CheckState.CHECKED), CheckState.OPEN
)
REVIEW = Transition("review", "书面审核通过", (CheckState.REPORTED,), CheckState.REVIEWED)
VISIT = Transition("visit", "登记实地检查", (CheckState.REVIEWED,), CheckState.CHECKED)
CONCLUDE = Transition("conclude", "拟定结论", (CheckState.CHECKED,), CheckState.CONCLUDED)
RECONSIDER = Transition("reconsider", "退回重拟", (CheckState.CONCLUDED, CheckState.NOTICE), CheckState.CHECKED)
ANNOUNCE = Transition("announce", "审定并公示", (CheckState.CONCLUDED,), CheckState.NOTICE)
FINISH = Transition("finish", "公示期满办结", (CheckState.NOTICE,), CheckState.DONE)

CHECK = Workflow(
    CheckState,
    initial=CheckState.OPEN,
    transitions=(REPORT, SEND_BACK, REVIEW, VISIT, CONCLUDE, RECONSIDER, ANNOUNCE, FINISH),
)
