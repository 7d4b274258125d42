"""What is reminded of in early warning."""

from foundation.notifications.clocks import remind_of_clocks

from .notices import CLOCK

remind_of_clocks("alerts.handling", "风险预警处置", codes=(CLOCK,), who="本级处置预警的人，无人则上级")
