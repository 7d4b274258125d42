"""What goes out comes back: exports import as unchanged, mended error files import clean, nothing is a formula."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from cases.models import Case
from clues.models import Clue, Sighting
from enforcement.models import InterviewParty, Order, RemovalItem
from foundation.audit.models import Event
from foundation.core import clock, outbox, private_files
from foundation.core.actor import Actor
from foundation.core.spreadsheets import DANGEROUS
from foundation.documents.models import Document
from foundation.exports import declaring
from foundation.exports.declaring import exportable_of
from foundation.exports.models import Export
from foundation.exports.operations import request_export
from foundation.imports.enums import Outcome
from inspections.models import Finding, HistoricalTotal, Visit
from institutions.importing import INSTITUTIONS
from institutions.models import Institution, Permit, UnlicensedSite
from institutions.public_ids import new_public_id
from supervisors.models import Candidate, Feedback, MonthlyDuty, Proposal, PublicityActivity, Supervisor
from tests.cast import Cast
from tests.documents.factories import issued
from tests.exports.test_spreadsheets import PAYLOADS, dangerous
from tests.imports.corpus.base import LABELS, good
from tests.imports.corpus.doors import Told, apply, by_page, officer_of
from tests.imports.corpus.make_corpus import FILES
from tests.imports.factories import csv_file, xlsx_file
from tests.imports.hostile_money import MONEY
from tests.imports.hostile_rows import (
    copies,
    hostile_activities,
    hostile_candidates,
    hostile_cases,
    hostile_clues,
    hostile_feedback,
    hostile_findings,
    hostile_orders,
    hostile_parties,
    hostile_proposals,
    hostile_removals,
    hostile_sightings,
    hostile_supervisors,
    hostile_totals,
    hostile_visits,
    text,
)
from tests.imports.hostile_schools import SCHOOLS
from tests.imports.test_corpus import NOW, TOLD, file_of, snapshot
from tests.institutions.factories import institution, unlicensed

pytestmark = pytest.mark.django_db
BUREAU = "350203"
REGISTER = "institutions.institution"
PURPOSE = "核对名录与许可证台账，用于年检"


@pytest.fixture(autouse=True)
def stands(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with clock.set_to(NOW):
        yield


# --- Exports come back unchanged ----------------------------------------------------------------------------


def awkward() -> list[dict[str, Any]]:
    """Rows whose texts are right and look as if a spreadsheet would spoil them."""
    return [
        good(1, bank="建设银行", account="0123", remark="-3层，无电梯", town="筼筜街道"),
        good(2, name="廈門市㙍上𬇙源藝術培訓有限公司", legal_person="𠮷田昇", remark="注意：消防；已年检，“合格”"),
        good(3, name="启航(厦门)科技培训有限公司", address="厦门市思明区湖滨南路3号3#楼：东侧(2层)，靠北"),
        good(4, phone="0592-2000000、13800138000", subtype="语言能力", remark="2024年3月1日迁入"),
        good(5, license_no="135020370000011", issue_date="", valid_until="", remark="+86区号勿填"),
        good(6, license_no="", issue_date="", valid_until="", legal_person=""),
        good(7, account="0000", bank="农业银行厦门分行", status="停业整改", remark="1/2"),
        good(8, name="A&B科技培训有限公司", remark="'单引号开头"),
        good(9, valid_until="2025-01-31", remark="00123"),
        good(10, license_no="思教2024-5", remark="=三期"),
    ]


def registered(client: Client, rows: list[dict[str, Any]]) -> None:
    """The rows in the register, through the import."""
    names = [name for name in LABELS if any(row.get(name) for row in rows)]
    content = csv_file([LABELS[name] for name in names], *([row.get(name, "") for name in names] for row in rows))
    told = by_page(client, "名录.csv", content, BUREAU)
    assert [(row["row"], row["reasons"]) for row in told.rows if row["outcome"] != "created"] == []
    apply(client, told.batch)


def exported(actor: Actor, register: str, format: str) -> bytes:
    """The bytes of an export with every column, made as the worker makes it."""
    exportable = exportable_of(register)
    export = request_export(
        exportable=exportable,
        filters={},
        columns=[column.key for column in exportable.columns],
        format=format,
        purpose=PURPOSE,
        by=actor,
        at=clock.now(),
    )
    outbox.deliver_all(at=clock.now())
    export = Export.objects.get(pk=export.pk)
    assert export.state == "ready", export.remark
    return private_files.fetch(export.path, sha256=export.sha256)


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_an_export_comes_back_unchanged(cast, format):
    client = officer_of(BUREAU)
    registered(client, [row for row in awkward() if not row.get("remark", "").startswith("=")])
    content, held = exported(cast.officer, REGISTER, format), snapshot()
    told = by_page(client, f"导出.{format}", content, BUREAU)
    assert (told.file_level, len(told.rows)) == ("ok", Institution.objects.count())
    assert [(row["row"], row["outcome"], row["reasons"]) for row in told.rows if row["outcome"] != "unchanged"] == []
    tidied = [said["before"] for row in told.rows for said in row["warnings"] if said["code"] == "normalized"]
    assert tidied == ([] if format == "xlsx" else ["'-3层，无电梯", "'+86区号勿填"])  # what the export had to defuse
    apply(client, told.batch)
    assert snapshot()[:-1] == held[:-1]
    assert told.batch.counts[Outcome.UNCHANGED] == 9


def test_a_text_like_a_formula_never_gets_in(cast):
    """The other half of the round trip: what an export would have to defuse by an apostrophe is refused."""
    [row] = (row for row in awkward() if row.get("remark", "").startswith("="))
    names = [*list(LABELS)[:10], "remark"]
    content = csv_file([LABELS[name] for name in names], [row.get(name, "") for name in names])
    [told] = by_page(officer_of(BUREAU), "名录.csv", content, BUREAU).rows
    assert (told["outcome"], [reason["code"] for reason in told["reasons"]]) == ("rejected", ["formula"])


# --- Nothing that goes out is a formula ---------------------------------------------------------------------


def hostile_institutions(cast: Cast) -> Actor:
    same = dict.fromkeys(("name", "legal_person", "phone", "address", "bank", "remark", "public_phone"), text)
    same["public_phone"] = lambda payload, number: payload[:30]
    same["legal_person"] = lambda payload, number: payload[:60]
    same["bank"] = same["legal_person"]
    rows = copies(
        institution(cast.officer),
        **same,
        credit_code=lambda payload, number: None,
        public_id=lambda payload, number: new_public_id(),
    )
    Permit.objects.bulk_create(
        Permit(
            institution=row, kind="school", number=f"{payload[:30]}{row.pk}", issuer=payload[:80], valid_from=NOW.date()
        )
        for row, payload in zip(rows, PAYLOADS, strict=True)
    )
    return cast.officer


def hostile_sites(cast: Cast) -> Actor:
    same = dict.fromkeys(("sign", "address", "operator", "teachers"), text)
    same["operator"] = lambda payload, number: payload[:60]
    copies(unlicensed(cast.officer), **same, number=lambda payload, number: f"{payload[:20]}{number}")
    return cast.officer


def hostile_events(cast: Cast) -> Actor:
    institution(cast.officer)
    row = Event.objects.order_by("pk").last()
    same = dict.fromkeys(("label", "subject_label", "actor_name", "organ_name", "reason"), text)
    same["matter"] = lambda payload, number: payload[:40]
    same["label"] = lambda payload, number: payload[:80]
    copies(row, **same)
    return cast.auditor


def hostile_documents(cast: Cast) -> Actor:
    copies(
        issued(cast.officer),
        party=text,
        serial_no=lambda payload, number: number + 1,
        number=lambda payload, number: f"{payload[:20]}{number}",
        verify_code=lambda payload, number: f"{number:016d}",
    )
    return cast.officer


HOSTILE = {
    REGISTER: (hostile_institutions, Institution),
    "institutions.unlicensedsite": (hostile_sites, UnlicensedSite),
    "audit.event": (hostile_events, Event),
    "documents.document": (hostile_documents, Document),
    "clues.clue": (hostile_clues, Clue),
    "clues.sighting": (hostile_sightings, Sighting),
    "enforcement.removalitem": (hostile_removals, RemovalItem),
    "inspections.visit": (hostile_visits, Visit),
    "cases.case": (hostile_cases, Case),
    "enforcement.interviewparty": (hostile_parties, InterviewParty),
    "enforcement.order": (hostile_orders, Order),
    "inspections.finding": (hostile_findings, Finding),
    "inspections.historicaltotal": (hostile_totals, HistoricalTotal),
    "supervisors.supervisor": (hostile_supervisors, Supervisor),
    "supervisors.monthlyduty": (hostile_supervisors, MonthlyDuty),
    "supervisors.candidate": (hostile_candidates, Candidate),
    "supervisors.feedback": (hostile_feedback, Feedback),
    "supervisors.proposal": (hostile_proposals, Proposal),
    "supervisors.publicityactivity": (hostile_activities, PublicityActivity),
    **MONEY,
    **SCHOOLS,
}


def live(content: bytes) -> list[str]:
    """The cells that a spreadsheet program would run."""
    if not content.startswith(b"PK"):
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        return [cell for row in rows for cell in row if cell.startswith(DANGEROUS) or dangerous(cell)]
    book = load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    return [f"{cell.coordinate} {cell.value}" for cell in cells if cell.data_type == "f"]


def test_every_register_that_can_be_exported_is_asked():
    assert set(declaring._declared) == set(HOSTILE)
    assert len(set(PAYLOADS)) >= 200


@pytest.mark.parametrize("register", HOSTILE)
def test_no_export_carries_a_live_formula(cast, register):
    fill, model = HOSTILE[register]
    actor = fill(cast)
    assert model.objects.count() > len(PAYLOADS)
    for format in ("csv", "xlsx"):
        content = exported(actor, register, format)
        texts = everything(content)
        assert sum(payload[-6:] in texts for payload in PAYLOADS) > 200, f"the payloads are in the {format}"
        assert live(content) == []


def everything(content: bytes) -> str:
    if not content.startswith(b"PK"):
        return content.decode("utf-8-sig").replace('""', '"')
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("make", [csv_file, xlsx_file])
def test_the_refused_rows_carry_no_live_formula(make):
    """Payloads as names, remarks and names of sheets come back in the list of refused rows; none of them runs."""
    client, names = officer_of(BUREAU), [*list(LABELS)[:10], "remark"]
    rows = [[{**good(number), "remark": payload, "name": payload}.get(name) for name in names]
            for number, payload in enumerate(PAYLOADS, start=1)]  # fmt: skip
    head = [LABELS[name] for name in names]
    content = csv_file(head, *rows) if make is csv_file else quoted_workbook("=cmd()", [head, *rows])
    told = by_page(client, "=1+1.csv", content, BUREAU)
    assert sum(row["outcome"] == "rejected" for row in told.rows) >= 150
    book = client.get(reverse("admin:imports_batch_errors", args=[told.batch.pk])).content
    assert live(book) == []
    assert "cmd|" in everything(book)


def quoted_workbook(title: str, rows: list[list[Any]]) -> bytes:
    """A workbook whose texts are texts, whatever they look like."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for at, row in enumerate(rows, start=1):
        for place, value in enumerate(row, start=1):
            cell = sheet.cell(at, place)
            cell.value = value.replace("\r", "").replace("\0", "") if isinstance(value, str) else value
            cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_template_carries_no_live_formula():
    client = officer_of(BUREAU)
    book = client.get(reverse("admin:imports_batch_template"), {"target": INSTITUTIONS.code}).content
    assert live(book) == []


# --- Refused rows, mended, import clean ---------------------------------------------------------------------


def mendable() -> list[Path]:
    """Files with refused rows of which the corpus knows the truth."""
    return [told for told in TOLD if '"truth"' in told.read_text("utf-8")]


@pytest.mark.parametrize(
    "told", mendable(), ids=lambda told: str(told.relative_to(FILES)).removesuffix(".expected.json")
)
def test_the_mended_list_of_refused_rows_imports_clean(told):
    expected, path = json.loads(told.read_text("utf-8")), file_of(told)
    client = officer_of(expected["bureau"])
    first = by_page(client, path.name, path.read_bytes(), expected["bureau"])
    apply(client, first.batch)
    book = load_workbook(io.BytesIO(client.get(reverse("admin:imports_batch_errors", args=[first.batch.pk])).content))
    truths = {(row.get("sheet"), row["row"]): row["truth"] for row in expected["rows"] if "truth" in row}
    mended = mend(book, truths, first)
    second = by_page(client, "改好.xlsx", mended, expected["bureau"])
    assert [(row["row"], row["reasons"]) for row in second.rows if row["outcome"] == "rejected"] == []
    assert len(second.rows) == len(truths)


def mend(book: Workbook, truths: dict[tuple[str | None, int], dict[str, str]], told: Told) -> bytes:
    """The workbook with each suggested repair taken and the truth written where none was suggested; other rows go."""
    sheet = book.worksheets[0]
    head = [cell.value for cell in sheet[1]]
    columns = {field: column.column_name for field, column in INSTITUTIONS.resource.columns.items()}
    personal = {field for field, column in INSTITUTIONS.resource.columns.items() if column.personal}
    where = {
        f"{sheet_name} {number}" if sheet_name else str(number): (sheet_name, number) for sheet_name, number in truths
    }
    offered = {
        (row["sheet"], row["row"]): {
            columns[reason["field"]]: reason["after"]
            for reason in row["reasons"]
            if reason["after"] and reason["field"] in columns and reason["field"] not in personal
        }
        for row in told.rows
    }
    for number in range(sheet.max_row, 1, -1):
        key = where.get(str(sheet.cell(number, head.index("原行号") + 1).value))
        if key is None:
            sheet.delete_rows(number)
            continue
        for name, value in {**truths[key], **offered.get(key, {})}.items():
            if name not in head:
                head.append(name)
                sheet.cell(1, len(head), name)
            cell = sheet.cell(number, head.index(name) + 1)
            cell.value, cell.data_type = value or None, "s" if value else "n"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_days_come_back_as_days(cast):
    """A workbook whose days are real days is the same table as one whose days are texts."""
    row = good(1, issue_date=date(2024, 3, 1), valid_until=date(2029, 2, 28))
    names = list(LABELS)[:10]
    head = [LABELS[name] for name in names]
    client = officer_of(BUREAU)
    first = by_page(client, "a.xlsx", xlsx_file(head, [row[name] for name in names]), BUREAU)
    apply(client, first.batch)
    again = by_page(client, "b.csv", csv_file(head, [str(row[name]) for name in names]), BUREAU)
    assert [(each["outcome"], each["warnings"]) for each in again.rows] == [("unchanged", [])]
