"""Forms about what belongs to one institution: its permits, campuses, courses, classes, staff and look-alikes."""

from __future__ import annotations

import re

from django import forms

from foundation.core import clock
from foundation.core.errors import InvalidInput
from foundation.core.forms import ActorForm
from foundation.core.money import fen

from .models import Course, Institution, Permit, RedLine, Site, StaffMember

WEEKDAYS = "一二三四五六日"
SLOT = re.compile(r"(?:周|星期)([一二三四五六日天])\s*(\d{1,2})[:：](\d{2})\s*[-—~至]\s*(\d{1,2})[:：](\d{2})")


class ChildForm(ActorForm):
    """A form whose pickers hold rows of one institution."""

    def __init__(self, *args, institution: Institution, **kwargs) -> None:
        self.institution = institution
        super().__init__(*args, **kwargs)


class EndPermitForm(ChildForm):
    permit = forms.ModelChoiceField(label="许可", queryset=Permit.objects.none())
    ended_on = forms.DateField(label="终止日期", initial=clock.today)
    reason = forms.CharField(label="终止事由", max_length=300)

    def narrow(self) -> None:
        self.fields["permit"].queryset = self.institution.permits.filter(ended_on__isnull=True).order_by("pk")


class CloseCampusForm(ChildForm):
    site = forms.ModelChoiceField(label="校区", queryset=Site.objects.none())
    closed_on = forms.DateField(label="停用日期", initial=clock.today)
    reason = forms.CharField(label="停用事由", max_length=300)

    def narrow(self) -> None:
        open_campuses = self.institution.sites.filter(kind="campus", closed_on__isnull=True)
        self.fields["site"].queryset = open_campuses.order_by("pk")


class StopCourseForm(ChildForm):
    course = forms.ModelChoiceField(label="课程", queryset=Course.objects.none())
    stopped_on = forms.DateField(label="停开日期", initial=clock.today)
    reason = forms.CharField(label="停开事由", max_length=300)

    def narrow(self) -> None:
        self.fields["course"].queryset = running_courses(self.institution)


class OpenClassForm(ChildForm):
    course = forms.ModelChoiceField(label="课程", queryset=Course.objects.none())
    name = forms.CharField(label="班级名称", max_length=80)
    teacher = forms.ModelChoiceField(label="任课教师", queryset=StaffMember.objects.none())
    site = forms.ModelChoiceField(label="办学场所", queryset=Site.objects.none(), required=False)
    room = forms.CharField(label="教室", max_length=40, required=False)
    timetable = forms.CharField(
        label="上课时间",
        max_length=300,
        help_text="如：周六 09:00-10:30；周日 14:00-15:30。",
    )
    lessons = forms.IntegerField(label="总课时", min_value=1, max_value=1000)
    fee = forms.CharField(label="班级收费(元)", max_length=20)
    capacity = forms.IntegerField(label="班额", min_value=1, max_value=500)
    starts_on = forms.DateField(label="开班日期", initial=clock.today)
    ends_on = forms.DateField(label="结班日期", required=False)

    def narrow(self) -> None:
        self.fields["course"].queryset = running_courses(self.institution)
        self.fields["teacher"].queryset = in_service(self.institution)
        self.fields["site"].queryset = self.institution.sites.filter(closed_on__isnull=True).order_by("pk")

    def clean_fee(self) -> int:
        try:
            return fen(self.cleaned_data["fee"])
        except InvalidInput as error:
            raise forms.ValidationError(error.message) from error

    def clean_timetable(self) -> list[dict[str, object]]:
        """``周六 09:00-10:30；周日 …`` as slots; what is left over after reading them is refused."""
        text = self.cleaned_data["timetable"]
        if re.sub(r"[\s，,；;、。]", "", SLOT.sub("", text)) or not SLOT.search(text):
            raise forms.ValidationError("请按“周六 09:00-10:30；周日 14:00-15:30”的写法填写。")
        return [
            {
                "weekday": WEEKDAYS.index("日" if day == "天" else day) + 1,
                "start": f"{int(h1):02d}:{m1}",
                "end": f"{int(h2):02d}:{m2}",
            }
            for day, h1, m1, h2, m2 in SLOT.findall(text)
        ]


class CrimeCheckForm(ChildForm):
    member = forms.ModelChoiceField(label="人员", queryset=StaffMember.objects.none())
    checked_on = forms.DateField(label="查询日期", initial=clock.today)

    def narrow(self) -> None:
        self.fields["member"].queryset = in_service(self.institution)


class EndStaffForm(ChildForm):
    member = forms.ModelChoiceField(label="人员", queryset=StaffMember.objects.none())
    left_on = forms.DateField(label="离职日期", initial=clock.today)

    def narrow(self) -> None:
        self.fields["member"].queryset = in_service(self.institution)


class RedLineForm(ChildForm):
    member = forms.ModelChoiceField(label="人员", queryset=StaffMember.objects.none())
    fact = forms.CharField(label="事实", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    basis = forms.CharField(label="依据", max_length=200, required=False)
    happened_on = forms.DateField(label="发生日期", initial=clock.today)

    def narrow(self) -> None:
        self.fields["member"].queryset = self.institution.staff.order_by("name", "pk")


class VoidRedLineForm(ChildForm):
    red_line = forms.ModelChoiceField(label="红线行为记录", queryset=RedLine.objects.none())
    reason = forms.CharField(label="撤销理由", max_length=300)

    def narrow(self) -> None:
        held = RedLine.objects.filter(staff__institution=self.institution, voided_at__isnull=True)
        self.fields["red_line"].queryset = held.select_related("staff").order_by("pk")


def running_courses(institution: Institution):
    return institution.courses.filter(stopped_on__isnull=True).order_by("name")


def in_service(institution: Institution):
    return institution.staff.filter(left_on__isnull=True).order_by("name", "pk")
