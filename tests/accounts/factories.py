"""People with a password, and the codes of their authenticator app."""

from __future__ import annotations

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from foundation.accounts.enums import Role
from foundation.accounts.models import Post, User
from tests.cast import OWN, organ, person

PASSWORD = "Siming-2024-Lake"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def with_password(user: User, password: str = PASSWORD, **changed) -> User:
    user.set_password(password)
    for name, value in changed.items():
        setattr(user, name, value)
    user.save()
    return user


def officer(username: str = "chen", **changed) -> User:
    """A county officer who can log in."""
    post = person(Role.COUNTY_OFFICER, organ(OWN), username=username, name="陈静")
    return with_password(post.user, **changed)


def walker(username: str = "lin") -> User:
    """A supervisor: works on the phone only."""
    return with_password(person(Role.SUPERVISOR, organ(OWN), username=username, name="林航").user)


def second_factor(user: User) -> Authenticator:
    return TOTP.activate(user, SECRET).instance


def code(*, steps: int = 0) -> str:
    """What the app shows now, or so many half-minutes later."""
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + steps))


def log_in(client: Client, username: str, password: str = PASSWORD, **headers):
    return client.post("/accounts/login/", {"login": username, "password": password}, **headers)


def one_more_post(user: User, role: Role, **given) -> Post:
    defaults = {"organ": organ(OWN), "duty": "business", "valid_from": "2021-07-24"}
    return Post.objects.create(user=user, role=role, **{**defaults, **given})
