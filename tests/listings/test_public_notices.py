"""黑白名单公示: the newest edition's institutions of the own area on a numbered paper, and nobody who has left."""

from dataclasses import replace
from datetime import timedelta

import pytest

from foundation.core import clock, outbox
from foundation.core.errors import Conflict, DomainError, NotAllowed
from foundation.documents.enums import FileFormat
from foundation.documents.models import Document
from foundation.documents.operations import void_document
from foundation.documents.queries import file_of
from listings import public_notices
from listings.enums import ListKind
from listings.models import Edition, PublicNotice
from listings.operations import public_notices as operations
from listings.operations.removal import approve_delisting, propose_delisting
from tests.cast import NEIGHBOUR
from tests.enforcement.factories import named
from tests.institutions.factories import AT, institution
from tests.listings.factories import deliver, listed

pytestmark = pytest.mark.django_db
NOW = AT + timedelta(minutes=1)
WORDS = {"objection": "可以自公示之日起书面提出。", "contact": "基教科 0592-1234567"}


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(NOW):
        yield


def edition(kind=ListKind.WHITE, *, at=AT) -> Edition:
    deliver(at)
    return Edition.objects.filter(kind=kind).latest("no")


def issued(cast, *, content="all", by=None, of=None, at=NOW) -> PublicNotice:
    named(by or cast.officer, f"名教{(by or cast.officer).organ_id}")
    return operations.issue_public_notice(
        edition=of or edition(), content=content, **WORDS, by=by or cast.officer, at=at
    )


def papers() -> list[Document]:
    return list(Document.objects.filter(kind="list_notice").order_by("pk"))


def names(paper: Document) -> list[str]:
    return [row[0] for row in paper.frozen["fields"]["entries"]]


def test_the_paper_names_the_own_areas_institutions_with_what_the_list_says(cast):
    own = listed(cast, institution(cast.officer, name="思明区甲艺术培训中心"))
    elsewhere = institution(cast.neighbour, county=NEIGHBOUR, name="集美区乙艺术培训中心")
    listed_elsewhere(cast, elsewhere)
    issued(cast)
    [paper] = papers()
    row = own.institution
    assert paper.frozen["fields"]["entries"] == [
        [row.name, row.credit_code or "未登记", row.address, f"{own.reason}（至{own.until}）"]
    ]
    assert "第1期全部在列" in str(paper.frozen["blocks"])
    issued(cast, by=cast.city)
    assert names(papers()[1]) == [row.name, elsewhere.name]  # the city's area holds both


def listed_elsewhere(cast, row) -> None:
    """The city may list in all its districts."""
    listed(replace(cast, officer=cast.neighbour, leader=cast.city), row)


def test_of_a_later_edition_those_that_came_or_all(cast):
    listed(cast, institution(cast.officer, name="思明区甲艺术培训中心"))
    edition()
    later = AT + timedelta(minutes=5)
    listed(cast, institution(cast.officer, name="思明区乙艺术培训中心"), at=later)
    newest = edition(at=later)
    issued(cast, content="added", of=newest)
    issued(cast, content="all", of=newest)
    assert [names(paper) for paper in papers()] == [
        ["思明区乙艺术培训中心"],
        ["思明区乙艺术培训中心", "思明区甲艺术培训中心"],
    ]


def test_nobody_who_has_left_the_list_is_put_up_and_no_older_edition(cast):
    stays, goes = listed(cast), listed(cast)
    old = edition()
    goes = propose_delisting(entry=goes, reason="修复", by=cast.officer, at=NOW)
    approve_delisting(entry=goes, by=cast.leader, at=NOW)
    with pytest.raises(Conflict, match="名单已有变动"):
        issued(cast, of=old)
    outbox.deliver_all(at=NOW + timedelta(minutes=1))
    with pytest.raises(Conflict, match="请按最新一期"):
        issued(cast, of=old)
    with pytest.raises(Conflict, match="没有本辖区"):
        issued(cast, of=Edition.objects.latest("no"), content="added")
    assert papers() == []
    issued(cast, of=Edition.objects.latest("no"))
    assert names(papers()[0]) == [stays.institution.name]


def test_a_second_one_waits_until_the_first_is_void(cast):
    listed(cast)
    made = edition()
    issued(cast, of=made)
    with pytest.raises(Conflict, match="已出具"):
        issued(cast, of=made)
    void_document(document=papers()[0], reason="联系电话有误", by=cast.officer, at=NOW)
    issued(cast, of=made)
    assert [paper.is_void for paper in public_notices.papers(made)] == [False, True]


def test_more_than_a_document_holds_makes_several(cast, monkeypatch):
    for _ in range(3):
        listed(cast)
    monkeypatch.setattr(operations, "MAX_ROWS", 2)
    notice = issued(cast)
    assert notice.entries == 3
    assert [len(names(paper)) for paper in papers()] == [2, 1]
    assert "第2份，共2份" in str(papers()[1].frozen["blocks"])


def test_who_may_not_issue_and_what_is_missing(cast):
    listed(cast)
    made = edition()
    for actor in (cast.leader, cast.legal, cast.supervisor, cast.public):
        with pytest.raises(NotAllowed):
            operations.issue_public_notice(edition=made, content="all", **WORDS, by=actor, at=NOW)
    named(cast.officer, "名教")
    for gap in ({"contact": " "}, {"objection": ""}):
        with pytest.raises(DomainError):
            operations.issue_public_notice(edition=made, content="all", **WORDS | gap, by=cast.officer, at=NOW)
    assert not PublicNotice.objects.exists()


def test_both_files_are_made(cast):
    listed(cast)
    issued(cast)
    outbox.deliver_all(at=NOW + timedelta(minutes=2))
    assert all(file_of(papers()[0], each) is not None for each in FileFormat)
