"""The page that puts an evidence file together; offered on entries and on ratings."""

from __future__ import annotations

from foundation.core.pages import OperationPage
from listings import rules
from listings.operations.files import issue_evidence_file


class IssueFile(OperationPage):
    slug, label = "file", "出具证据卷"
    rule = rules.can_issue_file
    effect = "将每一项事实、记录、照片、依据和计分过程汇成一份有文号的文书，可打印交给机构。"
    done = "证据卷已出具，见本页“文书”。"

    def run(self, *, by, at):
        return issue_evidence_file(subject=self.row, by=by, at=at)
