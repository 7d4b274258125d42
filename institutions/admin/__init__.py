"""The register in the staff site."""

from . import institutions, unlicensed

__all__ = ["institutions", "unlicensed"]
