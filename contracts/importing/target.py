"""What the four imports share: the institution of a row, what a row must hold, rows that are there already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Model
from django.urls import reverse

from contracts.operations import batches
from contracts.taking_back import rows_to_keep
from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.imports.models import Batch
from foundation.imports.target import Existing, Ground, Row, Target
from inspections.importing.naming import key_of
from inspections.importing.subjects import Sites

#: (column, code, words) of what may not be empty.
Needed = tuple[tuple[str, str], ...]


class MoneyTarget(Target):
    """Rows of one institution each; a row that is there already is never changed by a file, only compared."""

    capability = Can.KEEP_CONTRACTS
    unit = "条"
    undo_effect = "将撤回，不再计入任何统计，姓名等个人信息同时销毁；以后可以重新导入。"
    undo_word = "撤回"
    needed: ClassVar[Needed] = ()
    days: ClassVar[tuple[str, ...]] = ()  # days that cannot lie in the future
    compared: ClassVar[Mapping[str, str]] = {}  # column -> field of the model: told when a file says otherwise
    identity: ClassVar[tuple[str, ...]] = ()  # columns that with the institution make the key
    stored_as: ClassVar[Mapping[str, str]] = {}  # column of the identity -> field, where they differ

    # -- the institution -----------------------------------------------------------------------------------------
    def look_up(self, rows: list[Row], ground: Ground) -> None:
        sites = Sites.of(ground)
        codes = {row.record["credit_code"] for row in rows if "credit_code" in row.record}
        names = {row.record["name"] for row in rows if "name" in row.record}
        sites.fetch(codes=codes, numbers=(), sites=(), names=names)
        for row in rows:
            self._settle(row, sites, ground)

    def _settle(self, row: Row, sites: Sites, ground: Ground) -> None:
        record, columns = row.record, self.resource.columns
        if any(fault.field in ("name", "credit_code") for fault in row.reasons):
            return
        named = next((name for name in ("credit_code", "name") if name in record), None)
        if named is None:
            row.reasons.append(columns["name"].fault("missing_name", "不能为空，请填写机构名称或统一社会信用代码。"))
            return
        written = record[named]
        found = sites.by_code(written) if named == "credit_code" else sites.by_name(written)
        found = [each for each in found if each.is_registered]
        if len(found) != 1:
            text = (
                f"名录中没有“{written}”，请核对。"
                if not found
                else f"名录中有{len(found)}家“{written}”，请填信用代码。"
            )
            row.reasons.append(columns[named].fault("unknown_institution", text, before=written))
        elif found[0].jurisdiction_id not in ground.allowed:
            text = f"“{found[0].name}”不在{ground.bureau.name}的管辖范围内，不能由您导入。"
            row.reasons.append(columns[named].fault("county_out_of_scope", text))
        elif named == "credit_code" and "name" in record and key_of(record["name"]) not in found[0].names:
            text = f"与名录不同，按代码认定为“{found[0].name}”。"
            row.warnings.append(columns["name"].fault("name_differs", text, before=record["name"]))
            self._take(row, found[0])
        else:
            self._take(row, found[0])

    @staticmethod
    def _take(row: Row, subject: Any) -> None:
        row.record |= {"institution": subject.id, "jurisdiction": subject.jurisdiction_id, "name": subject.name}

    # -- the row -------------------------------------------------------------------------------------------------
    def check(self, row: Row, ground: Ground) -> None:
        columns, record = self.resource.columns, row.record
        faulty = {fault.field for fault in row.reasons}
        for name, words in self.needed:
            if name not in record and name not in faulty:
                row.reasons.append(columns[name].fault(f"missing_{name}", f"不能为空，请填写{words}。"))
        for name in self.days:
            if record.get(name, "") > ground.today_in_iso:
                row.reasons.append(columns[name].fault("date_range", "在今天之后，请核对。", before=record[name]))
        self.check_more(row, ground)

    def check_more(self, row: Row, ground: Ground) -> None:
        """What this register asks besides; nothing by default."""

    def refuse(self, row: Row, name: str, code: str, text: str) -> None:
        before = self.resource.columns[name].shown(row.record.get(name))
        row.reasons.append(self.resource.columns[name].fault(code, text, before=before))

    def assume(self, row: Row, name: str, value: Any) -> None:
        """A value that the row does not say, told as a remark."""
        if name in row.record or any(fault.field == name for fault in row.reasons):
            return
        row.record[name] = value
        column = self.resource.columns[name]
        row.warnings.append(column.fault(f"{name}_assumed", f"没有填写，按“{column.shown(value)}”登记。"))

    def ordered(self, row: Row, first: str, last: str) -> None:
        record = row.record
        if first in record and last in record and record[last] < record[first]:
            heading = self.resource.columns[first].column_name
            self.refuse(row, last, "date_order", f"早于{heading}{record[first]}，请核对。")

    # -- what is there -------------------------------------------------------------------------------------------
    def key(self, record: dict[str, Any]) -> str:
        parts = [record.get("institution"), *(record.get(name) for name in self.identity)]
        return "/".join(map(str, parts)) if all(part is not None for part in parts[:2]) else ""

    def find(self, rows: list[Row], ground: Ground, *, lock: bool) -> dict[int, Existing]:
        homes = {row.record["institution"] for row in rows if "institution" in row.record}
        stored = self.model.objects.filter(institution__in=homes, voided_at__isnull=True, **self.asked_of(rows))
        known = {self.key(self.facts_of(row)): row for row in stored.order_by("pk")}
        found = {}
        for position, row in enumerate(rows):
            there = known.get(self.key(row.record))
            if there is not None and "jurisdiction" in row.record:
                self._compare(row, there)
                found[position] = Existing(there.pk, there.jurisdiction_id, self._identity_of(there))
        return found

    def asked_of(self, rows: list[Row]) -> dict[str, Any]:
        """Narrows the stored rows to those that these rows may mean."""
        first = self.identity[0]
        field = self.stored_as.get(first, first)
        return {f"{field}__in": {row.record[first] for row in rows if first in row.record}}

    def facts_of(self, stored: Model) -> dict[str, Any]:
        """The identity of a stored row in the columns' own form."""
        values = {name: _plain(getattr(stored, self.stored_as.get(name, name))) for name in self.identity}
        return {"institution": stored.institution_id, **values}

    def _identity_of(self, stored: Model) -> dict[str, Any]:
        return {name: value for name, value in self.facts_of(stored).items() if value is not None}

    def _compare(self, row: Row, stored: Model) -> None:
        for name, field in self.compared.items():
            column, kept = self.resource.columns[name], _plain(getattr(stored, field))
            if name in row.record and row.record[name] != kept:
                text = "已登记的与此不同，文件不会改动已登记的；登记有误的请撤回那一批再导入。"
                before, after = column.shown(row.record[name]), column.shown(kept)
                row.warnings.append(column.fault("differs", text, before=before, after=after))

    # -- writing -------------------------------------------------------------------------------------------------
    writer: ClassVar[Callable[..., None]]

    def write(self, batch: Batch, *, by: Actor, at: datetime) -> None:
        type(self).writer(batch=batch, target=self, by=by, at=at)

    def refuse_undo(self, batch: Batch, *, lock: bool = False) -> dict[int, str]:
        return rows_to_keep(batch, self.model, lock=lock)

    def undo(self, batch: Batch, *, by: Actor, at: datetime) -> None:
        batches.take_back_rows(batch=batch, model=self.model, by=by, at=at)

    def url_of(self, subject_id: int) -> str:
        return reverse(f"admin:{self.model._meta.app_label}_{self.model._meta.model_name}_change", args=[subject_id])

    def list_url(self) -> str:
        return reverse(f"admin:{self.model._meta.app_label}_{self.model._meta.model_name}_changelist")


def _plain(value: Any) -> Any:
    """A stored value as a row's record holds it."""
    if hasattr(value, "isoformat"):
        return value.isoformat("minutes") if hasattr(value, "hour") else value.isoformat()
    return value
