"""The real portal for granian, with faults on demand and a record of what reaches it.

``TEST_ORDERS`` names a JSON file, read at each request: ``sleep`` seconds first, answer ``status`` instead, ``set``
headers in the place of the portal's (null: none at all), ``add`` headers. ``TEST_RECORD`` names the file that gets a
line per request.
"""

import json
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.core.handlers.wsgi import WSGIRequest

from foundation.core.throttle import client_address
from shuanjian.wsgi import application as portal

ORDERS, RECORD = Path(os.environ["TEST_ORDERS"]), Path(os.environ["TEST_RECORD"])


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    orders = json.loads(ORDERS.read_text(encoding="utf-8"))
    made = time.time()
    record(environ)
    time.sleep(orders.get("sleep", 0))

    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        replaced = {name.lower(): value for name, value in orders.get("set", {}).items()}
        kept = [(name, value) for name, value in headers if name.lower() not in replaced]
        changed = [(name, value.replace("{second}", str(int(made)))) for name, value in replaced.items() if value]
        added = [*map(tuple, orders.get("add", [])), ("X-Made", f"{made:.3f}")]
        return start_response(orders.get("status", status), kept + changed + added, *rest)

    return portal(environ, start)


def record(environ: dict[str, Any]) -> None:
    """One line: path, query, cookies, the address that throttles see, the scheme that Django sees."""
    request = WSGIRequest(environ)
    line = {
        "path": environ["PATH_INFO"], "query": environ.get("QUERY_STRING", ""), "method": environ["REQUEST_METHOD"],
        "cookie": environ.get("HTTP_COOKIE", ""), "address": client_address(request), "secure": request.is_secure(),
        "headers": sorted(name for name in environ if name.startswith("HTTP_")),
    }  # fmt: skip
    with RECORD.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
