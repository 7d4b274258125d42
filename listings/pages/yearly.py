"""Pages of the annual check: each one form, one rule, one operation."""

from __future__ import annotations

from foundation.core.pages import OperationPage, StepPage
from listings import workflow
from listings import yearly_rules as rules
from listings.forms import yearly as forms
from listings.operations import yearly


class OpenYear(OperationPage):
    slug, label, kind, per_object = "open", "安排年检", "main", False
    rule = rules.can_open_somewhere
    form_class = forms.OpenForm
    effect = "该地区在办机构全部列入这一年度的年检，各自开始计算自查报送期限。"
    done = "年检已安排，机构正在逐家列入。"

    def run(self, *, by, at, **facts):
        return yearly.open_check_year(by=by, at=at, **facts)


class CheckPage(StepPage):
    rule = rules.can_handle

    def form_kwargs(self) -> dict:
        return {"check": self.row}


class Report(CheckPage):
    slug, label, kind, step = "report", "登记自查报送", "main", workflow.REPORT
    form_class = forms.ReportForm
    effect = "代机构登记自查情况，转入书面审核。"
    done = "自查已登记。"

    def run(self, *, by, at, given_by, **_):
        return yearly.take_in_report(check=self.row, answers=self.form.answers(), given_by=given_by, by=by, at=at)


class Review(StepPage):
    slug, label, kind, step = "review", "书面审核通过", "main", workflow.REVIEW
    rule = rules.can_handle
    form_class = forms.ReviewForm
    effect = "转入实地检查。"
    done = "书面审核已登记。"

    def run(self, *, by, at, review):
        return yearly.review_report(check=self.row, review=review, by=by, at=at)


class SendBack(StepPage):
    slug, label, step = "send-back", "退回补正", workflow.SEND_BACK
    rule = rules.can_handle
    form_class = forms.WhyForm
    effect = "退回机构补正自查报告。"
    done = "已退回补正。"

    def run(self, *, by, at, reason):
        return yearly.send_back_report(check=self.row, reason=reason, by=by, at=at)


class Visit(CheckPage):
    slug, label, kind, step = "visit", "登记实地检查", "main", workflow.VISIT
    form_class = forms.SiteForm
    effect = "以所选检查作为年检的实地检查。"
    done = "实地检查已登记。"

    def run(self, *, by, at, visit):
        return yearly.record_site_check(check=self.row, visit=visit, by=by, at=at)


class Conclude(CheckPage):
    slug, label, kind, step = "conclude", "拟定结论", "main", workflow.CONCLUDE
    form_class = forms.ConclusionForm
    effect = "年度记录(检查、通知书、评价、名单等)随结论固定下来，由另一人审定。"
    done = "结论已拟定，待另一人审定。"

    def run(self, *, by, at, conclusion, reasons):
        return yearly.conclude_check(check=self.row, conclusion=conclusion, reasons=reasons, by=by, at=at)


class Announce(StepPage):
    slug, label, kind, step = "announce", "审定并公示", "main", workflow.ANNOUNCE
    rule = rules.can_decide
    effect = "出具《年度检查表》，并在公众网站公示结论，公示天数按本次年检的安排。"
    done = "已审定，公示开始。"

    def run(self, *, by, at):
        return yearly.announce_check(check=self.row, by=by, at=at)


class Reconsider(StepPage):
    slug, label, step = "reconsider", "退回重拟", workflow.RECONSIDER
    rule = rules.can_decide
    form_class = forms.WhyForm
    effect = "结论退回重拟；已公示的立即撤下，年度检查表作废。"
    done = "已退回重拟。"

    def run(self, *, by, at, reason):
        return yearly.reconsider_check(check=self.row, reason=reason, by=by, at=at)


class Finish(StepPage):
    slug, label, step = "finish", "公示期满办结", workflow.FINISH
    rule = rules.can_finish
    effect = "公示期满无异议的，年检办结；系统每天凌晨也会自动办理。"
    done = "年检已办结。"

    def run(self, *, by, at):
        return yearly.finish_check(check=self.row, by=by, at=at)
