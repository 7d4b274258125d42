"""The API's throttle, apart from ``throttle`` because Django REST framework loads it by its path from the settings."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from .throttle import Throttle

#: security.md 6: anonymous visitors 60 a minute.
QUESTIONS = Throttle("api", limit=60, seconds=60)


class EachAddress(BaseThrottle):
    """60 questions a minute and address; the answer to one too many says when to come back."""

    def allow_request(self, request: Request, view: object) -> bool:
        """Count this question."""
        return QUESTIONS.permits(request._request)

    def wait(self) -> float:
        """Seconds until the next window at the latest."""
        return float(QUESTIONS.seconds)
