"""Writes of photos."""

from .drawn import keep_copies, refuse_photo
from .keeping import keep_photo
from .originals import take_out_original

__all__ = ["keep_copies", "keep_photo", "refuse_photo", "take_out_original"]
