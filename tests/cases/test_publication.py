"""Whose names the public reads: institutions', and of persons the family name and 某."""

import pytest

from cases import published
from cases.forms.deciding import PublishForm
from cases.models import Case, Penalty, Publication
from cases.operations import publication
from foundation.core.errors import InvalidInput
from foundation.core.personal import masked_person
from publicity.penalties import find
from tests.cases.factories import executing
from tests.cases.test_filing import words
from tests.inspections.factories import AT, DAY
from tests.institutions.factories import institution, unlicensed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "shown"),
    [("王小明", "王某"), ("王", "王某"), ("欧阳小明", "欧阳某"), ("欧阳", "欧某"), (" 林 晓 ", "林某"), ("", "")],
)
def test_a_person_keeps_the_family_name(name, shown):
    assert masked_person(name) == shown


def against_a_person(cast) -> Case:
    return executing(cast, subject=unlicensed(cast.officer, operator="陈大力"), person="王小明", code="1234")


@pytest.mark.parametrize(
    ("of", "given", "field"),
    [
        ("person", {"party": "王小明"}, "party"),
        ("person", {"party": "小明"}, "party"),
        ("person", {"party": "王某", "facts": "王小明在家中授课"}, "facts"),
        ("site", {"party": "陈大力家教点"}, "party"),
        ("site", {"party": "家教点", "penalty": "对陈大力罚款3000元"}, "penalty"),
        ("institution", {"facts": "法定代表人林晓梅承认"}, "facts"),
        ("institution", {"facts": "家长电话１３８ 0013 8000"}, "facts"),
    ],
)
def test_no_full_name_is_published(cast, of, given, field):
    cases = {
        "person": lambda: against_a_person(cast),
        "site": lambda: executing(cast, subject=unlicensed(cast.officer, operator="陈大力")),
        "institution": lambda: executing(cast, subject=institution(cast.officer, legal_person="林晓梅")),
    }
    case = cases[of]()
    with pytest.raises(InvalidInput) as refused:
        publication.publish_decision(case=case, words=words(**given), by=cast.officer, at=AT)
    assert list(refused.value.fields) == [field]
    assert not Publication.objects.exists()


def test_a_person_is_published_by_the_family_name_and_nothing_typed_gets_round_it(cast):
    case = against_a_person(cast)
    assert published.is_person(case)
    shown = publication.publish_decision(case=case, words=words(party="王某"), by=cast.officer, at=AT)
    Publication.objects.filter(pk=shown.pk).update(party="王小明", facts="王小明授课", penalty="罚王小明")
    page = find(shown.public_id, on=DAY)
    assert (page.row.party, page.facts, page.penalty, page.row.party_code) == ("王某", "王某授课", "罚王某", "")


def test_the_form_begins_with_masked_words(cast):
    case = against_a_person(cast)
    Case.objects.filter(pk=case.pk).update(report="王小明在家中授课。")
    Penalty.objects.filter(case=case, kind="criticism").update(detail="")
    form = PublishForm(case=Case.objects.get(pk=case.pk), actor=cast.officer)
    assert (form.initial["party"], form.initial["facts"]) == ("王某", "王某在家中授课。")
    assert form.initial["penalty"] == "罚款：人民币3,000.00元；通报批评"


def test_an_institution_may_bear_a_name(cast):
    row = institution(cast.officer, name="思明区林晓梅舞蹈培训中心", legal_person="林晓梅")
    case = executing(cast, subject=row)
    shown = publication.publish_decision(case=case, words=words(party=row.name), by=cast.officer, at=AT)
    assert find(shown.public_id, on=DAY).row.party == row.name


def test_the_reason_for_taking_back_names_nobody(cast):
    case = against_a_person(cast)
    shown = publication.publish_decision(case=case, words=words(party="王某"), by=cast.officer, at=AT)
    with pytest.raises(InvalidInput):
        publication.withdraw_publication(publication=shown, reason="王小明申请复议", by=cast.officer, at=AT)
    assert Publication.objects.get(pk=shown.pk).withdrawn_on is None
