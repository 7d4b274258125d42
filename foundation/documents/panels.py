"""A bureau's own words on their page: as they stand on paper, and the words that they replace."""

from __future__ import annotations

from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.panels import Panel, panel

from . import local_words
from .models import LocalWording
from .previewing import sample_document
from .queries import wording
from .wording import in_use


@panel(LocalWording, label="样张正文", order=10)
def sample(actor: Actor, row: LocalWording) -> Panel:
    return Panel(("", "内容"), wording(sample_document(row, at=clock.now())))


@panel(LocalWording, label="本地格式文本", order=20)
def own(actor: Actor, row: LocalWording) -> Panel:
    return _numbered(row.text)


@panel(LocalWording, label="标准格式文本", order=30)
def standard(actor: Actor, row: LocalWording) -> Panel:
    return _numbered(local_words.standard_text(in_use(row.kind)))


def _numbered(text: str) -> Panel:
    lines = [(str(number), line) for number, line in enumerate(text.splitlines(), start=1)]
    return Panel(("行", "文本"), lines, empty="没有文本：恢复标准格式。")
