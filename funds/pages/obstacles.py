"""Pages of obstacles and trainings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from foundation.core import clock
from foundation.core.pages import OperationPage, Page, StepPage
from funds import queries, rules, workflow
from funds.forms import obstacles as forms
from funds.operations import obstacles


class OpenObstacle(OperationPage):
    slug, label, kind, per_object = "add", "登记问题", "main", False
    rule = rules.can_keep_some
    form_class = forms.ObstacleForm
    effect = "全县共性的问题在这里登记；某家机构的问题在该机构的“资金监管”页登记。到期前提醒负责单位。"
    done = "已登记问题。"

    def run(self, *, by, at, **facts):
        return obstacles.open_obstacle(by=by, at=at, **facts)


class CloseObstacle(StepPage):
    slug, label, kind, step = "close", "登记解决", "main", workflow.CLOSE
    rule = rules.can_close_obstacle
    form_class = forms.CloseForm
    done = "已登记解决。"

    def run(self, *, by, at, **facts):
        return obstacles.close_obstacle(obstacle=self.row, by=by, at=at, **facts)


class ByKind(Page):
    """问题分类统计: open, overdue and closed by kind; each number opens its rows."""

    slug, label, per_object = "by-kind", "问题分类统计", False
    rule = rules.can_view
    template_name = "funds/obstacles.html"
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.render(lines=queries.obstacles_by_kind(request.actor, on=clock.today()))


class HoldTraining(OperationPage):
    slug, label, kind, per_object = "add", "登记培训", "main", False
    rule = rules.can_hold_training
    form_class = forms.TrainingForm
    done = "已登记培训。"

    def run(self, *, by, at, **facts):
        return obstacles.hold_admin_training(by=by, at=at, **facts)
