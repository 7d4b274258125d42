"""Which questions are asked where."""

from __future__ import annotations

from django.db.models import QuerySet

from foundation.core.actor import Actor
from foundation.regions.models import Jurisdiction
from foundation.regions.queries import jurisdictions_above
from inspections.enums import VersionState
from inspections.models import ChecklistVersion

#: What a question says: copied into the next version, and compared with the one before.
QUESTION = ("text", "severity", "basis", "photo", "officer_only")


def versions_for(actor: Actor) -> QuerySet[ChecklistVersion]:
    """Versions in use that the actor's jurisdictions or those above them laid down, with sections and items."""
    rows = ChecklistVersion.objects.visible_to(actor).filter(state=VersionState.IN_USE)
    return rows.select_related("checklist__jurisdiction").order_by("checklist__jurisdiction__code", "pk")


def usable_in(jurisdiction: Jurisdiction) -> QuerySet[ChecklistVersion]:
    """Versions in use or used before, of this jurisdiction and of those above it: old drafts may still arrive."""
    owners = {jurisdiction.pk, *jurisdictions_above(jurisdiction.pk)}
    return ChecklistVersion.objects.filter(checklist__jurisdiction__in=owners).exclude(state=VersionState.DRAFT)


def differences(version: ChecklistVersion) -> list[tuple[str, str, str]]:
    """(code, what happened, words) of each question that is not as in the version before; empty for a first one."""
    before = version.checklist.versions.filter(number=version.number - 1).first()
    if before is None:
        return []
    old = {item.code: item for item in before.items.all()}
    new = {item.code: item for item in version.items.all()}
    found = []
    for code in sorted({*old, *new}):
        if code not in old:
            found.append((code, "新增", new[code].text))
        elif code not in new:
            found.append((code, "删去", old[code].text))
        elif any(getattr(old[code], name) != getattr(new[code], name) for name in QUESTION):
            found.append((code, "修改", f"{old[code].text} → {new[code].text}"))
    return found
