"""现场检查记录: what the visit says, blanks where it says nothing, and whose visits have one."""

import pytest

from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.errors import Conflict, InvalidInput, NotAllowed
from foundation.documents.models import Document
from foundation.documents.operations import void_document
from foundation.documents.queries import verdict_on
from inspections.enums import Aspect, Outcome, Severity, VisitKind
from inspections.models import Visit, VisitPhoto
from inspections.operations.records import issue_site_record
from inspections.records import TOLD, situation_of
from inspections.reports import HeadCount, OnSite, Problem
from tests.documents.factories import organ_of
from tests.inspections.factories import AT, all_yes, filed, first_version, me, officers_report, supervisors_report
from tests.institutions.factories import institution
from tests.photos.factories import kept

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def seen(cast, **given) -> Visit:
    organ_of(cast.officer)
    place = institution(cast.officer, legal_person="陈法人")
    return filed(officers_report(place, cast.officer, cast.second_officer, **given), cast.officer)


def issued(visit, by, **words) -> Document:
    said = {"told": TOLD, "situation": situation_of(visit), **words}
    return issue_site_record(visit=visit, by=by, at=AT, **said)


def words_of(document: Document) -> str:
    return "\n".join(
        block.get("text", "") or "\n".join("：".join(row) for row in block.get("rows", []))
        for block in document.frozen["blocks"]
    )


def test_it_says_what_the_visit_says(cast):
    answers = {**all_yes(), "A01": "no", "A02": "unseen"}
    visit = seen(
        cast,
        checklist=first_version(),
        answers=answers,
        notes={"A01": "许可证过期"},
        outcome=Outcome.FOLLOW_UP,
        problems=(Problem("疏散通道堆放杂物", Aspect.SAFETY, Severity.CRITICAL, "二楼东侧"),),
        officers=(me(cast.officer), OnSite("林志远", "思明区市场监督管理局", certificate_no="闽D0002")),
        started_at=AT.replace(hour=14, minute=5),
        ended_at=AT.replace(hour=15, minute=20),
        accompanied_by="校长林某",
        statement="会尽快整改",
        remark="前台提供了课表",
        teachers=HeadCount(3),
        dispersed=HeadCount(12, at_least=True),
    )
    VisitPhoto.objects.create(visit=visit, photo=kept(cast.officer), code="A01")
    document = issued(visit, cast.officer, statement=visit.statement)
    text = words_of(document)
    for expected in (
        *("2026年11月18日14时05分 至 2026年11月18日15时20分", "陪同人员：校长林某", "负责人：陈法人", visit.number),
        *("林志远（思明区市场监督管理局）（执法证闽D0002）", "（执法证________）", "检查种类：日常检查"),
        *("“是”41项、“否”1项、“无法查看”1项", "A01：", "许可证过期", "—：疏散通道堆放杂物：二楼东侧", "前台提供了课表"),
        *("学生12余人，教师3人，清散学生12余人。", "会尽快整改", "A01：", "有权申请回避"),
    ):
        assert expected in text
    assert document.frozen["fields"]["photos"][0][3] == "{} {} {} {}".format(
        *(VisitPhoto.objects.get().photo.sha256[start : start + 4] for start in range(0, 16, 4))
    )
    assert document.frozen["fields"]["organs"] == [cast.officer.organ_name, "思明区市场监督管理局"]
    event = Event.objects.get(kind="visit.record_issued")
    assert event.changes == {"document": [None, document.number]}


def test_what_is_not_known_is_left_to_be_filled_in(cast):
    text = words_of(issued(seen(cast, pupils=HeadCount()), cast.officer))
    for blank in (
        *("____年__月__日__时__分 至", "陪同人员：________", "学生____人，教师____人", "执法证________"),
        "________________________________________",
    ):
        assert blank in text


def test_one_at_a_time_and_again_once_it_is_void(cast):
    visit = seen(cast)
    first = issued(visit, cast.officer)
    with pytest.raises(Conflict, match=first.number):
        issued(visit, cast.second_officer)
    void_document(document=first, reason="时间写错", by=cast.officer, at=AT)
    assert issued(visit, cast.second_officer).serial_no == 2


@pytest.mark.parametrize("given", [{"kind": VisitKind.COVERT, "covert": True}, {"covert": True}, {"void": True}])
def test_covert_and_void_visits_stay_inside(cast, enter, given):
    void = given.pop("void", False)
    visit = seen(cast, **given)
    if void:
        Visit.objects.filter(pk=visit.pk).update(voided_at=AT, void_reason="登记错误")
    with pytest.raises(NotAllowed):
        issued(visit, cast.officer)
    page = enter(cast.officer).get(f"/admin/inspections/visit/{visit.pk}/")
    assert "site-record" not in page.content.decode()
    assert not Document.objects.exists()


def test_a_supervisors_visit_has_none(cast):
    organ_of(cast.officer)
    visit = filed(supervisors_report(institution(cast.officer), cast.supervisor), cast.supervisor)
    with pytest.raises(NotAllowed):
        issued(visit, cast.officer)


@pytest.mark.parametrize("role", ["leader", "neighbour", "city", "legal", "town", "culture", "auditor"])
def test_only_those_who_went_issue_it(cast, role):
    """The city covers the county and issues documents; its own people were not there."""
    organ_of(cast.city, "厦教")
    with pytest.raises(NotAllowed):
        issued(seen(cast), getattr(cast, role))


def test_an_organ_whose_people_were_there_may(cast):
    organ_of(cast.city, "厦教")
    visit = seen(cast, officers=(me(cast.officer), me(cast.city)))
    assert issued(visit, cast.city).number.startswith("厦教检记")


@pytest.mark.parametrize("field", ["told", "situation"])
def test_words_are_needed(cast, field):
    with pytest.raises(InvalidInput) as refusal:
        issued(seen(cast), cast.officer, **{field: " "})
    assert set(refusal.value.fields) == {field}


def test_the_page_offers_what_is_known_and_the_public_learns_nothing(cast, enter):
    visit = seen(cast, remark="前台提供了课表", statement="会尽快整改")
    client, address = enter(cast.officer), f"/admin/inspections/visit/{visit.pk}/"
    page = client.get(f"{address}site-record/").content.decode()
    for words in ("有权申请回避", "前台提供了课表", "会尽快整改"):
        assert words in page
    assert client.post(f"{address}site-record/", {"told": TOLD, "situation": "一切正常"}).status_code == 302
    document = Document.objects.get()
    assert document.number in client.get(address).content.decode()
    verdict = verdict_on(document.verify_code)
    assert (verdict.state, verdict.internal, verdict.party, verdict.title) == ("valid", True, "", "")
