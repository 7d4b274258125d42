"""What every report of a party has to say, whoever brings it in and whatever it answers."""

from __future__ import annotations

from collections.abc import Sized

from foundation.core.errors import InvalidInput, need_words

MOST_PHOTOS = 9


def check_photos(photos: Sized) -> None:
    """Raises InvalidInput (too many photos)."""
    if len(photos) > MOST_PHOTOS:
        message = f"一次最多{MOST_PHOTOS}张照片。"
        raise InvalidInput(message, code="photos", fields={"photos": [message]})


def check_report(text: str, given_by: str, photos: Sized) -> None:
    """Raises InvalidInput (no words, nobody named, too many photos)."""
    need_words(text, "text", "请写明整改情况。")
    need_words(given_by, "given_by", "请填写由谁报告。")
    check_photos(photos)
