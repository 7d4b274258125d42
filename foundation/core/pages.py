"""Staff pages that change something: one form, one rule, one operation, one sentence of what will happen."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.apps import apps
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views import View

from . import clock
from .actor import Actor
from .changelist import BACK_VAR
from .errors import DomainError, InvalidInput, NotAllowed
from .forms import ActorForm, bound_days
from .locking import in_time
from .operation import Rule
from .workflow import Transition

if TYPE_CHECKING:
    from .admin import RegisterAdmin
    from .site import Menu


class Page(View):
    """A page of a register. The object comes from the register's scope or is 404; the rule refuses with 403."""

    http_method_names = ["get", "post"]
    slug: ClassVar[str]
    label: ClassVar[str]
    rule: ClassVar[Rule]
    per_object: ClassVar[bool] = True
    bulk: ClassVar[bool] = False
    has_button: ClassVar[bool] = True  # False: opened from a number, a picture or a line of the object's page
    kind: ClassVar[str] = "plain"  # plain, main or danger: how its button looks
    leads: ClassVar[bool] = False  # of a higher app, and yet before the register's own buttons: what is done daily
    template_name: ClassVar[str] = "staff/operation.html"
    menu: ClassVar[Menu | None] = None  # a place of its own in the menu (pages of the list only)
    needs_rows: ClassVar[bool] = False  # not offered where the list is empty (pages of the list only)
    keeps_filters: ClassVar[bool] = False  # the list's querystring goes along (pages of the list only)
    register: RegisterAdmin | None = None

    @classmethod
    def offered_to(cls, actor: Actor, row: models.Model | None) -> bool:
        """Whether the button is shown: the rule that the operation enforces, and nothing else."""
        return cls.rule(actor, row) if cls.per_object else cls.rule(actor)

    @classmethod
    def subject(cls) -> str:
        """The word over its button where there are many: its app's."""
        app = apps.get_containing_app_config(cls.__module__)
        return str(app.verbose_name) if app else ""

    @classmethod
    def url_for(cls, register: RegisterAdmin, row: models.Model | None) -> str:
        name = f"admin:{register.opts.app_label}_{register.opts.model_name}_{cls.slug}"
        return reverse(name, args=[row.pk] if cls.per_object and row is not None else [])

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.row: models.Model | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.register.require_view(request)
        if self.per_object:
            self.row = self.register.get_object_or_404(request, kwargs["pk"])
        if not self.offered_to(request.actor, self.row):
            raise PermissionDenied(getattr(self.rule, "refusal", ""))
        return super().dispatch(request, *args, **kwargs)

    def back_url(self) -> str:
        """The row, or the list as it was filtered when this page was opened."""
        query = self.request.GET.get(BACK_VAR, "")
        if self.keeps_filters:
            query = self.request.GET.urlencode()
        if self.row is None:
            return f"{self.register.list_url()}?{query}" if query else self.register.list_url()
        url = self.register.row_url(self.row)
        return f"{url}?{urlencode({BACK_VAR: query})}" if query else url

    def context(self, **extra: Any) -> dict[str, Any]:
        return {
            **self.register.admin_site.each_context(self.request),
            "opts": self.register.opts,
            "title": self.label,
            "row": self.row,
            "crumbs": self.register.crumbs(self.row),
            "back": self.back_url(),
            "page": self,
            **extra,
        }

    def render(self, *, status: int = 200, **extra: Any) -> HttpResponse:
        return TemplateResponse(self.request, self.template_name, self.context(**extra), status=status)


_contributed: dict[type[models.Model], list[type[Page]]] = {}


def contribute(model: type[models.Model], page: type[Page]) -> None:
    """Add a page of a higher app to the register of a lower app's model (in the higher app's ``admin.py``)."""
    pages = _contributed.setdefault(model, [])
    if page not in pages:
        pages.append(page)


def contributed_to(model: type[models.Model]) -> tuple[type[Page], ...]:
    return tuple(_contributed.get(model, ()))


class OperationPage(Page):
    """A page with a form. ``run`` calls exactly one operation with the cleaned data and returns the changed row.

    ``self.form`` is the valid form there, for pages that let it say more than its fields.
    """

    form_class: ClassVar[type[forms.Form]] = forms.Form
    effect: ClassVar[str] = ""  # what will happen, in one sentence; shown above the button
    done: ClassVar[str] = "已保存。"

    def run(self, *, by: Actor, at: Any, **cleaned: Any) -> models.Model | None:
        raise NotImplementedError(f"{type(self).__name__} names no operation")

    def form_kwargs(self) -> dict[str, Any]:
        """Extra arguments for the form: the actor where it asks for one; a page may give ``initial`` from its row."""
        return {"actor": self.request.actor} if issubclass(self.form_class, ActorForm) else {}

    def make_form(self, **given: Any) -> forms.Form:
        return dressed(self.form_class(**given, **self.form_kwargs()))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render(form=self.make_form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form = self.make_form(data=request.POST, files=request.FILES)
        if not form.is_valid():
            return self.render(form=form)
        try:
            with in_time():
                result = self.run(by=request.actor, at=clock.now(), **form.cleaned_data)
        except NotAllowed as refusal:
            raise PermissionDenied(refusal.message) from refusal
        except DomainError as refusal:
            add_errors(form, refusal)
            return self.render(form=form, status=200 if isinstance(refusal, InvalidInput) else 409)
        messages.success(request, self.done)
        return HttpResponseRedirect(self.next_url(result))

    def next_url(self, result: models.Model | None) -> str:
        """Where to go afterwards: the object that was changed or made, else back."""
        if result is not None and type(result) is self.register.model and result != self.row:
            return self.register.row_url(result)
        return self.back_url()


class StepPage(OperationPage):
    """A page for one step of a workflow: offered only in a state in which the step exists."""

    step: ClassVar[Transition]

    @classmethod
    def offered_to(cls, actor: Actor, row: models.Model | None) -> bool:
        return cls.step.starts_from(row.state) and super().offered_to(actor, row)  # type: ignore[union-attr]


@dataclass
class Report:
    """What became of each row: labels of the done ones, (label, reason) of the refused ones."""

    done: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


class BulkOperationPage(OperationPage):
    """One operation for each row ticked in the list.

    The list posts the ticked ids; this page freezes those that the actor may see in a signed field, says effect and
    number, and only then runs, row by row: what one row refuses does not stop the others. A frozen set runs once.
    ``rule(actor)`` decides whether the button is there; the operation asks its own rule for each row.
    """

    per_object = False
    bulk = True
    template_name = "staff/bulk.html"
    limit: ClassVar[int] = 500  # rows at a time: one request has to answer for all of them
    type_above: ClassVar[int] = 100  # above this, the number has to be typed
    valid_seconds: ClassVar[int] = 3600

    def run_one(self, row: models.Model, *, by: Actor, at: Any, **cleaned: Any) -> object:
        """Call exactly one operation for one row."""
        raise NotImplementedError(f"{type(self).__name__} names no operation")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.send_back("请先在列表中勾选要办理的记录。")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "frozen" in request.POST:
            return self.run_frozen()
        ids = self.ticked()
        if not ids:
            return self.send_back("请先在列表中勾选要办理的记录。")
        if len(ids) > self.limit:
            return self.send_back(f"一次最多办理 {self.limit} 条。请用筛选缩小范围后分批办理。")
        return self.ask(self.freeze(ids), ids, self.make_form())

    def ticked(self) -> list[int]:
        """Ids of the ticked rows, or of all rows of the filtered list, that the actor may see."""
        if self.request.POST.get("scope") == "all":
            rows = self.register.get_changelist_instance(self.request).queryset
        else:
            given = [int(text) for text in self.request.POST.getlist("ids") if text.isdecimal()]
            rows = self.register.get_queryset(self.request).filter(pk__in=given)
        return sorted(rows.order_by("pk").values_list("pk", flat=True)[: self.limit + 1])

    def freeze(self, ids: list[int]) -> str:
        nonce = secrets.token_urlsafe(12)
        self.request.session["bulk"] = [*self.request.session.get("bulk", []), nonce][-20:]
        return signing.dumps([nonce, self.slug, ids], salt=self._salt(), compress=True)

    def thaw(self) -> tuple[str, list[int]]:
        """(nonce, ids) of the frozen set of this person and page; raises BadSignature for anything else."""
        frozen = self.request.POST["frozen"]
        nonce, slug, ids = signing.loads(frozen, salt=self._salt(), max_age=self.valid_seconds)
        if slug != self.slug or nonce not in self.request.session.get("bulk", []):
            raise signing.BadSignature
        return nonce, ids

    def _salt(self) -> str:
        actor = self.request.actor
        return f"bulk:{self.register.opts.label_lower}:{actor.user_id}:{actor.post_id}"

    def run_frozen(self) -> HttpResponse:
        try:
            nonce, ids = self.thaw()
        except signing.BadSignature:
            return self.send_back("这批记录已经办理过，或页面已失效。请回到列表重新勾选。")
        form = self.make_form(data=self.request.POST, files=self.request.FILES)
        if not form.is_valid() or self.number_wrong(ids):
            return self.ask(self.request.POST["frozen"], ids, form, number_wrong=self.number_wrong(ids))
        left = [kept for kept in self.request.session["bulk"] if kept != nonce]
        self.request.session["bulk"] = left
        return self.render(report=self.run_each(ids, form.cleaned_data), number=len(ids))

    def number_wrong(self, ids: list[int]) -> bool:
        typed = self.request.POST.get("number", "").strip()
        return len(ids) > self.type_above and typed != str(len(ids))

    def run_each(self, ids: list[int], cleaned: dict[str, Any]) -> Report:
        report = Report()
        rows = {row.pk: row for row in self.register.get_queryset(self.request).filter(pk__in=ids)}
        for pk in ids:
            row = rows.get(pk)
            if row is None:
                report.refused.append((f"编号 {pk}", "记录已不在您的管辖范围内。"))
                continue
            try:
                self.run_one(row, by=self.request.actor, at=clock.now(), **cleaned)
            except DomainError as refusal:
                report.refused.append((str(row), refusal.message))
            else:
                report.done.append(str(row))
        return report

    def ask(self, frozen: str, ids: list[int], form: forms.Form, *, number_wrong: bool = False) -> HttpResponse:
        sample = [str(row) for row in self.register.get_queryset(self.request).filter(pk__in=ids[:10]).order_by("pk")]
        return self.render(
            form=form,
            frozen=frozen,
            number=len(ids),
            sample=sample,
            must_type=len(ids) > self.type_above,
            number_wrong=number_wrong,
        )

    def send_back(self, sentence: str) -> HttpResponse:
        messages.warning(self.request, sentence)
        query = self.request.GET.urlencode()
        return HttpResponseRedirect(f"{self.register.list_url()}?{query}" if query else self.register.list_url())


def dressed(form: forms.Form) -> forms.Form:
    """Give dates the browser's own picker, which is Chinese where the browser is, and bounds; make text boxes four
    rows high."""
    bound_days(form)
    for bound in form.fields.values():
        widget = bound.widget
        if type(widget) is forms.DateInput:
            widget.input_type, widget.format = "date", "%Y-%m-%d"
        elif type(widget) is forms.DateTimeInput:
            widget.input_type, widget.format = "datetime-local", "%Y-%m-%dT%H:%M"
        elif type(widget) is forms.TimeInput:
            widget.input_type, widget.format = "time", "%H:%M"
        elif type(widget) is forms.Textarea and widget.attrs.get("rows") == "10":
            widget.attrs["rows"] = "4"
    return form


def add_errors(form: forms.Form, refusal: DomainError) -> None:
    """Show an operation's refusal beside the fields that it names, else above the form."""
    fields = refusal.fields if isinstance(refusal, InvalidInput) else {}
    for name, texts in fields.items():
        form.add_error(name if name in form.fields else None, texts)
    if not fields:
        form.add_error(None, refusal.message)
