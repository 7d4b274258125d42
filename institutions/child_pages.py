"""Pages about what belongs to one institution: permits and campuses end, courses stop, classes open, staff change."""

from __future__ import annotations

from django.db import models

from foundation.core.actor import Actor
from foundation.core.pages import OperationPage

from . import child_forms, rules
from .models import RedLine
from .operations import premises, staff, teaching


class ChildPage(OperationPage):
    """A page that is offered while the institution has something that it is about."""

    rule = rules.can_edit

    @classmethod
    def offered_to(cls, actor: Actor, row: models.Model | None) -> bool:
        return super().offered_to(actor, row) and cls.has_any(row)

    @classmethod
    def has_any(cls, row) -> bool:
        """Whether there is anything to choose."""
        return True

    def form_kwargs(self) -> dict:
        return {**super().form_kwargs(), "institution": self.row}


class EndPermit(ChildPage):
    slug, label = "end-permit", "终止许可"
    form_class = child_forms.EndPermitForm

    @classmethod
    def has_any(cls, row) -> bool:
        return row.permits.filter(ended_on__isnull=True).exists()

    def run(self, *, by, at, **facts):
        premises.end_permit(by=by, at=at, **facts)
        return self.row


class CloseCampus(ChildPage):
    slug, label = "close-campus", "停用校区"
    form_class = child_forms.CloseCampusForm

    @classmethod
    def has_any(cls, row) -> bool:
        return row.sites.filter(kind="campus", closed_on__isnull=True).exists()

    def run(self, *, by, at, **facts):
        premises.close_campus(by=by, at=at, **facts)
        return self.row


class StopCourse(ChildPage):
    slug, label = "stop-course", "停开课程"
    form_class = child_forms.StopCourseForm

    @classmethod
    def has_any(cls, row) -> bool:
        return child_forms.running_courses(row).exists()

    def run(self, *, by, at, **facts):
        teaching.stop_course(by=by, at=at, **facts)
        return self.row


class OpenClass(ChildPage):
    slug, label = "class", "登记班级"
    form_class = child_forms.OpenClassForm

    @classmethod
    def has_any(cls, row) -> bool:
        return child_forms.running_courses(row).exists() and child_forms.in_service(row).exists()

    def run(self, *, by, at, fee, **facts):
        teaching.open_class(fee_fen=fee, by=by, at=at, **facts)
        return self.row


class OfStaff(ChildPage):
    """A page about one of the people in service."""

    @classmethod
    def has_any(cls, row) -> bool:
        return child_forms.in_service(row).exists()


class RecordCrimeCheck(OfStaff):
    slug, label = "crime-check", "登记犯罪记录查询"
    form_class = child_forms.CrimeCheckForm

    def run(self, *, by, at, **facts):
        staff.record_crime_check(by=by, at=at, **facts)
        return self.row


class EndStaff(OfStaff):
    slug, label = "end-staff", "登记离职"
    form_class = child_forms.EndStaffForm

    def run(self, *, by, at, **facts):
        staff.end_staff(by=by, at=at, **facts)
        return self.row


class RecordRedLine(OfStaff):
    slug, label, kind = "red-line", "登记红线行为", "danger"
    form_class = child_forms.RedLineForm
    effect = "登记后，任何机构都不能再登记该人员，直至撤销。"

    def run(self, *, by, at, **facts):
        staff.record_red_line(by=by, at=at, **facts)
        return self.row


class VoidRedLine(ChildPage):
    slug, label = "void-red-line", "撤销红线行为"
    form_class = child_forms.VoidRedLineForm

    @classmethod
    def has_any(cls, row) -> bool:
        return RedLine.objects.filter(staff__institution=row, voided_at__isnull=True).exists()

    def run(self, *, by, at, **facts):
        staff.void_red_line(by=by, at=at, **facts)
        return self.row


PAGES = (
    EndPermit,
    CloseCampus,
    StopCourse,
    OpenClass,
    RecordCrimeCheck,
    EndStaff,
    RecordRedLine,
    VoidRedLine,
)
