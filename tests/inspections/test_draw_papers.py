"""双随机检查结果公示 as a document: in the words of what is published, once, by the bureau that drew."""

from __future__ import annotations

import pytest

from foundation.audit.models import Event
from foundation.core import clock, outbox, private_files
from foundation.core.errors import Conflict, InvalidInput, NotAllowed
from foundation.documents.enums import FileFormat
from foundation.documents.models import Document
from foundation.documents.operations import void_document
from foundation.documents.queries import file_of
from inspections.enums import DrawState
from inspections.models import Draw
from inspections.operations import draw_papers
from inspections.operations.draw_papers import issue_results
from inspections.operations.draw_results import publish_results
from tests.cast import CITY
from tests.documents.conftest import private_media
from tests.documents.factories import organ_of
from tests.documents.reading import pdf_text
from tests.inspections.drawing import CHECKED_AT, in_state, result

__all__ = ["private_media"]
pytestmark = pytest.mark.django_db
WORDS = {"objection": "可以自公示之日起书面提出。", "contact": "民办教育科 0592-5860000"}


@pytest.fixture(autouse=True)
def now():
    with clock.set_to(CHECKED_AT):
        yield


@pytest.fixture
def draw(cast) -> Draw:
    organ_of(cast.officer)
    row = in_state(cast, DrawState.CHECKED)
    result(row.drawn.order_by("pk").first(), cast.officer, reason="复核更正")
    return publish_results(draw=row, by=cast.officer, at=CHECKED_AT)


def test_the_document_says_what_is_published(cast, draw):
    (made,) = issue_results(draw=draw, by=cast.officer, at=CHECKED_AT, **WORDS)
    assert made.number == "厦思教随机公示〔2026〕1号"
    fields = made.frozen["fields"]
    first = draw.drawn.order_by("pk").first()
    (line,) = [each for each in fields["results"] if each[0] == first.institution.name]
    officers = {first.first_officer.number, first.second_officer.number}
    assert set(line[3].split("、")) == officers
    assert [line[1], line[2], *line[4:]] == [first.code, "2026-11-24", first.get_result_display(), "已责令改正"]
    assert len(fields["results"]) == draw.drawn.count()
    assert (fields["pool_sha256"], fields["number"]) == (draw.commitment.pool_sha256, draw.number)
    assert Event.objects.get(kind="draw.results_issued").changes == {"documents": [None, [made.number]]}


def test_pdf_and_word_are_made(cast, draw):
    (made,) = issue_results(draw=draw, by=cast.officer, at=CHECKED_AT, **WORDS)
    outbox.deliver_all(at=CHECKED_AT)
    file = file_of(made, FileFormat.PDF)
    text = "".join(pdf_text(private_files.fetch(file.path, sha256=file.sha256)).split()).replace("\u200b", "")
    for words in (
        draw.commitment.pool_sha256,
        "检查结果公示",
        made.number,
        "2026年11月24日",
        "民办教育科",
        "已责令改正",
    ):
        assert words in text
    assert file_of(made, FileFormat.WORD) is not None


def test_once_until_it_is_void(cast, draw):
    (made,) = issue_results(draw=draw, by=cast.officer, at=CHECKED_AT, **WORDS)
    with pytest.raises(Conflict, match=f"已出具{made.number}"):
        issue_results(draw=draw, by=cast.officer, at=CHECKED_AT, **WORDS)
    void_document(document=made, reason="结果更正", by=cast.officer, at=CHECKED_AT)
    (again,) = issue_results(draw=draw, by=cast.officer, at=CHECKED_AT, **WORDS)
    assert again.number == "厦思教随机公示〔2026〕2号"


@pytest.mark.parametrize("state", [DrawState.DRAWN, DrawState.CHECKED, DrawState.VOIDED])
def test_nothing_that_is_not_published_becomes_a_document(cast, state):
    organ_of(cast.officer)
    with pytest.raises(NotAllowed):
        issue_results(draw=in_state(cast, state), by=cast.officer, at=CHECKED_AT, **WORDS)
    assert not Document.objects.exists()


def test_who_may_not(cast, draw):
    for who in ("city", "neighbour", "leader", "town", "legal", "culture", "province"):
        with pytest.raises(NotAllowed):
            issue_results(draw=draw, by=getattr(cast, who), at=CHECKED_AT, **WORDS)
    with pytest.raises(InvalidInput, match="联系人和电话"):
        issue_results(draw=draw, by=cast.officer, at=CHECKED_AT, objection="x", contact=" ")
    assert not Document.objects.exists()


def test_a_city_announces_its_own(cast, draw):
    bureau = organ_of(cast.city, "厦教")
    Draw.objects.filter(pk=draw.pk).update(organ=bureau, jurisdiction=bureau.jurisdiction)
    (made,) = issue_results(draw=draw, by=cast.city, at=CHECKED_AT, **WORDS)
    assert made.jurisdiction.code == CITY


def test_many_objects_make_several_documents(cast, draw, monkeypatch):
    monkeypatch.setattr(draw_papers, "MAX_ROWS", 1)
    drawn = draw.drawn.count()
    made = issue_results(draw=draw, by=cast.officer, at=CHECKED_AT, **WORDS)
    told = [f"第{number}份，共{drawn}份" if drawn > 1 else "" for number in range(1, drawn + 1)]
    assert [each.frozen["fields"]["part"] for each in made] == told


def test_the_button_and_the_public_page(cast, enter, client, draw):
    staff, here = enter(cast.officer), f"/admin/inspections/draw/{draw.pk}/"
    assert "出具公示文书" in staff.get(here).content.decode()
    assert staff.post(f"{here}notice/", WORDS).status_code == 302
    made = Document.objects.get()
    page = staff.get(here).content.decode()
    assert made.number in page
    assert f"{here}notice/" not in page
    staff.logout()
    shown = client.get(f"/draws/{draw.number}/").content.decode()
    assert made.number in shown
    assert f"/verify/{made.verify_code}/" in shown
