"""Forms of the import: the file and for whom, which column is which, which repairs, why to take back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict

from foundation.core.forms import ActorForm
from foundation.regions.enums import JurisdictionLevel
from foundation.regions.models import Jurisdiction

from .enums import Mode
from .layout import Heading, Table
from .models import Batch
from .offering import AT_ONCE, grouped, repairable, spot_named
from .target import Target, target_named, targets_for

ACCEPT = ".xlsx,.xlsm,.xls,.et,.ods,.csv,.tsv,.txt,.htm,.html,.xml"


class UploadForm(ActorForm):
    """Choices with only one answer are not asked."""

    target = forms.ChoiceField(label="导入到", widget=forms.RadioSelect)
    bureau = forms.ModelChoiceField(label="管辖单位", queryset=Jurisdiction.objects.none(), empty_label=None)
    file = forms.FileField(
        label="表格文件",
        help_text=(
            "点“选择文件”，或把文件拖到框里。Excel 和 WPS 表格（新旧格式）、CSV、从平台或网页导出的表格都可以；"
            "标题、空行、合计行、合并单元格、多个工作表会自动识别。"
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
        allow_empty_file=True,
        error_messages={"required": "请选择要上传的表格文件。"},
    )
    mode = forms.ChoiceField(
        label="遇到不合格的行", choices=Mode.choices, initial=Mode.GOOD_ROWS, widget=forms.RadioSelect
    )

    def narrow(self) -> None:
        targets = targets_for(self.actor)[::-1]  # the main register comes first
        target = self.fields["target"]
        target.choices = [(each.code, each.label) for each in targets]
        target.initial = targets[0].code if targets else None
        bureaus = Jurisdiction.objects.visible_to(self.actor).exclude(level=JurisdictionLevel.PROVINCE).order_by("code")
        bureau = self.fields["bureau"]
        bureau.queryset = bureaus
        bureau.initial = bureaus.first()
        if bureaus.count() == 1:
            bureau.widget = forms.HiddenInput()
        else:
            bureau.empty_label, bureau.initial = "请选择", None
            bureau.help_text = "表格是哪个区县的就选哪个；几个区县混在一张表里的选本市，每行须能认出区县。"
        if len(targets) == 1:
            target.widget = forms.HiddenInput()

    def clean_target(self):
        return target_named(self.cleaned_data["target"])


@dataclass
class Line:
    """One heading of the file in the mapping form: where it stands, what is below it, what it is taken for."""

    key: str
    label: str
    sheets: list[str] = field(default_factory=list)
    sample: list[str] = field(default_factory=list)
    column: str = ""
    is_twice: bool = False
    bound: forms.BoundField | None = None


class MappingForm(forms.Form):
    """A choice for each heading of the file; ``choices`` are those that say something new."""

    def __init__(self, *args: Any, table: Table, target: Target, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.target = target
        self.lines = _lines(table)
        columns = target.resource.columns
        options = [("", "不导入")] + [
            (name, f"{column.column_name}（必需）" if column.required else column.column_name)
            for name, column in columns.items()
        ]
        for number, line in enumerate(self.lines):
            self.fields[f"h{number}"] = forms.ChoiceField(
                label=line.label, choices=options, required=False, initial=line.column
            )
            line.bound = self[f"h{number}"]

    def missing(self) -> list[str]:
        """The required columns that no heading is taken for yet."""
        taken = {line.column for line in self.lines}
        return [c.column_name for name, c in self.target.resource.columns.items() if c.required and name not in taken]

    def clean(self) -> dict[str, Any]:
        chosen = [(line, self.cleaned_data.get(f"h{number}", "")) for number, line in enumerate(self.lines)]
        columns, first = self.target.resource.columns, {}
        for line, name in chosen:
            for sheet in line.sheets if name else ():
                other = first.setdefault((sheet, name), line)
                if other is not line:
                    both, taken = f"“{other.label}”和“{line.label}”", columns[name].column_name
                    raise forms.ValidationError(f"{both}都选了“{taken}”，请把其中一个改为“不导入”。")
        return {"choices": {line.key: name for line, name in chosen if name != line.column}}


def _lines(table: Table) -> list[Line]:
    """One line for each spelling, which may stand in several sheets; what never means anything is left out."""
    lines: dict[str, Line] = {}
    seen: set[tuple[str | None, str]] = set()
    for heading in table.headings:
        if heading.is_ignored and heading.column is None:
            continue
        line = lines.setdefault(heading.key, Line(heading.key, heading.label))
        _join(line, heading)
        line.is_twice = line.is_twice or (heading.sheet, heading.key) in seen
        seen.add((heading.sheet, heading.key))
    return list(lines.values())


def _join(line: Line, heading: Heading) -> None:
    sheet = heading.sheet or ""
    if sheet not in line.sheets:
        line.sheets.append(sheet)
    line.column = line.column or heading.column or ""
    line.sample = line.sample or heading.sample


class AcceptForm(forms.Form):
    """The suggested repairs, row by row, those that are sure ticked; ``spots`` are the rows to be repaired."""

    def __init__(self, data: QueryDict | None = None, files: Any = None, *, batch: Batch) -> None:
        super().__init__(data, files)
        self.batch = batch
        columns = target_named(batch.target).resource.columns
        rows = list(repairable(batch)[: AT_ONCE + 1])
        self.has_more = len(rows) > AT_ONCE
        self.groups = grouped(rows[:AT_ONCE], {name: column.column_name for name, column in columns.items()})
        self.number = sum(len(offer.repairs) for offers in self.groups.values() for offer in offers)
        self.taken = (
            set(data.getlist("take"))
            if data is not None
            else {offer.key for offers in self.groups.values() for offer in offers if offer.is_sure}
        )

    def clean(self) -> dict[str, Any]:
        if self.data.get("attempt") != str(self.batch.attempt):
            raise forms.ValidationError("这一页打开之后，别人保存过修改。下面是最新的建议，请重新核对。")
        spots = {spot for key in self.taken if (spot := spot_named(key)) is not None}
        if not spots:
            raise forms.ValidationError("没有勾选任何一行。")
        return {"spots": spots}


class UndoForm(forms.Form):
    reason = forms.CharField(
        label="撤销的原因",
        max_length=200,
        error_messages={"required": "请写明为什么撤销。"},
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "如：传错了文件，把去年的名录又导了一遍"}),
    )
