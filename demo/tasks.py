"""After the commit: the worker loads a case of the bulletin into the demo."""

from __future__ import annotations

import logging
from pathlib import Path

from django.db import transaction

from foundation.core import outbox

from .casebook import case_of, load_case
from .loading import keep_logins
from .notices import LOAD_CASE

log = logging.getLogger(__name__)


@outbox.handles(LOAD_CASE, long=True)
def load_promised_case(message) -> None:
    """Idempotent: a case that is there is left alone; one that broke off begins anew."""
    case = case_of(message.payload["case"])
    with transaction.atomic():
        logins = load_case(case, tell=lambda done, of: None)
        if logins and message.payload["logins_file"]:
            keep_logins(Path(message.payload["logins_file"]), logins)  # before the commit: told for nothing at worst
    log.info("demo case %s %s", case.code, "was there" if logins is None else "loaded")
