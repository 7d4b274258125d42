"""M13: whose findings lie far from the peers', and where scores pile up on a grade's line. Pure arithmetic.

Both say "looks worth another visit", never more. Where all are honest, somebody is named with a chance of at most
``ERROR``, however many people or lines are compared (Bonferroni); small samples are not judged at all.

Findings: each person is compared with all the others of the bureau who went to the same kind of places for the same
kind of check (Cochran-Mantel-Haenszel, with correction for continuity): who is sent to worse places is no outlier.
The farthest is taken out and the rest compared anew, so that one person does not make the others look odd.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from math import comb, erfc, sqrt

ERROR = 0.01
#: Fewer visits, of the person or of the peers, and a variance below this: not judged.
LEAST_VISITS, LEAST_PEERS, LEAST_VARIANCE = 20, 40, 5.0
LEAST_SCORES = 30

Tally = Mapping[Hashable, tuple[int, int]]


@dataclass(frozen=True)
class Drift:
    """A person's visits and those with findings, what is expected among the peers, and theirs (person times)."""

    visits: int
    found: int
    expected: float
    peers: int
    peers_found: int

    @property
    def low(self) -> bool:
        return self.found < self.expected

    @property
    def words(self) -> str:
        """With sample sizes, and without a judgement."""
        return (
            f"同一检查人员检查{self.visits}家次、发现问题{self.found}家次；"
            f"同类检查中其他人共{self.peers}人次、发现问题{self.peers_found}人次，按此应为{self.expected:.1f}家次"
        )


def far_from_peers(tallies: Mapping[str, Tally], *, error: float = ERROR) -> dict[str, Drift]:
    """Of the people of one bureau, by stratum (visits, with findings), those who lie far from their peers."""
    left, named = dict(tallies), {}
    limit = error / max(len(tallies), 1)
    while len(left) > 2:  # of two, nobody can say which one is odd
        judged = {person: _compared(person, left) for person in left}
        chances = {person: chance for person, (chance, _) in judged.items()}
        farthest = min(sorted(chances), key=lambda person: chances[person])
        if chances[farthest] >= limit:
            break
        named[farthest] = judged[farthest][1]
        del left[farthest]
    return named


def _compared(person: str, tallies: Mapping[str, Tally]) -> tuple[float, Drift]:
    """(the chance of being as far off among such peers, the numbers); the chance is 1 where nothing can be said."""
    visits = found = peers = peers_found = 0
    expected = variance = 0.0
    for stratum, (own, own_found) in tallies[person].items():
        others = [tally[stratum] for name, tally in tallies.items() if name != person and stratum in tally]
        n, k = own + sum(each[0] for each in others), own_found + sum(each[1] for each in others)
        if n == own:
            continue
        visits, found, peers, peers_found = (
            visits + own,
            found + own_found,
            peers + n - own,
            peers_found + k - own_found,
        )
        expected += own * k / n
        variance += own * (n - own) * k * (n - k) / (n * n * (n - 1))
    drift = Drift(visits, found, expected, peers, peers_found)
    if visits < LEAST_VISITS or peers < LEAST_PEERS or variance < LEAST_VARIANCE:
        return 1.0, drift
    off = max(abs(found - expected) - 0.5, 0.0) / sqrt(variance)
    return erfc(off / sqrt(2)), drift


def heaped(above: int, below: int, *, lines: int = 1, error: float = ERROR) -> bool:
    """Whether so many just above a line and so few just below are too many for an even chance (one-sided, exact)."""
    n = above + below
    if n < LEAST_SCORES:
        return False
    chance = sum(comb(n, number) for number in range(above, n + 1)) / 2**n
    return chance < error / max(lines, 1)
