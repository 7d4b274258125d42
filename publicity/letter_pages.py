"""Pages of letters to parents."""

from __future__ import annotations

from foundation.core.pages import OperationPage

from . import letter_forms as forms
from . import rules
from .operations import letters


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
    effect = "按学校登记实发份数和收回的回执份数；还没有报来的留空。"
    done = "已登记。"

    def form_kwargs(self) -> dict:
        return {"letter": self.row}

    def run(self, *, by, at, **counted):
        return letters.count_letters(letter=self.row, counts=self.form.counts(), by=by, at=at)
