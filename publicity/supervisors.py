"""Social supervisors before the public: who is in office, whose appointment is announced, whether a card holds."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from foundation.core import clock
from foundation.core.errors import DomainError
from foundation.core.pages import add_errors
from foundation.core.throttle import Throttle
from foundation.documents import codes
from supervisors import queries, rules
from supervisors.models import Candidate, Recruitment, Supervisor
from supervisors.operations.candidates import file_objection

from .manners import public_page, searched_page

#: Objections are rare; whoever sends ten in an hour is a machine.
OBJECTIONS = Throttle("objection", limit=10, seconds=3600)


class CandidateChoice(forms.ModelChoiceField):
    def label_from_instance(self, candidate: Candidate) -> str:
        return f"{candidate.name}（{candidate.workplace}）"


class ObjectionForm(forms.Form):
    candidate = CandidateChoice(label="对谁有异议", queryset=Candidate.objects.none(), empty_label="请选择")
    objector = forms.CharField(label="您的真实姓名", max_length=60)
    contact = forms.CharField(label="您的联系方式", max_length=100, help_text="手机号码或地址，便于核实和答复。")
    reason = forms.CharField(label="异议内容", max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args, recruitment: Recruitment, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["candidate"].queryset = queries.shown_in_publicity(recruitment)


@searched_page
def supervisors(request: HttpRequest) -> HttpResponse:
    """在聘监督员, and the lists that are shown to all today."""
    on = clock.today()
    rows = queries.in_office(on=on).select_related("area", "organ", "recruitment").order_by("organ", "number")
    context = {"rows": list(rows), "notices": list(queries.running_publicity(on=on).order_by("pk")), "today": on}
    return render(request, "public/supervisors.html", context)


@public_page
def supervisor_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One 公示: names while it runs; after that it only says that it is over."""
    recruitment = _announced(pk)
    running = rules.objections_run(recruitment, clock.today())
    rows = list(queries.shown_in_publicity(recruitment)) if running else []
    context = {"recruitment": recruitment, "rows": rows, "running": running}
    return render(request, "public/supervisor_notice.html", context)


@searched_page
def supervisor_card(request: HttpRequest, code: str) -> HttpResponse:
    """What the QR code of a card leads to: 在聘 or 已失效 today. A wrong code gets a page of the same shape."""
    typed = codes.normalised(code)
    row = Supervisor.objects.filter(public_code=typed).select_related("area", "organ", "recruitment").first()
    holds = row is not None and rules.in_office(row, clock.today())
    context = {"row": row, "holds": holds, "today": clock.today(), "host": request.get_host()}
    return render(request, "public/supervisor_card.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def supervisor_object(request: HttpRequest, pk: int) -> HttpResponse:
    """Object to a candidate, with the real name, while the list is shown; nothing of it is shown to anybody here."""
    recruitment = _announced(pk)
    running = rules.objections_run(recruitment, clock.today())
    sent = False
    form = ObjectionForm(request.POST if request.method == "POST" else None, recruitment=recruitment)
    if request.method == "POST" and running:
        if not OBJECTIONS.permits(request):
            return render(request, "public/slow_down.html", status=429)
        sent = form.is_valid() and _send(form, request)
    context = {"recruitment": recruitment, "form": form, "sent": sent, "running": running}
    return render(request, "public/supervisor_object.html", context)


def _send(form: ObjectionForm, request: HttpRequest) -> bool:
    try:
        file_objection(by=request.actor, at=clock.now(), **form.cleaned_data)
    except DomainError as refusal:
        add_errors(form, refusal)
        return False
    return True


def _announced(pk: int) -> Recruitment:
    found = Recruitment.objects.filter(pk=pk, publicity_until_on__isnull=False)
    recruitment = found.select_related("organ", "jurisdiction").first()
    if recruitment is None:
        raise Http404("没有这次公示。")
    return recruitment
