"""Forms of declarations: the same ones for an institution's own page and for the officer who enters it for it."""

from __future__ import annotations

from django import forms

from declarations import queries
from declarations.enums import CHANGEABLE, InquiryKind, Reply
from declarations.models import ChangeRequest, Declaration, Inquiry, RuleSet
from declarations.operations.declarations import Told
from foundation.accounts.purposes import MOST_PHOTOS
from foundation.core import clock
from foundation.core.forms import ActorForm, FilesField, LinesField
from foundation.documents.wording.institutions import COMMITMENTS
from foundation.photos.operations import Sent
from foundation.regions.models import Jurisdiction
from inspections.models import ChecklistVersion
from inspections.queries.checklists import versions_for
from institutions.forms import own_counties
from institutions.models import Institution

REPLIES = [("", "请选择"), *Reply.choices]


class SelfCheckForm(forms.Form):
    """A reply and a note to each item."""

    def __init__(self, *args, declaration: Declaration, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.items = declaration.inquiry.items
        before = {code: (reply, note) for code, _, reply, note in declaration.answers}
        for number, (code, text) in enumerate(self.items):
            reply, note = before.get(code, ("", ""))
            self.fields[f"reply{number}"] = forms.ChoiceField(
                label=f"{number + 1}. {text}",
                choices=REPLIES,
                initial=reply,
                error_messages={"required": "请选择符合、不符合或不适用。"},
            )
            self.fields[f"note{number}"] = forms.CharField(
                label=f"第{number + 1}项说明(不符合的必填)", max_length=300, initial=note, required=False
            )
        self.fields["text"] = forms.CharField(
            label="其他情况",
            max_length=2000,
            required=False,
            initial=declaration.text,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.fields["given_by"] = forms.CharField(
            label="报送人姓名和职务",
            max_length=60,
            initial=declaration.given_by,
            error_messages={"required": "请填写由谁报送。"},
        )
        self.fields["photos"] = FilesField(accept="image/*", most=MOST_PHOTOS, label="照片", required=False)

    def told(self, photos: list[Sent]) -> Told:
        given = self.cleaned_data
        replies = [(given[f"reply{number}"], given[f"note{number}"]) for number in range(len(self.items))]
        return Told(given_by=given["given_by"], replies=replies, text=given["text"], photos=photos)


class CommitmentForm(forms.Form):
    agreed = forms.BooleanField(
        label="本单位已阅读以上全部事项，承诺遵守。", error_messages={"required": "请勾选，表示承诺遵守以上全部事项。"}
    )
    given_by = forms.CharField(label="签署人姓名和职务", max_length=60, error_messages={"required": "请填写由谁签署。"})
    signed_on = forms.DateField(
        label="签署日期",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写签署日期。"},
    )

    def __init__(self, *args, declaration: Declaration, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signed_on"].initial = clock.today()

    def told(self, photos: list[Sent]) -> Told:
        return Told(given_by=self.cleaned_data["given_by"], signed_on=self.cleaned_data["signed_on"], photos=photos)


def form_for(declaration: Declaration, *args, **kwargs) -> SelfCheckForm | CommitmentForm:
    """The form of the kind of its inquiry."""
    made = SelfCheckForm if declaration.inquiry.kind == InquiryKind.SELF_CHECK else CommitmentForm
    return made(*args, declaration=declaration, **kwargs)


class OpenForm(ActorForm):
    SIDE_BY_SIDE = (("kind", "year", "due_on"),)

    kind = forms.ChoiceField(label="种类", choices=InquiryKind.choices)
    jurisdiction = forms.ModelChoiceField(label="地区", queryset=Jurisdiction.objects.none(), empty_label="请选择")
    title = forms.CharField(label="标题", max_length=80, help_text="如：2026年暑期安全自查；2026年规范办学承诺书。")
    year = forms.IntegerField(label="年度", min_value=2021, max_value=2100)
    due_on = forms.DateField(label="报送截止")
    version = forms.ModelChoiceField(
        label="自查用的清单",
        queryset=ChecklistVersion.objects.none(),
        required=False,
        empty_label="不用清单，在下面逐行写自查事项",
    )
    sections = forms.CharField(
        label="清单的部分", max_length=40, required=False, help_text="写部分代码，如 B、C；不写的用整份清单。"
    )
    rule_set = forms.ModelChoiceField(
        label="承诺书所依据的规范制度",
        queryset=RuleSet.objects.none(),
        required=False,
        empty_label="不写明",
        help_text="承诺事项不填的，用所选制度的各条。",
    )
    items = LinesField(
        label="自查事项或承诺事项",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="一行一条。选了清单的不用填；承诺书不填的用上一年度的，没有的用通用文本。",
    )
    everyone = forms.BooleanField(
        label="本地在办机构全部列入", required=False, help_text="不勾选的，随后在机构列表筛选、勾选后“列入申报”。"
    )

    def narrow(self) -> None:
        places = self.fields["jurisdiction"]
        places.queryset = own_counties(self.actor)
        places.initial = places.queryset.first()
        self.fields["year"].initial = clock.today().year
        self.fields["version"].queryset = versions_for(self.actor)
        self.fields["rule_set"].queryset = queries.rule_sets_for(self.actor)

    def clean(self) -> dict:
        """The items: of the checklist, or as written, or for a commitment those that were used last."""
        given = super().clean()
        lines, version = given.pop("items", None) or [], given.get("version")
        sections = [char for char in given.pop("sections", "").upper() if char.isascii() and char.isalpha()]
        commitment = given.get("kind") == InquiryKind.COMMITMENT
        if version is not None and not commitment:
            codes = sections or list(version.sections.values_list("code", flat=True))
            given["items"] = queries.items_of(version, codes)
            if not given["items"]:
                self.add_error("sections", "清单中没有这些部分。")
        else:
            given["version"] = None
            chosen = given.get("rule_set")
            of_rules = [*chosen.norms, *chosen.bans] if chosen is not None and commitment else []
            words = lines or of_rules or (self._used_last(given.get("jurisdiction")) if commitment else [])
            given["items"] = [[f"{number:02}", text] for number, text in enumerate(words, start=1)]
        if not given["items"] and "sections" not in self.errors:
            self.add_error("items", "请选择清单，或一行一条写明事项。")
        return given

    @staticmethod
    def _used_last(place: Jurisdiction | None) -> list[str]:
        last = Inquiry.objects.filter(jurisdiction=place, kind=InquiryKind.COMMITMENT).order_by("-year").first()
        return [text for _, text in last.items] if last else list(COMMITMENTS)


class RuleSetForm(ActorForm):
    """A version of a bureau's rules; opened from one, it begins with its words."""

    SIDE_BY_SIDE = (("jurisdiction", "effective_on"),)

    jurisdiction = forms.ModelChoiceField(label="地区", queryset=Jurisdiction.objects.none(), empty_label="请选择")
    effective_on = forms.DateField(label="施行日期", initial=clock.today)
    title = forms.CharField(label="制度名称", max_length=80, help_text="如：学科类校外培训机构规范办学管理制度。")
    norms = LinesField(
        label="规范", max_length=4000, help_text="一行一条，如五条。", widget=forms.Textarea(attrs={"rows": 6})
    )
    bans = LinesField(label="不准", max_length=4000, required=False, help_text="一行一条，如三条。")

    def narrow(self) -> None:
        places = self.fields["jurisdiction"]
        places.queryset = own_counties(self.actor)
        places.initial = places.queryset.first()


class CoverageForm(forms.Form):
    year = forms.IntegerField(label="年度", min_value=2021, max_value=2100, required=False)


class AskForm(ActorForm):
    inquiry = forms.ModelChoiceField(label="申报通知", queryset=Inquiry.objects.none(), empty_label="请选择")

    def narrow(self) -> None:
        self.fields["inquiry"].queryset = queries.open_inquiries(self.actor)


class WhyForm(forms.Form):
    reason = forms.CharField(label="补正要求", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class ChangeForm(forms.Form):
    """One box for each field that may change; blank means "as it is"."""

    def __init__(self, *args, institution: Institution, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, label in CHANGEABLE.items():
            longest = Institution._meta.get_field(name).max_length or 30
            self.fields[name] = forms.CharField(label=f"{label}变更为", max_length=longest, required=False)
        self.fields["reason"] = forms.CharField(
            label="变更原因", max_length=300, error_messages={"required": "请写明变更原因。"}
        )
        self.fields["given_by"] = forms.CharField(
            label="申请人姓名和职务", max_length=60, error_messages={"required": "请填写由谁申请。"}
        )


class DecideForm(forms.Form):
    """Accept or refuse, for each field that was asked for; the page shows what stands there now."""

    def __init__(self, *args, request: ChangeRequest, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.names = list(request.proposed)
        for name, value in request.proposed.items():
            now = getattr(request.institution, name) or "未登记"
            self.fields[name] = forms.ChoiceField(
                label=CHANGEABLE[name],
                choices=[("", "请选择"), ("yes", "采纳"), ("no", "不采纳")],
                help_text=f"现登记：{now}；申请变更为：{value}",
            )
            self.fields[f"{name}_why"] = forms.CharField(
                label=f"不采纳“{CHANGEABLE[name]}”的理由", max_length=200, required=False
            )

    def refused(self) -> dict[str, str]:
        """Field -> why not."""
        given = self.cleaned_data
        return {name: given[f"{name}_why"] for name in self.names if given[name] == "no"}
