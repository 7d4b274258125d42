"""Who is told that an institution declared something, and what follows an inquiry."""

from foundation.notifications.enums import Topic
from foundation.notifications.kinds import NoticeKind

#: The institutions of an inquiry come in: ``inquiry_id``.
FILL = "declarations.fill"
#: An institution answered by its own link: ``declaration_id``.
GIVEN = "declarations.given"
#: An institution asked by its own link for a change: ``change_id``.
CHANGE_ASKED = "declarations.change_asked"

DECLARED = NoticeKind("declarations.declared", "有机构报送申报", Topic.NEWS)
TO_DECIDE = NoticeKind("declarations.change", "资料变更申请，待办理", Topic.TODO)
