"""Pages of the register that change something: each one form, one rule, one operation."""

from __future__ import annotations

from dataclasses import dataclass

from foundation.core import clock
from foundation.core.numbers import percent
from foundation.core.pages import BulkOperationPage, OperationPage, Page, StepPage, dressed

from . import forms, queries, rules, workflow
from .enums import OPERATING, Category, Status
from .models import Institution
from .operations import merging, nets, premises, register, staff, teaching, unlicensed
from .operations import status as status_operations


class RegisterInstitution(OperationPage):
    slug, label, kind, per_object = "register", "登记机构", "main", False
    rule = rules.can_register
    form_class = forms.RegisterForm
    effect = "机构将列入本辖区名录，并产生第一条状态记录。"
    done = "机构已登记。"

    def run(self, *, by, at, jurisdiction, status, effective_on, reason, **facts):
        return register.register_institution(
            jurisdiction=jurisdiction,
            facts=facts,
            status=status,
            effective_on=effective_on,
            reason=reason,
            by=by,
            at=at,
        )


class ChangeInstitution(OperationPage):
    slug, label, kind = "edit", "变更信息", "main"
    rule = rules.can_edit
    form_class = forms.ChangeForm
    effect = "变更前后的内容会写入操作记录；原名称、原地址会保留。"

    def form_kwargs(self) -> dict:
        initial = {name: getattr(self.row, name) for name in register.EDITABLE}
        return {**super().form_kwargs(), "initial": initial}

    def run(self, *, by, at, reason, category_since, **facts):
        given = {"reason": reason, "category_since": category_since, "by": by, "at": at}
        return register.change_institution(institution=self.row, facts=facts, **given)


class RegisterAsOf(Page):
    """How many institutions had which status on a day, as known then; with the reduction from a base day."""

    slug, label, per_object = "as-of", "时点查询", False
    rule = rules.can_view_register
    http_method_names = ["get"]
    template_name = "institutions/as_of.html"

    def get(self, request, *args, **kwargs):
        form = dressed(forms.AsOfForm(request.GET if "on" in request.GET else None, initial={"on": clock.today()}))
        on = clock.today()
        known_at = base_on = None
        if form.is_valid():
            on, base_on = form.cleaned_data["on"], form.cleaned_data["base_on"]
            known_at = clock.end_of(form.cleaned_data["known_on"])
        table = queries.table_as_of(request.actor, on=on, known_at=known_at)
        lines = [AsOfLine.of(category, counts) for category, counts in table]
        base = dict(queries.table_as_of(request.actor, on=base_on, known_at=known_at)) if base_on else {}
        for line in lines:
            line.base = sum(number for status, number in base.get(line.category, {}).items() if status in OPERATING)
        return self.render(form=form, on=on, base_on=base_on, lines=lines, known_at=known_at)


@dataclass
class AsOfLine:
    """One category of the table: counts by status (家), the operating ones, and those of the base day."""

    category: str
    counts: list[tuple[str, int]]
    operating: int
    total: int
    base: int = 0

    @classmethod
    def of(cls, category: str, counts: dict[str, int]) -> AsOfLine:
        shown = [(Status(status).label, number) for status, number in counts.items()]
        operating = sum(number for status, number in counts.items() if status in OPERATING)
        return cls(category, shown, operating, sum(counts.values()))

    @property
    def label(self) -> str:
        return Category(self.category).label

    @property
    def reduction(self) -> str:
        """压减率 in percent with two decimals, truncated (domain rule A1); empty without a base."""
        return percent(self.base - self.operating, self.base) if self.base else ""


class ChangeStatus(OperationPage):
    slug, label = "status", "变更状态"
    rule = rules.can_edit
    form_class = forms.StatusForm
    effect = "状态自生效日期起变更；注销、吊销、取缔后不能再变更，只能更正记录。"

    def run(self, *, by, at, status, effective_on, reason):
        return status_operations.change_status(
            institution=self.row, status=status, effective_on=effective_on, reason=reason, by=by, at=at
        )


class CorrectStatus(OperationPage):
    slug, label, kind = "correct-status", "更正状态记录", "danger"
    rule = rules.can_edit
    form_class = forms.CorrectionForm
    effect = "原记录不会删除，标为“已更正”；按“当时所知”查询仍可看到原记录。"

    def form_kwargs(self) -> dict:
        return {**super().form_kwargs(), "institution": self.row}

    def run(self, **given):
        return status_operations.correct_status(**given)


class NameResponsible(OperationPage):
    slug, label = "responsible", "指定责任人"
    rule = rules.can_edit
    form_class = forms.ResponsibleForm
    effect = "人工指定的责任人不会被按岗位自动填写的结果替换。"

    def form_kwargs(self) -> dict:
        return {**super().form_kwargs(), "institution": self.row}

    def run(self, *, by, at, net, post):
        nets.name_responsible(institution=self.row, net=net, post=post, by=by, at=at)
        return self.row


class FillNets(BulkOperationPage):
    """Name those whose posts cover the ticked institutions in each net."""

    slug, label = "fill-nets", "按岗位填写责任人"
    rule = rules.can_register
    effect = "按网格员、学校专员、片区负责人和部门岗位负责的区域和类别填写三张网责任人；人工指定且在岗的不变。"

    def run_one(self, row, *, by, at):
        return nets.fill_nets(institutions=[row], by=by, at=at)


class AddPermit(OperationPage):
    slug, label = "permit", "登记许可"
    rule = rules.can_edit
    form_class = forms.PermitForm

    def run(self, *, by, at, **facts):
        premises.add_permit(institution=self.row, by=by, at=at, **facts)
        return self.row


class OpenCampus(OperationPage):
    slug, label = "campus", "登记校区"
    rule = rules.can_edit
    form_class = forms.CampusForm

    def run(self, *, by, at, **facts):
        premises.open_campus(institution=self.row, by=by, at=at, **facts)
        return self.row


class PublishCourse(OperationPage):
    slug, label = "course", "公示课程"
    rule = rules.can_edit
    form_class = forms.CourseForm

    def run(self, *, by, at, lesson_fee, **facts):
        teaching.publish_course(institution=self.row, lesson_fee_fen=lesson_fee, by=by, at=at, **facts)
        return self.row


class AddStaff(OperationPage):
    slug, label = "staff", "登记从业人员"
    rule = rules.can_edit
    form_class = forms.StaffForm

    def run(self, *, by, at, **facts):
        staff.add_staff(institution=self.row, by=by, at=at, **facts)
        return self.row


class RecordOpinion(OperationPage):
    slug, label = "opinion", "登记鉴别意见"
    rule = rules.can_classify
    form_class = forms.OpinionForm

    def run(self, *, by, at, **facts):
        teaching.record_opinion(institution=self.row, by=by, at=at, **facts)
        return self.row


class MergeInstitution(OperationPage):
    slug, label, kind = "merge", "合并重复机构", "danger"
    rule = rules.can_merge
    form_class = forms.MergeForm
    template_name = "institutions/merge.html"
    effect = "被合并的记录将从所有名录中移出，其历史保留在本机构名下。"

    def candidates(self) -> list[tuple[Institution, str]]:
        """Look-alikes of this institution, with why."""
        return [
            (other, why)
            for first, second, why in queries.lookalikes(self.request.actor)
            for other in ((second,) if first == self.row else (first,) if second == self.row else ())
        ]

    def form_kwargs(self) -> dict:
        ids = [other.pk for other, _ in self.candidates()]
        return {**super().form_kwargs(), "candidates": Institution.objects.filter(pk__in=ids).order_by("pk")}

    def context(self, **extra) -> dict:
        return super().context(candidates=self.candidates(), **extra)

    def run(self, *, by, at, absorb, reason):
        return merging.merge_institutions(keep=self.row, absorb=absorb, reason=reason, by=by, at=at)


class ReportUnlicensed(OperationPage):
    slug, label, kind, per_object = "report", "上报无证场所", "main", False
    rule = rules.can_report_unlicensed
    form_class = forms.UnlicensedForm
    effect = "场所将列入本辖区无证台账，处置前每天计入存量。"

    def run(self, *, by, at, **facts):
        return unlicensed.report_unlicensed(by=by, at=at, **facts)


class RecordRound(OperationPage):
    slug, label, kind = "round", "登记核查", "main"
    rule = rules.can_handle_unlicensed
    form_class = forms.RoundForm

    def run(self, *, by, at, **facts):
        unlicensed.record_round(site=self.row, by=by, at=at, **facts)
        return self.row


class Dispose(StepPage):
    slug, label = "dispose", "登记处置"
    rule, step = rules.can_handle_unlicensed, workflow.DISPOSE
    form_class = forms.DisposalForm
    effect = "处置后该场所不再计入存量；如反弹可重新打开。"

    def run(self, *, by, at, **facts):
        return unlicensed.dispose_unlicensed(site=self.row, by=by, at=at, **facts)


class Reopen(StepPage):
    slug, label = "reopen", "登记反弹"
    rule, step = rules.can_handle_unlicensed, workflow.REOPEN
    form_class = forms.ReopenForm

    def run(self, *, by, at, reopened_on, reason):
        return unlicensed.reopen_unlicensed(site=self.row, reopened_on=reopened_on, reason=reason, by=by, at=at)


class MergeUnlicensed(StepPage):
    slug, label = "merge", "并入名录"
    rule, step = rules.can_handle_unlicensed, workflow.MERGE
    form_class = forms.UnlicensedMergeForm

    def run(self, *, by, at, institution, reason):
        return unlicensed.merge_unlicensed(site=self.row, institution=institution, reason=reason, by=by, at=at)
