"""资金监管月报: counted from rows; each number opens its rows; 0 起 is said only where it was searched."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from alerts.models import Alert
from alerts.month import Month, report
from alerts.operations.handling import close_alert
from foundation.core import clock
from payouts.operations.refunds import agree_refund, approve_refund, object_refund, pay_refund, settle_refund
from payouts.operations.releases import pay_release
from tests.alerts.factories import alerted
from tests.alerts.test_runaways import entered, searched
from tests.institutions.factories import AT
from tests.payouts.factories import DAY, LATER, approved, asked, earned, paid, school

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(LATER + timedelta(days=15)):
        yield


def back(cast, contract, fen: int, *, coordinated: bool) -> None:
    """Asked for, agreed to or brought about, and paid on that day."""
    by, row = {"by": cast.officer, "at": LATER}, asked(cast, contract, fen)
    if coordinated:
        object_refund(refund=row, answer="没有钱", answered_on=DAY, **by)
        settle_refund(refund=row, amount_fen=fen, outcome="同意退", coordinated_on=DAY, **by)
    else:
        agree_refund(refund=row, amount_fen=fen, answer="同意", answered_on=DAY, **by)
    approve_refund(refund=row, by=cast.leader, at=LATER)
    pay_refund(refund=row, paid_on=DAY, bank_reference=f"TF{row.pk}", **by)


def told(actor, day: date = NOVEMBER) -> dict[str, list[str]]:
    """Line: its numbers as text."""
    found = report(actor, Month.of(day))
    return {label: [one.text for one in cells] for part in found.sections for label, cells in part.lines}


def test_an_example_reckoned_by_hand(cast):
    """5 and 3 lessons of 80 yuan of two contracts let go in one release; 1,000 yuan back as agreed, 500 coordinated."""
    home = school(cast)
    first, second = paid(cast, home), paid(cast, home, contract_no="HT002")
    earned(cast, first, 5)
    earned(cast, second, 3)
    pay_release(release=approved(cast, home), paid_on=DAY, bank_reference="HB1", by=cast.officer, at=LATER)
    back(cast, first, 100_000, coordinated=False)
    back(cast, second, 50_000, coordinated=True)
    alert = alerted(home)
    close_alert(alert=alert, action="verify", result="已核实", by=cast.officer, at=LATER)
    alerted(school(cast), at=LATER)
    lines = told(cast.officer)
    assert lines["耗课费核拨"][0] == "2人次"
    assert lines["核拨金额"][0] == "640.00元"
    assert lines["退费"][0] == "1人", "one learner in both contracts"
    assert lines["退费金额"][0] == "1,500.00元"
    assert lines["其中协调退费"][:2] == ["1人", "500.00元，机构不同意、经协调后退的"]
    assert lines["应监管机构"][0] == "2家"
    grade = Alert.objects.first().get_grade_display()
    assert lines[grade] == ["2", "1", "1"]
    assert told(cast.officer, date(2026, 10, 31))["核拨金额"][0] == "0.00元"
    assert told(cast.neighbour)["退费金额"][0] == "0.00元"


def test_none_is_only_said_where_every_day_was_searched(cast):
    """Seen to fail with ``searched`` taken for true."""
    assert told(cast.officer)["跑路"][0] == "没有登记"
    with clock.set_to(AT):
        searched(cast, date(2026, 11, 1), AT.date())
        month = told(cast.officer, AT.date())
        assert (month["跑路"][0], month["排查"]) == ("0起", ["每天都已排查", "0起有据"])
        assert told(cast.city, AT.date())["排查"][1] == "还不能说0起"
        entered(cast)
        assert told(cast.officer, AT.date())["跑路"][0] == "1起"


def test_each_number_opens_as_many_rows(cast, enter):
    home = school(cast)
    contract = paid(cast, home)
    earned(cast, contract, 5)
    pay_release(release=approved(cast, home), paid_on=DAY, bank_reference="HB1", by=cast.officer, at=LATER)
    back(cast, contract, 100_000, coordinated=True)
    close_alert(alert=alerted(home), action="verify", result="已核实", by=cast.officer, at=LATER)
    alerted(school(cast), at=LATER)
    client = enter(cast.officer)
    page = client.get("/admin/alerts/alert/month/?month=2026-11-01").content.decode()
    assert "2026年11月资金监管月报" in page
    found = report(cast.officer, Month.of(NOVEMBER))
    rows = {}
    for part in found.sections:
        for label, cells in part.lines:
            for number, one in enumerate(cells):
                if one.url:
                    assert one.url.replace("&", "&amp;") in page or one.url in page
                    answer = client.get(one.url)
                    assert answer.status_code == 200, one.url
                    count = re.search(r"共 <strong>(\d+)</strong> 条", answer.content.decode())
                    rows[label, number] = int(count[1]) if count else 0
    assert rows["耗课费核拨", 0] == rows["退费", 0] == rows["其中协调退费", 0] == 1
    grade = Alert.objects.first().get_grade_display()
    assert (rows[grade, 0], rows[grade, 1], rows[grade, 2]) == (2, 1, 1)


def test_a_month_to_come_and_nonsense_show_this_month(cast, enter):
    client = enter(cast.officer)
    for query in ("2027-05-01", "2026-11-02", "nonsense", ""):
        page = client.get(f"/admin/alerts/alert/month/?month={query}").content.decode()
        assert "2026年12月资金监管月报" in page
