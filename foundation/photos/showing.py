"""Photos on pages: a grid of thumbnails for staff pages, panels and the phone, with what is still being made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .enums import FileKind, PhotoState
from .models import Photo
from .queries import Repeat

NONE = SafeString('<p class="muted">没有照片</p>')
HINTS = 3  # repeats named under one photo; more are counted


def gallery(
    photos: Iterable[Photo],
    *,
    repeats: Mapping[int, list[Repeat]] | None = None,
    named: Mapping[int, SafeString | str] | None = None,
) -> SafeString:
    """Thumbnails that lead to the photos, in the order given; two queries for any number of them.

    ``repeats``: of ``queries.same_pictures``; under a photo it is told where the same picture was seen before.
    ``named`` says what other photos belong to, by their id, such as a link to a visit.
    """
    photos = list(photos)
    if not photos:
        return NONE
    prefetch_related_objects(photos, "files", "taken_by")
    tiles = [
        (_tile(photo, number), _hint((repeats or {}).get(photo.pk, []), named or {}))
        for number, photo in enumerate(photos, start=1)
    ]
    return format_html('<ul class="photos">{}</ul>', format_html_join("", "<li>{}{}</li>", tiles))


def _tile(photo: Photo, number: int) -> SafeString:
    thumb = next((file for file in photo.files.all() if file.kind == FileKind.THUMB), None)
    if photo.state == PhotoState.REFUSED:
        return format_html('<span class="photo-none">照片 {} 无法显示：{}</span>', number, photo.reason)
    if thumb is None:
        return format_html('<span class="photo-none" role="status">照片 {} 正在处理，请稍后刷新</span>', number)
    return format_html(
        '<a href="{}"><img src="{}" width="{}" height="{}" loading="lazy" alt="照片 {}"></a>'
        '<span class="photo-when">{}</span>',
        reverse("photos:display", args=[photo.public_id]),
        reverse("photos:thumb", args=[photo.public_id]),
        thumb.width,
        thumb.height,
        number,
        when(photo),
    )


def when(photo: Photo) -> str:
    """When the photo was taken as the phone says, or else when it was received."""
    at, word = (photo.taken_at, "拍摄") if photo.taken_at else (photo.received_at, "收到")
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M} {word}"


def _hint(repeats: list[Repeat], named: Mapping[int, SafeString | str]) -> SafeString:
    """A neutral sentence for each repeat: what to compare, nobody is blamed."""
    lines = [
        (named.get(repeat.photo.pk) or _taken_by(repeat.photo), "相同" if repeat.exact else "相近")
        for repeat in repeats[:HINTS]
    ]
    more = len(repeats) - len(lines)
    rest = format_html('<span class="photo-hint">另有 {} 张相同或相近</span>', more) if more else ""
    said = '<span class="photo-hint">此照片与 {} 的照片{}，请核对</span>'
    return SafeString(format_html_join("", said, lines) + rest)


def _taken_by(photo: Photo) -> str:
    name = photo.taken_by.name if photo.taken_by else "当事人"
    return f"{name} {timezone.localtime(photo.received_at):%Y-%m-%d} 上传"
