"""Fund supervision: banks, accounts, agreements, the three flags, obstacles, trainings."""

from .banks import Bank, BankStatusEvent

__all__ = ["Bank", "BankStatusEvent"]
