"""The audit's periodic jobs seal every registered stream; importing this registers the ledger's."""

from .sealing import ENTRIES

__all__ = ["ENTRIES"]
