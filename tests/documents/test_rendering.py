"""PDF and Word: hostile texts stay texts, 公文 habit, hashes, idempotence."""

import io
import zipfile

import pytest
from docx import Document as WordFile
from docx.shared import Mm

from foundation.audit.models import Event
from foundation.core import outbox, private_files
from foundation.core.errors import Conflict, NotAllowed
from foundation.documents import fonts, rendering, tasks, word_layout
from foundation.documents.enums import DocumentKind, FileFormat
from foundation.documents.models import DocumentFile
from foundation.documents.operations import file_document

from .factories import AT, HOSTILE, issued, list_notice, rectification, rendered, stop_training
from .reading import pdf_text

pytestmark = pytest.mark.django_db


def bare(text: str) -> str:
    return "".join(text.split()).replace("\u200b", "")


def word_text(data: bytes) -> str:
    word = WordFile(io.BytesIO(data))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


def test_files_are_made_after_the_commit_and_kept_with_their_hash(cast):
    document = issued(cast.officer)
    assert not DocumentFile.objects.exists()
    assert outbox.deliver_all(at=AT) == 1
    for file in document.files.all():
        data = private_files.fetch(file.path, sha256=file.sha256)
        assert len(data) == file.size
    assert set(document.files.values_list("format", flat=True)) == {"pdf", "docx"}
    assert Event.objects.filter(kind="document.filed").count() == 2


def test_rendering_again_makes_nothing_new(cast):
    document = rendered(cast.officer)
    before = list(document.files.order_by("pk").values())
    tasks.render(outbox.OutboxMessage(payload={"document_id": document.pk}))
    assert list(document.files.order_by("pk").values()) == before


def test_a_changed_file_is_not_handed_out(cast, private_media):
    file = rendered(cast.officer).files.get(format="pdf")
    path = private_media / file.path
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(Conflict):
        private_files.fetch(file.path, sha256=file.sha256)
    path.unlink()
    with pytest.raises(Conflict):
        private_files.fetch(file.path, sha256=file.sha256)


def test_people_do_not_file_documents(cast):
    with pytest.raises(NotAllowed):
        file_document(
            document=issued(cast.officer),
            wanted=FileFormat.PDF,
            path="x",
            sha256="0" * 64,
            size=1,
            by=cast.officer,
            at=AT,
        )
    assert not DocumentFile.objects.exists()


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_hostile_texts_stay_texts(cast, form):
    fields = stop_training(party_name=HOSTILE, facts=[[HOSTILE, HOSTILE, HOSTILE]] * 30)
    document = issued(cast.officer, kind=DocumentKind.STOP_TRAINING, fields=fields)
    text = pdf_text(rendering.pdf(document)) if form == "pdf" else word_text(rendering.word(document))
    wanted = bare(HOSTILE)
    assert bare(text).count(wanted) >= 2  # as addressee and on the stub, letter by letter
    assert "49" not in text.split("存根")[0].split("检查")[0]
    if form == "docx":
        assert bare(text).count(wanted) == 2 + 3 * 30


def test_a_long_table_repeats_its_head_and_prints_every_row(cast):
    document = issued(cast.officer, kind=DocumentKind.LIST_NOTICE, fields=list_notice(30))
    text = pdf_text(rendering.pdf(document))
    pages = text.split("\f")
    assert len(pages) - 1 >= 4
    assert sum("列入事由" in page for page in pages) >= 3
    assert all(f"厦禾路{n}号" in bare(text) for n in range(1, 31))
    assert "共30家" in bare(text)


def test_the_pdf_says_what_official_paper_says(cast):
    document = issued(cast.officer)
    text = bare(pdf_text(rendering.pdf(document)))
    code = document.verify_code
    for words in ("厦思教责改〔2026〕1号", "2026年3月2日", f"/verify/{code}/", "（存根）", "—1—", "—3—", "见证人"):
        assert words in text
    assert "责令限期整改通知书" in text


def test_the_word_file_keeps_paper_size_and_fangsong(cast):
    data = rendering.word(issued(cast.officer, fields=rectification(party_name="张三培训点")))
    word = WordFile(io.BytesIO(data))
    section = word.sections[0]
    margins = [section.top_margin, section.right_margin, section.bottom_margin, section.left_margin]
    assert [round(margin.mm) for margin in margins] == [37, 26, 35, 28]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        body = parts.read("word/document.xml").decode()
    assert "仿宋_GB2312" in body
    assert "{{" not in body
    assert "{%" not in body
    assert "当事人签收" in word_text(data)
    assert word.inline_shapes[0].width == Mm(24)


def test_the_columns_of_the_word_file_are_as_wide_as_those_of_the_pdf(cast):
    document = issued(cast.officer, fields=rectification(party_name="张三培训点"))
    ruled = next(block for block in document.frozen["blocks"] if block["kind"] == "table")
    table = WordFile(io.BytesIO(rendering.word(document))).tables[0]
    assert [cell.text for cell in table.rows[0].cells] == list(ruled["columns"])
    parts = [column.width / word_layout.TEXT_WIDTH for column in table.columns]
    assert parts == pytest.approx([width / sum(ruled["widths"]) for width in ruled["widths"]], abs=0.001)


def test_the_committed_word_layout_is_what_the_builder_makes():
    def body(data: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return parts.read("word/document.xml") + parts.read("word/styles.xml")

    assert body(rendering.WORD_LAYOUT.read_bytes()) == body(word_layout.build())


def test_characters_without_a_glyph_are_told():
    assert fonts.missing("厦门市䶮𠮷龘 A&B<x>#\n　") == []
    assert fonts.missing("名字里有\U0002a6a5和\U0001f600") == ["\U0001f600", "\U0002a6a5"]
