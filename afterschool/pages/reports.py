"""Pages of what schools report and offer, of terms and of blocks."""

from __future__ import annotations

from afterschool import rules
from afterschool.counts import NAMES, Counts
from afterschool.forms import reports as forms
from afterschool.models import Block, Offering, Participation, Term
from afterschool.operations import participation, terms
from foundation.core.money import yuan
from foundation.core.pages import OperationPage


def _counts(given: dict) -> Counts:
    """What a form says of a grade, taken out of it; an amount that was left empty is none."""
    return Counts(**{name: given.pop(name) or 0 for name in NAMES})


class Record(OperationPage):
    slug, label, kind, per_object = "record", "登记参与情况", "main", False
    rule = rules.can_enter
    form_class = forms.RecordForm
    effect = "按年级登记人数和金额，不登记学生姓名。同一天报错的请在原记录上更正；另一天的是新的统计，以最近一次为准。"
    done = "参与情况已登记。"

    def run(self, *, by, at, **given) -> Participation:
        return participation.record_participation(counts=_counts(given), by=by, at=at, **given)


class Correct(OperationPage):
    slug, label, kind = "correct", "更正", "main"
    rule = rules.can_correct
    form_class = forms.CorrectForm
    effect = "更正后以新的记录为准，原来的记录保留，可以查到当时报的是多少。"
    done = "已更正。"

    def form_kwargs(self) -> dict:
        now = {name: getattr(self.row, name) for name in NAMES}
        money = {name: yuan(now[name]) for name in ("subsidy_fen", "paid_fen")}
        return {"initial": now | money}

    def run(self, *, by, at, reason, **given) -> Participation:
        return participation.correct_participation(row=self.row, counts=_counts(given), reason=reason, by=by, at=at)


class Strike(OperationPage):
    slug, label, kind = "strike", "撤销登记", "danger"
    rule = rules.can_correct
    form_class = forms.StrikeForm
    effect = "撤销后这条记录不再计入任何统计，但保留备查。"
    done = "已撤销。"

    def run(self, *, by, at, reason) -> Participation:
        return participation.strike_participation(row=self.row, reason=reason, by=by, at=at)


class Offer(OperationPage):
    slug, label, kind, per_object = "offer", "登记学校开设", "main", False
    rule = rules.can_enter
    form_class = forms.OfferingForm
    effect = "由第三方机构承担的，机构须在本学期有效入选。"
    done = "学校开设已登记。"

    def run(self, *, by, at, school, term, block, **given) -> Offering:
        given["fee_fen"] = given["fee_fen"] or 0
        offered = terms.Offered(**given)
        return terms.record_offering(school=school, term=term, block=block, offered=offered, by=by, at=at)


class VoidOffering(OperationPage):
    slug, label, kind = "void", "作废", "danger"
    rule = rules.can_void_offering
    form_class = forms.VoidForm
    effect = "作废后不再列入学校开设的内容，记录保留备查。"
    done = "已作废。"

    def run(self, *, by, at, reason) -> Offering:
        return terms.void_offering(offering=self.row, reason=reason, by=by, at=at)


class RegisterTerm(OperationPage):
    slug, label, kind, per_object = "register", "登记学期", "main", False
    rule = rules.can_keep_terms
    form_class = forms.TermForm
    effect = "学期全省通用，登记后各县(市、区)和学校都可以按这个学期填报。"
    done = "学期已登记。"

    def run(self, *, by, at, **given) -> Term:
        return terms.register_term(by=by, at=at, **given)


class AddBlock(OperationPage):
    slug, label, kind, per_object = "add", "登记服务内容", "main", False
    rule = rules.can_keep
    form_class = forms.BlockForm
    done = "服务内容已登记。"

    def run(self, *, by, at, **given) -> Block:
        return terms.add_block(by=by, at=at, **given)


class RenameBlock(OperationPage):
    slug, label, kind = "rename", "改名", "main"
    rule = rules.can_change_block
    form_class = forms.RenameForm
    effect = "改名后，学校已登记的开设内容一并显示新名称。"

    def form_kwargs(self) -> dict:
        return {"initial": {"name": self.row.name}}

    def run(self, *, by, at, name) -> Block:
        return terms.rename_block(block=self.row, name=name, by=by, at=at)


class CloseBlock(OperationPage):
    slug, label, kind = "close", "停用", "danger"
    rule = rules.can_change_block
    form_class = forms.CloseForm
    effect = "停用后，学校不能再登记开设这项内容；已登记的保留。"
    done = "已停用。"

    def run(self, *, by, at, reason) -> Block:
        return terms.close_block(block=self.row, reason=reason, by=by, at=at)
