"""The page by which a bureau sets how it keeps a list."""

from __future__ import annotations

from foundation.core.pages import OperationPage
from listings import rules
from listings.forms.list_rules import ListRuleForm
from listings.operations.list_rules import set_list_rule


class SetRule(OperationPage):
    slug, label, kind, per_object = "set", "设定名单规则", "main", False
    rule = rules.can_set_rules
    form_class = ListRuleForm
    effect = "自施行之日起提请的按新规则办理；已提请的不变，原规则于前一日停止施行。"
    done = "名单规则已设定。"

    def run(self, *, by, at, kind, jurisdiction, effective_from, **_):
        return set_list_rule(
            kind=kind,
            jurisdiction=jurisdiction,
            effective_from=effective_from,
            facts=self.form.facts(),
            by=by,
            at=at,
        )
