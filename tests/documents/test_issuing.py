"""Issue and void: numbers, frozen words, refusals, traces."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction

from foundation.audit.models import Event
from foundation.core import outbox
from foundation.core.canonical import canonical, sha256
from foundation.core.errors import InvalidInput, NotAllowed
from foundation.core.models import OutboxMessage
from foundation.documents import codes
from foundation.documents.enums import DocumentKind
from foundation.documents.models import Document, NumberSeries, Voiding
from foundation.documents.operations import issue_document, void_document
from foundation.documents.wording import TEMPLATES, all_in_use, in_use
from tests.cast import CITY, OWN, build_cast, jurisdiction, organ

from .factories import AT, issued, list_notice, organ_of, rectification, stop_training


def nothing_happened() -> bool:
    return not (Document.objects.exists() or Event.objects.exists() or OutboxMessage.objects.exists())


@pytest.mark.django_db
def test_a_document_gets_a_number_and_keeps_its_words(cast):
    document = issued(cast.officer)
    assert document.number == "厦思教责改〔2026〕1号"
    assert document.party == "厦门市思明区启明星培训中心有限公司"
    assert document.jurisdiction == jurisdiction(OWN)
    stored = Document.objects.get(pk=document.pk)
    assert stored.sha256 == sha256(stored.content.encode())
    assert canonical(json.loads(stored.content)).decode() == stored.content
    assert "现责令你单位于2026年3月16日前完成整改" in stored.content
    event = Event.objects.get()
    assert (event.kind, event.subject_id, event.actor_name) == ("document.issued", document.pk, cast.officer.name)
    assert event.changes == {"number": [None, document.number], "sha256": [None, document.sha256]}
    assert OutboxMessage.objects.get().payload == {"document_id": document.pk}


@pytest.mark.django_db
def test_the_words_are_sealed_in_the_database(cast):
    document = issued(cast.officer)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM documents_document WHERE id = %s", [document.pk])
        assert cursor.fetchone()[0].startswith("v1$aes256gcm$")


@pytest.mark.django_db
def test_each_kind_and_year_counts_for_itself(cast):
    numbers = [issued(cast.officer).number, issued(cast.officer).number]
    numbers.append(issued(cast.officer, kind=DocumentKind.STOP_TRAINING, fields=stop_training()).number)
    numbers.append(issued(cast.officer, kind=DocumentKind.LIST_NOTICE, fields=list_notice(2)).number)
    numbers.append(issued(cast.officer, at=AT.replace(year=2027)).number)
    assert numbers == [
        "厦思教责改〔2026〕1号",
        "厦思教责改〔2026〕2号",
        "厦思教停训〔2026〕1号",
        "厦思教公示〔2026〕1号",
        "厦思教责改〔2027〕1号",
    ]


@pytest.mark.django_db
def test_the_year_is_the_one_in_beijing(cast):
    new_year = AT.replace(month=12, day=31, hour=16)  # 2027-01-01 00:00 in Beijing
    assert issued(cast.officer, at=new_year).number == "厦思教责改〔2027〕1号"
    assert issued(cast.officer, at=new_year - timedelta(seconds=1)).number == "厦思教责改〔2026〕1号"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "role", ["leader", "neighbour", "city", "province", "legal", "town", "culture", "auditor", "public"]
)
def test_only_the_organs_own_officers_issue(cast, role):
    target = organ_of(cast.officer)
    with pytest.raises(NotAllowed):
        issued_by_other(getattr(cast, role), target)
    assert nothing_happened()


def issued_by_other(actor, target):
    return issue_document(
        kind=DocumentKind.RECTIFICATION, organ=target, fields=rectification(), subject=target, by=actor, at=AT
    )


@pytest.mark.django_db
def test_no_document_about_what_is_out_of_scope(cast):
    with pytest.raises(NotAllowed):
        issued(cast.officer, subject=organ(CITY))
    assert nothing_happened()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"party_name": " "}, "party_name"),
        ({"party_name": ""}, "party_name"),
        ({"deadline": "下周"}, "deadline"),
        ({"facts": [["3-2", "短一列"]]}, "facts"),
        ({"requirements": "不是列表"}, "requirements"),
        ({"unheard_of": "x"}, "unheard_of"),
        ({"remedy": "长" * 5001}, "remedy"),
    ],
)
def test_wrong_fields_are_named(cast, changes, field):
    organ_of(cast.officer)
    with pytest.raises(InvalidInput) as refusal:
        issued(cast.officer, fields=rectification(**changes))
    assert set(refusal.value.fields) == {field}
    assert nothing_happened()


@pytest.mark.django_db
def test_an_organ_without_word_cannot_number(cast):
    target = organ_of(cast.officer, word="")
    with pytest.raises(InvalidInput) as refusal:
        issued_by_other(cast.officer, target)
    assert refusal.value.code == "no_document_word"
    assert nothing_happened()


@pytest.mark.django_db
def test_voiding_keeps_the_document_and_happens_once(cast):
    document = issued(cast.officer)
    void_document(document=document, reason="当事人名称写错", by=cast.second_officer, at=AT)
    voiding = Voiding.objects.get()
    assert (voiding.document_id, voiding.reason, voiding.voided_by_name) == (
        document.pk,
        "当事人名称写错",
        cast.second_officer.name,
    )
    event = Event.objects.get(kind="document.voided")
    assert (event.reason, event.changes) == ("当事人名称写错", {"void": [False, True]})
    with pytest.raises(NotAllowed):
        void_document(document=document, reason="再来一次吧", by=cast.officer, at=AT)
    assert Event.objects.filter(kind="document.voided").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["leader", "neighbour", "city", "town", "auditor", "public"])
def test_others_do_not_void(cast, role):
    document = issued(cast.officer)
    with pytest.raises(NotAllowed):
        void_document(document=document, reason="不该成功的", by=getattr(cast, role), at=AT)
    assert not Voiding.objects.exists()
    assert Event.objects.count() == 1


@pytest.mark.django_db
def test_voiding_asks_a_reason(cast):
    document = issued(cast.officer)
    with pytest.raises(InvalidInput):
        void_document(document=document, reason="  ", by=cast.officer, at=AT)
    assert not Voiding.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["documents_document", "documents_voiding", "documents_documentfile"])
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "UPDATE {} SET id = id", "TRUNCATE {} CASCADE"])
def test_the_site_cannot_change_what_was_issued(table, verb):
    with pytest.raises(Exception, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb.format(table))


@pytest.mark.django_db
def test_the_whole_cast_sees_its_own(cast):
    document = issued(cast.officer)
    seeing = {name for name, actor in cast.everyone().items() if document in Document.objects.visible_to(actor)}
    # a document about the bureau itself has no place and no category: posts narrowed to either do not see it
    assert seeing == {
        "officer",
        "leader",
        "second_officer",
        "city",
        "province",
        "legal",
        "supervisor",
        "discipline",
        "auditor",
        "system",
        "security",
    }


def test_every_kind_has_a_template_and_versions_differ():
    assert [template.kind for template in all_in_use()] == list(DocumentKind)
    assert len({(template.kind, template.version) for template in TEMPLATES}) == len(TEMPLATES)
    assert len({template.word for template in all_in_use()}) == len(DocumentKind)
    with pytest.raises(InvalidInput):
        in_use("unheard_of")


def test_codes_are_read_as_people_type_them():
    code = codes.new_code()
    assert codes.normalised(f" {codes.spaced(code).lower()} ") == code
    assert codes.normalised("OIL0-1111-2222-3333") == "0110111122223333"
    assert codes.normalised("U" * 16) is None
    assert codes.normalised("1" * 15) is None
    assert len({codes.new_code() for _ in range(1000)}) == 1000


def test_sixteen_clerks_at_once_get_numbers_without_gap_or_double(committed_db):
    """16 threads x 6 documents, every third attempt rolls back: the numbers that exist are exactly 1..N."""
    cast = build_cast()
    target = organ_of(cast.officer)
    start = threading.Barrier(16)
    kept: list[int] = []
    failures: list[BaseException] = []

    def clerk(seat: int) -> None:
        try:
            start.wait(timeout=30)
            for turn in range(6):
                with transaction.atomic():
                    document = issued_by_other(cast.officer, target)
                    if (seat + turn) % 3 == 0:
                        transaction.set_rollback(True)
                        continue
                kept.append(document.serial_no)
        except BaseException as error:  # noqa: BLE001
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=clerk, args=(seat,)) for seat in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert failures == []
    assert sorted(kept) == list(range(1, len(kept) + 1))
    assert len(kept) == 64
    assert set(Document.objects.values_list("serial_no", flat=True)) == set(kept)
    assert NumberSeries.objects.get().last_no == 64
    assert outbox.oldest_due(at=AT) == AT
