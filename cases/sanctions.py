"""Penalties as somebody means them, written down for the party's notice or the decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.core.constraints import insert_all

from .enums import Stage
from .models import Case, Penalty


@dataclass(frozen=True, kw_only=True)
class Sanction:
    """One penalty as somebody means it: ``amount`` in fen, for fines and confiscations only."""

    kind: str
    amount: int | None = None
    detail: str = ""


def enter_penalties(case: Case, stage: Stage, given: Sequence[Sanction]) -> list[Penalty]:
    """Write down the penalties of the case's present turn. Raises InvalidInput (a kind twice, a sum missing)."""
    return insert_all(
        Penalty(case=case, stage=stage, turn=case.turn, kind=one.kind, amount=one.amount, detail=one.detail.strip())
        for one in given
    )
