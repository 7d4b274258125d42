"""Fund supervision: banks, accounts, agreements, the three flags, obstacles, trainings."""

from .accounts import AccountEvent, MinimumBalance, ModeEvent, SupervisedAccount
from .banks import Bank, BankStatusEvent
from .proposals import Exemption

__all__ = [
    "AccountEvent",
    "Bank",
    "BankStatusEvent",
    "Exemption",
    "MinimumBalance",
    "ModeEvent",
    "SupervisedAccount",
]
