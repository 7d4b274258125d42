"""What a bureau asks its institutions to declare, what they declared, and what they ask to have changed."""

from .changes import ChangeRequest
from .inquiries import Declaration, DeclarationPhoto, Inquiry
from .rule_sets import RuleSet

__all__ = ["ChangeRequest", "Declaration", "DeclarationPhoto", "Inquiry", "RuleSet"]
