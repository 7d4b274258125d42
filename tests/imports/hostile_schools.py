"""Registers of after-school services full of payloads: what schools report and offer, who was selected."""

from __future__ import annotations

from collections.abc import Callable

from afterschool.models import Offering, Participation, Selection
from foundation.core.actor import Actor
from institutions.public_ids import new_public_id
from tests.afterschool import placed
from tests.authz.relations import places
from tests.cast import Cast
from tests.imports.hostile_rows import copies, cut, once, one_each, text


def hostile_participation(cast: Cast) -> Actor:
    row = placed.participation(places()[0])
    schools = copies(row.school, name=once, code=cut(20))
    copies(row, school=one_each(schools), reason=text)
    return cast.officer


def hostile_offerings(cast: Cast) -> Actor:
    row = placed.offering(places()[0])
    copies(row, title=cut(60), school=one_each(copies(row.school, name=once)))
    return cast.officer


def hostile_selections(cast: Cast) -> Actor:
    row = placed.approved(places()[0])
    code = {"credit_code": lambda payload, number: f"X{number:017d}"}
    providers = copies(row.provider, name=text, services=cut(200), **code)
    fresh = {"public_id": lambda payload, number: new_public_id()}
    copies(row, provider=one_each(providers), reason=text, remark=text, doubts=text, overruled=text, **fresh)
    return cast.officer


SCHOOLS: dict[str, tuple[Callable[[Cast], Actor], type]] = {
    "afterschool.participation": (hostile_participation, Participation),
    "afterschool.offering": (hostile_offerings, Offering),
    "afterschool.selection": (hostile_selections, Selection),
}
