"""Forms of filing and closing a case. They parse and offer; all rules live in the operations."""

from __future__ import annotations

from django import forms

from cases import queries
from cases.enums import Source
from cases.models import Case, Violation
from foundation.accounts.models import Post
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.forms import ActorForm
from inspections.queries.campaigns import running


class OfficerChoices(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, post: Post) -> str:
        return f"{post.user.name}（执法证{post.certificate_no}）"


class OfficerChoice(forms.ModelChoiceField):
    def label_from_instance(self, post: Post) -> str:
        return f"{post.user.name}（{post.title or post.get_role_display()}）"


class ViolationChoice(forms.ModelChoiceField):
    def label_from_instance(self, violation: Violation) -> str:
        return f"{violation} · {violation.punished_by}"


class ProposeForm(ActorForm):
    """What every proposal says; where it comes from is known from the page on which it is made."""

    violation = ViolationChoice(label="涉嫌违法行为", queryset=Violation.objects.none(), empty_label="请选择")
    summary = forms.CharField(label="案情摘要", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    officers = OfficerChoices(
        label="办案人员", queryset=Post.objects.none(), help_text="本单位持有执法证的两名以上人员。"
    )
    person = forms.CharField(
        label="当事人是个人的，填姓名", max_length=60, required=False, help_text="不填则以机构或场所为当事人。"
    )
    code = forms.CharField(label="证件号码后四位", max_length=4, required=False)
    address = forms.CharField(label="个人住址", max_length=200, required=False)

    def narrow(self) -> None:
        today = clock.today()
        self.fields["violation"].queryset = queries.violations_on(today)
        self.fields["officers"].queryset = handlers = queries.possible_handlers(self.actor, on=today)
        self.fields["officers"].initial = [post.pk for post in handlers if post.user_id == self.actor.user_id]


class ProposeElsewhereForm(ProposeForm):
    """From the page of an institution or a site: no record of ours started it."""

    source = forms.ChoiceField(
        label="案件来源", choices=[pair for pair in Source.choices if pair[0] in (Source.TRANSFER, Source.OTHER)]
    )
    source_note = forms.CharField(label="来源说明", max_length=300, help_text="移送单位、文号，或者怎样发现。")
    field_order = ["source", "source_note"]


class OpinionForm(ActorForm):
    """An opinion that must be given."""

    opinion = forms.CharField(label="意见", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class AgreeForm(ActorForm):
    opinion = forms.CharField(
        label="审批意见", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReplaceForm(ActorForm):
    leaving = forms.ModelChoiceField(label="更换", queryset=None, empty_label="请选择")
    reason = forms.CharField(label="更换或回避理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, case: Case, actor: Actor, **kwargs) -> None:
        self.case = case
        super().__init__(*args, actor=actor, **kwargs)

    def narrow(self) -> None:
        self.fields["leaving"].queryset = handling = self.case.officers.filter(until__isnull=True)
        taken = list(handling.values_list("user_id", flat=True))
        self.fields["post"] = OfficerChoice(
            label="由谁接办",
            queryset=queries.possible_handlers(self.actor, on=clock.today()).exclude(user__in=taken),
            empty_label="请选择",
        )


class TagForm(ActorForm):
    campaign = forms.ModelChoiceField(label="专项行动", queryset=None, empty_label="请选择")

    def narrow(self) -> None:
        self.fields["campaign"].queryset = running(self.actor)


class NoteForm(ActorForm):
    note = forms.CharField(label="执行和结案情况", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class ArchiveForm(ActorForm):
    archive_no = forms.CharField(label="案卷号", max_length=60)
