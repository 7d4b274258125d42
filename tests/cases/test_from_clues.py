"""A case that grows from a clue: what was reported or screened, when it was found true and its party is known."""

from __future__ import annotations

import pytest

from cases.enums import Source
from cases.models import Case
from cases.operations import execution, filing
from cases.operations.filing import Proposal
from clues.enums import ClueState, Verdict
from clues.models import Clue
from foundation.core import clock
from foundation.core.errors import NotAllowed
from matters.queries import matter_of
from tests.cases.factories import certified, violation
from tests.clues.factories import in_state
from tests.enforcement.factories import named
from tests.inspections.factories import AT
from tests.institutions.factories import institution

pytestmark = pytest.mark.django_db


def test_a_clue_that_was_found_true_grows_into_a_case_whose_papers_do_not_name_it(cast, enter):
    row = institution(cast.officer)
    tip = in_state(cast, ClueState.CLOSED, institution=row)
    address = f"/admin/clues/clue/{tip.pk}/case/"
    officers = [post.pk for post in certified(cast)]
    given = {"violation": violation("WAD").pk, "summary": "朋友圈保证提分", "officers": officers}
    named(cast.officer)
    with clock.set_to(AT):
        assert enter(cast.officer).post(address, given).status_code == 302
        case = Case.objects.get()
        assert (case.source, case.clue_id, case.institution_id, case.matter) == (Source.CLUE, tip.pk, row.pk, "")
        filing.approve_filing(case=case, opinion="同意立案", by=cast.leader, at=AT)
        paper = execution.print_sheet(case=case, by=cast.officer, at=AT)
        page = enter(cast.legal).get(f"/admin/cases/case/{case.pk}/").content.decode()
    assert tip.number not in page + str(paper.document.content)
    assert [tip in [node.row for node in matter_of(case, actor)] for actor in (cast.officer, cast.legal)] == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("state", "given"),
    [
        (ClueState.ACCEPTED, {"known": True}),
        (ClueState.CLOSED, {"known": False}),
        (ClueState.CLOSED, {"known": True, "verdict": Verdict.UNTRUE}),
    ],
    ids=["nobody looked", "party unknown", "found untrue"],
)
def test_not_every_clue_grows_into_a_case(cast, state, given):
    row = institution(cast.officer)
    tip = in_state(cast, state, institution=row if given.pop("known") else None)
    Clue.objects.filter(pk=tip.pk).update(**given)
    proposal = Proposal(source=Source.CLUE, clue=tip, violation=violation("WAD"), summary="广告", subject=row)
    with pytest.raises(NotAllowed, match="查证属实"):
        filing.propose_case(proposal=proposal, officers=certified(cast), by=cast.officer, at=AT)
