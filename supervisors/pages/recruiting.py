"""From the opening of a batch to the appointment."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from foundation.accounts.operations.users import Issued
from foundation.accounts.pages import OneTimePasswordPage
from foundation.core.pages import OperationPage, StepPage
from foundation.photos import intake
from foundation.photos.operations import Sent
from supervisors import forms, rules, workflow
from supervisors.models import Supervisor
from supervisors.operations import appointing, candidates, recruiting


class OpenRecruitment(OperationPage):
    slug, label, kind, per_object = "open", "开展征集", "main", False
    rule = rules.can_manage_somewhere
    form_class = forms.RecruitmentForm
    effect = "开展后请分配名额，各地区即可推荐人选。"
    done = "已开展征集，请分配推荐名额。"

    def run(self, *, by, at, **facts):
        return recruiting.open_recruitment(by=by, at=at, **facts)


class SetQuotas(StepPage):
    slug, label, kind, step = "quotas", "分配名额", "main", workflow.END_NOMINATION
    rule = rules.can_manage_recruitment
    form_class = forms.QuotaForm
    effect = "各地区经办人在推荐期间可以推荐不超过名额的人选。"
    done = "名额已分配。"

    def form_kwargs(self) -> dict[str, Any]:
        return {"recruitment": self.row}

    def run(self, *, by, at, places):
        return recruiting.set_quotas(recruitment=self.row, places=places, by=by, at=at)


class SetDuty(OperationPage):
    slug, label = "duty", "调整履职要求"
    rule = rules.can_manage_recruitment
    form_class = forms.DutyForm
    done = "履职要求已设定。"

    def run(self, *, by, at, **facts):
        recruiting.set_duty(recruitment=self.row, by=by, at=at, **facts)
        return self.row


class Nominate(OperationPage):
    slug, label, kind = "nominate", "推荐人选", "main"
    rule = rules.can_nominate
    form_class = forms.NominationForm
    effect = "人选将送聘任单位资格审核，通过后公示姓名、工作单位和推荐地区。"
    done = "已推荐，待资格审核。"

    def form_kwargs(self) -> dict[str, Any]:
        return {**super().form_kwargs(), "recruitment": self.row}

    def run(self, *, by, at, **facts):
        candidates.nominate(recruitment=self.row, by=by, at=at, **facts)
        return self.row


class EndNomination(StepPage):
    slug, label, step = "end-nomination", "结束推荐", workflow.END_NOMINATION
    rule = rules.can_manage_recruitment
    effect = "各地区不能再推荐人选。"
    done = "推荐已结束。"

    def run(self, *, by, at):
        return recruiting.end_nomination(recruitment=self.row, by=by, at=at)


class StartPublicity(StepPage):
    slug, label, kind, step = "start-publicity", "开始公示", "main", workflow.START_PUBLICITY
    rule = rules.can_manage_recruitment
    form_class = forms.PublicityForm
    effect = "将在公众网站公示全部审核通过的人选：姓名、工作单位及职务、推荐地区；公示日不计入工作日。"
    done = "已开始公示。"

    def run(self, *, by, at, objection_contact):
        return recruiting.start_publicity(recruitment=self.row, objection_contact=objection_contact, by=by, at=at)


class FinishRecruitment(StepPage):
    slug, label, step = "finish", "完成征集", workflow.FINISH
    rule = rules.can_manage_recruitment
    done = "征集已完成。"

    def run(self, *, by, at):
        return recruiting.finish_recruitment(recruitment=self.row, by=by, at=at)


class CancelRecruitment(StepPage):
    slug, label, kind, step = "cancel", "取消征集", "danger", workflow.CANCEL
    rule = rules.can_manage_recruitment
    form_class = forms.ReasonForm
    effect = "这次征集作废，已推荐的人选不再办理；记录保留。"
    done = "征集已取消。"

    def run(self, *, by, at, reason):
        return recruiting.cancel_recruitment(recruitment=self.row, reason=reason, by=by, at=at)


class SetPortrait(OperationPage):
    slug, label = "portrait", "上传照片"
    rule = rules.can_set_portrait
    form_class = forms.PortraitForm
    effect = "用于监督员证；聘任时还没有照片的，证上留贴照片的位置。已聘任的，续聘换证时使用。"
    done = "照片已上传，处理好后显示在本页。"

    def run(self, *, by, at, portrait):
        with intake.taking([portrait]) as [taken]:
            return candidates.set_portrait(candidate=self.row, sent=Sent(taken, uuid4()), by=by, at=at)


class CandidateStep(StepPage):
    def form_kwargs(self) -> dict[str, Any]:
        return {"candidate": self.row}


class Pass(CandidateStep):
    slug, label, kind, step = "pass", "审核通过", "main", workflow.PASS
    rule = rules.can_review
    form_class = forms.ReviewForm
    done = "审核通过。"

    def run(self, *, by, at, met, remark):
        return candidates.pass_candidate(candidate=self.row, met=met, remark=remark, by=by, at=at)


class Reject(CandidateStep):
    slug, label, kind, step = "reject", "审核不通过", "danger", workflow.REJECT
    rule = rules.can_review
    form_class = forms.RejectionForm
    effect = "该人选不公示、不聘任；占用的名额不退回。"
    done = "已审核不通过。"

    def run(self, *, by, at, met, reason):
        return candidates.reject_candidate(candidate=self.row, met=met, reason=reason, by=by, at=at)


class Withdraw(StepPage):
    slug, label, step = "withdraw", "撤回推荐", workflow.WITHDRAW
    rule = rules.can_withdraw
    form_class = forms.ReasonForm
    effect = "该人选不再办理，名额退回本地区。"
    done = "已撤回推荐。"

    def run(self, *, by, at, reason):
        return candidates.withdraw_nomination(candidate=self.row, reason=reason, by=by, at=at)


class EnterObjection(OperationPage):
    slug, label = "objection", "登记异议"
    rule = rules.can_enter_objection
    form_class = forms.ObjectionForm
    effect = "处理完毕前不能聘任该人选。"
    done = "已登记异议。"

    def run(self, *, by, at, **facts):
        candidates.enter_objection(candidate=self.row, by=by, at=at, **facts)
        return self.row


class Strike(StepPage):
    slug, label, kind, step = "strike", "取消资格", "danger", workflow.STRIKE
    rule = rules.can_appoint
    form_class = forms.ReasonForm
    effect = "该人选不聘任，立即从公示名单中移出。"
    done = "已取消资格。"

    def run(self, *, by, at, reason):
        return candidates.strike_candidate(candidate=self.row, reason=reason, by=by, at=at)


class Appoint(OneTimePasswordPage, StepPage):
    slug, label, kind, step = "appoint", "聘任", "main", workflow.APPOINT
    rule = rules.can_appoint
    form_class = forms.AppointForm
    effect = "将生成聘书和监督员证，开通手机端岗位；在公众网站公布姓名、编号和聘期。"
    done = "已聘任。"

    def form_kwargs(self) -> dict[str, Any]:
        return {"actor": self.request.actor, "recruitment": self.row.recruitment}

    def run(self, *, by, at, **facts) -> Supervisor:
        appointed = appointing.appoint(candidate=self.row, by=by, at=at, **facts)
        self.issued: Issued | None = appointed.issued
        return appointed.supervisor


class Uphold(StepPage):
    slug, label, kind, step = "uphold", "异议成立", "danger", workflow.UPHOLD
    rule = rules.can_handle_objection
    form_class = forms.FindingsForm
    effect = "该人选取消资格，立即从公示名单中移出。"
    done = "异议成立，已取消该人选资格。"

    def run(self, *, by, at, findings):
        return candidates.uphold_objection(objection=self.row, findings=findings, by=by, at=at)


class Dismiss(StepPage):
    slug, label, kind, step = "dismiss", "异议不成立", "main", workflow.DISMISS_OBJECTION
    rule = rules.can_handle_objection
    form_class = forms.FindingsForm
    effect = "请按异议人留的联系方式答复；公示期满后可以聘任。"
    done = "已认定异议不成立。"

    def run(self, *, by, at, findings):
        return candidates.dismiss_objection(objection=self.row, findings=findings, by=by, at=at)
