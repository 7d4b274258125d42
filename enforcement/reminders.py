"""What is reminded of in enforcement: days to put right that notices and interviews name."""

from foundation.notifications.clocks import remind_of_clocks

from .clocks import DEADLINE, PARTY_DEADLINE

remind_of_clocks("enforcement.orders", "通知书整改和复查", codes=(DEADLINE,), who="开具单位的经办人", legal=True)
remind_of_clocks(
    "enforcement.interviews", "约谈事项整改", codes=(PARTY_DEADLINE,), who="机构所在地的经办人，无人则上级", legal=True
)
