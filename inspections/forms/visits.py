"""Forms of visits at the desk; in the field the phone's form is used."""

from __future__ import annotations

from uuid import uuid4

from django import forms

from foundation.accounts.enums import Can
from foundation.accounts.models import Post
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.forms import ActorForm
from foundation.notifications.recipients import holders
from foundation.regions.models import Jurisdiction
from foundation.regions.queries import lowest_bureaus
from inspections.enums import Aspect, Outcome, Severity, Slot, VisitKind
from inspections.records import TOLD
from inspections.reports import HeadCount, OnSite, Problem, VisitReport
from inspections.rules.visits import kinds_filed_by
from institutions.enums import Category

PROBLEMS = 5  # lines on the page; the phone's checklist has as many as there are items


class ColleagueChoices(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, post: Post) -> str:
        certificate = f"（执法证{post.certificate_no}）" if post.certificate_no else ""
        return f"{post.user.name} · {post.organ.name}{certificate}"


def colleagues(scope: frozenset[int]):
    """Posts in these jurisdictions that file official visits: who may go along."""
    posts = holders(Can.FILE_VISIT, on=clock.today()).filter(organ__jurisdiction__in=scope)
    return posts.select_related("user", "organ").order_by("organ__kind", "organ__name", "user__name", "pk")


class VisitForm(ActorForm):
    SIDE_BY_SIDE = (
        ("kind", "visited_on", "slot"),
        ("pupils", "pupils_at_least", "teachers"),
        ("dispersed", "dispersed_at_least"),
        *((f"problem_{number}", f"aspect_{number}", f"severity_{number}") for number in range(1, PROBLEMS + 1)),
    )

    kind = forms.ChoiceField(label="检查种类", choices=())
    visited_on = forms.DateField(label="检查日期")
    slot = forms.ChoiceField(label="时段", choices=Slot.choices)
    officers = ColleagueChoices(label="检查人员", queryset=Post.objects.none())
    others = forms.CharField(
        label="其他参加人员",
        required=False,
        help_text="没有账号的人员，写作“姓名(单位)”，用顿号隔开。",
        max_length=300,
    )
    covert = forms.BooleanField(label="暗访", required=False)
    pupils = forms.IntegerField(label="现场学生数", min_value=0, max_value=9999, required=False)
    pupils_at_least = forms.BooleanField(label="学生数为下限(余)", required=False)
    teachers = forms.IntegerField(label="现场教师数", min_value=0, max_value=999, required=False)
    dispersed = forms.IntegerField(label="清散学生数", min_value=0, max_value=9999, required=False)
    dispersed_at_least = forms.BooleanField(label="清散数为下限(余)", required=False)
    outcome = forms.ChoiceField(label="检查结论", choices=Outcome.choices)
    remark = forms.CharField(
        label="情况说明", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    accompanied_by = forms.CharField(label="陪同人员", max_length=120, required=False)
    statement = forms.CharField(
        label="当事人陈述", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args, subject, **kwargs) -> None:
        self.subject = subject
        super().__init__(*args, **kwargs)

    def narrow(self) -> None:
        kinds = kinds_filed_by(self.actor)
        self.fields["kind"].choices = [pair for pair in VisitKind.choices if pair[0] in kinds]
        self.fields["visited_on"].initial = clock.today
        posts = colleagues(frozenset({self.subject.jurisdiction_id, *self._own()}))
        self.fields["officers"].queryset = posts
        self.fields["officers"].initial = [self.actor.post_id]
        for number in range(1, PROBLEMS + 1):
            self.fields[f"problem_{number}"] = forms.CharField(label=f"问题{number}", max_length=120, required=False)
            self.fields[f"aspect_{number}"] = forms.ChoiceField(
                label="所属方面", choices=[("", "—"), *Aspect.choices], required=False
            )
            self.fields[f"severity_{number}"] = forms.ChoiceField(
                label="严重程度", choices=[("", "—"), *Severity.choices], required=False
            )

    def _own(self) -> list[int]:
        """The own organ's jurisdiction: a city's officers go out in a county too."""
        return list(Post.objects.filter(pk=self.actor.post_id).values_list("organ__jurisdiction_id", flat=True))

    def clean(self) -> dict:
        cleaned = super().clean()
        for number in range(1, PROBLEMS + 1):
            named = cleaned.get(f"problem_{number}")
            if named and not (cleaned.get(f"aspect_{number}") and cleaned.get(f"severity_{number}")):
                self.add_error(f"problem_{number}", "请选择这一问题的所属方面和严重程度。")
        return cleaned

    def report(self) -> VisitReport:
        """What the cleaned form says."""
        given = self.cleaned_data
        others = [named_person(text) for text in given["others"].replace(",", "、").replace("，", "、").split("、")]
        return VisitReport(
            client_id=given["client_id"],
            kind=VisitKind(given["kind"]),
            subject=self.subject,
            visited_on=given["visited_on"],
            slot=given["slot"],
            outcome=Outcome(given["outcome"]),
            officers=(*map(OnSite.of_post, given["officers"]), *filter(None, others)),
            problems=tuple(self._problems()),
            covert=given["covert"] or given["kind"] == VisitKind.COVERT,
            remark=given["remark"],
            accompanied_by=given["accompanied_by"],
            statement=given["statement"],
            pupils=HeadCount(given["pupils"], given["pupils_at_least"]),
            teachers=HeadCount(given["teachers"]),
            dispersed=HeadCount(given["dispersed"], given["dispersed_at_least"]),
        )

    def _problems(self):
        for number in range(1, PROBLEMS + 1):
            if text := self.cleaned_data[f"problem_{number}"]:
                yield Problem(text, self.cleaned_data[f"aspect_{number}"], self.cleaned_data[f"severity_{number}"])


def named_person(text: str) -> OnSite | None:
    """``张三(教育局)`` in either width of bracket; nothing for an empty text."""
    name, _, organ = text.replace("（", "(").replace("）", ")").strip().partition("(")
    return OnSite(name.strip(), organ.rstrip(")").strip()) if name.strip() else None


class VoidForm(forms.Form):
    reason = forms.CharField(label="作废理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class SiteRecordForm(forms.Form):
    """What the paper says in words; the rest comes from the visit."""

    told = forms.CharField(label="告知事项", max_length=1000, initial=TOLD, widget=forms.Textarea(attrs={"rows": 4}))
    situation = forms.CharField(label="检查情况", max_length=3000, widget=forms.Textarea(attrs={"rows": 5}))
    statement = forms.CharField(
        label="当事人陈述",
        max_length=1000,
        required=False,
        help_text="当事人当场说的话；不填则在纸上留空，由当事人自己写。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ConfirmForm(forms.Form):
    remark = forms.CharField(label="核实情况", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class DismissForm(forms.Form):
    remark = forms.CharField(label="核实情况", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class CoverageForm(forms.Form):
    """A period, and whose visits: officers' and supervisors' are added only when somebody asks for both."""

    SIDE_BY_SIDE = (("since", "until", "who", "category"),)

    since = forms.DateField(label="自")
    until = forms.DateField(label="至")
    who = forms.ChoiceField(
        label="检查人", choices=[("official", "检查人员"), ("supervisors", "社会监督员"), ("both", "两者合计")]
    )

    category = forms.ChoiceField(label="培训类别", choices=[("", "全部"), *Category.choices], required=False)
    town = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("since") and cleaned.get("until") and cleaned["since"] > cleaned["until"]:
            self.add_error("until", "结束日期不能早于开始日期。")
        return cleaned


class AnalysisForm(CoverageForm):
    """The same, of one county where the actor sees several."""

    SIDE_BY_SIDE = (("since", "until", "who", "category", "county"),)

    county = forms.ModelChoiceField(
        label="区县", queryset=Jurisdiction.objects.none(), required=False, empty_label="全部"
    )

    def __init__(self, *args, actor: Actor, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        counties = lowest_bureaus(actor)
        self.fields["county"].queryset = counties
        if len(counties) < 2:
            del self.fields["county"]
