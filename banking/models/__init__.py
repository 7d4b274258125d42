"""Models of bank files."""

from .files import AccountDay, BankFile, BankLine
from .profiles import BankProfile

__all__ = ["AccountDay", "BankFile", "BankLine", "BankProfile"]
