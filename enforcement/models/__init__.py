"""Orders to put right, their proof and re-checks."""

from .orders import Order, OrderCampaign, OrderOfficer, Proof, ProofPhoto, Recheck

__all__ = ["Order", "OrderCampaign", "OrderOfficer", "Proof", "ProofPhoto", "Recheck"]
