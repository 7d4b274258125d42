"""致家长信: words by season, whom to call, schools with copies and slips."""

import pytest

from foundation.accounts.enums import OrganKind
from foundation.accounts.models import Organ
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import InvalidInput, NotAllowed
from foundation.documents.operations import void_document
from foundation.documents.queries import verdict_on
from foundation.documents.wording.parents import ADVICE
from foundation.regions.models import School
from publicity import letters
from publicity.enums import Season
from publicity.models import LetterSchool, ParentLetter
from publicity.operations.letters import LetterWords, count_letters, issue_letter
from tests.cast import NEIGHBOUR, OWN, jurisdiction, organ
from tests.documents.factories import organ_of
from tests.institutions.factories import AT, town

pytestmark = pytest.mark.django_db
BUREAU = {"report_phone": "0592-5863600"}


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def school(name: str, county: str = OWN, **given) -> School:
    place = jurisdiction(county)
    return School.objects.create(jurisdiction=place, division=town(county), name=name, stage="primary", **given)


def issued(cast, by=None, schools=(), **given) -> ParentLetter:
    organ_of(cast.officer)
    words = {
        "season": Season.SUMMER,
        "title": letters.title_of(Season.SUMMER, AT.date()),
        "opening": letters.OPENINGS[Season.SUMMER],
        "advice": ADVICE,
        "app": letters.APP,
        "closing": letters.CLOSING,
        "scope": "全区小学生家长",
    }
    return issue_letter(words=LetterWords(**words | given), schools=schools, by=by or cast.officer, at=AT)


def test_it_names_the_phones_of_the_area_and_leads_to_the_white_list(cast):
    Organ.objects.filter(pk=cast.officer.organ_id).update(**BUREAU)
    Organ.objects.filter(pk=cast.culture.organ_id).update(report_phone="0592-5860001")
    organ(OWN, OrganKind.SPORT, report_phone="0592-5860002", closed_on=AT.date())
    organ(NEIGHBOUR, OrganKind.SPORT, report_phone="0592-5860003")
    document = issued(cast).document
    fields = document.frozen["fields"]
    assert [phone for _, _, phone in fields["phones"]] == ["0592-5863600", "0592-5860001", "12345"]
    assert [charge for _, charge, _ in fields["phones"]][1] == "文化艺术类培训"
    assert fields["white_page"] == "/lists/?kind=white"
    for words in ("2026年暑假", "3个月或60课时", "5000元", "进专户", "校外教育培训家长端", "回执"):
        assert words in document.content
    verdict = verdict_on(document.verify_code)
    assert (verdict.title, verdict.internal) == (document.frozen["title"], False)


def test_copies_and_slips_by_school(cast):
    first, second, third = school("第一小学"), school("第二小学"), school("第三小学")
    letter = issued(cast, schools=[first, second, third])
    assert letters.returned(letter) == letters.Returned(3, 0, 0, 0)
    assert letters.returned(letter).rate == "无"
    counts = {first.pk: (320, 300), second.pk: (200, None)}
    count_letters(letter=letter, counts=counts, by=cast.second_officer, at=AT)
    found = letters.returned(letter)
    assert (found, found.rate) == (letters.Returned(3, 2, 520, 300), "57.69%")
    assert Event.objects.get(kind="parent_letter.counted").changes == {"copies": [None, 520], "receipts": [None, 300]}
    with pytest.raises(InvalidInput, match="不能多于"):
        count_letters(letter=letter, counts={third.pk: (1, 2)}, by=cast.officer, at=AT)
    with pytest.raises(InvalidInput, match="不在这封信"):
        count_letters(letter=letter, counts={school("第四小学").pk: (1, 1)}, by=cast.officer, at=AT)
    assert LetterSchool.objects.get(school=third).copies is None


def test_a_void_letter_is_not_counted_any_more(cast):
    place = school("第一小学")
    letter = issued(cast, schools=[place])
    void_document(document=letter.document, reason="标题写错", by=cast.officer, at=AT)
    with pytest.raises(NotAllowed):
        count_letters(letter=letter, counts={place.pk: (1, 1)}, by=cast.officer, at=AT)


@pytest.mark.parametrize("role", ["leader", "province", "legal", "town", "culture", "auditor"])
def test_who_does_not_issue(cast, role):
    with pytest.raises(NotAllowed):
        issued(cast, by=getattr(cast, role))
    assert not ParentLetter.objects.exists()


def test_no_school_elsewhere_or_closed(cast):
    for wrong in (school("集美小学", NEIGHBOUR), school("旧校", opened_on=AT.date(), closed_on=AT.date())):
        with pytest.raises(NotAllowed):
            issued(cast, schools=[wrong])
    assert not ParentLetter.objects.exists()


@pytest.mark.parametrize("role", ["neighbour", "city", "leader"])
def test_only_the_bureau_that_issued_counts(cast, role):
    place = school("第一小学")
    letter = issued(cast, schools=[place])
    with pytest.raises(NotAllowed):
        count_letters(letter=letter, counts={place.pk: (1, 1)}, by=getattr(cast, role), at=AT)


def test_the_pages(cast, enter):
    organ_of(cast.officer)
    place, other = school("第一小学"), school("集美小学", NEIGHBOUR)
    client, address = enter(cast.officer), "/admin/publicity/parentletter/"
    page = client.get(f"{address}issue/").content.decode()
    assert "第一小学" in page
    assert other.name not in page
    sent = {"season": "winter", "advice": "查证照\n看公示", "app": letters.APP, "scope": "全区", "schools": [place.pk]}
    answer = client.post(f"{address}issue/", sent)
    letter = ParentLetter.objects.get()
    assert answer.url == f"{address}{letter.pk}/"
    assert letter.title == f"致学生家长关于理性选择校外培训机构的一封信（{AT.year}年寒假）"
    assert letter.document.frozen["fields"]["opening"] == letters.OPENINGS[Season.WINTER]
    wrong = client.post(f"{address}{letter.pk}/count/", {f"copies_{place.pk}": "1", f"receipts_{place.pk}": "2"})
    assert "回执份数不能多于发放份数" in wrong.content.decode()
    right = client.post(f"{address}{letter.pk}/count/", {f"copies_{place.pk}": "10", f"receipts_{place.pk}": "9"})
    assert right.status_code == 302
    shown = client.get(f"{address}{letter.pk}/").content.decode()
    for words in ("1/1所", "90.00%", letter.document.number):
        assert words in shown
    assert letter.title in client.get(address).content.decode()
