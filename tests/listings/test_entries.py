"""Two people, every state, every refusal."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from foundation.audit.models import Event
from foundation.core.actor import job
from foundation.core.errors import Conflict, DomainError, InvalidInput, NotAllowed
from institutions import queries as register
from institutions import search
from institutions.enums import ENDED, StandingKind
from institutions.models import Institution
from institutions.operations.status import change_status
from listings import rules
from listings.enums import IN_FORCE, ListKind, ListState
from listings.models import ListEntry
from listings.operations.entries import approve_listing, propose_listing, reject_listing
from listings.operations.removal import approve_delisting, let_lapse, propose_delisting, reject_delisting
from tests.institutions.factories import AT, institution
from tests.listings.factories import GROUNDS, UNTIL, heard, in_state, listed, proposed

pytestmark = pytest.mark.django_db
TODAY = AT.date()
LATER = AT + timedelta(days=1)


def white(on=TODAY) -> list[int]:
    return list(register.listed_on(StandingKind.WHITE_LIST, on=on).order_by("pk").values_list("institution", flat=True))


def black(on=TODAY) -> list[int]:
    return list(register.listed_on(StandingKind.BLACK_LIST, on=on).order_by("pk").values_list("institution", flat=True))


def unchanged(entry, act, refusal=NotAllowed, match=None) -> None:
    """The act is refused, and neither row nor trail nor list changed."""
    before = (ListEntry.objects.filter(pk=entry.pk).values().get(), Event.objects.count(), white(), black())
    with pytest.raises(refusal, match=match):
        act()
    assert (ListEntry.objects.filter(pk=entry.pk).values().get(), Event.objects.count(), white(), black()) == before


def test_a_proposal_is_not_public_and_leaves_one_event(cast):
    entry = proposed(cast)
    assert (entry.state, white()) == (ListState.PROPOSED, [])
    assert Event.objects.filter(kind="listing.proposed", subject_id=entry.pk).count() == 1


def test_approval_publishes_for_the_term(cast):
    entry = listed(cast)
    days = [TODAY - timedelta(days=1), TODAY, UNTIL, UNTIL + timedelta(days=1)]
    assert [len(white(day)) for day in days] == [0, 1, 1, 0]
    assert (entry.decided_by_id, entry.decided_at, entry.organ_name) == (
        cast.leader.user_id,
        AT,
        cast.leader.organ_name,
    )
    assert Event.objects.filter(kind="listing.approved", subject_id=entry.pk).count() == 1


@pytest.mark.parametrize("kind", [ListKind.WHITE, ListKind.BLACK])
def test_removed_is_gone_at_once_and_kept_in_history(cast, kind):
    row = institution(cast.officer)
    entry = listed(cast, row, kind=kind)
    entry = propose_delisting(entry=entry, reason="列入有误", ground="mistake", by=cast.officer, at=LATER)
    on = LATER.date()
    assert len(white(on) + black(on)) == 1
    approve_delisting(entry=entry, by=cast.leader, at=LATER)
    assert (white(on), black(on), len(white(TODAY) + black(TODAY))) == ([], [], 1)


def test_an_entry_removed_before_its_day_never_takes_effect(cast):
    soon = TODAY + timedelta(days=30)
    entry = listed(cast, effective_on=soon)
    entry = propose_delisting(entry=entry, reason="列入有误", by=cast.officer, at=AT)
    approve_delisting(entry=entry, by=cast.leader, at=AT)
    assert [white(day) for day in (TODAY, soon, soon + timedelta(days=1))] == [[], [], []]


# -- four eyes -----------------------------------------------------------------------------------------------------
def test_the_proposer_never_approves(cast):
    """A city manager may both ask and decide, but not the same entry: by the rule."""
    entry = proposed(cast, by=cast.city)
    unchanged(entry, lambda: approve_listing(entry=entry, by=cast.city, at=AT), match="另一人")
    unchanged(entry, lambda: reject_listing(entry=entry, remark="x", by=cast.city, at=AT), match="另一人")
    assert approve_listing(entry=entry, by=cast.leader, at=AT).state == ListState.APPROVED


def test_who_asked_for_the_removal_never_approves_it(cast):
    entry = propose_delisting(entry=listed(cast), reason="修复", by=cast.city, at=AT)
    unchanged(entry, lambda: approve_delisting(entry=entry, by=cast.city, at=AT), match="另一人")
    unchanged(entry, lambda: reject_delisting(entry=entry, remark="x", by=cast.city, at=AT), match="另一人")
    assert approve_delisting(entry=entry, by=cast.leader, at=AT).state == ListState.ENDED


def raw(cast, **given) -> ListEntry:
    """A row written past all operations, as a bug or a script would."""
    return ListEntry.objects.create(
        **{
            "institution": institution(cast.officer), "kind": ListKind.WHITE, "effective_on": TODAY, "until": UNTIL,
            "state": ListState.APPROVED, "state_at": AT, "proposed_by_id": cast.officer.user_id, "proposed_at": AT,
            "decided_by_id": cast.leader.user_id, "decided_at": AT, **GROUNDS, **given,
        }
    )  # fmt: skip


def broken(cast, **given) -> str:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        raw(cast, **given)
    return error.value.__cause__.diag.constraint_name


def test_the_database_refuses_what_rules_refuse(cast):
    assert raw(cast).pk
    me = cast.officer.user_id
    asked = {"state": ListState.REMOVING, "removal_proposed_by_id": me, "removal_reason": "x"}
    found = {
        "own": broken(cast, decided_by_id=me),
        "own removal": broken(cast, **asked, removal_decided_by_id=me),
        "nobody": broken(cast, decided_by_id=None, decided_at=None),
        "no grounds": broken(cast, reason=""),
        "term": broken(cast, until=TODAY - timedelta(days=1)),
        "no end date": broken(cast, state=ListState.ENDED),
        "kind": broken(cast, kind="grey"),
        "state": broken(cast, state="gone", ended_on=None),
        "removal without grounds": broken(cast, state=ListState.REMOVING),
        "black without a hearing": broken(cast, kind=ListKind.BLACK),
        "black before its hearing": broken(cast, kind=ListKind.BLACK, needs_defence=True),
        "black after half of it": broken(cast, kind=ListKind.BLACK, needs_defence=True, hearing="lapsed"),
        "public warning without a hearing": broken(cast, kind=ListKind.WARNING),
        "service without a day": broken(cast, service="direct"),
    }
    assert found == {
        "own": "list_entry_four_eyes",
        "own removal": "list_entry_removal_four_eyes",
        "nobody": "list_entry_decided_by_someone",
        "no grounds": "list_entry_has_grounds",
        "term": "list_entry_term_ordered",
        "no end date": "list_entry_end_has_date",
        "kind": "list_entry_kind_known",
        "state": "list_entry_state_known",
        "removal without grounds": "list_entry_removal_has_grounds",
        "black without a hearing": "list_entry_black_is_heard",
        "black before its hearing": "list_entry_heard_before_listed",
        "black after half of it": "list_entry_heard_before_listed",
        "public warning without a hearing": "list_entry_warning_is_heard",
        "service without a day": "list_entry_service_has_date",
    }


def test_the_database_keeps_an_institution_on_one_list(cast):
    row = institution(cast.officer)
    raw(cast, institution=row)
    assert broken(cast, institution=row) == "list_entry_open_once"
    told = {"needs_defence": True, "hearing": "before"}
    assert broken(cast, institution=row, kind=ListKind.BLACK, **told) == "list_entry_one_list_at_a_time"


# -- who -----------------------------------------------------------------------------------------------------------
PROPOSES = {"officer", "second_officer", "city"}
DECIDES = {"leader", "city"}


def test_who_of_the_cast_may_propose_and_decide(cast):
    row = institution(cast.officer)
    entry, removing = proposed(cast), in_state(cast, ListState.REMOVING)
    everyone = cast.everyone().items()
    assert {name for name, actor in everyone if rules.can_propose(actor, row)} == PROPOSES
    assert {name for name, actor in everyone if rules.can_propose_removal(actor, entry)} == PROPOSES
    assert {name for name, actor in everyone if rules.can_decide(actor, entry)} == DECIDES
    assert {name for name, actor in everyone if rules.can_decide_removal(actor, removing)} == DECIDES
    assert not any(rules.can_let_lapse(actor, entry) or rules.can_make_edition(actor) for _, actor in everyone)


@pytest.mark.parametrize("who", ["neighbour", "other_city", "leader", "town", "grid", "province", "public"])
def test_others_cannot_propose(cast, who):
    row = institution(cast.officer)
    events = Event.objects.count()
    with pytest.raises(NotAllowed):
        proposed(cast, row, by=getattr(cast, who))
    assert (ListEntry.objects.count(), Event.objects.count()) == (0, events)


@pytest.mark.parametrize("who", ["neighbour", "other_city", "second_officer", "legal", "province", "public"])
def test_others_cannot_decide(cast, who):
    actor = getattr(cast, who)
    entry = proposed(cast)
    unchanged(entry, lambda: approve_listing(entry=entry, by=actor, at=AT))
    unchanged(entry, lambda: reject_listing(entry=entry, remark="x", by=actor, at=AT))
    removing = in_state(cast, ListState.REMOVING)
    unchanged(removing, lambda: approve_delisting(entry=removing, by=actor, at=AT))
    unchanged(removing, lambda: reject_delisting(entry=removing, remark="x", by=actor, at=AT))


SEES = {
    "officer", "leader", "second_officer", "city", "province", "legal", "town", "culture", "supervisor", "discipline",
    "auditor", "system", "security",
}  # fmt: skip
#: They have a scope for people and for the trail; the lists' own rule keeps them out of this register.
KEPT_OUT = {"auditor", "system", "security", "supervisor"}


def test_the_whole_cast_sees_entries_in_its_scope(cast):
    proposed(cast)
    seen = {name for name, actor in cast.everyone().items() if ListEntry.objects.visible_to(actor).exists()}
    assert seen - {"grid"} == SEES
    assert {name for name in SEES if not rules.can_view_lists(getattr(cast, name))} == KEPT_OUT


# -- refusals ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("status", sorted(ENDED))
def test_an_ended_institution_cannot_become_white_but_black(cast, status):
    row = institution(cast.officer, effective_on=date(2021, 7, 24))
    waiting = proposed(cast, row)
    change_status(institution=row, status=status, effective_on=TODAY, reason="停办", by=cast.officer, at=AT)
    unchanged(waiting, lambda: approve_listing(entry=waiting, by=cast.leader, at=AT), Conflict, "不能列入白名单")
    with pytest.raises(Conflict, match="不能列入白名单"):
        proposed(cast, row)
    assert listed(cast, row, kind=ListKind.BLACK).state == ListState.APPROVED


def test_white_and_black_exclude_each_other(cast):
    row = institution(cast.officer)
    entry = listed(cast, row)
    other = heard(cast, row)
    unchanged(other, lambda: approve_listing(entry=other, by=cast.leader, at=AT), Conflict, "已在白名单中")
    approve_delisting(
        entry=propose_delisting(entry=entry, reason="严重违规", by=cast.officer, at=AT), by=cast.leader, at=AT
    )
    approve_listing(entry=other, by=cast.leader, at=AT)
    assert (white(), black()) == ([], [row.pk])


def test_one_open_entry_a_list(cast):
    row = institution(cast.officer)
    entry = proposed(cast, row)
    unchanged(entry, lambda: proposed(cast, row), InvalidInput, "请先办结")


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ({"reason": " "}, "列入事由"),
        ({"basis": ""}, "依据"),
        ({"until": TODAY - timedelta(days=1)}, "期限至不能早于"),
        ({"kind": "grey"}, "名单"),
    ],
)
def test_what_cannot_be_proposed(cast, given, match):
    row = institution(cast.officer)
    events = Event.objects.count()
    facts = {"kind": ListKind.WHITE, "effective_on": TODAY, "until": UNTIL, **GROUNDS, **given}
    with pytest.raises(InvalidInput, match=match):
        propose_listing(institution=row, by=cast.officer, at=AT, **facts)
    assert (ListEntry.objects.count(), Event.objects.count()) == (0, events)


def test_a_term_that_is_over_is_not_published(cast):
    entry = proposed(cast, until=TODAY)
    unchanged(entry, lambda: approve_listing(entry=entry, by=cast.leader, at=LATER), Conflict, "期限已过")


def test_refusals_need_words(cast):
    entry, removing, approved = proposed(cast), in_state(cast, ListState.REMOVING), listed(cast)
    unchanged(entry, lambda: reject_listing(entry=entry, remark=" ", by=cast.leader, at=AT), InvalidInput)
    unchanged(removing, lambda: reject_delisting(entry=removing, remark="", by=cast.leader, at=AT), InvalidInput)
    unchanged(approved, lambda: propose_delisting(entry=approved, reason="", by=cast.officer, at=AT), InvalidInput)


def test_a_refused_removal_can_be_asked_for_again_by_the_other(cast):
    entry = in_state(cast, ListState.REMOVING)
    entry = reject_delisting(entry=entry, remark="未通过", by=cast.city, at=AT)
    entry = propose_delisting(entry=entry, reason="再次申请", by=cast.city, at=AT)
    assert (entry.removal_decided_by_id, entry.removal_remark) == (None, "")
    assert approve_delisting(entry=entry, by=cast.leader, at=AT).state == ListState.ENDED


def test_an_entry_within_its_term_does_not_lapse(cast):
    entry = listed(cast)
    worker = job("到期", *cast.leader.capabilities, scope=cast.leader.scope)
    unchanged(entry, lambda: let_lapse(entry=entry, by=worker, at=AT), DomainError, "仍在期限内")


def test_search_and_list_agree(cast):
    row = institution(cast.officer, name="厦门海浪舞蹈培训中心")
    entry = listed(cast, row)
    found = search.matching(Institution.objects.filter(pk__in=white()), "海浪")
    assert list(found) == [row]
    entry = propose_delisting(entry=entry, reason="修复", by=cast.officer, at=AT)
    approve_delisting(entry=entry, by=cast.leader, at=AT)
    assert list(search.matching(Institution.objects.filter(pk__in=white()), "海浪")) == []
    assert not ListEntry.objects.filter(institution=row, state__in=IN_FORCE).exists()
