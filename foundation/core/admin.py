"""Registers in the staff site: lists and detail pages that only read. Every write is a page with one operation."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from unfold.admin import ModelAdmin

from .actor import Actor
from .operation import Rule
from .pages import Page, contributed_to
from .panels import panels_for
from .site import Menu


class ReadOnlyRegister(Exception):
    """A write reached Django's own admin machinery; writes belong to operations."""


class RegisterAdmin(ModelAdmin):
    """A list with filters, a detail page, and the pages that change things.

    A subclass names ``view_rule(actor) -> bool`` (nobody sees a register without one), ``sections`` for the detail page
    and ``pages``. Rows come from the model's ``visible_to``; what is out of scope is 404.
    """

    view_rule: ClassVar[Rule | None] = None
    pages: ClassVar[tuple[type[Page], ...]] = ()
    sections: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = ()
    menu: ClassVar[Menu | None] = None
    actions = None
    list_per_page = 20
    list_fullwidth = True
    list_filter_sheet = False
    show_full_result_count = False
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

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        buttons = self.buttons(request.actor, None, query=request.GET.urlencode())
        title = str(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"buttons": buttons, "title": title, **(extra_context or {})})

    def detail_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = self.get_object_or_404(request, pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(row),
            "row": row,
            "register": self,
            "summary": self.summary(request.actor, row),
            "details": self.details(request.actor, row),
            "panels": panels_for(request.actor, row),
            "timeline": self.timeline(request.actor, row),
            "buttons": self.buttons(request.actor, row),
        }
        return TemplateResponse(request, self.change_form_template, context)

    def all_pages(self) -> tuple[type[Page], ...]:
        """This register's own pages and those that higher apps contribute to its model."""
        return tuple(dict.fromkeys((*self.pages, *contributed_to(self.model))))

    def buttons(self, actor: Actor, row: models.Model | None, *, query: str = "") -> list[dict[str, str]]:
        """The pages that this actor may open now: by the same rule that their operation enforces."""
        return [
            {
                "label": page.label,
                "url": page.url_for(self, row) + (f"?{query}" if query and page.keeps_filters else ""),
                "kind": page.kind,
            }
            for page in self.all_pages()
            if page.per_object == (row is not None) and page.offered_to(actor, row)
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
        field = self.opts.get_field(name)
        shown = getattr(row, f"get_{name}_display", None)
        return str(field.verbose_name), shown() if shown else getattr(row, name)

    def timeline(self, actor: Actor, row: models.Model) -> list:
        """Who did what; ``audit`` stands above core, so registers that keep a trail override this."""
        return []

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ChineseChangeList


class ChineseChangeList(ChangeList):
    """Django's list whose title is just the register's name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = str(self.opts.verbose_name_plural)
