"""Forms of the books."""

from __future__ import annotations

from django import forms

from .enums import Kind


class BooksForm(forms.Form):
    """A period, and the kinds of postings that are listed; balances are reckoned with all of them."""

    SIDE_BY_SIDE = (("since", "until"),)

    since = forms.DateField(label="记账日期起")
    until = forms.DateField(label="止")
    kind = forms.ChoiceField(label="种类", choices=[("", "全部"), *Kind.choices], required=False)

    def clean(self) -> dict:
        given = super().clean()
        if given.get("since") and given.get("until") and given["since"] > given["until"]:
            self.add_error("until", "止日不能早于起日。")
        return given
