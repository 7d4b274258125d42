"""Reading inboxes and preferences."""

from __future__ import annotations

from collections.abc import Iterable

from foundation.accounts.models import User
from foundation.core.actor import Actor

from . import registry
from .enums import Channel
from .models import InboxQuerySet, Message, Preference


def unread(actor: Actor) -> InboxQuerySet:
    """The actor's messages that wait to be read."""
    return Message.objects.visible_to(actor).filter(read_at__isnull=True)


def preferences_of(users: Iterable[User]) -> dict[int, Preference]:
    """What each of these people wants, chosen or by default; one query."""
    people = list(users)
    chosen = {row.user_id: row for row in Preference.objects.filter(user__in=people)}
    return {user.pk: chosen.get(user.pk) or Preference.default_for(user) for user in people}


def preference_of(user: User) -> Preference:
    """What one person wants, chosen or by default."""
    return preferences_of([user])[user.pk]


def wanted(preference: Preference, channel: str, message: Message) -> bool:
    """Whether a message goes out by a channel: statutory limits by e-mail always, what is switched off never."""
    reminder = registry.find(message.reminder)
    if reminder is not None and reminder.legal:
        return channel == Channel.EMAIL or preference.wants(channel, message.topic)
    return message.reminder not in preference.off and preference.wants(channel, message.topic)
