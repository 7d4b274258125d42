"""Letter sizes that a visitor may choose; kept in a cookie that holds nothing else."""

from __future__ import annotations

from django.http import HttpRequest

COOKIE = "face"
FACES = {"normal": "标准", "large": "大字", "elder": "长者模式"}


def face_of(request: HttpRequest) -> str:
    """The chosen letter size; anything unknown is the normal one."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in FACES else "normal"
