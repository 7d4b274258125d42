"""Django's change list as a register shows it: words for filters, a choice of page sizes, cells ready to print."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib.admin import ListFilter, ModelAdmin, RelatedFieldListFilter, SimpleListFilter
from django.contrib.admin.templatetags.admin_list import result_headers
from django.contrib.admin.utils import display_for_field, display_for_value, label_for_field, lookup_field
from django.contrib.admin.views.main import PAGE_VAR, SEARCH_VAR, ChangeList
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.http import HttpRequest
from django.utils.http import urlencode

from .actor import Actor

PER_PAGE_VAR = "per_page"
BACK_VAR = "back"  # on pages opened from a list: the list's query string
PAGE_SIZES = (10, 20, 50, 100)
EMPTY = "—"


class WaitingFilter(SimpleListFilter):
    """The lists behind the home page's tiles: the same queries, so a tile and its list cannot differ.

    ``WAITING`` maps a value of the address to its label and to the query of the actor's rows.
    """

    title, parameter_name = "待办", "waiting"
    WAITING: ClassVar[Mapping[str, tuple[str, Callable[[Actor], models.QuerySet]]]] = {}

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [(value, label) for value, (label, _) in self.WAITING.items()]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        chosen = self.WAITING.get(self.value() or "")
        return queryset.filter(pk__in=chosen[1](request.actor).values("pk")) if chosen else queryset


_contributed: dict[type[models.Model], list[type[SimpleListFilter]]] = {}


def contribute_filter(model: type[models.Model], spec: type[SimpleListFilter]) -> None:
    """Add a filter of a higher app to the list of a lower app's model (in the higher app's ``admin.py``)."""
    filters = _contributed.setdefault(model, [])
    if spec not in filters:
        filters.append(spec)


def filters_contributed_to(model: type[models.Model]) -> tuple[type[SimpleListFilter], ...]:
    return tuple(_contributed.get(model, ()))


@dataclass(frozen=True)
class Row:
    pk: int
    label: str
    url: str
    cells: list[tuple[str, object]]


@dataclass(frozen=True)
class FilterGroup:
    """One filter: a list of links, or (Unfold's range and picker filters) a piece of form."""

    spec: ListFilter
    title: str
    choices: list[Mapping[str, Any]]
    active: bool
    clear_url: str

    @property
    def is_form(self) -> bool:
        return any("display" not in choice for choice in self.choices)

    @property
    def chosen(self) -> str:
        return next((str(choice["display"]) for choice in self.choices if choice.get("selected")), "已设条件")


class ScopedRelatedFilter(RelatedFieldListFilter):
    """Offers only related rows that the actor may see; a list of names is a list of names."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        visible = field.remote_field.model._default_manager.visible_to(request.actor)
        return [(str(row.pk), str(row)) for row in visible.order_by("pk")[:200]]


class RegisterChangeList(ChangeList):
    """A list without popups, "show all" and surprises: an unknown page number gives the last page."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.title = str(self.opts.verbose_name_plural)
        self.full_result_count = self.result_count
        self.query_string = request.GET.urlencode()

    def get_filters_params(self, params: dict | None = None) -> dict:
        given = super().get_filters_params(params)
        given.pop(PER_PAGE_VAR, None)
        return given

    def get_results(self, request: HttpRequest) -> None:
        asked = request.GET.get(PER_PAGE_VAR, "")
        if asked.isdecimal() and int(asked) in PAGE_SIZES:
            self.list_per_page = int(asked)
        paginator = self.model_admin.get_paginator(request, self.queryset, self.list_per_page)
        self.page_num = min(max(self.page_num, 1), paginator.num_pages)
        self.paginator = paginator
        self.result_count = paginator.count
        self.result_list = paginator.page(self.page_num).object_list
        self.multi_page = paginator.num_pages > 1
        self.can_show_all = self.show_full_result_count = self.show_admin_actions = False

    def headers(self) -> list[dict[str, Any]]:
        return list(result_headers(self))

    def rows(self) -> Iterator[Row]:
        labels = [str(label_for_field(name, self.model, model_admin=self.model_admin)) for name in self.list_display]
        back = f"?{urlencode({BACK_VAR: self.query_string})}" if self.query_string else ""
        for row in self.result_list:
            cells = [(label, self.cell(row, name)) for label, name in zip(labels, self.list_display, strict=True)]
            yield Row(row.pk, str(row), self.url_for_result(row) + back, cells)

    def cell(self, row: models.Model, name: Any) -> object:
        """What one cell shows: words for choices and truth, dates as 2024-04-24, a dash for nothing."""
        try:
            field, _attribute, value = lookup_field(name, row, self.model_admin)
        except ObjectDoesNotExist:
            return EMPTY
        if field is not None and field.remote_field:
            value = getattr(row, field.name)
        if value is None or value == "":
            return EMPTY
        if isinstance(value, bool):
            return "是" if value else "否"
        if field is None or field.remote_field:
            return value if hasattr(value, "__html__") else display_for_value(value, EMPTY)
        return display_for_field(value, field, EMPTY)

    def filter_groups(self) -> list[FilterGroup]:
        return [
            FilterGroup(
                spec=spec,
                title=str(spec.title),
                choices=list(spec.choices(self)),
                active=bool(spec.used_parameters),
                clear_url=self.get_query_string(remove=[name for name in spec.expected_parameters() if name]),
            )
            for spec in self.filter_specs
        ]

    def hidden_params(self) -> list[tuple[str, str]]:
        """What a search must keep: the filters, the order and the page size, but not the page."""
        kept = self.filter_params.items()
        return [(name, value) for name, values in kept if name not in {SEARCH_VAR, PAGE_VAR} for value in values]

    def page_sizes(self) -> list[tuple[int, str, bool]]:
        return [(size, self.get_query_string({PER_PAGE_VAR: size}), size == self.list_per_page) for size in PAGE_SIZES]

    def page_links(self) -> list[tuple[str, str, bool]]:
        """(text, address, is current) of the page numbers; a gap has no address."""
        pages = self.paginator.get_elided_page_range(self.page_num, on_each_side=2, on_ends=1)
        return [
            (str(page), self.get_query_string({PAGE_VAR: page}) if isinstance(page, int) else "", page == self.page_num)
            for page in pages
        ]

    def clear_everything_url(self) -> str:
        return self.get_query_string(remove=[*self.get_filters_params(), SEARCH_VAR])
