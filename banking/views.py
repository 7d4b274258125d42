"""The door for banks' programs: signed announcements, nothing else."""

from __future__ import annotations

import logging
from itertools import count

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from banking import signing
from banking.operations.callbacks import receive_announcement
from banking.rules import ANNOUNCE
from foundation.core import clock
from foundation.core.actor import job
from foundation.core.api import TOO_OFTEN, refusal
from foundation.core.errors import DomainError, NotAllowed
from foundation.core.http import status_of
from foundation.core.throttle import Throttle

log = logging.getLogger(__name__)

PROGRAM = job("银行系统", ANNOUNCE)
MOST_BYTES = 64 * 1024
ANNOUNCEMENTS = Throttle("bank_callbacks", limit=120, seconds=60)
_refusals = count(1)


@csrf_exempt
@require_POST
def announce(request: HttpRequest) -> HttpResponse:
    """A bank says that something happened: noted, answered, and settled by the day file alone."""
    if not ANNOUNCEMENTS.permits_here(request):
        return _answer(refusal("too_often", TOO_OFTEN), 429)
    if len(request.body) > MOST_BYTES:
        return _answer(refusal("too_large", "内容过大。"), 413)
    signed = signing.read(request.headers, request.body)
    try:
        event = receive_announcement(signed=signed, by=PROGRAM, at=clock.now())
    except NotAllowed as error:
        why = next(iter(getattr(error, "__notes__", ())), "")
        log.warning("bank callback refused (%s), number %d of this process", why, next(_refusals))
        return _answer(refusal(error.code, error.message), 401)
    except DomainError as error:
        return _answer(refusal(error.code, error.message), status_of(error))
    return _answer({"event": event.event_id, "received": True}, 200)


def _answer(said: dict[str, object], status: int) -> JsonResponse:
    response = JsonResponse(said, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
