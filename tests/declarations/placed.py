"""Rows of declarations at a place of the authorization matrix."""

from __future__ import annotations

import json
from datetime import timedelta

from declarations.enums import CHANGE_LINK, DECLARE_LINK, DeclarationState
from declarations.models import ChangeRequest, Declaration, Inquiry, RuleSet
from foundation.core import clock
from institutions.models import Institution
from tests.authz.register import institution
from tests.authz.relations import Objects, Place
from tests.cast import organ
from tests.enforcement.placed import slip
from tests.inspections.placed import filer


def inquiry(place: Place) -> Inquiry:
    at = clock.now()
    return Inquiry.objects.create(
        jurisdiction=place.jurisdiction,
        organ=organ(place.jurisdiction.code),
        kind="self_check",
        title="测试",
        year=2026,
        due_on=clock.local_date(at) + timedelta(days=9),
        items=[["01", "测试"]],
        state_at=at,
        opened_by=filer(place),
        opened_at=at,
    )


def declaration(place: Place) -> Declaration:
    return Declaration.objects.create(inquiry=inquiry(place), institution=institution(place), state_at=clock.now())


def given(place: Place) -> Declaration:
    row, at = declaration(place), clock.now()
    facts = {
        "state": DeclarationState.GIVEN,
        "given_by": "x",
        "received_at": at,
        "answers": [["01", "测试", "yes", ""]],
    }
    Declaration.objects.filter(pk=row.pk).update(**facts)
    return Declaration.objects.get(pk=row.pk)


def with_slip(place: Place) -> Declaration:
    row = declaration(place)
    slip(DECLARE_LINK, row, place)
    return row


def change(place: Place) -> ChangeRequest:
    at = clock.now()
    return ChangeRequest.objects.create(
        institution=institution(place),
        sealed=json.dumps({"hours": "周末"}),
        reason="x",
        given_by="x",
        received_at=at,
        state_at=at,
    )


def with_change_slip(place: Place) -> Institution:
    row = institution(place)
    slip(CHANGE_LINK, row, place)
    return row


def rule_set(place: Place) -> RuleSet:
    at = clock.now()
    facts = {"title": f"制度{RuleSet.objects.count()}", "version": 1, "norms": ["测试"], "effective_on": clock.today()}
    return RuleSet.objects.create(jurisdiction=place.jurisdiction, laid_down_at=at, laid_down_by=filer(place), **facts)


ROW, REGISTER = "admin:declarations_declaration", "admin:institutions_institution"
OBJECTS: dict[str, Objects] = {
    "admin:declarations_inquiry": Objects(inquiry),
    "admin:declarations_ruleset": Objects(rule_set),
    ROW: Objects(declaration, place=True, category=True),
    f"{ROW}_send-back": Objects(given, place=True, category=True),
    f"{ROW}_stop-slip": Objects(with_slip, place=True, category=True),
    "admin:declarations_changerequest": Objects(change, place=True, category=True),
    f"{REGISTER}_stop-change-slip": Objects(with_change_slip, place=True, category=True),
}
