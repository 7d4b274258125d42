"""A campaign's papers and the files beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.constraints import insert
from foundation.core.errors import InvalidInput
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from inspections import events
from inspections.attaching import Attached
from inspections.models import Campaign, CampaignPaper, PaperFile
from inspections.rules import campaigns as rules

MAX_FILES = 10


@operation
def add_paper(
    *,
    campaign: Campaign,
    kind: str,
    title: str,
    dated_on: date,
    organ_name: str,
    by: Actor,
    at: datetime,
    reference: str = "",
    text: str = "",
    files: Sequence[Attached] = (),
) -> CampaignPaper:
    """Keep a document of the campaign: conference, leading group, task force, plan or notice, with its files.

    Raises NotAllowed, InvalidInput (too many files, one file twice).
    """
    row = lock(Campaign, campaign.pk)
    authorize(by, rules.can_run, row)
    paper = insert(
        CampaignPaper(
            campaign=row,
            kind=kind,
            title=title,
            reference=reference,
            dated_on=dated_on,
            organ_name=organ_name,
            text=text,
            added_by_id=by.user_id,
            added_at=at,
        )
    )
    record(events.CAMPAIGN_PAPER_ADDED, subject=row, by=by, at=at, changes={"paper": [None, title]})
    if files:
        _attach(paper, files, by=by, at=at)
    return paper


@operation
def attach_files(*, paper: CampaignPaper, files: Sequence[Attached], by: Actor, at: datetime) -> CampaignPaper:
    """Put more files beside a paper; what is there stays as it is.

    Raises NotAllowed, InvalidInput (none, too many, one that is there already).
    """
    campaign = lock(Campaign, paper.campaign_id)  # the paper itself is append-only and cannot be locked
    authorize(by, rules.can_run, campaign)
    if not files:
        raise InvalidInput("请选择要上传的文件。", code="files", fields={"files": ["请选择文件。"]})
    _attach(paper, files, by=by, at=at)
    return paper


def _attach(paper: CampaignPaper, files: Sequence[Attached], *, by: Actor, at: datetime) -> None:
    if paper.files.count() + len(files) > MAX_FILES:
        sentence = f"一份文件最多{MAX_FILES}个附件。"
        raise InvalidInput(sentence, code="files", fields={"files": [sentence]})
    for taken in files:
        row = insert(PaperFile(paper=paper, **taken.columns(by=by, at=at)))
        changes = {"file": [None, {"name": row.filename, "sha256": row.sha256, "size": row.size}]}
        record(events.PAPER_FILE_ATTACHED, subject=row, by=by, at=at, changes=changes)


@operation
def take_paper_file(*, file: PaperFile, by: Actor, at: datetime) -> PaperFile:
    """Note that a file beside a paper is taken out. Raises NotAllowed."""
    authorize(by, rules.can_take_paper, file)
    record(events.PAPER_FILE_TAKEN, subject=file, by=by, at=at)
    return file
