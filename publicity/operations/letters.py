"""致家长信 and 通告: issued for an area or for schools, and what the bureau counts of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from foundation.accounts.models import Organ
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert, insert_all, update
from foundation.core.errors import Conflict, InvalidInput, need_words
from foundation.core.locking import lock, lock_all
from foundation.core.operation import authorize, operation
from foundation.documents.enums import DocumentKind
from foundation.documents.operations import issue_document
from foundation.regions.models import School

from .. import events, letters, rules
from ..enums import LetterKind, Season
from ..models import LetterSchool, ParentLetter

Pair = tuple[int | None, int | None]  # copies handed out, slips that came back; None until the school says so


@dataclass(frozen=True, kw_only=True)
class LetterWords:
    """``scope`` says to whom it goes; ``copies`` how many are planned, empty when nobody knows yet."""

    season: Season
    title: str
    opening: str
    advice: Sequence[str]
    app: str
    closing: str
    scope: str
    copies: str = ""


@operation
def issue_letter(*, words: LetterWords, schools: Sequence[School], by: Actor, at: datetime) -> ParentLetter:
    """Number and freeze a letter of the actor's own bureau, with the phones of its area, for these schools or for all.

    Raises NotAllowed (a school elsewhere), InvalidInput (no title, no advice).
    """
    authorize(by, rules.can_issue_letters)
    for school in schools:
        authorize(by, rules.can_send_to, school)
    need_words(words.title, "title", "请填写标题。")
    organ = Organ.objects.select_related("jurisdiction").get(pk=by.organ_id)
    letter = insert(
        ParentLetter(
            jurisdiction=organ.jurisdiction,
            organ=organ,
            season=words.season,
            title=words.title.strip(),
            scope=words.scope.strip(),
            issued_on=local_date(at),
            issued_by_id=by.user_id,
        )
    )
    insert_all(LetterSchool(letter=letter, school=school) for school in schools)
    fields = {
        "title": letter.title,
        "season": Season(words.season).label,
        "opening": words.opening,
        "advice": list(words.advice),
        "app": words.app,
        "white_page": letters.white_page(),
        "phones": letters.phones(organ.jurisdiction),
        "closing": words.closing,
        "scope": letter.scope,
        "copies": words.copies,
    }
    kind = DocumentKind.PARENT_LETTER
    letter.document = issue_document(kind=kind, organ=organ, fields=fields, subject=letter, by=by, at=at)
    update(letter, "document")
    changes = {"document": [None, letter.document.number], "schools": [None, len(schools)]}
    record(events.LETTER_ISSUED, subject=letter, by=by, at=at, changes=changes)
    return letter


@operation
def count_letters(
    *, letter: ParentLetter, counts: Mapping[int, Pair], seen: Mapping[int, Pair] | None = None, by: Actor, at: datetime
) -> ParentLetter:
    """Note for schools of a letter, by their id, how many copies they handed out and how many slips came back.

    ``seen``: what the person was shown of each, who is told when a school's line is another one now. Raises NotAllowed
    (another organ's, a void letter), Conflict (a line that was changed since), InvalidInput (a school that is not on
    its list, more slips or readings than copies).
    """
    row = lock(ParentLetter, letter.pk)
    authorize(by, rules.can_count_letters, row)
    held = {line.school_id: line for line in lock_all(LetterSchool, row.schools.values_list("pk", flat=True))}
    if unknown := set(counts) - set(held):
        raise InvalidInput(f"有{len(unknown)}所学校不在这封信的发放范围内。", code="schools")
    written = {}
    for school_id, (copies, receipts) in counts.items():
        line = held[school_id]
        _check_line(line, copies, receipts, seen=seen and seen.get(school_id))
        line.copies, line.receipts = copies, receipts
        written |= update(line, "copies", "receipts")
    if written:
        found = letters.returned(row)
        changes = {"copies": [None, found.copies], "receipts": [None, found.receipts]}
        record(events.LETTER_COUNTED, subject=row, by=by, at=at, changes=changes)
    return row


def _check_line(line: LetterSchool, copies: int | None, receipts: int | None, *, seen: Pair | None) -> None:
    """Raise Conflict for a line that is not what was seen of it, InvalidInput for numbers that cannot be; both name
    the school."""
    name = line.school.name
    if seen is not None and seen != (line.copies, line.receipts):
        told = (("发放", line.copies), ("回执", line.receipts))
        now = "、".join(f"{word}{'未报' if number is None else f'{number}份'}" for word, number in told)
        text = f"“{name}”在您打开页面之后已改为{now}，没有保存。请重新打开页面，核对后再登记。"
        raise Conflict(text, code="changed_since")
    if (receipts or 0) > (copies or 0):
        raise InvalidInput(f"“{name}”的回执份数（{receipts}份）不能多于发放份数。", code="receipts")
    if line.reads > (copies or 0):
        raise InvalidInput(f"“{name}”的网上回执（{line.reads}次）不能多于发放份数。", code="copies")


@operation
def issue_notice(
    *, title: str, season: str, body: str, scope: str, schools: Sequence[School], by: Actor, at: datetime
) -> ParentLetter:
    """Lay a 通告 of the actor's own bureau down, for schools or for the public alone; another person publishes it.

    Raises NotAllowed (a school elsewhere), InvalidInput (no title, no words).
    """
    authorize(by, rules.can_issue_letters)
    for school in schools:
        authorize(by, rules.can_send_to, school)
    need_words(title, "title", "请填写标题。")
    need_words(body, "body", "请填写正文。")
    organ = Organ.objects.select_related("jurisdiction").get(pk=by.organ_id)
    notice = insert(
        ParentLetter(
            jurisdiction=organ.jurisdiction,
            organ=organ,
            kind=LetterKind.NOTICE,
            season=Season(season),
            title=title.strip(),
            body=body.strip(),
            scope=scope.strip(),
            issued_on=local_date(at),
            issued_by_id=by.user_id,
        )
    )
    insert_all(LetterSchool(letter=notice, school=school) for school in schools)
    changes = {"kind": [None, notice.kind], "schools": [None, len(schools)]}
    record(events.LETTER_ISSUED, subject=notice, by=by, at=at, changes=changes)
    return notice
