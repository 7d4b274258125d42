"""证据卷: every item with its record, law, photos and the sum, on one numbered paper; rendered and read."""

from datetime import timedelta

import pytest

from foundation.core import clock, outbox
from foundation.core.errors import NotAllowed
from foundation.documents.enums import FileFormat
from foundation.documents.models import Document
from foundation.documents.queries import file_of
from inspections.operations.visits import void_visit
from listings.enums import ListKind
from listings.operations.files import issue_evidence_file
from tests.enforcement.factories import inspected, named
from tests.institutions.factories import AT, institution
from tests.listings.factories import listed, rated_now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def blocks(paper: Document) -> str:
    return str(paper.frozen["blocks"])


def test_the_file_of_a_rating_holds_its_items_and_its_sum(cast):
    row = institution(cast.officer)
    inspected(cast, row)
    rating = rated_now(cast, row)
    issue_evidence_file(subject=rating, by=cast.officer, at=AT)
    paper = Document.objects.get(kind="evidence_file")
    told = blocks(paper)
    expected = ("疏散通道堆放杂物", "J3 检查发现严重问题", "-8", "90 − 3（J2） − 8（J3） = 79分；B级。", rating.digest)
    assert all(word in told for word in expected)
    outbox.deliver_all(at=AT + timedelta(minutes=1))
    assert all(file_of(paper, each) is not None for each in FileFormat)


def test_the_file_of_an_entry_says_what_does_not_hold_any_more(cast):
    entry = listed(cast, kind=ListKind.BLACK)
    void_visit(visit=entry.institution.visits.get(), reason="查错机构", by=cast.leader, at=AT)
    issue_evidence_file(subject=entry, by=cast.officer, at=AT)
    assert "已作废：查错机构" in blocks(Document.objects.get(kind="evidence_file"))


def test_only_officers_of_the_area_issue_it(cast):
    named(cast.neighbour, "邻教")
    rating = rated_now(cast, institution(cast.officer))
    for actor in (cast.neighbour, cast.leader, cast.legal, cast.public):
        with pytest.raises(NotAllowed):
            issue_evidence_file(subject=rating, by=actor, at=AT)
    assert not Document.objects.exists()
