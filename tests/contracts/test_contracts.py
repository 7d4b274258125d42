"""培训合同: entered with a consent only, closed, found by whole names, seen by the bureaus' own people only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from contracts import workflow
from contracts.enums import ContractState, LimitCode
from contracts.models import Consent, Contract, ContractParty
from contracts.operations.contracts import end_contract, sign_contract, terminate_contract
from contracts.operations.limits import Wanted
from contracts.people import People, masked_name, name_blind, plain_name, sealed_party
from contracts.queries import parties_to_destroy
from foundation.accounts.models import User
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import IllegalTransition, InvalidInput, NotAllowed
from tests.contracts.factories import AGREED, PEOPLE, limit_in_force, signed, terms
from tests.institutions.factories import AT, institution

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


@pytest.fixture
def home(cast):
    return institution(cast.officer)


def dump(*tables: str) -> str:
    """All that the database holds in these tables, as text."""
    with connection.cursor() as cursor:
        texts = []
        for table in tables:
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
            texts.append(cursor.fetchone()[0] or "")
    return " ".join(texts)


def test_a_contract_is_entered_with_sealed_people_and_one_event(cast, home):
    row = signed(cast.officer, home)
    assert (row.jurisdiction_id, row.state, row.begins_on) == (home.jurisdiction_id, "active", date(2026, 11, 7))
    party = row.consent.party
    assert (party.pupil_masked, party.guardian_masked, party.phone_masked) == ("陈某", "陈某", "139****0001")
    assert Event.objects.filter(kind="contracts.signed").count() == 1
    stored = dump("contracts_contractparty", "contracts_contract", "contracts_consent", "audit_event")
    for secret in ("小满", "大志", "13900000001", "三年级"):
        assert secret not in stored


def test_a_site_or_class_of_another_institution_is_refused(cast, home):
    other = institution(cast.officer)
    given = {"institution": home, "terms": terms(), "people": PEOPLE, "agreed": AGREED, "by": cast.officer, "at": AT}
    with pytest.raises(InvalidInput, match="校区不是这家机构的"):
        sign_contract(**given, site=other.sites.get())


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"agreed": None}, "given_on"),
        ({"agreed": replace(AGREED, given_on=date(2026, 11, 3))}, "given_on"),  # tomorrow
        ({"agreed": replace(AGREED, version="1999-1")}, None),
        ({"people": replace(PEOPLE, pupil=" ")}, "pupil"),
        ({"people": replace(PEOPLE, guardian="·")}, "guardian"),
        ({"people": replace(PEOPLE, phone="0592-123")}, "phone"),
        ({"people": replace(PEOPLE, pupil_id="350203201601011234")}, "pupil_id"),
        ({"terms": terms(ends_on=date(2026, 11, 1))}, None),
        ({"terms": terms(lessons=0)}, None),
        ({"terms": terms(number="")}, "number"),
    ],
)
def test_what_is_refused_leaves_nothing(cast, home, change, field):
    given = {"institution": home, "terms": terms(), "people": PEOPLE, "agreed": AGREED, **change}
    with pytest.raises(InvalidInput) as refused:
        sign_contract(**given, by=cast.officer, at=AT)
    assert field is None or field in refused.value.fields
    assert not Contract.objects.exists()
    assert not Event.objects.filter(kind="contracts.signed").exists()


def test_a_number_is_known_once_in_an_institution(cast, home):
    signed(cast.officer, home)
    with pytest.raises(InvalidInput, match="已登记这个编号"):
        signed(cast.officer, home)
    signed(cast.officer, institution(cast.officer))


def test_the_database_keeps_no_party_without_a_consent(cast, home):
    """Seen to fail with the foreign key dropped."""
    row = signed(cast.officer, home)
    other = Contract.objects.get(pk=row.pk)
    other.pk, other.number = None, "HT002"
    other.save(force_insert=True)
    connection.check_constraints()
    sealed_party(other, PEOPLE).save(force_insert=True)
    with pytest.raises(IntegrityError, match="consent_id"), transaction.atomic():
        connection.check_constraints()
    ContractParty.objects.filter(pk=other.pk).delete()


def test_the_operation_itself_wants_a_consent(cast, home, monkeypatch):
    """With the operation's check taken away nothing but the database stands in the way: it does."""
    monkeypatch.setattr("contracts.operations.contracts._consent", lambda row, *rest: Consent(pk=row.pk))
    with pytest.raises(InvalidInput):
        signed(cast.officer, home)
    assert not ContractParty.objects.exists()


def test_who_may_not_enter_one(cast, home):
    for who in (cast.neighbour, cast.other_city, cast.leader, cast.city, cast.province, cast.town, cast.bank):
        with pytest.raises(NotAllowed, match="该机构不在您的管辖范围内"):
            signed(who, home)


@pytest.mark.parametrize("step", workflow.CONTRACT.transitions, ids=lambda step: step.name)
@pytest.mark.parametrize("state", ContractState)
def test_every_state_and_step(cast, home, step, state):
    row = signed(cast.officer, home)
    if state != ContractState.ACTIVE:
        Contract.objects.filter(pk=row.pk).update(state=state, closed_on=AT.date())
    run = {"end": end_contract, "terminate": terminate_contract}[step.name]
    more = {"reason": "搬家"} if step is workflow.TERMINATE else {}
    given = {"contract": row, "closed_on": date(2026, 11, 1), "by": cast.officer, "at": AT, **more}
    if step.starts_from(state):
        assert run(**given).state == step.target
    else:
        with pytest.raises(IllegalTransition):
            run(**given)


def test_closing_wants_a_day_and_a_reason(cast, home):
    row = signed(cast.officer, home)
    with pytest.raises(InvalidInput):
        end_contract(contract=row, closed_on=date(2026, 11, 3), by=cast.officer, at=AT)
    with pytest.raises(InvalidInput):
        terminate_contract(contract=row, closed_on=date(2026, 11, 1), reason=" ", by=cast.officer, at=AT)
    with pytest.raises(NotAllowed):
        end_contract(contract=row, closed_on=date(2026, 11, 1), by=cast.leader, at=AT)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("张三", "张 三", True),
        ("欧阳·娜娜", "欧阳娜娜", True),
        ("个人（张三）", "张三", True),
        ("Ａnna", "ANNA", True),
        ("张三", "张三丰", False),
        ("张三", "章三", False),
    ],
)
def test_when_a_name_is_the_same_name(one, other, same):
    assert (name_blind(one) == name_blind(other)) is same
    assert (plain_name(one) == plain_name(other)) is same


def test_masks_show_the_family_name_only():
    shown = {"陈小满": "陈某", "欧阳小满": "欧阳某", "厦门演示教育公司": "厦门***", "": ""}
    assert {name: masked_name(name) for name in shown} == shown


def test_the_register_shows_masks_and_finds_whole_names_only(client, cast, home):
    signed(cast.officer, home)
    signed(cast.officer, home, "HT002", people=People(pupil="林小鹿", guardian="林大山", phone="13900000002"))
    client.force_login(User.objects.get(pk=cast.leader.user_id))
    url = reverse("admin:contracts_contract_changelist")
    asked = ("", "陈小满", "林大山", "13900000002", "小满")
    pages = {term: client.get(url, {"q": term}).content.decode() for term in asked}
    seen = {term: [number for number in ("HT001", "HT002") if number in text] for term, text in pages.items()}
    first, second = ["HT001"], ["HT002"]
    assert seen == dict(zip(asked, (first + second, first, second, second, []), strict=True))
    assert "林某" in pages[""]
    detail = client.get(reverse("admin:contracts_contract_change", args=[Contract.objects.get(number="HT001").pk]))
    for text in (*pages.values(), detail.content.decode()):
        assert "陈大志" not in text
        assert "林小鹿" not in text


def test_an_officer_fills_in_the_form(client, cast, home):
    client.force_login(User.objects.get(pk=cast.officer.user_id))
    given = {
        **{
            name: str(value)
            for name, value in terms().__dict__.items()
            if value not in (None, "") and value is not False
        },
        **{name: value for name, value in PEOPLE.__dict__.items() if value},
        "unit_price_fen": "80",
        "site": home.sites.get().pk,
        "total_fen": "2,400.00",
        "given_on": "2026-10-20",
        "consent_way": "paper",
        "version": "2026-1",
        "pupil_birth": "2017-05-01",
    }
    answer = client.post(reverse("admin:institutions_institution_sign-contract", args=[home.pk]), given)
    assert answer.status_code == 302, answer.context["form"].errors.as_text()
    row = Contract.objects.get()
    assert (row.total_fen, row.site) == (240000, home.sites.get())


def test_lists_cost_the_same_for_one_and_three_rows(client, cast, home, django_assert_num_queries):
    client.force_login(User.objects.get(pk=cast.leader.user_id))
    url = reverse("admin:contracts_contract_changelist")
    counts = []
    for number in range(3):
        signed(cast.officer, home, f"HT{number}")
        client.get(url)
        with django_assert_num_queries(LIST_QUERIES) as asked:
            client.get(url)
        counts.append(len(asked))
    assert len(set(counts)) == 1


LIST_QUERIES = 7


def test_when_people_are_due_to_be_destroyed(cast, home):
    """Over on 1 November, 7 days of full refund, 30 days kept: from 9 December on, or when the place says."""
    row = signed(cast.officer, home, ends_on=date(2026, 11, 30))
    end_contract(contract=row, closed_on=date(2026, 11, 1), by=cast.officer, at=AT)
    days = [date(2026, 12, 8), date(2026, 12, 9)]
    assert [[each.pk for each in parties_to_destroy(on=day)] for day in days] == [[], [row.pk]]
    limit_in_force(cast, Wanted(code=LimitCode.KEPT_DAYS, value=60, effective_from=date(2026, 11, 1), source="文件"))
    assert list(parties_to_destroy(on=days[1])) == []
    assert list(parties_to_destroy(on=days[1] + timedelta(days=30))) == [row]
