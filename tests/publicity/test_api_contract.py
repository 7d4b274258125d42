"""The open data against its own schema: a real server, made-up questions, right and wrong.

Every answer must be described: its status, its content type, its content. The questions come from one address each, so
that the throttle answers few of them. How many are asked depends on the machine, but each address is asked some of
each kind however slow it is.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import count

import pytest
import schemathesis
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.test.testcases import LiveServerThread
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from foundation.core import clock
from institutions.models import Institution
from tests.cast import build_cast
from tests.institutions.factories import AT
from tests.publicity.factories import world

pytestmark = pytest.mark.slow
SCHEMA = "/api/v1/public/schema"
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance, negative_data_rejection, unsupported_method,
]  # fmt: skip
LEAST, EXAMPLES, SECONDS = 6, 60, 0.8  # of each kind at each address; between the first two, so long
OPERATIONS = 11


@pytest.fixture
def address(committed_db, settings) -> Iterator[str]:
    """A server over a small world; it believes the address that its proxy would name."""
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": 1}
    with clock.set_to(AT + timedelta(seconds=30)):
        world(build_cast())
        server = LiveServerThread("127.0.0.1", StaticFilesHandler)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        assert server.error is None
        yield f"http://127.0.0.1:{server.port}"
        server.terminate()
        connections.close_all()


class Asking:
    """Questions and what was answered."""

    def __init__(self) -> None:
        self.answers, self.visitors = Counter(), count()

    def ask(self, operation, mode: GenerationMode, **given_parts: object) -> None:
        until, enough = time.monotonic() + SECONDS, self.answers.total() + LEAST

        @settings(
            max_examples=EXAMPLES, deadline=None, database=None, derandomize=True,
            phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy(generation_mode=mode, **given_parts))
        def questions(case) -> None:
            if time.monotonic() > until and self.answers.total() >= enough:
                return
            number = next(self.visitors)
            response = case.call(headers={"X-Forwarded-For": f"10.0.{number // 250 % 250}.{number % 250}"}, timeout=15)
            case.validate_response(response, checks=CHECKS)
            self.answers[response.status_code] += 1

        questions()


def test_every_answer_is_as_described(address, record_property):
    schema = schemathesis.openapi.from_url(f"{address}{SCHEMA}", headers={"X-Forwarded-For": "10.9.9.9"})
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) == OPERATIONS
    asking = Asking()
    real = {"public_id": Institution.objects.order_by("pk")[0].public_id, "kind": "white", "no": "1"}
    for operation in operations:
        named = {part.name: real[part.name] for part in operation.path_parameters}
        asking.ask(operation, GenerationMode.POSITIVE, **({"path_parameters": named} if named else {}))
        asking.ask(operation, GenerationMode.POSITIVE)
        if operation.query:
            asking.ask(operation, GenerationMode.NEGATIVE)
    record_property("api_answers", str(dict(asking.answers)))
    assert {200, 404, 422} <= set(asking.answers) <= {200, 404, 405, 422}, asking.answers
    assert asking.answers[200] >= OPERATIONS
