"""一事一页: from a tip to the end of a listing, every record and every step on one page; and the way there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from foundation.audit.models import Event
from foundation.core.actor import ANONYMOUS
from foundation.core.pages import OperationPage, Page

from . import queries, rules
from .forms import LinkForm
from .operations.checks import link_check


def by_somebody(event: Event) -> bool:
    """A person in a post or the public; all others are jobs."""
    return event.actor_id is not None or event.actor_name == ANONYMOUS.name


class MatterPage(Page):
    """Contributed to every kind of record that a matter has."""

    slug, label = "matter", "一事一页"
    http_method_names = ["get"]
    rule = rules.can_view_matter
    template_name = "matters/matter.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        nodes = queries.matter_of(self.row, request.actor)
        trail = queries.trail(nodes)
        people = [entry for entry in trail if by_somebody(entry[0])]
        return self.render(nodes=nodes, people=people, system=[entry for entry in trail if not by_somebody(entry[0])])


class LinkCheck(OperationPage):
    """Contributed to a clue's page."""

    slug, label = "link-check", "登记核查记录"
    rule = rules.can_link_check
    form_class = LinkForm
    effect = "这次检查登记为本线索的核查记录；检查记录页面不会显示线索。"
    done = "已登记。"

    def form_kwargs(self) -> dict:
        return {**super().form_kwargs(), "clue": self.row}

    def run(self, *, by, at, visit):
        link_check(clue=self.row, visit=visit, by=by, at=at)
        return self.row
