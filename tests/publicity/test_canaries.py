"""No personal datum on any public page: canaries in every personal column, then a crawl of everything."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import models

from cases.models import Case, Publication
from foundation.accounts.models import User
from foundation.core import clock
from foundation.core.ciphers import SealedTextField
from institutions.models import Institution, Responsible, StaffMember
from institutions.operations.staff import add_staff
from listings.enums import ListKind
from listings.models import ListEntry
from publicity.api.urls import urlpatterns as api_urls
from tests.cases.factories import executing
from tests.documents.reading import pdf_text
from tests.institutions.factories import AT, unlicensed
from tests.institutions.test_staff_and_teaching import id_number
from tests.publicity.factories import BUREAU, nobody_asked, world

pytestmark = pytest.mark.django_db
#: Those that the filled site has an edition of; no page leads to the others.
KINDS = (ListKind.WHITE.value, ListKind.BLACK.value)
OF_A_LIST = (".csv", "/editions/", "/editions/1/", "/editions/1.csv")
API = "/api/v1/public/"
OF_THE_API = {
    "areas", "institutions", "institutions/*", "schema", "penalties", "penalties/*", "afterschool-providers", "draws",
    *(f"lists/{kind}{rest}" for kind in KINDS for rest in ("", "/changes", "/editions", "/editions/1")),
}  # fmt: skip
OF_LISTS = {"api_list", "api_list_changes", "api_editions", "api_edition"}  # a new one must be crawled too
OF_DECISIONS = {"api_penalties", "api_penalty"}
OF_OTHERS = {"api_afterschool", "api_draws"}
CANARY, ID = "金丝雀", id_number(1)
DIGEST = re.compile(r"\b[0-9a-f]{64}\b")  # an edition's hash may hold eighteen digits in a row by chance
MOBILE, ID_NUMBER = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"), re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT + timedelta(seconds=30)):
        yield


def fill(cast) -> None:
    """A canary into every column that holds a person's datum or an internal word."""
    world(cast)
    for row in Institution.objects.order_by("pk"):
        row.phone, row.legal_person, row.remark = "13912345678", f"王{CANARY}", f"{CANARY}备注"
        row.save()
        add_staff(
            institution=row, name=f"{CANARY}老师", id_number=ID, phone="13812345678", role="teaching",
            full_time=True, teaches_subject=False, teacher_certificate=f"{CANARY}证", other_qualification="",
            in_service_school_teacher=False, crime_checked_on=AT.date(), joined_on=AT.date(), by=cast.officer, at=AT,
        )  # fmt: skip
    User.objects.update(name=f"{CANARY}人员", email="canary@inside.example", phone="13712345678")
    ListEntry.objects.update(
        evidence=f"{CANARY}证据 13612345678", decision_remark=f"{CANARY}意见", removal_reason=CANARY
    )
    unlicensed(cast.officer, operator=f"{CANARY}举办者", teachers=f"{CANARY}教师")


def decide(cast) -> None:
    """A decision against a person, whose full name somebody typed into all that is published."""
    name = f"王{CANARY}"
    case = executing(cast, at=AT, subject=unlicensed(cast.officer, operator=f"{CANARY}"), person=name, code="1234")
    Case.objects.update(report=f"{CANARY} 13512345678", summary=CANARY, grounds=CANARY, party_address=CANARY)
    Publication.objects.create(
        case=case, party=name, facts=f"{name}无证授课", penalty=f"对{name}罚款", basis="第十八条",
        published_on=AT.date(), until=AT.date() + timedelta(days=90), published_by_id=cast.officer.user_id,
    )  # fmt: skip


def crawl(client, start: str = "/") -> dict[str, str]:
    """Every page that a visitor reaches by links, with the files and the JSON, and what the JSON leads to."""
    found: dict[str, str] = {}
    waiting = [start, "/robots.txt"]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        nobody_asked()
        response = client.get(path)
        assert response.status_code == 200, path
        found[path] = pdf_text(response.content) if path.endswith(".pdf") else response.content.decode("utf-8-sig")
        here = path.partition("?")[0]
        for link in [*re.findall(r'href="([^"#]*)"', found[path]), *led_to(path, found[path])]:
            link = link.replace("&amp;", "&")
            link = f"{here}{link}" if link.startswith("?") else link
            if link.startswith("/") and not link.startswith(("/static/", "/accounts/", "/verify/")):
                waiting.append(link)
    return found


def led_to(path: str, text: str) -> list[str]:
    """Where an answer of open data leads: pages, files, each institution also of a day, each edition, other orders."""
    if not path.startswith(API) or path.endswith("/schema"):
        return []
    base, ids = path.partition("?")[0], re.findall(r'"public_id":"(\w+)"', text)
    links = re.findall(r'"(?:page|lines)":"(/[^"]+)"', text)
    if base.startswith(f"{API}penalties"):
        return [*links, *(f"{API}penalties/{pk}" for pk in ids)]
    ids = re.findall(r'"page":"/institutions/(\w+)/"', text)
    links += [f"{API}institutions/{pk}{query}" for pk in ids for query in ("", "?on=2026-11-02", "?known=2026-11-01")]
    if base.endswith("/editions"):
        links += [f"{base}/{no}" for no in re.findall(r'"no":(\d+)', text)]
    if base == f"{API}institutions":
        links += [f"{base}?{query}" for query in ("state=all", "state=black_list", "q=思明", "county=350203")]
    if base in (f"{API}lists/white", f"{API}lists/black"):
        links += [f"{base}?{query}" for query in ("on=2026-11-02", "known=2026-11-01", "sort=since", "q=思明")]
    return links


def leaks(pages: dict[str, str]) -> list[str]:
    texts = {path: DIGEST.sub("", html) for path, html in pages.items()}
    return sorted(
        f"{path}: {hit}"
        for path, text in texts.items()
        for hit in [
            *([CANARY] if CANARY in text else []),
            *MOBILE.findall(text),
            *ID_NUMBER.findall(text.replace(BUREAU["report_phone"], "")),
            *re.findall(r"[\w.]+@inside\.example", text),
        ]
    )


def test_a_crawl_of_every_page_finds_no_person(cast, client):
    fill(cast)
    decide(cast)
    pages = crawl(client)
    of_one = re.compile(r"/(institutions|penalties)/\w{12}(?=/|$)")
    kinds = {of_one.sub(r"/\1/*", path.partition("?")[0]) for path in pages}
    of_lists = {f"/lists/{kind}{rest}" for kind in KINDS for rest in OF_A_LIST}
    assert kinds == of_lists | {
        "/", "/institutions/", "/institutions.csv", "/institutions/*/", "/institutions/*/poster.pdf", "/lists/",
        "/report/", "/tips/", "/tips/progress/", "/robots.txt", "/open-data/", "/draws/", "/supervisors/",
        "/money/", "/answer/", "/ledger/roots/", "/ledger/roots.json", "/ledger/receipts/", "/ledger/verify_receipt.py",
        "/annual-checks/", "/afterschool/", "/afterschool/figures/", "/penalties/", "/penalties.csv", "/penalties/*/",
        "/letters/", "/afterschool.csv", "/draws.csv",
    } | {f"{API}{path}" for path in OF_THE_API}  # fmt: skip
    assert {path.name for path in api_urls} == {
        "api_areas",
        "api_institutions",
        "api_institution",
        *OF_LISTS,
        *OF_DECISIONS,
        *OF_OTHERS,
    }
    assert leaks(pages) == []


def test_the_canaries_sing_where_they_sit(cast, client):
    """Control: the same look at rows that do hold persons finds every kind of datum."""
    fill(cast)
    row = Institution.objects.order_by("pk").first()
    inside = {"row": f"{row.legal_person} {row.phone} {ID} canary@inside.example"}
    assert len(leaks(inside)) == 4
    assert leaks({"digest": "ab818512706341998955" + "f" * 44}) == []


def test_every_sealed_column_of_the_register_has_a_canary(cast):
    """A new sealed column must be filled above before it can be said not to leak."""
    sealed = {
        f"{model.__name__}.{field.name}"
        for model in (Institution, StaffMember, Responsible, ListEntry, User)
        for field in model._meta.get_fields()
        if isinstance(field, SealedTextField) and isinstance(field, models.Field)
    }
    assert sealed == {"Institution.phone", "StaffMember.id_number", "StaffMember.phone", "User.phone"}
