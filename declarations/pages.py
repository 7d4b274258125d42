"""Pages of declarations: each one form, one rule, one operation; slips for one, for many, and for a change."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode

from declarations import forms, queries, rules, workflow
from declarations.answering import DECLARATION, PROFILE_CHANGE
from declarations.operations import changes, declarations, inquiries, rule_sets
from foundation.core import clock
from foundation.core.pages import BulkOperationPage, OperationPage, Page, StepPage
from foundation.documents.slips import IssueLinkPage, IssueLinksPage, StopLinkPage
from foundation.photos import intake
from foundation.photos.sending import sent_now


class OpenInquiry(OperationPage):
    slug, label, kind, per_object = "open", "发起申报", "main", False
    rule = rules.can_open_somewhere
    form_class = forms.OpenForm
    effect = "发起后事项不能再改；机构凭回执单在网上报送，逾期未报的在首页提醒。"
    done = "申报已发起。"

    def run(self, *, by, at, sections=None, **facts):
        return inquiries.open_inquiry(by=by, at=at, **facts)


class LayDownRules(OperationPage):
    slug, label, kind, per_object = "lay-down", "制定规范制度", "main", False
    rule = rules.can_open_somewhere
    form_class = forms.RuleSetForm
    effect = "制定后不能修改；修订时另立新版本，已签的承诺书仍依据原版本。"
    done = "规范制度已制定。"

    def run(self, *, by, at, **facts):
        return rule_sets.lay_down_rules(by=by, at=at, **facts)


class ReviseRules(LayDownRules):
    """Begins with the words of the version it is opened from."""

    slug, label, per_object = "revise", "修订", True
    rule = rules.can_revise

    def form_kwargs(self) -> dict:
        row = self.row
        words = {"jurisdiction": row.jurisdiction_id, "title": row.title, "norms": row.norms, "bans": row.bans}
        return {**super().form_kwargs(), "initial": words}


class Coverage(Page):
    """承诺书覆盖: by county signed of those who should, each number opening its institutions."""

    slug, label, per_object = "coverage", "承诺书覆盖", False
    rule = rules.can_view
    http_method_names = ["get"]
    template_name = "declarations/coverage.html"

    def get(self, request, *args, **kwargs):
        form = forms.CoverageForm(data=request.GET)
        year = (form.cleaned_data["year"] if form.is_valid() else None) or clock.today().year
        found = queries.commitment_coverage(request.actor, year=year)
        lines = [(line, [self._url(line, year, which) for which in ("", "signed", "missing")]) for line in found]
        return self.render(form=forms.CoverageForm(initial={"year": year}), year=year, lines=lines)

    @staticmethod
    def _url(line: queries.Covered, year: int, which: str) -> str:
        asked = {"commitment": f"{which or 'should'}-{year}"}
        if line.jurisdiction_id is not None:
            asked["jurisdiction__id__exact"] = line.jurisdiction_id
        return f"{reverse('admin:institutions_institution_changelist')}?{urlencode(asked)}"


class CloseInquiry(StepPage):
    slug, label, step = "close", "结束收取", workflow.CLOSE
    rule = rules.can_handle
    effect = "不再收取报送，未报的机构记为未报；已开通的回执单全部失效。"
    done = "已结束收取。"

    def run(self, *, by, at):
        return inquiries.close_inquiry(inquiry=self.row, by=by, at=at)


class AskMany(BulkOperationPage):
    """Contributed to the register of institutions: the filtered and ticked ones are asked."""

    slug, label = "ask-many", "列入申报"
    rule = rules.can_open_somewhere
    form_class = forms.AskForm
    effect = "所选机构列入这次申报；随后在“机构申报”中批量开通回执单。"

    def run_one(self, row, *, by, at, inquiry):
        return inquiries.ask_institution(inquiry=inquiry, institution=row, by=by, at=at)


class Enter(StepPage):
    slug, label, kind, step = "give", "登记报送", "main", workflow.GIVE
    rule = rules.can_handle
    effect = "代机构登记其书面报送的内容。"
    done = "报送已登记。"

    def make_form(self, **given):
        return forms.form_for(self.row, **given)

    def run(self, *, by, at, photos=(), **_):
        with intake.taking(photos) as taken:
            told = self.form.told(sent_now(taken))
            return declarations.take_in_declaration(declaration=self.row, told=told, by=by, at=at)


class SendBack(StepPage):
    slug, label, step = "send-back", "退回补正", workflow.SEND_BACK
    rule = rules.can_handle
    form_class = forms.WhyForm
    effect = "机构手中的回执单可以再次报送，网页上写明补正要求。"
    done = "已退回补正。"

    def run(self, *, by, at, reason):
        return declarations.send_back_declaration(declaration=self.row, reason=reason, by=by, at=at)


class IssueSlip(IssueLinkPage):
    rule, purpose = rules.can_handle, DECLARATION


class StopSlip(StopLinkPage):
    rule, purpose = rules.can_handle, DECLARATION


class IssueSlips(IssueLinksPage):
    rule, purpose = rules.can_open_somewhere, DECLARATION


class IssueChangeSlip(IssueLinkPage):
    slug, label = "change-slip", "开通资料变更回执"
    rule, purpose = rules.can_take_change, PROFILE_CHANGE


class StopChangeSlip(StopLinkPage):
    slug, label = "stop-change-slip", "停用资料变更回执"
    rule, purpose = rules.can_take_change, PROFILE_CHANGE


class EnterChange(OperationPage):
    """Contributed to the register of institutions."""

    slug, label = "change-request", "登记资料变更申请"
    rule = rules.can_take_change
    effect = "代机构登记变更申请；核对后在“资料变更申请”中逐项采纳或说明理由。"
    done = "申请已登记，请核对后办理。"

    def make_form(self, **given):
        return forms.ChangeForm(institution=self.row, **given)

    def run(self, *, by, at, reason, given_by, **proposed):
        facts = {"proposed": proposed, "reason": reason, "given_by": given_by}
        changes.take_in_change(institution=self.row, by=by, at=at, **facts)
        return self.row


class Decide(StepPage):
    slug, label, kind, step = "decide", "办理", "main", workflow.DECIDE
    rule = rules.can_handle
    effect = "采纳的写入机构名录，原值保留在历史记录中；不采纳的必须写明理由，机构在网上看得到。"
    done = "申请已办理。"

    def make_form(self, **given):
        return forms.DecideForm(request=self.row, **given)

    def run(self, *, by, at, **_):
        return changes.decide_change(request=self.row, refused=self.form.refused(), by=by, at=at)
