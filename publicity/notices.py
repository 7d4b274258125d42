"""What editors are told of, and the outbox messages of a check."""

from foundation.notifications.enums import Topic
from foundation.notifications.kinds import NoticeKind

PROBLEMS_FOUND = NoticeKind("publicity.problems_found", "公众网站检查发现问题", Topic.TODO)

TO_HAND_OUT = NoticeKind("publicity.letter_to_hand_out", "致家长信待发放", Topic.TODO)

#: A letter was published: ``letter_id``.
TELL_SCHOOLS = "publicity.tell_schools"
#: The daily slot; one slice of a check (``check_id``); the message to the editors (``check_id``).
DAILY_CHECK = "publicity.daily_check"
CARRY_ON = "publicity.carry_on_check"
TELL_EDITORS = "publicity.tell_editors"
