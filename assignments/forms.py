"""Forms of 交办."""

from __future__ import annotations

from django import forms

from foundation.accounts.models import Organ
from foundation.core.forms import ActorForm

from .enums import Urgency
from .queries import assignable


class OrganChoices(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, organ: Organ) -> str:
        return f"{organ.jurisdiction} · {organ.name}"


class AssignForm(ActorForm):
    title = forms.CharField(label="事项", max_length=120)
    content = forms.CharField(label="要求", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    organs = OrganChoices(label="承办单位", queryset=Organ.objects.none())
    urgency = forms.ChoiceField(label="缓急", choices=Urgency.choices)
    due_on = forms.DateField(label="办理期限")

    def narrow(self) -> None:
        self.fields["organs"].queryset = assignable(self.actor)


class AnswerForm(forms.Form):
    result = forms.CharField(label="办理情况", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))


class SendBackForm(forms.Form):
    remark = forms.CharField(label="退回理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    due_on = forms.DateField(label="新的办理期限")


class AcceptForm(forms.Form):
    remark = forms.CharField(label="审核意见", max_length=500, required=False)


class ReasonForm(forms.Form):
    reason = forms.CharField(label="撤回理由", max_length=500)
