"""资金监管月报 on the screen and on paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from alerts import forms, rules
from alerts.month import Month, report
from foundation.core import clock
from foundation.core.pages import Page, dressed
from foundation.core.site import Menu


class FundsMonth(Page):
    """A month's figures, each a link to its rows; printed as it stands."""

    slug, label, per_object = "month", "资金监管月报", False
    rule = rules.can_view
    menu = Menu("资金", 12, "summarize")
    template_name = "alerts/month.html"
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        today = clock.today()
        known = {"month": today.replace(day=1).isoformat()}
        form = dressed(forms.MonthForm(request.GET if "month" in request.GET else None, initial=known))
        day = form.cleaned_data["month"] if form.is_valid() else today
        return self.render(form=form, report=report(request.actor, Month.of(day)), actor=request.actor, today=today)
