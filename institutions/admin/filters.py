"""Filters that numbers lead to: of the page of the three nets, and of higher apps about one institution."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from foundation.core import clock
from foundation.regions.models import Division
from foundation.regions.queries import divisions_below
from institutions import coverage
from institutions.enums import Net
from institutions.models import Institution


class NetFilter(admin.SimpleListFilter):
    """Who has a person in post in a net and who lacks one: the numbers of the page of the three nets."""

    title, parameter_name = "三张网", "net"

    def lookups(self, request, model_admin):
        lacking = [(f"no-{net.value}", f"缺{net.label}责任人") for net in Net]
        return [*lacking, *((net.value, f"有{net.label}责任人") for net in Net)]

    def queryset(self, request, queryset):
        chosen, wanted = self.value() or "", coverage.with_responsible
        if chosen.startswith("no-"):
            chosen, wanted = chosen.removeprefix("no-"), coverage.without_responsible
        if chosen not in Net.values:
            return queryset
        return queryset.filter(pk__in=wanted(request.actor, Net(chosen), on=clock.today()).values("pk"))


class TownFilter(admin.SimpleListFilter):
    """A town with its communities, as the page of the three nets counts it; only what its numbers lead to is named."""

    title, parameter_name = "乡镇(街道)", "town"

    def lookups(self, request, model_admin):
        chosen = self.used_parameters.get(self.parameter_name, "")
        towns = Division.objects.filter(pk=int(chosen)) if chosen.isdecimal() else []
        return [(chosen, str(town)) for town in towns]

    def queryset(self, request, queryset):
        chosen = self.value()
        return queryset.filter(division__in=divisions_below(int(chosen))) if chosen else queryset


class HomeFilter(admin.SimpleListFilter):
    """Behind a number about one institution, on the list of a higher app; offers no list of them."""

    title, parameter_name = "机构", "home"
    path = "institution"

    def lookups(self, request, model_admin):
        chosen = request.GET.get(self.parameter_name, "")
        if not chosen.isdecimal():
            return []
        found = Institution.objects.visible_to(request.actor).filter(pk=chosen)
        return [(str(row.pk), row.name) for row in found]

    def has_output(self) -> bool:
        return self.value() is not None

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = self.value() or ""
        return queryset.filter(**{self.path: chosen}) if chosen.isdecimal() else queryset
