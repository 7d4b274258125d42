"""The ledger as sixty lines of Python: what a purse and an institution's accounts must come to, and what is refused."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from ledger.enums import Kind

FIGURES = ("deposited", "consumed", "released", "refunded", "repaid", "frozen")
MOVES = {
    Kind.DEPOSIT: ("deposited", 1),
    Kind.CONSUME: ("consumed", 1),
    Kind.RELEASE: ("released", 1),
    Kind.REFUND: ("refunded", 1),
    Kind.REPAY: ("repaid", 1),
    Kind.FREEZE: ("frozen", 1),
    Kind.UNFREEZE: ("frozen", -1),
}
AT_BANK = {
    Kind.DEPOSIT: 1, Kind.RELEASE: -1, Kind.REPAY: -1, Kind.FEE: -1, Kind.INTEREST: 1, Kind.UNEXPLAINED_IN: 1,
    Kind.UNEXPLAINED_OUT: -1, Kind.MOVE_OUT: -1, Kind.MOVE_IN: 1,
}  # fmt: skip


@dataclass
class Model:
    """Purses by name, one bank account, keys that were used, and which of them are reversed."""

    purses: dict[int, Counter] = field(default_factory=dict)
    bank: int = 0
    keys: dict[str, tuple] = field(default_factory=dict)
    reversed_keys: set[str] = field(default_factory=set)

    def post(self, key: str, kind: Kind, amount: int, purse: int | None) -> str:
        """posted, replayed, conflict, or refused."""
        request = (kind, amount, purse)
        if key in self.keys:
            return "replayed" if self.keys[key] == request else "conflict"
        return self._apply(key, request, 1)

    def reverse(self, key: str, of: str) -> str:
        """The same for taking back what was posted under the key ``of``."""
        request = ("reverse", of)
        if key in self.keys:
            return "replayed" if self.keys[key] == request else "conflict"
        if of in self.reversed_keys:
            return "conflict"
        if self.keys[of][0] == "reverse":
            return "refused"
        answer = self._apply(key, self.keys[of], -1, keep=request)
        if answer == "posted":
            self.reversed_keys.add(of)
        return answer

    def _apply(self, key: str, request: tuple, sign: int, keep: tuple | None = None) -> str:
        kind, amount, purse = request
        bank = self.bank + sign * amount * AT_BANK.get(kind, 0)
        figures = Counter(self.purses.get(purse, Counter()))
        if purse is not None:
            name, way = MOVES[kind]
            figures[name] += sign * way * amount
        if bank < 0 or not sound(figures):
            return "refused"
        self.bank = bank
        if purse is not None:
            self.purses[purse] = figures
        self.keys[key] = keep or request
        return "posted"


def sound(f: Counter) -> bool:
    """The rules of one contract's money."""
    return (
        min(f[name] for name in FIGURES) >= 0
        and f["released"] <= f["consumed"]
        and f["released"] + f["refunded"] + f["frozen"] <= f["deposited"]
        and f["consumed"] + f["refunded"] <= f["deposited"]
        and f["repaid"] <= f["refunded"]
    )
