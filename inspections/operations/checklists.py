"""Laying a checklist down: written as a draft, put to use, replaced by its next version; used versions never change."""

from __future__ import annotations

from datetime import datetime

from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.constraints import insert, update
from foundation.core.errors import IllegalTransition, InvalidInput
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.regions.models import Jurisdiction
from inspections import events, workflow
from inspections.enums import VersionState
from inspections.models import Checklist, ChecklistItem, ChecklistSection, ChecklistVersion
from inspections.queries.checklists import QUESTION
from inspections.rules import checklists as rules


@operation
def add_checklist(
    *,
    jurisdiction: Jurisdiction,
    name: str,
    audience: str,
    by: Actor,
    at: datetime,
    like: ChecklistVersion | None = None,
) -> Checklist:
    """Begin a list of a bureau's own, empty or with the questions of another list's version.

    Raises NotAllowed, InvalidInput (the bureau has a list of this name).
    """
    authorize(by, rules.can_add_checklist, jurisdiction)
    checklist = insert(Checklist(jurisdiction=jurisdiction, name=name.strip(), audience=audience))
    _draft(checklist, like, note="", at=at)
    changes = {"name": [None, checklist.name], "like": [None, str(like) if like else None]}
    record(events.CHECKLIST_ADDED, subject=checklist, by=by, at=at, changes=changes)
    return checklist


@operation
def start_version(*, checklist: Checklist, note: str, by: Actor, at: datetime) -> ChecklistVersion:
    """Copy the latest version into a draft that may be edited. Raises NotAllowed, InvalidInput (there is a draft)."""
    row = lock(Checklist, checklist.pk)
    authorize(by, rules.can_revise, row)
    draft = _draft(row, row.versions.order_by("-number").first(), note=note, at=at)
    record(events.VERSION_STARTED, subject=draft, by=by, at=at, changes={"number": [None, draft.number]}, reason=note)
    return draft


def _draft(checklist: Checklist, like: ChecklistVersion | None, *, note: str, at: datetime) -> ChecklistVersion:
    number = checklist.versions.count() + 1
    draft = insert(ChecklistVersion(checklist=checklist, number=number, state_at=at, note=note))
    for section in like.sections.order_by("code") if like else ():
        copy = insert(ChecklistSection(version=draft, code=section.code, title=section.title, aspect=section.aspect))
        for item in section.items.order_by("code"):
            facts = {name: getattr(item, name) for name in QUESTION}
            insert(ChecklistItem(version=draft, section=copy, code=item.code, **facts))
    return draft


@operation
def set_section(
    *, version: ChecklistVersion, code: str, title: str, aspect: str, by: Actor, at: datetime
) -> ChecklistSection:
    """Add a section to a draft, or change the one of this code. Raises NotAllowed, IllegalTransition, InvalidInput."""
    draft = _open_draft(version, by)
    held = draft.sections.filter(code=code).first()
    if held is None:
        held = insert(ChecklistSection(version=draft, code=code, title=title, aspect=aspect))
        changes: dict[str, list] = {"title": [None, title]}
    else:
        held.title, held.aspect = title, aspect
        changes = update(held, "title", "aspect")
    if changes:
        record(events.SECTION_CHANGED, subject=held, by=by, at=at, changes=changes)
    return held


@operation
def set_item(
    *,
    version: ChecklistVersion,
    code: str,
    text: str,
    severity: str,
    by: Actor,
    at: datetime,
    basis: str = "",
    photo: str = "may",
    officer_only: bool = False,
) -> ChecklistItem:
    """Add a question to a draft, or change the one of this code; its first letter names the section.

    Raises NotAllowed, IllegalTransition (the version is in use or was), InvalidInput (no such section).
    """
    draft = _open_draft(version, by)
    section = draft.sections.filter(code=code[:1]).first()
    if section is None:
        raise InvalidInput(
            f"清单中没有{code[:1]}部分，请先添加。", code="section", fields={"code": ["请先添加该部分。"]}
        )
    facts = {"text": text, "severity": severity, "basis": basis, "photo": photo, "officer_only": officer_only}
    held = draft.items.filter(code=code).first()
    if held is None:
        held = insert(ChecklistItem(version=draft, section=section, code=code, **facts))
        changes: dict[str, list] = {"text": [None, text]}
    else:
        for name, value in facts.items():
            setattr(held, name, value)
        changes = update(held, *facts)
    if changes:
        record(events.ITEM_CHANGED, subject=held, by=by, at=at, changes=changes)
    return held


@operation
def remove_item(*, item: ChecklistItem, by: Actor, at: datetime) -> ChecklistVersion:
    """Take a question out of a draft. Raises NotAllowed, IllegalTransition (the version is in use or was)."""
    draft = _open_draft(item.version, by)
    row = lock(ChecklistItem, item.pk)
    record(events.ITEM_REMOVED, subject=row, by=by, at=at, changes={"text": [row.text, None]})
    row.delete()
    return draft


@operation
def publish_version(*, version: ChecklistVersion, by: Actor, at: datetime) -> ChecklistVersion:
    """Put a draft to use; the version before it is retired, its visits and old drafts stay valid.

    Raises NotAllowed, IllegalTransition, InvalidInput (a section without questions, no questions).
    """
    checklist = lock(Checklist, version.checklist_id)
    row = lock(ChecklistVersion, version.pk)
    authorize(by, rules.can_revise, row)
    fields = advance(row, workflow.PUBLISH, at=at)
    empty = row.sections.filter(items__isnull=True).order_by("code")
    if not row.items.exists() or empty:
        names = "、".join(str(section) for section in empty) or "清单"
        raise InvalidInput(f"{names}没有条目，不能启用。", code="empty")
    for held in checklist.versions.filter(state=VersionState.IN_USE):
        before = lock(ChecklistVersion, held.pk)
        update(before, *advance(before, workflow.RETIRE, at=at))
    row.published_by_id, row.published_at = by.user_id, at
    changes = update(row, *fields, "published_by", "published_at")
    record(events.VERSION_PUBLISHED, subject=row, by=by, at=at, changes=changes, reason=row.note)
    return row


def _open_draft(version: ChecklistVersion, by: Actor) -> ChecklistVersion:
    """The version, locked; nobody publishes it while it is being edited."""
    row = lock(ChecklistVersion, version.pk)
    authorize(by, rules.can_revise, row)
    if row.state != VersionState.DRAFT:
        raise IllegalTransition("已启用的版本不能修改，请先起草新版本。")
    return row
