"""What people do to their own account. A login is its own trace (LoginEvent), so it leaves no audit event."""

from __future__ import annotations

from datetime import datetime

from foundation.accounts import events, rules
from foundation.accounts.enums import LoginOutcome
from foundation.accounts.models import LoginEvent, Post, User
from foundation.audit.record import record
from foundation.core import constraints
from foundation.core.actor import Actor
from foundation.core.events import EventKind
from foundation.core.locking import lock
from foundation.core.operation import authorize, operation


@operation
def record_login(
    *, by: Actor, at: datetime, username: str, user: User | None, outcome: LoginOutcome, address: str | None, agent: str
) -> LoginEvent:
    """Keep that somebody logged in, or tried to, under a name and from an address."""
    return constraints.insert(
        LoginEvent(
            user=user,
            username=username[:60],
            succeeded=outcome == LoginOutcome.SUCCESS,
            outcome=outcome,
            at=at,
            address=address,
            agent=agent[:200],
        )
    )


@operation
def change_own_password(*, by: Actor, at: datetime, user: User, password: str) -> User:
    """The person sets a new password; all other sessions end. Raises NotAllowed for somebody else's account."""
    user = lock(User, user.pk)
    authorize(by, rules.is_self, user)
    user.set_password(password)
    user.must_change_password = False
    constraints.update(user, "password", "must_change_password")
    record(events.PASSWORD_CHANGED, subject=user, by=by, at=at, changes={"password": ["***", "***"]})
    return user


@operation
def note_second_factor(*, by: Actor, at: datetime, user: User, kind: EventKind) -> User:
    """Keep that the person set up or removed the second factor; allauth wrote it in the same transaction."""
    user = lock(User, user.pk)
    authorize(by, rules.is_self, user)
    record(kind, subject=user, by=by, at=at)
    return user


@operation
def switch_post(*, by: Actor, at: datetime, post: Post) -> Post:
    """Work on in another of one's own posts in force. Raises NotAllowed for somebody else's or an expired one."""
    post = lock(Post, post.pk)
    authorize(by, rules.can_switch_to, post, at)
    record(events.POST_SWITCHED, subject=post, by=by, at=at, changes={"post": [by.post_id, post.pk]})
    return post
