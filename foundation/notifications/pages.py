"""提醒一览: one table of all reminders, what comes on the next days and why, and what was sent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from foundation.core import clock
from foundation.core.pages import Page, dressed
from foundation.core.site import Menu

from . import coming, registry, rules

SENT_SHOWN = 30


class HorizonForm(forms.Form):
    """How far ahead, and of which reminder."""

    days = forms.TypedChoiceField(
        label="看今后", choices=[(7, "7天"), (14, "14天"), (30, "30天")], coerce=int, empty_value=14, required=False
    )
    code = forms.ChoiceField(label="提醒事项", required=False)

    def __init__(self, *args, seen: list[registry.Reminder], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [("", "全部"), *((each.code, each.label) for each in seen)]


class Reminders(Page):
    """What will be sent when, to whom and why, by the very functions that send."""

    slug, label, per_object, has_button = "reminders", "提醒一览", False, False
    rule = rules.can_view_reminders
    http_method_names = ["get"]
    template_name = "notifications/reminders.html"
    menu = Menu("工作台", 22, "notification_important")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        given = {"days": request.GET.get("days", "14"), "code": request.GET.get("code", "")}
        form = dressed(HorizonForm(given, seen=coming.seen_by(request.actor)))
        asked = form.cleaned_data if form.is_valid() else {"days": 14, "code": ""}
        at = clock.now()
        found = coming.overview(request.actor, at=at, days=asked["days"], code=asked["code"])
        sent = coming.sent_to_see(request.actor, at=at, code=asked["code"])
        return self.render(
            form=form,
            found=found,
            days=asked["days"],
            most=coming.MOST_ROWS,
            sent_count=sent.count(),
            sent=sent.prefetch_related("deliveries", "digest__deliveries")[:SENT_SHOWN],
            sent_days=coming.SENT_FOR.days,
            sent_shown=SENT_SHOWN,
            gathered_at=registry.GATHERED_AT,
        )
