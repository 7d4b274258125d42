"""Judging the text of an advertisement by rules: what is marked, why, by which law, on which carrier. Pure.

A text is judged by its sentences. Words of a warning (``请勿相信``) clear the sentence that they stand in; a notice of
an authority or a school that solicits nothing is cleared as a whole, and so is what teaches adults or sells other
things, except what it promises of examinations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .enums import SURROUNDINGS, AdRuleKind, Carrier
from .wording import Plain, compiled, plain

#: What is unlawful in the teaching of adults too.
ALSO_FOR_ADULTS = frozenset({AdRuleKind.PROMISE, AdRuleKind.EXAMINERS})


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule. ``words`` and ``unless`` are expressions; without words it marks what solicits, else what teaches.

    ``needs``: the surroundings that have to be there; ``media``: where it holds, empty for anywhere.
    """

    code: str
    kind: str
    words: tuple[str, ...]
    unless: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset()
    media: frozenset[str] = frozenset()
    carrier: str = ""
    claim: str = ""
    law: str = ""
    clause: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Mark:
    """From ``start`` up to ``end`` of the text as it was given, by a rule."""

    start: int
    end: int
    words: str
    rule: Rule


@dataclass(frozen=True)
class Screened:
    """What the rules say of a text. Without marks it is not suspicious."""

    marks: tuple[Mark, ...] = ()
    claims: tuple[str, ...] = ()
    carrier: str = ""
    laws: tuple[str, ...] = ()

    @property
    def suspicious(self) -> bool:
        return bool(self.marks)


@dataclass(frozen=True)
class _Found:
    start: int
    end: int
    sentences: range

    def within(self, other: _Found) -> bool:
        return other.start <= self.start and self.end <= other.end


def screen(text: str, *, rules: Iterable[Rule], medium: str) -> Screened:
    """Mark what in a text the rules name. ``medium``: where it appeared."""
    held = list(rules)
    given = plain(text)
    around = {kind: _all(held, given, kind) for kind in SURROUNDINGS}
    warned = {number for found in around[AdRuleKind.WARNING] for number in found.sentences}
    solicits = [one for one in around[AdRuleKind.OFFER] if warned.isdisjoint(one.sentences)]
    if around[AdRuleKind.OFFICIAL] and not solicits:
        return Screened()
    here = _surroundings(around)
    adults = AdRuleKind.OTHER_TRADE in here and AdRuleKind.PUPILS not in here
    shown = around[AdRuleKind.OFFER] or around[AdRuleKind.TRAINING]
    marks: list[Mark] = []
    for rule in held:
        judges = rule.kind not in SURROUNDINGS and rule.needs <= here and (not rule.media or medium in rule.media)
        if not judges or (adults and rule.kind not in ALSO_FOR_ADULTS):
            continue
        saved = warned | {number for found in _matches(rule.unless, given) for number in found.sentences}
        for found in _matches(rule.words, given) if rule.words else shown:
            if saved.isdisjoint(found.sentences):
                start, end = given.places[found.start], given.places[found.end - 1] + 1
                marks.append(Mark(start, end, text[start:end], rule))
    return _told(marks)


def _surroundings(around: dict[str, list[_Found]]) -> set[str]:
    """What is there. A school subject that is taught to nobody else is taught to pupils, one that is offered is taught;
    pupils named within words of another trade (成人高考) are none.
    """
    here = {kind for kind in SURROUNDINGS if around[kind]}
    others = around[AdRuleKind.OTHER_TRADE]
    if others and all(
        any(o.start <= one.start and one.end <= o.end for o in others) for one in around[AdRuleKind.PUPILS]
    ):
        return here - {AdRuleKind.PUPILS}
    if AdRuleKind.SUBJECT in here:
        here.add(AdRuleKind.PUPILS)
        if AdRuleKind.OFFER in here:
            here.add(AdRuleKind.TRAINING)
    return here


def _told(marks: list[Mark]) -> Screened:
    ordered = tuple(sorted(marks, key=lambda mark: (mark.start, mark.end, mark.rule.code)))
    carriers = [mark.rule.carrier for mark in ordered if mark.rule.carrier]
    named = [carrier for carrier in carriers if carrier != Carrier.GROUNDS]
    return Screened(
        ordered,
        tuple(dict.fromkeys(mark.rule.claim for mark in ordered if mark.rule.claim)),
        next(iter(named or carriers), ""),
        tuple(dict.fromkeys(f"{mark.rule.law}{mark.rule.clause}" for mark in ordered)),
    )


def _all(rules: Sequence[Rule], given: Plain, kind: str) -> list[_Found]:
    return [found for rule in rules if rule.kind == kind for found in _matches(rule.words, given)]


def _matches(expressions: tuple[str, ...], given: Plain) -> Iterator[_Found]:
    pattern = compiled(expressions)
    if pattern is None:
        return
    for found in pattern.finditer(given.text):
        last = given.sentence(found.end() - 1)
        yield _Found(found.start(), found.end(), range(given.sentence(found.start()), last + 1))
