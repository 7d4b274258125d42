"""What holds in a place on a day: the nearest bureau's own limit, else that of the bureau above it, else the nation's.

One book answers any number of questions with two queries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from foundation.regions.models import Jurisdiction

from .enums import LimitCode, ProposalState
from .models import ContractLimit


@dataclass(frozen=True)
class Asked:
    """Of which contract's kind a question is."""

    jurisdiction_id: int
    category: str
    delivery: str
    on: date
    pupils: int | None = None


class LimitBook:
    """All approved limits, and which bureau stands above which."""

    def __init__(self, limits: Iterable[ContractLimit], parents: dict[int, int | None]) -> None:
        self._by_code: dict[str, list[ContractLimit]] = {}
        for limit in limits:
            self._by_code.setdefault(limit.code, []).append(limit)
        self._parents = parents

    @classmethod
    def opened(cls) -> LimitBook:
        limits = (
            ContractLimit.objects.filter(state=ProposalState.APPROVED).select_related("jurisdiction").order_by("pk")
        )
        return cls(limits, dict(Jurisdiction.objects.values_list("pk", "parent_id")))

    def chain(self, jurisdiction_id: int) -> Iterator[int | None]:
        """The place itself, those above it, and at last everywhere (None)."""
        here: int | None = jurisdiction_id
        while here is not None:
            yield here
            here = self._parents.get(here)
        yield None

    def holds(self, code: LimitCode, asked: Asked) -> ContractLimit | None:
        """The limit that binds: the nearest place's, there the most particular one. None where nothing is said.

        A class whose size is not known is held to the price of the smallest classes, the highest one.
        """
        bands = self.bands(code, asked)
        return _of_band(bands, asked.pupils) if bands else None

    def bands(self, code: LimitCode, asked: Asked) -> list[ContractLimit]:
        """The same for classes of every size: one limit, or a price for each size of class."""
        for place in self.chain(asked.jurisdiction_id):
            here = [limit for limit in self._by_code.get(code, ()) if _fits(limit, place, asked)]
            if here:
                most = max(map(_particular, here))
                return [limit for limit in here if _particular(limit) == most]
        return []

    def value(self, code: LimitCode, asked: Asked) -> int | None:
        limit = self.holds(code, asked)
        return None if limit is None else limit.value


def _fits(limit: ContractLimit, place: int | None, asked: Asked) -> bool:
    return (
        limit.jurisdiction_id == place
        and limit.category in ("", asked.category)
        and limit.delivery in ("", asked.delivery)
        and limit.effective_from <= asked.on
        and (limit.effective_to is None or asked.on <= limit.effective_to)
    )


def _particular(limit: ContractLimit) -> int:
    """How many of category and delivery it names."""
    return bool(limit.category) + bool(limit.delivery)


def _of_band(limits: list[ContractLimit], pupils: int | None) -> ContractLimit:
    if pupils is None:
        return max(limits, key=lambda limit: limit.value)
    largest = 2**15
    bands = sorted(limits, key=lambda limit: limit.pupils_up_to or largest)
    return next((limit for limit in bands if pupils <= (limit.pupils_up_to or largest)), bands[-1])
