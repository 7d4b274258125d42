"""What may follow what in a report's life, also out of turn: voided, counted anew under a reader's eyes, given up."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from foundation.core import clock
from foundation.core.errors import Conflict, InvalidInput
from foundation.documents.operations import void_document
from institutions.operations.merging import merge_institutions
from reports import operations
from reports.comparing import line_url
from reports.enums import ReportState
from reports.models import Report
from reports.running import count_report
from tests.documents.factories import organ_of
from tests.inspections.factories import AT, filed, officers_report
from tests.institutions.factories import institution
from tests.reports.test_reports import PERIOD, REPORTS, final, prepared, recorded, reviewed

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


@pytest.fixture(autouse=True)
def today(small_sheets):
    with clock.set_to(AT):
        yield


def voided(cast, report: Report) -> Report:
    void_document(document=report.document, reason="数字有误", by=cast.officer, at=AT)
    return Report.objects.get(pk=report.pk)


def revised(cast, report: Report) -> Report:
    revision = operations.revise_report(report=report, reason="补录", by=cast.officer, at=AT)
    count_report(revision)
    return operations.approve_report(report=revision, seen=1, by=cast.leader, at=AT)


def in_force() -> list[Report]:
    return list(Report.objects.filter(state=ReportState.ISSUED, document__voiding__isnull=True, revisions=None))


def test_a_voided_report_is_prepared_anew_and_not_revised(cast, enter):
    first = voided(cast, final(cast))
    with pytest.raises(Conflict, match="已作废"):
        operations.revise_report(report=first, reason="再来", by=cast.officer, at=AT)
    assert "编制修订稿" not in enter(cast.officer).get(f"{REPORTS}{first.pk}/").content.decode()
    second = final(cast)
    assert in_force() == [second]


def test_while_a_revision_is_under_way_the_period_is_not_prepared_anew(cast):
    first = final(cast)
    revision = revised(cast, first)
    voided(cast, first)
    with pytest.raises(InvalidInput, match="正在办理"):
        prepared(cast)
    revision = operations.issue_report(report=revision, by=cast.officer, at=AT)
    assert in_force() == [revision]


def test_a_revision_of_a_revision_is_made_final(cast):
    second = operations.issue_report(report=revised(cast, final(cast)), by=cast.officer, at=AT)
    third = operations.issue_report(report=revised(cast, second), by=cast.officer, at=AT)
    assert in_force() == [third]


def test_a_title_of_any_length_is_revised(cast):
    report = final(cast, title="长" * 120)
    assert operations.revise_report(report=report, reason="补录", by=cast.officer, at=AT).title.endswith("长（修订稿）")


def test_nobody_approves_numbers_that_he_has_not_seen(cast, enter):
    organ_of(cast.officer)
    report = prepared(cast)
    page = reverse("admin:reports_report_approve", args=[report.pk])
    client = enter(cast.leader)
    form = client.get(page).context["form"]
    count_report(operations.recount_report(report=report, by=cast.officer, at=AT))
    answer = client.post(page, {"seen": form.initial["seen"], "remark": ""})
    assert (answer.status_code, "重新统计过" in answer.content.decode()) == (409, True)
    assert Report.objects.get(pk=report.pk).state == ReportState.PREPARED
    assert client.post(page, {"seen": client.get(page).context["form"].initial["seen"]}).status_code == 302


@pytest.mark.parametrize(("method", "slug"), [("get", "compare"), ("get", "workbook"), ("post", "workbook")])
def test_a_report_that_was_given_up_before_it_was_counted_has_no_numbers_to_show(cast, enter, method, slug):
    organ_of(cast.officer)
    report = operations.prepare_report(title="月报", **PERIOD, by=cast.officer, at=AT)
    operations.withdraw_report(report=report, by=cast.officer, at=AT)
    client = enter(cast.officer)
    assert getattr(client, method)(f"{REPORTS}{report.pk}/{slug}/").status_code == 403
    shown = client.get(f"{REPORTS}{report.pk}/")
    assert (shown.status_code, "与现在核对" in shown.content.decode()) == (200, False)


def test_a_number_that_no_line_holds_is_refused_at_once(cast):
    organ_of(cast.officer)
    given = {"title": "简报", **PERIOD, "by": cast.officer, "at": AT}
    with pytest.raises(InvalidInput, match="最多40个字") as refused:
        operations.prepare_report(body=f"检查【检查家次={'约' * 41}】。", **given)
    assert list(refused.value.fields) == ["body"]
    count_report(operations.prepare_report(body=f"检查【检查家次={'约' * 40}】。", **given))


def test_the_workbook_of_a_voided_report_says_so(cast, enter):
    report = voided(cast, reviewed(cast) and final(cast, period_from=PERIOD["period_from"] + timedelta(days=1)))
    answer = enter(cast.officer).post(f"{REPORTS}{report.pk}/workbook/")
    told = load_workbook(BytesIO(b"".join(answer)))
    words = [str(cell.value) for sheet in told for row in sheet.iter_rows() for cell in row]
    assert f"{report.document.number}（文书已作废）" in words


def test_a_number_whose_rows_became_fewer_says_what_was_counted(cast, enter):
    """A merge is known of always: the list of the report's number then has fewer rows than were counted."""
    keep = recorded(cast)[0].institution
    absorb = institution(cast.officer, credit_code=None)
    filed(officers_report(absorb, cast.officer, cast.second_officer), cast.officer)
    report = prepared(cast)
    line = report.counting.lines.get(code="sites", section="检查", of="")
    url = line_url(report, line, report.counting.counted_at, cast.officer)
    client = enter(cast.officer)
    note = f"报表统计时为 <strong>{line.value}家</strong>"
    with clock.set_to(AT + timedelta(days=1)):
        filed(
            officers_report(institution(cast.officer), cast.officer, cast.second_officer), cast.officer, at=clock.now()
        )
        page = client.get(url)
        assert (page.context["answer"].value, note in page.content.decode()) == (line.value, False)
        merge_institutions(keep=keep, absorb=absorb, reason="同一家", by=cast.officer, at=clock.now())
        page = client.get(url)
        assert (page.context["answer"].value, note in page.content.decode()) == (line.value - 1, True)
        other = enter(cast.neighbour).get(url)
        assert "报表统计时为" not in other.content.decode(), "another bureau's report"
