"""Choices from closed lists, by label, code or another usual word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices

from ..faults import CellRefused, Warn
from ..suggesting import Suggestion, suggest_choice
from .texts import EMPTY, CellWidget, half_width, refuse_dangerous, written


class ChoiceWidget(CellWidget):
    """One of a closed list.

    ``synonyms`` are other words for a choice. With ``noise``, a cell that is no such word is taken apart at the usual
    marks, and each part is looked up without these words: 非学科类（音乐、舞蹈） is one category, 艺术/体育 are two.
    ``excludes`` are words that deny a choice: 非学科（英语） is no category.
    """

    PARTS = re.compile(r"[、,;/|+&()\[\]〔〕【】:：\-—_.·和及与或兼]+")
    repeats = True

    def __init__(
        self,
        choices: type[TextChoices],
        *,
        synonyms: Mapping[str, str] | None = None,
        noise: str = "",
        excludes: Mapping[str, str] | None = None,
        code: str,
    ) -> None:
        super().__init__()
        self.choices = choices
        self.code = code
        self.excludes = excludes or {}
        self.noise = re.compile(noise) if noise else None
        words = {label: value for value, label in choices.choices if value} | {v: v for v in choices.values if v}
        self.words = {self._key(word): value for word, value in {**words, **(synonyms or {})}.items()}
        self.bare_words = {self._bare(word): value for word, value in self.words.items()} if noise else {}

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> str | None:
        text = written(value)
        if text in EMPTY:
            return None
        found = self._found(text)
        if len(found) == 1:
            return found.pop()
        raise self._refused(text, "写了不止一项，请只填一项" if found else f"“{text[:20]}”不在可选范围内")

    def _found(self, text: str) -> set[str]:
        """The choices that a text names; empty when a part of it is none of them."""
        key = self._key(text)
        if (value := self.words.get(key)) is not None:
            return {value}
        if self.noise is None:
            return set()
        parts = [bare for part in self.PARTS.split(key) if (bare := self._bare(part))]
        found = {self.bare_words.get(part) for part in parts}
        denied = any(word in key and value in found for word, value in self.excludes.items())
        return set() if None in found or denied else found

    def _refused(self, text: str, why: str) -> CellRefused:
        refuse_dangerous(text)
        allowed = "、".join(str(label) for value, label in self.choices.choices if value)
        return CellRefused(self.code, f"{why}，可填：{allowed}。", before=text)

    def suggested(self, text: str) -> Suggestion | None:
        return suggest_choice(text, {word: str(self.choices(value).label) for word, value in self.words.items()})

    def _bare(self, word: str) -> str:
        return self.noise.sub("", word)

    @staticmethod
    def _key(text: str) -> str:
        return half_width(text).lower()

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(self.choices(value).label) if value else ""


class ChoicesWidget(ChoiceWidget):
    """Several of a closed list. ``groups`` are words that stand for several of them (义务教育 -> 小学、初中)."""

    PARTS = re.compile(r"[、,;/|+&\s和及与或]+")

    def __init__(
        self, choices: type[TextChoices], *, groups: Mapping[str, tuple[str, ...]] | None = None, **given: Any
    ) -> None:
        super().__init__(choices, **given)
        self.groups = {self._key(word): frozenset(values) for word, values in (groups or {}).items()}

    def clean(self, value: Any, row: Any = None, *, warn: Warn, **kwargs: Any) -> list[str] | None:
        text = written(value)
        if text in EMPTY:
            return None
        wanted: set[str] = set()
        for part in self._parts(text):
            values = self.part_values(part)
            if not values:
                raise self._refused(text, f"“{part[:20]}”不在可选范围内")
            wanted |= values
        return [choice for choice in self.choices.values if choice in wanted] or None

    def _parts(self, text: str) -> list[str]:
        """A whole text that is a word by itself stays whole, whatever marks it holds."""
        key = self._key(text)
        return [key] if self.part_values(key) else [part for part in self.PARTS.split(key) if part]

    def part_values(self, part: str) -> frozenset[str]:
        """The choices that one part names; empty when it names none."""
        if part in self.groups:
            return self.groups[part]
        value = self.words.get(part) or (self.bare_words.get(self._bare(part)) if self.noise else None)
        return frozenset({value}) if value else frozenset()

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "、".join(str(self.choices(item).label) for item in value or [])
