"""A web server with a fault: it answers first and commits a moment later. Only for the control of the kills."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections, transaction

from shuanjian.wsgi import application as ours

MOMENT = 0.3  # seconds


class Hasty(WSGIHandler):
    """Each request is one transaction on a connection of its own, which outlives the answer."""

    def get_response(self, request):
        transaction.atomic().__enter__()
        return super().get_response(request)

    def __call__(self, environ, start_response) -> Iterable[bytes]:
        answer = super().__call__(environ, start_response)
        held, connections["default"] = connection.connection, connections.create_connection("default")
        return _answered(answer, held)


def _answered(answer: Iterable[bytes], held) -> Iterator[bytes]:
    yield from answer
    time.sleep(MOMENT)
    held.commit()
    held.close()


application = Hasty()
assert type(ours) is WSGIHandler
