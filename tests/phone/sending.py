"""What a phone sends, for tests of the door."""

from __future__ import annotations

import io
import json
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from foundation.accounts.middleware import POST_KEY
from foundation.accounts.models import User
from foundation.audit.models import Event
from foundation.core.actor import Actor
from inspections.models import Visit
from institutions.models import Institution, UnlicensedSite
from tests.inspections.factories import DAY, all_yes, first_version
from tests.supervisors.in_office import in_office

VISITS, START, SUBJECTS = "/m/api/visits/", "/m/api/start/", "/m/api/subjects/"


def logged_in(actor: Actor, client: Client | None = None) -> Client:
    """A browser in which this person works in this post."""
    client = client or Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    session = client.session
    session[POST_KEY] = actor.post_id
    session.save()
    return client


def draft(actor: Actor, subject: Institution | UnlicensedSite, /, **given) -> dict[str, object]:
    """An appointed supervisor's clean draft with all 43 items and a place, as the phone writes it."""
    in_office(actor)
    return {
        "client_id": str(uuid4()),
        "user": actor.user_id,
        "kind": "supervisor",
        "subject": {"kind": "institution", "id": subject.pk},
        "visited_on": DAY.isoformat(),
        "slot": "afternoon",
        "started_at": f"{DAY}T14:30:00+08:00",
        "ended_at": f"{DAY}T15:10:00+08:00",
        "checklist": first_version().pk,
        "answers": all_yes(),
        "notes": {},
        "photos": [],
        "place": {"lat": 24.48, "lon": 118.09},
        "no_place_reason": "",
        "pupils": 12,
        "pupils_at_least": True,
        "outcome": "clean",
        "officers": [],
        "campaigns": [],
        **given,
    }


def photographed(report: dict[str, object], *pictures: bytes, code: str = "") -> dict[str, SimpleUploadedFile]:
    """Name photos in a draft; the files that go with it."""
    files = {}
    for content in pictures:
        name = str(uuid4())
        photo = {"client_id": name, "code": code, "taken_at": f"{DAY}T14:40:00+08:00", "lat": 24.48, "lon": 118.09}
        report["photos"] = [*report["photos"], photo]
        files[f"photo-{name}"] = SimpleUploadedFile(f"{name}.jpg", content, "image/jpeg")
    return files


def picture(shade: int = 90, *, size: tuple[int, int] = (320, 240)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (shade, 140, 90)).save(out, "JPEG")
    return out.getvalue()


def send(client: Client, report: dict[str, object], files: dict[str, object] | None = None, **headers):
    return client.post(VISITS, {"report": json.dumps(report), **(files or {})}, **headers)


def refused(response, status: int, code: str, *words: str) -> None:
    """This answer, in words, and nothing was written."""
    body = response.json()
    assert (response.status_code, body["code"]) == (status, code)
    assert [word for word in words if word not in json.dumps(body, ensure_ascii=False)] == []
    assert (Visit.objects.count(), Event.objects.filter(kind="visit.filed").count()) == (0, 0)
