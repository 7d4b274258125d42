"""What is reminded of in fund supervision: agreements that end, obstacles to be cleared."""

from foundation.notifications.clocks import Stages, remind_of_clocks

from . import notices

remind_of_clocks(
    "funds.agreement",
    "三方协议到期",
    codes=(notices.AGREEMENT_CLOCK,),
    who="机构所在地的资金监管人员，无人则上级",
    notice=notices.AGREEMENT_ENDING,
    stages=Stages((60, 30, 7), calendar_days=True),
)
remind_of_clocks("funds.obstacle", "监管问题解决", codes=(notices.OBSTACLE_CLOCK,), who="登记单位的资金监管人员")
