"""How cells are read and shown. Values are JSON-ready.

A widget's ``clean(value, row=None, *, warn)`` gives the canonical value, None for an empty cell, or raises CellRefused.
``plain`` is a pattern: a str cell that matches it fully is canonical already, so that ``clean`` would give it back
unchanged and silently. ``repeats`` says that few different cells are expected, so that results may be remembered.
"""

from .choices import ChoicesWidget, ChoiceWidget
from .codes import CodeWidget, upper
from .dates import DateWidget, PeriodEndWidget, period
from .phones import PhoneWidget
from .texts import NameWidget, TextWidget, half_width, text_of

__all__ = [
    "ChoiceWidget",
    "ChoicesWidget",
    "CodeWidget",
    "DateWidget",
    "NameWidget",
    "PeriodEndWidget",
    "PhoneWidget",
    "TextWidget",
    "half_width",
    "period",
    "text_of",
    "upper",
]
