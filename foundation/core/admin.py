"""Registers in the staff site: lists and detail pages that only read. Every write is a page with one operation."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.admin import ShowFacets
from django.contrib.admin.views.main import ERROR_FLAG, ChangeList
from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured, PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from unfold.admin import ModelAdmin

from .actor import Actor
from .changelist import BACK_VAR, RegisterChangeList, ScopedRelatedFilter, filters_contributed_to
from .operation import Rule
from .pages import Page, contributed_to
from .panels import panels_for
from .site import Menu


class ReadOnlyRegister(Exception):
    """A write reached Django's own admin machinery; writes belong to operations."""


class RegisterAdmin(ModelAdmin):
    """A list with filters, a detail page, and the pages that change things.

    A subclass names ``view_rule(actor) -> bool`` (nobody sees a register without one), ``sections`` for the detail page
    and ``pages``. Rows come from the model's ``visible_to``; what is out of scope is 404. ``empty_text`` says what this
    list is for when it has no rows; ``search_help`` is the search box's placeholder.
    """

    view_rule: ClassVar[Rule | None] = None
    pages: ClassVar[tuple[type[Page], ...]] = ()
    sections: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = ()
    menu: ClassVar[Menu | None] = None
    empty_text: ClassVar[str] = ""
    search_help: ClassVar[str] = ""
    actions = None
    list_per_page = 20
    list_max_show_all = 0
    list_fullwidth = True
    list_filter_sheet = False
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    empty_value_display = "—"
    change_list_template = "staff/list.html"
    change_form_template = "staff/detail.html"

    # -- who may -------------------------------------------------------------------------------------------------
    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        rule = type(self).view_rule
        return rule is not None and rule(request.actor)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return self.visible(request.actor)

    def visible(self, actor: Actor) -> models.QuerySet:
        """Rows of this register for this actor; override only for models that have no scope of their own."""
        return self.model._default_manager.visible_to(actor)

    # -- no writes -----------------------------------------------------------------------------------------------
    def save_model(self, *args: Any, **kwargs: Any) -> None:
        raise ReadOnlyRegister(self.model._meta.label)

    save_related = save_formset = delete_model = delete_queryset = save_model

    def log_addition(self, *args: Any, **kwargs: Any) -> None:
        """Django's LogEntry is off: audit.Event is the trace."""

    log_change = log_deletions = log_addition

    # -- pages ---------------------------------------------------------------------------------------------------
    def get_urls(self) -> list:
        prefix = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        if taken := {page.slug for page in self.all_pages()} & {"change", "changelist"}:
            raise ImproperlyConfigured(f"{prefix}: {', '.join(taken)} is the address of the register's own page")
        own = [
            path(
                f"<int:pk>/{page.slug}/" if page.per_object else f"{page.slug}/",
                wrap(page.as_view(register=self)),
                name=f"{prefix}_{page.slug}",
            )
            for page in self.all_pages()
        ]
        return [
            path("", wrap(self.changelist_view), name=f"{prefix}_changelist"),
            *own,
            path("<int:pk>/", wrap(self.detail_view), name=f"{prefix}_change"),
        ]

    def get_object_or_404(self, request: HttpRequest, pk: int) -> models.Model:
        row = self.get_queryset(request).filter(pk=pk).first()
        if row is None:
            raise Http404(f"没有找到这条{self.opts.verbose_name}，或它不在您的管辖范围内。")
        return row

    def require_view(self, request: HttpRequest) -> None:
        """Who may not see is told so (403) before anything else is said, even that a method is not allowed."""
        if not self.has_view_permission(request):
            raise PermissionDenied(getattr(type(self).view_rule, "refusal", ""))

    def list_url(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def row_url(self, row: models.Model) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        self.require_view(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        context = {
            "title": str(self.opts.verbose_name_plural),
            "buttons": self.buttons(request.actor, None, query=request.GET.urlencode()),
            "bulk_buttons": self.bulk_buttons(request.actor),
            "conditions_ignored": ERROR_FLAG in request.GET,
            "crumbs": self.crumbs()[:-1],
        }
        response = super().changelist_view(request, {**context, **(extra_context or {})})
        shown = getattr(response, "context_data", None) or {}
        if "cl" in shown and not shown["cl"].result_count:
            shown["buttons"] = [button for button in shown["buttons"] if not button["needs_rows"]]
        return response

    def detail_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.require_view(request)
        row = self.get_object_or_404(request, pk)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(row),
            "row": row,
            "register": self,
            "crumbs": self.crumbs(),
            "back": with_back(self.list_url(), request, unfold=True),
            "summary": self.summary(request.actor, row),
            "details": self.details(request.actor, row),
            "panels": panels_for(request.actor, row),
            "timeline": self.timeline(request.actor, row),
            "buttons": [
                {**button, "url": with_back(button["url"], request)} for button in self.buttons(request.actor, row)
            ],
        }
        return TemplateResponse(request, self.change_form_template, context)

    def crumbs(self, row: models.Model | None = None) -> list[tuple[str, str]]:
        """(label, address) of the way to a page below this register; the menu's section leads nowhere by itself."""
        label = str(self.opts.verbose_name_plural)
        section = [(self.menu.section, "")] if self.menu and self.menu.section != label else []
        above = [*section, (label, self.list_url())]
        return above if row is None else [*above, (str(row), self.row_url(row))]

    def all_pages(self) -> tuple[type[Page], ...]:
        """This register's own pages and those that higher apps contribute to its model."""
        return tuple(dict.fromkeys(sorted((*self.pages, *contributed_to(self.model)), key=lambda page: not page.leads)))

    def buttons(self, actor: Actor, row: models.Model | None, *, query: str = "") -> list[dict[str, Any]]:
        """The pages that this actor may open now: by the same rule that their operation enforces."""
        return [
            {
                "label": page.label,
                "url": page.url_for(self, row) + (f"?{query}" if query and page.keeps_filters else ""),
                "kind": page.kind,
                "subject": page.subject(),
                "needs_rows": page.needs_rows,
            }
            for page in self.all_pages()
            if page.has_button and not page.bulk and page.per_object == (row is not None)
            if page.offered_to(actor, row)
        ]

    def bulk_buttons(self, actor: Actor) -> list[dict[str, str]]:
        """The pages that work on the rows ticked in the list."""
        return [
            {"label": page.label, "url": page.url_for(self, None), "kind": page.kind}
            for page in self.all_pages()
            if page.bulk and page.offered_to(actor, None)
        ]

    def summary(self, actor: Actor, row: models.Model) -> list[tuple[str, object, str]]:
        """(label, value, tone) of the strip at the top."""
        return []

    def details(self, actor: Actor, row: models.Model) -> list[tuple[str, list[tuple[str, object]]]]:
        return [(title, [self.detail(row, name) for name in names]) for title, names in self.sections]

    def detail(self, row: models.Model, name: str) -> tuple[str, object]:
        """(label, value) of one name in ``sections``: a field, or a method of this register."""
        method = getattr(self, name, None)
        if callable(method):
            return getattr(method, "short_description", name), method(row)
        try:
            field = self.opts.get_field(name)
        except FieldDoesNotExist as error:
            raise AttributeError(f"{type(self).__name__}.sections names {name}: no field and no method") from error
        shown = getattr(row, f"get_{name}_display", None)
        return str(field.verbose_name), shown() if shown else getattr(row, name)

    def timeline(self, actor: Actor, row: models.Model) -> list:
        """Who did what; ``audit`` stands above core, so registers that keep a trail override this."""
        return []

    # -- list ----------------------------------------------------------------------------------------------------
    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return RegisterChangeList

    def get_list_filter(self, request: HttpRequest) -> list:
        """This register's own and those of higher apps; over related rows they offer only what the actor may see."""
        own = [self._scoped(entry) for entry in super().get_list_filter(request)]
        return [*own, *filters_contributed_to(self.model)]

    def _scoped(self, entry: Any) -> Any:
        if not isinstance(entry, str) or "__" in entry:
            return entry
        related = self.opts.get_field(entry).related_model
        return (entry, ScopedRelatedFilter) if related is not None and hasattr(related, "SCOPE") else entry


def with_back(url: str, request: HttpRequest, *, unfold: bool = False) -> str:
    """Carry the list's query string along, so that filters survive a look at a row; ``unfold`` undoes it."""
    query = request.GET.get(BACK_VAR, "")
    if not query:
        return url
    return f"{url}?{query}" if unfold else f"{url}?{urlencode({BACK_VAR: query})}"
