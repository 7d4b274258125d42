"""How people make each row of fund supervision refer to an institution, by the foreign key."""

from __future__ import annotations

from foundation.core import clock
from foundation.core.private_files import Kept
from funds.enums import ExemptionKind, Flag, SupervisionMode
from funds.models import FlagEvent, Push, PushedInstitution
from funds.operations.accounts import set_mode
from funds.operations.flags import set_flags
from funds.operations.proposals import propose_exemption, propose_minimum
from inspections.attaching import Attached
from inspections.enums import PaperFormat
from institutions.models import Institution
from tests.cast import Cast
from tests.funds.factories import agreed, obstacle, opened


def _given(row: Institution, cast: Cast) -> dict[str, object]:
    return {"institution": row, "by": cast.officer, "at": clock.now(), "reason": "核实"}


def flagged(row: Institution, cast: Cast, *files: Attached) -> list[FlagEvent]:
    opened(row, cast.officer, on=clock.today(), at=clock.now())
    given = {"flags": [Flag.OPENED], "effective_on": clock.today(), "evidence": "回执", "files": files}
    return set_flags(institution=row, by=cast.officer, at=clock.now(), **given)


def scanned() -> Attached:
    """A file that nobody reads again; nothing lies on the disk."""
    lies = Kept("funds/202611/scan.sealed", "0" * 64, 9)
    return Attached(file=lies, name="回执", format=PaperFormat.PDF, sha256="1" * 64, size=9)


def pushed(row: Institution, cast: Cast) -> PushedInstitution:
    """Put in by hand: people push all that lack the flag, and here one of two has to stay untouched."""
    about = {"organ_id": cast.city.organ_id, "pushed_by_id": cast.city.user_id, "flag": Flag.OPENED}
    push = Push.objects.create(jurisdiction=row.jurisdiction, due_on=clock.today(), pushed_at=clock.now(), **about)
    return PushedInstitution.objects.create(push=push, institution=row)


REFERRING = {
    ("funds.FlagEvent", "institution"): flagged,
    ("funds.FundsFile", "institution"): lambda row, cast: flagged(row, cast, scanned()),
    ("funds.PushedInstitution", "institution"): pushed,
    ("funds.SupervisedAccount", "institution"): lambda row, cast: opened(
        row, cast.officer, on=clock.today(), at=clock.now()
    ),
    ("funds.ModeEvent", "institution"): lambda row, cast: set_mode(
        mode=SupervisionMode.DEPOSIT, deposit_fen=100, effective_on=clock.today(), **_given(row, cast)
    ),
    ("funds.Agreement", "institution"): lambda row, cast: agreed(row, cast.officer, at=clock.now()),
    ("funds.Obstacle", "institution"): lambda row, cast: obstacle(
        cast.officer, institution=row, found_on=clock.today(), due_on=clock.today(), at=clock.now()
    ),
    ("funds.MinimumBalance", "institution"): lambda row, cast: propose_minimum(
        amount_fen=100, effective_on=clock.today(), **_given(row, cast)
    ),
    ("funds.Exemption", "institution"): lambda row, cast: propose_exemption(
        kind=ExemptionKind.NO_FEES, from_on=clock.today(), until_on=clock.today(), **_given(row, cast)
    ),
}
