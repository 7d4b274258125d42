"""Taking clues in, checking and closing them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from assignments.enums import Urgency
from clues import clocks, events, notices, points, rules, workflow
from clues.enums import OWN_PEOPLE, ClueState, SenderKind
from clues.models import Clue, CluePhoto
from clues.sealing import Sender, sealed
from foundation.accounts.models import Organ, User
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput, need_words
from foundation.core.locking import lock
from foundation.core.numbers import next_number
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.photos.operations import Sent, keep_photos
from foundation.regions.models import Division, Jurisdiction
from institutions.identity import check_place
from institutions.models import Institution, UnlicensedSite

MOST_PHOTOS = 6


@operation
def take_in_clue(
    *,
    jurisdiction: Jurisdiction,
    division: Division,
    subject: str,
    channel: str,
    by: Actor,
    at: datetime,
    content: str = "",
    check_points: Sequence[str] = (),
    happened_on: date | None = None,
    received_on: date | None = None,
    urgency: str = Urgency.NORMAL,
    institution: Institution | None = None,
    unlicensed_site: UnlicensedSite | None = None,
    address: str = "",
    sign: str = "",
    reported_by: User | None = None,
    reported_organ: Organ | None = None,
    sender: Sender | None = None,
    about_bureau: bool = False,
    order_no: str = "",
    reserved: int | None = None,
    client_id: UUID | None = None,
    photos: Sequence[Sent] = (),
) -> Clue:
    """Enter what somebody saw or heard: the one way in for every door. Those who follow clues up are told.

    A clue of our own people's names its reporter, ``by`` unless another is given; what the public tells names nobody,
    and who told it (``sender``) is sealed apart. ``about_bureau``: it is about how the bureau of the place handles
    things, so the one above takes it and that bureau never reads it. ``received_on``: the day by which it counts (today
    unless it came to somebody else before). ``reserved`` is the id that an import promised. The same ``client_id`` sent
    again by the same person is the same clue. Raises NotAllowed outside the actor's area, InvalidInput (place or
    subject of the clue outside the county, a day in the future, too many photos), Conflict (merged institution, a photo
    that is somebody else's).
    """
    handler = lock(Jurisdiction, jurisdiction.parent_id if about_bureau else jurisdiction.pk)
    own = channel in OWN_PEOPLE
    row = Clue(
        pk=reserved,
        order_no=order_no,
        number=_next_number(handler, at),  # numbers of one bureau are given one after the other: it is locked
        client_id=client_id,
        jurisdiction=handler,
        recused=jurisdiction if about_bureau else None,
        division=division,
        institution=institution,
        unlicensed_site=unlicensed_site,
        address=address.strip(),
        sign=sign.strip(),
        channel=channel,
        subject=subject,
        urgency=urgency,
        content=content.strip(),
        points=_cleaned(check_points) or points.usual(subject),
        happened_on=happened_on or local_date(at),
        received_at=at,
        received_on=received_on or local_date(at),
        reported_by_id=(reported_by.pk if reported_by else by.user_id) if own else None,
        reported_organ_id=(reported_organ.pk if reported_organ else by.organ_id) if own else None,
        sender="" if own else SenderKind.SEALED if sender else SenderKind.ANONYMOUS,
        state_at=at,
    )
    authorize(by, rules.can_report_here, row)
    if client_id is not None and (sent := Clue.objects.filter(client_id=client_id).first()):
        return _same(sent, row)
    _check(row, jurisdiction, at)
    insert(row)
    if row.sender == SenderKind.SEALED:
        insert(sealed(row, sender, at=at))
    _keep_photos(row, photos, by=by, at=at)
    if not own:
        clocks.start(row, clocks.ACCEPTANCE, by=by, at=at)
    record(events.TAKEN_IN, subject=row, by=by, at=at, changes={"channel": [None, channel], "urgency": [None, urgency]})
    outbox.put(notices.CLUE_TAKEN_IN, at=at, clue_id=row.pk)
    return row


def _keep_photos(row: Clue, photos: Sequence[Sent], *, by: Actor, at: datetime) -> None:
    if len(photos) > MOST_PHOTOS:
        raise InvalidInput(f"一条线索最多{MOST_PHOTOS}张照片。", code="photos")
    for photo in keep_photos(sent=photos, jurisdiction=row.jurisdiction, by=by, at=at) if photos else ():
        insert(CluePhoto(clue=row, photo=photo))


def _next_number(place: Jurisdiction, at: datetime) -> str:
    return next_number(Clue, f"XS-{place.code}-{local_date(at).year}-")


def _same(sent: Clue, again: Clue) -> Clue:
    """The clue that arrived before; somebody else's is never handed out."""
    if sent.reported_by_id is None or sent.reported_by_id != again.reported_by_id:
        raise Conflict("这份填报已由他人提交，请重新打开表单填写。")
    return sent


def _check(row: Clue, place: Jurisdiction, at: datetime) -> None:
    """It is not of tomorrow; its town and its institution or site lie in the county; that still stands by itself."""
    for field, label in (("happened_on", "发现日期"), ("received_on", "收到日期")):
        if getattr(row, field) > local_date(at):
            words = f"{label}不能晚于今天。"
            raise InvalidInput(words, code="date", fields={field: [words]})
    check_place(row.division, place)
    for field, about in (("institution", row.institution), ("unlicensed_site", row.unlicensed_site)):
        if about is not None and about.jurisdiction_id != place.pk:
            message = f"{about}不属于{place}，请核对。"
            raise InvalidInput(message, code="county_mismatch", fields={field: [message]})
    if row.institution is not None and (row.institution.merged_into_id or row.institution.withdrawn_at):
        raise Conflict("该机构已并入其他机构或已撤回，请重新选择。")


def _cleaned(given: Sequence[str]) -> list[str]:
    """Points without blanks and repeats; raises InvalidInput for too many or too long ones."""
    found = list(dict.fromkeys(filter(None, (point.strip() for point in given))))
    if len(found) > points.MOST_POINTS or any(len(point) > points.LONGEST_POINT for point in found):
        message = f"核查要点最多{points.MOST_POINTS}条，每条不超过{points.LONGEST_POINT}字。"
        raise InvalidInput(message, code="points", fields={"check_points": [message]})
    return found


@operation
def set_check_points(*, clue: Clue, check_points: Sequence[str], by: Actor, at: datetime) -> Clue:
    """Say what whoever goes there may be told. Raises NotAllowed, InvalidInput (none, too many), Conflict (closed)."""
    row = lock(Clue, clue.pk)
    authorize(by, rules.can_handle, row)
    if workflow.CLUE.is_final(row.state):
        raise Conflict("线索已办结，核查要点不能再修改。")
    row.points = _cleaned(check_points)
    if not row.points:
        raise InvalidInput("请至少写一条核查要点。", code="points", fields={"check_points": ["请至少写一条。"]})
    if changes := update(row, "points"):
        record(events.POINTS_SET, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def start_checking(*, clue: Clue, by: Actor, at: datetime) -> Clue:
    """Somebody takes the clue up and answers for its check; one from outside was accepted before.

    Raises NotAllowed, IllegalTransition.
    """
    row = lock(Clue, clue.pk)
    authorize(by, rules.can_handle, row)
    if row.state == ClueState.RECEIVED and row.channel not in OWN_PEOPLE:
        raise IllegalTransition("外来的线索请先受理，确定最早现场核查日。")
    fields = advance(row, workflow.START_CHECKING, at=at)
    row.checked_by_id = by.user_id
    changes = update(row, *fields, "checked_by")
    record(events.CHECKING_STARTED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def close_clue(*, clue: Clue, verdict: str, result: str, by: Actor, at: datetime) -> Clue:
    """The check is done: 属实, 部分属实 or 不属实, with what was found. An own reporter is told that it is closed.

    The finding may name people: the trail keeps the verdict. Raises NotAllowed, IllegalTransition, InvalidInput.
    """
    row = lock(Clue, clue.pk)
    authorize(by, rules.can_handle, row)
    need_words(result, "result", "请写明核查情况。")
    fields = advance(row, workflow.CLOSE, at=at)
    row.verdict, row.result = verdict, result.strip()
    changes = update(row, *fields, "verdict", "result")
    changes["result"] = ["***", "***"]
    record(events.CLOSED, subject=row, by=by, at=at, changes=changes)
    clocks.stop(row, by=by, at=at)
    for clue_id in [row.pk, *row.merged.order_by("pk").values_list("pk", flat=True)]:
        outbox.put(notices.CLUE_CLOSED, at=at, clue_id=clue_id)
    return row
