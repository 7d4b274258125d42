"""Count a report: every line of its sheet for one question, and the SHA-256 of all that the lines say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from foundation.core.canonical import canonical, sha256
from foundation.regions.models import Division, Jurisdiction
from foundation.regions.queries import jurisdictions_below

from .asking import Question
from .composing import Named, named_in
from .enums import SheetKind
from .kpis import Answer, Answers, AnyKpi, Kpi, Ratio
from .models import RatioStyle, Report, ReportLine
from .past import past_beside
from .sheets import SHEETS, Split
from .styles import styled, styles_for

BY_PLACE, IN_PROSE = "分地区", "正文"
Tell = Callable[[int, int], None]
Place = Jurisdiction | Division | None


@dataclass(frozen=True)
class Counted:
    """One line as it was counted; see ``ReportLine``."""

    section: str
    kpi: AnyKpi
    answer: Answer
    question: Question
    of: str = ""
    place: Place = None
    terms: tuple[int | None, int | None] = (None, None)
    late: int = 0
    past: str = ""
    typed: str = ""

    def row(self, position: int) -> ReportLine:
        """The line as it is kept, without its counting."""
        value = self.answer.value
        part, whole = self.terms
        return ReportLine(
            position=position,
            section=self.section,
            place=self.place if isinstance(self.place, Jurisdiction) else None,
            town=self.place if isinstance(self.place, Division) else None,
            code=self.kpi.code,
            label=self.kpi.label,
            of=self.of,
            printed=self.typed or self.answer.number,
            unit=self.answer.unit.label,
            value=None if isinstance(value, Fraction) else value,
            part=part,
            whole=whole,
            late=self.late,
            past=self.past,
            typed=bool(self.typed),
            first=self.question.first,
            last=self.question.last,
            campaign=self.question.campaign,
        )


def question_of(report: Report) -> Question:
    """What a report asks: its bureau and those below it, its period, the states of the period's last day."""
    return Question(
        area=jurisdictions_below(report.jurisdiction_id),
        first=report.period_from,
        last=report.period_to,
        on=report.period_to,
        campaign=report.campaign,
    )


def count(report: Report, tell: Tell = lambda done, of: None) -> list[ReportLine]:
    """All lines of a report as the records stand now; ``tell`` hears how many numbers of how many are done.

    What cannot be asked so (a state of a campaign) has no line.
    """
    question, styles = question_of(report), styles_for(report.jurisdiction_id)
    if report.kind == SheetKind.BULLETIN:
        return _count_named(named_in(report.body, question), styles, tell)
    sheet, answers = SHEETS[SheetKind(report.kind)], Answers(question)
    items = [item for item in sheet.items() if not item[1].asked_in_vain(question)]
    of = len(items) + len(sheet.by_place)
    found: list[Counted] = []
    for done, (heading, kpi, split) in enumerate(items):
        tell(done, of)
        found += _lines(heading, styled(kpi, styles), split, answers)
    for done, line in _by_place(report, answers, styles):
        tell(len(items) + done, of)
        found.append(line)
    return [line.row(position) for position, line in enumerate(found, start=1)]


def _count_named(named: Sequence[Named], styles: Mapping[str, RatioStyle], tell: Tell) -> list[ReportLine]:
    """One line for each number that a bulletin's prose names, in order: its position is the number of its note."""
    lines = []
    for position, each in enumerate(named, start=1):
        tell(position - 1, len(named))
        lines.append(of_prose(each, styled(each.kpi, styles)).row(position))
    return lines


def of_prose(named: Named, kpi: AnyKpi) -> Counted:
    """The number that a bulletin's prose names."""
    answers = Answers(named.question)
    terms = _terms(kpi, answers) if isinstance(kpi, Ratio) else (None, None)
    if named.of:
        found = kpi.by_value(named.question, named.split.path, named.split.prepared)
        answer = found.get(named.value) or Answer(0, kpi.unit)
    else:
        answer = answers.of(kpi)
    late = kpi.late(named.question) if isinstance(kpi, Kpi) and kpi.day and not named.of else 0
    return Counted(IN_PROSE, kpi, answer, named.question, of=named.of, terms=terms, late=late, typed=named.typed)


def _lines(heading: str, kpi: AnyKpi, split: Split | None, answers: Answers) -> Iterator[Counted]:
    """The number, then its parts."""
    question = answers.question
    if isinstance(kpi, Ratio):
        yield Counted(heading, kpi, answers.of(kpi), question, terms=_terms(kpi, answers))
        return
    late = kpi.late(question) if kpi.day else 0
    yield Counted(heading, kpi, answers.of(kpi), question, late=late, past=_past_text(kpi, question))
    if split is None:
        return
    found = kpi.by_value(question, split.path, split.prepared)
    words = split.labels or {value: str(value) for value in sorted(found)}
    for value, word in words.items():
        yield Counted(heading, kpi, found.get(value) or Answer(0, kpi.unit), question, of=word)


def _terms(kpi: Ratio, answers: Answers) -> tuple[int | None, int | None]:
    part, whole = answers.of(kpi.part).value, answers.of(kpi.whole).value
    less = answers.of(kpi.less).value if kpi.less else 0
    return (None if part is None or less is None else part - less), whole


def _past_text(kpi: Kpi, question: Question) -> str:
    """Historical totals of the measure, which stand beside the number and are never added to it."""
    past = past_beside(kpi, question)
    if past is None or not past.totals:
        return ""
    return Answer(past.total, kpi.unit, at_least=past.total_at_least).number


def _by_place(report: Report, answers: Answers, styles: Mapping[str, RatioStyle]) -> Iterator[tuple[int, Counted]]:
    """(how many columns are done, a number) of each county, or town of a county, that has any of the columns."""
    towns = len(answers.question.area) == 1
    columns = [styled(kpi, styles) for kpi in SHEETS[SheetKind(report.kind)].table()]
    columns = [kpi for kpi in columns if not kpi.asked_in_vain(answers.question)]
    found = {kpi.code: answers.by_place(kpi, towns=towns) for kpi in columns}
    model = Division if towns else Jurisdiction
    places = list(model.objects.filter(pk__in=set().union(*found.values())).order_by("code"))
    for done, kpi in enumerate(columns, start=1):
        none = Answer(None if isinstance(kpi, Ratio) else 0, kpi.unit)
        for place in places:
            answer = found[kpi.code].get(place.pk, none)
            yield done, Counted(BY_PLACE, kpi, answer, answers.question, place=place)


def digest(lines: Iterable[ReportLine]) -> str:
    """SHA-256 over every word and number of the lines, in their order."""
    fields = [field.attname for field in ReportLine._meta.concrete_fields if field.name not in ("id", "counting")]
    return sha256(*(canonical({name: getattr(line, name) for name in fields}) for line in lines))
