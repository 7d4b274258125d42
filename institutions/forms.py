"""Forms of the register's staff pages. They parse and offer choices; all rules live in the operations."""

from __future__ import annotations

from django import forms
from django.db.models import Q

from foundation.accounts.enums import Role
from foundation.accounts.models import Organ, Post
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.errors import InvalidInput
from foundation.core.forms import ActorForm
from foundation.core.money import fen
from foundation.regions.enums import DivisionLevel
from foundation.regions.models import Division, Jurisdiction

from .enums import (
    Category,
    Discovery,
    Disposal,
    LegalType,
    LicenceStatus,
    Mode,
    Net,
    PermitKind,
    SiteType,
    StaffRole,
    Stage,
    Status,
    Subcategory,
)
from .models import Institution, StatusEvent
from .operations.register import EDITABLE

NEVER = "never"  # of a record that is withdrawn

#: Who can be the named person of a net.
NET_ROLES = (
    Role.GRID_WORKER,
    Role.TOWN_STAFF,
    Role.AREA_HEAD,
    Role.SCHOOL_SPECIALIST,
    Role.DEPARTMENT_OFFICER,
    Role.COUNTY_OFFICER,
)


class PostChoice(forms.ModelChoiceField):
    def label_from_instance(self, post: Post) -> str:
        return f"{post.user.name} · {post.get_role_display()} · {post.organ.name}"


def towns_of(actor: Actor):
    """Towns in the counties of the actor's jurisdictions, narrowed to the areas of the post."""
    counties = Jurisdiction.objects.filter(pk__in=actor.scope, division__level=DivisionLevel.COUNTY)
    towns = Division.objects.filter(
        level=DivisionLevel.TOWN, valid_to__isnull=True, parent__in=counties.values("division")
    )
    if actor.areas is not None:
        towns = towns.filter(pk__in=actor.areas)
    return towns.select_related("parent").order_by("code")


def own_counties(actor: Actor):
    """Jurisdictions of the actor that register institutions: counties and areas without counties below them."""
    return Jurisdiction.objects.visible_to(actor).filter(children__isnull=True).order_by("code")


class InstitutionFacts(ActorForm):
    name = forms.CharField(label="机构名称", max_length=120)
    trade_name = forms.CharField(label="对外名称(招牌)", max_length=120, required=False)
    credit_code = forms.CharField(
        label="统一社会信用代码", max_length=24, required=False, help_text="18位，全角字符会自动转换。"
    )
    site_type = forms.ChoiceField(label="机构类型", choices=SiteType.choices)
    category = forms.ChoiceField(label="培训类别", choices=Category.choices)
    subcategory = forms.ChoiceField(label="子类", choices=Subcategory.choices, required=False)
    stages = forms.MultipleChoiceField(
        label="学段", choices=Stage.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    mode = forms.ChoiceField(label="培训形式", choices=Mode.choices)
    legal_type = forms.ChoiceField(label="法人性质", choices=LegalType.choices)
    licence_status = forms.ChoiceField(label="证照情况", choices=LicenceStatus.choices)
    legal_person = forms.CharField(label="法定代表人", max_length=60, required=False)
    phone = forms.CharField(label="联系电话(内部)", max_length=30, required=False, help_text="加密保存，不对外公开。")
    public_phone = forms.CharField(label="公开电话", max_length=30, required=False)
    division = forms.ModelChoiceField(label="所在乡镇(街道)", queryset=Division.objects.none())
    address = forms.CharField(label="核准办学地址", max_length=200)
    hours = forms.CharField(label="培训时间", max_length=100, required=False)
    bank = forms.CharField(label="监管银行", max_length=60, required=False)
    account_tail = forms.CharField(label="专户尾号", max_length=4, required=False, help_text="账号后4位。")
    platform_id = forms.CharField(label="全国平台编号", max_length=40, required=False)
    remark = forms.CharField(label="备注", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def narrow(self) -> None:
        self.fields["division"].queryset = towns_of(self.actor)

    def facts(self) -> dict[str, object]:
        return {name: self.cleaned_data[name] for name in EDITABLE}


class RegisterForm(InstitutionFacts):
    jurisdiction = forms.ModelChoiceField(label="管辖单位", queryset=Jurisdiction.objects.none())
    status = forms.ChoiceField(label="状态", choices=Status.choices, initial=Status.NORMAL)
    effective_on = forms.DateField(label="状态起始日期", initial=clock.today)
    reason = forms.CharField(label="登记说明", max_length=300, required=False)
    field_order = ["jurisdiction", "name"]

    def narrow(self) -> None:
        super().narrow()
        counties = own_counties(self.actor)
        self.fields["jurisdiction"].queryset = counties
        self.fields["jurisdiction"].initial = counties.first()


class ChangeForm(InstitutionFacts):
    field_order = ["name", "trade_name", "credit_code", "site_type", "category", "category_since"]
    category_since = forms.DateField(
        label="类别(类型)自何日起变更", required=False, help_text="只在改变培训类别或机构类型时填写；不填则自今天起。"
    )
    reason = forms.CharField(label="变更理由", max_length=300, required=False)


class StatusForm(ActorForm):
    status = forms.ChoiceField(label="新状态", choices=Status.choices)
    effective_on = forms.DateField(label="生效日期", initial=clock.today)
    reason = forms.CharField(label="事由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class CorrectionForm(ActorForm):
    """What is left empty stays as it was recorded; ``cleaned_data["status"]`` is None for a record to be withdrawn."""

    event = forms.ModelChoiceField(label="要更正的记录", queryset=StatusEvent.objects.none())
    status = forms.ChoiceField(
        label="应为", choices=[("", "沿用原状态"), *Status.choices, (NEVER, "从未发生(撤销这条记录)")], required=False
    )
    effective_on = forms.DateField(label="正确的生效日期", required=False, help_text="不填则沿用原日期。")
    category = forms.ChoiceField(label="正确的类别", choices=[("", "沿用原类别"), *Category.choices], required=False)
    reason = forms.CharField(label="更正理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, institution: Institution, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        believed = StatusEvent.objects.filter(institution=institution).believed()
        self.fields["event"].queryset = believed.order_by("-effective_on", "-pk")

    def clean(self) -> dict:
        super().clean()
        given = self.cleaned_data
        if (event := given.get("event")) is None:
            return given
        wanted = {name: given.get(name) or getattr(event, name) for name in ("status", "effective_on", "category")}
        if all(value == getattr(event, name) for name, value in wanted.items()):
            raise forms.ValidationError("没有要更正的内容：状态、日期、类别至少改一项。")
        return given | wanted | ({"status": None} if wanted["status"] == NEVER else {})


class ResponsibleForm(ActorForm):
    net = forms.ChoiceField(label="网", choices=Net.choices)
    post = PostChoice(label="责任人(岗位)", queryset=Post.objects.none())

    def __init__(self, *args, institution: Institution, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        held = Post.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=today),
            valid_from__lte=today,
            role__in=NET_ROLES,
            organ__jurisdiction=institution.jurisdiction_id,
        )
        self.fields["post"].queryset = held.select_related("organ", "user").order_by("pk")


class AsOfForm(forms.Form):
    on = forms.DateField(label="日期")
    known_on = forms.DateField(label="按当时所知(日期)", required=False, help_text="不填为按现在所知，含之后的更正。")
    base_on = forms.DateField(label="对比基期", required=False, help_text="填写后计算压减率，如 2021-07-24。")


class PermitForm(ActorForm):
    kind = forms.ChoiceField(label="许可种类", choices=PermitKind.choices)
    number = forms.CharField(label="许可编号", max_length=40)
    issuer = forms.CharField(label="审批机关", max_length=80)
    scope = forms.CharField(label="许可内容", max_length=200, required=False)
    valid_from = forms.DateField(label="有效期起", required=False)
    valid_to = forms.DateField(label="有效期至", required=False)


class CampusForm(ActorForm):
    name = forms.CharField(label="校区名称", max_length=80)
    division = forms.ModelChoiceField(label="所在乡镇(街道)", queryset=Division.objects.none())
    address = forms.CharField(label="地址", max_length=200)
    area_m2 = forms.IntegerField(label="建筑面积(平方米)", min_value=1, required=False)
    opened_on = forms.DateField(label="启用日期", initial=clock.today)
    fire_approved_on = forms.DateField(label="消防手续日期", required=False)

    def narrow(self) -> None:
        self.fields["division"].queryset = towns_of(self.actor)


class CourseForm(ActorForm):
    name = forms.CharField(label="课程名称", max_length=80)
    category = forms.ChoiceField(label="培训类别", choices=Category.choices)
    subject = forms.CharField(label="科目", max_length=40)
    stage = forms.ChoiceField(label="学段", choices=Stage.choices)
    mode = forms.ChoiceField(label="培训形式", choices=Mode.choices)
    lesson_minutes = forms.IntegerField(label="课时长度(分钟)", min_value=10, max_value=240, initial=45)
    lesson_fee = forms.CharField(label="公示课时费(元)", max_length=20)
    published_on = forms.DateField(label="公示日期", initial=clock.today)

    def clean_lesson_fee(self) -> int:
        try:
            return fen(self.cleaned_data["lesson_fee"])
        except InvalidInput as error:
            raise forms.ValidationError(error.message) from error


class StaffForm(ActorForm):
    name = forms.CharField(label="姓名", max_length=60)
    id_number = forms.CharField(label="身份证号", max_length=18, help_text="加密保存，列表中不显示。")
    phone = forms.CharField(label="手机号码", max_length=20, required=False)
    role = forms.ChoiceField(label="岗位类别", choices=StaffRole.choices)
    full_time = forms.BooleanField(label="专职", required=False, initial=True)
    teaches_subject = forms.BooleanField(label="从事学科类教学", required=False)
    teacher_certificate = forms.CharField(label="教师资格证编号", max_length=40, required=False)
    other_qualification = forms.CharField(label="其他专业能力证明", max_length=100, required=False)
    in_service_school_teacher = forms.BooleanField(label="是中小学、幼儿园在职教师", required=False)
    crime_checked_on = forms.DateField(label="违法犯罪记录查询日期")
    joined_on = forms.DateField(label="入职日期", initial=clock.today)


class OpinionForm(ActorForm):
    item = forms.CharField(label="培训项目", max_length=80)
    conclusion = forms.ChoiceField(label="鉴别结论", choices=Category.choices)
    purpose = forms.CharField(label="培训目的", max_length=200)
    content = forms.CharField(label="培训内容", max_length=200)
    method = forms.CharField(label="培训方式", max_length=200)
    evaluation = forms.CharField(label="结果评价", max_length=200)
    experts = forms.CharField(label="鉴别专家", max_length=200)
    no_interest_declared = forms.BooleanField(label="专家已声明与机构无利害关系", required=False)
    decided_on = forms.DateField(label="鉴别日期", initial=clock.today)


class MergeForm(ActorForm):
    absorb = forms.ModelChoiceField(
        label="要并入本机构的重复记录", queryset=Institution.objects.none(), help_text="只列出名称或地址相近的机构。"
    )
    reason = forms.CharField(label="合并理由", max_length=300)

    def __init__(self, *args, candidates, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["absorb"].queryset = candidates


class UnlicensedForm(ActorForm):
    jurisdiction = forms.ModelChoiceField(label="管辖单位", queryset=Jurisdiction.objects.none())
    division = forms.ModelChoiceField(label="所在乡镇(街道)", queryset=Division.objects.none())
    address = forms.CharField(label="地址", max_length=200)
    sign = forms.CharField(label="招牌或称呼", max_length=120, required=False)
    site_type = forms.ChoiceField(label="场所类型", choices=SiteType.choices)
    category = forms.ChoiceField(label="培训类别", choices=Category.choices)
    subcategory = forms.ChoiceField(label="子类", choices=Subcategory.choices, required=False)
    licence_status = forms.ChoiceField(
        label="证照情况",
        choices=[choice for choice in LicenceStatus.choices if choice[0] != LicenceStatus.COMPLETE],
        initial=LicenceStatus.NEITHER,
    )
    operator = forms.CharField(label="举办者", max_length=60, required=False)
    teachers = forms.CharField(label="教师", max_length=200, required=False)
    pupils = forms.IntegerField(label="学生数", min_value=0, max_value=5000, required=False)
    pupils_at_least = forms.BooleanField(label="学生数为“余”(下限)", required=False)
    discovery = forms.ChoiceField(label="发现方式", choices=Discovery.choices)
    found_on = forms.DateField(label="发现日期", initial=clock.today)

    def narrow(self) -> None:
        counties = own_counties(self.actor)
        self.fields["jurisdiction"].queryset = counties
        self.fields["jurisdiction"].initial = counties.first()
        self.fields["division"].queryset = towns_of(self.actor)


class RoundForm(ActorForm):
    checked_on = forms.DateField(label="核查日期", initial=clock.today)
    organ = forms.ModelChoiceField(label="核查单位", queryset=Organ.objects.none())
    officers = forms.CharField(label="核查人员", max_length=200)
    finding = forms.CharField(label="核查情况", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    still_operating = forms.BooleanField(label="仍在经营", required=False)

    def narrow(self) -> None:
        self.fields["organ"].queryset = Organ.objects.visible_to(self.actor).order_by("pk")
        self.fields["organ"].initial = self.actor.organ_id


class DisposalForm(ActorForm):
    disposal = forms.ChoiceField(label="处置结果", choices=Disposal.choices)
    disposed_on = forms.DateField(label="处置日期", initial=clock.today)
    reason = forms.CharField(label="处置情况", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class ReasonForm(ActorForm):
    reason = forms.CharField(label="说明", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class ReopenForm(ReasonForm):
    reopened_on = forms.DateField(label="反弹日期", initial=clock.today)
    field_order = ["reopened_on", "reason"]


class UnlicensedMergeForm(ActorForm):
    institution = forms.ModelChoiceField(label="名录中的机构", queryset=Institution.objects.none())
    reason = forms.CharField(label="并入说明", max_length=300)

    def narrow(self) -> None:
        self.fields["institution"].queryset = Institution.objects.visible_to(self.actor).order_by("name")
