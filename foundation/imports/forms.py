"""The upload form: which register, for whom, how strict, and the file."""

from __future__ import annotations

from django import forms

from foundation.core.actor import Actor
from foundation.regions.enums import JurisdictionLevel
from foundation.regions.models import Jurisdiction

from .enums import Mode
from .target import target_named, targets_for


class UploadForm(forms.Form):
    """Choices with only one answer are not asked."""

    target = forms.ChoiceField(label="导入到", widget=forms.RadioSelect)
    bureau = forms.ModelChoiceField(label="管辖单位", queryset=Jurisdiction.objects.none(), empty_label=None)
    file = forms.FileField(
        label="表格文件",
        help_text="Excel 表格(.xlsx)或 CSV 文件，编码自动识别；表头上方的标题、空行和合计行会自动跳过。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
        allow_empty_file=True,
    )
    mode = forms.ChoiceField(
        label="遇到不合格的行", choices=Mode.choices, initial=Mode.GOOD_ROWS, widget=forms.RadioSelect
    )

    def __init__(self, *args, actor: Actor, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        targets = targets_for(actor)[::-1]  # the main register, declared last, comes first
        target = self.fields["target"]
        target.choices = [(each.code, each.label) for each in targets]
        target.initial = targets[0].code if targets else None
        bureaus = Jurisdiction.objects.visible_to(actor).exclude(level=JurisdictionLevel.PROVINCE).order_by("code")
        bureau = self.fields["bureau"]
        bureau.queryset = bureaus
        bureau.initial = bureaus.first()
        if bureaus.count() == 1:
            bureau.widget = forms.HiddenInput()
        if len(targets) == 1:
            target.widget = forms.HiddenInput()

    def clean_target(self):
        return target_named(self.cleaned_data["target"])
