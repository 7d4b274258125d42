"""Forms of draws and of declared interests. They parse and offer choices; all rules live in the operations."""

from __future__ import annotations

from django import forms
from django.db.models import Q

from foundation.accounts.models import Post, User
from foundation.core import clock
from foundation.core.forms import ActorForm
from foundation.regions.enums import DivisionLevel
from foundation.regions.models import Division
from foundation.regions.queries import pickable_divisions
from inspections.enums import DEFAULT_RATIOS, CheckResult
from inspections.models import DrawExclusion, DrawnObject, Visit
from inspections.models.draws import RATIO_FIELDS
from inspections.operations.random_draw import EDITABLE
from inspections.queries import draws as queries
from institutions.enums import Category, SiteType
from institutions.models import Institution


class Officers(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, post: Post) -> str:
        return f"{post.user.name} · {post.organ.name} · 执法证 {post.certificate_no}"


class Towns(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, town: Division) -> str:
        return f"{town.parent} {town}"


class People(forms.ModelChoiceField):
    def label_from_instance(self, person: User) -> str:
        return f"{person.name} · {person.organ.name}"


class DrawForm(ActorForm):
    """What is checked, who may be drawn, in which shares; ``facts`` is what the operation takes."""

    title = forms.CharField(label="抽查名称", max_length=120)
    plan = forms.CharField(label="抽查计划", max_length=200, help_text="年度抽查计划或工作方案的名称、文号。")
    items = forms.CharField(
        label="检查事项", max_length=500, widget=forms.Textarea(attrs={"rows": 2}), help_text="将公布。"
    )
    categories = forms.MultipleChoiceField(
        label="培训类别", choices=Category.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="不选为全部类别。只抽取在办的机构。",
    )  # fmt: skip
    site_type = forms.ChoiceField(label="机构类型", choices=[("", "全部"), *SiteType.choices], required=False)
    areas = Towns(label="镇街", queryset=Division.objects.none(), required=False, help_text="不选为全辖区。")
    avoid_recent = forms.IntegerField(
        label="避开最近几次的同组", min_value=0, max_value=12, initial=1,
        help_text="最近几次抽查中同组的两人尽量不再同组；0为不避开。",
    )  # fmt: skip
    officers = Officers(
        label="检查人员", queryset=Post.objects.none(),
        help_text="有执法证的在岗人员；对外只公布执法证号。至少两名，建议十名以上。",
    )  # fmt: skip
    field_order = ["title", "plan", "items", "categories", "site_type", "areas", *RATIO_FIELDS.values(), "avoid_recent"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for stratum, name in RATIO_FIELDS.items():
            self.fields[name] = forms.IntegerField(
                label=f"{stratum.label}抽取比例(%)", min_value=1, max_value=100, initial=DEFAULT_RATIOS[stratum]
            )
        self.order_fields(self.field_order)

    def narrow(self) -> None:
        towns = pickable_divisions(self.actor, DivisionLevel.TOWN)
        self.fields["areas"].queryset = towns.select_related("parent")
        self.fields["officers"].queryset = queries.possible_officers(self.actor, on=clock.today())

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        facts = {name: cleaned[name] for name in EDITABLE if name != "areas"}
        facts["areas"] = sorted(town.pk for town in cleaned["areas"])
        return {"facts": facts, "officers": list(cleaned["officers"])}


class ExcludeForm(ActorForm):
    """One institution by its code or full name, and why it is left out."""

    institution = forms.CharField(label="机构", max_length=120, help_text="统一社会信用代码、公开编号或机构全称。")
    reason = forms.CharField(label="排除理由", max_length=200, help_text="将随名册公布，不写个人信息。")

    def clean_institution(self) -> Institution:
        text = self.cleaned_data["institution"].strip()
        known = Q(credit_code=text.upper()) | Q(public_id=text) | Q(name=text)
        found = list(Institution.objects.visible_to(self.actor).filter(known).order_by("pk")[:2])
        if len(found) != 1:
            raise forms.ValidationError("没有找到这家机构。" if not found else "有多家机构同名，请填写信用代码。")
        return found[0]


class IncludeForm(forms.Form):
    """One of the draft's exclusions."""

    institution = forms.ModelChoiceField(label="机构", queryset=Institution.objects.none())

    def __init__(self, *args, draw, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        excluded = DrawExclusion.objects.filter(draw=draw).values("institution")
        self.fields["institution"].queryset = Institution.objects.filter(pk__in=excluded).order_by("name", "pk")


class FreezeForm(forms.Form):
    number_source = forms.CharField(
        label="以哪个公开号码为准",
        max_length=200,
        help_text="如：中国福利彩票双色球第2026137期开奖号码，红球由小到大，最后为蓝球。写明期号和排列次序。",
    )
    number_on = forms.DateField(label="号码公布日期", help_text="必须晚于今天。")


class NumberForm(forms.Form):
    public_number = forms.CharField(
        label="公开号码", max_length=60, help_text="按公布的次序填写，如 03 08 12 17 26 31 + 09；只计数字。"
    )


class ResultForm(forms.Form):
    """What came of one object; ``corrects`` asks for a reason."""

    result = forms.ChoiceField(label="检查结果", choices=[("", "请选择"), *CheckResult.choices])
    checked_on = forms.DateField(label="检查日期", initial=clock.today)
    follow_up = forms.CharField(
        label="后续处理", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="将随结果公示，不写个人信息。",
    )  # fmt: skip
    visit = forms.ModelChoiceField(
        label="检查记录", queryset=Visit.objects.none(), required=False, empty_label="没有登记检查记录",
        help_text="抽取之后对这家机构的检查记录。",
    )  # fmt: skip
    reason = forms.CharField(label="更正理由", max_length=300)

    def __init__(self, *args, drawn: DrawnObject, corrects: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visit"].queryset = queries.visits_for(drawn)
        if not corrects:
            del self.fields["reason"]


class PairForm(ActorForm):
    officers = Officers(label="检查人员", queryset=Post.objects.none(), help_text="指定两名无须回避的人员。")
    reason = forms.CharField(label="指定理由", max_length=200, help_text="将公布。")

    def narrow(self) -> None:
        self.fields["officers"].queryset = queries.possible_officers(self.actor, on=clock.today())


class VoidForm(forms.Form):
    reason = forms.CharField(
        label="作废理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}), help_text="将向社会公布。"
    )


class RemarkForm(forms.Form):
    remark = forms.CharField(label="审核意见", max_length=300, required=False)


class RefusalForm(forms.Form):
    remark = forms.CharField(label="不同意的理由", max_length=300)


class InterestForm(ActorForm):
    """An interest of oneself, or (for those who manage people) of somebody in the area."""

    person = People(label="人员", queryset=User.objects.none())
    reason = forms.CharField(label="利益关系", max_length=300, help_text="如：本人配偶在该机构任职。内部掌握，不公布。")
    since = forms.DateField(label="起始日期", initial=clock.today)
    until = forms.DateField(label="截止日期", required=False, help_text="不填为长期，直到结束申报。")

    def __init__(self, *args, others: bool, **kwargs) -> None:
        self.others = others
        super().__init__(*args, **kwargs)

    def narrow(self) -> None:
        known = Q(pk=self.actor.user_id)
        if self.others:
            known |= Q(organ__jurisdiction__in=self.actor.scope, is_active=True, posts__isnull=False)
        people = User.objects.filter(pk__in=User.objects.filter(known).values("pk")).select_related("organ")
        self.fields["person"].queryset = people.order_by("organ", "name", "pk")
        self.fields["person"].initial = self.actor.user_id


class NoticeForm(forms.Form):
    """What a document says besides the published results."""

    objection = forms.CharField(
        label="异议提出方式",
        max_length=500,
        initial="对检查结果有异议的，可以自公示之日起向本机关书面提出。",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    contact = forms.CharField(label="联系人和电话", max_length=120)
