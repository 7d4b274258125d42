"""The shipped lists of Fujian's places, as rows for the database. Sources and licences: ``data/README.md``."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pypinyin import Style, lazy_pinyin
from pypinyin.seg.mmseg import seg as _words
from pypinyin.seg.simpleseg import seg as _runs

DATA = Path(__file__).parent / "data"
KINMEN = "350527"  # keeps its code, has no bureau
PINGTAN = "350128"  # a GB county of Fuzhou, governed by its own bureaus directly under the province
LEVELS = ("province", "city", "county", "town", "village")


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def tile_places() -> dict[str, tuple[int, int]]:
    """(column, row) of each county on the tile map, by code: a schematic order, no boundaries."""
    return {row["code"]: (int(row["col"]), int(row["row"])) for row in _read("fujian_tiles.csv")}


@cache
def office_codes() -> frozenset[str]:
    """The six digits of the province, its cities and counties, abolished ones too: what an old number may carry."""
    rows = [*_read("divisions_fujian.csv"), *_read("abolished.csv")]
    return frozenset(row["code"] for row in rows if row["level"] in LEVELS[:3])


@cache
def other_names() -> dict[str, tuple[str, ...]]:
    """What functional areas without a code of their own are called beside their name, by jurisdiction code."""
    return {row["code"]: tuple(row["other_names"].split()) for row in _read("functional_areas.csv")}


@cache
def county_names() -> frozenset[str]:
    """The names of counties in force and of functional areas: what a title may say that a list is about."""
    counties = {row["name"] for row in _read("divisions_fujian.csv") if row["level"] == "county"}
    return frozenset(counties | {row["name"] for row in _read("functional_areas.csv")})


def initials(text: str) -> str:
    """Pinyin initials, lower case: 思明区 -> smq; of a run of other letters or digits the first."""
    words = (word for run in _runs(text) for word in (_words.cut(run) if len(run) > 1 and run[0] > "\u2e7f" else [run]))
    return "".join(map(_word_initials, words)).lower()[:30]


@lru_cache(maxsize=50_000)
def _word_initials(word: str) -> str:
    """Of one word: looking up a word costs ten times as much as cutting a text into words, and words repeat."""
    return "".join(part[0] for part in lazy_pinyin(word, style=Style.FIRST_LETTER) if part)


def load_divisions(model: Any, *, using: str) -> int:
    """Insert all divisions, level by level; returns how many."""
    legal = {row["nbs_code"]: row for row in _read("town_crosswalk_fujian.csv") if row["nbs_code"]}
    ids: dict[str, int] = {}
    rows = _read("divisions_fujian.csv")
    for level in LEVELS:
        made = [model(**_division(row, legal, ids)) for row in rows if row["level"] == level]
        for division in model.objects.using(using).bulk_create(made, batch_size=2000):
            ids[division.code] = division.pk
    abolished = [
        model(
            code=row["code"],
            name=row["name"],
            level=row["level"],
            parent_id=ids[row["parent_code"]],
            initials=initials(row["name"]),
            valid_to=date.fromisoformat(row["valid_to"]),
            successor_id=ids[row["successor"]],
        )
        for row in _read("abolished.csv")
    ]
    model.objects.using(using).bulk_create(abolished)
    return len(ids) + len(abolished)


def _division(row: dict[str, str], legal: dict[str, dict[str, str]], ids: dict[str, int]) -> dict[str, Any]:
    town = legal.get(row["code"], {})
    differs = town.get("mca_name") and (town["mca_name"], town["mca_code"]) != (row["name"], row["code"])
    return {
        "code": row["code"],
        "name": row["name"],
        "level": row["level"],
        "parent_id": ids.get(row["parent_code"]),
        "legal_code": town["mca_code"] if differs else "",
        "legal_name": town["mca_name"] if differs else "",
        "initials": initials(row["name"]) if row["level"] != "village" else "",
    }


def load_jurisdictions(model: Any, division_model: Any, *, using: str) -> int:
    """One jurisdiction for the province, each city and county, and the functional areas; returns how many."""
    divisions = {
        division.code: division
        for division in division_model.objects.using(using).filter(
            level__in=["province", "city", "county"], valid_to__isnull=True
        )
    }
    ids: dict[str, int] = {}
    for code, name, level, parent in _jurisdictions(divisions):
        division = divisions.get(code)
        row = model.objects.using(using).create(
            code=code,
            name=name,
            level=level,
            parent_id=ids.get(parent),
            division_id=division.pk if division else None,
            initials=initials(name),
        )
        ids[code] = row.pk
    return len(ids)


def _jurisdictions(divisions: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    yield "350000", "福建省", "province", ""
    for code, division in sorted(divisions.items()):
        if division.level == "city":
            yield code, division.name, "city", "350000"
    yield PINGTAN, "平潭综合实验区", "city", "350000"
    for code, division in sorted(divisions.items()):
        if division.level == "county" and code not in {KINMEN, PINGTAN}:
            yield code, division.name, "county", f"{code[:4]}00"
    for row in _read("functional_areas.csv"):
        yield row["code"], row["name"], "county", row["parent_code"]
