"""Files beside a campaign's papers: judged by bytes, sealed, taken out with a trace by who reads the campaign."""

from __future__ import annotations

import os
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from foundation.audit.models import Event
from foundation.core import clock, outbox, private_files, schedule
from foundation.core.errors import InvalidInput, NotAllowed
from inspections import attaching
from inspections.attaching import MAX_BYTES, shown_name, take, taking
from inspections.enums import PaperKind
from inspections.models import Campaign, CampaignPaper, PaperFile
from inspections.operations.papers import add_paper, attach_files, take_paper_file
from inspections.queries.papers import with_downloads
from tests.cast import CITY
from tests.documents.conftest import private_media
from tests.inspections.campaigning import drafted, running
from tests.inspections.crafting import HONEST, REFUSED, pdf
from tests.inspections.factories import AT, DAY
from tests.photos.crafting import exif, segment, with_segments
from tests.photos.factories import jpeg

__all__ = ["private_media"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now(settings):
    settings.MEDIA_MIN_FREE_PERCENT = 0
    with clock.set_to(AT):
        yield


def upload(data: bytes, name: str = "纪要.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def paper(campaign: Campaign, by, *files, **facts) -> CampaignPaper:
    given = {"kind": PaperKind.CONFERENCE, "title": "第一次联席会议纪要", "dated_on": DAY, "organ_name": "区联席办"}
    with taking(files) as taken:
        return add_paper(campaign=campaign, files=taken, by=by, at=AT, **given | facts)


def stored(media) -> list[str]:
    return [path.name for path in media.rglob("*") if path.is_file()]


# -- judging -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", HONEST)
def test_what_programs_write_is_taken(name):
    data, ending = HONEST[name]
    taken = take(upload(data, "会议.txt"))
    assert (taken.format, taken.name) == (ending, "会议")


@pytest.mark.parametrize("name", REFUSED)
def test_what_means_harm_never_touches_the_disk(name, private_media):
    data, code = REFUSED[name]
    with pytest.raises(InvalidInput) as refusal:
        take(upload(data))
    assert (refusal.value.code, stored(private_media)) == (code, [])
    assert "。" in refusal.value.message


def test_too_large_is_refused(private_media):
    with pytest.raises(InvalidInput, match="超过10MB"):
        take(BytesIO(b"%PDF-" + b"0" * MAX_BYTES))


def test_a_photograph_loses_what_the_camera_wrote(cast):
    written = with_segments(segment(0xE1, exif()), base=jpeg(5))
    assert len(written) > len(jpeg(5))
    row = paper(running(cast.officer), cast.officer, upload(written, "第1页.jpg")).files.get()
    assert b"Exif" in written
    assert b"Exif" not in attaching.plain(row)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("..\\..\\etc/passwd.pdf", "passwd"),
        ("纪要\u202efdp.exe", "纪要fdp"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x"),
        ("", "附件"),
        (".pdf", ".pdf"),
        ("长" * 200 + ".pdf", "长" * 80),
    ],
)
def test_names_are_words_alone(given, shown):
    assert shown_name(given) == shown


# -- keeping -----------------------------------------------------------------------------------------------------------
def test_a_file_lies_sealed_and_comes_back_whole(cast, private_media):
    row = paper(running(cast.officer), cast.officer, upload(pdf())).files.get()
    assert (row.filename, row.size, row.sha256) == ("纪要.pdf", len(pdf()), private_files.digest(pdf()))
    lying = (private_media / row.path).read_bytes()
    assert b"PDF" not in lying
    assert attaching.plain(row) == pdf()
    assert Event.objects.get(kind="campaign.paper_file_attached").changes["file"][1]["name"] == "纪要.pdf"


def test_more_files_are_added_and_none_is_changed(cast):
    row = paper(running(cast.officer), cast.officer)
    with taking([upload(pdf(), "a.pdf"), upload(pdf(b"<<>>"), "b.pdf")]) as taken:
        attach_files(paper=row, files=taken, by=cast.leader, at=AT)
    assert [file.filename for file in row.files.order_by("pk")] == ["a.pdf", "b.pdf"]
    with pytest.raises(InvalidInput, match="已经上传过"), taking([upload(pdf(), "c.pdf")]) as taken:
        attach_files(paper=row, files=taken, by=cast.officer, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM inspections_paperfile")


def test_what_is_refused_leaves_nothing_on_the_disk(cast, private_media):
    row = paper(running(cast.officer), cast.officer)
    for who in ("neighbour", "town", "legal", "province"):
        with pytest.raises(NotAllowed), taking([upload(pdf())]) as taken:
            attach_files(paper=row, files=taken, by=getattr(cast, who), at=AT)
    with pytest.raises(InvalidInput, match="请选择"):
        attach_files(paper=row, files=[], by=cast.officer, at=AT)
    many = [upload(pdf(b"<</N %d>>" % number)) for number in range(11)]
    with pytest.raises(InvalidInput, match="最多10个"), taking(many) as taken:
        attach_files(paper=row, files=taken, by=cast.officer, at=AT)
    assert (stored(private_media), PaperFile.objects.count()) == ([], 0)
    assert not Event.objects.filter(kind="campaign.paper_file_attached").exists()


def test_what_died_on_its_way_is_swept(cast, private_media):
    kept = paper(running(cast.officer), cast.officer, upload(pdf())).files.get()
    lost = take(upload(pdf(b"<<>>")))
    then = (AT - timedelta(days=2)).timestamp()
    for path in (kept.path, lost.file.path):
        os.utime(private_media / path, (then, then))
    schedule.put_due_slots(at=AT)
    outbox.deliver_all(at=AT)
    assert stored(private_media) == [kept.path.rpartition("/")[2]]


# -- taking out ----------------------------------------------------------------------------------------------------
def test_who_takes_a_file_out(cast):
    """Who reads the campaign: the county and above; of a city's also the counties below, once it runs."""
    own = paper(running(cast.officer), cast.officer, upload(pdf())).files.get()
    draft = paper(drafted(cast.city, county=CITY), cast.city, upload(pdf())).files.get()

    def takers(file):
        found = set()
        for name, who in cast.everyone().items():
            try:
                take_paper_file(file=file, by=who, at=AT)
            except NotAllowed:
                continue
            found.add(name)
        return found

    county = {"officer", "leader", "second_officer", "legal", "town", "culture"}
    assert takers(own) == county | {"city", "province", "discipline"}
    assert takers(draft) == {"city", "province", "discipline"}
    assert with_downloads(PaperFile.objects.filter(pk=own.pk)).get().downloads == len(county) + 3


def test_pages_upload_and_hand_out(cast, enter, private_media):
    row, client = running(cast.officer), enter(cast.officer)
    here = f"/admin/inspections/campaign/{row.pk}/paper/"
    facts = {"kind": "task_force", "title": "成立专班", "dated_on": "2026-11-10", "organ_name": "区教育局"}
    bad = client.post(here, {**facts, "files": [upload(pdf(b"<</S/JavaScript>>"))]})
    assert "含有脚本" in bad.content.decode()
    assert (CampaignPaper.objects.count(), stored(private_media)) == (0, [])
    assert client.post(here, {**facts, "files": [upload(pdf())]}).status_code == 302
    own = CampaignPaper.objects.get()
    more = f"/admin/inspections/campaignpaper/{own.pk}/attach/"
    four = client.post(more, {"files": [upload(pdf(b"<</N %d>>" % number)) for number in range(4)]})
    assert "一次最多上传3个文件" in four.content.decode()
    assert client.post(more, {}).context["form"].errors["files"]
    assert client.post(more, {"files": [upload(HONEST["word"][0], "名单.docx")]}).status_code == 302
    file = own.files.order_by("pk").first()
    assert file.filename in client.get(f"/admin/inspections/campaignpaper/{own.pk}/").content.decode()
    door = f"/admin/inspections/paperfile/{file.pk}/take/"
    assert not Event.objects.filter(kind="campaign.paper_file_taken").exists()
    assert client.get(door).status_code == 200
    given = client.post(door)
    assert (given.content, given["Content-Type"]) == (pdf(), "application/pdf")
    assert given["Content-Disposition"].startswith("attachment;")
    assert (given["X-Content-Type-Options"], "sandbox" in given["Content-Security-Policy"]) == ("nosniff", True)
    assert Event.objects.filter(kind="campaign.paper_file_taken", subject_id=file.pk).count() == 1
    assert "1次" in client.get(f"/admin/inspections/paperfile/{file.pk}/").content.decode()
    assert enter(cast.neighbour).post(door).status_code == 404


def test_a_file_changed_on_the_disk_is_not_handed_out(cast, enter, private_media):
    file = paper(running(cast.officer), cast.officer, upload(pdf())).files.get()
    lying = private_media / file.path
    lying.chmod(0o600)
    lying.write_bytes(lying.read_bytes()[:-1] + b"x")
    answer = enter(cast.officer).post(f"/admin/inspections/paperfile/{file.pk}/take/", follow=True)
    assert "与登记的摘要不符" in answer.content.decode()
    assert not Event.objects.filter(kind="campaign.paper_file_taken").exists()
