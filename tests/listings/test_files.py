"""证据卷: every item with its record, law, photos and the sum, on one numbered paper; rendered and read."""

import io
import re
from datetime import timedelta

import pypdfium2
import pytest
from docx import Document as WordFile
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE as IMAGE

from foundation.core import clock, outbox, private_files
from foundation.core.errors import Conflict, InvalidInput, NotAllowed
from foundation.documents.enums import FileFormat
from foundation.documents.models import Document
from foundation.documents.pictures import MOST, small_copy
from foundation.documents.queries import file_of
from foundation.documents.wording import in_use
from foundation.photos.enums import PhotoState
from foundation.photos.models import Photo
from inspections.models import VisitPhoto
from inspections.operations.visits import void_visit
from institutions import dossier
from listings import filing
from listings.enums import ListKind
from listings.operations.files import issue_evidence_file
from tests.documents.reading import pdf_text
from tests.enforcement.factories import inspected, named
from tests.institutions.factories import AT, institution
from tests.listings.factories import listed, rated_now
from tests.photos.factories import drawn, jpeg
from tests.photos.hostile import UNDRAWABLE

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


# -- the pictures --------------------------------------------------------------------------------------------------
def pictured(cast, *photos: Photo) -> Document:
    """The evidence file of a rating whose visit found two things and has these photos, with its files made."""
    row = institution(cast.officer)
    visit = inspected(cast, row)
    for photo in photos:
        VisitPhoto.objects.create(visit=visit, photo=photo)
    issue_evidence_file(subject=rated_now(cast, row), by=cast.officer, at=AT)
    paper = Document.objects.get(kind="evidence_file")
    outbox.deliver_all(at=AT + timedelta(minutes=1))
    return paper


def printed(paper: Document, wanted: FileFormat) -> bytes:
    file = file_of(paper, wanted)
    return private_files.fetch(file.path, sha256=file.sha256)


def test_each_photo_is_printed_small_with_its_number_and_the_hash_of_its_original(cast):
    photos = [drawn(cast.officer, jpeg(number, 2000, 1500), at=AT) for number in (1, 2)]
    paper = pictured(cast, *photos)
    pdf = printed(paper, FileFormat.PDF)
    said = re.sub(r"\s|\u200b|\ufffe", "", pdf_text(pdf))
    for number, photo in enumerate(photos, start=1):
        assert f"照片{number}第1项、第2项" in said
        assert said.count(photo.sha256) == 1  # below the picture; the list has those of further ones
    shown = [each for page in pypdfium2.PdfDocument(pdf) for each in page.get_objects(filter=[IMAGE], max_depth=3)]
    assert sorted(each.get_px_size() for each in shown) == [(800, 600)] * 2
    assert len(WordFile(io.BytesIO(printed(paper, FileFormat.WORD))).inline_shapes) == 3  # two and the code
    assert len(pdf) < 600_000


def test_a_photo_that_cannot_be_shown_is_said_so(cast):
    photo = drawn(cast.officer, next(iter(UNDRAWABLE.values()))(), at=AT)
    assert photo.state == PhotoState.REFUSED
    said = pdf_text(printed(pictured(cast, photo), FileFormat.PDF))
    assert "照片不能显示" in said


def test_a_photo_that_nobody_has_is_not_passed_over():
    with pytest.raises(Conflict, match="照片已不在"):
        small_copy("0" * 64)


def test_no_more_are_printed_than_a_paper_takes_and_all_are_listed():
    photos = tuple((f"检查{number}", "2026-11-02", f"{number:064x}") for number in range(MOST + 5))
    record = dossier.Record("finding", 1, AT.date(), "x", photos=photos)
    found = filing._photos([(1, record), (2, record), (3, None)])
    assert (len(found["photos"]), len(found["pictures"])) == (MOST + 5, MOST)
    assert found["photos"][-1] == [f"照片{MOST + 5}", "第1项、第2项", *photos[-1]]
    assert found["photos"][0][-1] == "见照片下方"
    fields = filing_fields() | found
    assert in_use("evidence_file").checked(fields)["pictures"][0][0] == "照片1"
    with pytest.raises(InvalidInput, match=f"最多印{MOST}张"):
        in_use("evidence_file").checked(fields | {"pictures": [["照片", "x", "0" * 64]] * (MOST + 1)})
    with pytest.raises(InvalidInput, match="照片摘要"):
        in_use("evidence_file").checked(fields | {"pictures": [["照片1", "x", "../../x"]]})


def filing_fields() -> dict[str, object]:
    return {"party_name": "x", "matter": "x", "facts": [["x", "x"]], "remedy": "x"}
