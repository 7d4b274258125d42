"""The ledger's tables: who holds what now (accounts, purses), what happened (entries), and what a day came to."""

from .accounts import Account, PostingRule, Purse
from .entries import ClosedDay, DayTotal, Entry

__all__ = ["Account", "ClosedDay", "DayTotal", "Entry", "PostingRule", "Purse"]
