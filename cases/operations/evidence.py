"""Evidence: registered with its files, asked for, put in safe keeping; nothing is taken out again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cases import clocks, events, papers, rules
from cases.enums import Disposal, EvidenceKind
from cases.models import Case, CasePaper, Evidence, EvidenceFile, Preservation
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import InvalidInput, invalid, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.deadlines.enums import Limit
from inspections.attaching import Attached

MAX_FILES = 20


@dataclass(frozen=True, kw_only=True)
class EvidenceFacts:
    """One piece of evidence: what it shows, where it comes from, who took it and when."""

    kind: EvidenceKind
    title: str
    shows: str
    taken_from: str
    taken_on: date
    taken_by: str


@operation
def add_evidence(
    *, case: Case, facts: EvidenceFacts, by: Actor, at: datetime, files: Sequence[Attached] = ()
) -> Evidence:
    """Register a piece of evidence with its files, each with its hash.

    Raises NotAllowed (not under investigation), InvalidInput (a day to come, too many files).
    """
    row = lock(Case, case.pk)
    authorize(by, rules.can_investigate, row)
    if facts.taken_on > local_date(at):
        raise InvalidInput("取得日期不能晚于今天。", code="date", fields={"taken_on": ["不能晚于今天。"]})
    if len(files) > MAX_FILES:
        raise invalid("files", f"一项证据最多{MAX_FILES}个文件。")
    evidence = insert(
        Evidence(case=row, no=row.evidence.count() + 1, added_by_id=by.user_id, added_at=at, **vars(facts))
    )
    for taken in files:
        insert(EvidenceFile(evidence=evidence, **taken.columns(by=by, at=at)))
    changes = {"evidence": [None, str(evidence)], "files": [None, [taken.sha256 for taken in files]]}
    record(events.EVIDENCE_ADDED, subject=row, by=by, at=at, changes=changes)
    return evidence


@operation
def take_evidence_file(*, file: EvidenceFile, by: Actor, at: datetime) -> EvidenceFile:
    """Note that a file of evidence was taken out to be read. Raises NotAllowed."""
    row = EvidenceFile.objects.select_related("evidence__case").get(pk=file.pk)
    authorize(by, rules.can_take_file, row)
    case = row.evidence.case
    changes = {"file": [None, {"name": row.filename, "sha256": row.sha256}]}
    record(events.EVIDENCE_TAKEN, subject=case, by=by, at=at, changes=changes)
    return row


@operation
def question(*, case: Case, talk: papers.Talk, by: Actor, at: datetime) -> CasePaper:
    """Make the numbered record of a questioning; it is evidence by itself (当事人的陈述 or 证人证言).

    Raises NotAllowed, InvalidInput (a field of the record is missing).
    """
    row = lock(Case, case.pk)
    authorize(by, rules.can_investigate, row)
    paper = papers.questioning(row, talk, by=by, at=at)
    insert(
        Evidence(
            case=row,
            no=row.evidence.count() + 1,
            kind=EvidenceKind.PARTY if talk.is_party else EvidenceKind.WITNESS,
            title=f"询问笔录（{talk.asked}）"[:120],
            shows=talk.shows.strip(),
            taken_from=talk.asked,
            taken_on=local_date(at),
            taken_by="、".join(papers.handlers(row)),
            added_by_id=by.user_id,
            added_at=at,
        )
    )
    record(events.QUESTIONED, subject=row, by=by, at=at, changes={"number": [None, paper.document.number]})
    return paper


@operation
def preserve(
    *,
    case: Case,
    items: Sequence[str],
    place: str,
    keeper: str,
    approved_by: str,
    contact: str,
    by: Actor,
    at: datetime,
) -> Preservation:
    """Put evidence that may be lost in safe keeping; within seven working days somebody decides what becomes of it.

    Raises NotAllowed, InvalidInput (nothing named).
    """
    row = lock(Case, case.pk)
    authorize(by, rules.can_investigate, row)
    listed = [item.strip() for item in items if item.strip()]
    if not listed:
        raise InvalidInput("请写明保存的物品。", code="items", fields={"items": ["请写明保存的物品。"]})
    paper = papers.preservation(
        row, listed, place=place, keeper=keeper, approved_by=approved_by, contact=contact, by=by, at=at
    )
    kept = insert(
        Preservation(
            case=row,
            items=listed,
            place=place.strip(),
            keeper=keeper.strip(),
            approved_by=approved_by.strip(),
            preserved_on=local_date(at),
            paper=paper,
        )
    )
    clocks.start(row, Limit.EVIDENCE_PRESERVATION, since=kept.preserved_on, subject=kept, by=by, at=at)
    changes = {"number": [None, paper.document.number], "items": [None, listed]}
    record(events.PRESERVED, subject=row, by=by, at=at, changes=changes)
    return kept


@operation
def dispose(*, preservation: Preservation, disposal: str, note: str, by: Actor, at: datetime) -> Preservation:
    """Decide what becomes of what was put in safe keeping.

    Raises NotAllowed (decided already), InvalidInput (nothing chosen, no words).
    """
    kept = lock(Preservation, preservation.pk)
    authorize(by, rules.can_dispose, kept)
    if disposal == Disposal.NONE:
        raise InvalidInput("请选择处理方式。", code="disposal", fields={"disposal": ["请选择处理方式。"]})
    need_words(note, "note", "请写明处理情况。")
    kept.disposal, kept.disposed_on, kept.disposal_note = disposal, local_date(at), note.strip()
    changes = update(kept, "disposal", "disposed_on", "disposal_note")
    clocks.meet(kept, Limit.EVIDENCE_PRESERVATION, by=by, at=at)
    record(events.DISPOSED, subject=kept.case, by=by, at=at, changes=changes, reason=note)
    return kept
