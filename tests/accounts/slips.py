"""Slips for tests: issued, and their code used at the public page."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.http import HttpResponse
from django.test import Client

from foundation.accounts import codes, links
from foundation.accounts.operations.links import issue_link
from foundation.accounts.purposes import Purpose
from foundation.core import clock, throttle
from foundation.core.actor import Actor


def given(by: Actor, purpose: Purpose, row: models.Model, at: datetime | None = None) -> str:
    """The code of a new slip."""
    return issue_link(purpose=purpose, subject=row, by=by, at=at or clock.now()).code


def hashed(code: str) -> str:
    """As the operations want it that take an answer in."""
    return codes.hashed(code, column=links.COLUMN)


def at_the_page(client: Client, code: str, **more: object) -> HttpResponse:
    """What the page answers to a code; who asks often in a test is nobody who guesses."""
    throttle.counted_here.clear()
    return client.post("/answer/", {"code": code, **more})
