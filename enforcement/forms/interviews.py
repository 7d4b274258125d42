"""Forms of the interviews' staff pages. They parse and offer initial values; all rules live in the operations."""

from __future__ import annotations

from django import forms

from enforcement import queries
from enforcement.enums import InterviewKind, InterviewState
from enforcement.forms.orders import EvidenceForm, lines_of
from enforcement.models import Interview, InterviewParty
from enforcement.operations.interviews import InterviewPlan, InterviewRecord
from foundation.core import clock
from foundation.core.forms import ActorForm
from inspections.models import Campaign
from inspections.queries.campaigns import running
from institutions.models import Institution


class PlanForm(ActorForm):
    SIDE_BY_SIDE = (("kind", "planned_on"), ("place", "due_on"))

    kind = forms.ChoiceField(label="种类", choices=InterviewKind.choices)
    title = forms.CharField(label="事由", max_length=120, help_text="如：预收费资金监管突出问题集体约谈。")
    planned_on = forms.DateField(label="约谈日期", initial=clock.today)
    place = forms.CharField(label="地点", max_length=120)
    problems = forms.CharField(
        label="要整改的问题",
        required=False,
        max_length=1000,
        help_text="一行一类，如：未开立监管账户。只是示范交流的可以不写。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due_on = forms.DateField(label="整改期限", required=False, help_text="列了问题的必须填写。")
    campaign = forms.ModelChoiceField(
        label="专项行动",
        queryset=Campaign.objects.none(),
        required=False,
        empty_label="不属于专项行动",
        help_text="选了的，计入该行动的统计表。",
    )

    def narrow(self) -> None:
        self.fields["campaign"].queryset = running(self.actor)

    def plan(self) -> InterviewPlan:
        """What the cleaned form says."""
        given = dict(self.cleaned_data)
        return InterviewPlan(problems=lines_of(given.pop("problems")), **given)


class InterviewChoice(forms.ModelChoiceField):
    def label_from_instance(self, interview: Interview) -> str:
        return f"{interview.planned_on} {interview.title}（{interview.number}）"


class SummonForm(ActorForm):
    interview = InterviewChoice(label="约谈", queryset=Interview.objects.none(), empty_label="请选择")

    def narrow(self) -> None:
        mine = Interview.objects.visible_to(self.actor).filter(organ=self.actor.organ_id, state=InterviewState.PLANNED)
        self.fields["interview"].queryset = mine.order_by("planned_on", "pk")


class HoldForm(forms.Form):
    """One line for each of the summoned: who came, with the office held."""

    SIDE_BY_SIDE = (("held_on", "host"),)

    held_on = forms.DateField(label="实际约谈日期")
    host = forms.CharField(label="主持人", max_length=60)
    present = forms.CharField(label="参加单位和人员", max_length=300, required=False)
    requirements = forms.CharField(
        label="要求", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    commitments = forms.CharField(
        label="被约谈方表态", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, interview: Interview, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"].initial = min(interview.planned_on, clock.today())
        self.parties = list(queries.summoned(interview))
        for party in self.parties:
            self.fields[f"party_{party.pk}"] = forms.CharField(
                label=party.institution.name,
                required=False,
                max_length=120,
                widget=forms.TextInput(attrs={"placeholder": "到场人姓名和职务；没有到场的留空"}),
            )

    def told(self) -> InterviewRecord:
        """What the cleaned form says."""
        given = dict(self.cleaned_data)
        came = {party.pk: given.pop(f"party_{party.pk}") for party in self.parties}
        return InterviewRecord(attendance=came, **given)


class FixedForm(EvidenceForm):
    def __init__(self, *args, party: InterviewParty, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visit"].help_text = "约谈之后对该机构、由两名以上人员进行的检查。"
        self.fields["remark"].label = "核实情况"
        self.offer(queries.visits_after(party.institution, party.interview.held_on or clock.today()))


class StudyVisitForm(ActorForm):
    SIDE_BY_SIDE = (("held_on", "persons"),)

    held_on = forms.DateField(label="日期", initial=clock.today)
    topics = forms.CharField(label="观摩内容", max_length=300)
    persons = forms.IntegerField(label="参加人数", min_value=1, max_value=999)
    guests = forms.CharField(
        label="参加机构",
        max_length=3000,
        help_text="机构名称或统一社会信用代码，一行一家，须在名录中。",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_guests(self) -> list[Institution]:
        """The institutions of the actor's area that the lines name; every line that names none, or several, is told."""
        found, unclear = [], []
        for line in lines_of(self.cleaned_data["guests"]):
            visible = Institution.objects.visible_to(self.actor).filter(merged_into__isnull=True)
            named = list(visible.filter(credit_code=line) or visible.filter(name=line)[:2])
            found += named if len(named) == 1 else []
            unclear += [line] if len(named) != 1 else []
        if unclear:
            raise forms.ValidationError(f"名录中没有找到，或不止一家：{'、'.join(unclear)}。")
        return list(dict.fromkeys(found))
