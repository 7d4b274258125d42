"""Pages of campaigns: their steps, their list of targets, their returns, and the rows behind each number."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property

from foundation.accounts.models import Organ
from foundation.core import clock
from foundation.core.clock import end_of
from foundation.core.downloads import as_file
from foundation.core.errors import NotAllowed
from foundation.core.forms import ReasonForm
from foundation.core.pages import OperationPage, Page, StepPage, dressed
from inspections import workflow
from inspections.counters import COUNTERS, Cut, figures
from inspections.enums import SiteGroup
from inspections.forms import campaigns as forms
from inspections.operations import campaigns as operations
from inspections.operations import returns, targets
from inspections.queries.campaigns import returning_units, tagged, visits_of
from inspections.rules import campaigns as rules
from inspections.sheets import statistics_sheet
from inspections.targeting import preview

SHOWN = 50


# -- the campaign ----------------------------------------------------------------------------------------------------
class DraftCampaign(OperationPage):
    slug, label, kind, per_object = "draft", "新建专项行动", "main", False
    rule = rules.can_draft_campaigns
    form_class = forms.DraftForm
    effect = "先存为草案：可以加入成员单位、登记文件、生成对象清单，再启动。"
    done = "已存为草案。"

    def run(self, *, by, at, jurisdiction, areas, **facts):
        return operations.draft_campaign(jurisdiction=jurisdiction, facts=facts, areas=areas, by=by, at=at)


class ChangeCampaign(OperationPage):
    slug, label = "edit", "修改"
    rule = rules.is_open
    form_class = forms.CampaignForm

    def form_kwargs(self) -> dict:
        names = [*operations.EDITABLE]
        initial = {name: getattr(self.row, name) for name in names}
        initial["areas"] = list(self.row.areas.values_list("division", flat=True))
        return {"actor": self.request.actor, "initial": initial}

    def run(self, *, by, at, areas, **facts):
        return operations.change_campaign(campaign=self.row, facts=facts, areas=areas, by=by, at=at)


class StartCampaign(StepPage):
    slug, label, kind = "start", "启动", "main"
    rule, step = rules.can_run, workflow.START
    effect = "启动后检查可以计入本行动，成员单位会收到通知并开始报送日报。"
    done = "已启动。"

    def run(self, *, by, at):
        return operations.start_campaign(campaign=self.row, by=by, at=at)


class CloseCampaign(StepPage):
    slug, label = "close", "结束"
    rule, step = rules.can_run, workflow.CLOSE
    form_class = forms.CloseForm
    effect = "结束后不再计入检查，也不再报送日报。"
    done = "已结束。"

    def run(self, *, by, at, report):
        return operations.close_campaign(campaign=self.row, report=report, by=by, at=at)


class AddUnit(OperationPage):
    slug, label = "unit", "加入成员单位"
    rule = rules.is_open
    form_class = forms.UnitForm
    effect = "该单位将看到本行动，启动后每天报送日报。"
    done = "已加入。"

    def run(self, *, by, at, **facts):
        operations.add_unit(campaign=self.row, by=by, at=at, **facts)
        return self.row


class EndUnit(OperationPage):
    slug, label, kind = "end", "退出", "danger"
    form_class = ReasonForm
    effect = "今天是该单位参加本行动的最后一天，以往的日报保留。"
    done = "已退出。"

    @staticmethod
    def rule(actor, unit) -> bool:
        return unit.left_on is None and rules.is_open(actor, unit.campaign)

    def run(self, *, by, at, reason):
        return operations.end_unit(unit=self.row, reason=reason, by=by, at=at)


# -- targets ---------------------------------------------------------------------------------------------------------
class ListTargets(OperationPage):
    """What each source would bring is shown first; as of which day is asked in the address."""

    slug, label = "list-targets", "生成对象清单"
    rule = rules.is_open
    form_class = forms.TargetsForm
    template_name = "inspections/targets.html"
    effect = "所选原因下的机构和场所将列入清单；同一对象只列一次，已在清单中的补记原因。"
    done = "已生成对象清单。"

    @cached_property
    def as_of(self) -> dict[str, date | None]:
        given = self.request.POST if self.request.method == "POST" else self.request.GET
        found = {name: clock.parse_day(given.get(name, "")) for name in ("on", "known_on")}
        return {"on": found["on"] or clock.today(), "known_on": found["known_on"]}

    def form_kwargs(self) -> dict:
        known_at = end_of(self.as_of["known_on"])
        return {"found": preview(self.row, on=self.as_of["on"], known_at=known_at), "initial": self.as_of}

    def context(self, **extra: Any) -> dict[str, Any]:
        return super().context(as_of_form=dressed(forms.AsOfForm(initial=self.as_of)), **extra)

    def run(self, *, by, at, tags, on, known_on):
        return targets.list_targets(campaign=self.row, tags=tags, on=on, known_on=known_on, by=by, at=at)


class NameTarget(OperationPage):
    """At an institution's or an unlicensed site's page."""

    slug, label = "name-target", "列入专项行动"
    form_class = forms.NameTargetForm
    effect = "列入所选行动的对象清单。"
    done = "已列入对象清单。"

    @staticmethod
    def rule(actor, subject) -> bool:
        return rules.can_draft_campaigns(actor)

    def run(self, *, by, at, campaign, reason):
        targets.name_target(campaign=campaign, subject=self.row, reason=reason, by=by, at=at)
        return self.row


class DropTarget(StepPage):
    slug, label, kind = "drop", "剔除", "danger"
    rule, step = rules.can_keep_target, workflow.DROP
    form_class = ReasonForm
    effect = "该对象不再计入待查，记录和理由保留。"
    done = "已剔除。"

    def run(self, *, by, at, reason):
        return targets.drop_target(target=self.row, reason=reason, by=by, at=at)


class RestoreTarget(StepPage):
    slug, label = "restore", "恢复"
    rule, step = rules.can_keep_target, workflow.RESTORE
    effect = "该对象重新计入清单。"
    done = "已恢复。"

    def run(self, *, by, at):
        return targets.restore_target(target=self.row, by=by, at=at)


class Recheck(OperationPage):
    slug, label, kind = "recheck", "登记复核结果", "main"
    rule = rules.can_recheck
    form_class = forms.RecheckForm
    effect = "复核结果以本行动中对该对象的一次检查为依据，以后的检查可以更新结果。"
    done = "已登记。"

    def form_kwargs(self) -> dict:
        return {"actor": self.request.actor, "target": self.row}

    def run(self, *, by, at, result, visit, remark):
        return targets.record_recheck(target=self.row, result=result, visit=visit, remark=remark, by=by, at=at)


# -- returns and figures ---------------------------------------------------------------------------------------------
class FileReturn(OperationPage):
    slug, label, kind = "return", "报送日报", "main"
    rule = rules.can_return
    form_class = forms.ReturnForm
    template_name = "inspections/return.html"
    effect = "报送时按当日检查记录取数并固定；之后补登的检查不改变已报日报，可以再报一版。"
    done = "日报已报送。"

    def context(self, **extra: Any) -> dict[str, Any]:
        organ = Organ.objects.get(pk=self.request.actor.organ_id)
        found = figures(Cut(unit=organ, on=clock.today()).of(tagged(self.row)))
        lines = [(counter.label, found[key], counter.unit) for key, counter in COUNTERS.items()]
        return super().context(organ=organ, today=clock.today(), lines=lines, **extra)

    def run(self, *, by, at, **facts):
        returns.file_return(campaign=self.row, by=by, at=at, **facts)
        return self.row


class Rows(Page):
    """The rows behind one number of a campaign: the counter's own query, cut as the number was."""

    slug, label, has_button = "rows", "明细", False
    http_method_names = ["get"]
    template_name = "inspections/rows.html"

    @staticmethod
    def rule(actor, campaign) -> bool:
        return rules.can_view_campaigns(actor)

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        return cls.rule(actor, row)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        counter = COUNTERS.get(request.GET.get("counter", "visits"))
        if counter is None:
            raise Http404("没有这个指标。")
        visits = self.cut().of(visits_of(self.row, request.actor))
        page = Paginator(counter.rows(visits), SHOWN).get_page(request.GET.get("p"))
        query = request.GET.copy()
        query.pop("p", None)
        return self.render(
            counter=counter,
            number=counter.text(visits),
            shown=page,
            narrowed=self.narrowed(),
            people=counter.key in {"persons", "person_times"},
            query=query.urlencode(),
        )

    def cut(self) -> Cut:
        group = self.request.GET.get("group", "")
        if group and group not in SiteGroup.values:
            raise Http404("没有这类对象。")
        return Cut(group=group, unit=self.unit, on=self.day)

    @cached_property
    def unit(self) -> Organ | None:
        """One of the campaign's units; others are not asked about here."""
        if not (asked := self.request.GET.get("unit", "")):
            return None
        units = {str(organ.pk): organ for organ, _first, _last in returning_units(self.row)}
        if asked not in units:
            raise Http404("没有这个成员单位。")
        return units[asked]

    @cached_property
    def day(self) -> date | None:
        if not (asked := self.request.GET.get("on", "")):
            return None
        if (day := clock.parse_day(asked)) is None:
            raise Http404("日期无效。")
        return day

    def narrowed(self) -> list[str]:
        """The cut in words."""
        group = self.request.GET.get("group", "")
        words = [SiteGroup(group).label if group else "", self.unit.name if self.unit else "", self.day or ""]
        return [str(word) for word in words if word]


class TakeStatistics(Page):
    """Taking the table out is an act of its own: a POST that leaves a trace, then the file."""

    slug, label = "statistics", "导出统计表"
    rule = rules.can_take_statistics
    template_name = "staff/take.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render(what="统计表", effect="本辖区在本行动中的合计、分类、对象和逐日数字。")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            campaign = returns.take_statistics(campaign=self.row, by=request.actor, at=clock.now())
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        return as_file(statistics_sheet(campaign, request.actor), f"{campaign.number}-统计表.xlsx")
