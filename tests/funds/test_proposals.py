"""最低余额 and 豁免监管: two persons, as rule and as CHECK; days and instants of an exemption."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation.accounts.enums import Role
from foundation.accounts.models import Organ
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import DomainError, IllegalTransition, InvalidInput, NotAllowed
from funds import queries, workflow
from funds.enums import ExemptionKind, ProposalState
from funds.models import Exemption, MinimumBalance
from funds.operations import proposals
from institutions.models import Institution
from tests.cast import acting, person
from tests.funds.factories import DAY, exempted
from tests.institutions.factories import AT, institution

pytestmark = pytest.mark.django_db
MODELS = (MinimumBalance, Exemption)


@pytest.fixture
def school(cast) -> Institution:
    return institution(cast.officer)


def proposed(model, row, by):
    if model is MinimumBalance:
        given = {"amount_fen": 300_000_00, "effective_on": DAY, "reason": "规模较大"}
        return proposals.propose_minimum(institution=row, by=by, at=AT, **given)
    given = {
        "kind": ExemptionKind.PAY_AFTER,
        "from_on": DAY,
        "until_on": DAY + timedelta(days=90),
        "reason": "按次付费",
    }
    return proposals.propose_exemption(institution=row, by=by, at=AT, **given)


@pytest.mark.parametrize("model", MODELS)
def test_one_asks_and_another_decides(cast, school, model):
    approve, refuse = proposals.approve_proposal, proposals.refuse_proposal
    row = proposed(model, school, cast.officer)
    for who in ("officer", "second_officer", "city", "neighbour", "other_city", "province", "town", "finance", "bank"):
        with pytest.raises(NotAllowed):
            approve(proposal=row, by=getattr(cast, who), at=AT)
    with pytest.raises(InvalidInput, match="理由"):
        refuse(proposal=row, remark=" ", by=cast.leader, at=AT)
    done = approve(proposal=row, by=cast.leader, at=AT, remark="同意")
    assert (done.state, done.decided_by_id) == (ProposalState.APPROVED, cast.leader.user_id)
    for again in (approve, refuse):
        with pytest.raises(IllegalTransition):
            again(proposal=row, remark="再次", by=cast.leader, at=AT)
    kinds = Event.objects.filter(subject_type=model._meta.label_lower).order_by("pk").values_list("kind", flat=True)
    assert [kind.rpartition("_")[2] for kind in kinds] == ["proposed", "approved"]


@pytest.mark.parametrize("model", MODELS)
def test_nobody_decides_what_they_asked_for(cast, school, model):
    """By the rule, and by the CHECK where the rule would fail."""
    post = person(Role.COUNTY_LEADER, Organ.objects.get(pk=cast.officer.organ_id), username="both")
    both = acting(post).allowed("funds.keep")
    row = proposed(model, school, both)
    with pytest.raises(NotAllowed, match="不能审核自己提请"):
        proposals.approve_proposal(proposal=row, by=both, at=AT)
    assert list(queries.to_decide(both, model)) == []
    assert list(queries.to_decide(cast.leader, model)) == [row]
    row.decided_by_id, row.decided_at = both.user_id, AT
    name = "minimum_two_persons" if model is MinimumBalance else "exemption_two_persons"
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.filter(pk=row.pk).update(state=ProposalState.APPROVED, decided_by=both.user_id, decided_at=AT)


@pytest.mark.parametrize("flow", [workflow.MINIMUM, workflow.EXEMPTION], ids=["minimum", "exemption"])
def test_every_state_and_step(flow):
    steps = {state: {step.name for step in flow.steps_from(state)} for state in ProposalState.values}
    ends = {"end"} if flow is workflow.EXEMPTION else set()
    assert steps == {"proposed": {"approve", "refuse"}, "approved": ends, "refused": set(), "ended": set()}


def test_one_open_proposal_an_institution(cast, school):
    row = proposed(MinimumBalance, school, cast.officer)
    with pytest.raises(InvalidInput, match="已有一项待审核"):
        proposed(MinimumBalance, school, cast.second_officer)
    proposals.refuse_proposal(proposal=row, remark="过高", by=cast.leader, at=AT)
    assert proposed(MinimumBalance, school, cast.second_officer).pk


def test_the_minimum_that_holds(cast, school):
    first = proposals.approve_proposal(proposal=proposed(MinimumBalance, school, cast.officer), by=cast.leader, at=AT)
    given = {"amount_fen": 100_000_00, "effective_on": DAY + timedelta(days=10), "reason": "规模缩小"}
    second = proposals.propose_minimum(institution=school, by=cast.officer, at=AT, **given)
    day = DAY + timedelta(days=10)
    assert queries.minimum_on(school, on=day) == first
    proposals.approve_proposal(proposal=second, by=cast.leader, at=AT + timedelta(days=12))
    held = [queries.minimum_on(school, on=on) for on in (DAY - timedelta(days=1), DAY, day)]
    assert held == [None, first, second]
    assert queries.minimum_on(school, on=day, known_at=AT) == first


@pytest.mark.parametrize(
    ("given", "says"),
    [({"reason": ""}, "理由"), ({"amount_fen": 0}, "大于零"), ({"amount_fen": -5}, "大于零")],
)
def test_minimums_that_are_none(cast, school, given, says):
    facts = {"amount_fen": 1, "effective_on": DAY, "reason": "规模"} | given
    with pytest.raises(DomainError, match=says):
        proposals.propose_minimum(institution=school, by=cast.officer, at=AT, **facts)


@pytest.mark.parametrize("days", [-1, 366])
def test_an_exemption_has_a_dated_end(cast, school, days):
    facts = {"kind": ExemptionKind.NO_FEES, "from_on": DAY, "until_on": DAY + timedelta(days=days), "reason": "公益"}
    with pytest.raises(InvalidInput, match="最长一年"):
        proposals.propose_exemption(institution=school, by=cast.officer, at=AT, **facts)


def test_when_an_exemption_holds(cast, school):
    row = exempted(school, cast.officer, cast.leader, days=30)

    def holds(days, known_at=None):
        return Exemption.objects.in_force(DAY + timedelta(days=days), known_at).exists()

    assert [holds(days) for days in (-1, 0, 30, 31)] == [False, True, True, False]
    assert [holds(5, AT - timedelta(seconds=1)), holds(5, AT)] == [False, True]
    later, day = AT + timedelta(days=9), DAY + timedelta(days=4)
    for refused, says in (({"reason": ""}, "理由"), ({"ended_on": DAY + timedelta(days=20)}, "不晚于今天")):
        facts = {"ended_on": day, "reason": "改为预收费"} | refused
        with pytest.raises(InvalidInput, match=says):
            proposals.end_exemption(exemption=row, by=cast.leader, at=later, **facts)
    with pytest.raises(NotAllowed):
        proposals.end_exemption(exemption=row, ended_on=day, reason="改", by=cast.officer, at=later)
    proposals.end_exemption(exemption=row, ended_on=day, reason="改为预收费", by=cast.leader, at=later)
    assert [holds(days) for days in (3, 4)] == [True, False]
    assert [holds(5, AT), holds(5, later)] == [True, False]


def test_a_leader_finds_and_approves_what_waits(cast, school, enter):
    row = proposed(MinimumBalance, school, cast.officer)
    with clock.set_to(AT):
        client = enter(cast.leader)
        home = client.get(reverse("admin:index")).content.decode()
        answer = client.post(reverse("admin:funds_minimumbalance_approve", args=[row.pk]), {"remark": ""}, follow=True)
    assert "最低余额待审核" in home
    assert "已同意" in answer.content.decode()
    assert "¥300,000.00" in answer.content.decode()
