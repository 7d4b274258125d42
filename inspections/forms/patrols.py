"""Forms of shifts and groups."""

from __future__ import annotations

import re
from uuid import uuid4

from django import forms

from foundation.accounts.models import Post
from foundation.core.forms import ActorForm
from foundation.regions.enums import DivisionLevel
from foundation.regions.models import Jurisdiction
from foundation.regions.queries import divisions_below, jurisdictions_above, pickable_divisions
from inspections.enums import (
    Aspect,
    JointFocus,
    JointLevel,
    JointOutcome,
    Outcome,
    Severity,
    ShiftKind,
    Slot,
    VisitKind,
)
from inspections.models import Campaign, PatrolGroup, Shift
from inspections.queries.campaigns import running
from inspections.queries.patrols import earlier_rosters, expected_sites
from inspections.reports import HeadCount, OnSite, Problem, VisitReport
from inspections.rosters import GroupPlan
from institutions.models import Institution, UnlicensedSite

from .campaigns import Places
from .visits import ColleagueChoices, colleagues, named_person

PROBLEMS = 3  # lines on the desk's page; the phone's checklist has as many as there are items
SEPARATORS = re.compile(r"[、，,;；\n]")


class ShiftForm(ActorForm):
    kind = forms.ChoiceField(label="巡查种类", choices=ShiftKind.choices)
    title = forms.CharField(label="名称", max_length=80, help_text="如：周三晚间巡查、校外培训和托管机构大检查。")
    held_on = forms.DateField(label="日期")
    slot = forms.ChoiceField(label="时段", choices=Slot.choices)
    covert = forms.BooleanField(label="暗访", required=False)
    campaign = forms.ModelChoiceField(
        label="专项行动", queryset=Campaign.objects.none(), required=False, empty_label="不属于专项行动"
    )
    level = forms.ChoiceField(label="联合层级", choices=[("", "—"), *JointLevel.choices], required=False)
    round = forms.IntegerField(label="轮次", min_value=1, max_value=999, required=False)
    focus = forms.ChoiceField(
        label="专查兼查",
        choices=[("", "—"), *JointFocus.choices],
        required=False,
        help_text="层级、轮次和专查兼查只用于联合巡查。",
    )
    remark = forms.CharField(label="说明", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def narrow(self) -> None:
        self.fields["campaign"].queryset = running(self.actor)


class RosterChoice(forms.ModelChoiceField):
    def label_from_instance(self, shift: Shift) -> str:
        return f"{shift.held_on} {shift.title}"


class PlanForm(ShiftForm):
    jurisdiction = forms.ModelChoiceField(label="辖区", queryset=Jurisdiction.objects.none())
    copy_from = RosterChoice(
        label="照抄以往的分组", queryset=Shift.objects.none(), required=False, empty_label="不照抄，排班后再加分组"
    )

    def narrow(self) -> None:
        super().narrow()
        own = Jurisdiction.objects.visible_to(self.actor).order_by("code")
        self.fields["jurisdiction"].queryset = own
        self.fields["jurisdiction"].initial = own.first()
        self.fields["copy_from"].queryset = earlier_rosters(self.actor)

    def groups(self) -> list[GroupPlan]:
        """The groups of the roster that is copied."""
        earlier = self.cleaned_data["copy_from"]
        return [GroupPlan.of(group) for group in earlier.groups.order_by("pk")] if earlier else []


class GroupForm(ActorForm):
    name = forms.CharField(label="组名", max_length=40)
    areas = Places(label="负责区域")
    posts = ColleagueChoices(label="有账号的人员", queryset=Post.objects.none(), required=False)
    others = forms.CharField(
        label="其他人员",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写作“姓名(单位)”，用顿号或换行隔开，如：张三(公安分局)、李四(消防大队)。",
    )
    leader = forms.CharField(label="组长", max_length=60, required=False, help_text="组员的姓名；不填则为第一名人员。")

    def __init__(self, *args, shift: Shift, **kwargs) -> None:
        self.shift = shift
        super().__init__(*args, **kwargs)

    def narrow(self) -> None:
        towns = pickable_divisions(self.actor, DivisionLevel.TOWN)
        if home := self.shift.jurisdiction.division_id:
            towns = towns.filter(pk__in=divisions_below(home))
        self.fields["areas"].queryset = towns
        near = {self.shift.jurisdiction_id, *jurisdictions_above(self.shift.jurisdiction_id), *self.actor.scope}
        self.fields["posts"].queryset = colleagues(frozenset(near))

    def clean_others(self) -> list[OnSite]:
        texts = SEPARATORS.split(self.cleaned_data["others"])
        return [person for text in texts if (person := named_person(text)) is not None]

    def clean(self) -> dict:
        cleaned = super().clean()
        members = [*map(OnSite.of_post, cleaned.get("posts") or ()), *cleaned.get("others", ())]
        if not members and not self.errors:
            self.add_error("posts", "请至少选择或填写一名人员。")
        if leader := cleaned.get("leader", "").strip():
            leaders = [member for member in members if member.name == leader]
            if not leaders:
                self.add_error("leader", f"组员中没有“{leader}”。")
            members.sort(key=lambda member: member.name != leader)
        cleaned["members"] = members
        return cleaned

    def plan(self) -> GroupPlan:
        """What the cleaned form says."""
        given = self.cleaned_data
        return GroupPlan(given["name"], tuple(given["members"]), tuple(given["areas"]))


def group_initial(group: PatrolGroup) -> dict[str, object]:
    """A group as its form shows it."""
    members = list(group.members.select_related("user").order_by("-leads", "pk"))
    held = Post.objects.filter(user__in=[member.user_id for member in members if member.user_id])
    return {
        "name": group.name,
        "areas": list(group.areas.values_list("division", flat=True)),
        "posts": [
            post.pk for post in held if any(m.user_id == post.user_id and m.organ_id == post.organ_id for m in members)
        ],
        "others": "、".join(f"{m.name}({m.organ_name})" if m.organ_name else m.name for m in members if not m.user_id),
        "leader": next((member.name for member in members if member.leads), ""),
    }


class AttendanceForm(forms.Form):
    present = forms.MultipleChoiceField(label="到岗人员", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, group: PatrolGroup, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        members = list(group.members.order_by("-leads", "pk"))
        self.fields["present"].choices = [(member.pk, str(member)) for member in members]
        self.fields["present"].initial = [member.pk for member in members if member.attended is not False]


class FinishForm(forms.Form):
    remark = forms.CharField(label="情况小结", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class CancelForm(forms.Form):
    reason = forms.CharField(label="取消原因", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(label="联合处置", choices=JointOutcome.choices, widget=forms.RadioSelect)


class GroupVisitForm(ActorForm):
    """What a group saw at one of the sites of its areas."""

    subject = forms.ChoiceField(label="检查对象", help_text="清单以外的无证场所，请先“上报无证场所”，再回到这里登记。")
    outcome = forms.ChoiceField(label="检查结论", choices=Outcome.choices)
    joint_outcome = forms.ChoiceField(label="联合处置", choices=[("", "—"), *JointOutcome.choices], required=False)
    pupils = forms.IntegerField(label="现场学生数", min_value=0, max_value=9999, required=False)
    pupils_at_least = forms.BooleanField(label="学生数为下限(余)", required=False)
    dispersed = forms.IntegerField(label="清散学生数", min_value=0, max_value=9999, required=False)
    dispersed_at_least = forms.BooleanField(label="清散数为下限(余)", required=False)
    remark = forms.CharField(
        label="情况说明", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args, group: PatrolGroup, **kwargs) -> None:
        self.group = group
        super().__init__(*args, **kwargs)

    def narrow(self) -> None:
        areas = self.group.areas.values_list("division", flat=True)
        sites = expected_sites(self.group.shift, self.actor, divisions_below(*areas))
        self.subjects = {_key(site.subject): site.subject for site in sites}
        waiting = [(_key(site.subject), f"{site.name}（{site.subject.address}）") for site in sites if not site.visited]
        seen = [(_key(site.subject), f"{site.name}（{site.subject.address}）") for site in sites if site.visited]
        self.fields["subject"].choices = [("", "请选择"), ("待查", waiting), ("本班次已查", seen)]
        if not self.group.shift.level:
            del self.fields["joint_outcome"]
        for number in range(1, PROBLEMS + 1):
            self.fields[f"problem_{number}"] = forms.CharField(label=f"问题{number}", max_length=120, required=False)
            self.fields[f"aspect_{number}"] = forms.ChoiceField(label=f"问题{number}所属方面", choices=Aspect.choices)
            self.fields[f"severity_{number}"] = forms.ChoiceField(
                label=f"问题{number}严重程度", choices=Severity.choices
            )

    def report(self) -> VisitReport:
        """What the cleaned form says; day, slot and people are the group's own."""
        given, shift = self.cleaned_data, self.group.shift
        return VisitReport(
            client_id=given["client_id"],
            kind=VisitKind.ROUTINE,
            subject=self.subjects[given["subject"]],
            visited_on=shift.held_on,
            slot=shift.slot,
            outcome=Outcome(given["outcome"]),
            problems=tuple(
                Problem(given[f"problem_{n}"], given[f"aspect_{n}"], given[f"severity_{n}"])
                for n in range(1, PROBLEMS + 1)
                if given[f"problem_{n}"]
            ),
            remark=given["remark"],
            pupils=HeadCount(given["pupils"], given["pupils_at_least"]),
            dispersed=HeadCount(given["dispersed"], given["dispersed_at_least"]),
        )


def _key(subject: Institution | UnlicensedSite) -> str:
    return f"{'i' if isinstance(subject, Institution) else 'u'}{subject.pk}"
