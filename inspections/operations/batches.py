"""Past visits of a spreadsheet batch: set-based, inside the import's operation, which locks and records.

Each row goes through the same functions as a single report (``recording``), so that it makes the same rows. Nobody is
told of what was found: it is past, and the clerk who imports it knows. Rows that name a running campaign count in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db import connection

from foundation.core.actor import Actor
from foundation.core.bulk import copy_objects
from foundation.core.errors import Conflict
from foundation.core.locking import lock_all
from foundation.core.operation import authorize, operation
from foundation.deadlines.calendars import WorkingCalendar
from foundation.deadlines.working_days import calendar
from foundation.imports.enums import Outcome
from foundation.imports.models import Batch, BatchRow
from foundation.imports.stored import stored_slices
from foundation.imports.underway import Step, note
from foundation.regions.models import Jurisdiction
from inspections.enums import CampaignState, Source
from inspections.models import Campaign, CampaignVisit, Visit, VisitOfficer
from inspections.numbering import held_series, take_numbers
from inspections.past import report_of
from inspections.queries.named import NamedCampaigns
from inspections.recording import findings_of, visit_of
from inspections.reports import VisitReport
from inspections.rules import visits as rules
from institutions.models import Institution, UnlicensedSite

Sites = dict[tuple[str, int], Institution | UnlicensedSite]
Numbers = dict[tuple[int, str], Iterator[str]]

#: How many visits of which site and month a batch makes.
NEEDED = """
SELECT (record->>'institution')::bigint, (record->>'unlicensed')::bigint, left(record->>'visited_on', 7), count(*)
FROM imports_batchrow WHERE batch_id = %s AND outcome = 'created' GROUP BY 1, 2, 3
"""


@operation
def write_visits(*, batch: Batch, by: Actor, at: datetime) -> None:
    """File a batch's new visits under the ids reserved for them, with numbers taken in blocks, officers and findings.

    Raises NotAllowed when a site lies outside the actor's area, Conflict when one was withdrawn meanwhile, InvalidInput
    when somebody filed one of the visits meanwhile. The batch's event is the trace.
    """
    needed = _needed(batch)
    sites = _held_sites(needed)
    authorize(by, rules.can_import_visits, {site.jurisdiction_id for site in sites.values()})
    numbers, days = _numbers(needed, sites), calendar()
    campaigns = _held_campaigns(batch)
    done, total = 0, batch.counts.get(Outcome.CREATED) or 1
    for rows in stored_slices(batch, Outcome.CREATED):
        note(batch.pk, Step.WRITE, done, total)
        visits = [_visit(row, sites, numbers, days, by=by, at=at) for row in rows]
        _insert(visits, at=at)
        copy_objects(list(_tags(rows, visits, campaigns, by=by, at=at)))
        done += len(rows)


@operation
def take_back_visits(*, batch: Batch, by: Actor, at: datetime) -> None:
    """Void what the batch filed, except the rows kept; the visits stay to be read, with the batch as their reason.

    Raises NotAllowed when a visit lies outside the actor's area. The batch's event is the trace.
    """
    reason = f"撤销批量导入（批次{batch.pk}：{batch.file_name[:120]}）"
    for rows in stored_slices(batch, Outcome.CREATED, kept=False):
        visits = Visit.objects.filter(pk__in=[row.subject_id for row in rows])
        authorize(by, rules.can_import_visits, set(visits.values_list("jurisdiction_id", flat=True)))
        visits.update(voided_at=at, voided_by_id=by.user_id, void_reason=reason)


def _needed(batch: Batch) -> Counter[tuple[str, int, str]]:
    """(institution or unlicensed, id, month) -> number of visits."""
    with connection.cursor() as cursor:
        cursor.execute(NEEDED, [batch.pk])
        found = cursor.fetchall()
    return Counter(
        {
            ("institution" if institution else "unlicensed", institution or unlicensed, month): number
            for institution, unlicensed, month, number in found
        }
    )


def _held_sites(needed: Counter[tuple[str, int, str]]) -> Sites:
    """The sites as they are now, held until the transaction ends: a visit says what they are called today."""
    ids = {kind: {pk for each, pk, _ in needed if each == kind} for kind in ("institution", "unlicensed")}
    institutions = lock_all(Institution, ids["institution"])
    if gone := next((site for site in institutions if site.withdrawn_at or site.merged_into_id), None):
        raise Conflict(f"校验之后名录有变化（“{gone.name}”已撤回或并入其他机构），请重新校验后再确认。")
    bureaus = Jurisdiction.objects.in_bulk()
    sites: Sites = {("institution", site.pk): site for site in institutions}
    sites |= {("unlicensed", site.pk): site for site in lock_all(UnlicensedSite, ids["unlicensed"])}
    for site in sites.values():
        site.jurisdiction = bureaus[site.jurisdiction_id]
    return sites


def _numbers(needed: Counter[tuple[str, int, str]], sites: Sites) -> Numbers:
    """(bureau, month) -> its numbers, taken as one block; the series are held in one order by everybody."""
    wanted: Counter[tuple[int, str]] = Counter()
    for (kind, pk, month), number in needed.items():
        wanted[sites[kind, pk].jurisdiction_id, month] += number
    bureaus = {site.jurisdiction_id: site.jurisdiction for site in sites.values()}
    numbers: Numbers = {}
    for (bureau, month), amount in sorted(wanted.items()):
        series = held_series(bureaus[bureau], supervisors=False, on=date.fromisoformat(f"{month}-01"))
        numbers[bureau, month] = iter(take_numbers(series, amount))
    return numbers


def _held_campaigns(batch: Batch) -> NamedCampaigns:
    """Those that the rows name, held as the last of all locks: one that is being closed is waited for."""
    created = batch.rows.filter(outcome=Outcome.CREATED, record__has_key="campaign")
    names = set(created.order_by().values_list("record__campaign", flat=True).distinct())
    found = NamedCampaigns(names)
    held = {row.pk for row in lock_all(Campaign, [row.pk for row in found.rows]) if row.state == CampaignState.RUNNING}
    found.rows = [row for row in found.rows if row.pk in held]
    return found


def _tags(
    rows: Iterable[BatchRow],
    visits: Iterable[tuple[Visit, VisitReport]],
    campaigns: NamedCampaigns,
    *,
    by: Actor,
    at: datetime,
) -> Iterator[CampaignVisit]:
    for row, (visit, _) in zip(rows, visits, strict=True):
        name = row.record.get("campaign")
        if name and (found := campaigns.of(name, visit.jurisdiction_id, visit.visited_on)):
            yield CampaignVisit(campaign=found, visit_id=visit.pk, tagged_by_id=by.user_id, tagged_at=at)


def _visit(
    row: BatchRow, sites: Sites, numbers: Numbers, days: WorkingCalendar, *, by: Actor, at: datetime
) -> tuple[Visit, VisitReport]:
    record = row.record
    kind = "institution" if "institution" in record else "unlicensed"
    subject = sites[kind, record[kind]]
    report = report_of(record, subject)
    number = next(numbers[subject.jurisdiction_id, record["visited_on"][:7]])
    visit = visit_of(report, number, by=by, at=at, source=Source.SHEET, days=days)
    visit.pk = row.subject_id
    return visit, report


def _insert(visits: list[tuple[Visit, VisitReport]], *, at: datetime) -> None:
    officers = [
        VisitOfficer(visit_id=visit.pk, **vars(officer)) for visit, report in visits for officer in report.officers
    ]
    findings = [finding for visit, report in visits for finding in findings_of(report, visit, {}, at=at)]
    copy_objects([visit for visit, _ in visits])
    copy_objects(officers)
    copy_objects(findings)
