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
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django import forms
from django.db import models

from foundation.core.forms import FilesField
from foundation.core.operation import Rule

MOST_PHOTOS = 4
#: After the day until when something is asked: who is late should still read it, and answer where that counts.
GRACE = timedelta(days=30)


def answer_form(about: str, who: str, does: str, *, longest: int = 2000, photos: bool = True) -> type[forms.Form]:
    """What most purposes ask: words, who says so, ``photos``; such as ``answer_form("整改情况", "报告人", "报告")``."""
    text = forms.CharField(
        label=about,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": f"请写明{about}。"},
    )
    given_by = forms.CharField(
        label=f"{who}姓名和职务", max_length=60, error_messages={"required": f"请填写由谁{does}。"}
    )
    fields = {"text": text, "given_by": given_by}
    if photos:
        fields["photos"] = FilesField(accept="image/*", most=MOST_PHOTOS, label="照片", required=False)
    return type("AnswerForm", (forms.Form,), fields)


AnswerForm = answer_form("整改情况", "报告人", "报告")


@dataclass(frozen=True)
class Said:
    """One answer that came in: the day, who said it, what, how many photos, whether an officer entered it."""

    on: date
    given_by: str
    text: str
    photos: int
    entered: bool


@dataclass(frozen=True)
class Words:
    """How the page speaks of what its party does."""

    ask: str = "报告情况"
    said: str = "已报告的情况"
    none: str = "还没有报告。"
    photos: str = "改正后的照片"


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
    words: Words = Words()


class Purpose(ABC):
    """``rule(actor, subject)`` says who may issue and stop the links of a matter: whoever handles it."""

    code: ClassVar[str]
    model: ClassVar[type[models.Model]]
    rule: ClassVar[Rule]
    form_class: ClassVar[type[forms.Form]] = AnswerForm
    #: The page of this purpose, for those that show more than lines and one form.
    template: ClassVar[str] = "public/answer.html"

    @abstractmethod
    def last_day(self, subject: Any) -> date | None:
        """Until when a link issued now lives; None while there is nothing to read or to answer, or no more."""

    @abstractmethod
    def shown(self, subject: Any) -> Shown:
        """The matter as its party may read it."""

    def closed(self, subject: Any) -> str:
        """Why nothing more can be sent of what may still be read, in a sentence for its party; empty while it can."""
        return ""

    def asks(self, subject: Any) -> bool:
        """Whether a link may be issued now."""
        return self.last_day(subject) is not None and not self.closed(subject)

    def form(self, subject: Any, *given: Any) -> forms.Form:
        """The form, for matters that ask their own questions; ``given`` as Django's."""
        return self.form_class(*given)

    def paper(self, subject: Any) -> tuple[str, bytes] | None:
        """(name, PDF) of the served paper; None where there is none, or not yet."""
        return None

    def file(self, subject: Any, wanted: str) -> tuple[str, bytes, str] | None:
        """(name, content, type) of another file of the matter; None where there is none."""
        return None

    def more(self, subject: Any, form: forms.Form) -> dict[str, Any]:
        """What ``template`` shows besides the form that was sent, or would be."""
        return {}

    def opened_otherwise(self, code: str, *, at: datetime) -> int | None:
        """The id of the matter that this hash of a code opens by another door than a link."""
        return None

    @abstractmethod
    def send(self, *, code: str, at: datetime, photos: Sequence[Any], **answers: Any) -> None:
        """Call the one operation that takes the answer in; ``code`` is the hash that opened the page."""


_declared: dict[str, Purpose] = {}


def declare(purpose: Purpose) -> Purpose:
    if type(_declared.setdefault(purpose.code, purpose)) is not type(purpose):
        raise RuntimeError(f"the purpose {purpose.code} is declared twice")
    return purpose


def opened_otherwise(code: str, *, at: datetime) -> tuple[Purpose, int] | None:
    """The purpose and the id of its matter that a hash of a code opens by another door than a link."""
    for purpose in _declared.values():
        if (subject_id := purpose.opened_otherwise(code, at=at)) is not None:
            return purpose, subject_id
    return None


def purpose_of(code: str) -> Purpose | None:
    return _declared.get(code)
