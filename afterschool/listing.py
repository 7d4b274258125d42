"""What the registers of after-school services are narrowed by; the numbers of the overview lead to these lists."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from foundation.core import clock
from foundation.core.changelist import WaitingFilter
from foundation.regions.enums import DivisionLevel
from foundation.regions.models import Division, School
from foundation.regions.queries import lowest_bureaus

from . import queries, rules
from .enums import FULL_DAYS, FULL_MINUTES
from .models import Participation, Provider, Term


class RecordsFilter(admin.SimpleListFilter):
    """The records that count today; all that was ever recorded when asked for."""

    title, parameter_name = "记录", "records"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("all", "历次记录")]

    def choices(self, changelist):
        counted, *others = super().choices(changelist)
        return [{**counted, "display": "现行记录"}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Participation]) -> QuerySet[Participation]:
        if self.value() == "all":
            return queryset
        counted = queries.counted(request.actor, on=clock.today())
        return queryset.filter(pk__in=counted.values("pk"))


class ChosenFilter(admin.SimpleListFilter):
    """Narrows to one row that another page names; offers nothing by itself."""

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        value = request.GET.get(self.parameter_name, "")
        chosen = self.rows(request).filter(pk=value).first() if value.isdecimal() else None
        return [(value, str(chosen))] if chosen is not None else []

    def rows(self, request: HttpRequest) -> QuerySet:
        raise NotImplementedError

    def number(self) -> int | None:
        value = self.value() or ""
        return int(value) if value.isdecimal() else None


class SchoolFilter(ChosenFilter):
    title, parameter_name = "学校", "school"

    def rows(self, request: HttpRequest) -> QuerySet:
        return School.objects.visible_to(request.actor)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset if self.number() is None else queryset.filter(school=self.number())


class TownFilter(admin.SimpleListFilter):
    """By town, where the actor has one county."""

    title, parameter_name = "镇街", "town"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        if lowest_bureaus(request.actor).count() != 1 and not request.GET.get(self.parameter_name):
            return []
        schools = School.objects.visible_to(request.actor)
        places = Q(school__in=schools) | Q(children__school__in=schools)
        towns = Division.objects.filter(places, level=DivisionLevel.TOWN).distinct().order_by("code")
        return [(str(row.pk), row.name) for row in towns[:100]]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value() or ""
        if not value.isdecimal():
            return queryset
        return queryset.annotate(town_of_school=queries.TOWN).filter(town_of_school=int(value))


class ServiceFilter(admin.SimpleListFilter):
    title, parameter_name = "服务", "service"
    short = Q(days_per_week__lt=FULL_DAYS) | Q(minutes_per_day__lt=FULL_MINUTES)
    CHOICES = {
        "joined": ("有学生参加", Q(joined__gt=0)),
        "short": ("未达5天×2小时", Q(joined__gt=0) & short),
        "exempt": ("有免收学生", Q(exempt_hardship__gt=0) | Q(exempt_boarding__gt=0) | Q(exempt_other__gt=0)),
    }

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(value, label) for value, (label, _) in self.CHOICES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = self.CHOICES.get(self.value() or "")
        return queryset.filter(chosen[1]) if chosen else queryset


class ActiveFilter(admin.SimpleListFilter):
    title, parameter_name = "入选", "active"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("yes", "有效入选"), ("no", "未有效入选")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Provider]) -> QuerySet[Provider]:
        if self.value() not in ("yes", "no"):
            return queryset
        active = queries.active_providers(Provider.objects.all(), on=clock.today()).values("pk")
        return queryset.filter(pk__in=active) if self.value() == "yes" else queryset.exclude(pk__in=active)


class DecideFilter(WaitingFilter):
    WAITING = {"me": ("待我审核", queries.selections_to_decide)}


class OfSchoolsFilter(admin.SimpleListFilter):
    """On the register of schools: which of them serve in a term, as ``serving-12``, and where, as ``serving-12-t34``.

    The numbers of the overview lead here: ``c`` narrows to a county, ``t`` to a town.
    """

    title, parameter_name = "课后服务", "afterschool"
    WHICH = {
        "due": ("应开展", queries.schools_due),
        "serving": ("已开展", queries.schools_serving),
        "full": ("达到5天×2小时", queries.schools_full),
        "silent": ("未填报", queries.schools_silent),
    }

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        if not rules.can_view(request.actor):
            return []
        asked = request.GET.get(self.parameter_name, "")
        which, term, place = self.parts(asked)
        term = term or queries.current_term(clock.today())
        if term is None:
            return []
        offered = [(f"{name}-{term.pk}", f"{term}{label}") for name, (label, _) in self.WHICH.items()]
        if place and which in self.WHICH:
            offered.append((asked, f"{term}{self.WHICH[which][0]}(按地区)"))
        return offered

    @staticmethod
    def parts(value: str) -> tuple[str, Term | None, str]:
        """(which schools, the term, the place): of an address that names none of them nothing."""
        which, _, rest = value.partition("-")
        number, _, place = rest.partition("-")
        return which, Term.objects.filter(pk=number).first() if number.isdecimal() else None, place

    def queryset(self, request: HttpRequest, queryset: QuerySet[School]) -> QuerySet[School]:
        which, term, place = self.parts(self.value() or "")
        if term is None or which not in self.WHICH:
            return queryset
        rows = queryset.filter(pk__in=self.WHICH[which][1](request.actor, term).values("pk"))
        return rows.filter(queries.lies_at(place)) if place else rows
