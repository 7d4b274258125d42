"""After the commit, and every day: messages, and terms that end by themselves."""

from __future__ import annotations

from datetime import time

from django.apps import apps
from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core import clock, outbox, schedule
from foundation.core.actor import job
from foundation.notifications.operations.messages import send
from foundation.notifications.recipients import people_in
from foundation.notifications.rules import SENDER

from . import notices, queries
from .enums import SupervisorState
from .models import LibraryItem, Supervisor
from .operations.terms import let_expire
from .rules import KEEP_TERMS

KEEP = "supervisors.keep_terms"
KEEPER = job("监督员聘期", KEEP_TERMS)

schedule.periodic(KEEP, schedule.Daily(at=time(0, 20)))


@outbox.handles(KEEP)
def end_terms(message) -> None:
    """Close the terms that are over, each by itself; twice changes nothing."""
    at = clock.now()
    for row in queries.term_over(on=clock.local_date(at)).order_by("pk"):
        let_expire(supervisor=row, by=KEEPER, at=at)


@outbox.handles(notices.FOR_MANAGERS)
def tell_managers(message) -> None:
    """Those of the appointing bureau who manage supervisors; telling twice changes nothing."""
    about = apps.get_model(message.payload["model"]).objects.get(pk=message.payload["pk"])
    send(
        notice=notices.BY_CODE[message.payload["notice"]],
        to=people_in(message.payload["organ_id"], Can.MANAGE_SUPERVISORS, on=clock.today()),
        title=message.payload["title"],
        url=reverse(f"admin:{about._meta.app_label}_{about._meta.model_name}_change", args=[about.pk]),
        about=about,
        by=SENDER,
        at=clock.now(),
    )


@outbox.handles(notices.FOR_SUPERVISOR)
def tell_supervisor(message) -> None:
    """The one who filed it; the answer is read on the phone."""
    about = apps.get_model(message.payload["model"]).objects.get(pk=message.payload["pk"])
    send(
        notice=notices.BY_CODE[message.payload["notice"]],
        to=[message.payload["user_id"]],
        title=message.payload["title"],
        url=reverse(message.payload.get("page", "phone:duty_own")),
        about=about,
        by=SENDER,
        at=clock.now(),
    )


@outbox.handles(notices.LIBRARY.code)
def tell_of_library(message) -> None:
    """The bureau's supervisors in office, once for each version."""
    item = LibraryItem.objects.get(pk=message.payload["item_id"])
    readers = Supervisor.objects.filter(organ=message.payload["organ_id"], state=SupervisorState.IN_OFFICE)
    send(
        notice=notices.LIBRARY,
        to=readers.values_list("user_id", flat=True),
        title=str(item),
        url=reverse("phone:duty_library"),
        about=item,
        by=SENDER,
        at=clock.now(),
    )
