"""Pages of orders: each one form, one rule, one operation."""

from __future__ import annotations

from enforcement import rules, workflow
from enforcement.forms import orders as forms
from enforcement.operations import followup, orders
from foundation.core.pages import OperationPage, StepPage
from foundation.photos import intake
from foundation.photos.sending import sent_now
from inspections.queries.campaigns import running


class IssuePage(OperationPage):
    """Contributed to a visit's page: the notice is offered from what the visit found."""

    rule = rules.can_issue_now
    done = "通知书已开具，可打印送达。"

    def form_kwargs(self) -> dict:
        return {"visit": self.row}

    def run(self, *, by, at, officers, **cleaned):
        return orders.issue_order(visit=self.row, facts=self.form.facts(), officers=officers, by=by, at=at)


class Rectify(IssuePage):
    slug, label, kind = "order-rectify", "责令限期整改", "main"
    form_class = forms.RectifyForm
    effect = "将编号开具《责令限期整改通知书》，计入通知书份数；复查合格前不能办结。"


class OnSpot(IssuePage):
    slug, label = "order-on-spot", "当场责令改正"
    form_class = forms.OnSpotForm
    effect = "将编号开具《当场责令改正通知书》；有改正后的照片或复查记录才能办结。"


class Stop(IssuePage):
    slug, label, kind = "order-stop", "责令停止培训", "danger"
    form_class = forms.StopForm
    effect = "将编号开具《停止培训通知书》，自送达之时起生效；复查确认已停止前不能办结。"


class Serve(OperationPage):
    slug, label = "serve", "登记送达"
    rule = rules.can_record_service
    form_class = forms.ServiceForm
    effect = "记录通知书怎样、何时到达当事人。"
    done = "送达已登记。"

    def run(self, *, by, at, **facts):
        return orders.record_service(order=self.row, by=by, at=at, **facts)


class TakeInProof(StepPage):
    slug, label, step = "proof", "登记整改报告", workflow.ANSWER
    rule = rules.can_follow_up_now
    form_class = forms.ProofForm
    effect = "代当事人登记整改情况，状态变为待复查；复查合格后才能办结。"
    done = "整改报告已登记，请安排复查。"

    def run(self, *, by, at, text, given_by, photos):
        with intake.taking(photos) as taken:
            sent = sent_now(taken)
            followup.take_in_proof(order=self.row, text=text, given_by=given_by, photos=sent, by=by, at=at)
        return self.row


class RecheckPage(StepPage):
    rule = rules.can_follow_up_now
    form_class = forms.RecheckForm

    def form_kwargs(self) -> dict:
        return {"order": self.row}


class Accept(RecheckPage):
    slug, label, kind, step = "accept", "复查合格办结", "main", workflow.ACCEPT
    effect = "以所选检查记录为依据办结这份通知书。"
    done = "通知书已办结。"

    def run(self, *, by, at, visit, remark):
        return followup.accept_rectification(order=self.row, visit=visit, remark=remark, by=by, at=at)


class Refuse(RecheckPage):
    slug, label, step = "refuse", "复查不合格", workflow.REFUSE
    effect = "通知书继续有效，期限不变；可以延期一次或转立案。"
    done = "复查结果已登记。"

    def run(self, *, by, at, visit, remark):
        return followup.refuse_rectification(order=self.row, visit=visit, remark=remark, by=by, at=at)


class IssueRecheckRecord(OperationPage):
    slug, label = "recheck-record", "复查记录"
    rule = rules.can_issue_recheck_record
    form_class = forms.RecheckRecordForm
    effect = "将编号出具《整改复查记录》，逐项写明复查情况；没有登记的在纸上留空手填。"
    done = "整改复查记录已出具，请打印后由双方逐页签名。"

    def form_kwargs(self) -> dict:
        return {"order": self.row}

    def run(self, *, by, at, recheck, statement):
        followup.issue_recheck_record(recheck=recheck, statement=statement, by=by, at=at)
        return self.row


class Extend(OperationPage):
    slug, label = "extend", "延期"
    rule = rules.can_extend
    form_class = forms.ExtendForm
    effect = "整改期限只能延长一次。"
    done = "已延期。"

    def run(self, *, by, at, due_on, reason):
        return orders.extend_order(order=self.row, due_on=due_on, reason=reason, by=by, at=at)


class Escalate(StepPage):
    slug, label, kind, step = "escalate", "转立案", "danger", workflow.ESCALATE
    rule = rules.can_follow_up_now
    form_class = forms.EndForm
    effect = "通知书不再等待整改，转入立案审批。"
    done = "已转立案。"

    def run(self, *, by, at, reason):
        return orders.escalate_order(order=self.row, reason=reason, by=by, at=at)


class Void(StepPage):
    slug, label, kind, step = "void", "撤销", "danger", workflow.VOID
    rule = rules.can_void
    form_class = forms.EndForm
    effect = "通知书撤销并作废，扫码核验时显示已作废；不再计入份数。"
    done = "已撤销。"

    def run(self, *, by, at, reason):
        return orders.void_order(order=self.row, reason=reason, by=by, at=at)


class Tag(OperationPage):
    slug, label = "tag", "计入专项行动"
    rule = rules.can_follow_up
    form_class = forms.TagForm
    effect = "这份通知书将计入所选专项行动；同一行动只计一次。"
    done = "已计入。"

    def form_kwargs(self) -> dict:
        return {"campaigns": running(self.request.actor)}

    def run(self, *, by, at, campaign):
        orders.tag_order(order=self.row, campaign=campaign, by=by, at=at)
        return self.row
