"""Builds ``layouts/paper.docx``, the Word layout of all documents. ``manage.py build_word_layout`` writes it.

The committed file is what is used, so that an office may replace it by its own; a test keeps it equal to this builder.
"""

from __future__ import annotations

import io

from docx import Document as WordFile
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

BODY, HEAD = "仿宋_GB2312", "方正小标宋简体"
CENTER, RIGHT, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT


def build() -> bytes:
    """The bytes of the layout."""
    word = WordFile()
    _page(word)
    _masthead(word, "")
    _body(word)
    _sign_off(word)
    _verification(word)
    word.add_page_break()
    _masthead(word, "（存根）")
    _stub(word)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def _page(word: Word) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    normal = word.styles["Normal"]
    normal.font.size = Pt(16)
    _fonts(normal.element.get_or_add_rPr(), BODY)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = Pt(28)
    foot = section.footer.paragraphs[0]
    foot.alignment = CENTER
    foot.add_run("— ")
    _page_number(foot)
    foot.add_run(" —")
    signed = section.footer.add_paragraph()
    run = signed.add_run("{% for label in signers %}{{ label }}：____________　{% endfor %}")
    run.font.size = Pt(10.5)
    _fonts(run._r.get_or_add_rPr(), BODY)


def _fonts(properties, name: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for slot in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(slot), name)


def _page_number(paragraph: Paragraph) -> None:
    run = paragraph.add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def _line(
    word, text: str, *, align=LEFT, size: float = 16, font: str = BODY, indent: bool = False, keep: bool = False
) -> Paragraph:
    paragraph = word.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.keep_with_next = keep
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * size)
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    _fonts(run._r.get_or_add_rPr(), font)
    return paragraph


def _masthead(word: Word, second: str) -> None:
    _line(word, "{{ document.organ }}", align=CENTER, size=18, font=HEAD)
    _line(word, "{{ document.title }}" + second, align=CENTER, size=22, font=HEAD)
    _line(word, "{{ document.number }}", align=CENTER)


def _body(word: Word) -> None:
    _line(word, "{%p for block in document.blocks %}")
    _line(word, '{%p if block.kind == "address" %}')
    _line(word, "{{ block.text }}")
    _line(word, '{%p elif block.kind == "para" %}')
    _line(word, "{{ block.text }}", indent=True)
    _line(word, '{%p elif block.kind == "table" %}')
    _ruled(word)
    _line(word, '{%p elif block.kind == "page_code" %}')
    _picture(word, "{{ codes[block.path] }}")
    _line(word, "{{ block.text }}")
    _line(word, '{%p elif block.kind == "pictures" %}')
    _line(word, "{%p for shown in block.pictures %}")
    _picture(word, "{{ pictures[shown.sha256] }}")
    _line(word, "{{ shown.no }}　{{ shown.told }}", size=10.5, keep=True)
    _line(word, "SHA-256：{{ shown.sha256 }}", size=9)
    _line(word, "{%p endfor %}")
    _line(word, "{%p endif %}")
    _line(word, "{%p endfor %}")


def _ruled(word: Word) -> None:
    grid = word.add_table(rows=4, cols=3)
    grid.style = "Table Grid"
    _cells(grid.rows[0], "{%tc for head in block.columns %}", "{{ head }}", "{%tc endfor %}")
    _cells(grid.rows[1], "{%tr for row in block.rows %}", "", "")
    _cells(grid.rows[2], "{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}")
    _cells(grid.rows[3], "{%tr endfor %}", "", "")
    repeated = OxmlElement("w:tblHeader")
    grid.rows[0]._tr.get_or_add_trPr().append(repeated)


def _cells(row, *texts: str) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.line_spacing = Pt(18)
        run = paragraph.add_run(text)
        run.font.size = Pt(12)
        _fonts(run._r.get_or_add_rPr(), BODY)


def _sign_off(word: Word) -> None:
    _line(word, "{%p if sealed %}")
    _line(word, "", keep=True)
    _line(word, "{{ document.organ }}", align=RIGHT, keep=True)
    _line(word, "{{ issued_on }}", align=RIGHT, keep=True)
    _line(word, "（加盖印章）", align=RIGHT, size=10.5)
    _line(word, "{%p endif %}")
    _line(word, '{%p for block in document.blocks if block.kind in ("blanks", "slip") %}')
    _line(word, '{%p if block.kind == "slip" %}')
    _line(word, "—" * 8 + "沿此线剪下" + "—" * 8, align=CENTER, size=10.5, keep=True)
    _line(word, "{{ block.title }}", align=CENTER, font=HEAD, keep=True)
    _line(word, "{{ block.text }}", indent=True, keep=True)
    _line(word, "{%p endif %}")
    _line(word, "{%p for label in block.labels %}")
    _line(word, "{{ label }}：________________________", size=14, keep=True)
    _line(word, "{%p endfor %}")
    _line(word, "{%p endfor %}")


def _picture(word: Word, text: str) -> None:
    """A line that is as high as its picture."""
    _line(word, text, keep=True).paragraph_format.line_spacing = 1.0


def _verification(word: Word) -> None:
    _picture(word, "{{ qr }}")
    for text in (
        "{{ document.verifies }}。",
        "核验网址：{{ verify_url }}",
        "核验码：{{ code }}　内容摘要：{{ digest }}",
    ):
        line = _line(word, text, size=9)
        line.paragraph_format.line_spacing = Pt(13)


def _stub(word: Word) -> None:
    grid = word.add_table(rows=6, cols=2)
    grid.style = "Table Grid"
    _cells(grid.rows[0], "{%tr for pair in document.stub %}", "")
    _cells(grid.rows[1], "{{ pair[0] }}", "{{ pair[1] }}")
    _cells(grid.rows[2], "{%tr endfor %}", "")
    _cells(grid.rows[3], "出具日期", "{{ issued_on }}")
    _cells(grid.rows[4], "经办人", "{{ issued_by }}")
    _cells(grid.rows[5], "核验码", "{{ code }}")
    _line(word, "{%p for label in by_hand %}")
    _line(word, "{{ label }}：________________________", size=14)
    _line(word, "{%p endfor %}")
