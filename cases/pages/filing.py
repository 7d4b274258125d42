"""Pages of filing, handling, closing: each one form, one rule, one operation."""

from __future__ import annotations

from cases import queries, rules, workflow
from cases.enums import Source
from cases.forms import filing as forms
from cases.operations import execution, filing
from cases.operations.filing import Proposal
from foundation.core.forms import ReasonForm
from foundation.core.pages import OperationPage, StepPage

FROM_FORM = ("violation", "summary", "person", "code", "address")


class ProposePage(OperationPage):
    """Contributed to the page of what the case grows from."""

    slug, label, kind = "case", "提请立案", "danger"
    form_class = forms.ProposeForm
    effect = "提请负责人审批；立案期限从今天起算。批准后九十日内作出处理决定。"
    done = "已提请立案，等待负责人审批。"
    source: Source

    def origin(self) -> dict:
        """The records that the case grows from, and its ``subject``."""
        raise NotImplementedError

    def run(self, *, by, at, officers, **cleaned):
        given = {key: cleaned[key] for key in FROM_FORM}
        proposal = Proposal(source=self.source, **self.origin(), **given)
        filing.propose_case(proposal=proposal, officers=list(officers), by=by, at=at)
        return self.row


class FromVisit(ProposePage):
    rule = rules.can_propose_from_visit
    source = Source.VISIT

    def origin(self) -> dict:
        return {"visit": self.row, "subject": self.row.institution or self.row.unlicensed}


class FromOrder(ProposePage):
    rule = rules.can_propose_from_order
    source = Source.ORDER

    def origin(self) -> dict:
        return {"order": self.row, "subject": self.row.party}


class FromClue(ProposePage):
    """What was reported or screened is shown already, as an advertisement is: no visit has to come before the case."""

    rule = rules.can_propose_from_clue
    source = Source.CLUE
    effect = "案卷只写“投诉举报”，不写线索编号和反映内容。提请负责人审批；批准后九十日内作出处理决定。"

    def origin(self) -> dict:
        return {"clue": self.row, "subject": self.row.institution or self.row.unlicensed_site}


class FromElsewhere(ProposePage):
    """From an institution or an unlicensed site: transferred to us, or seen in another way."""

    rule = rules.can_propose_against
    form_class = forms.ProposeElsewhereForm

    def run(self, *, by, at, source, source_note, **cleaned):
        self.source, self.source_note = Source(source), source_note
        return super().run(by=by, at=at, **cleaned)

    def origin(self) -> dict:
        return {"subject": self.row, "source_note": self.source_note}


class Approve(StepPage):
    slug, label, kind, step = "approve", "同意立案", "main", workflow.APPROVE
    rule = rules.can_approve
    form_class = forms.AgreeForm
    effect = "从今天起计算办案期限（九十日）。"
    done = "已同意立案。"

    def run(self, *, by, at, opinion):
        return filing.approve_filing(case=self.row, opinion=opinion, by=by, at=at)


class Decline(StepPage):
    slug, label, kind, step = "decline", "不予立案", "danger", workflow.DECLINE
    rule = rules.can_approve
    form_class = forms.OpinionForm
    effect = "案件到此为止，理由写入不予立案审批表。"
    done = "已不予立案。"

    def run(self, *, by, at, opinion):
        return filing.decline_filing(case=self.row, opinion=opinion, by=by, at=at)


class Sheet(OperationPage):
    slug, label = "sheet", "制作审批表"
    rule = rules.can_handle
    effect = "按已批准的内容编号制作立案审批表、不予立案审批表或结案审批表。"
    done = "审批表已制作。"

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        return super().offered_to(actor, row) and queries.sheet_due(row) is not None

    def run(self, *, by, at):
        execution.print_sheet(case=self.row, by=by, at=at)
        return self.row


class Replace(OperationPage):
    slug, label = "officer", "更换办案人员"
    rule = rules.can_handle
    form_class = forms.ReplaceForm
    effect = "原办案人员保留在案件记录中，注明更换或回避的理由。"
    done = "办案人员已更换。"

    def form_kwargs(self) -> dict:
        return {**super().form_kwargs(), "case": self.row}

    def run(self, *, by, at, **cleaned):
        return filing.replace_officer(case=self.row, by=by, at=at, **cleaned)


class Extend(OperationPage):
    slug, label = "extend", "延长办案期限"
    rule = rules.can_extend
    form_class = ReasonForm
    effect = "案情复杂的，办案期限由负责人批准延长一次。"
    done = "办案期限已延长。"

    def run(self, *, by, at, reason):
        return filing.extend_decision(case=self.row, reason=reason, by=by, at=at)


class Tag(OperationPage):
    slug, label = "tag", "计入专项行动"
    rule = rules.can_handle
    form_class = forms.TagForm
    effect = "这个案件将计入所选专项行动；同一行动只计一次。"
    done = "已计入。"

    def run(self, *, by, at, campaign):
        filing.tag_case(case=self.row, campaign=campaign, by=by, at=at)
        return self.row


class AskClose(StepPage):
    slug, label, kind, step = "ask-close", "提请结案", "main", workflow.ASK_CLOSE
    rule = rules.can_handle
    form_class = forms.NoteForm
    effect = "提请负责人审批结案；没有履行完的处罚请写明原因。"
    done = "已提请结案。"

    def run(self, *, by, at, note):
        return execution.ask_close(case=self.row, note=note, by=by, at=at)


class Close(StepPage):
    slug, label, kind, step = "close", "同意结案", "main", workflow.CLOSE
    rule = rules.can_approve
    form_class = forms.AgreeForm
    effect = "案件结案，未办结的期限不再计算。"
    done = "已同意结案。"

    def run(self, *, by, at, opinion):
        return execution.approve_close(case=self.row, opinion=opinion, by=by, at=at)


class KeepOpen(StepPage):
    slug, label, kind, step = "keep-open", "退回继续执行", "danger", workflow.KEEP_OPEN
    rule = rules.can_approve
    form_class = forms.OpinionForm
    effect = "案件退回执行。"
    done = "已退回。"

    def run(self, *, by, at, opinion):
        return execution.keep_open(case=self.row, opinion=opinion, by=by, at=at)


class Archive(StepPage):
    slug, label, step = "archive", "归档", workflow.ARCHIVE
    rule = rules.can_handle
    form_class = forms.ArchiveForm
    effect = "案卷归档后不再办理。"
    done = "已归档。"

    def run(self, *, by, at, archive_no):
        return execution.archive(case=self.row, archive_no=archive_no, by=by, at=at)
