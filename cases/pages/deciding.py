"""Pages from the notice to the publication."""

from __future__ import annotations

from cases import queries, rules, workflow
from cases.enums import CaseState
from cases.forms import deciding, filing
from cases.operations import decision, execution, publication, review, say
from foundation.core.forms import ReasonForm
from foundation.core.pages import OperationPage, StepPage

from .investigating import CasePage, CaseStepPage


class Notify(CaseStepPage):
    slug, label, kind, step = "notify", "事先告知", "main", workflow.NOTIFY
    rule = rules.can_handle
    form_class = deciding.ContactForm
    effect = "编号制作行政处罚事先告知书；符合听证条件的，制作听证告知书。"
    done = "告知书已制作，请打印送达。"

    def run(self, *, by, at, contact):
        review.notify(case=self.row, contact=contact, by=by, at=at)
        return self.row


class Serve(CasePage):
    slug, label, kind = "serve", "登记送达", "main"
    rule = rules.can_handle
    form_class = deciding.ServeForm
    effect = "记录文书怎样、何时到达当事人，并制作送达回证；相应期限从送达之日起算。"
    done = "送达已登记。"

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        return super().offered_to(actor, row) and queries.unserved(row).exists()

    def run(self, *, by, at, **facts):
        review.serve_paper(by=by, at=at, **facts)
        return self.row


class TakeStatement(CasePage):
    slug, label = "statement", "登记当事人意见"
    rule = rules.can_take_statement
    form_class = deciding.StatementForm
    effect = "陈述申辩须复核；要求听证的转入听证；书面放弃的可以提前结束听取意见。"
    done = "已登记。"

    def run(self, *, by, at, **said):
        say.take_statement(case=self.row, by=by, at=at, **said)
        return self.row


class Answer(CasePage):
    slug, label = "answer", "复核陈述申辩"
    rule = rules.can_handle
    form_class = deciding.AnswerForm
    effect = "写明是否采纳和理由；不因陈述申辩给予更重的处罚。"
    done = "已复核。"

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        return super().offered_to(actor, row) and queries.unanswered(row).exists()

    def run(self, *, by, at, **answer):
        say.answer_statement(by=by, at=at, **answer)
        return self.row


class EndSay(StepPage):
    slug, label, kind, step = "end-say", "听取意见结束", "main", workflow.END_SAY
    rule = rules.can_handle
    effect = "期限已满、当事人已表示意见或者书面放弃的，进入处理意见。"
    done = "可以提出处理意见了。"

    def run(self, *, by, at):
        return say.end_say(case=self.row, by=by, at=at)


class HearingPage(CasePage):
    """Offered while a hearing is asked for; ``called``: whether the party was called to it already."""

    rule = rules.can_handle
    called: bool

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        in_hearing = super().offered_to(actor, row) and row.state == CaseState.HEARING
        return in_hearing and cls.called == row.hearings.filter(held_on__isnull=True).exists()


class CallHearing(HearingPage):
    slug, label, kind, called = "call-hearing", "通知听证", "main", False
    form_class = deciding.CallForm
    effect = "提前七个工作日通知当事人；主持人不能是本案调查人员。"
    done = "已通知听证。"

    def run(self, *, by, at, **cleaned):
        say.call_hearing(case=self.row, plan=self.form.plan(), by=by, at=at)
        return self.row


class HoldHearing(HearingPage):
    slug, label, kind, called = "hold-hearing", "登记听证情况", "main", True
    form_class = deciding.HeldForm
    effect = "听证结束后进入处理意见。"
    done = "听证情况已登记。"

    def run(self, *, by, at, **told):
        say.hold_hearing(hearing=self.row.hearings.get(held_on__isnull=True), by=by, at=at, **told)
        return self.row


class Reopen(StepPage):
    slug, label, kind, step = "reopen", "重新调查", "danger", workflow.REOPEN
    rule = rules.can_handle
    form_class = ReasonForm
    effect = "回到调查取证；终结后重新审核、重新告知。"
    done = "已回到调查取证。"

    def run(self, *, by, at, reason):
        return say.reopen(case=self.row, reason=reason, by=by, at=at)


class ProposeDecision(CaseStepPage):
    slug, label, kind, step = "propose", "提出处理意见", "main", workflow.PROPOSE_MILD
    rule = rules.can_handle
    form_class = deciding.ProposeDecisionForm
    effect = "提请负责人审批。给予处罚须先告知并听取意见，且不能重于告知的内容。"
    done = "处理意见已提交。"

    def run(self, *, by, at, **cleaned):
        return decision.propose_decision(case=self.row, opinion=self.form.opinion(), by=by, at=at)


class Decide(StepPage):
    slug, label, kind, step = "decide", "批准决定", "main", workflow.DECIDE
    rule = rules.can_approve
    form_class = filing.AgreeForm
    effect = "按处理意见作出决定；处罚和不予处罚的，七个工作日内送达。"
    done = "已批准。"

    def run(self, *, by, at, opinion):
        return decision.approve_decision(case=self.row, opinion=opinion, by=by, at=at)


class SendBack(StepPage):
    slug, label, kind, step = "send-back", "退回重新提出", "danger", workflow.SEND_BACK
    rule = rules.can_approve
    form_class = filing.OpinionForm
    effect = "退回办案人员重新提出处理意见。"
    done = "已退回。"

    def run(self, *, by, at, opinion):
        return decision.send_back_decision(case=self.row, opinion=opinion, by=by, at=at)


class MakeDecision(CaseStepPage):
    slug, label, kind, step = "decision-paper", "制作决定书", "main", workflow.SERVE
    rule = rules.can_handle
    form_class = deciding.DecisionPaperForm
    effect = "编号制作行政处罚决定书或者不予行政处罚决定书。"
    done = "决定书已制作，请打印送达。"

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        return super().offered_to(actor, row) and queries.decision_paper(row) is None

    def run(self, *, by, at, contact, payment):
        decision.make_decision(case=self.row, contact=contact, payment=payment, by=by, at=at)
        return self.row


class Fulfil(CasePage):
    slug, label, kind = "fulfil", "登记履行", "main"
    rule = rules.can_record_fulfilment
    form_class = deciding.FulfilForm
    effect = "缴款先抵罚没款；逾期缴纳罚款的，超出部分按每日百分之三计入加处罚款。"
    done = "已登记。"

    def run(self, *, by, at, **done):
        execution.record_fulfilment(case=self.row, by=by, at=at, **done)
        return self.row


class Publish(CasePage):
    slug, label = "publish", "公开处罚决定"
    rule = rules.can_publish
    form_class = deciding.PublishForm
    effect = "公众可以在公示网站查看，到期自动撤下。请隐去未成年人和个人信息。"
    done = "已公开。"

    def run(self, *, by, at, **cleaned):
        publication.publish_decision(case=self.row, words=self.form.words(), by=by, at=at)
        return self.row


class Overturn(CasePage):
    slug, label, kind = "overturn", "登记变更或撤销", "danger"
    rule = rules.can_overturn
    form_class = deciding.OverturnForm
    effect = "决定被复议、诉讼变更或撤销的，三个工作日内撤下公开信息。"
    done = "已登记。"

    def run(self, *, by, at, on, authority):
        return publication.overturn(case=self.row, on=on, authority=authority, by=by, at=at)


class Unpublish(OperationPage):
    slug, label, kind = "unpublish", "撤下公开", "danger"
    form_class = ReasonForm
    effect = "立即从公示网站撤下，并公开说明理由。"
    done = "已撤下。"

    @staticmethod
    def rule(actor, case) -> bool:
        return hasattr(case, "publication") and rules.can_withdraw_publication(actor, case.publication)

    def run(self, *, by, at, reason):
        publication.withdraw_publication(publication=self.row.publication, reason=reason, by=by, at=at)
        return self.row


class Word(OperationPage):
    slug, label, kind = "word", "修订条款", "main"
    form_class = deciding.WordForm
    effect = "新条款从施行日起使用；已立案的案件仍按立案时的条款。"
    done = "条款已修订。"

    @staticmethod
    def rule(actor, violation) -> bool:
        return rules.can_word_violations(actor) and violation.effective_to is None

    def form_kwargs(self) -> dict:
        names = ("name", "conduct", "forbidden_by", "punished_by", "consequence", "competent")
        return {"initial": {name: getattr(self.row, name) for name in names}}

    def run(self, *, by, at, since, **cleaned):
        return publication.word_violation(violation=self.row, wording=self.form.wording(), since=since, by=by, at=at)
