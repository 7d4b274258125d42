"""Opening, changing and stopping accounts. The administrator never chooses or learns a lasting password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator

from foundation.accounts import events, rules
from foundation.accounts.models import Organ, User
from foundation.accounts.passwords import one_time_password
from foundation.audit.record import record
from foundation.core import constraints
from foundation.core.actor import Actor
from foundation.core.errors import InvalidInput
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation

HIDDEN = ["***", "***"]


@dataclass(frozen=True)
class Issued:
    """An account and its one-time password, which is kept nowhere: show it once."""

    user: User
    password: str


@operation
def create_user(
    *,
    by: Actor,
    at: datetime,
    organ: Organ,
    username: str,
    name: str,
    email: str = "",
    phone: str = "",
    is_demo: bool = False,
) -> Issued:
    """Open an account in an organ with a random password, to be changed at the first login (not in the demo).

    Raises NotAllowed outside the own jurisdiction, InvalidInput for a name in use, a bad name or a closed organ.
    """
    organ = lock(Organ, organ.pk)
    authorize(by, rules.can_manage_organ, organ)
    _refuse_closed(organ)
    password = one_time_password()
    user = User(
        organ=organ,
        username=username.strip().lower(),
        name=name.strip(),
        email=email,
        phone=phone,
        is_demo=is_demo,
        must_change_password=not is_demo,
    )
    user.set_password(password)
    constraints.insert(user)
    record(events.USER_CREATED, subject=user, by=by, at=at, changes={"username": ["", user.username]})
    return Issued(user, password)


@operation
def change_user(
    *, by: Actor, at: datetime, user: User, organ: Organ, name: str, email: str = "", phone: str = ""
) -> User:
    """Correct a person's name and contacts or move the account to another organ of the own jurisdiction."""
    user = lock(User, user.pk)
    authorize(by, rules.can_manage_user, user)
    authorize(by, rules.can_manage_organ, organ)
    if organ.pk != user.organ_id:
        _refuse_closed(lock(Organ, organ.pk))
    user.organ, user.name, user.email, user.phone = organ, name.strip(), email, phone
    changes = constraints.update(user, "organ", "name", "email", "phone")
    if changes:
        shown = {field: HIDDEN if field in {"email", "phone"} else change for field, change in changes.items()}
        record(events.USER_CHANGED, subject=user, by=by, at=at, changes=shown)
    return user


@operation
def disable_user(*, by: Actor, at: datetime, user: User, reason: str) -> User:
    """Stop an account; its sessions end with the next request."""
    user = lock(User, user.pk)
    authorize(by, rules.can_disable_user, user)
    return _set_active(user, False, by=by, at=at, reason=reason)


@operation
def enable_user(*, by: Actor, at: datetime, user: User, reason: str) -> User:
    """Let a stopped account log in again; sessions from before stay ended."""
    user = lock(User, user.pk)
    authorize(by, rules.can_enable_user, user)
    return _set_active(user, True, by=by, at=at, reason=reason)


@operation
def reset_password(*, by: Actor, at: datetime, user: User, reason: str) -> Issued:
    """Give a person who forgot the password a random one for one login; all sessions end."""
    user = lock(User, user.pk)
    authorize(by, rules.can_manage_user, user)
    password = one_time_password()
    user.set_password(password)
    user.must_change_password = True
    user.session_epoch += 1
    constraints.update(user, "password", "must_change_password", "session_epoch")
    record(events.PASSWORD_RESET, subject=user, by=by, at=at, changes={"password": HIDDEN}, reason=reason)
    return Issued(user, password)


@operation
def reset_second_factor(*, by: Actor, at: datetime, user: User, reason: str) -> User:
    """Forget the authenticator app and recovery codes of a person who lost the phone; all sessions end.

    Raises InvalidInput when there is none.
    """
    user = lock(User, user.pk)
    authorize(by, rules.can_manage_user, user)
    removed, _ = Authenticator.objects.filter(user=user).delete()
    if not removed:
        raise InvalidInput("该人员没有启用动态验证码。", code="no_second_factor")
    user.session_epoch += 1
    constraints.update(user, "session_epoch")
    record(events.SECOND_FACTOR_RESET, subject=user, by=by, at=at, reason=reason)
    return user


def _set_active(user: User, active: bool, *, by: Actor, at: datetime, reason: str) -> User:
    user.is_active = active
    user.session_epoch += 1
    changes = constraints.update(user, "is_active", "session_epoch")
    kind = events.USER_ENABLED if active else events.USER_DISABLED
    record(kind, subject=user, by=by, at=at, changes={"is_active": changes["is_active"]}, reason=reason)
    return user


def _refuse_closed(organ: Organ) -> None:
    if organ.closed_on is not None:
        raise InvalidInput("该单位已撤销。", fields={"organ": ["请选择未撤销的单位。"]})
