"""The phone's API against its own description, asked by four: made-up questions, right and wrong, and no 5xx.

In one process over WSGI, with real sessions and tokens; each role gets what the description says and nothing else.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.urls import include, path
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from foundation.core import clock
from phone.api import urls
from phone.api.manners import PhoneView
from tests.inspections.factories import AT
from tests.institutions.factories import institution

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DESCRIPTION = "/description.json"
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 12
#: Who asks, and what he may be answered: made-up reports are no visits (422), nobody sends them for another (409).
ROLES = {
    "public": {401},
    "bank": {403},
    "supervisor": {200, 404, 405, 409, 413, 422},
    "officer": {200, 404, 405, 409, 413, 422},
}


@pytest.fixture(autouse=True)
def calm(monkeypatch):
    """A day of the tests, and no throttle: it has tests of its own, and would answer everything else."""
    monkeypatch.setattr(PhoneView, "throttle_classes", [])
    with clock.set_to(AT):
        yield


@contextmanager
def one_connection() -> Iterator[None]:
    """The test's connection, with what it has not committed, outlives a request; Django's own client does the same."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def portal() -> Callable:
    """The portal as a WSGI application, with the description of the phone's API at an address of its own."""
    patterns = [path("m/api/", include((urls.urlpatterns, "phone")))]
    described = SchemaGenerator(patterns=patterns).get_schema(request=None, public=True)
    for methods in described["paths"].values():
        for operation in methods.values():
            operation.pop("security", None)  # sessions are real ones, not made up
    text = json.dumps(described).encode()
    inner = WSGIHandler()

    def answer(environ, start_response):
        if environ["PATH_INFO"] != DESCRIPTION:
            return inner(environ, start_response)
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(text)))])
        return [text]

    return answer


def credentials(client) -> dict[str, dict[str, str]]:
    """A session with its token, as a request's headers and cookies."""
    token = client.get("/m/api/start/").headers.get("X-CSRFToken", "")
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    return {"headers": {"X-CSRFToken": token}, "cookies": cookies}


@pytest.mark.parametrize("role", ROLES)
def test_every_answer_is_as_described(cast, client, enter, role, record_property):
    institution(cast.officer)
    if role != "public":
        enter(getattr(cast, role))
    session, answers = credentials(client), Counter()
    schema = schemathesis.openapi.from_wsgi(DESCRIPTION, portal())
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) == len(urls.urlpatterns)

    def ask(operation, mode: GenerationMode) -> None:
        @settings(
            max_examples=EXAMPLES, deadline=None, database=None, derandomize=True,
            phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy(generation_mode=mode))
        def questions(case) -> None:
            response = case.call(**session)
            case.validate_response(response, checks=CHECKS)
            answers[response.status_code] += 1

        questions()

    with one_connection():
        for operation in operations:
            ask(operation, GenerationMode.POSITIVE)
            if operation.query or operation.body:
                ask(operation, GenerationMode.NEGATIVE)
    record_property("phone_api_answers", f"{role}: {dict(answers)}")
    assert set(answers) <= ROLES[role], answers
    assert answers.total() >= EXAMPLES
