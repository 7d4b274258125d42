"""Pages of the three nets: filling the gaps from posts, and setting which department is in charge of what."""

from __future__ import annotations

from collections import Counter

from django import forms
from django.utils.functional import cached_property

from foundation.accounts.enums import Can, OrganKind
from foundation.core import clock
from foundation.core.forms import ActorForm
from foundation.core.pages import OperationPage
from foundation.regions.models import Jurisdiction
from foundation.regions.queries import lowest_bureaus

from . import coverage, rules
from .covering import Step, steps_for
from .enums import Charge, Net
from .operations import nets


class FillAll(OperationPage):
    """按岗位补齐: says how many names will be given and taken before it does so."""

    slug, label, kind, per_object = "fill", "按岗位补齐", "main", False
    rule = rules.can_register

    @cached_property
    def steps(self) -> list[Step]:
        return steps_for(list(coverage.operating(self.request.actor)), on=clock.today())

    @property
    def effect(self) -> str:
        named = Counter(step.net for step in self.steps if step.post is not None)
        released = sum(step.post is None for step in self.steps)
        if not self.steps:
            return "按现有岗位没有可以补齐的责任人；仍空缺的，请先设置岗位或人工指定。"
        each = "、".join(f"{net.label}{named[net]}名" for net in Net)
        gone = f"另有{released}名已不在岗且无人接替，将改为空缺。" if released else ""
        return f"将指定{named.total()}名责任人（{each}）。{gone}人工指定且在岗的不变；每晚也会自动补齐。"

    def run(self, *, by, at):
        filled = nets.fill_nets(institutions=coverage.operating(by), by=by, at=at)
        self.done = f"已指定{filled.named}名责任人，解除{filled.released}名。"


class ChargeForm(ActorForm):
    charge = forms.ChoiceField(label="机构类别", choices=Charge.choices)
    department = forms.ChoiceField(label="责任部门", choices=[(kind, OrganKind(kind).label) for kind in rules.CHARGED])
    jurisdiction = forms.ModelChoiceField(
        label="适用地区", queryset=Jurisdiction.objects.none(), required=False, empty_label="全省通用"
    )
    effective_from = forms.DateField(label="施行起", initial=clock.today)

    def narrow(self) -> None:
        """A county's officers set it for their county, the province for everywhere."""
        if self.actor.can(Can.EDIT_REGISTER):
            own = lowest_bureaus(self.actor)
            self.fields["jurisdiction"].queryset, self.fields["jurisdiction"].initial = own, own.first()
            self.fields["jurisdiction"].required, self.fields["jurisdiction"].empty_label = True, None


class SetCharge(OperationPage):
    slug, label, kind, per_object = "set", "设定部门分工", "main", False
    rule = rules.can_set_charges
    form_class = ChargeForm
    effect = "自施行之日起，这类机构的部门责任人由该部门岗位担任；原分工截至前一日，责任人当晚按新分工补齐。"

    def run(self, *, by, at, charge, department, jurisdiction, effective_from):
        return nets.set_charge(
            charge=charge, department=department, jurisdiction=jurisdiction, effective_from=effective_from, by=by, at=at
        )
