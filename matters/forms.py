"""Forms of matters."""

from __future__ import annotations

from django import forms

from clues.models import Clue
from foundation.core.forms import ActorForm
from inspections.models import Visit

from . import queries


class CheckChoice(forms.ModelChoiceField):
    def label_from_instance(self, visit: Visit) -> str:
        return f"{visit.visited_on} {visit.subject_name} {visit.get_outcome_display()}（{visit.number}）"


class LinkForm(ActorForm):
    visit = CheckChoice(label="检查记录", queryset=Visit.objects.none(), empty_label="请选择")

    def __init__(self, *args, clue: Clue, **kwargs) -> None:
        self.clue = clue
        super().__init__(*args, **kwargs)

    def narrow(self) -> None:
        self.fields["visit"].queryset = queries.checks_for(self.clue, self.actor)
