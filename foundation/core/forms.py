"""What the forms of staff pages share."""

from __future__ import annotations

from django import forms

from .actor import Actor


class ActorForm(forms.Form):
    """A form whose pickers hold only what the actor may choose; pages pass the actor by themselves."""

    def __init__(self, *args, actor: Actor, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.narrow()

    def narrow(self) -> None:
        """Set the querysets of the pickers; ``self.actor`` is there."""


class ReasonForm(ActorForm):
    """Nothing but why."""

    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
