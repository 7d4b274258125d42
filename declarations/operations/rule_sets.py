"""规范制度: laid down, and laid down anew as the next version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from declarations import events, rules
from declarations.models import RuleSet
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.constraints import insert
from foundation.core.errors import invalid, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.regions.models import Jurisdiction


@operation
def lay_down_rules(
    *,
    jurisdiction: Jurisdiction,
    title: str,
    norms: Sequence[str],
    bans: Sequence[str],
    effective_on: date,
    by: Actor,
    at: datetime,
) -> RuleSet:
    """The next version of a bureau's rules of this title; earlier ones stay as they are, and so do their commitments.

    Raises NotAllowed, InvalidInput (no title, no rule, in force before the version it replaces).
    """
    place = lock(Jurisdiction, jurisdiction.pk)  # versions of one bureau are numbered one after the other
    authorize(by, rules.can_open, place)
    need_words(title, "title", "请填写制度名称。")
    kept = [[line.strip() for line in lines if line.strip()] for lines in (norms, bans)]
    if not kept[0]:
        raise invalid("norms", "请至少写明一条规范。")
    last = RuleSet.objects.filter(jurisdiction=place, title=title.strip()).order_by("-version").first()
    if last is not None and effective_on < last.effective_on:
        raise invalid("effective_on", f"施行日期不能早于上一版的{last.effective_on}。")
    row = insert(
        RuleSet(
            jurisdiction=place,
            title=title.strip(),
            version=last.version + 1 if last else 1,
            norms=kept[0],
            bans=kept[1],
            effective_on=effective_on,
            laid_down_at=at,
            laid_down_by_id=by.user_id,
        )
    )
    changes = {"version": [last.version if last else None, row.version], "rules": [None, row.count_text]}
    record(events.RULES_LAID_DOWN, subject=row, by=by, at=at, changes=changes)
    return row
