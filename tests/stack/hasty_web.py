"""A web server with a fault: it answers first and commits a moment later. Only for the control of the kills."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from django.db import connection, connections, transaction

from shuanjian.wsgi import application as ours

MOMENT = 0.3  # seconds


def application(environ: dict, start_response) -> Iterable[bytes]:
    """Each request is one transaction on a connection of its own, which outlives the answer."""
    connections["default"] = connections.create_connection("default")
    transaction.atomic().__enter__()
    held = connection.connection
    return _answered(ours(environ, start_response), held)


def _answered(answer: Iterable[bytes], held) -> Iterator[bytes]:
    yield from answer
    time.sleep(MOMENT)
    held.commit()
    held.close()
