"""年检: every state and step, what the year's records bring in, four eyes, the notice and its end."""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction

from foundation.audit.models import Event
from foundation.core import clock, outbox
from foundation.core.errors import Conflict, DomainError, InvalidInput, NotAllowed
from foundation.deadlines.models import Deadline
from foundation.documents.models import Document
from institutions import dossier
from institutions.models import Institution
from listings import tasks, workflow, yearly
from listings.enums import CheckState
from listings.models import AnnualCheck
from listings.operations.yearly import (
    add_to_check,
    announce_check,
    conclude_check,
    finish_check,
    open_check_year,
    reconsider_check,
    record_site_check,
    review_report,
    send_back_report,
    take_in_report,
)
from tests.enforcement.factories import inspected, named
from tests.institutions.factories import AT, institution
from tests.listings.factories import listed, seen_clean

pytestmark = pytest.mark.django_db
DUE = date(2026, 12, 1)
ANSWERS = ["符合要求"] * len(yearly.QUESTIONS)
AFTER = AT + timedelta(days=20)


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def opened(cast, row=None) -> AnnualCheck:
    row = row or institution(cast.officer)
    for actor in (cast.leader, cast.city):
        named(actor, f"厦{actor.organ_id}")
    year = open_check_year(jurisdiction=row.jurisdiction, year=2026, report_by=DUE, by=cast.officer, at=AT)
    return add_to_check(check_year=year, institution=row, by=cast.officer, at=AT)


def report(cast, check):
    return take_in_report(check=check, answers=ANSWERS, given_by="陈校长", by=cast.officer, at=AT)


def visit(cast, check):
    seen = yearly.visits_for(check).first() or seen_clean(cast, check.institution)
    return record_site_check(check=check, visit=seen, by=cast.officer, at=AT)


def conclude(cast, check):
    return conclude_check(check=check, conclusion="合格", reasons="各项符合要求", by=cast.officer, at=AT)


STEPS = {
    "report": report,
    "send_back": lambda cast, check: send_back_report(check=check, reason="缺消防", by=cast.officer, at=AT),
    "review": lambda cast, check: review_report(check=check, review="材料齐全", by=cast.officer, at=AT),
    "visit": visit,
    "conclude": conclude,
    "reconsider": lambda cast, check: reconsider_check(check=check, reason="有异议", by=cast.leader, at=AT),
    "announce": lambda cast, check: announce_check(check=check, by=cast.leader, at=AT),
    "finish": lambda cast, check: finish_check(check=check, by=cast.officer, at=AFTER),
}
WAY = ("report", "review", "visit", "conclude", "announce", "finish")


def in_state(cast, state, row=None) -> AnnualCheck:
    check = opened(cast, row)
    for step in WAY[: list(CheckState).index(CheckState(state))]:
        check = STEPS[step](cast, check)
    return check


@pytest.mark.parametrize("state", CheckState.values)
def test_every_state_and_step(cast, state):
    assert {step.name for step in workflow.CHECK.transitions} == set(STEPS)
    check = in_state(cast, state)
    assert check.state == state
    if not check.institution.visits.exists():
        seen_clean(cast, check.institution)
    before = (AnnualCheck.objects.filter(pk=check.pk).values().get(), Event.objects.count())
    for step in workflow.CHECK.transitions:
        with transaction.atomic():
            if step.starts_from(state):
                assert STEPS[step.name](cast, check).state == step.target
            else:
                with pytest.raises(DomainError), transaction.atomic():
                    STEPS[step.name](cast, check)
                assert (AnnualCheck.objects.filter(pk=check.pk).values().get(), Event.objects.count()) == before
            transaction.set_rollback(True)


def test_all_operating_institutions_come_in_each_with_a_clock(cast):
    row = institution(cast.officer)
    year = open_check_year(jurisdiction=row.jurisdiction, year=2026, report_by=DUE, by=cast.officer, at=AT)
    for _ in range(2):
        outbox.put("listings.fill_check", at=AT, check_year_id=year.pk)
        outbox.deliver_all(at=AT)
    taking_part = Institution.objects.filter(jurisdiction=row.jurisdiction).count()
    assert (year.checks.count(), Deadline.objects.filter(code="annual_check.report_due").count()) == (taking_part,) * 2
    with pytest.raises(InvalidInput, match="已经安排"):
        open_check_year(jurisdiction=row.jurisdiction, year=2026, report_by=DUE, by=cast.officer, at=AT)


def test_the_conclusion_keeps_the_years_records_of_every_source(cast):
    """Also of a source that another app declares: adverts come in the same way."""

    def adverts(subject, first, last):
        yield dossier.Record("test_advert", subject.pk, date(2026, 5, 1), "户外广告牌", result="已拆除")
        yield dossier.Record("test_advert", 0, date(2026, 5, 2), "误报", void="不属实")

    row = institution(cast.officer)
    listed(cast, row)
    inspected(cast, row)
    dossier._sources["test_advert"] = dossier.Source("test_advert", "违规广告", 50, (), adverts)
    try:
        check = in_state(cast, CheckState.NOTICE, row)
    finally:
        del dossier._sources["test_advert"]
    kinds = {kind for kind, *_ in check.rows}
    assert kinds == {"检查", "检查发现的问题", "名单", "违规广告"}
    assert ["违规广告", "2026-05-01", "户外广告牌", "已拆除"] in check.rows
    assert not any("误报" in what for _, _, what, _ in check.rows)
    paper = Document.objects.get(kind="annual_check").content
    assert all(words in paper for words in ("户外广告牌", "疏散通道堆放杂物", "消防安全自查", "合格"))


def test_the_notice_runs_its_working_days_and_ends_by_itself(cast):
    """Seven working days after Monday 2 November: 3 4 5 6 9 10 11."""
    check = in_state(cast, CheckState.NOTICE)
    assert (check.notice_from, check.notice_until) == (date(2026, 11, 2), date(2026, 11, 11))
    assert list(yearly.shown_in_public(on=date(2026, 11, 11))) == [check]
    assert not yearly.shown_in_public(on=date(2026, 11, 12)).exists()
    last = datetime(2026, 11, 11, 23, 59, tzinfo=AT.tzinfo)
    with pytest.raises(Conflict, match="2026-11-11"):
        finish_check(check=check, by=cast.officer, at=last)
    night = datetime(2026, 11, 12, 0, 10, tzinfo=AT.tzinfo)
    with clock.set_to(night):
        outbox.put(tasks.LET_LAPSE, at=night)
        outbox.deliver_all(at=night)
    assert AnnualCheck.objects.get(pk=check.pk).state == CheckState.DONE
    assert [c.state for c in Deadline.objects.filter(subject_type="listings.annualcheck").order_by("pk")] == ["met"] * 2


def test_who_concludes_does_not_decide(cast):
    check = in_state(cast, CheckState.CHECKED)
    check = conclude_check(check=check, conclusion="不合格", reasons="隐患未消除", by=cast.city, at=AT)
    with pytest.raises(NotAllowed, match="另一人审定"):
        announce_check(check=check, by=cast.city, at=AT)
    assert announce_check(check=check, by=cast.leader, at=AT).conclusion == "不合格"


def test_an_objection_takes_the_notice_down_and_voids_its_paper(cast):
    check = STEPS["reconsider"](cast, in_state(cast, CheckState.NOTICE))
    assert (check.state, check.document, check.notice_until) == (CheckState.CHECKED, None, None)
    assert Document.objects.get(kind="annual_check").is_void
    assert not yearly.shown_in_public(on=AT.date()).exists()


@pytest.mark.parametrize(("answers", "given_by", "match"), [(["是"], "陈", "逐项"), (ANSWERS, "", "由谁")])
def test_a_report_answers_everything_and_says_who_gave_it(cast, answers, given_by, match):
    with pytest.raises(InvalidInput, match=match):
        take_in_report(check=opened(cast), answers=answers, given_by=given_by, by=cast.officer, at=AT)


def test_the_site_check_is_a_formal_visit_of_this_institution(cast):
    check = in_state(cast, CheckState.REVIEWED)
    for seen in (
        seen_clean(cast, institution(cast.officer)),
        seen_clean(cast, check.institution, at=AT - timedelta(days=400)),
    ):
        with pytest.raises(InvalidInput, match="该年度以来"):
            record_site_check(check=check, visit=seen, by=cast.officer, at=AT)


def test_the_officers_way_through_the_pages(cast, enter):
    check = opened(cast)
    seen = seen_clean(cast, check.institution)
    page = f"/admin/listings/annualcheck/{check.pk}/"
    client = enter(cast.officer)
    answers = {f"answer{number}": "符合" for number in range(len(ANSWERS))}
    for slug, given in (
        ("report", {**answers, "given_by": "陈校长"}),
        ("review", {"review": "材料齐全"}),
        ("visit", {"visit": seen.pk}),
        ("conclude", {"conclusion": "基本合格", "reasons": "个别事项待完善"}),
    ):
        assert client.post(f"{page}{slug}/", given).status_code == 302, slug
    assert client.post(f"{page}announce/", {}).status_code == 403
    assert enter(cast.leader).post(f"{page}announce/", {}).status_code == 302
    shown = client.get(page).content.decode()
    assert all(word in shown for word in ("基本合格", "消防安全自查", seen.number))
