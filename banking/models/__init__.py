"""Models of bank files."""

from .callbacks import CallbackEvent, CallbackKey
from .days import DayCheck, Difference
from .files import AccountDay, BankFile, BankLine
from .meanings import LineMeaning, Opening
from .months import MonthStatement
from .profiles import BankProfile

__all__ = [
    "AccountDay",
    "BankFile",
    "BankLine",
    "BankProfile",
    "CallbackEvent",
    "CallbackKey",
    "DayCheck",
    "Difference",
    "LineMeaning",
    "MonthStatement",
    "Opening",
]
