"""Who may be logged in at all; asked at login and again on every request."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

from .models import User


class PeopleBackend(AuthenticationBackend):
    """Login name and password. A disabled person, and a demo account outside the demo, is nobody at once."""

    def user_can_authenticate(self, user: User) -> bool:
        return may_log_in(user)


def may_log_in(user: User) -> bool:
    """Active, and no demo account unless this installation is the demo."""
    return user.is_active and (not user.is_demo or settings.DEMO_MODE)
