"""A clean site gives no finding: no false alarm on what our own templates, files and interfaces say."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache

from foundation.core import clock
from publicity.checking.walking import shape_of
from publicity.models import Finding
from tests.institutions.factories import AT
from tests.publicity.checks import checked, crawled
from tests.publicity.factories import world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    cache.clear()
    with clock.set_to(AT + timedelta(seconds=30)):
        yield


def test_a_clean_site_has_no_finding(cast):
    world(cast)
    check = checked()
    assert [str(row) + row.excerpt for row in Finding.objects.order_by("pk")] == []
    assert (check.state, check.phase, check.problems, check.institutions) == ("done", "over", 0, 3)


def test_an_empty_portal_has_no_finding(db):
    checked()
    assert not Finding.objects.exists()


def test_the_crawl_comes_to_every_kind_of_page(cast):
    world(cast)
    shapes = {shape_of(answer.path) for answer, _ in crawled()}
    assert {
        "/", "/institutions/", "/institutions/*/", "/lists/", "/lists/?kind", "/lists/white.csv", "/lists/black.csv",
        "/report/", "/robots.txt", "/api/v1/public/lists/white", "/api/v1/public/lists/black", "/verify/",
        "/accounts/login/", "/static/public.css",
    } <= shapes  # fmt: skip
    assert {answer.status for answer, _ in crawled()} <= {200, 405}
