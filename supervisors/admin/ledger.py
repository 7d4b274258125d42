"""履职台账 in the staff site: a month, a line for each supervisor, a column for each duty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.marks import link
from foundation.core.site import Menu
from foundation.exports.pages import ExportPage
from supervisors import exporting, ledger, rules  # noqa: F401  (exporting declares what ExportPage writes)
from supervisors.models import MonthlyDuty
from supervisors.months import Month, months_until

OFFERED = 12


class MonthFilter(admin.SimpleListFilter):
    """One month at a time; the present one unless another is chosen."""

    title, parameter_name = "月份", "month"

    def lookups(self, request: HttpRequest, model_admin: RegisterAdmin) -> list[tuple[str, str]]:
        return [(month.key, month.label) for month in reversed(months_until(Month.of(clock.today()), OFFERED))]

    @property
    def month(self) -> Month:
        this = Month.of(clock.today())
        return min(Month.parsed(self.value() or "") or this, this)

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        for key, label in self.lookup_choices:
            address = changelist.get_query_string({self.parameter_name: key})
            yield {"selected": key == self.month.key, "query_string": address, "display": label}

    def queryset(self, request: HttpRequest, queryset: QuerySet[MonthlyDuty]) -> QuerySet[MonthlyDuty]:
        return ledger.counted_in(queryset, self.month)


def _number(duty: ledger.Counted):
    """The column of a duty: its number leads to the rows behind it."""

    @admin.display(description=duty.head, ordering=duty.key)
    def shown(self: RegisterAdmin, row: MonthlyDuty) -> SafeString | int:
        number = getattr(row, duty.key)
        address = reverse("admin:supervisors_supervisor_month", args=[row.pk])
        return link(str(number), f"{address}?month={row.month_on:%Y-%m}#{duty.key}") if number else 0

    return shown


@admin.register(MonthlyDuty)
class MonthlyDutyAdmin(RegisterAdmin):
    view_rule = rules.can_view
    menu = Menu("监督员", 20, "calendar_view_month")
    search_help = "姓名或监督员编号"
    empty_text = "这个月没有在聘的监督员。"
    pages = (ExportPage,)
    list_display = ("name", "month_shown", "number", "area", *(duty.key for duty in ledger.DUTIES))
    list_filter = (MonthFilter, "level", "recruitment", "area")
    list_select_related = ("area",)
    search_fields = ("name", "number")
    ordering = ("number", "pk")
    sections = (
        ("监督员", ("number", "name", "area", "term_from_on", "term_until_on")),
        ("本月", tuple(duty.key for duty in ledger.DUTIES)),
    )

    @admin.display(description="月份")
    def month_shown(self, row: MonthlyDuty) -> str:
        return f"{row.month_on:%Y-%m}"

    def visible(self, actor: Actor) -> QuerySet[MonthlyDuty]:
        return MonthlyDuty.objects.visible_to(actor)

    def get_object_or_404(self, request: HttpRequest, pk: int) -> MonthlyDuty:
        found = super().get_object_or_404(request, pk)
        return ledger.counted_in(MonthlyDuty.objects.filter(pk=pk), Month.of(clock.today())).first() or found

    def detail(self, row: MonthlyDuty, name: str) -> tuple[str, object]:
        """Whoever is not in office this month has no numbers of it."""
        duty = next((each for each in ledger.DUTIES if each.key == name), None)
        if duty is not None and not hasattr(row, name):
            return duty.head, "本月不在聘"
        return super().detail(row, name)


for _duty in ledger.DUTIES:
    setattr(MonthlyDutyAdmin, _duty.key, _number(_duty))
