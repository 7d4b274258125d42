"""What is reminded of in assignments."""

from foundation.notifications.clocks import remind_of_clocks

from .operations.assign import DEADLINE

remind_of_clocks("assignments.answer", "交办反馈", codes=(DEADLINE,), who="承办单位有权反馈的人")
