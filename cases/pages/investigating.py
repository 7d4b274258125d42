"""Pages of the investigation and the legal review."""

from __future__ import annotations

from cases import attaching, rules, workflow
from cases.enums import Disposal
from cases.forms import filing, investigating
from cases.operations import evidence, review
from foundation.core.downloads import TakePage
from foundation.core.pages import OperationPage, StepPage
from inspections.attaching import TYPES, plain
from inspections.enums import PaperFormat


class CasePage(OperationPage):
    """A page whose form asks the case for its choices."""

    def form_kwargs(self) -> dict:
        return {**super().form_kwargs(), "case": self.row}


class CaseStepPage(CasePage, StepPage):
    """The same for one step of the case."""


class AddEvidence(OperationPage):
    slug, label, kind = "evidence", "登记证据", "main"
    rule = rules.can_investigate
    form_class = investigating.EvidenceForm
    effect = "证据登记后不能修改或删除；每个文件记下摘要，每次查看都留痕。"
    done = "证据已登记。"

    def run(self, *, by, at, files, **facts):
        with attaching.taking(files) as taken:
            evidence.add_evidence(case=self.row, facts=self.form.facts(), files=taken, by=by, at=at)
        return self.row


class Question(OperationPage):
    slug, label = "question", "制作询问笔录"
    rule = rules.can_investigate
    form_class = investigating.QuestionForm
    effect = "编号制作询问笔录，并登记为一项证据。"
    done = "询问笔录已制作，请打印后由被询问人逐页签名。"

    def run(self, *, by, at, **cleaned):
        evidence.question(case=self.row, talk=self.form.talked(), by=by, at=at)
        return self.row


class Preserve(OperationPage):
    slug, label = "preserve", "先行登记保存"
    rule = rules.can_investigate
    form_class = investigating.PreserveForm
    effect = "编号制作通知书；七个工作日内必须作出处理。"
    done = "已登记保存，请打印通知书送达。"

    def run(self, *, by, at, **cleaned):
        evidence.preserve(case=self.row, by=by, at=at, **cleaned)
        return self.row


class Dispose(CasePage):
    slug, label = "dispose", "处理登记保存"
    rule = rules.can_handle
    form_class = investigating.DisposeForm
    effect = "写明登记保存的物品怎样处理。"
    done = "已处理。"

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        return super().offered_to(actor, row) and row.preservations.filter(disposal=Disposal.NONE).exists()

    def run(self, *, by, at, preservation, disposal, note):
        evidence.dispose(preservation=preservation, disposal=disposal, note=note, by=by, at=at)
        return self.row


class Conclude(StepPage):
    slug, label, kind, step = "conclude", "调查终结", "main", workflow.CONCLUDE
    rule = rules.can_handle
    form_class = investigating.ConcludeForm
    effect = "提交法制审核；审核通过后才能告知当事人。"
    done = "调查已终结，等待法制审核。"

    def run(self, *, by, at, report, illegal_gains, **cleaned):
        given = {"report": report, "illegal_gains": illegal_gains, "sanctions": self.form.sanctions()}
        return review.conclude(case=self.row, by=by, at=at, **given)


class PassReview(StepPage):
    slug, label, kind, step = "pass", "审核通过", "main", workflow.PASS
    rule = rules.can_review
    form_class = filing.OpinionForm
    effect = "事实清楚、证据充分、适用法律正确、程序合法的，审核通过。"
    done = "审核已通过。"

    def run(self, *, by, at, opinion):
        return review.pass_review(case=self.row, opinion=opinion, by=by, at=at)


class ReturnReview(StepPage):
    slug, label, kind, step = "return", "退回补充调查", "danger", workflow.RETURN
    rule = rules.can_review
    form_class = filing.OpinionForm
    effect = "退回办案人员补充调查。"
    done = "已退回。"

    def run(self, *, by, at, opinion):
        return review.return_review(case=self.row, opinion=opinion, by=by, at=at)


class TakeEvidence(TakePage):
    """A file of evidence."""

    rule = rules.can_take_file
    what = "证据文件"

    def effect(self) -> str:
        return f"{self.row.evidence}的文件。本次查看会记入操作记录。"

    def fetch(self, *, by, at):
        data = plain(self.row)
        file = evidence.take_evidence_file(file=self.row, by=by, at=at)
        return data, file.filename, TYPES[PaperFormat(file.format)]
