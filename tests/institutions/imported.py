"""Files of the register for the tests of undo: a whole row, and every way in which a later file may change it."""

from __future__ import annotations

from typing import Any

from foundation.core import clock
from foundation.core.actor import Actor
from foundation.imports.models import Batch
from foundation.imports.operations import apply_batch, undo_batch
from institutions import queries
from institutions.importing import INSTITUTIONS
from tests.imports.factories import csv_file, uploaded
from tests.institutions.factories import credit_code

HEADING = {name: column.column_name for name, column in INSTITUTIONS.resource.columns.items()}
WHY = "街道报错了表"

#: A row with every column filled, and another value for each column.
FULL = {
    "name": "思明区启明培训学校",
    "credit_code": credit_code(900001),
    "license_no": "教民1350203700001",
    "permit_kind": "民办学校办学许可证",
    "category": "学科类",
    "subtype": "",
    "stages": "小学",
    "mode": "线下",
    "legal_type": "民办非企业单位",
    "legal_person": "林晓梅",
    "phone": "13800000001",
    "public_phone": "0592-2000001",
    "address": "湖滨南路1号",
    "county": "思明区",
    "town": "厦港街道",
    "issue_date": "2024-03-01",
    "valid_until": "2027-02-28",
    "issuer": "思明区教育局",
    "bank": "建设银行",
    "account": "0123",
    "status": "正常",
    "remark": "原备注",
}
OTHER = {
    "name": "思明区博雅培训学校",
    "license_no": "教民1350203700002",
    "permit_kind": "非学科类校外培训许可证",
    "category": "其他非学科类",
    "stages": "小学、初中",
    "mode": "线上",
    "legal_type": "企业(营利)",
    "legal_person": "陈志强",
    "phone": "13900000002",
    "public_phone": "0592-2000002",
    "address": "嘉禾路2号",
    "county": "集美区",
    "town": "莲前街道",
    "issue_date": "2024-05-01",
    "valid_until": "2028-02-28",
    "issuer": "厦门市教育局",
    "bank": "兴业银行",
    "account": "4567",
    "status": "停业整改",
    "remark": "新备注",
}


def row(**change: str) -> dict[str, str]:
    return FULL | change


def sheet(*rows: dict[str, str]) -> bytes:
    names = list(dict.fromkeys(name for each in rows for name in each))
    return csv_file([HEADING[name] for name in names], *[[each.get(name, "") for name in names] for each in rows])


def check(*rows: dict[str, str], by: Actor, code: str = "350200", **given: Any) -> Batch:
    return uploaded(sheet(*rows), by=by, target="institutions", code=code, **given)


def bring_in(*rows: dict[str, str], by: Actor, code: str = "350200", **given: Any) -> Batch:
    """Import rows; they must all be taken."""
    batch = check(*rows, by=by, code=code, **given)
    refused = [fault["message"] for each in batch.rows.all() for fault in each.reasons]
    assert not refused, refused
    return apply_batch(batch=batch, by=by, at=clock.now())


def take_back(batch: Batch, by: Actor) -> Batch:
    batch.refresh_from_db()
    return undo_batch(batch=batch, reason=WHY, by=by, at=clock.now())


def register() -> list[dict[str, object]]:
    """The register's content row by row, so that a difference can be read."""
    return sorted(queries.content_rows(), key=lambda row: (row["credit_code"] or "", row["name"]))
