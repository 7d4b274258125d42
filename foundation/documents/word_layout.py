"""Builds ``layouts/paper.docx``, the Word layout of all documents. ``manage.py build_word_layout`` writes it.

The committed file is what is used, so that an office may replace it by its own; a test keeps it equal to this builder.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx import Document as WordFile
from docx.document import Document as Word
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

BODY, HEAD, HEADING = "仿宋_GB2312", "方正小标宋简体", "黑体"
TEXT_WIDTH = Mm(210 - 28 - 26)
#: Of the stub: what is written, and what it says.
STUB_WIDTHS = (28, 72)
CENTER, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT


def build() -> bytes:
    """The bytes of the layout."""
    word = WordFile()
    _page(word)
    _masthead(word, "")
    _body(word)
    _sign_off(word)
    _verification(word)
    _masthead(word, "（存根）").paragraph_format.page_break_before = True
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
    _chinese(normal.element.get_or_add_rPr())
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = Pt(28)
    foot = section.footer.paragraphs[0]
    foot.alignment = CENTER
    foot.add_run("— ")
    _page_number(foot)
    foot.add_run(" —")
    signed = section.footer.add_paragraph()
    _run(signed, "{% for label in signers %}{{ label }}：____________　{% endfor %}", size=10.5)


def _fonts(properties, name: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for slot in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(slot), name)


def _chinese(properties) -> None:
    """Punctuation is set in the corner of its square as in China, not in its middle."""
    language = OxmlElement("w:lang")
    for slot in ("w:val", "w:eastAsia"):
        language.set(qn(slot), "zh-CN")
    for other in properties.findall(qn("w:lang")):
        properties.remove(other)
    properties.append(language)


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
    _run(paragraph, text, size=size, font=font)
    return paragraph


def _run(paragraph: Paragraph, text: str, *, size: float, font: str = BODY) -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    _fonts(run._r.get_or_add_rPr(), font)


def _masthead(word: Word, second: str) -> Paragraph:
    """Organ, title and number over a rule; gives its first line."""
    first = _line(word, "{{ document.organ }}", align=CENTER, size=18, font=HEAD)
    _line(word, "{{ document.title }}" + second, align=CENTER, size=22, font=HEAD).paragraph_format.line_spacing = Pt(
        36
    )
    number = _line(word, "{{ document.number }}", align=CENTER)
    number.paragraph_format.space_after = Pt(12)
    _rule_below(number)
    return first


def _rule_below(paragraph: Paragraph) -> None:
    borders, rule = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "6"), ("color", "000000")):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


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
    grid = _grid(word, rows=4, columns=3)
    _cells(grid.rows[0], "{%tc for head in block.columns %}", "{{ head }}", "{%tc endfor %}", head=True)
    _cells(grid.rows[1], "{%tr for row in block.rows %}", "", "")
    _cells(grid.rows[2], "{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}")
    _cells(grid.rows[3], "{%tr endfor %}", "", "")
    grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _line(word, "").paragraph_format.line_spacing = Pt(8)


def _grid(word: Word, *, rows: int, columns: int, ruled: bool = True) -> Table:
    """A table as wide as the text, with air above and below what its cells say."""
    grid = word.add_table(rows=rows, cols=columns)
    grid.style = "Table Grid" if ruled else "Normal Table"
    grid.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", 60), ("bottom", 60)):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(width))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    grid._tbl.tblPr.insert_element_before(margins, "w:tblLook")
    return grid


def set_widths(grid: Table, parts: Sequence[float]) -> None:
    """Give the columns of a table their parts of the width of the text."""
    widths = [round(TEXT_WIDTH * part / sum(parts)) for part in parts]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for row in grid.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _cells(row: _Row, *texts: str, head: bool = False) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.line_spacing = Pt(18)
        if head:
            paragraph.alignment = CENTER
        _run(paragraph, text, size=12, font=HEADING if head else BODY)
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _sign_off(word: Word) -> None:
    _line(word, "{%p if sealed %}")
    _line(word, "", keep=True)
    signed = _line(word, "{{ document.organ }}", align=CENTER)
    signed.paragraph_format.left_indent, signed.paragraph_format.keep_together = Mm(78), True
    for text, size in (("{{ issued_on }}", 16), ("（加盖印章）", 10.5)):
        signed.add_run().add_break()
        _run(signed, text, size=size)
    _line(word, "{%p endif %}")
    _line(word, '{%p for block in document.blocks if block.kind in ("blanks", "slip") %}')
    _line(word, '{%p if block.kind == "slip" %}')
    _line(word, "—" * 8 + "沿此线剪下" + "—" * 8, align=CENTER, size=10.5, keep=True)
    _line(word, "{{ block.title }}", align=CENTER, font=HEAD, keep=True)
    _line(word, "{{ block.text }}", indent=True, keep=True)
    _line(word, "{%p endif %}")
    _line(word, "{%p for label in block.labels %}")
    _by_hand(word, keep=True)
    _line(word, "{%p endfor %}")
    _line(word, "{%p endfor %}")


def _by_hand(word: Word, *, keep: bool = False) -> None:
    """A label and the line to write on, to the end of the text."""
    line = _line(word, "{{ label }}：\t", size=14, keep=keep).paragraph_format
    line.space_before = Pt(6)
    line.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)


def _picture(word: Word | _Cell, text: str) -> None:
    """A line that is as high as its picture."""
    _line(word, text, keep=True).paragraph_format.line_spacing = 1.0


def _verification(word: Word) -> None:
    _line(word, "", keep=True)
    grid = _grid(word, rows=1, columns=2, ruled=False)
    set_widths(grid, (30, 126))
    code, told = grid.rows[0].cells
    _picture(code, "{{ qr }}")
    for text in (
        "{{ document.verifies }}。",
        "核验网址：{{ verify_url }}",
        "核验码：{{ code }}　内容摘要：{{ digest }}",
    ):
        _line(told, text, size=9).paragraph_format.line_spacing = Pt(13)
    for cell in (code, told):
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        cell._tc.remove(cell.paragraphs[0]._p)


def _stub(word: Word) -> None:
    grid = _grid(word, rows=6, columns=2)
    _cells(grid.rows[0], "{%tr for pair in document.stub %}", "")
    _cells(grid.rows[1], "{{ pair[0] }}", "{{ pair[1] }}")
    _cells(grid.rows[2], "{%tr endfor %}", "")
    _cells(grid.rows[3], "出具日期", "{{ issued_on }}")
    _cells(grid.rows[4], "经办人", "{{ issued_by }}")
    _cells(grid.rows[5], "核验码", "{{ code }}")
    set_widths(grid, STUB_WIDTHS)
    _line(word, "{%p for label in by_hand %}")
    _by_hand(word)
    _line(word, "{%p endfor %}")
