"""Forms of the account registers. They parse and offer choices; all rules live in the operations."""

from __future__ import annotations

from django import forms

from foundation.core import clock
from foundation.core.forms import ActorForm
from foundation.regions.enums import DivisionLevel
from foundation.regions.models import Division, GridArea, Jurisdiction, School
from foundation.regions.queries import pickable_divisions

from . import queries
from .enums import OrganKind, Role, TrainingCategory
from .models import LOGIN_NAME, Organ


class OrganChoice(forms.ModelChoiceField):
    def label_from_instance(self, organ: Organ) -> str:
        return f"{organ.jurisdiction.name} · {organ.name}"


class PlaceChoice(forms.ModelChoiceField):
    """Towns of several counties are told apart by the county."""

    def label_from_instance(self, division: Division) -> str:
        return f"{division.parent.name} · {division}"


class OwnedChoice(forms.ModelChoiceField):
    def label_from_instance(self, row: GridArea | School) -> str:
        return f"{row.division} · {row.name}"


class OrganContacts(ActorForm):
    name = forms.CharField(label="单位名称", max_length=120)
    short_name = forms.CharField(label="简称", max_length=40, required=False)
    document_word = forms.CharField(
        label="机关代字", max_length=20, required=False, help_text="用于公文文号，如“思教”。"
    )
    report_phone = forms.CharField(label="举报电话", max_length=30, required=False, help_text="向公众公布。")
    report_mailbox = forms.EmailField(label="举报邮箱", required=False, help_text="向公众公布。")


class OrganForm(OrganContacts):
    jurisdiction = forms.ModelChoiceField(label="管辖单位", queryset=Jurisdiction.objects.none())
    kind = forms.ChoiceField(label="单位类别", choices=OrganKind.choices)
    division = PlaceChoice(
        label="所在乡镇(街道)",
        queryset=Division.objects.none(),
        required=False,
        help_text="镇街必须填写，其他单位不填。",
    )
    parent = OrganChoice(label="上级单位", queryset=Organ.objects.none(), required=False)
    field_order = ["jurisdiction", "kind", "name", "division", "parent"]

    def narrow(self) -> None:
        self.fields["jurisdiction"].queryset = Jurisdiction.objects.visible_to(self.actor).order_by("code")
        towns = pickable_divisions(self.actor, DivisionLevel.TOWN).select_related("parent")
        self.fields["division"].queryset = towns
        self.fields["parent"].queryset = queries.open_organs(self.actor).select_related("jurisdiction")


class OrganChangeForm(OrganContacts):
    reason = forms.CharField(label="变更理由", max_length=300, required=False)


class OrganCloseForm(ActorForm):
    closed_on = forms.DateField(label="撤销日期", initial=clock.today)
    reason = forms.CharField(label="撤销依据", max_length=300)


class PersonForm(ActorForm):
    organ = OrganChoice(label="所属单位", queryset=Organ.objects.none())
    name = forms.CharField(label="姓名", max_length=60)
    phone = forms.RegexField(
        r"^[0-9+\- ]{5,20}$",
        label="手机号码",
        required=False,
        help_text="加密保存。",
        error_messages={"invalid": "请填写电话号码。"},
    )
    email = forms.EmailField(label="电子邮箱", required=False)

    def narrow(self) -> None:
        self.fields["organ"].queryset = queries.open_organs(self.actor).select_related("jurisdiction")


class NewPersonForm(PersonForm):
    username = forms.CharField(label="登录名", max_length=60, help_text="小写字母和数字，如姓名全拼；开通后不能修改。")
    field_order = ["organ", "username", "name"]

    def clean_username(self) -> str:
        username = self.cleaned_data["username"].strip().lower()
        LOGIN_NAME(username)
        return username


class PostForm(ActorForm):
    organ = OrganChoice(label="任职单位", queryset=Organ.objects.none())
    role = forms.ChoiceField(label="角色", choices=[("", "请选择"), *Role.choices])
    title = forms.CharField(label="职务", max_length=60, required=False)
    valid_from = forms.DateField(label="任职起", initial=clock.today)
    valid_to = forms.DateField(label="任职止", required=False, help_text="不填为长期。")
    categories = forms.MultipleChoiceField(
        label="负责类别",
        choices=TrainingCategory.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="部门工作人员填写，不选为全部类别。",
    )
    division = PlaceChoice(
        label="负责区域", queryset=Division.objects.none(), required=False, help_text="不填为单位的全辖区。"
    )
    grid = OwnedChoice(label="负责网格", queryset=GridArea.objects.none(), required=False, help_text="网格员填写。")
    school = OwnedChoice(label="负责学校", queryset=School.objects.none(), required=False, help_text="学校专员填写。")
    certificate_no = forms.CharField(label="执法证号", max_length=40, required=False)

    def narrow(self) -> None:
        self.fields["organ"].queryset = queries.open_organs(self.actor).select_related("jurisdiction")
        towns = pickable_divisions(self.actor, DivisionLevel.TOWN).select_related("parent")
        self.fields["division"].queryset = towns
        for name, model in (("grid", GridArea), ("school", School)):
            rows = model.objects.visible_to(self.actor).filter(closed_on__isnull=True)
            self.fields[name].queryset = rows.select_related("division").order_by("division__code", "name")


class PostEndForm(ActorForm):
    last_day = forms.DateField(
        label="最后任职日", initial=clock.today, help_text="当天仍可办理业务；须立即终止的，填昨天。"
    )
    reason = forms.CharField(label="理由", max_length=300)
