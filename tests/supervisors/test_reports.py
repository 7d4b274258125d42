"""监督员月度报告: the ledger's month, frozen."""

from datetime import date

import pytest

from foundation.audit.models import Event
from foundation.core.errors import Conflict, InvalidInput, NotAllowed
from foundation.documents.models import Document
from foundation.documents.queries import verdict_on
from supervisors.operations.reports import issue_report
from tests.documents.factories import organ_of
from tests.institutions.factories import institution
from tests.supervisors.factories import at_ten, in_office_from, visited
from tests.supervisors.test_ledger import APRIL, MAY, WORKED, april

pytestmark = pytest.mark.django_db
AT = at_ten(date(2026, 5, 30))


@pytest.fixture
def busy(cast):
    organ_of(cast.city, "厦教")
    supervisor = in_office_from(cast, APRIL.first)
    april(cast, supervisor)
    return supervisor


def test_it_says_what_the_ledger_says_and_no_later_visit_changes_it(cast, busy):
    document = issue_report(supervisor=busy, month=APRIL, remark="缺少宣传材料", by=cast.city, at=AT)
    fields = document.frozen["fields"]
    assert {number for _, number, _ in fields["duties"]} >= {"2", "1", "0"}
    assert [int(number) for _, number, _ in fields["duties"]] == list(WORKED.values())
    assert (fields["required"], fields["standing"]) == ("至少1家次，目标2家次", "1家次（达标）")
    assert [line[0] for line in fields["done"]] == sorted(line[0] for line in fields["done"])
    assert len(fields["done"]) == sum(WORKED.values())
    assert document.frozen["title"] == "社会监督员2026年4月履职报告"
    visited(busy, institution(cast.officer, at=AT), date(2026, 4, 20), at=AT)
    assert Document.objects.get(pk=document.pk).frozen["fields"] == fields
    event = Event.objects.get(kind="supervisor.report_issued")
    assert event.changes == {"month": [None, "2026-04"], "document": [None, document.number]}
    verdict = verdict_on(document.verify_code)
    assert (verdict.internal, verdict.party, verdict.title) == (True, "", "")


def test_one_a_month(cast, busy):
    first = issue_report(supervisor=busy, month=APRIL, by=cast.city, at=AT)
    with pytest.raises(Conflict, match=first.number):
        issue_report(supervisor=busy, month=APRIL, by=cast.city, at=AT)
    issue_report(supervisor=busy, month=MAY, by=cast.city, at=at_ten(date(2026, 6, 1)))


@pytest.mark.parametrize("month", [MAY, APRIL.back(), None])
def test_only_a_month_of_the_term_that_is_over(cast, busy, month):
    with pytest.raises(InvalidInput) as refusal:
        issue_report(supervisor=busy, month=month, by=cast.city, at=AT)
    assert set(refusal.value.fields) == {"month"}


@pytest.mark.parametrize("role", ["officer", "leader", "province", "supervisor", "other_city"])
def test_only_the_bureau_that_appointed(cast, busy, role):
    with pytest.raises(NotAllowed, match="只有聘任单位"):
        issue_report(supervisor=busy, month=APRIL, by=getattr(cast, role), at=AT)


def test_the_page_offers_the_months_that_are_over(cast, busy, enter):
    client, address = enter(cast.city), f"/admin/supervisors/supervisor/{busy.pk}/"
    page = client.get(f"{address}report/").content.decode()
    assert 'value="2026-04"' in page
    assert 'value="2026-03"' not in page
    assert client.post(f"{address}report/", {"month": "2026-04", "remark": ""}).status_code == 302
    assert Document.objects.get(kind="supervisor_report").number in client.get(address).content.decode()
