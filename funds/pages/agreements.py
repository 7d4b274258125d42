"""Pages of tripartite agreements and of the scans beside them."""

from __future__ import annotations

from foundation.core.downloads import TakePage
from foundation.core.pages import OperationPage, StepPage
from funds import attaching, rules, workflow
from funds.enums import AgreementState
from funds.forms import agreements as forms
from funds.operations import agreements
from inspections.attaching import TYPES, plain
from inspections.enums import PaperFormat


def keeps(actor, agreement) -> bool:
    """The rule of all pages here: whoever keeps the institution's funds."""
    return rules.can_keep(actor, agreement.institution)


keeps.refusal = rules.can_keep.refusal


class IssuePaper(OperationPage):
    slug, label = "paper", "出具协议文本"
    rule = staticmethod(keeps)
    form_class = forms.PaperForm
    effect = "将编号生成《资金监管三方协议》文本（PDF、Word），由三方签署；账号只印尾号。"
    done = "协议文本已出具，请打印交三方签署。"

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        return row.state == AgreementState.DRAFTED and super().offered_to(actor, row)

    def run(self, *, by, at, clauses):
        agreements.issue_agreement_paper(agreement=self.row, clauses=clauses, by=by, at=at)
        return self.row


class Sign(StepPage):
    slug, label, kind, step = "sign", "登记签署", "main", workflow.SIGN
    rule = staticmethod(keeps)
    form_class = forms.SignForm
    effect = "扫描件加密保存，每次下载留痕；到期前60、30、7天提醒续签。"
    done = "已登记签署。"

    def run(self, *, by, at, signed_on, files):
        with attaching.taking(files) as taken:
            return agreements.sign_agreement(agreement=self.row, signed_on=signed_on, files=taken, by=by, at=at)


class Renew(OperationPage):
    slug, label, kind = "renew", "续签", "main"
    rule = staticmethod(keeps)
    form_class = forms.RenewForm
    effect = "将按原条款拟定自到期次日起的新协议，签署后生效。"
    done = "已拟定续签协议。"

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        ripe = row.state in (AgreementState.SIGNED, AgreementState.EXPIRED) and not hasattr(row, "renewal")
        return ripe and super().offered_to(actor, row)

    def run(self, *, by, at, valid_to):
        return agreements.renew_agreement(agreement=self.row, valid_to=valid_to, by=by, at=at)


class Terminate(StepPage):
    slug, label, kind, step = "terminate", "终止", "danger", workflow.TERMINATE
    rule = staticmethod(keeps)
    form_class = forms.TerminateForm
    effect = "自终止之日起协议不再有效，到期提醒随之停止。"
    done = "已终止。"

    def run(self, *, by, at, **facts):
        return agreements.terminate_agreement(agreement=self.row, by=by, at=at, **facts)


class TakeFile(TakePage):
    rule = rules.can_take_file

    def effect(self) -> str:
        return f"{self.row.agreement or self.row.flag}的附件。本次下载会记入操作记录。"

    def fetch(self, *, by, at):
        data = plain(self.row)
        file = agreements.take_funds_file(file=self.row, by=by, at=at)
        return data, file.filename, TYPES[PaperFormat(file.format)]
