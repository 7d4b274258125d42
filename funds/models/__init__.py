"""Fund supervision: banks, accounts, agreements, the three flags, obstacles, trainings."""

from .accounts import AccountEvent, MinimumBalance, ModeEvent, SupervisedAccount
from .agreements import Agreement, AgreementEvent, FlagEvent, FundsFile
from .banks import Bank, BankStatusEvent
from .obstacles import AdminTraining, Obstacle, TrainingOrgan
from .proposals import Exemption
from .pushes import Push, PushedInstitution

__all__ = [
    "AccountEvent",
    "AdminTraining",
    "Agreement",
    "AgreementEvent",
    "Bank",
    "BankStatusEvent",
    "Exemption",
    "FlagEvent",
    "FundsFile",
    "MinimumBalance",
    "ModeEvent",
    "Obstacle",
    "Push",
    "PushedInstitution",
    "SupervisedAccount",
    "TrainingOrgan",
]
