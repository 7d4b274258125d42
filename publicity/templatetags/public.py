"""What every public page's frame needs, also on pages of other apps that extend it."""

from __future__ import annotations

from django import template

from publicity.faces import FACES, face_of

register = template.Library()


@register.simple_tag(takes_context=True)
def face(context) -> str:
    """The visitor's letter size."""
    request = context.get("request")
    return face_of(request) if request is not None else "normal"


@register.simple_tag
def faces() -> list[tuple[str, str]]:
    """(value, label) of the letter sizes."""
    return list(FACES.items())
