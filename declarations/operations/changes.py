"""资料变更申请: asked for by the institution, decided field by field; what is accepted goes through the register."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from declarations import events, notices, rules, workflow
from declarations.enums import CHANGE_LINK, CHANGEABLE, ChangeState
from declarations.models import ChangeRequest
from foundation.accounts.links import can_answer, locked_by
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.constraints import insert, update
from foundation.core.errors import InvalidInput, need_words
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from institutions.models import Institution
from institutions.operations.register import change_institution


@operation
def take_in_change(
    *,
    institution: Institution,
    proposed: Mapping[str, str],
    reason: str,
    given_by: str,
    by: Actor,
    at: datetime,
) -> ChangeRequest:
    """Enter for an institution what it wants changed in the register; blank fields stay as they are.

    Raises NotAllowed, InvalidInput (nothing that differs, no reason, nobody named, one that is still open).
    """
    row = lock(Institution, institution.pk)
    authorize(by, rules.can_take_change, row)
    return _take_in(row, proposed, reason, given_by, by=by, at=at)


@operation
def ask_for_change_by_link(
    *, code: str, proposed: Mapping[str, str], reason: str, given_by: str, by: Actor, at: datetime
) -> ChangeRequest:
    """The institution itself asks, with its code (``code``: its hash); sent twice, it is one request.

    Raises NotAllowed (somebody who is logged in), Conflict (no such code, or no more), as ``take_in_change``.
    """
    authorize(by, can_answer)
    row = locked_by(CHANGE_LINK, Institution, code, at=at)
    there = row.change_requests.filter(entered_by=None, state=ChangeState.OPEN).first()
    if there is not None and there.proposed == _differing(row, proposed) and there.reason == reason.strip():
        return there
    scope = frozenset({row.jurisdiction_id})
    return _take_in(row, proposed, reason, given_by, by=by.allowed(scope=scope), at=at)


def _differing(row: Institution, proposed: Mapping[str, str]) -> dict[str, str]:
    wanted = {name: proposed[name].strip() for name in CHANGEABLE if proposed.get(name, "").strip()}
    return {name: value for name, value in wanted.items() if value != getattr(row, name)}


def _take_in(
    row: Institution, proposed: Mapping[str, str], reason: str, given_by: str, *, by: Actor, at: datetime
) -> ChangeRequest:
    wanted = _differing(row, proposed)
    if not wanted:
        raise InvalidInput("没有要变更的内容：请至少填写一项与现在登记不同的资料。", code="nothing")
    need_words(reason, "reason", "请写明变更原因。")
    need_words(given_by, "given_by", "请填写由谁申请。")
    request = insert(
        ChangeRequest(
            institution=row,
            sealed=json.dumps(wanted, ensure_ascii=False),
            reason=reason.strip(),
            given_by=given_by.strip(),
            received_at=at,
            entered_by_id=by.user_id,
            state_at=at,
        )
    )
    labels = "、".join(CHANGEABLE[name] for name in wanted)
    record(events.CHANGE_ASKED, subject=request, by=by, at=at, changes={"fields": [None, labels]})
    if not by.is_person:
        outbox.put(notices.CHANGE_ASKED, at=at, change_id=request.pk)
    return request


@operation
def decide_change(*, request: ChangeRequest, refused: Mapping[str, str], by: Actor, at: datetime) -> ChangeRequest:
    """Accept every proposed field but those in ``refused`` (field -> why not); the register keeps its own history.

    Raises NotAllowed, IllegalTransition, InvalidInput (a refusal without a reason, a value that the register refuses).
    """
    row = lock(ChangeRequest, request.pk)
    authorize(by, rules.can_handle, row)
    fields = advance(row, workflow.DECIDE, at=at)
    for name, why in refused.items():
        need_words(why, f"{name}_why", f"不采纳“{CHANGEABLE[name]}”的，请写明理由。")
    accepted = {name: value for name, value in row.proposed.items() if name not in refused}
    if accepted:
        words = f"机构申请变更：{row.reason}"[:300]
        change_institution(institution=row.institution, facts=accepted, reason=words, by=by, at=at)
    row.outcome = {name: refused.get(name, "").strip() for name in row.proposed}
    row.decided_by_id = by.user_id
    update(row, *fields, "outcome", "decided_by")
    told = {"accepted": [None, "、".join(CHANGEABLE[name] for name in accepted) or "无"]}
    told["refused"] = [None, "、".join(CHANGEABLE[name] for name in refused) or "无"]
    record(events.CHANGE_DECIDED, subject=row, by=by, at=at, changes=told, reason="；".join(refused.values()))
    return row
