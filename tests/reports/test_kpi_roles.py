"""Every KPI at the page, as each role of the demo that reads numbers sees it of its own area.

What the page says is what the KPI answers; its list has as many rows, and adds up; whoever may not open the rows gets
the number and no row. A run asks a quarter of the pairs of KPI and role, the next commits others; ``script/prove
kpi_roles`` asks all.
"""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from foundation.accounts.actors import actor_of
from foundation.accounts.middleware import POST_KEY
from foundation.accounts.models import Post
from foundation.core.actor import Actor
from reports import rules
from reports.forms import asked
from reports.kpis import Kpi, Ratio, kpis
from tests import sampling

pytestmark = [pytest.mark.slow, pytest.mark.prove]
ROWS = "admin:reports_ratiostyle_rows"
#: Of these roles the demo has somebody who reads numbers, of a whole bureau or of what the post may see.
EXPECTED = {"province_analyst", "city_manager", "county_officer", "county_leader", "town_staff", "department_officer"}


def readers() -> list[tuple[Post, Actor]]:
    """One post of each role that reads numbers."""
    posts = Post.objects.filter(user__is_active=True).select_related("organ", "user", "grid", "school").order_by("pk")
    found: dict[str, tuple[Post, Actor]] = {}
    for post in posts:
        actor = actor_of(post, user=post.user)
        if rules.can_view(actor):
            found.setdefault(post.role, (post, actor))
    return list(found.values())


def entered(post: Post) -> Client:
    client = Client()
    client.force_login(post.user)
    session = client.session
    session[POST_KEY] = post.pk
    session.save()
    return client


def test_the_page_says_what_the_kpi_answers_to_each_role(demo_db, settings):
    settings.DEMO_MODE = True
    wrong, seen, closed = [], 0, 0
    everybody = readers()
    assert {post.role for post, _ in everybody} >= EXPECTED
    for post, actor in everybody:
        client, question = entered(post), asked(actor, None).question()
        for kpi in kpis():
            if not sampling.taken(f"{post.role} {kpi.code}", one_of=4):
                continue
            page = client.get(reverse(ROWS), {"kpi": kpi.code}).context
            answer, opens = kpi.answer(question), rules.can_open(actor, kpi)
            problems = list(_problems(kpi, page, answer, opens=opens))
            wrong += [f"{kpi.code} to {post.role}: {problem}" for problem in problems]
            seen, closed = seen + 1, closed + (not opens)
    assert wrong == []
    assert seen > 150
    assert closed > 0, "nobody is refused any rows: the other half is not proved"


def _problems(kpi: Kpi | Ratio, page, answer, *, opens: bool):
    if page["answer"].value != answer.value:
        yield f"the page says {page['answer'].value}, the KPI {answer.value}"
    if isinstance(kpi, Ratio):
        linked = [bool(term.url) for term in page["terms"]]
        if linked != [opens] * len(kpi.terms):
            yield f"terms open: {linked}, may open: {opens}"
        return
    leaf = page["leaf"]
    if (leaf is not None) != (opens and answer.value is not None):
        yield f"rows are shown: {leaf is not None}, may be: {opens}, of {answer.value}"
    if leaf is not None and not kpi.total and leaf.paginator.count != answer.value:
        yield f"lists {leaf.paginator.count} of {answer.value}"
