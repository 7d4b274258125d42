"""What lessons of a contract are worth: the total shared out so that all parts together are the total, to the fen."""

from __future__ import annotations


def worth(total_fen: int, lessons: int, *, taken_before: int, taken: int) -> int:
    """Fen of the lessons that follow on ``taken_before``: each priced lesson gets its floor, the last ones the rest.

    Lessons beyond those that were paid for (gift lessons) are worth nothing. Integers only.
    """
    first, last = (min(count, lessons) for count in (taken_before, taken_before + taken))
    return total_fen * last // lessons - total_fen * first // lessons
