"""Pages of declared interests: made on an institution's page, ended on their own."""

from __future__ import annotations

from foundation.core.pages import OperationPage
from inspections.forms.draws import InterestForm
from inspections.operations import interests
from inspections.rules import draws as rules


class DeclareInterest(OperationPage):
    """Contributed to an institution's page."""

    slug, label = "declare-interest", "申报利益关系(回避)"
    rule = rules.can_declare
    form_class = InterestForm
    effect = "有效期内，该人员在双随机抽取中回避这家机构。"
    done = "已申报。"

    def form_kwargs(self) -> dict:
        actor = self.request.actor
        return {"actor": actor, "others": rules.manages_people(actor)}

    def run(self, *, by, at, **facts):
        interests.declare_interest(institution=self.row, by=by, at=at, **facts)
        return self.row


class EndInterest(OperationPage):
    slug, label = "end", "结束申报"
    rule = rules.can_end_interest
    effect = "今天为最后一天，此后的抽取不再回避；记录保留。"
    done = "已结束。"

    def run(self, *, by, at):
        return interests.end_interest(interest=self.row, by=by, at=at)
