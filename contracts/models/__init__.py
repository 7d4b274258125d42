"""Models of contracts and payments."""

from .limits import ContractLimit

__all__ = ["ContractLimit"]
