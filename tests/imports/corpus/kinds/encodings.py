"""How the letters are written: encodings, byte order marks, line ends."""

from ..base import Case, case, good
from ..writers import csv_text


def _plain(c: Case, *rows: dict) -> None:
    c.head()
    for row in rows or (good(1), good(2), good(3)):
        c.row(row)


@case("encodings/utf8", "UTF-8 without a mark")
def utf8(c: Case) -> None:
    _plain(c)
    c.encoding = "utf-8"
    c.csv()


@case("encodings/utf8_bom", "UTF-8 with a byte order mark, as Excel saves it")
def utf8_bom(c: Case) -> None:
    _plain(c)
    c.encoding = "utf-8-sig"
    c.csv("utf-8-sig")


@case("encodings/utf8_two_boms", "two byte order marks, one of each program that saved the file")
def two_boms(c: Case) -> None:
    _plain(c)
    c.encoding = "utf-8-sig"
    c.csv("utf-8-sig", mark=b"\xef\xbb\xbf")


@case("encodings/bom_in_the_middle", "two files with marks joined by copy /b: mark and heading come again")
def bom_in_the_middle(c: Case) -> None:
    _plain(c, good(1), good(2))
    first = csv_text(c.lines)
    second = csv_text([c.lines[0], list(good(3).values())[:10]])
    c.expect(good(3), number=5)
    c.bytes("csv", b"\xef\xbb\xbf" + first.encode() + b"\xef\xbb\xbf" + second.encode())
    c.expected[-1]["sheet"] = None
    c._without_sheets()


@case("encodings/gbk", "GBK, as Excel saves CSV on a Chinese Windows")
def gbk(c: Case) -> None:
    _plain(c)
    c.encoding = "gb18030"
    c.csv("gbk")


@case("encodings/gbk_short", "a GBK file of two rows, too short for any guesser")
def gbk_short(c: Case) -> None:
    c.columns = ("name", "credit_code", "category", "address")
    c.head()
    for number in (4, 5):
        c.row(good(number), warnings=["missing_code"])
    c.encoding = "gb18030"
    c.csv("gbk")


@case("encodings/gb18030_four_bytes", "letters that GBK lacks: 㙍, 𬇙, 𠮷; and 昇, which GB 2312 lacks")
def gb18030(c: Case) -> None:
    _plain(c)
    c.row(good(4, name="厦门市旭昇文化艺术培训有限公司", legal_person="林㙍"))
    c.row(good(5, address="厦门市思明区虎𬇙路5号", legal_person="𠮷田昇"))
    c.encoding = "gb18030"
    c.csv("gb18030")


@case("encodings/utf8_rare", "letters beyond the basic plane in UTF-8")
def utf8_rare(c: Case) -> None:
    _plain(c)
    c.row(good(4, name="厦门市㙍上𬇙源艺术培训有限公司", legal_person="𤭢小昇"))
    c.csv()


@case("encodings/utf16_tabs", "Excel's “Unicode text”: UTF-16 with tabs")
def utf16_tabs(c: Case) -> None:
    _plain(c)
    c.encoding = "utf-16"
    c.csv("utf-16-le", mark=b"\xff\xfe", sep="\t", suffix="txt")


@case("encodings/utf16_big_endian", "UTF-16 from a Mac, the high byte first, with commas")
def utf16_big_endian(c: Case) -> None:
    _plain(c)
    c.row(good(4, legal_person="𬇙昇"))
    c.encoding = "utf-16"
    c.csv("utf-16-be", mark=b"\xfe\xff")


@case("encodings/old_mac_line_ends", "lines that end with a carriage return only")
def old_mac(c: Case) -> None:
    _plain(c)
    c.csv(end="\r")


@case("encodings/mixed_line_ends", "lines that end in every way, the last one not at all")
def mixed_ends(c: Case) -> None:
    _plain(c)
    lines = csv_text(c.lines, end="\n").split("\n")
    c.bytes("csv", lines[0] + "\r\n" + lines[1] + "\n" + lines[2] + "\r" + lines[3])
    c._without_sheets()


@case("encodings/no_encoding_at_all", "bytes that are no text in any encoding of the land")
def undecodable(c: Case) -> None:
    _plain(c)
    text = csv_text(c.lines).encode("gbk")
    c.bytes("csv", text + b"\x81\x20\xff\x20,\xfe\x20\r\n")
    c.refused("undecodable")


@case("encodings/zeros_inside", "text with zero bytes inside, as a broken copy leaves them")
def zeros_inside(c: Case) -> None:
    _plain(c)
    c.bytes("csv", csv_text(c.lines).encode("gbk")[:200] + bytes(range(16)) * 40)
    c.refused("not_text")


@case("encodings/invisible_letters", "zero-width, directional and soft-hyphen letters in every cell")
def invisible(c: Case) -> None:
    _plain(c)
    truth = good(4)
    c.row(
        truth,
        cells={
            "name": "\u200b" + truth["name"] + "\u200d",
            "credit_code": "\u202a" + truth["credit_code"] + "\u202c",
            "license_no": truth["license_no"][:4] + "\u00ad" + truth["license_no"][4:],
            "address": "\ufeff" + truth["address"],
            "phone": "\u202d" + truth["phone"] + "\u202c",
            "issue_date": "\u200e" + truth["issue_date"],
            "category": truth["category"] + "\u200b",
        },
        may=["code_format"],
    )
    c.csv()


@case("encodings/unusual_blanks", "ideographic, no-break and thin blanks at the ends of cells")
def unusual_blanks(c: Case) -> None:
    _plain(c)
    truth = good(4)
    c.row(
        truth,
        cells={
            "name": "\u3000" + truth["name"] + "\u3000",
            "credit_code": "\u00a0" + truth["credit_code"],
            "county": truth["county"] + "\u2009",
            "valid_until": truth["valid_until"] + "\u00a0",
            "legal_person": truth["legal_person"][0] + "\u3000" + truth["legal_person"][1:],
        },
        may=["code_format"],
    )
    c.csv()
