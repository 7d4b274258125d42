"""After the commit: the worker loads a case of the bulletin into the demo."""

from __future__ import annotations

import logging
from pathlib import Path

from foundation.core import outbox

from .casebook import case_of
from .loading import load_and_keep
from .notices import LOAD_CASE

log = logging.getLogger(__name__)


@outbox.handles(LOAD_CASE, long=True)
def load_promised_case(message) -> None:
    """Idempotent: a case that is there is left alone; one that broke off begins anew."""
    case, file = case_of(message.payload["case"]), message.payload["logins_file"]
    logins = load_and_keep(case, Path(file) if file else None, tell=lambda done, of: None)
    log.info("demo case %s %s", case.code, "was there" if logins is None else "loaded")
