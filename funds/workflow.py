"""The steps of banks, proposals, agreements and obstacles."""

from .enums import BankStatus

#: What may follow: a bank that left may be looked at anew.
BANK_STEPS = {
    BankStatus.CANDIDATE: frozenset({BankStatus.SELECTED, BankStatus.WITHDRAWN}),
    BankStatus.SELECTED: frozenset({BankStatus.WITHDRAWN}),
    BankStatus.WITHDRAWN: frozenset({BankStatus.CANDIDATE, BankStatus.SELECTED}),
}
