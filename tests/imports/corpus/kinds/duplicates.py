"""Rows that speak of the same institution, in one file or in the register already."""

from ..base import LABELS, USUAL, Case, case, good


def stored(*rows: dict) -> list[dict[str, str]]:
    """Rows that the register holds before, under their headings."""
    return [{LABELS[name]: row[name] for name in USUAL} for row in rows]


@case("duplicates/identical", "the same row twice and three times: once is enough")
def identical(c: Case) -> None:
    c.head()
    c.row(good(1))
    c.row(good(2))
    for _ in range(2):
        c.row(good(1), "duplicate_in_file", outcome="duplicate")
    c.row(good(3))
    c.csv("gbk")


@case("duplicates/identical_after_cleaning", "the same row with blanks, width and another spelling of the day")
def after_cleaning(c: Case) -> None:
    c.head()
    first = good(1, issue_date="2024-03-01")
    c.row(first)
    messy = {"issue_date": "2024年3月1日", "credit_code": first["credit_code"].lower(), "name": f" {first['name']}"}
    c.row(first, "duplicate_in_file", outcome="duplicate", cells=messy, may=["code_format"])
    del c.expected[-1]["truth"]
    c.csv()


@case("duplicates/contradicting", "one credit code with two addresses, one with three telephone numbers")
def contradicting(c: Case) -> None:
    c.head()
    c.row(good(1), "duplicate_conflict")
    c.row(good(2))
    c.row(good(1, address="厦门市思明区文灶路8号2层"), "duplicate_conflict")
    for phone in ("13800138001", "13800138002", ""):
        c.row(good(3, phone=phone), "duplicate_conflict")
    c.csv("gbk")


@case("duplicates/one_of_them_faulty", "the same code twice, one row with a wrong day: none may slip in")
def one_faulty(c: Case) -> None:
    c.head()
    c.row(good(1), "duplicate_conflict")
    c.row(good(1), "date_invalid", "duplicate_conflict", cells={"issue_date": "2024-02-30"})
    del c.expected[-1]["truth"]
    c.row(good(2))
    c.csv()


@case("duplicates/permit_number_twice", "one permit number of one authority at two credit codes")
def permit_twice(c: Case) -> None:
    c.head()
    c.row(good(1), "license_conflict")
    c.row(good(2, license_no=good(1)["license_no"]), "license_conflict")
    c.row(good(3))
    c.csv("gbk")


@case("duplicates/permit_number_of_two_authorities", "the same number given by two authorities is two permits")
def two_authorities(c: Case) -> None:
    c.bureau = "350200"
    c.head()
    c.row(good(1, license_no="2024-008"), may=["code_format"])
    c.row(good(2, county="350211", license_no="2024-008"), may=["code_format"])
    c.csv()


@case(
    "duplicates/of_the_register", "rows that the register holds: the same, with a new telephone number, and a new one"
)
def register(c: Case) -> None:
    c.before = stored(good(1), good(2))
    c.head()
    c.row(good(1), outcome="unchanged")
    c.row(good(2, phone="13900139000"), outcome="updated")
    c.row(good(3))
    c.csv("gbk")


@case("duplicates/of_the_register_in_other_spelling", "what the register holds, spelled otherwise: no change")
def other_spelling(c: Case) -> None:
    first = good(1, issue_date="2024-03-01")
    c.before = stored(first)
    c.head()
    messy = {
        "name": f"\u3000{first['name']} ",
        "credit_code": first["credit_code"].lower(),
        "issue_date": "2024年3月1日",
        "category": "体育",
        "county": "厦门市思明区",
    }
    c.row(first, outcome="unchanged", cells=messy, may=["code_format"])
    c.csv()


@case("duplicates/empty_cells_keep_the_register", "empty cells leave the register's values as they are")
def empty_cells(c: Case) -> None:
    c.before = stored(good(1))
    c.head()
    blank = {"phone": "", "legal_person": "", "issue_date": ""}
    c.row(good(1, **blank), outcome="unchanged")
    c.csv()


@case("duplicates/permit_of_another_in_the_register", "a permit number that the register has for another institution")
def permit_of_another(c: Case) -> None:
    c.before = stored(good(1))
    c.head()
    c.row(good(2, license_no=good(1)["license_no"]), "license_conflict")
    c.row(good(3))
    c.csv("gbk")


@case("duplicates/new_name", "the register's institution under a new name: an update, not a second one")
def new_name(c: Case) -> None:
    c.before = stored(good(1))
    c.head()
    c.row(good(1, name="厦门市新启明体育培训有限公司"), outcome="updated")
    c.csv()


@case("duplicates/moved_within_the_city", "a city's file moves an institution to another county")
def moved(c: Case) -> None:
    c.bureau = "350200"
    c.before = stored(good(1))
    c.head()
    there = {"county": "集美区", "address": "厦门市集美区杏东路1号", "county_code": "350211"}
    c.row({**good(1), **there}, outcome="updated")
    c.csv()


@case("duplicates/same_name_other_code", "one name, one address, two credit codes: two institutions")
def same_name(c: Case) -> None:
    c.head()
    c.row(good(1))
    c.row(good(6, name=good(1)["name"], address=good(1)["address"]))
    c.csv()
