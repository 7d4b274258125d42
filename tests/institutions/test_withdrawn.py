"""An institution that was taken back is seen nowhere: in no list, count, search, page, export, picker or rule."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import models
from django.test import Client
from django.urls import reverse

from foundation.accounts.models import User
from foundation.core import clock
from foundation.core.errors import DomainError
from foundation.core.scope import covers
from foundation.exports.declaring import exportable_of
from foundation.imports.taking_back import referred_to
from institutions import coverage, queries, search
from institutions.enums import Net, StandingKind
from institutions.models import Institution
from institutions.operations.nets import name_responsible
from institutions.operations.premises import add_permit, open_campus
from institutions.operations.register import change_institution
from institutions.operations.status import change_status
from institutions.taking_back import OWN
from tests import sampling
from tests.authz.objects import full_institution
from tests.authz.relations import places
from tests.authz.routes import routes
from tests.institutions.factories import AT, institution
from tests.institutions.test_staff_and_teaching import course, teacher
from tests.listings.factories import deliver, listed
from tests.publicity.factories import good

pytestmark = pytest.mark.django_db
NAME = "隐身术舞蹈培训中心"
#: Scoped by a place of their own; the institution that they name is only where they went.
ON_THEIR_OWN = {
    *("institutions.unlicensedsite", "institutions.unlicensedround", "clues.clue", "supervisors.feedback"),
    *("clues.senderopening", "supervisors.cluetask", "funds.obstacle"),
    *("alerts.runaway", "payouts.contractpurse", "payouts.consumption", "payouts.refund", "payouts.phonecode"),
    *("inspections.visit", "inspections.visitofficer", "inspections.visitphoto", "inspections.finding"),
    *("cases.case", "cases.casepaper", "cases.evidence", "cases.evidencefile", "cases.fulfilment", "cases.hearing"),
    *("cases.penalty", "cases.preservation", "cases.publication", "cases.statement"),
    *("enforcement.order", "enforcement.proof", "enforcement.proofphoto", "enforcement.recheck"),
    *("clues.sighting", "enforcement.removalitem", "matters.cluevisit"),
    *("contracts.contract", "contracts.contractparty", "contracts.partyopening", "contracts.payment"),
    *("contracts.consent", "contracts.invoice", "contracts.lesson", "contracts.contractfinding"),
    *("afterschool.provider", "afterschool.selection", "afterschool.offering"),
    *("inspections.campaigntarget", "inspections.campaignvisit", "inspections.campaignclue", "inspections.groupvisit"),
}
#: What was recorded, and what somebody was told: the past, which does not change.
PAST = {"admin:notifications_message_changelist", "phone:today", "admin:audit_event_changelist"}


@pytest.fixture(autouse=True)
def today():
    cache.clear()
    with clock.set_to(AT):
        yield


def paths() -> dict[type[models.Model], str]:
    """Every model from whose rows foreign keys lead to an institution, and the way."""
    found: dict[type[models.Model], str] = {Institution: ""}
    reached = [Institution]
    while reached:
        target = reached.pop()
        for model in apps.get_models():
            for field in model._meta.concrete_fields:
                if field.remote_field and field.remote_field.model is target and model not in found:
                    found[model] = f"{field.name}__{found[target]}"
                    reached.append(model)
    return found


def scoped() -> dict[str, type[models.Model]]:
    found = {model._meta.label_lower: model for model in paths() if hasattr(model, "SCOPE")}
    return {label: model for label, model in found.items() if label not in ON_THEIR_OWN}


def everything(cast) -> Institution:
    """An institution of this name with a row of every kind that hangs on it, on a published list."""
    row = good(cast, name=NAME, address="隐身路8号")
    listed(cast, row)
    deliver()
    teacher(row, cast.officer)
    course(row, cast.officer)
    open_campus(
        institution=row, name="第二校区", division=row.division, address="隐身路9号", opened_on=AT.date(),
        by=cast.officer, at=AT,
    )  # fmt: skip
    post = User.objects.get(pk=cast.officer.user_id).posts.get()
    name_responsible(institution=row, net=Net.SCHOOL, post=post, by=cast.officer, at=AT)
    return row


def test_every_scope_that_leads_to_an_institution_leads_to_its_withdrawal_too():
    """Seen to fail with ``withdrawn`` left out of any one SCOPE."""
    ways = {label: (model.SCOPE.jurisdiction, model.SCOPE.withdrawn) for label, model in scoped().items()}
    wrong = {
        label: way for label, way in ways.items() if way[1] != way[0].removesuffix("jurisdiction_id") + "withdrawn_at"
    }
    assert len(ways) >= 9
    assert wrong == {}


def test_nothing_that_hangs_on_it_is_visible_or_covered(cast):
    place = places()[0]
    row = full_institution(place)
    by_model = {Institution: row}
    for label, model in scoped().items():
        if (found := model.objects.filter(**{paths()[model].removesuffix("__") or "pk": row.pk}).first()) is not None:
            assert covers(cast.officer, found), label
            assert model.objects.visible_to(cast.officer).filter(pk=found.pk).exists(), label
            by_model[model] = found
    assert {model.__name__ for model in by_model} >= {"Permit", "Site", "Course", "StaffMember", "RedLine"}
    Institution.objects.update(withdrawn_at=AT)
    for model, found in by_model.items():
        assert not model.objects.visible_to(cast.officer).filter(pk=found.pk).exists(), model
        assert not covers(cast.officer, model.objects.get(pk=found.pk)), model


def test_no_operation_writes_on_it(cast):
    row = institution(cast.officer, name=NAME)
    Institution.objects.update(withdrawn_at=AT)
    given: dict[str, Any] = {"institution": row, "by": cast.officer, "at": AT}
    for call in (
        lambda: change_institution(facts={"remark": "改"}, **given),
        lambda: change_status(status="suspended", effective_on=AT.date(), reason="整改", **given),
        lambda: add_permit(kind="school", number="一号", issuer="思明区教育局", **given),
        lambda: teacher(row, cast.officer),
        lambda: course(row, cast.officer),
        lambda: listed(cast, row),
    ):
        with pytest.raises(DomainError):
            call()
    assert referred_to(Institution, [row.pk], beyond=OWN) == {}


def pages(cast, row: Institution, *, before: Collection[str] | None = None) -> dict[str, str]:
    """All that every face answers to GET without naming an object, and what is asked about this one; as text.

    With ``before``, the answers that showed it before: of the others a third, in CI.
    """
    said: dict[str, str] = {}
    for who in ("public", "officer", "province", "town", "auditor"):
        client, actor = Client(), getattr(cast, who)
        if actor.user_id:
            client.force_login(User.objects.get(pk=actor.user_id))
        for route in routes():
            if route.arguments or not route.name[0].isalpha():
                continue
            where = f"{who} {route.name}"
            if before is None or where in before or sampling.taken(where, one_of=3):
                said[where] = body(client, reverse(route.name))
        for path in (
            "/institutions/?q=隐身术", "/lists/?q=隐身术", "/lists/white.csv", "/api/v1/public/lists/white",
            reverse("publicity:institution", args=[row.public_id]),
            reverse("admin:institutions_institution_changelist") + "?q=隐身术",
            reverse("admin:institutions_institution_change", args=[row.pk]),
            reverse("admin:listings_listentry_changelist"),
        ):  # fmt: skip
            said[f"{who} {path}"] = body(client, path)
    return said


def body(client: Client, path: str) -> str:
    response = client.get(path)
    if response.status_code != 200:
        return ""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace")


def test_no_page_of_any_face_shows_it(cast):
    row = everything(cast)
    twin = institution(cast.officer, name=f"{NAME}有限公司", address="别的路1号")
    shown = {where for where, text in pages(cast, row).items() if NAME in text}
    assert len({where.split()[0] for where in shown}) >= 4
    assert len(shown) >= 15
    Institution.objects.filter(pk__in=[row.pk, twin.pk]).update(withdrawn_at=AT)
    cache.clear()
    after = pages(cast, row, before=shown)
    still = {where.split()[1] for where, text in after.items() if NAME in text or "隐身路" in text}
    assert still <= PAST


def test_no_count_search_export_or_comparison_has_it(cast):
    everything(cast)
    institution(cast.officer, name=f"{NAME}有限公司")
    on = AT.date()

    def answers() -> dict[str, Any]:
        actor = cast.officer
        return {
            "search": search.matching(Institution.objects.visible_to(actor), "隐身术").count(),
            "by status": queries.count_by_status(actor, on=on),
            "table": queries.table_as_of(actor, on=on),
            "operating": queries.operating_on(actor, on=on),
            "listed": queries.listed_on(StandingKind.WHITE_LIST, on=on).count(),
            "expiring": queries.permits_expiring(actor, on=on, within_days=3650).count(),
            "running out": queries.with_permit_running_out(actor, on=on, within_days=3650).count(),
            "gap": coverage.with_gap_in_nets(actor, on=AT.date()).count(),
            "platform": queries.platform_coverage(actor),
            "off platform": queries.off_the_platform(actor).count(),
            "crime": queries.crime_check_overdue(actor, on=date(2030, 1, 1)).count(),
            "crime of": queries.with_overdue_crime_checks(actor, on=date(2030, 1, 1)).count(),
            "without": coverage.without_responsible(actor, Net.GRID, on=AT.date()).count(),
            "alike": len(queries.lookalikes(actor)),
            "export": len(list(exportable_of("institutions.institution").rows(actor, {}))),
            "hash": queries.content_hash() != queries.content_hash([]),
        }

    assert [what for what, answer in answers().items() if not answer] == []
    Institution.objects.update(withdrawn_at=AT)
    assert {what: answer for what, answer in answers().items() if answer and answer != (0, 0)} == {}
