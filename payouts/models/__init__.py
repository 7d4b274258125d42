"""Models of releases and refunds."""

from .blocks import AccountBlock
from .holds import Hold
from .lessons import ConsumedLesson, Consumption
from .phone_codes import PhoneCode
from .purses import ContractPurse
from .refunds import Refund
from .releases import Release, ReleaseLine

__all__ = [
    "AccountBlock",
    "ConsumedLesson",
    "Consumption",
    "ContractPurse",
    "Hold",
    "PhoneCode",
    "Refund",
    "Release",
    "ReleaseLine",
]
