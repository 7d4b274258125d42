from datetime import date, timedelta
from importlib import import_module

import pytest
from django.db import connection

from foundation.audit.models import Event
from foundation.core.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed
from institutions import queries, search
from institutions.enums import SiteType, Status
from institutions.models import Institution, StatusEvent
from institutions.operations.merging import judge_different, merge_institutions
from institutions.operations.premises import add_permit, close_campus, end_permit, open_campus
from institutions.operations.status import change_status, correct_status
from tests.institutions.factories import AT, credit_code, institution, town

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(cast):
    return (
        institution(cast.officer, name="思明区海浪舞蹈培训中心", address="湖滨南路1号"),
        institution(cast.officer, name="思明区海浪舞蹈有限公司", address="厦禾路2号", credit_code=None),
    )


def test_lookalikes_are_proposed_with_why_and_only_in_scope(cast, pair):
    institution(cast.officer, name="毫不相干", address="湖滨南路 1号")
    found = [(a.name, b.name, why) for a, b, why in queries.lookalikes(cast.officer)]
    assert ("思明区海浪舞蹈培训中心", "思明区海浪舞蹈有限公司", "名称相近") in found
    assert ("思明区海浪舞蹈培训中心", "毫不相干", "地址相同") in found
    assert queries.lookalikes(cast.neighbour) == []


def test_a_merge_hides_one_keeps_its_name_findable_and_takes_its_code(cast, pair):
    keep, absorb = pair
    merge_institutions(keep=keep, absorb=absorb, reason="同一机构重复登记", by=cast.officer, at=AT)
    assert list(Institution.objects.visible_to(cast.officer)) == [keep]
    assert list(search.matching(Institution.objects.current(), "舞蹈有限公司")) == [keep]
    assert queries.lookalikes(cast.officer) == []
    assert Event.objects.filter(kind="institution.merged").get().subject_id == keep.pk
    with pytest.raises(Conflict):
        merge_institutions(keep=keep, absorb=absorb, reason="再来一次", by=cast.officer, at=AT)


def test_two_codes_are_two_institutions(cast):
    rows = [institution(cast.officer, credit_code=credit_code(n)) for n in (901, 902)]
    with pytest.raises(InvalidInput, match="信用代码不同"):
        merge_institutions(keep=rows[0], absorb=rows[1], reason="像", by=cast.officer, at=AT)
    assert Institution.objects.current().count() == 2


def test_a_chain_of_merges_ends_at_the_last_one(cast):
    """Figures follow one step from the absorbed one to the one that was kept."""
    a, b, c, d = (institution(cast.officer, credit_code=None) for _ in range(4))
    for keep, absorb in ((b, a), (c, b), (d, c)):
        merge_institutions(keep=keep, absorb=absorb, reason="重复", by=cast.officer, at=AT)
    assert set(Institution.objects.filter(merged_into=d)) == {a, b, c}
    assert queries.with_absorbed(d)[0] == d.pk


def test_chains_of_before_are_repaired(cast):
    rows = [institution(cast.officer, credit_code=None) for _ in range(5)]
    for into, row in zip(rows[1:], rows, strict=False):
        Institution.objects.filter(pk=row.pk).update(merged_into=into)
    with connection.cursor() as cursor:
        cursor.execute(import_module("institutions.migrations.0007_merged_in_one_step").ONE_STEP)
    assert set(Institution.objects.filter(merged_into=rows[-1])) == set(rows[:-1])


def statuses(row) -> list[tuple]:
    believed = StatusEvent.objects.filter(institution=row).believed().order_by("effective_on")
    return list(believed.values_list("status", "category", "site_type", "effective_on"))


def changed(row, by, status, on):
    return change_status(institution=row, status=status, effective_on=on, reason="x", by=by, at=AT)


def test_what_the_absorbed_one_was_before_is_told_of_the_kept_one(cast):
    first, lost, found, began = date(2021, 7, 1), date(2022, 3, 1), date(2024, 5, 1), date(2025, 1, 1)
    absorb = institution(
        cast.officer, credit_code=None, category="subject", site_type=SiteType.CARE, effective_on=first
    )
    for status, on in ((Status.LOST, lost), (Status.NORMAL, found), (Status.SUSPENDED, date(2026, 1, 1))):
        changed(absorb, cast.officer, status, on)
    wrong = queries.last_status_event(changed(absorb, cast.officer, Status.LOST, date(2026, 2, 1)))
    correct_status(event=wrong, by=cast.officer, at=AT, reason="登错")
    keep = institution(cast.officer, effective_on=began)
    merge_institutions(keep=keep, absorb=absorb, reason="重复", by=cast.officer, at=AT + timedelta(hours=1))
    was = "subject", SiteType.CARE
    assert statuses(keep) == [
        (Status.NORMAL, *was, first),
        (Status.LOST, *was, lost),
        (Status.NORMAL, *was, found),
        (Status.NORMAL, "arts", SiteType.TRAINING, began),
    ]
    reasons = StatusEvent.objects.filter(institution=keep, effective_on__lt=began).values_list("reason", flat=True)
    assert set(reasons) == {"合并重复机构"}
    assert queries.operating_on(cast.officer, on=first, category="subject") == 1


def test_one_that_ended_before_the_kept_one_began_is_not_the_same(cast):
    """An institution that has ended never begins again: lists would drop the kept one for good."""
    absorb = institution(cast.officer, credit_code=None, effective_on=date(2021, 7, 1))
    changed(absorb, cast.officer, Status.DEREGISTERED, date(2022, 3, 1))
    keep = institution(cast.officer)
    with pytest.raises(InvalidInput, match="自2022-03-01起注销"):
        merge_institutions(keep=keep, absorb=absorb, reason="重复", by=cast.officer, at=AT)
    assert Institution.objects.current().count() == 2
    merge_institutions(keep=absorb, absorb=keep, reason="重复", by=cast.officer, at=AT)
    assert len(statuses(absorb)) == 2


@pytest.mark.parametrize("who", ["neighbour", "city", "leader", "province", "public"])
def test_others_do_not_merge(cast, pair, who):
    with pytest.raises(NotAllowed):
        merge_institutions(keep=pair[0], absorb=pair[1], reason="x", by=getattr(cast, who), at=AT)
    assert Institution.objects.current().count() == 2


def test_a_pair_judged_different_is_not_proposed_again(cast, pair):
    judge_different(first=pair[1], second=pair[0], reason="两家", by=cast.officer, at=AT)
    assert (queries.lookalikes(cast.officer), queries.judged_different(*pair)) == ([], True)


def test_permits_expire_and_end(cast):
    row = institution(cast.officer)
    permit = add_permit(
        institution=row, kind="non_subject", number="教民135020370001号", issuer="思明区教育局",
        valid_from=date(2024, 1, 1), valid_to=AT.date() + timedelta(days=20), by=cast.officer, at=AT,
    )  # fmt: skip
    assert list(queries.permits_expiring(cast.officer, on=AT.date(), within_days=30)) == [permit]
    assert list(queries.permits_in_force(row, on=AT.date())) == [permit]
    assert list(search.matching(Institution.objects.all(), "350203700")) == [row]
    with pytest.raises(InvalidInput, match="许可编号已登记"):
        add_permit(
            institution=institution(cast.officer), kind="non_subject", number="教民135020370001号",
            issuer="思明区教育局", by=cast.officer, at=AT,
        )  # fmt: skip
    end_permit(permit=permit, ended_on=AT.date(), reason="注销", by=cast.officer, at=AT)
    assert list(queries.permits_in_force(row, on=AT.date())) == []
    with pytest.raises(IllegalTransition):
        end_permit(permit=permit, ended_on=AT.date(), reason="再来", by=cast.officer, at=AT)


def test_a_campus_is_found_until_it_closes_and_the_main_address_cannot_close(cast):
    row = institution(cast.officer)
    campus = open_campus(
        institution=row,
        name="莲花校区",
        division=town(),
        address="莲花二村5号",
        opened_on=AT.date(),
        by=cast.officer,
        at=AT,
    )
    assert list(search.matching(Institution.objects.all(), "莲花")) == [row]
    close_campus(site=campus, closed_on=AT.date(), reason="租约到期", by=cast.officer, at=AT)
    assert list(search.matching(Institution.objects.all(), "莲花")) == []
    with pytest.raises(IllegalTransition, match="核准办学地址不能停用"):
        close_campus(site=row.sites.get(kind="main"), closed_on=AT.date(), reason="x", by=cast.officer, at=AT)


def test_coverage_of_the_national_platform(cast):
    institution(cast.officer, platform_id="QG1")
    institution(cast.officer)
    assert queries.platform_coverage(cast.officer) == (1, 2)
