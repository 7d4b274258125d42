"""Objects for the URLs that name one. See README.md; keep each app's entries under its own heading.

A key is a URL name, or the part of it before the last ``_`` to serve all pages of a register. A factory gets a
``Place`` and returns the row (its pk goes into the URL) or a dict of the URL's arguments. A page that needs another
state than the register's other pages gets an entry of its own.
"""

from __future__ import annotations

from foundation.audit.models import Event
from foundation.audit.record import record
from foundation.core import clock
from foundation.core.actor import job
from foundation.core.events import EventKind
from tests.authz.relations import Objects, Place
from tests.documents.factories import placed as document


def event(place: Place) -> Event:
    return record(EventKind("test.seen", "测试事项"), subject=place.jurisdiction, by=job("测试"), at=clock.now())


OBJECTS: dict[str, Objects] = {
    # -- audit -----------------------------------------------------------------------------------------------------
    "admin:audit_event": Objects(event),
    # -- regions ---------------------------------------------------------------------------------------------------
    # -- accounts --------------------------------------------------------------------------------------------------
    # -- deadlines -------------------------------------------------------------------------------------------------
    # -- notifications ---------------------------------------------------------------------------------------------
    # -- documents -------------------------------------------------------------------------------------------------
    "admin:documents_document": Objects(document, place=True, category=True),
    # -- imports ---------------------------------------------------------------------------------------------------
    # -- exports ---------------------------------------------------------------------------------------------------
    # -- institutions ----------------------------------------------------------------------------------------------
    # -- assignments -----------------------------------------------------------------------------------------------
    # -- listings --------------------------------------------------------------------------------------------------
    # -- phone -----------------------------------------------------------------------------------------------------
    # -- publicity -------------------------------------------------------------------------------------------------
}

#: Arguments that name no object of a scope, such as a secret key that opens nothing.
CONSTANTS: dict[str, dict[str, object]] = {
    "documents:verify": {"code": "0000000000000000"},
}


def objects_of(name: str) -> Objects | None:
    """The factory for a URL: its own, or that of the longest registered beginning of its name."""
    while name:
        if name in OBJECTS:
            return OBJECTS[name]
        name = name.rpartition("_")[0]
    return None
