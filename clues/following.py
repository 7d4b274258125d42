"""What the sender of a tip sees with the receipt: how far it is, in words, and the messages; of nobody else's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from foundation.core.clock import local_date
from foundation.deadlines.enums import DeadlineState
from foundation.deadlines.queries import open_clocks_of

from . import clocks
from .enums import ClueState, Subject, Verdict
from .models import CallBack, Clue, Tip


@dataclass(frozen=True)
class Said:
    """One message, and which side wrote it."""

    from_sender: bool
    body: str
    sent_on: date


@dataclass(frozen=True)
class Followed:
    """One tip before its sender. Days, not instants: a page left open on a table tells less."""

    number: str
    subject: str
    place: str
    sent_on: date
    state: str
    tone: str
    explained: str
    since_on: date
    answer_by: date | None
    may_rate: bool
    messages: tuple[Said, ...]


#: What each state means to the sender: (word, tone, sentence).
STATES = {
    ClueState.RECEIVED: ("已收到", "notice", "我们已经收到，正在看。"),
    ClueState.HANDED: ("已转交", "notice", "已经转交有权处理的教育部门，由它受理。"),
    ClueState.ACCEPTED: ("已受理", "primary", "已经受理。核查的时间和方式由我们安排，请不要对外说起您反映过。"),
    ClueState.CHECKING: ("核查中", "primary", "有人正在核查。核查的时间和方式由我们安排，请不要对外说起您反映过。"),
    ClueState.CLOSED: ("已办结", "ok", ""),
    ClueState.REFUSED: ("不予受理", "bad", ""),
}
VERDICTS = {
    Verdict.TRUE: "经核查，您反映的情况属实，已依法依规处理。",
    Verdict.PARTLY: "经核查，您反映的情况部分属实，属实的部分已依法依规处理。",
    Verdict.UNTRUE: "经核查，没有发现您反映的情况。如果有新的情况，可以在下面补充。",
}


def follow(receipt: str) -> Followed | None:
    """The tip whose receipt has this hash; None when there is none.

    One that was merged into another goes as far as that one: its sender need not know that there are more.
    """
    tip = Tip.objects.filter(receipt=receipt).select_related("clue__division", "clue__merged_into").first()
    if tip is None:
        return None
    clue = tip.clue
    main = clue.merged_into or clue
    word, tone, explained = STATES[ClueState(main.state)]
    return Followed(
        number=clue.number,
        subject=Subject(clue.subject).label,
        place=str(clue.division),
        sent_on=local_date(clue.received_at),
        state=word,
        tone=tone,
        explained=VERDICTS[Verdict(main.verdict)] if main.verdict else main.refusal or explained,
        since_on=local_date(main.state_at),
        answer_by=_answer_by(main),
        may_rate=main.state == ClueState.CLOSED and not CallBack.objects.filter(clue=clue).exists(),
        messages=_messages(tip),
    )


def _answer_by(clue: Clue) -> date | None:
    """The last day for the answer, while its clock runs."""
    running = open_clocks_of(clue).filter(code=clocks.ANSWER, state=DeadlineState.RUNNING)
    return running.values_list("due_on", flat=True).first()


def _messages(tip: Tip) -> tuple[Said, ...]:
    rows = tip.clue.messages.order_by("sent_at", "pk")
    return tuple(Said(row.from_sender, row.body, local_date(row.sent_at)) for row in rows)
