"""The page that puts an edition up on paper."""

from __future__ import annotations

from foundation.core.pages import OperationPage
from listings import queries, rules
from listings.forms.public_notices import PublicNoticeForm
from listings.models import Edition
from listings.operations.public_notices import issue_public_notice


class IssueNotice(OperationPage):
    slug, label, kind = "notice", "出具公示文书", "main"
    rule = rules.can_issue_notice
    form_class = PublicNoticeForm
    effect = "按最新一期为本辖区的机构编文号并固定内容，生成 PDF 和 Word，可张贴、上网；名单再变动时另行出具。"
    done = "公示文书已出具，见本页“公示文书”。"

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        return super().offered_to(actor, row) and queries.latest_edition(row.kind) == row

    def run(self, *, by, at, content, objection, contact) -> Edition:
        issue_public_notice(edition=self.row, content=content, objection=objection, contact=contact, by=by, at=at)
        return self.row
