"""What institutions of the base demo sent by themselves: a slip is issued, and its code used."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from foundation.accounts import codes, links
from foundation.accounts.operations.links import issue_link
from foundation.accounts.purposes import Purpose
from foundation.core.actor import Actor


def code_of(purpose: Purpose, subject: models.Model, *, by: Actor, at: datetime) -> str:
    """The hash of the code on the slip of a matter, as the operations that take an answer in want it."""
    issued = issue_link(purpose=purpose, subject=subject, by=by, at=at)
    return codes.hashed(issued.code, column=links.COLUMN)
