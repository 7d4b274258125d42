"""设定取舍: how a rate is printed from now on."""

from __future__ import annotations

from foundation.core.pages import OperationPage
from reports import rules
from reports.forms import StyleForm
from reports.models import RatioStyle
from reports.operations import set_style


class SetStyle(OperationPage):
    slug, label, per_object, kind = "set-style", "设定取舍", False, "main"
    rule = rules.can_set_style
    form_class = StyleForm
    effect = "从现在起，所选地区和它的下级按新的取舍显示这个比率；以前定稿的报表不变。"
    done = "已设定。"

    def run(self, *, by, at, **cleaned) -> RatioStyle:
        return set_style(**cleaned, by=by, at=at)
