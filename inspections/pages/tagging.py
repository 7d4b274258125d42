"""Pages that say in which campaigns a visit or a clue counts."""

from __future__ import annotations

from foundation.core.pages import BulkOperationPage, OperationPage
from inspections.forms import campaigns as forms
from inspections.operations import tagging
from inspections.queries.campaigns import campaigns_of, campaigns_of_clue
from inspections.rules import campaigns as rules


class Tag(OperationPage):
    slug, label = "tag", "计入专项行动"
    form_class = forms.TagForm
    done = "已计入。"


class TagMany(BulkOperationPage):
    slug, label = "tag-many", "计入专项行动"
    form_class = forms.TagForm


class Untag(OperationPage):
    slug, label, kind = "untag", "移出专项行动", "danger"
    form_class = forms.UntagForm
    done = "已移出。"


# -- visits ----------------------------------------------------------------------------------------------------------
class TagVisit(Tag):
    rule = rules.can_tag
    effect = "这次检查在每个所选行动中各计一次。"

    def run(self, *, by, at, campaigns):
        return tagging.tag_visit_with(visit=self.row, campaigns=campaigns, by=by, at=at)


class TagVisits(TagMany):
    rule = rules.can_tag_somewhere
    effect = "勾选的检查在每个所选行动中各计一次；不合条件的逐条说明原因。"

    def run_one(self, row, *, by, at, campaigns):
        return tagging.tag_visit_with(visit=row, campaigns=campaigns, by=by, at=at)


class UntagVisit(Untag):
    effect = "这次检查不再计入该行动。"

    @staticmethod
    def rule(actor, visit) -> bool:
        return rules.can_tag(actor, visit) and campaigns_of(visit).exists()

    def form_kwargs(self) -> dict:
        return {"campaigns": campaigns_of(self.row)}

    def run(self, *, by, at, campaign, reason):
        tagging.untag_visit(visit=self.row, campaign=campaign, reason=reason, by=by, at=at)
        return self.row


# -- clues -----------------------------------------------------------------------------------------------------------
class TagClue(Tag):
    rule = rules.can_tag_clue
    effect = "这条线索在每个所选行动中各计一次。"

    def run(self, *, by, at, campaigns):
        return tagging.tag_clue_with(clue=self.row, campaigns=campaigns, by=by, at=at)


class TagClues(TagMany):
    rule = rules.can_tag_some_clue
    effect = "勾选的线索在每个所选行动中各计一次；不合条件的逐条说明原因。"

    def run_one(self, row, *, by, at, campaigns):
        return tagging.tag_clue_with(clue=row, campaigns=campaigns, by=by, at=at)


class UntagClue(Untag):
    effect = "这条线索不再计入该行动。"

    @staticmethod
    def rule(actor, clue) -> bool:
        return rules.can_tag_clue(actor, clue) and campaigns_of_clue(clue).exists()

    def form_kwargs(self) -> dict:
        return {"campaigns": campaigns_of_clue(self.row)}

    def run(self, *, by, at, campaign, reason):
        tagging.untag_clue(clue=self.row, campaign=campaign, reason=reason, by=by, at=at)
        return self.row
