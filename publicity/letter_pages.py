"""Pages of letters to parents."""

from __future__ import annotations

from foundation.core.forms import ReasonForm
from foundation.core.pages import OperationPage, StepPage

from . import letter_forms as forms
from . import rules, workflow
from .operations import letters, receipts


class IssueLetter(OperationPage):
    slug, label, kind, per_object = "issue", "出具致家长信", "main", False
    rule = rules.can_issue_letters
    form_class = forms.LetterForm
    effect = "将编号出具，附白名单二维码、本地举报电话和回执；打印后由学校发放。"
    done = "致家长信已出具。"

    def run(self, *, by, at, schools, **words):
        return letters.issue_letter(words=letters.LetterWords(**words), schools=list(schools), by=by, at=at)


class CountLetters(OperationPage):
    slug, label, kind = "count", "登记发放和回执", "main"
    rule = rules.can_count_letters
    form_class = forms.CountForm
    effect = "按学校登记实发份数和收回的回执份数；还没有报来的留空。没有改动的学校不受影响。"
    done = "已登记。"

    def form_kwargs(self) -> dict:
        return {"letter": self.row}

    def run(self, *, by, at, **counted):
        told = {"counts": self.form.counts(), "seen": self.form.seen}
        return letters.count_letters(letter=self.row, **told, by=by, at=at)


class IssueNotice(OperationPage):
    slug, label, kind, per_object = "notice", "拟发通告", "main", False
    rule = rules.can_issue_letters
    form_class = forms.NoticeForm
    effect = "保存后由本单位另一人发布；发布后在公众网站显示，勾选的学校收到消息。"
    done = "通告已拟好，请另一人发布。"

    def run(self, *, by, at, schools, template, **words):
        return letters.issue_notice(schools=list(schools), by=by, at=at, **words)


class PublishLetter(StepPage):
    slug, label, kind, step = "publish", "发布", "main", workflow.PUBLISH
    rule = rules.can_publish_letter
    effect = "在公众网站“致家长信和通告”显示，各学校得到家长回执网址，学校专员收到消息。"
    done = "已发布。"

    def run(self, *, by, at):
        return receipts.publish_letter(letter=self.row, by=by, at=at)


class WithdrawLetter(StepPage):
    slug, label, kind, step = "withdraw", "撤下", "danger", workflow.WITHDRAW
    rule = rules.can_withdraw_letter
    form_class = ReasonForm
    effect = "公众网站立即不再显示，家长回执网址失效；已登记的数字保留。"
    done = "已撤下。"

    def run(self, *, by, at, reason):
        return receipts.withdraw_letter(letter=self.row, reason=reason, by=by, at=at)
