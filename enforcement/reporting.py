"""What every report of a party has to say, whoever brings it in and whatever it answers."""

from __future__ import annotations

from collections.abc import Sized

from foundation.core.errors import need_words
from foundation.photos.sending import check_photos


def check_report(text: str, given_by: str, photos: Sized) -> None:
    """Raises InvalidInput (no words, nobody named, too many photos)."""
    need_words(text, "text", "请写明整改情况。")
    need_words(given_by, "given_by", "请填写由谁报告。")
    check_photos(photos)
