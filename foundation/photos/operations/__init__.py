"""Writes of photos."""

from .drawn import keep_copies, refuse_photo
from .keeping import Sent, keep_photo, keep_photos
from .originals import take_out_original

__all__ = ["Sent", "keep_copies", "keep_photo", "keep_photos", "refuse_photo", "take_out_original"]
