"""Pages of the hearing before a list and of the repair after it."""

from __future__ import annotations

from enforcement.forms.orders import ServiceForm
from foundation.core.pages import OperationPage, StepPage
from foundation.photos import intake
from foundation.photos.sending import sent_now
from listings import rules, workflow
from listings.enums import ListState, RepairState
from listings.forms import hearing as forms
from listings.operations import hearing, repairs


class Notify(StepPage):
    slug, label, kind, step = "notify", "出具事先告知书", "main", workflow.NOTIFY
    rule = rules.can_notify
    effect = "将编号出具《名单事先告知书》，写明事由、证据、依据和陈述申辩期限；送达后开始计算期限。"
    done = "告知书已出具，可打印送达。"

    def run(self, *, by, at):
        return hearing.notify_party(entry=self.row, by=by, at=at)


class Serve(StepPage):
    slug, label, kind, step = "serve", "登记送达", "main", workflow.SERVE
    rule = rules.can_handle
    form_class = ServiceForm
    effect = "自送达次日起计算陈述申辩期(按本地设定，默认5个工作日)；期满前不能列入。"
    done = "送达已登记，陈述申辩期开始计算。"

    def run(self, *, by, at, **facts):
        return hearing.record_notice_service(entry=self.row, by=by, at=at, **facts)


class TakeDefence(OperationPage):
    slug, label = "defence", "登记陈述申辩"
    rule = rules.can_handle
    form_class = forms.DefenceForm
    effect = "代当事人登记陈述申辩；审核人必须写明复核意见后才能同意列入。"
    done = "陈述申辩已登记。"

    @classmethod
    def offered_to(cls, actor, row) -> bool:
        return super().offered_to(actor, row) and row.state == ListState.DEFENDING

    def run(self, *, by, at, text, given_by, photos):
        with intake.taking(photos) as taken:
            sent = sent_now(taken)
            hearing.take_in_defence(entry=self.row, text=text, given_by=given_by, photos=sent, by=by, at=at)
        return self.row


class Waive(StepPage):
    slug, label, step = "waive", "登记书面放弃", workflow.WAIVE
    rule = rules.can_handle
    form_class = forms.WaiverForm
    effect = "当事人书面放弃陈述申辩的，不必等期满，转入审核。口头放弃的不能登记。"
    done = "已登记，转入审核。"

    def run(self, *, by, at, text, given_by):
        return hearing.waive_defence(entry=self.row, text=text, given_by=given_by, by=by, at=at)


class CloseWindow(StepPage):
    slug, label, step = "close-window", "申辩期满转审核", workflow.CLOSE_WINDOW
    rule = rules.can_close_window
    effect = "陈述申辩期已满的，转入审核；系统每天凌晨也会自动办理。"
    done = "已转入审核。"

    def run(self, *, by, at):
        return hearing.close_window(entry=self.row, by=by, at=at)


class ApplyForRepair(OperationPage):
    slug, label = "repair", "登记信用修复申请"
    rule = rules.can_take_repair
    form_class = forms.RepairForm
    effect = "代当事人登记申请和证明材料；核查通过并经另一人同意前，继续在名单中。"
    done = "信用修复申请已登记，请安排两名以上人员核查。"

    def run(self, *, by, at, text, given_by, photos):
        with intake.taking(photos) as taken:
            sent = sent_now(taken)
            repairs.apply_for_repair(entry=self.row, text=text, given_by=given_by, photos=sent, by=by, at=at)
        return self.row


class RepairPage(OperationPage):
    rule = rules.can_check_open_repair

    def form_kwargs(self) -> dict:
        return {"repair": self.repair}

    @property
    def repair(self):
        return self.row.repairs.filter(state=RepairState.APPLIED).first()


class PassRepair(RepairPage):
    slug, label, kind = "pass-repair", "修复核查通过", "main"
    form_class = forms.PassRepairForm
    effect = "以所选检查记录为依据提请移出名单，由另一人审核。"
    done = "核查通过，已提请移出。"

    def run(self, *, by, at, visit, remark):
        return repairs.pass_repair(repair=self.repair, visit=visit, remark=remark, by=by, at=at)


class RefuseRepair(RepairPage):
    slug, label = "refuse-repair", "修复核查未通过"
    form_class = forms.RefuseRepairForm
    effect = "继续在名单中，并出具不予移出的告知书；当事人可以再次申请。"
    done = "已登记核查结果。"

    def run(self, *, by, at, visit, remark):
        repairs.refuse_repair(repair=self.repair, visit=visit, remark=remark, by=by, at=at)
        return self.row
