"""Filters behind the home page's tiles: the same queries, so a tile and its list cannot differ."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from foundation.core.actor import Actor


class WaitingFilter(admin.SimpleListFilter):
    """``WAITING`` maps a value of the address to its label and query."""

    title, parameter_name = "待办", "waiting"
    WAITING: dict[str, tuple[str, Callable[[Actor], QuerySet]]] = {}

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(value, label) for value, (label, _) in self.WAITING.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in self.WAITING:
            return queryset
        _, waiting = self.WAITING[self.value()]
        return queryset.filter(pk__in=waiting(request.actor).values("pk"))
