"""The registers of the inspections that can be imported."""

from foundation.imports.target import register

from .target import VISITS

register(VISITS)

__all__ = ["VISITS"]
