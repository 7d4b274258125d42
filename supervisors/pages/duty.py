"""Training, quiz, library, and what supervisors send in."""

from __future__ import annotations

from foundation.core.pages import OperationPage, StepPage
from supervisors import forms, rules, workflow
from supervisors.operations import duty, library, training


class HoldTraining(OperationPage):
    slug, label, kind, per_object = "hold", "登记培训", "main", False
    rule = rules.can_manage_somewhere
    form_class = forms.TrainingForm
    done = "培训已登记。"

    def run(self, *, by, at, attended, **facts):
        return training.hold_training(attended=list(attended), by=by, at=at, **facts)


class NoteAttendance(OperationPage):
    slug, label, kind = "attendance", "登记到训", "main"
    rule = rules.can_keep_training
    form_class = forms.AttendanceForm
    done = "到训人员已登记。"

    def run(self, *, by, at, supervisors):
        training.note_attendance(training=self.row, supervisors=list(supervisors), by=by, at=at)
        return self.row


class MakeQuiz(OperationPage):
    slug, label, kind, per_object = "make", "编制测试", "main", False
    rule = rules.can_manage_somewhere
    form_class = forms.QuizForm
    effect = "本单位的监督员须通过测试才能用该版清单走访；同一版本以最新的测试为准。"
    done = "测试已编制。"

    def run(self, *, by, at, **facts):
        return training.make_quiz(by=by, at=at, **facts)


class Publish(OperationPage):
    slug, label, kind, per_object = "publish", "发布资料", "main", False
    rule = rules.can_manage_somewhere
    form_class = forms.LibraryForm
    effect = "本单位的在聘监督员将收到消息，在手机上逐节阅读。"
    done = "资料已发布。"

    def run(self, *, by, at, **facts):
        return library.publish_library_item(by=by, at=at, **facts)


class AnswerFeedback(StepPage):
    slug, label, step = "answer", "答复", workflow.ANSWER
    rule = rules.can_handle_feedback
    form_class = forms.ReplyForm
    effect = "监督员将在手机上看到答复。"
    done = "已答复。"

    def run(self, *, by, at, reply):
        return duty.answer_feedback(feedback=self.row, reply=reply, by=by, at=at)


class ConvertFeedback(StepPage):
    slug, label, kind, step = "convert", "转为线索", "main", workflow.CONVERT
    rule = rules.can_handle_feedback
    form_class = forms.ConversionForm
    effect = "反馈内容将登记为线索，由所在区县核查；监督员将在手机上看到已转线索。"
    done = "已转为线索。"

    def form_kwargs(self) -> dict:
        about = self.row.institution
        return {"actor": self.request.actor, "initial": {"division": about.division_id if about else None}}

    def run(self, *, by, at, division, subject):
        return duty.convert_feedback(feedback=self.row, division=division, subject=subject, by=by, at=at)


class DecideProposal(StepPage):
    slug, label, kind, step = "decide", "答复建议", "main", workflow.ADOPT
    rule = rules.can_decide_proposal
    form_class = forms.DecisionForm
    effect = "监督员将在手机上看到采纳情况和答复。"
    done = "已答复。"

    def run(self, *, by, at, decision, reply):
        return duty.decide_proposal(proposal=self.row, decision=decision, reply=reply, by=by, at=at)
