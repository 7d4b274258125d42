"""M13: a biased officer is found, honest ones are not more often than is stated; with the rows."""

from __future__ import annotations

import random
import uuid

import pytest

from foundation.core import clock
from inspections.models import Finding, Visit, VisitOfficer
from listings.enums import RatingState
from listings.models import Rating
from reports.definitions import revisits
from reports.drifting import ERROR, Drift, far_from_peers, heaped
from reports.kpis import kpi_of
from tests.authz.relations import Place
from tests.inspections.factories import AT, filed, officers_report
from tests.institutions.factories import institution
from tests.listings.placed import person, placed_rating
from tests.reports.asked import ask, value

STRATA = (("arts", 0.35), ("academic", 0.15), ("sports", 0.05))


def bureau(dice: random.Random, people: int, visits: int, biased: float | None = None) -> dict[str, dict]:
    """Officers who go to unlike places, so that their raw rates differ; the last one finds ``biased`` times as much."""
    tallies = {}
    for number in range(people):
        factor = biased if biased is not None and number == people - 1 else 1.0
        shares = [dice.random() for _ in STRATA]
        tally = {}
        for (name, rate), share in zip(STRATA, shares, strict=True):
            n = round(visits * share / sum(shares))
            tally[name] = (n, sum(dice.random() < rate * factor for _ in range(n)))
        tallies[f"u{number}"] = {name: each for name, each in tally.items() if each[0]}
    return tallies


def test_honest_bureaus_are_named_no_more_often_than_is_stated():
    """Seen to fail without Bonferroni (38 of 400); without strata who goes to worse places is named."""
    dice = random.Random(13)
    named = sum(bool(far_from_peers(bureau(dice, 12, 120))) for _ in range(400))
    assert named <= 400 * ERROR * 2.5, named
    bureaus = [bureau(dice, 12, 120) for _ in range(50)]
    pooled = sum(bool(far_from_peers({who: {"": _sum(each)} for who, each in one.items()})) for one in bureaus)
    assert pooled > 10, "the control: without strata honest ones are named"


def _sum(tally: dict) -> tuple[int, int]:
    return sum(n for n, _ in tally.values()), sum(k for _, k in tally.values())


@pytest.mark.parametrize("biased", [0.1, 2.6])
def test_a_biased_officer_is_found_and_nobody_else(biased):
    dice = random.Random(7)
    found = [set(far_from_peers(bureau(dice, 12, 200, biased))) for _ in range(100)]
    assert sum("u11" in people for people in found) >= 95
    assert sum(bool(people - {"u11"}) for people in found) <= 3


def test_small_samples_and_two_people_are_not_judged():
    many = {"a": {"x": (200, 0)}, "b": {"x": (200, 100)}}
    assert far_from_peers(many) == {}, "of two, nobody can say which one is odd"
    few = {"a": {"x": (19, 0)}, "b": {"x": (200, 100)}, "c": {"x": (200, 100)}}
    assert far_from_peers(few) == {}
    assert set(far_from_peers({**few, "a": {"x": (40, 0)}})) == {"a"}
    alone = {"a": {"x": (200, 0)}, "b": {"y": (200, 100)}, "c": {"z": (200, 100)}}
    assert far_from_peers(alone) == {}, "nobody else went to such places"


def test_the_words_are_numbers_and_no_judgement():
    assert Drift(40, 1, 12.34, 400, 120).words == (
        "同一检查人员检查40家次、发现问题1家次；同类检查中其他人共400人次、发现问题120人次，按此应为12.3家次"
    )


@pytest.mark.parametrize(
    ("above", "below", "is_heap"), [(15, 14, False), (29, 0, False), (30, 0, True), (24, 6, True), (20, 15, False)]
)
def test_a_heap_on_a_line_needs_thirty_and_a_small_chance(above, below, is_heap):
    assert heaped(above, below, lines=3) is is_heap


def test_no_heap_is_seen_where_chance_put_the_scores():
    dice = random.Random(3)
    counts = [sum(dice.random() < 0.5 for _ in range(60)) for _ in range(1000)]
    assert sum(heaped(above, 60 - above, lines=3) for above in counts) <= 10


def visited(pattern: Visit, finding: Finding, officer: str, number: int, found: int) -> None:
    """So many visits as that one by an officer without account, the first of them with a finding."""
    rows = []
    for each in range(number):
        row = Visit.objects.get(pk=pattern.pk)
        row.pk, row.client_id, row.number = None, uuid.uuid4(), f"{pattern.number}-{officer}{each}"
        row.group_key = f"{officer}{each}"
        rows.append(row)
    rows = Visit.objects.bulk_create(rows)
    VisitOfficer.objects.bulk_create(VisitOfficer(visit=row, name=officer, organ_name="思明区教育局") for row in rows)
    copies = []
    for row in rows[:found]:
        copy = Finding.objects.get(pk=finding.pk)
        copy.pk, copy.visit = None, row
        copies.append(copy)
    Finding.objects.bulk_create(copies)


@pytest.mark.django_db
def test_the_kpi_lists_the_visits_of_who_is_far_off_with_the_sample_sizes(cast):
    """Nobody is named on the list; without the one who is far off there is nothing to suggest."""
    with clock.set_to(AT):
        home = institution(cast.officer)
        pattern = filed(officers_report(home, cast.officer, cast.second_officer), cast.officer, at=AT)
        seen = {"text": "办学内容", "aspect": "conduct", "severity": "light", "state_at": AT}
        finding = Finding.objects.create(visit=pattern, **seen)
        for officer, found in (("甲", 1), ("乙", 16), ("丙", 14), ("丁", 15)):
            visited(pattern, finding, officer, 40, found)
        assert set(revisits.drifts(ask())[home.jurisdiction_id]) == {"n甲/思明区教育局"}
        rows = kpi_of("revisit_suggested").rows(ask())
        assert (rows.count(), value("revisit_suggested")) == (39, 1), "39 visits without findings, all to one place"
        assert {row.why for row in rows} == {
            "同一检查人员检查40家次、发现问题1家次；同类检查中其他人共122人次、发现问题47人次，按此应为11.9家次"
        }
        assert not any(name in row.why for row in rows for name in "甲乙丙丁")
        assert value("revisit_suggested", town=home.division) == 1
        Visit.objects.filter(number__contains="甲").update(voided_at=AT, void_reason="误填")
        assert value("revisit_suggested") == 0


def rated(cast, score: int, points: list) -> Rating:
    """A published grade of a new institution, on the first rubric: 90 is A, and what nothing on record gives."""
    home = institution(cast.officer)
    place = Place("own", home.jurisdiction, home.division, home.category)
    facts = {"score": score, "grade": "A" if score >= 90 else "B", "points": points, "state": RatingState.PUBLISHED}
    facts |= {"institution": home, "published_on": AT.date(), "reviewed_by": person("list-decider"), "pk": None}
    row = placed_rating(place)
    for name, given in {**facts, "published_by": person("list-decider")}.items():
        setattr(row, name, given)
    row.save(force_insert=True)
    return row


@pytest.mark.django_db
def test_scores_on_a_line_are_suggested_and_the_base_score_is_not(cast):
    with clock.set_to(AT):
        for _ in range(30):
            rated(cast, 90, [])
        assert value("heaped_grades") == 0, "all of them lie on the line because nothing is on record"
        for score in [90] * 20 + [91] * 8 + [89] * 4 + [80] * 9:
            rated(cast, score, [["A1", "x", 1]])
        assert value("heaped_grades") == 28
        rows = kpi_of("heaped_grades").rows(ask())
        assert {row.score for row in rows} == {90, 91}
