"""Staff pages that change something: one form, one rule, one operation, one sentence of what will happen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views import View

from . import clock
from .actor import Actor
from .errors import DomainError, InvalidInput, NotAllowed
from .operation import Rule

if TYPE_CHECKING:
    from .admin import RegisterAdmin


class Page(View):
    """A page of a register. The object comes from the register's scope or is 404; the rule refuses with 403."""

    http_method_names = ["get", "post"]
    slug: ClassVar[str]
    label: ClassVar[str]
    rule: ClassVar[Rule]
    per_object: ClassVar[bool] = True
    kind: ClassVar[str] = "plain"  # plain, main or danger: how its button looks
    template_name: ClassVar[str] = "staff/operation.html"
    keeps_filters: ClassVar[bool] = False  # the list's querystring goes along (pages of the list only)
    register: RegisterAdmin | None = None

    @classmethod
    def offered_to(cls, actor: Actor, row: models.Model | None) -> bool:
        """Whether the button is shown: the rule that the operation enforces, and nothing else."""
        return cls.rule(actor, row) if cls.per_object else cls.rule(actor)

    @classmethod
    def url_for(cls, register: RegisterAdmin, row: models.Model | None) -> str:
        name = f"admin:{register.opts.app_label}_{register.opts.model_name}_{cls.slug}"
        return reverse(name, args=[row.pk] if cls.per_object and row is not None else [])

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.row: models.Model | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.register.has_view_permission(request):
            raise PermissionDenied
        if self.per_object:
            self.row = self.register.get_object_or_404(request, kwargs["pk"])
        if not self.offered_to(request.actor, self.row):
            raise PermissionDenied(getattr(self.rule, "refusal", ""))
        return super().dispatch(request, *args, **kwargs)

    def context(self, **extra: Any) -> dict[str, Any]:
        site = self.register.admin_site
        opts = self.register.opts
        return {
            **site.each_context(self.request),
            "opts": opts,
            "title": self.label,
            "row": self.row,
            "back": reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
            if self.row is None
            else reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[self.row.pk]),
            "page": self,
            **extra,
        }

    def render(self, **extra: Any) -> HttpResponse:
        return TemplateResponse(self.request, self.template_name, self.context(**extra))


_contributed: dict[type[models.Model], list[type[Page]]] = {}


def contribute(model: type[models.Model], page: type[Page]) -> None:
    """Add a page of a higher app to the register of a lower app's model (in the higher app's ``admin.py``)."""
    pages = _contributed.setdefault(model, [])
    if page not in pages:
        pages.append(page)


def contributed_to(model: type[models.Model]) -> tuple[type[Page], ...]:
    return tuple(_contributed.get(model, ()))


class OperationPage(Page):
    """A page with a form. ``run`` calls exactly one operation with the cleaned data and returns the changed row."""

    form_class: ClassVar[type[forms.Form]] = forms.Form
    effect: ClassVar[str] = ""  # what will happen, in one sentence; shown above the button
    done: ClassVar[str] = "已保存。"

    def run(self, *, by: Actor, at: Any, **cleaned: Any) -> models.Model | None:
        raise NotImplementedError(f"{type(self).__name__} names no operation")

    def form_kwargs(self) -> dict[str, Any]:
        """Extra arguments for the form; an object page may give ``initial`` from its row here."""
        return {}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render(form=self.form_class(**self.form_kwargs()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form_class(data=request.POST, files=request.FILES, **self.form_kwargs())
        if not form.is_valid():
            return self.render(form=form)
        try:
            result = self.run(by=request.actor, at=clock.now(), **form.cleaned_data)
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except DomainError as refusal:
            add_errors(form, refusal)
            return self.render(form=form)
        messages.success(request, self.done)
        return HttpResponseRedirect(self.next_url(result))

    def next_url(self, result: models.Model | None) -> str:
        """Where to go afterwards: the object that was changed or made, else back."""
        if result is not None and type(result) is self.register.model:
            return reverse(
                f"admin:{self.register.opts.app_label}_{self.register.opts.model_name}_change", args=[result.pk]
            )
        return self.context()["back"]


def add_errors(form: forms.Form, refusal: DomainError) -> None:
    """Show an operation's refusal beside the fields that it names, else above the form."""
    fields = refusal.fields if isinstance(refusal, InvalidInput) else {}
    for name, texts in fields.items():
        form.add_error(name if name in form.fields else None, texts)
    if not fields:
        form.add_error(None, refusal.message)
