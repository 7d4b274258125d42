"""工作简报: prose with numbers in brackets, each of which is a KPI: 【检查家次】, 【核拨金额·双减以来】.

After the KPI's name (or code) may stand, each behind a middle dot, a time of the year by its word, words of a
campaign's name (the one campaign of the area that has them; then its own days count), or a part of the KPI (学科类).
``=`` and a number at the end is typed over: it is printed instead and marked 人工.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from foundation.core.errors import InvalidInput
from inspections.models import Campaign

from .asking import Question
from .kpis import AnyKpi, kpi_of, kpis
from .seasons import SEASONS
from .sheets import SHEETS, Split

LONGEST_TYPED = 40  # letters typed over a number, as a line of a report holds them
MARK = re.compile(r"【([^【】]{1,120})】")
#: A number with a unit of ours that stands in the prose itself.
LOOSE = re.compile(r"\d[\d,.]*\s*(?:余|多)?(?:家次|人次|家|人|起|处|面|块|张|套|份|件|次|万元|元|%|％|万人)")
_SEASONS = {label.replace("“", "").replace("”", ""): code for code, (label, _) in SEASONS.items()}


@dataclass(frozen=True)
class Named:
    """A number that the prose names: the KPI, the question that it is asked, which part, and what was typed over."""

    words: str
    kpi: AnyKpi
    question: Question
    split: Split | None = None
    value: str = ""
    of: str = ""
    typed: str = ""


def split_of(kpi: AnyKpi) -> Split | None:
    """How reports take a KPI apart."""
    found = (each for sheet in SHEETS.values() for _, item, each in sheet.items() if item is kpi and each)
    return next(found, None)


def named_in(body: str, question: Question) -> list[Named]:
    """The numbers that the prose names, in order; raises InvalidInput with everything that nobody can count."""
    found, problems = [], []
    for mark in MARK.findall(body):
        try:
            found.append(_named(mark, question))
        except LookupError as error:
            problems.append(f"【{mark}】{error.args[0]}")
    if problems:
        message = "；".join(dict.fromkeys(problems)) + "。"
        raise InvalidInput(message, code="marks", fields={"body": list(dict.fromkeys(problems))})
    if not found:
        message = "正文里还没有数字。请用【】写指标名，如【检查家次】。"
        raise InvalidInput(message, code="no_marks", fields={"body": [message]})
    return found


def _named(mark: str, question: Question) -> Named:
    words, _, typed = mark.partition("=")
    if len(typed.strip()) > LONGEST_TYPED:
        raise LookupError(f"人工填写的数字最多{LONGEST_TYPED}个字")
    name, *narrowed = [part.strip() for part in words.split("·")]
    kpi = kpi_of(name) or next((kpi for kpi in kpis() if kpi.label == name), None)
    if kpi is None:
        raise LookupError("没有这个指标")
    split, of, value = split_of(kpi), "", ""
    for part in narrowed:
        if part in _SEASONS:
            question = _of_season(part, question)
        elif split and part in split.labels.values():
            value, of = next(each for each in split.labels.items() if each[1] == part)
        else:
            question = _of_campaign(part, question)
    if why := kpi.asked_in_vain(question):
        raise LookupError(why)
    return Named(words.strip(), kpi, question, split, value, of, typed.strip())


def _of_season(word: str, question: Question) -> Question:
    first, last = SEASONS[_SEASONS[word]][1](question.on)
    return replace(question, first=first, last=min(last, question.on))


def _of_campaign(words: str, question: Question) -> Question:
    """The campaign's own days, up to the day of the question."""
    found = list(_campaigns(words, question)[:2])
    if not found:
        raise LookupError(f"没有叫“{words}”的时段、分类或专项行动")
    if len(found) > 1:
        raise LookupError(f"有几个专项行动的名称含“{words}”，请写全")
    [campaign] = found
    last = max(campaign.starts_on, min(campaign.ends_on, question.on))
    return replace(question, campaign=campaign, first=campaign.starts_on, last=last)


def _campaigns(words: str, question: Question) -> QuerySet[Campaign]:
    """Campaigns of the area that were begun by then and bear these words in their names; the one that is called so."""
    rows = Campaign.objects.filter(jurisdiction__in=question.area, starts_on__lte=question.on).order_by("-pk")
    exact = rows.filter(name=words)
    return exact if exact.exists() else rows.filter(name__contains=words)


def paragraphs(body: str) -> list[str]:
    """The lines that are not blank."""
    return [line.strip() for line in body.splitlines() if line.strip()]


def pieces(body: str) -> Iterator[list[tuple[str, int]]]:
    """Each paragraph as (text, 0) and (mark, its number from 1), in order."""
    number = 0
    for paragraph in paragraphs(body):
        parts: list[tuple[str, int]] = []
        for at, part in enumerate(MARK.split(paragraph)):
            if at % 2:
                number += 1
            if part:
                parts.append((part, number if at % 2 else 0))
        yield parts


def loose(body: str) -> list[str]:
    """Numbers with a unit that stand in the prose itself: nobody counted them."""
    return LOOSE.findall(MARK.sub("", body))


def filled(body: str, printed: Sequence[str]) -> list[str]:
    """The paragraphs with each mark replaced by what is printed for it and its note's number."""
    return [
        "".join(f"{printed[number - 1]}〔{number}〕" if number else text for text, number in parts)
        for parts in pieces(body)
    ]
