"""The one page of a check that changes something."""

from __future__ import annotations

from foundation.core.pages import OperationPage

from . import rules
from .models import PublicCheck
from .operations.checks import start_check


class StartCheck(OperationPage):
    slug, label, kind, per_object = "start", "立即检查", "main", False
    rule = rules.can_keep_site
    effect = (
        "将在后台逐页浏览公众网站并核对名单期次，不影响访问；发现的新问题会提醒有关单位。"
        "机构多时要几十分钟，进展显示在本页。"
    )
    done = "已开始检查公众网站，结果稍后显示在本页。"

    def run(self, *, by, at) -> PublicCheck:
        return start_check(by=by, at=at)

    def next_url(self, result: PublicCheck | None) -> str:
        return self.register.list_url()
