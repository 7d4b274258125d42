"""What the forms of staff pages share."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from .actor import Actor
from .errors import InvalidInput
from .money import fen

YEARS = range(1900, 2200)


def within_years(value: date) -> None:
    """A slip of the pen such as year 0026; also what no sum of days may begin with."""
    if value.year not in YEARS:
        raise forms.ValidationError(f"年份应在{YEARS[0]}年至{YEARS[-1]}年之间。", code="years")


def bound_days(form: forms.Form) -> None:
    """Let every day of a form lie within reason."""
    for field in form.fields.values():
        if isinstance(field, (forms.DateField, forms.DateTimeField)) and within_years not in field.validators:
            field.validators.append(within_years)


class ActorForm(forms.Form):
    """A form whose pickers hold only what the actor may choose; pages pass the actor by themselves."""

    def __init__(self, *args, actor: Actor, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.narrow()
        bound_days(self)

    def narrow(self) -> None:
        """Set the querysets of the pickers; ``self.actor`` is there."""


class ReasonForm(ActorForm):
    """Nothing but why."""

    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class LinesField(forms.CharField):
    """Texts, one a line; what is blank is left out. ``max_length`` counts the letters of all, as in other fields."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> list[str]:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]

    def prepare_value(self, value: object) -> object:
        return "\n".join(value) if isinstance(value, (list, tuple)) else value


class MoneyField(forms.CharField):
    """An amount in yuan, such as ``1,234.50``; in fen, or None where none was given."""

    def __init__(self, **given: Any) -> None:
        super().__init__(max_length=20, **given)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        try:
            return fen(text) if text else None
        except InvalidInput as refusal:
            raise forms.ValidationError(refusal.message) from refusal


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once, in the order in which they were chosen; what they are, their bytes say.

    ``accept`` narrows what the browser offers; with more than ``most`` none is taken.
    """

    def __init__(self, *, accept: str, most: int | None = None, **given: Any) -> None:
        super().__init__(widget=FilesInput(attrs={"accept": accept}), **given)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """The files; an empty list when none was chosen and none is needed."""
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        if not given:
            super().clean(None, initial)
        if self.most is not None and len(given) > self.most:
            raise forms.ValidationError(f"一次最多上传{self.most}个文件。")
        return [super(FilesField, self).clean(one, initial) for one in given]
