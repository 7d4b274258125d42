"""Publishing what supervisors have to know, and noting who has read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from foundation.accounts.models import Organ
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert
from foundation.core.errors import InvalidInput
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.regions.models import Jurisdiction
from supervisors import events, notices, rules
from supervisors.models import LibraryItem, LibrarySection, ReadMark, Supervisor


@operation
def publish_library_item(
    *, kind: str, title: str, sections: Sequence[tuple[str, str]], by: Actor, at: datetime
) -> LibraryItem:
    """Publish a text in sections (title, text); one of the same kind and title becomes its next version.

    The bureau's supervisors in office are told. Raises NotAllowed, InvalidInput (no section, nothing in one).
    """
    authorize(by, rules.can_manage_somewhere)
    if not sections or any(not text.strip() for _, text in sections):
        raise InvalidInput("请至少写一节，每节须有正文。", fields={"text": ["请至少写一节，每节须有正文。"]})
    place = lock(Jurisdiction, Organ.objects.get(pk=by.organ_id).jurisdiction_id)
    title = title.strip()
    before = LibraryItem.objects.filter(jurisdiction=place, kind=kind, title=title).order_by("-version").first()
    item = insert(
        LibraryItem(
            jurisdiction=place,
            kind=kind,
            title=title,
            version=before.version + 1 if before else 1,
            published_on=local_date(at),
            published_at=at,
            published_by_id=by.user_id,
        )
    )
    for no, (heading, text) in enumerate(sections, start=1):
        insert(LibrarySection(item=item, no=no, title=heading.strip(), text=text.strip()))
    changes = {"version": [before.version if before else None, item.version], "sections": [None, len(sections)]}
    record(events.LIBRARY_PUBLISHED, subject=item, by=by, at=at, changes=changes)
    outbox.put(notices.LIBRARY.code, at=at, item_id=item.pk, organ_id=by.organ_id)
    return item


@operation
def mark_read(*, section: LibrarySection, supervisor: Supervisor, by: Actor, at: datetime) -> ReadMark:
    """Note that the supervisor has read a section; once. Raises NotAllowed (another's, not for this person)."""
    row = lock(Supervisor, supervisor.pk)
    authorize(by, rules.can_read_section, row, section)
    if mark := ReadMark.objects.filter(section=section, supervisor=row).first():
        return mark
    mark = insert(ReadMark(section=section, supervisor=row, read_at=at))
    changes = {"section": [None, f"{section.item} {section.title}"]}
    record(events.SECTION_READ, subject=row, by=by, at=at, changes=changes)
    return mark
