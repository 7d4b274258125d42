"""Checks of who and where: a town inside the bureau's county, an identity number and what finds it again."""

from __future__ import annotations

from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from foundation.core.ciphers import blind
from foundation.core.errors import InvalidInput
from foundation.regions.models import Division, Jurisdiction
from foundation.regions.queries import county_of

ID_COLUMN = "institutions_staffmember.id_number"


def id_hash(id_number: str) -> str:
    """What finds a person again without opening the number."""
    return blind(ric.compact(id_number), column=ID_COLUMN)


def checked_id_hash(id_number: str) -> str:
    """What finds a person again, after a check of the number; raises InvalidInput.

    Length, check digit and birth date are checked; the place is not, because people keep abolished county codes.
    """
    number = ric.compact(id_number)
    try:
        sound = len(number) == 18 and number[:-1].isdigit() and number[-1] == ric.calc_check_digit(number)
        ric.get_birth_date(number)
    except ValidationError:
        sound = False
    if not sound:
        raise InvalidInput("身份证号校验不通过，请核对。", code="id_number", fields={"id_number": ["请核对身份证号。"]})
    return id_hash(number)


def check_place(division: Division, jurisdiction: Jurisdiction) -> None:
    """Raise InvalidInput when a town lies outside the bureau's county; functional areas have no county of their own."""
    if jurisdiction.division_id is None:
        return
    county = county_of(division)
    if county is None or county.pk != jurisdiction.division_id:
        raise InvalidInput(
            f"{division}不属于{jurisdiction}，请选择本辖区的乡镇(街道)。",
            code="county_mismatch",
            fields={"division": [f"{division}不属于{jurisdiction}。"]},
        )
