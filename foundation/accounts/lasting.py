"""How long a browser keeps the session: until it is closed, or on the phone for the session's 12 hours.

A supervisor's browser is closed by the phone whenever it needs memory, in the middle of a visit.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from foundation.core.actor import Actor

from .enums import Can


def settle_lasting(request: HttpRequest, actor: Actor) -> None:
    """Only a post that works on the phone and nowhere else outlasts the closed browser; ``SessionLimits`` ends it."""
    phone_only = actor.can(Can.ENTER_PHONE) and not actor.can(Can.ENTER_STAFF)
    request.session.set_expiry(settings.SESSION_COOKIE_AGE if phone_only else 0)
