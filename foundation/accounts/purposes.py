"""What one-purpose links are for. A higher app says what the holder reads, what may be sent, and until when::

    class OrderReply(Purpose):
        code, model, rule = "order", Order, rules.can_follow_up
        ...

    declare(OrderReply())

The link is all that its holder proves: a purpose shows the one matter and nothing else, above all nothing of tips.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.db import models

from foundation.core.forms import FilesField
from foundation.core.operation import Rule

MOST_PHOTOS = 4


class AnswerForm(forms.Form):
    """What most purposes ask: words, who says so, photos."""

    text = forms.CharField(
        label="整改情况",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "请写明整改情况。"},
    )
    given_by = forms.CharField(label="报告人姓名和职务", max_length=60, error_messages={"required": "请填写由谁报告。"})
    photos = FilesField(accept="image/*", most=MOST_PHOTOS, label="照片", required=False)


@dataclass(frozen=True)
class Said:
    """One answer that came in: the day, who said it, what, how many photos, whether an officer entered it."""

    on: date
    given_by: str
    text: str
    photos: int
    entered: bool


@dataclass(frozen=True)
class Shown:
    """What the holder of a link reads."""

    title: str
    party: str
    state: str
    tone: str
    explained: str
    lines: Sequence[tuple[str, str]]
    said: Sequence[Said] = ()
    has_paper: bool = False


class Purpose(ABC):
    """``rule(actor, subject)`` says who may issue and stop the links of a matter: whoever handles it."""

    code: ClassVar[str]
    model: ClassVar[type[models.Model]]
    rule: ClassVar[Rule]
    form_class: ClassVar[type[forms.Form]] = AnswerForm

    @abstractmethod
    def last_day(self, subject: Any) -> date | None:
        """Until when a link issued now lives; None while nothing is asked of the party, or no more."""

    @abstractmethod
    def shown(self, subject: Any) -> Shown:
        """The matter as its party may read it."""

    def paper(self, subject: Any) -> tuple[str, bytes] | None:
        """(name, PDF) of the served paper; None where there is none, or not yet."""
        return None

    @abstractmethod
    def send(self, *, code: str, at: datetime, photos: Sequence[Any], **answers: Any) -> None:
        """Call the one operation that takes the answer in; ``code`` is the hash that opened the page."""


_declared: dict[str, Purpose] = {}


def declare(purpose: Purpose) -> Purpose:
    if type(_declared.setdefault(purpose.code, purpose)) is not type(purpose):
        raise RuntimeError(f"the purpose {purpose.code} is declared twice")
    return purpose


def purpose_of(code: str) -> Purpose | None:
    return _declared.get(code)
