"""Pages of double-random draws: each one form, one rule, one operation."""

from __future__ import annotations

from foundation.accounts.models import Post
from foundation.core import clock
from foundation.core.pages import OperationPage, StepPage
from inspections import workflow
from inspections.enums import DrawState
from inspections.forms import draws as forms
from inspections.models import DrawExclusion, DrawnObject
from inspections.operations import draw_papers, draw_results, random_draw, voiding
from inspections.queries import draws as queries
from inspections.queries import pools
from inspections.rules import draws as rules


class PlanDraw(OperationPage):
    slug, label, kind, per_object = "plan", "拟定抽查", "main", False
    rule = rules.can_plan_draws
    form_class = forms.DrawForm
    effect = "保存为拟定的抽查，不公布；冻结名册时才编号并向社会公布。"
    done = "已拟定。请核对分层预览，排除不应抽查的机构，再冻结名册。"

    def run(self, *, by, at, facts, officers):
        return random_draw.plan_draw(facts=facts, officers=officers, by=by, at=at)


class FilledDraw(OperationPage):
    """The form with what the draw at hand says."""

    form_class = forms.DrawForm

    def form_kwargs(self) -> dict:
        held = {name: getattr(self.row, name) for name in random_draw.EDITABLE}
        chosen = Post.objects.filter(pk__in=self.row.officers.filter(by_hand=False).values("post"))
        return {**super().form_kwargs(), "initial": {**held, "officers": list(chosen.values_list("pk", flat=True))}}


class ChangeDraw(FilledDraw):
    slug, label = "edit", "修改"
    rule = rules.can_change_draw
    done = "已修改。"

    def run(self, *, by, at, facts, officers):
        return random_draw.change_draw(draw=self.row, facts=facts, officers=officers, by=by, at=at)


class Redraw(FilledDraw):
    slug, label, kind = "redraw", "重新抽取", "main"
    rule = rules.can_redraw
    effect = "按原条件拟定一次新的抽查，公布时写明重抽自本次；作废的和重抽的都保留在公众网站。"
    done = "已拟定重抽。请核对后冻结名册。"

    def run(self, *, by, at, facts, officers):
        return random_draw.plan_draw(facts=facts, officers=officers, replaces=self.row, by=by, at=at)


class ExcludeObject(OperationPage):
    slug, label = "exclude", "排除机构"
    rule = rules.can_change_draw
    form_class = forms.ExcludeForm
    effect = "该机构不进入本次名册；排除的机构和理由随名册一并公布。"
    done = "已排除。"

    def run(self, *, by, at, institution, reason):
        return random_draw.exclude_object(draw=self.row, institution=institution, reason=reason, by=by, at=at)


class IncludeObject(OperationPage):
    slug, label = "include", "撤销排除"
    rule = rules.can_change_draw
    form_class = forms.IncludeForm
    done = "已撤销排除。"

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        return super().offered_to(actor, row) and DrawExclusion.objects.filter(draw=row).exists()

    def form_kwargs(self) -> dict:
        return {"draw": self.row}

    def run(self, *, by, at, institution):
        return random_draw.include_object(draw=self.row, institution=institution, by=by, at=at)


class FreezeDraw(StepPage):
    slug, label, kind, step = "freeze", "冻结名册并公布", "main", workflow.FREEZE
    rule = rules.can_run_draw
    form_class = forms.FreezeForm
    template_name = "inspections/freeze.html"
    effect = "名册、规则和约定的公开号码立即向社会公布，不能再修改；要重来只能经另一人同意作废，两次都保留。"
    done = "名册已冻结并公布。"

    def context(self, **extra) -> dict:
        strata = pools.preview(self.row, on=clock.today())
        totals = {"objects": sum(each.objects for each in strata), "sample": sum(each.sample for each in strata)}
        return super().context(strata=strata, totals=totals, officers=self.row.officers.count(), **extra)

    def run(self, *, by, at, number_source, number_on):
        return random_draw.freeze_draw(draw=self.row, number_source=number_source, number_on=number_on, by=by, at=at)


class DiscardDraw(StepPage):
    slug, label, kind, step = "discard", "放弃拟定", "danger", workflow.DISCARD
    rule = rules.can_run_draw
    effect = "拟定的抽查不再办理。它没有公布过，也没有编号。"
    done = "已放弃。"

    def run(self, *, by, at):
        return random_draw.discard_draw(draw=self.row, by=by, at=at)


class RunDraw(StepPage):
    slug, label, kind, step = "draw", "录入公开号码并抽取", "main", workflow.DRAW_OBJECTS
    rule = rules.can_run_draw
    form_class = forms.NumberForm
    template_name = "inspections/draw.html"
    effect = "按号码抽取检查对象和检查人员，结果立即公布，任何人可以重算核对；号码填错只能作废重抽。"
    done = "已抽取。"

    def context(self, **extra) -> dict:
        return super().context(commitment=self.row.commitment, **extra)

    def run(self, *, by, at, public_number):
        return random_draw.run_draw(draw=self.row, public_number=public_number, by=by, at=at)


class FinishCheck(StepPage):
    slug, label, kind, step = "finish-check", "检查完成", "main", workflow.FINISH_CHECK
    rule = rules.can_run_draw
    effect = "自最后一家的检查日期起，20个工作日内须公示结果，到期前提醒。"
    done = "检查已完成，请按期公示结果。"

    def run(self, *, by, at):
        return draw_results.finish_check(draw=self.row, by=by, at=at)


class PublishResults(StepPage):
    slug, label, kind, step = "publish-results", "公示结果", "main", workflow.PUBLISH_RESULTS
    rule = rules.can_run_draw
    effect = "全部检查结果和后续处理立即在公众网站公示；检查人员只公布执法证号。"
    done = "结果已公示。"

    def run(self, *, by, at):
        return draw_results.publish_results(draw=self.row, by=by, at=at)


class IssueNotice(OperationPage):
    slug, label = "notice", "出具公示文书"
    rule = rules.can_issue_results
    form_class = forms.NoticeForm
    effect = "按已公示的结果编文号、固定内容，生成 PDF 和 Word；文书不能修改，只能作废后重新出具。"
    done = "已出具，文件正在生成，请在“公示文书”中下载。"

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        return super().offered_to(actor, row) and not queries.notices_of(row).filter(voiding__isnull=True).exists()

    def form_kwargs(self) -> dict:
        return {"initial": {"contact": f"{self.row.organ.name} {self.row.organ.report_phone}".strip()}}

    def run(self, *, by, at, objection, contact):
        draw_papers.issue_results(draw=self.row, objection=objection, contact=contact, by=by, at=at)
        return self.row


class CloseDraw(StepPage):
    slug, label, step = "close", "归档", workflow.CLOSE_DRAW
    rule = rules.can_run_draw
    effect = "归档后不再更正结果；公众网站继续保留。"
    done = "已归档。"

    def run(self, *, by, at):
        return draw_results.close_draw(draw=self.row, by=by, at=at)


class AskVoid(StepPage):
    slug, label, kind, step = "ask-void", "申请作废", "danger", workflow.VOID_DRAW
    rule = rules.can_ask_void
    form_class = forms.VoidForm
    effect = "须经另一人审核；审核前不能抽取和登记。作废的抽查及理由保留在公众网站。"
    done = "已申请作废，待另一人审核。"

    def run(self, *, by, at, reason):
        return voiding.ask_void(draw=self.row, reason=reason, by=by, at=at)


class AgreeVoid(StepPage):
    slug, label, kind, step = "agree-void", "同意作废", "danger", workflow.VOID_DRAW
    rule = rules.can_judge_void
    form_class = forms.RemarkForm
    template_name = "inspections/void.html"
    effect = "本次抽查作废，理由在公众网站公布；可以重新抽取一次，两次都保留。"
    done = "已作废。"

    def run(self, *, by, at, remark):
        return voiding.agree_void(draw=self.row, remark=remark, by=by, at=at)


class RefuseVoid(StepPage):
    slug, label, step = "refuse-void", "不同意作废", workflow.VOID_DRAW
    rule = rules.can_judge_void
    form_class = forms.RefusalForm
    template_name = "inspections/void.html"
    effect = "本次抽查继续有效。"
    done = "已退回作废申请。"

    def run(self, *, by, at, remark):
        return voiding.refuse_void(draw=self.row, remark=remark, by=by, at=at)


class RecordResult(OperationPage):
    """For one drawn object."""

    slug, label, kind = "result", "登记检查结果", "main"
    rule = rules.can_record_result
    form_class = forms.ResultForm
    done = "已登记。"

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        return super().offered_to(actor, row) and row.draw.state in draw_results.ENTERED

    def form_kwargs(self) -> dict:
        row: DrawnObject = self.row
        held = {"result": row.result, "follow_up": row.follow_up, "checked_on": row.checked_on or clock.today()}
        corrects = row.draw.state != DrawState.DRAWN
        return {"initial": {**held, "visit": row.visit_id}, "drawn": row, "corrects": corrects}

    def run(self, *, by, at, **facts):
        return draw_results.record_result(drawn=self.row, by=by, at=at, **facts)


class NamePair(OperationPage):
    """For a drawn object that got no pair."""

    slug, label = "pair", "指定检查人员"
    rule = rules.can_name_pair
    form_class = forms.PairForm
    effect = "抽取时没有两名无须回避的人员；指定的人员和理由将公布。"
    done = "已指定。"

    def run(self, *, by, at, officers, reason):
        return draw_results.name_pair(drawn=self.row, officers=officers, reason=reason, by=by, at=at)


DRAW_PAGES = (
    *(PlanDraw, FreezeDraw, RunDraw, FinishCheck, PublishResults, AgreeVoid, RefuseVoid, Redraw, ChangeDraw),
    *(IssueNotice, ExcludeObject, IncludeObject, CloseDraw, AskVoid, DiscardDraw),
)
