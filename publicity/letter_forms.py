"""Forms of letters to parents."""

from __future__ import annotations

from collections.abc import Callable

from django import forms

from foundation.core import clock
from foundation.core.forms import ActorForm, LinesField
from foundation.documents.wording.parents import ADVICE
from foundation.regions.models import School

from . import letters
from .enums import Season
from .models import ParentLetter
from .operations.letters import Pair

WORDS = forms.Textarea(attrs={"rows": 3})


class LetterForm(ActorForm):
    SIDE_BY_SIDE = (("scope", "copies"),)

    season = forms.ChoiceField(label="时段", choices=Season.choices)
    title = forms.CharField(label="标题", max_length=120, required=False, help_text="不填则按时段和年份。")
    opening = forms.CharField(label="开头", max_length=1000, required=False, help_text="不填则按时段。", widget=WORDS)
    advice = LinesField(
        label="提示", max_length=2000, initial=ADVICE, help_text="一行一条。", widget=forms.Textarea(attrs={"rows": 8})
    )
    app = forms.CharField(label="应用名称", max_length=60, initial=letters.APP)
    closing = forms.CharField(label="结尾", max_length=500, required=False, initial=letters.CLOSING, widget=WORDS)
    scope = forms.CharField(label="发放范围", max_length=200, help_text="如：全区小学、初中学生家长。")
    copies = forms.CharField(label="应发份数", max_length=20, required=False)
    schools = forms.ModelMultipleChoiceField(
        label="发放学校",
        queryset=School.objects.none(),
        required=False,
        help_text="勾选的学校逐所登记发放和回执份数；不勾选的只出具信。",
        widget=forms.CheckboxSelectMultiple,
    )

    def narrow(self) -> None:
        own = School.objects.visible_to(self.actor).filter(closed_on__isnull=True)
        self.fields["schools"].queryset = own.order_by("jurisdiction__code", "name")

    def clean(self) -> dict:
        """What was left out follows the season."""
        given = super().clean()
        if "season" in given:
            season = Season(given["season"])
            given["title"] = given.get("title") or letters.title_of(season, clock.today())
            given["opening"] = given.get("opening") or letters.OPENINGS[season]
        return given


class NoticeForm(ActorForm):
    """A 通告: what is left blank comes from the template."""

    template = forms.ChoiceField(
        label="模板", choices=[*((key, each[0]) for key, each in letters.NOTICE_TEMPLATES.items()), ("", "不用模板")],
        required=False,
        initial="summer",
    )  # fmt: skip
    title = forms.CharField(label="标题", max_length=120, required=False, help_text="不填则用模板的标题。")
    season = forms.ChoiceField(label="时段", choices=[("", "按模板"), *Season.choices], required=False)
    body = forms.CharField(
        label="正文", max_length=5000, required=False, help_text="不填则用模板的正文；一段一行。",
        widget=forms.Textarea(attrs={"rows": 10}),
    )  # fmt: skip
    scope = forms.CharField(label="发放范围", max_length=200, help_text="如：全区各培训机构、学生家长。")
    schools = forms.ModelMultipleChoiceField(
        label="发放学校", queryset=School.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def narrow(self) -> None:
        own = School.objects.visible_to(self.actor).filter(closed_on__isnull=True)
        self.fields["schools"].queryset = own.order_by("jurisdiction__code", "name")

    def clean(self) -> dict:
        """Blanks are filled from the template; without one, title and words are needed."""
        given = super().clean()
        title, season, lines = letters.NOTICE_TEMPLATES.get(given.get("template", ""), ("", Season.OTHER, ()))
        given["title"] = given.get("title") or title
        given["season"] = given.get("season") or season
        given["body"] = given.get("body") or "\n".join(lines)
        for name, words in (("title", "请填写标题，或选一个模板。"), ("body", "请填写正文，或选一个模板。")):
            if not given[name]:
                self.add_error(name, words)
        return given


class CountForm(forms.Form):
    """Two numbers for each school of a letter, each with a hidden copy of what the page showed when it was opened."""

    def __init__(self, *args, letter: ParentLetter, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.lines = list(letter.schools.select_related("school").order_by("school__name", "pk"))
        self.SIDE_BY_SIDE = tuple((f"copies_{line.school_id}", f"receipts_{line.school_id}") for line in self.lines)
        for line in self.lines:
            for name, label in (("copies", "发放"), ("receipts", "回执")):
                self.fields[f"{name}_{line.school_id}"] = forms.IntegerField(
                    label=f"{line.school.name}：{label}(份)",
                    min_value=0,
                    max_value=99_999,
                    required=False,
                    initial=getattr(line, name),
                    show_hidden_initial=True,
                )

    def clean(self) -> dict:
        """A slip comes back of a copy that was handed out."""
        given = super().clean()
        self.seen = {line.school_id: self._pair(line.school_id, self._seen) for line in self.lines}
        for line in self.lines:
            copies, receipts = self._pair(line.school_id, given.get)
            if receipts is not None and receipts > (copies or 0):
                self.add_error(f"receipts_{line.school_id}", "回执份数不能多于发放份数。")
        return given

    @staticmethod
    def _pair(school_id: int, read: Callable[[str], int | None]) -> Pair:
        return read(f"copies_{school_id}"), read(f"receipts_{school_id}")

    def _seen(self, name: str) -> int | None:
        return self.fields[name].to_python(self.data.get(self[name].html_initial_name))

    def counts(self) -> dict[int, Pair]:
        """What the cleaned form says, by school: of those of which it says something else than was shown (``seen``)."""
        told = {line.school_id: self._pair(line.school_id, self.cleaned_data.get) for line in self.lines}
        return {school_id: pair for school_id, pair in told.items() if pair != self.seen[school_id]}
