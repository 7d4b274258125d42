"""Give a row its bureau and its town, and refuse what lies outside the bureau that the file is for."""

from __future__ import annotations

from collections.abc import Mapping

from foundation.regions.enums import DivisionLevel
from foundation.regions.models import Division

from .columns import Column
from .places import County
from .target import Ground, Row


def place_row(row: Row, ground: Ground, columns: Mapping[str, Column]) -> None:
    """Turn county and town into names in force; put their ids beside them (``jurisdiction``, ``division``).

    Columns ``county`` and ``town`` must exist, ``address`` may. A county that is not written is taken from the address,
    else it is the bureau's own. A row outside the bureau's area is refused (county_out_of_scope).
    """
    county = _county(row, ground, columns["county"])
    row.record.pop("county", None)
    if county is None:
        row.record.pop("town", None)
        return
    if county.id not in ground.allowed:
        row.reasons.append(
            columns["county"].fault(
                "county_out_of_scope",
                f"{county.name}不在{ground.bureau.name}的管辖范围内，不能由您导入。",
                before=county.name,
            )
        )
    row.record |= {"county": county.name, "jurisdiction": county.id}
    _place_in_town(row, ground, county, columns["town"])


def _county(row: Row, ground: Ground, column: Column) -> County | None:
    word, address = row.record.get("county"), row.record.get("address", "")
    in_address = ground.places.county_in(address)
    if word is None:
        return _unwritten(row, ground, column, in_address)
    near = ground.own_county.id if ground.own_county else None
    found = ground.places.county(word, near=near)
    if found is None:
        row.reasons.append(column.fault("county_unknown", f"没有“{word}”这个区县，请核对。", before=word))
        return None
    if found.abolished:
        text = f"{found.abolished}已撤销，按现行区划归入{found.county.name}。"
        row.warnings.append(column.fault("code_legacy", text, before=word, after=found.county.name))
    if in_address is not None and in_address.id != found.county.id:
        text = f"与办学地址所写的{in_address.name}不一致，请核对。"
        row.warnings.append(column.fault("county_mismatch", text, before=word))
    return found.county


def _unwritten(row: Row, ground: Ground, column: Column, in_address: County | None) -> County | None:
    if in_address is None and ground.own_county is not None:
        return ground.own_county
    if in_address is None:
        row.reasons.append(column.fault("county_missing", "没有填写，从地址也看不出来，请填写区县。"))
    elif ground.own_county is None or ground.own_county.id != in_address.id:
        text = f"没有填写，按地址判断为{in_address.name}。"
        row.warnings.append(column.fault("county_missing", text, after=in_address.name))
    return in_address


def _place_in_town(row: Row, ground: Ground, county: County, column: Column) -> None:
    word = row.record.pop("town", None)
    town = ground.places.town(county, word) if word else None
    if word and town is None and county.id in ground.allowed:
        row.warnings.append(column.fault("town_unknown", f"{county.name}没有“{word}”，未采用。", before=word))
    town = town or ground.places.town_in(county, row.record.get("address", ""))
    if town is not None:
        row.record |= {"town": town.name, "division": town.id}


def town_name(division: Division) -> str | None:
    """The town that a stored place lies in, for comparing it with a file; None for a whole county."""
    if division.level == DivisionLevel.TOWN:
        return division.name
    return division.parent.name if division.level == DivisionLevel.VILLAGE else None
