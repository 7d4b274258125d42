"""核查任务: a clue handed to a supervisor to look at; what the supervisor sees is in this row, never the clue."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from clues.models import Clue
from clues.points import LONGEST_POINT
from foundation.accounts.enums import Can
from foundation.accounts.models import User
from foundation.core.actor import Actor
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from inspections.models import Visit
from supervisors.enums import TaskState

from .supervisor import Supervisor


class ClueTaskQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> ClueTaskQuerySet:
        """Tasks about clues of the actor's area, for those who read clues."""
        return super().visible_to(actor) if actor.can(Can.VIEW_CLUES) else self.none()

    def own_of(self, actor: Actor) -> ClueTaskQuerySet:
        """What this very person was asked to look at."""
        return self.filter(supervisor__user=actor.user_id) if actor.is_person else self.none()


class ClueTask(models.Model):
    """Where to go and what to look at, copied when it was given: neither text nor sender of the clue comes along."""

    SCOPE = Scope("clue__jurisdiction_id", division="clue__division_id")

    clue = models.ForeignKey(Clue, verbose_name="线索", on_delete=models.PROTECT, related_name="tasks")
    supervisor = models.ForeignKey(Supervisor, verbose_name="监督员", on_delete=models.PROTECT, related_name="tasks")
    place = models.CharField("核查对象", max_length=120)
    address = models.CharField("地址", max_length=200)
    points = ArrayField(models.CharField(max_length=LONGEST_POINT), verbose_name="核查要点")
    due_on = models.DateField("完成期限")
    given_by = models.ForeignKey(User, verbose_name="派发人", on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField("派发时间")
    state = models.CharField("状态", max_length=10, choices=TaskState.choices, default=TaskState.OPEN)
    state_at = models.DateTimeField("状态时间")
    visit = models.ForeignKey(
        Visit, verbose_name="走访记录", on_delete=models.PROTECT, null=True, blank=True, related_name="clue_tasks"
    )
    result = models.CharField("核查情况", max_length=500, blank=True)
    reason = models.CharField("撤回理由", max_length=300, blank=True)

    objects = ClueTaskQuerySet.as_manager()

    class Meta:
        verbose_name = "核查任务"
        verbose_name_plural = "核查任务"
        constraints = [
            one_of("state", TaskState, name="clue_task_state_known"),
            models.UniqueConstraint(
                fields=["clue", "supervisor"],
                condition=Q(state=TaskState.OPEN),
                name="clue_task_open_once",
                violation_error_message="这条线索已交该监督员核查，尚未完成。",
            ),
            models.CheckConstraint(
                condition=Q(state=TaskState.DONE, visit__isnull=False)
                | (~Q(state=TaskState.DONE) & Q(visit__isnull=True)),
                name="clue_task_done_has_visit",
                violation_error_message="完成核查须有走访记录。",
            ),
            models.CheckConstraint(
                condition=~Q(state=TaskState.CANCELLED) | ~Q(reason=""),
                name="clue_task_cancelled_says_why",
                violation_error_message="撤回核查须写明理由。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clue.number} {self.place}"
