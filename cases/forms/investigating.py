"""Forms of the investigation: evidence, questionings, safe keeping, the report."""

from __future__ import annotations

import re

from django import forms

from cases.enums import MONEY, Disposal, EvidenceKind, PenaltyKind
from cases.models import Case, Preservation
from cases.operations.evidence import EvidenceFacts
from cases.papers import Talk
from cases.sanctions import Sanction
from foundation.core import clock
from foundation.core.forms import ActorForm, FilesField, LinesField, MoneyField
from foundation.core.money import yuan

OTHER_KINDS = [pair for pair in PenaltyKind.choices if pair[0] not in MONEY]
_ASKED = re.compile(r"^\s*问\s*[:：]\s*")
_SAID = re.compile(r"^\s*答\s*[:：]\s*")


class SumField(MoneyField):
    """A sum of money, more than nothing."""

    def clean(self, value: object) -> int | None:
        amount = super().clean(value)
        if amount is not None and amount <= 0:
            raise forms.ValidationError("金额必须大于零。")
        return amount


class SanctionsForm(ActorForm):
    """Penalties: sums of money, the other kinds, and what they contain."""

    fine = SumField(label="罚款(元)", required=False)
    confiscation = SumField(label="没收违法所得(元)", required=False)
    others = forms.MultipleChoiceField(
        label="其他处罚", choices=OTHER_KINDS, required=False, widget=forms.CheckboxSelectMultiple
    )
    detail = forms.CharField(
        label="其他处罚的内容", max_length=300, required=False, help_text="如：责令停止招收学员3个月。"
    )

    def sanctions(self) -> list[Sanction]:
        """What the cleaned form means, in the order of the law."""
        given = self.cleaned_data
        meant = [Sanction(kind=kind, detail=given["detail"]) for kind in given["others"]]
        meant += [Sanction(kind=kind, amount=given[kind]) for kind in MONEY if given[kind]]
        return sorted(meant, key=lambda one: PenaltyKind.values.index(one.kind))

    @staticmethod
    def initial_of(penalties) -> dict[str, object]:
        """The form as these penalties would have filled it."""
        rows = list(penalties)
        sums = {str(row.kind): yuan(row.amount) for row in rows if row.amount}
        others = [row.kind for row in rows if row.kind not in MONEY]
        return sums | {"others": others, "detail": next((row.detail for row in rows if row.detail), "")}


class EvidenceForm(ActorForm):
    kind = forms.ChoiceField(label="证据种类", choices=EvidenceKind.choices)
    title = forms.CharField(label="证据名称", max_length=120)
    shows = forms.CharField(label="证明内容", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    taken_from = forms.CharField(label="来源", max_length=120, help_text="谁提供，或在哪里取得。")
    taken_on = forms.DateField(label="取得日期", initial=clock.today)
    taken_by = forms.CharField(label="取证人", max_length=120, help_text="两名以上执法人员。")
    files = FilesField(
        accept=".pdf,.docx,.xlsx,image/*",
        label="文件",
        required=False,
        help_text="文书、表格、照片，登记后不能替换或删除。",
    )

    def facts(self) -> EvidenceFacts:
        return EvidenceFacts(**{key: value for key, value in self.cleaned_data.items() if key != "files"})


class QuestionForm(ActorForm):
    asked = forms.CharField(label="被询问人", max_length=60)
    relation = forms.CharField(label="身份及与本案关系", max_length=120)
    is_party = forms.BooleanField(label="被询问人是当事人（或其负责人）", required=False, initial=True)
    time = forms.CharField(label="询问时间", max_length=60, help_text="如：2026年3月5日 14:00 至 15:20。")
    place = forms.CharField(label="询问地点", max_length=120)
    recorder = forms.CharField(label="记录人", max_length=60)
    talk = forms.CharField(
        label="询问内容",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="一行一句，以“问：”“答：”开头；没有开头的行接在上一句后面。",
    )
    shows = forms.CharField(label="证明内容", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_talk(self) -> list[list[str]]:
        pairs: list[list[str]] = []
        for line in filter(str.strip, self.cleaned_data["talk"].splitlines()):
            if _ASKED.match(line):
                pairs.append([_ASKED.sub("", line).strip(), ""])
            elif not pairs:
                raise forms.ValidationError("请从“问：”开始。")
            elif _SAID.match(line):
                pairs[-1][1] += _SAID.sub("", line).strip()
            else:
                pairs[-1][1 if pairs[-1][1] else 0] += line.strip()
        if any(not asked or not said for asked, said in pairs):
            raise forms.ValidationError("每一问都要有一答。")
        return pairs

    def talked(self) -> Talk:
        return Talk(**self.cleaned_data)


class PreserveForm(ActorForm):
    items = LinesField(label="保存物品", max_length=2000, help_text="一行一项，写明数量。")
    place = forms.CharField(label="保存地点", max_length=200)
    keeper = forms.CharField(label="保管人", max_length=60)
    approved_by = forms.CharField(label="批准的负责人", max_length=60)
    contact = forms.CharField(label="联系人和电话", max_length=100)


class CaseForm(ActorForm):
    """A form whose choices come from the case."""

    def __init__(self, *args, case: Case, **kwargs) -> None:
        self.case = case
        super().__init__(*args, **kwargs)


class DisposeForm(CaseForm):
    preservation = forms.ModelChoiceField(label="登记保存", queryset=Preservation.objects.none(), empty_label=None)
    disposal = forms.ChoiceField(label="处理", choices=[pair for pair in Disposal.choices if pair[0] != Disposal.NONE])
    note = forms.CharField(label="处理说明", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def narrow(self) -> None:
        self.fields["preservation"].queryset = self.case.preservations.filter(disposal=Disposal.NONE)


class ConcludeForm(SanctionsForm):
    report = forms.CharField(
        label="调查终结报告",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="查明的事实、违反的规定、裁量情节和处理建议。没有拟处罚内容的，以下各项留空。",
    )
    illegal_gains = SumField(label="违法所得(元)", required=False, help_text="无法计算的留空，并在报告中说明。")
    field_order = ["report", "illegal_gains"]
