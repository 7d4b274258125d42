"""The register in the staff site."""

from . import institutions, nets, unlicensed

__all__ = ["institutions", "nets", "unlicensed"]
