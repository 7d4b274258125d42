"""``manage.py import_institutions FILE --bureau CODE [--apply] [--mode …] [--json]``: the second door."""

from __future__ import annotations

from typing import Any

from foundation.core.actor import Actor, job
from foundation.imports.management.command import ImportCommand
from foundation.imports.target import Ground
from institutions.importing import INSTITUTIONS


class Command(ImportCommand):
    help = "校验(默认)或导入(--apply)一份机构名录表格"
    target = INSTITUTIONS
    record = (
        "name",
        "credit_code",
        "license_no",
        "legal_person",
        "address",
        "phone",
        "category",
        "subtype",
        "issue_date",
        "valid_until",
        "bank",
        "account",
    )

    def actor(self, ground: Ground, given: dict[str, Any]) -> Actor:
        return job("命令行导入", self.target.capability, scope=ground.allowed)
