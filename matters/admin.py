"""Matters have no register of their own: their page is reached from each of their records."""

from clues.models import Clue
from foundation.core.pages import contribute

from . import rules
from .pages import LinkCheck, MatterPage

for model in rules.READ_BY:
    contribute(model, MatterPage)
contribute(Clue, LinkCheck)
