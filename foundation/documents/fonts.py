"""The fonts that PDFs embed: Noto Serif and Sans SC, and Noto Serif JP for rare characters (𠮷) that they lack.

An installation adds its own in DOCUMENT_FONTS: a folder with 仿宋, or with a font of all of CJK.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pylopdf_fonts_jp
import pylopdf_fonts_zh_cn
from django.conf import settings
from PIL import ImageFont

_NOWHERE = "\U0010fffe"  # no font has a glyph for it, so it shows the font's own empty box
_INVISIBLE = {"\n", "\t", " ", "　"}


def folders() -> list[str]:
    """Where Typst looks for fonts; the machine's own are left out, so that every server prints the same."""
    packaged = [Path(module.serif_path()).parent for module in (pylopdf_fonts_zh_cn, pylopdf_fonts_jp)]
    added = [Path(settings.DOCUMENT_FONTS)] if settings.DOCUMENT_FONTS else []
    return [str(folder) for folder in (*packaged, *added)]


@cache
def _faces() -> tuple[tuple[ImageFont.FreeTypeFont, bytes], ...]:
    files = [file for folder in folders() for file in sorted(Path(folder).glob("*.[ot]t[fc]"))]
    faces = [ImageFont.truetype(str(file), 16) for file in files]
    return tuple((face, bytes(face.getmask(_NOWHERE))) for face in faces)


@cache
def _printable(character: str) -> bool:
    return any(bytes(face.getmask(character)) != box for face, box in _faces())


def missing(text: str) -> list[str]:
    """The characters that no font can draw: on paper they would be empty boxes."""
    return sorted(character for character in set(text) - _INVISIBLE if not _printable(character))
