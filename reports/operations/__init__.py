"""Operations of reports."""

from .styles import set_style

__all__ = ["set_style"]
