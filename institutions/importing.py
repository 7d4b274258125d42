"""How 机构名录 is imported: what a row must hold, and how it finds its institution. The columns: ``sheet.py``."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.imports.faults import Fault
from foundation.imports.models import Batch
from foundation.imports.placing import place_row
from foundation.imports.target import Existing, Ground, Row, Spot, Target, label_of, register
from foundation.imports.values import period

from . import credit_code, workflow
from .enums import Category, LegalType, Mode, PermitKind, SiteKind, Status
from .matching import Match, find_matches, issuer_of, number_holders
from .models import Institution, Site
from .notices import IMPORTED
from .operations.batches import take_back_imported, write_imported
from .public_ids import new_public_id
from .remembering import remember
from .sheet import InstitutionSheet
from .spellings import CATEGORY_OF
from .taking_back import rows_to_keep

SCHOOL_NUMBER = re.compile(r"^(教民)?\d{13,18}号?$")
CAMPUS_WORD = re.compile(r"校区|教学点|教学区|办学点|分校|分部|校部")
CAMPUS_TAIL = re.compile(rf"[（(\[【]?[^（(\[【）)\]】]{{0,12}}({CAMPUS_WORD.pattern})[）)\]】]?")
SHORTEST_NAME = 4
LEGAL_TYPES = {
    "12": LegalType.PUBLIC_INSTITUTION,
    "52": LegalType.NON_PROFIT,
    "91": LegalType.COMPANY,
    "92": LegalType.SOLE_TRADER,
}
LEGAL_PERSONS = frozenset({LegalType.PUBLIC_INSTITUTION, LegalType.NON_PROFIT, LegalType.COMPANY})
PERMIT_FIELDS = ("permit_kind", "issue_date", "valid_until", "issuer")


class InstitutionTarget(Target):
    """Key: the credit code; an institution that has none yet is known by its permit, else by name and address."""

    code = "institutions"
    label = "机构名录"
    unit = "家"
    is_main = True
    capability = Can.IMPORT_REGISTER
    model = Institution
    resource_class = InstitutionSheet
    shown_as = ("name", "credit_code")

    def check(self, row: Row, ground: Ground) -> None:
        columns, record = self.resource.columns, row.record
        if "name" not in record or "credit_code" not in record:
            self._check_missing(row)
        place_row(row, ground, columns)
        self._check_dates(row, ground)
        self._check_permit(row)
        self._check_legal_type(row)

    def _check_missing(self, row: Row) -> None:
        faulty = {fault.field for fault in row.reasons}
        for name, code in (("name", "missing_name"), ("credit_code", "missing_code")):
            if name not in row.record and name not in faulty:
                row.reasons.append(self.resource.columns[name].fault(code, "不能为空，请填写。"))

    def _check_dates(self, row: Row, ground: Ground) -> None:
        columns, record, today = self.resource.columns, row.record, ground.today_in_iso
        start, until = period(record.pop("valid_until", None))
        if until:
            record["valid_until"] = until
        if start and "issue_date" not in record and not any(fault.field == "issue_date" for fault in row.reasons):
            record["issue_date"] = start
            row.warnings.append(columns["issue_date"].fault("normalized", "没有填写，取有效期的起始日。", after=start))
        issued = record.get("issue_date")
        if issued and until and until < issued:
            text = f"早于发证日期{issued}，请核对。"
            row.reasons.append(columns["valid_until"].fault("date_order", text, before=until))
        if issued and issued > today:
            row.reasons.append(columns["issue_date"].fault("date_range", "在今天之后，请核对。", before=issued))
        if until and until < today:
            row.warnings.append(columns["valid_until"].fault("date_range", "有效期已过。", before=until))

    def _check_permit(self, row: Row) -> None:
        columns = self.resource.columns
        record = row.record
        if "license_no" not in record:
            if not any(fault.field == "license_no" for fault in row.reasons):
                self._warn_without_permit(row)
            return
        is_school = record.get("permit_kind", PermitKind.SCHOOL) == PermitKind.SCHOOL
        if is_school and record.get("category") == Category.SUBJECT and not SCHOOL_NUMBER.match(record["license_no"]):
            text = "不像办学许可证号(教民加13至18位数字)，请核对。"
            row.warnings.append(columns["license_no"].fault("code_format", text, before=record["license_no"]))

    def _warn_without_permit(self, row: Row) -> None:
        """What belongs to a permit has no place without its number: each value that is dropped is told."""
        columns, record = self.resource.columns, row.record
        for name in PERMIT_FIELDS:
            if value := record.pop(name, None):
                text = "没有填写许可证号，因此未采用。"
                row.warnings.append(columns[name].fault("missing_code", text, before=columns[name].shown(value)))
        if "name" in record:
            text = "没有填写；新增的机构将登记为“有照无证”。"
            row.warnings.append(columns["license_no"].fault("missing_code", text))

    def _check_legal_type(self, row: Row) -> None:
        code, written = row.record.get("credit_code"), row.record.get("legal_type")
        meant = LEGAL_TYPES.get(code[:2]) if code else None
        if meant is None or (written is None and meant in LEGAL_PERSONS):
            return
        if written and written != meant:
            kind = credit_code.PREFIXES[code[:2]]
            text = f"与信用代码不符：“{code[:2]}”开头的是{kind}，请核对。"
            row.warnings.append(self.resource.columns["legal_type"].fault("code_prefix", text))
        if meant == LegalType.SOLE_TRADER:
            text = "是个体工商户，面向中小学生的培训机构须有法人资格，请核对。"
            row.warnings.append(self.resource.columns["credit_code"].fault("code_prefix", text, before=code))

    def key(self, record: dict[str, Any]) -> str:
        return record.get("credit_code", "")

    def key_message(self) -> str:
        return "统一社会信用代码"

    def other_keys(self, row: Row) -> tuple[str, ...]:
        """One permit number of one authority cannot belong to two credit codes."""
        number = row.record.get("license_no")
        return (f"permit/{issuer_of(row.record)}/{number}",) if number else ()

    def other_key_fault(self, other: Spot) -> Fault:
        return self._licence_fault(f"与{label_of(other)}的许可证号相同，而信用代码不同，请核对。")

    def campus_of(self, row: Row) -> tuple[str, ...]:
        """``启明培训学校（集美校区）`` -> what may be the institution's own name: all before such an ending."""
        name = row.record.get("name", "")
        if not CAMPUS_WORD.search(name) or "address" not in row.record:
            return ()
        return tuple(name[:cut] for cut in range(SHORTEST_NAME, len(name)) if CAMPUS_TAIL.fullmatch(name[cut:]))

    def known_campuses(self, rows: list[Row]) -> set[Spot]:
        ids = {row.subject_id for row in rows}
        sites = Site.objects.filter(institution__in=ids, kind=SiteKind.CAMPUS, closed_on__isnull=True) if ids else ()
        known = {(site.institution_id, site.address) for site in sites}
        return {row.spot for row in rows if (row.subject_id, row.record["address"]) in known}

    def remember(self, rows: list[Row]) -> None:
        remember(rows)

    def _licence_fault(self, message: str) -> Fault:
        return self.resource.columns["license_no"].fault("license_conflict", message)

    def find(self, rows: list[Row], ground: Ground, *, lock: bool) -> dict[int, Existing]:
        matches = find_matches(rows, ground, lock=lock)
        holders = number_holders(row for at, row in enumerate(rows) if at not in matches or not matches[at].holds(row))
        found, allowed = {}, ground.allowed
        for position, row in enumerate(rows):
            match = matches.get(position)
            if match is None or match.withdrawn:
                self._refuse_incomplete(row)
                if match is not None:
                    found[position] = match.existing(row)
            elif match.jurisdiction_id not in allowed:
                text = "这个代码的机构登记在其他辖区，不能由您导入。如已迁入，请联系原登记单位。"
                row.reject(self.resource.columns["credit_code"].fault("county_out_of_scope", text))
            else:
                self._refuse_status(row, match)
                found[position] = match.existing(row)
            holder = holders and holders.get((issuer_of(row.record), row.record.get("license_no", "")))
            if holder and (match is None or holder != match.id):
                row.reject(self._licence_fault("这个许可证号已登记在另一家机构名下，请核对。"))
        return found

    def _refuse_incomplete(self, row: Row) -> None:
        """What a new institution needs beyond its name and code; an update may leave it out."""
        columns = self.resource.columns
        self._take_category_of_kind(row)
        for name, code in (("category", "category_unknown"), ("address", "missing_required_column")):
            if name not in row.record:
                row.reject(columns[name].fault(code, "新增机构不能为空，请填写。"))

    def _take_category_of_kind(self, row: Row) -> None:
        """A list without categories, but with 培训内容: 钢琴 is 文化艺术类."""
        record, column = row.record, self.resource.columns["category"]
        kind = CATEGORY_OF.get(record.get("subtype"))
        if kind is None or "category" in record or any(fault.field == "category" for fault in row.reasons):
            return
        record["category"] = kind
        text = f"没有填写，按子类判断为{kind.label}。"
        row.warnings.append(column.fault("category_unknown", text, after=str(kind.label)))

    def _refuse_status(self, row: Row, match: Match) -> None:
        before, after = match.facts["status"], row.record.get("status")
        if after and after != before and not workflow.may_follow(before, after):
            text = f"现为“{Status(before).label}”，不能改为“{Status(after).label}”。请在机构页面办理更正。"
            row.reject(self.resource.columns["status"].fault("status_conflict", text))

    def complete(self, row: Row) -> None:
        """What a new institution is held to be where its row says nothing; shown to the clerk with the rest."""
        record = row.record
        record.setdefault("mode", Mode.OFFLINE)
        record.setdefault("status", Status.NORMAL)
        record.setdefault("legal_type", LEGAL_TYPES.get(record["credit_code"][:2], LegalType.NONE))
        if "license_no" in record:
            kind = PermitKind.SCHOOL if record["category"] == Category.SUBJECT else PermitKind.NON_SUBJECT
            record.setdefault("permit_kind", kind)
            record.setdefault("issuer", issuer_of(record))

    def reserve(self, rows: list[Row]) -> None:
        super().reserve(rows)
        for row in rows:
            row.record["public_id"] = new_public_id()

    def write(self, batch: Batch, *, by: Actor, at: datetime) -> None:
        write_imported(batch=batch, by=by, at=at)

    def refuse_undo(self, batch: Batch, *, lock: bool = False) -> dict[int, str]:
        return rows_to_keep(batch, self, lock=lock)

    def undo(self, batch: Batch, *, by: Actor, at: datetime) -> None:
        take_back_imported(batch=batch, by=by, at=at)

    def written(self, batch: Batch, *, by: Actor, at: datetime) -> None:
        outbox.put(IMPORTED, at=at, batch_id=batch.pk)

    def url_of(self, subject_id: int) -> str:
        return reverse("admin:institutions_institution_change", args=[subject_id])

    def list_url(self) -> str:
        return reverse("admin:institutions_institution_changelist")


INSTITUTIONS = register(InstitutionTarget())
