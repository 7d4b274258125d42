"""What the proof of reminders fills and finds: ``python -m tests.stack.reminding fill LANE | found LANE``.

``fill`` makes permits that end in a week, for two officers: one wants each text by itself, one the day's digest; both
are quiet all day, until the test lets the texts go. Then the slot of their reminder is taken away, so that beat
promises it anew: the reminder hour.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import time, timedelta

import django

django.setup()

from django.db import transaction  # noqa: E402

from foundation.accounts.models import Post, User  # noqa: E402
from foundation.core import clock  # noqa: E402
from foundation.core.models import OutboxMessage, OutboxState  # noqa: E402
from foundation.notifications.enums import DeliveryState, Topic  # noqa: E402
from foundation.notifications.models import Delivery, Message, Preference, SentText  # noqa: E402
from institutions.models import Institution, Permit  # noqa: E402
from tests.cast import acting, build_cast  # noqa: E402
from tests.institutions.factories import credit_code, institution  # noqa: E402

REMINDER = "institutions.permit"
SLOT = f"slot:remind:{REMINDER}:"
#: Texts wait until the test lets them go.
ALL_DAY = {"quiet_from": time(0, 0), "quiet_to": time(23, 59)}
LANES = {"kept": 600, "hasty": 400}


def fill(lane: str) -> dict:
    with transaction.atomic():
        if not User.objects.filter(username="second-officer").exists():
            _people()
        officer = acting(Post.objects.get(user__username="second-officer"))
        code = credit_code(9000 + list(LANES).index(lane))
        home = institution(officer, at=clock.now() - timedelta(days=30), credit_code=code)
        facts = {"kind": "school", "issuer": lane, "valid_to": clock.today() + timedelta(days=7)}
        Permit.objects.exclude(issuer=lane).update(ended_on=clock.today() - timedelta(days=1))
        rows = [Permit(institution=home, number=f"{lane}-{number}", **facts) for number in range(LANES[lane])]
        Permit.objects.bulk_create(rows)
        OutboxMessage.objects.filter(key__startswith=SLOT).delete()
    return {"permits": LANES[lane]}


def _people() -> None:
    cast = build_cast()
    for actor, gathers in ((cast.officer, False), (cast.second_officer, True)):
        User.objects.filter(pk=actor.user_id).update(phone=f"1380000{actor.user_id:04d}"[:11])
        chosen = {"sms_topics": Topic.values, "email_topics": [], "gathers": gathers, **ALL_DAY}
        Preference.objects.create(user_id=actor.user_id, **chosen)


def found(lane: str) -> dict:
    """How often each permit was told to each officer, and how often each promised text went out."""
    assert Institution.objects.exists()
    permits = Permit.objects.filter(issuer=lane)
    rows = Message.objects.filter(reminder=REMINDER, about_id__in=permits.values("pk"))
    told = Counter(rows.values_list("about_id", "recipient"))
    digest = Message.objects.filter(kind="notifications.digest", gathered__about_id__in=permits.values("pk")).distinct()
    promised = Delivery.objects.filter(message__about_id__in=permits.values("pk"), message__reminder=REMINDER)
    texts = SentText.objects.filter(delivery__in=promised)
    attempts = OutboxMessage.objects.filter(key__startswith=SLOT).values_list("state", "attempts")
    return {
        "told": len(told),
        "twice": [key for key, times in told.items() if times > 1],
        "own": promised.count(),
        "sent": promised.filter(state=DeliveryState.SENT).count(),
        "texts": texts.count(),
        "digests": list(digest.values_list("gathered__recipient", flat=True).distinct()),
        "gathered": Message.objects.filter(digest__in=digest, about_id__in=permits.values("pk")).count(),
        "digest_texts": SentText.objects.filter(delivery__message__in=digest).count(),
        "slot": [f"{state} after {times}" for state, times in attempts],
        "dead": OutboxMessage.objects.filter(state=OutboxState.DEAD).count(),
    }


if __name__ == "__main__":
    name, *words = sys.argv[1:]
    sys.stdout.write(json.dumps({"fill": fill, "found": found}[name](*words)))
