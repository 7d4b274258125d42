"""What is reminded of in clues: the two clocks of a clue from outside."""

from foundation.notifications.clocks import remind_of_clocks

from .clocks import ACCEPTANCE, ANSWER

remind_of_clocks(
    "clues.terms", "线索受理和答复", codes=(ACCEPTANCE, ANSWER), who="本级办理线索的人，无人则上级", legal=True
)
