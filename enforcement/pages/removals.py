"""Pages of 广告处置: entering it for one advertisement or many, correcting it, its figures, the risk flag."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.http import urlencode

from clues.enums import AdUnit
from enforcement import removing, rules
from enforcement.enums import AdOutcome
from enforcement.forms import removals as forms
from enforcement.models import RemovalItem
from enforcement.operations import removals
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.pages import BulkOperationPage, OperationPage, Page, dressed
from foundation.core.site import Menu
from foundation.photos import intake
from foundation.photos.sending import sent_now


class Remove(OperationPage):
    """Contributed to an advertisement's page."""

    slug, label, kind = "remove", "登记处置", "main"
    rule = rules.can_remove
    form_class = forms.RemoveForm
    effect = "计入广告处置的数量和人次；移送的同时交办给本县市场监管部门。"
    done = "处置已登记。"

    def form_kwargs(self) -> dict:
        return super().form_kwargs() | {"sighting": self.row}

    def run(self, *, by, at, joined, photos, **cleaned):
        done = [self.form.done()]
        if joined is not None:
            removals.join_removal(removal=joined, done=done, by=by, at=at)
            return self.row
        with intake.taking(photos) as taken:
            outing = self.form.outing(sent_now(taken))
            removals.record_removal(outing=outing, done=done, by=by, at=at)
        return self.row


class RemoveMany(BulkOperationPage):
    """Of many ticked advertisements, by one team on one day: all that is left of each."""

    slug, label, kind = "remove-many", "登记同一次处置", "main"
    rule = rules.can_remove_somewhere
    form_class = forms.OutingForm
    effect = "勾选的广告按剩余的全部数量登记为同一次出动的处置，人次只计一次；不合条件的逐条说明原因。"

    def run_each(self, ids, cleaned):
        self.begun = cleaned["joined"]
        return super().run_each(ids, cleaned)

    def make_form(self, **given):
        self.form = super().make_form(**given)
        return self.form

    def run_one(self, row, *, by, at, outcome, photos, **cleaned):
        """The first one begins the outing, the others join it."""
        done = [removals.Done(row, AdOutcome(outcome))]
        if self.begun is not None:
            return removals.join_removal(removal=self.begun, done=done, by=by, at=at)
        with intake.taking(photos) as taken:
            outing = self.form.outing(sent_now(taken))
            self.begun = removals.record_removal(outing=outing, done=done, by=by, at=at)
        return self.begun


class VoidItem(OperationPage):
    slug, label, kind = "void", "作废", "danger"
    rule = rules.can_void_item
    form_class = forms.VoidItemForm
    effect = "这条处置不再计数，广告按仍在原处处理；记录保留。"
    done = "已作废。"

    def run(self, *, by, at, reason):
        return removals.void_removal_item(item=self.row, reason=reason, by=by, at=at)


class TagRemoval(OperationPage):
    slug, label = "tag", "计入专项行动"
    form_class = forms.TagRemovalForm
    effect = "这次出动处置的全部广告计入所选专项行动；同一行动只计一次。"
    done = "已计入。"

    @staticmethod
    def rule(actor: Actor, item: RemovalItem) -> bool:
        return rules.can_change_removal(actor, item.removal)

    def run(self, *, by, at, campaign):
        removals.tag_removal(removal=self.row.removal, campaign=campaign, by=by, at=at)
        return self.row


class Flag(OperationPage):
    """Contributed to an institution's page."""

    slug, label = "flag-adverts", "设广告风险标记"
    rule = rules.can_flag
    form_class = forms.FlagForm
    effect = "标记为“反复违规广告”：双随机抽查时按高一档比例抽取。由您决定，系统不自动标记。"
    done = "已设风险标记。"

    @classmethod
    def offered_to(cls, actor: Actor, row: models.Model | None) -> bool:
        if not super().offered_to(actor, row):
            return False
        today = clock.today()
        return not removing.is_flagged(row, on=today) and removing.is_repeater(row, on=today)

    def run(self, *, by, at, reason, until):
        return removals.flag_adverts(institution=self.row, reason=reason, until=until, by=by, at=at)


class Unflag(OperationPage):
    slug, label = "unflag-adverts", "解除广告风险标记"
    rule = rules.can_flag
    form_class = forms.UnflagForm
    effect = "解除“反复违规广告”标记，抽查比例恢复。"
    done = "已解除。"

    @classmethod
    def offered_to(cls, actor: Actor, row: models.Model | None) -> bool:
        return super().offered_to(actor, row) and removing.is_flagged(row, on=clock.today())

    def run(self, *, by, at, reason):
        return removals.unflag_adverts(institution=self.row, reason=reason, by=by, at=at)


@dataclass(frozen=True)
class Cell:
    """A number in words, what it counts, and the list behind it; nothing to open where there is nothing."""

    label: str
    text: str
    url: str = ""


class Figures(Page):
    """广告处置统计: by outcome and unit for a period, a county, a campaign; each number opens its rows."""

    slug, label, per_object = "figures", "广告处置统计", False
    rule = rules.can_view_orders
    http_method_names = ["get"]
    menu = Menu("执法", 31, "bar_chart")
    template_name = "enforcement/removal_figures.html"

    def get(self, request, *args, **kwargs):
        today = clock.today()
        asked = {"since": today.replace(month=1, day=1), "until": today, "county": "", "campaign": ""}
        form = dressed(forms.FiguresForm({**asked, **request.GET.dict()}, actor=request.actor))
        if not form.is_valid():
            return self.render(form=form, span=None)
        given = form.cleaned_data
        items = RemovalItem.objects.visible_to(request.actor).filter(
            removal__done_on__range=(given["since"], given["until"])
        )
        if given["county"]:
            items = items.filter(removal__jurisdiction=given["county"])
        if given["campaign"]:
            items = items.filter(removal__campaigns__campaign=given["campaign"])
        found = removing.figures(items)
        return self.render(form=form, span=given, units=AdUnit.choices, lines=self.lines(found, given), found=found)

    def lines(self, found: removing.AdFigures, given: dict) -> list[tuple[str, list[Cell], Cell]]:
        """A line an outcome: the sums in each unit, and the distinct 家."""
        lines = []
        for outcome, label in AdOutcome.choices:
            sums = found.amounts.get(outcome, {})
            cells = [
                Cell(name, str(sums[unit]), self.rows_url(given, outcome__exact=outcome, sighting__unit__exact=unit))
                if unit in sums
                else Cell(name, "0")
                for unit, name in AdUnit.choices
            ]
            firms = found.firms.get(outcome, 0)
            url = self.rows_url(given, outcome__exact=outcome) if firms else ""
            last = Cell("涉及机构", f"{firms}家" if firms else "0", url)
            lines.append((label, cells, last))
        return lines

    def rows_url(self, given: dict, **more: object) -> str:
        query = {
            "removal__done_on__gte": given["since"],
            "removal__done_on__lt": given["until"].fromordinal(given["until"].toordinal() + 1),
            **({"removal__jurisdiction__id__exact": given["county"].pk} if given["county"] else {}),
            **({"campaign": given["campaign"].pk} if given["campaign"] else {}),
            **more,
        }
        return f"{self.register.list_url()}?{urlencode(query)}"
