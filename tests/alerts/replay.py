"""Our score and the fixed-line rule, day by day over generated lives: lead time and false alarms of both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from alerts.enums import Grade
from alerts.reference import shipped
from alerts.rulebook import evaluate
from alerts.scoring import scored
from tests.alerts.generated import BEGIN, WARM_UP, Life, seasons

#: An alarm counts for a collapse when it stands within so many days before it.
BEFORE = 90
#: The rule that some cities print: more than 1,000,000 yuan out of an account on one day.
FIXED_LINE_FEN = 100_000_000


@dataclass(frozen=True)
class Outcome:
    """Of one alarm over all lives: days of lead for each runaway (None: missed), false alarms, days they stood."""

    label: str
    leads: tuple[int | None, ...]
    wrong: int  # healthy institutions that the alarm ever named
    wrong_days: int
    healthy: int

    def line(self) -> str:
        seen = [lead for lead in self.leads if lead is not None]
        told = f"median lead {median(seen):.0f} days ({min(seen)}-{max(seen)})" if seen else "no lead"
        return (
            f"{self.label}: {len(seen)} of {len(self.leads)} runaways, {told}; "
            f"false alarms at {self.wrong} of {self.healthy} healthy institutions, {self.wrong_days} days in all"
        )


def replay(lives: list[Life], *, season: dict[date, int] | None = None) -> dict[str, Outcome]:
    """Each alarm's outcome, by its name."""
    season = season or seasons(lives)
    limits = shipped()
    alarms = {"red": {}, "orange": {}, "fixed": {}}
    for life in lives:
        days = {name: [] for name in alarms}
        on = BEGIN + timedelta(days=WARM_UP)
        while on <= life.last_day():
            facts = life.facts(on, season[on])
            alerts = [(one.rule, one.grade, one.fresh_on) for one in evaluate(facts, limits)]
            score = scored(alerts, on=on, limits=limits)
            if score.level == Grade.RED:
                days["red"].append(on)
            if score.level in (Grade.RED, Grade.ORANGE):
                days["orange"].append(on)
            if facts.days[-1].outflow_fen > FIXED_LINE_FEN:
                days["fixed"].append(on)
            on += timedelta(days=1)
        for name, found in days.items():
            alarms[name][life.name] = found
    labels = {"red": "our score, 红", "orange": "our score, 橙 or 红", "fixed": "fixed line, 1,000,000 yuan a day"}
    return {name: _outcome(labels[name], lives, found) for name, found in alarms.items()}


def by_kind(lives: list[Life], outcome: Outcome) -> str:
    """Days of lead of each way to run away; a dash for each that was missed."""
    kinds: dict[str, list[str]] = {}
    for life, lead in zip([life for life in lives if life.collapse], outcome.leads, strict=True):
        kinds.setdefault(life.kind, []).append("-" if lead is None else str(lead))
    return "; ".join(f"{kind} {' '.join(leads)}" for kind, leads in sorted(kinds.items()))


def _outcome(label: str, lives: list[Life], found: dict[str, list[date]]) -> Outcome:
    leads: list[int | None] = []
    wrong: list[int] = []
    for life in lives:
        if life.collapse is None:
            wrong.append(len(found[life.name]))
            continue
        near = [day for day in found[life.name] if (life.collapse - day).days <= BEFORE]
        leads.append((life.collapse - near[0]).days if near else None)
    return Outcome(label, tuple(leads), sum(n > 0 for n in wrong), sum(wrong), len(wrong))
