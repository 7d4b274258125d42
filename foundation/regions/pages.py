"""The staff pages that change grids, school areas and schools."""

from __future__ import annotations

from typing import Any

from foundation.core.actor import Actor
from foundation.core.pages import OperationPage

from . import forms, rules
from .models import GridArea, School, SchoolArea
from .operations import grids, schools


class AreaPage(OperationPage):
    """Its form knows who asks; an edit page starts from what is registered."""

    fields: tuple[str, ...] = ()

    def form_kwargs(self) -> dict[str, Any]:
        if self.row is None:
            return {"actor": self.request.actor}
        return {"actor": self.request.actor, "initial": {name: getattr(self.row, name) for name in self.fields}}


class RegisterGrid(AreaPage):
    slug, label, kind, per_object = "register", "登记网格", "main", False
    rule = rules.can_manage_grids
    form_class = forms.GridForm
    done = "网格已登记。"

    def run(self, *, by: Actor, at: Any, **cleaned: Any) -> GridArea:
        return grids.register_grid(by=by, at=at, **cleaned)


class ChangeGrid(AreaPage):
    slug, label, kind, fields = "edit", "修改", "main", ("name", "cycle_days")
    rule = rules.can_manage_grid
    form_class = forms.GridFacts

    def run(self, *, by: Actor, at: Any, **cleaned: Any) -> GridArea:
        return grids.change_grid(by=by, at=at, grid=self.row, **cleaned)


class CloseGrid(AreaPage):
    slug, label, kind = "close", "停用", "danger"
    rule = rules.can_manage_grid
    form_class = forms.ClosingForm
    effect = "停用后，该网格不再安排网格员和巡查；历史记录保留。"
    done = "网格已停用。"

    def run(self, *, by: Actor, at: Any, **cleaned: Any) -> GridArea:
        return grids.close_grid(by=by, at=at, grid=self.row, **cleaned)


class RegisterSchoolArea(AreaPage):
    slug, label, kind, per_object = "register", "登记片区", "main", False
    rule = rules.can_manage_areas
    form_class = forms.SchoolAreaForm
    done = "片区已登记。"

    def run(self, *, by: Actor, at: Any, **cleaned: Any) -> SchoolArea:
        return schools.register_school_area(by=by, at=at, **cleaned)


class RenameSchoolArea(AreaPage):
    slug, label, kind, fields = "edit", "修改", "main", ("name",)
    rule = rules.can_manage_school_area
    form_class = forms.SchoolAreaFacts

    def run(self, *, by: Actor, at: Any, **cleaned: Any) -> SchoolArea:
        return schools.rename_school_area(by=by, at=at, area=self.row, **cleaned)


class RegisterSchool(AreaPage):
    slug, label, kind, per_object = "register", "登记学校", "main", False
    rule = rules.can_manage_areas
    form_class = forms.SchoolForm
    done = "学校已登记。"

    def run(self, *, by: Actor, at: Any, **cleaned: Any) -> School:
        return schools.register_school(by=by, at=at, **cleaned)


class ChangeSchool(AreaPage):
    slug, label, kind = "edit", "修改", "main"
    fields = ("name", "stage", "division", "area", "code", "opened_on")
    rule = rules.can_manage_school
    form_class = forms.SchoolFacts

    def run(self, *, by: Actor, at: Any, **cleaned: Any) -> School:
        return schools.change_school(by=by, at=at, school=self.row, **cleaned)


class CloseSchool(AreaPage):
    slug, label, kind = "close", "撤并", "danger"
    rule = rules.can_manage_school
    form_class = forms.ClosingForm
    effect = "撤并后，该学校不再安排学校专员，也不再参加课后服务统计；历史记录保留。"
    done = "学校已撤并。"

    def run(self, *, by: Actor, at: Any, **cleaned: Any) -> School:
        return schools.close_school(by=by, at=at, school=self.row, **cleaned)
