"""Pages of advertisements: screening what was pasted, describing what a clue saw, keeping the rules."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.errors import DomainError, NotAllowed
from foundation.core.pages import OperationPage, Page, add_errors, dressed
from foundation.core.site import Menu

from . import advert_forms as forms
from . import rules
from .advert_queries import rules_on
from .enums import Carrier, Channel, Claim, Subject
from .models import Clue, Sighting
from .operations import adverts
from .pages import bureau_of
from .screening import Screened, screen


def highlighted(text: str, spans: list[tuple[int, int]]) -> SafeString:
    """A text with its marked parts; marks that overlap become one."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        if end <= at or end > len(text):
            continue
        start = max(start, at)
        pieces += [(text[at:start], text[start:end])]
        at = end
    marked = format_html_join("", "{}<mark>{}</mark>", pieces)
    return format_html('<div class="post">{}{}</div>', marked, text[at:])


@dataclass(frozen=True)
class Judged:
    """One pasted post as the page shows it."""

    number: int
    text: str
    found: Screened
    chosen: bool

    @property
    def shown(self) -> SafeString:
        return highlighted(self.text, [(mark.start, mark.end) for mark in self.found.marks])

    @property
    def reasons(self) -> list[tuple[str, str, str]]:
        """(words, law, reason) of each rule, once."""
        told = {mark.rule.code: mark for mark in reversed(self.found.marks)}
        return [(mark.words, f"{mark.rule.law}{mark.rule.clause}", mark.rule.reason) for mark in told.values()][::-1]

    @property
    def carrier(self) -> str:
        return Carrier(self.found.carrier).label if self.found.carrier else ""

    @property
    def claims(self) -> str:
        return "、".join(Claim(claim).label for claim in self.found.claims)


class ScreenPosts(Page):
    """粘贴筛查: what was pasted is judged and shown; of those that are ticked clues are made. Nothing else is kept."""

    slug, label, kind, per_object = "screen", "粘贴筛查广告", "main", False
    rule = rules.can_take_in
    menu = Menu("线索", 12, "plagiarism")
    template_name = "clues/screen.html"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.render(form=dressed(forms.ScreenForm(actor=request.actor)))

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        form = dressed(forms.ScreenForm(request.POST, actor=request.actor))
        if not form.is_valid():
            return self.render(form=form)
        if "make" not in request.POST:
            return self.render(form=form, judged=self.judge(form, None))
        judged = self.judge(form, set(request.POST.getlist("pick")))
        chosen = [one for one in judged if one.chosen]
        if not chosen:
            form.add_error(None, "请先勾选要登记的帖子。")
            return self.render(form=form, judged=judged)
        try:
            made = self.make(form, chosen)
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except DomainError as refusal:
            add_errors(form, refusal)
            return self.render(form=form, judged=judged)
        messages.success(request, f"已登记{len(made)}条广告线索。")
        return HttpResponseRedirect(self.register.list_url())

    def judge(self, form: forms.ScreenForm, picked: set[str] | None) -> list[Judged]:
        held, medium = rules_on(clock.today()), form.cleaned_data["medium"]
        told = []
        for number, text in enumerate(form.cleaned_data["posts"], start=1):
            found = screen(text, rules=held, medium=medium)
            told.append(Judged(number, text, found, found.suspicious if picked is None else str(number) in picked))
        return told

    def make(self, form: forms.ScreenForm, chosen: list[Judged]) -> list[Sighting]:
        given, by = form.cleaned_data, self.request.actor
        return adverts.report_posts(
            posts=[one.text for one in chosen],
            medium=given["medium"],
            jurisdiction=bureau_of(by, given["division"], given["institution"]),
            division=given["division"],
            institution=given["institution"],
            happened_on=given["happened_on"],
            channel=Channel.STAFF,
            by=by,
            at=clock.now(),
        )


class DescribeAdvert(OperationPage):
    """On a clue about an advertisement that came without its figures: from 12345, a tip, the general report."""

    slug, label = "describe-advert", "登记广告情况"
    rule = rules.can_handle
    form_class = forms.AdvertForm
    effect = "登记后计入广告线索，可以登记处置；正文由筛查规则标出违规用语。"
    done = "广告情况已登记。"

    @classmethod
    def offered_to(cls, actor: Actor, row: models.Model | None) -> bool:
        fits = isinstance(row, Clue) and row.subject == Subject.ADVERT and not hasattr(row, "advert")
        return fits and super().offered_to(actor, row)

    def run(self, *, by, at, **cleaned):
        adverts.describe_advert(clue=self.row, advert=self.form.advert(), by=by, at=at)
        return self.row


class RulePage(OperationPage):
    rule = rules.can_set_ad_rules
    form_class = forms.RuleForm
    effect = "自施行之日起按新写法筛查，原写法截至前一日；已登记线索上标出的内容不变。"
    done = "规则已保存。"

    @classmethod
    def offered_to(cls, actor: Actor, row: models.Model | None) -> bool:
        return rules.can_set_ad_rules(actor) and (row is None or row.valid_to is None)

    def run(self, *, by, at, valid_from, **cleaned):
        return adverts.set_ad_rule(facts=self.form.facts(), valid_from=valid_from, by=by, at=at)


class AddRule(RulePage):
    slug, label, kind, per_object = "add-rule", "新增规则", "main", False


class ReviseRule(RulePage):
    slug, label, kind = "revise", "换用新写法", "main"

    def form_kwargs(self) -> dict:
        row = self.row
        names = [name for name in forms.RuleForm.base_fields if name != "valid_from"]
        return super().form_kwargs() | {"initial": {name: getattr(row, name) for name in names}}


class EndRule(OperationPage):
    slug, label, kind = "end", "停用", "danger"
    rule = rules.can_set_ad_rules
    form_class = forms.EndRuleForm
    effect = "施行止次日起不再按这条规则筛查。"
    done = "已停用。"

    @classmethod
    def offered_to(cls, actor: Actor, row: models.Model | None) -> bool:
        return rules.can_set_ad_rules(actor) and row is not None and row.valid_to is None

    def run(self, *, by, at, ends_on):
        return adverts.end_ad_rule(rule=self.row, ends_on=ends_on, by=by, at=at)
