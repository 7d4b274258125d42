"""The public tip form: what, where, evidence. Three steps of one form; what was answered before travels along hidden.

Nothing is kept between the steps, not here and not in the browser: whoever closes the page leaves nothing behind.
"""

from __future__ import annotations

from django import forms
from django.forms.utils import ErrorDict

from clues.enums import Subject
from clues.sealing import Sender
from foundation.core import clock
from foundation.core.actor import job
from foundation.regions.enums import DivisionLevel
from foundation.regions.models import Division, Jurisdiction
from foundation.regions.queries import pickable_divisions
from institutions.models import Institution

from .memory import kept
from .moments import moment_of
from .rows import shelf_rows
from .shelves import Asked, Shelf
from .shown import Row

#: The tiles of the first step, in parents' words.
TILES = [
    (Subject.UNLICENSED, "没有证照在办班", "居民楼、写字楼里补课，没有办学许可"),
    (Subject.DISGUISED, "换个名义补课", "家政、研学、托管、一对一、线上直播"),
    (Subject.HOURS, "时间或内容违规", "晚上8点半后、节假日上学科课、超前教学"),
    (Subject.FEES, "收费、退费", "一次收太多、转给个人、不开票、不退费"),
    (Subject.ADVERT, "违规广告", "传单、横幅、朋友圈、保证提分"),
    (Subject.SAFETY, "安全隐患", "通道堵塞、消防、场所不合格"),
    (Subject.OTHER, "其他", "教师资质、打骂孩子、个人信息等"),
]
STEPS = (
    ("subject", "county", "about_bureau"),
    ("division", "term", "institution", "sign", "address"),
    ("content", "happened_on", "identity", "name", "contact"),
)
ANONYMOUS, NAMED = "anonymous", "named"
FOUND = 8
UNKNOWN = "0"  # the town that is not known


@kept
def county_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """(city, [(code, name)]) of all bureaus that take tips in: those that have none below them."""
    cities: dict[str, list[tuple[str, str]]] = {}
    rows = Jurisdiction.objects.filter(children__isnull=True)
    for area in rows.select_related("parent").order_by("parent__code", "code"):
        cities.setdefault(str(area.parent or area), []).append((area.code, area.name))
    return list(cities.items())


class TipForm(forms.Form):
    """``step`` is the last one whose answers are asked; the earlier ones are checked again and sent along."""

    subject = forms.ChoiceField(
        label="您要反映什么",
        choices=[(value, label) for value, label, _ in TILES],
        error_messages={"required": "请点选您要反映的问题。"},
    )
    county = forms.ChoiceField(label="发生在哪个县(市、区)", error_messages={"required": "请选择县(市、区)。"})
    about_bureau = forms.BooleanField(label="反映的是当地教育部门或它的工作人员", required=False)
    division = forms.ChoiceField(label="哪个镇街", required=False)
    term = forms.CharField(label="是哪家机构", max_length=60, required=False)
    institution = forms.CharField(max_length=12, required=False)
    sign = forms.CharField(label="招牌或怎么称呼", max_length=120, required=False)
    address = forms.CharField(label="详细地址", max_length=200, required=False)
    content = forms.CharField(
        label="情况说明",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": "请写明您要反映的情况。"},
    )
    happened_on = forms.DateField(
        label="什么时候的事", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    identity = forms.ChoiceField(
        label="要不要留下联系方式",
        choices=[(ANONYMOUS, "匿名"), (NAMED, "实名")],
        initial=ANONYMOUS,
        error_messages={"required": "请选择匿名或实名。"},
    )
    name = forms.CharField(label="怎么称呼您", max_length=60, required=False)
    contact = forms.CharField(label="手机号或其他联系方式", max_length=100, required=False)

    def __init__(self, *args, step: int, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        for later in STEPS[step:]:
            for name in later:
                del self.fields[name]
        self.fields["county"].choices = [("", "请选择"), *county_choices()]
        self.area = Jurisdiction.objects.filter(code=self._given("county")).select_related("division", "parent").first()
        if step > 1:
            self.fields["division"].choices = [(UNKNOWN, "不清楚"), *self._towns()]
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    def _given(self, name: str) -> str:
        return str((self.data if self.is_bound else self.initial).get(name, "")).strip()[:60]

    def _towns(self) -> list[tuple[str, str]]:
        if self.area is None:
            return []
        towns = pickable_divisions(job("网上反映", scope=frozenset({self.area.pk})), DivisionLevel.TOWN)
        return [(str(town.pk), town.name) for town in towns]

    def unjudged(self) -> TipForm:
        """The same form as it is shown before its answers are asked for: nothing is marked as missing yet."""
        self._errors, self.cleaned_data = ErrorDict(), {}
        return self

    @property
    def found(self) -> list[Row]:
        """What the register has under the words that were written, in the county that was chosen."""
        term = self._given("term")
        if not term or self.area is None:
            return []
        asked = Asked(Shelf.ALL, moment_of({}), term=term, county=self.area.pk)
        return shelf_rows(asked, size=FOUND)[0]

    @property
    def chosen(self) -> Institution | None:
        """The institution that was ticked."""
        return Institution.objects.current().filter(public_id=self._given("institution")).first()

    @property
    def earlier(self) -> list[forms.BoundField]:
        """The answers of the steps before, to be sent along."""
        return [self[name] for names in STEPS[: self.step - 1] for name in names]

    def clean_happened_on(self) -> object:
        day = self.cleaned_data["happened_on"]
        if day is not None and day > clock.today():
            raise forms.ValidationError("日期不能晚于今天。")
        return day

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if self.step > 1 and not self.errors:
            about = self.chosen
            if about is not None and about.jurisdiction.code != cleaned["county"]:
                self.add_error("institution", "这家机构不在所选的县(市、区)，请重新选择。")
            if about is None and not (cleaned["sign"] or cleaned["address"]):
                self.add_error("sign", "请选择一家机构，或写明招牌、地址中的一项，不然我们找不到。")
        if self.step == len(STEPS) and cleaned.get("identity") == NAMED and not cleaned.get("contact"):
            self.add_error("contact", "实名反映请留下联系方式；不想留的请选“匿名”。")
        return cleaned

    def facts(self) -> dict[str, object]:
        """What the operation wants to know of a form whose three steps are answered."""
        cleaned, about = self.cleaned_data, self.chosen
        town = cleaned["division"]
        return {
            "jurisdiction": self.area,
            "division": self._place() if town in {"", UNKNOWN} else Division.objects.get(pk=town),
            "institution": about,
            "sender": Sender(cleaned["name"], cleaned["contact"]) if cleaned["identity"] == NAMED else None,
            **{
                name: cleaned[name] for name in ("subject", "sign", "address", "content", "happened_on", "about_bureau")
            },
        }

    def _place(self) -> Division:
        """The institution's town, else the whole county; a functional area lies in its city's division."""
        if (about := self.chosen) is not None:
            return about.division
        return self.area.division or self.area.parent.division


class ReceiptForm(forms.Form):
    """The sixteen digits, as somebody copied them."""

    receipt = forms.CharField(label="查询凭证", max_length=40, error_messages={"required": "请填写16位查询凭证。"})


class AddForm(ReceiptForm):
    """Something more from the sender."""

    body = forms.CharField(
        label="补充或回复",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请写明要补充或回复的内容。"},
    )
