"""Training, attendance, the quiz before the first visit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from foundation.accounts.models import Organ
from foundation.audit.record import record
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert
from foundation.core.errors import Conflict, InvalidInput
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation
from inspections.models import ChecklistVersion
from supervisors import events, queries, rules
from supervisors.models import Attendance, Question, Quiz, QuizResult, Supervisor, Training


@operation
def hold_training(
    *,
    title: str,
    held_on: date,
    by: Actor,
    at: datetime,
    place: str = "",
    lecturer: str = "",
    material: str = "",
    attended: Sequence[Supervisor] = (),
) -> Training:
    """Write a session down, with its material and those who came. Raises NotAllowed, InvalidInput (no title)."""
    authorize(by, rules.can_manage_somewhere)
    organ = Organ.objects.get(pk=by.organ_id)
    training = insert(
        Training(
            jurisdiction_id=organ.jurisdiction_id,
            organ=organ,
            title=title.strip(),
            held_on=held_on,
            place=place,
            lecturer=lecturer,
            material=material,
            recorded_at=at,
        )
    )
    record(events.TRAINING_HELD, subject=training, by=by, at=at, changes={"title": [None, training.title]})
    if attended:
        note_attendance(training=training, supervisors=attended, by=by, at=at)
    return training


@operation
def note_attendance(
    *, training: Training, supervisors: Sequence[Supervisor], by: Actor, at: datetime
) -> list[Attendance]:
    """Add those who came; who is on the list already stays there once.

    Raises NotAllowed, InvalidInput (before the day, somebody else's supervisor, nobody).
    """
    row = lock(Training, training.pk)
    authorize(by, rules.can_keep_training, row)
    if row.held_on > local_date(at):
        raise InvalidInput("培训尚未举行，不能登记到训。", code="not_held")
    there = set(row.attendances.values_list("supervisor_id", flat=True))
    new = [one for one in supervisors if one.pk not in there]
    for one in new:
        authorize(by, rules.can_manage, one)
    if not new:
        raise InvalidInput("请选择尚未登记的监督员。", fields={"supervisors": ["请选择尚未登记的监督员。"]})
    made = [insert(Attendance(training=row, supervisor=one, noted_at=at)) for one in new]
    changes = {"attended": [len(there), len(there) + len(made)]}
    record(events.ATTENDANCE_NOTED, subject=row, by=by, at=at, changes=changes)
    return made


@operation
def make_quiz(
    *,
    checklist: ChecklistVersion,
    title: str,
    questions: Sequence[tuple[str, Sequence[str], int]],
    by: Actor,
    at: datetime,
    pass_mark: int = 80,
) -> Quiz:
    """A quiz about a checklist version: (question, options, number of the right option from 1), each.

    From now on supervisors of the actor's area have to pass it before they file visits with that version; a newer quiz
    takes an older one's place. Raises NotAllowed, InvalidInput (no questions, an answer that is no option).
    """
    authorize(by, rules.can_manage_somewhere)
    if not questions:
        raise InvalidInput("请至少编一道题。", fields={"questions": ["请至少编一道题。"]})
    organ = Organ.objects.get(pk=by.organ_id)
    quiz = insert(
        Quiz(
            jurisdiction_id=organ.jurisdiction_id,
            checklist=checklist,
            title=title.strip(),
            pass_mark=pass_mark,
            made_by_id=by.user_id,
            made_at=at,
        )
    )
    for no, (text, options, answer) in enumerate(questions, start=1):
        if not 1 <= answer <= len(options):
            raise InvalidInput(f"第{no}题的答案不在选项中。", fields={"questions": [f"第{no}题的答案不在选项中。"]})
        insert(Question(quiz=quiz, no=no, text=text.strip(), options=list(options), answer=answer))
    changes = {"questions": [None, len(questions)], "pass_mark": [None, pass_mark]}
    record(events.QUIZ_MADE, subject=quiz, by=by, at=at, changes=changes)
    return quiz


@operation
def take_quiz(*, quiz: Quiz, supervisor: Supervisor, chosen: Sequence[int], by: Actor, at: datetime) -> QuizResult:
    """Answer all questions once; ``chosen`` are option numbers in the order of the questions, 0 for none.

    Passed with at least ``pass_mark`` percent right. Who failed may try again. Raises NotAllowed (another's, out of
    office), InvalidInput (another number of answers), Conflict (passed before).
    """
    row = lock(Supervisor, supervisor.pk)
    authorize(by, rules.is_own_and_in_office, row, local_date(at))
    authorize(by, rules.is_asked, row, quiz)
    if queries.has_passed(row, quiz):
        raise Conflict("您已通过这项测试。", code="passed")
    answers = list(quiz.questions.order_by("no").values_list("answer", flat=True))
    if len(chosen) != len(answers):
        raise InvalidInput("请逐题作答。", code="answers")
    right = sum(one == answer for one, answer in zip(chosen, answers, strict=True))
    result = insert(
        QuizResult(
            quiz=quiz,
            supervisor=row,
            chosen=list(chosen),
            right=right,
            asked=len(answers),
            passed=100 * right >= quiz.pass_mark * len(answers),
            taken_at=at,
        )
    )
    changes = {"right": [None, f"{right}/{len(answers)}"], "passed": [None, result.passed]}
    record(events.QUIZ_TAKEN, subject=row, by=by, at=at, changes=changes)
    return result
