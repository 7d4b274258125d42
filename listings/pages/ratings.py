"""Pages of the ratings: each one form, one rule, one operation."""

from __future__ import annotations

from foundation.core.pages import BulkOperationPage, OperationPage, StepPage
from listings import rating_rules as rules
from listings import workflow
from listings.enums import RatingState
from listings.forms.entries import RemarkForm
from listings.forms.ratings import AnswerForm, DisputeForm, ObjectionForm, RubricForm, RunForm
from listings.models import RatingObjection
from listings.operations import disputes, ratings


class MakeRubric(OperationPage):
    slug, label, kind, per_object = "make", "制定新版本", "main", False
    rule = rules.can_make_rubrics
    form_class = RubricForm
    effect = "新版本制定后不能修改；以后发起的评价按新版本计算，已算的评价仍按原版本。"
    done = "评分标准已制定。"

    def run(self, *, by, at, jurisdiction, items, **facts):
        return ratings.make_rubric(jurisdiction=jurisdiction, facts=facts, items=items, by=by, at=at)


class StartRun(OperationPage):
    slug, label, kind, per_object = "start", "发起评价", "main", False
    rule = rules.can_run_somewhere
    form_class = RunForm
    effect = "系统按评分标准，根据当年记录逐家计算该地区在办机构的得分；另一人复核、公示期满后才成为诚信等级。"
    done = "已发起，系统正在逐家计算，请稍后在“诚信评价”中复核。"

    def run(self, *, by, at, jurisdiction, year):
        return ratings.start_run(jurisdiction=jurisdiction, year=year, by=by, at=at)


class Confirm(StepPage):
    slug, label, kind, step = "confirm", "复核通过", "main", workflow.CONFIRM
    rule = rules.can_review
    form_class = RemarkForm
    effect = "复核通过后可以公示。"
    done = "已复核通过。"

    def run(self, *, by, at, remark):
        return ratings.confirm_rating(rating=self.row, remark=remark, by=by, at=at)


class Object(StepPage):
    slug, label, step = "object", "提出异议", workflow.OBJECT
    rule = rules.can_review
    form_class = ObjectionForm
    effect = "评价退回；记录更正后重新计算，分值不能手工改。"
    done = "已提出异议。"

    def run(self, *, by, at, reason):
        return ratings.object_to_rating(rating=self.row, reason=reason, by=by, at=at)


class ProposeGrade(StepPage):
    slug, label, kind, step = "propose-grade", "公示拟定等级", "main", workflow.PROPOSE_GRADE
    rule = rules.can_propose_grade
    effect = (
        "公众网站公示拟定等级，机构可以在公示期内(按本地设定，默认5个工作日)提出异议；"
        "期满且异议均已答复的，次日自动公布。"
    )
    done = "已公示。"

    def run(self, *, by, at):
        return disputes.propose_grade(rating=self.row, by=by, at=at)


class TakeDispute(OperationPage):
    slug, label = "dispute", "登记机构异议"
    rule = rules.can_take_objection
    form_class = DisputeForm
    effect = "登记机构在公示期内提出的异议；须由另一人答复，答复前不能公布等级。"
    done = "异议已登记，待另一人答复。"

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        shown = super().offered_to(actor, row) and row.state == RatingState.NOTICE
        return shown and not row.objections.filter(accepted__isnull=True).exists()

    def run(self, *, by, at, **said):
        disputes.take_in_dispute(rating=self.row, by=by, at=at, **said)
        return self.row


class AnswerDispute(OperationPage):
    slug, label, kind = "answer-dispute", "答复机构异议", "main"
    rule = rules.can_answer_open_objection
    form_class = AnswerForm
    done = "异议已答复。"

    def waiting(self) -> RatingObjection:
        return self.row.objections.get(accepted__isnull=True)

    def effect(self) -> str:
        said = self.waiting()
        return (
            f"{said.given_by}于{said.received_on}提出：{said.text}　"
            "采纳的，评价退回，更正记录后重新计算、重新公示；不采纳的，公示继续，期满后公布。"
        )

    def run(self, *, by, at, accepted, answer):
        return disputes.answer_dispute(objection=self.waiting(), accepted=accepted, answer=answer, by=by, at=at)


class Publish(StepPage):
    slug, label, kind, step = "publish", "公布等级", "plain", workflow.PUBLISH
    rule = rules.can_publish
    effect = "公示期满、异议均已答复后才能公布；该机构的公众页面将显示新的诚信等级，双随机抽查按新等级分层。"
    done = "诚信等级已公布。"

    def run(self, *, by, at):
        return ratings.publish_rating(rating=self.row, by=by, at=at)


class RateAgain(OperationPage):
    slug, label = "again", "重新计算"
    rule = rules.can_rate_again
    effect = "按现在的记录和同一版评分标准重新计算；原评价保留，标为已被替代。"
    done = "已重新计算，待复核。"

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        return super().offered_to(actor, row) and row.state in (RatingState.OBJECTED, RatingState.COMPUTED)

    def run(self, *, by, at):
        return ratings.rate_institution(institution=self.row.institution, run=self.row.run, by=by, at=at)


class ConfirmMany(BulkOperationPage):
    slug, label = "confirm-many", "批量复核通过"
    rule = rules.can_review_somewhere
    form_class = RemarkForm
    effect = "这些评价复核通过；您自己发起计算的不能由您复核。"

    def run_one(self, row, *, by, at, remark):
        return ratings.confirm_rating(rating=row, remark=remark, by=by, at=at)


class ProposeMany(BulkOperationPage):
    slug, label, kind = "propose-many", "批量公示拟定等级", "main"
    rule = rules.can_publish_somewhere
    effect = "公众网站公示这些机构的拟定等级；公示期满且异议均已答复的，次日自动公布。"

    def run_one(self, row, *, by, at):
        return disputes.propose_grade(rating=row, by=by, at=at)
