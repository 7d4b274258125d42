"""Give a row its bureau and its town, and refuse what lies outside the bureau that the file is for."""

from __future__ import annotations

from collections.abc import Mapping

from foundation.regions.enums import DivisionLevel
from foundation.regions.models import Division

from .columns import Column
from .faults import Fault
from .places import County, Found
from .target import Ground, Row


def place_row(row: Row, ground: Ground, columns: Mapping[str, Column]) -> None:
    """Turn county and town into names in force; put their ids beside them (``jurisdiction``, ``division``).

    Columns ``county`` and ``town`` must exist, ``address`` may. A county that is not written is taken from the address,
    else it is the bureau's own. A row outside the bureau's area is refused (county_out_of_scope).
    """
    record = row.record
    county = _county(row, ground, columns["county"])
    if county is None:
        record.pop("county", None)
        record.pop("town", None)
        return
    if county.id not in ground.allowed:
        text = f"{county.name}不在{ground.bureau.name}的管辖范围内，不能由您导入，应由{county.name}登记。"
        row.reasons.append(columns["county"].fault("county_out_of_scope", text, before=county.name))
    record["county"], record["jurisdiction"] = county.name, county.id
    _place_in_town(row, ground, county, columns["town"])


def _county(row: Row, ground: Ground, column: Column) -> County | None:
    """The row's county, or None when it cannot be told or the cell is refused already."""
    record, places = row.record, ground.places
    word, address = record.get("county"), record.get("address")
    in_address = places.county_in(address) if address else None
    if word is None:
        faulty = bool(row.reasons) and any(fault.field == "county" for fault in row.reasons)
        return None if faulty else _unwritten(row, ground, column, in_address)
    found = places.county(word)
    if found is None:
        if places.is_upper(word):
            return _unwritten(row, ground, column, in_address, word)
        _refuse_unknown(row, ground, column, in_address)
        return None
    if found.note:
        row.warnings.append(column.fault("code_legacy", found.note, before=word, after=found.county.name))
    elif word != found.county.name:
        row.warnings.append(_renamed(column, word, found.county.name))
    if in_address is not None and not in_address.county.overlaps(found.county):
        _refuse_mismatch(row, ground, column, found.county, in_address.county)
    elif in_address is None and found.county.id in ground.allowed and (far := _elsewhere(row, ground)):
        text = f"填的是{found.county.name}，办学地址写的是{far}，请核对。"
        row.reasons.append(column.fault("county_mismatch", text, before=word))
    return found.county


def _elsewhere(row: Row, ground: Ground) -> str | None:
    """The other city or province in whose name the address begins."""
    address = row.record.get("address")
    return ground.places.elsewhere(address) if address else None


def _refuse_unknown(row: Row, ground: Ground, column: Column, in_address: Found | None) -> None:
    """With the address's county, else one of nearly this name, as a suggestion."""
    word = row.record["county"]
    meant = in_address.county if in_address else ground.places.like(word)
    if meant is None:
        row.reasons.append(column.fault("county_unknown", f"没有“{word}”这个区县，请核对。", before=word))
        return
    text, confidence = f"没有“{word}”这个区县，可能是{meant.name}，请核对。", 0.9 if in_address else 0.6
    row.reasons.append(column.fault("county_unknown", text, before=word, after=meant.name, confidence=confidence))


def _refuse_mismatch(row: Row, ground: Ground, column: Column, written: County, in_address: County) -> None:
    """Nobody knows which one is right; a bureau's own county is the likelier one, another's is not suggested."""
    own = in_address.id in ground.allowed
    likely = own and written.id not in ground.allowed
    row.reasons.append(
        column.fault(
            "county_mismatch",
            f"填的是{written.name}，办学地址写的是{in_address.name}，请核对。",
            before=row.record["county"],
            after=in_address.name if own else "",
            confidence=(0.8 if likely else 0.5) if own else 0,
        )
    )


def _unwritten(row: Row, ground: Ground, column: Column, in_address: Found | None, word: str = "") -> County | None:
    """No county is written, or (``word``) only its city: the address's, else the bureau's own."""
    if in_address is None and (far := _elsewhere(row, ground)):
        text = f"办学地址在{far}，不在{ground.bureau.name}的管辖范围内，不能由您导入。"
        row.reasons.append(column.fault("county_out_of_scope", text, before=far))
        return None
    own = ground.own_county
    county = in_address.county if in_address else own
    if own is not None and county is not None and own.division_id is None and own.overlaps(county):
        county = own
    if county is None and (address := row.record.get("address")):
        county = ground.places.county_by_town(address)
    if county is None:
        town = row.record.get("town")
        likely = ground.places.counties_with(town) if town else []
        after, confidence = (likely[0].name, 0.9) if len(likely) == 1 else ("", 0)
        hint = f"“{town}”在{after}，" if after else ""
        text = f"只写到“{word}”" if word else "没有填写"
        text = f"{text}，从地址也看不出来，{hint}请填写区县。"
        row.reasons.append(column.fault("county_missing", text, before=word, after=after, confidence=confidence))
        return None
    if in_address is not None and in_address.note and county is in_address.county:
        row.warnings.append(column.fault("code_legacy", f"办学地址中的{in_address.note}", after=county.name))
    if word or county is not own:
        text = f"只写到“{word}”" if word else "没有填写"
        source = "本单位" if county is own else "地址"
        text = f"{text}，按{source}判断为{county.name}。"
        row.warnings.append(column.fault("county_missing", text, before=word, after=county.name))
    return county


def _place_in_town(row: Row, ground: Ground, county: County, column: Column) -> None:
    record, places = row.record, ground.places
    word, address = record.pop("town", None), record.get("address")
    town = places.town(county, word) if word else None
    if word and town is None and county.id in ground.allowed:
        row.warnings.append(column.fault("town_unknown", f"{county.name}没有“{word}”，未采用。", before=word))
    if town is not None and word != town.name:
        row.warnings.append(_renamed(column, word, town.name))
    if town is None and address:
        town = places.town_in(county, address)
    if town is not None:
        record["town"], record["division"] = town.name, town.pk


def _renamed(column: Column, word: str, name: str) -> Fault:
    return column.fault("normalized", "已统一为现行名称。", before=word, after=name)


def town_name(division: Division) -> str | None:
    """The town that a stored place lies in, for comparing it with a file; None for a whole county."""
    if division.level == DivisionLevel.TOWN:
        return division.name
    return division.parent.name if division.level == DivisionLevel.VILLAGE else None
