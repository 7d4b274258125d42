"""What is reminded of in declarations: one clock for all that an inquiry asked."""

from foundation.notifications.clocks import remind_of_clocks

from .clocks import DUE

remind_of_clocks("declarations.due", "机构申报截止", codes=(DUE,), who="发起单位的经办人")
