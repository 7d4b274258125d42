"""Every kind of document: PDF and Word say the same, the stub fits the paper, the public learns no more than it may."""

import io
import json

import pytest
from django.urls import reverse
from docx import Document as WordFile

from foundation.documents import rendering
from foundation.documents.enums import DocumentKind
from foundation.documents.queries import verdict_on
from foundation.documents.samples import sample_of
from foundation.documents.templates import FILED, POSTED, SERVED
from foundation.documents.wording import in_use

from .factories import AT, issued
from .reading import pdf_text
from .test_rendering import bare, word_text

pytestmark = pytest.mark.django_db

#: Records of the office: the public page says that they exist, and nothing of whom they are about.
RECORDS = {
    *(DocumentKind.INTERVIEW, DocumentKind.SITE_RECORD, DocumentKind.RECHECK_RECORD, DocumentKind.SUPERVISOR_REPORT),
    *(DocumentKind.GRID_RECORD, DocumentKind.STATISTICS, DocumentKind.BULLETIN, DocumentKind.REFUND),
    *(DocumentKind.FILING, DocumentKind.NO_FILING, DocumentKind.QUESTIONING, DocumentKind.SERVICE_RECEIPT),
    DocumentKind.CASE_CLOSING,
}


def sampled(cast, kind):
    return issued(cast.officer, kind=kind, fields=sample_of(in_use(kind), on=AT.date()))


def said(text: str, pdf: str) -> bool:
    """Whether a PDF says a text, in one piece or parted by the end of a page."""
    return text in pdf or any(text[:cut] in pdf and text[cut:] in pdf for cut in range(1, len(text)))


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_pdf_and_word_say_the_same(cast, kind):
    document, template = sampled(cast, kind), in_use(kind)
    pdf, word = bare(pdf_text(rendering.pdf(document))), bare(word_text(rendering.word(document)))
    lines = [*(block["text"] for block in document.frozen["blocks"] if "text" in block), document.number]
    lines += [cell for block in document.frozen["blocks"] if block["kind"] == "table" for cell in block["rows"][0]]
    for text in (bare(line) for line in lines):
        assert text in word
        assert said(text, pdf) or template.layout != "paper"  # letter and card are drawn in an order of their own
    assert "（存根）" in pdf
    if template.layout == "paper":
        assert all(f"{bare(label)}：" in pdf and f"{bare(label)}：" in word for label in template.stub_blanks)
        assert ("（加盖印章）" in pdf, "（加盖印章）" in word) == (template.sealed, template.sealed)


def test_the_stub_of_a_record_speaks_of_filing_not_of_posting(cast):
    for kind in RECORDS:
        assert in_use(kind).stub_blanks == FILED
    assert in_use(DocumentKind.LIST_NOTICE).stub_blanks == POSTED
    assert in_use(DocumentKind.RECTIFICATION).stub_blanks == SERVED
    text = pdf_text(rendering.pdf(sampled(cast, DocumentKind.INTERVIEW)))
    assert "归档人" in text
    assert "张贴" not in text


def test_documents_of_the_first_layouts_are_drawn_as_they_were(cast):
    """What they do not say about their stub and seal is what held then."""
    document = sampled(cast, DocumentKind.LIST_NOTICE)
    old = {key: value for key, value in document.frozen.items() if key not in ("by_hand", "sealed", "signers")}
    document.content = json.dumps(old)
    for text in (pdf_text(rendering.pdf(document)), word_text(rendering.word(document))):
        assert "张贴或发布地点" in text
        assert "（加盖印章）" in text


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_what_the_public_page_says(client, cast, kind):
    document, template = sampled(cast, kind), in_use(kind)
    page = client.get(reverse("documents:verify", args=[document.verify_code])).content.decode()
    verdict = verdict_on(document.verify_code)
    assert template.internal == (kind in RECORDS)
    assert (document.number in page, verdict.digest in page) == (True, True)
    assert ("办公记录" in page) == template.internal
    if template.internal:
        assert (verdict.party, verdict.title) == ("", "")
        assert "【" not in page  # no field of the document
    elif template.party_field:
        assert verdict.party in page
        assert document.party not in page
    else:
        assert verdict.title == document.frozen["title"]


def test_a_record_is_signed_on_every_page_but_the_last(cast):
    fields = sample_of(in_use(DocumentKind.SITE_RECORD), on=AT.date())
    fields["facts"] = [["A01", "消防", "情况说明" * 30]] * 12
    text = pdf_text(rendering.pdf(issued(cast.officer, kind=DocumentKind.SITE_RECORD, fields=fields)))
    pages = text.split("\f")
    assert all("检查人员签名：" in page for page in pages[:-3])
    assert "见证人签名" in pages[-3] + pages[-4]


def test_a_letter_leads_to_the_white_list_and_has_a_slip_to_come_back(cast):
    fields = sample_of(in_use(DocumentKind.PARENT_LETTER), on=AT.date()) | {"white_page": "/lists/?list=white"}
    document = issued(cast.officer, kind=DocumentKind.PARENT_LETTER, fields=fields)
    text = bare(pdf_text(rendering.pdf(document)))
    assert text.index("（加盖印章）") < text.index("回执《【标题】》已收到并阅读。") < text.index("（存根）")
    assert rendering.public_url("/lists/?list=white").endswith("/lists/?list=white")
    assert len(WordFile(io.BytesIO(rendering.word(document))).inline_shapes) == 2
