"""Forms of campaigns."""

from __future__ import annotations

from django import forms

from foundation.accounts.models import Organ
from foundation.accounts.queries import open_organs
from foundation.core import clock
from foundation.core.forms import ActorForm
from foundation.regions.enums import DivisionLevel
from foundation.regions.models import Division, Jurisdiction
from foundation.regions.queries import pickable_divisions
from inspections.enums import CampaignKind, CampaignState, RecheckResult, TargetTag, UnitRole
from inspections.models import Campaign, CampaignTarget, ChecklistVersion, Visit
from inspections.queries.campaigns import evidence_for, running
from inspections.queries.checklists import versions_for
from inspections.targeting import FORMER
from institutions.enums import Category, SiteType, Status


class Several(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs) -> None:
        super().__init__(required=kwargs.pop("required", False), **kwargs)


class Places(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs) -> None:
        super().__init__(queryset=Division.objects.none(), required=False, **kwargs)


class CampaignForm(ActorForm):
    name = forms.CharField(label="行动名称", max_length=80)
    kind = forms.ChoiceField(label="行动种类", choices=CampaignKind.choices)
    starts_on = forms.DateField(label="开始日期")
    ends_on = forms.DateField(label="结束日期")
    aim = forms.CharField(label="目标任务", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    areas = Places(label="行动区域", help_text="不选为全辖区。")
    categories = Several(label="培训类别", choices=Category.choices, help_text="不选为全部类别。")
    site_types = Several(label="场所类型", choices=SiteType.choices, help_text="不选为全部类型。")
    former_statuses = Several(
        label="原状态",
        choices=[(value, Status(value).label) for value in Status.values if value in FORMER | {Status.LOST}],
        help_text="用于回头看：从这些状态的机构中取对象，不选为全部。",
    )
    checklist = forms.ModelChoiceField(
        label="检查清单", queryset=ChecklistVersion.objects.none(), required=False, empty_label="不指定"
    )
    daily_returns = forms.BooleanField(label="成员单位每天报送日报", required=False, initial=True)

    def narrow(self) -> None:
        self.fields["areas"].queryset = pickable_divisions(self.actor, DivisionLevel.COUNTY, DivisionLevel.TOWN)
        self.fields["checklist"].queryset = versions_for(self.actor)


class DraftForm(CampaignForm):
    jurisdiction = forms.ModelChoiceField(label="行动辖区", queryset=Jurisdiction.objects.none())
    field_order = ("name", "kind", "jurisdiction")

    def narrow(self) -> None:
        super().narrow()
        own = Jurisdiction.objects.visible_to(self.actor).order_by("code")
        self.fields["jurisdiction"].queryset = own
        self.fields["jurisdiction"].initial = own.first()


class CloseForm(forms.Form):
    report = forms.CharField(label="总结报告", max_length=5000, widget=forms.Textarea(attrs={"rows": 8}))


class OrganChoice(forms.ModelChoiceField):
    def label_from_instance(self, organ: Organ) -> str:
        return f"{organ.jurisdiction} · {organ.name}"


class UnitForm(ActorForm):
    organ = OrganChoice(label="单位", queryset=Organ.objects.none())
    role = forms.ChoiceField(label="角色", choices=UnitRole.choices)
    contact = forms.CharField(label="联络人", max_length=60, required=False)

    def narrow(self) -> None:
        self.fields["organ"].queryset = open_organs(self.actor).select_related("jurisdiction")


class AsOfForm(forms.Form):
    """As of which day, and as known when; asked in the address."""

    on = forms.DateField(label="按哪一天的状态", required=False)
    known_on = forms.DateField(label="按哪一天已登记的", required=False)


class TargetsForm(AsOfForm):
    """Which sources; each says what it would bring."""

    tags = Several(label="列入原因", required=True)
    on = forms.DateField(widget=forms.HiddenInput, required=False)
    known_on = forms.DateField(widget=forms.HiddenInput, required=False)
    field_order = ("tags",)

    def __init__(self, *args, found, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tags"].choices = [
            (
                line.tag,
                f"{TargetTag(line.tag).label}：机构{line.institutions}家、无证{line.sites}处，新列入{line.new}家",
            )
            for line in found
        ]


class NameTargetForm(ActorForm):
    campaign = forms.ModelChoiceField(label="专项行动", queryset=Campaign.objects.none())
    reason = forms.CharField(label="列入情况", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def narrow(self) -> None:
        own = Campaign.objects.filter(jurisdiction__in=self.actor.scope).exclude(state=CampaignState.CLOSED)
        self.fields["campaign"].queryset = own.order_by("-starts_on", "pk")


class RecheckForm(ActorForm):
    result = forms.ChoiceField(label="复核结果", choices=RecheckResult.choices)
    visit = forms.ModelChoiceField(label="依据的检查", queryset=Visit.objects.none(), empty_label=None)
    remark = forms.CharField(label="说明", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, target: CampaignTarget, **kwargs) -> None:
        self.target = target
        super().__init__(*args, **kwargs)

    def narrow(self) -> None:
        evidence = evidence_for(self.target)
        self.fields["visit"].queryset = evidence
        self.fields["visit"].label_from_instance = lambda visit: f"{visit.number} {visit.visited_on}"
        if not evidence.exists():
            self.fields["visit"].help_text = "本行动还没有对该对象的检查。请先登记检查并计入本行动。"


class CampaignChoices(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, campaign: Campaign) -> str:
        return f"{campaign.name}（{campaign.jurisdiction}，{campaign.starts_on}至{campaign.ends_on}）"


class TagForm(ActorForm):
    campaigns = CampaignChoices(label="专项行动", queryset=Campaign.objects.none())

    def narrow(self) -> None:
        self.fields["campaigns"].queryset = running(self.actor)


class UntagForm(forms.Form):
    campaign = forms.ModelChoiceField(label="专项行动", queryset=Campaign.objects.none(), empty_label=None)
    reason = forms.CharField(label="移出理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, campaigns, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset = campaigns


class ReturnForm(forms.Form):
    day_on = forms.DateField(label="日报日期")
    led_by_leaders = forms.IntegerField(label="领导带队(次)", min_value=0, max_value=999, initial=0)
    remark = forms.CharField(label="说明", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day_on"].initial = clock.today
