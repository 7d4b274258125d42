"""Checks of our own public pages with what they found; letters to parents."""

from .checks import Finding, PublicCheck
from .letters import LetterSchool, ParentLetter

__all__ = ["Finding", "LetterSchool", "ParentLetter", "PublicCheck"]
