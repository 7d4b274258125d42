"""Planning a draw, its pool, freezing it: what is fixed, what is refused."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from foundation.accounts.enums import OrganKind
from foundation.accounts.models import Post
from foundation.audit.models import Event
from foundation.core.errors import Conflict, InvalidInput
from inspections.enums import DrawState
from inspections.models import Draw, DrawCommitment
from inspections.operations.interests import declare_interest
from inspections.operations.random_draw import (
    change_draw,
    discard_draw,
    exclude_object,
    freeze_draw,
    include_object,
)
from inspections.queries import draws as queries
from inspections.queries import pools
from institutions.enums import Category
from institutions.operations.status import change_status, set_standing
from tests.cast import CITY, NEIGHBOUR
from tests.inspections.drawing import (
    FACTS,
    FROZEN_AT,
    NUMBER_ON,
    SOURCE,
    frozen,
    graded,
    inspectors,
    kinds,
    planned,
    unchanged,
)
from tests.institutions.factories import institution, town

pytestmark = pytest.mark.django_db
DAY = FROZEN_AT.date()


def test_a_draft_is_not_public_and_has_no_number(cast):
    draw = planned(cast)
    assert (draw.state, draw.number, kinds(draw)) == (DrawState.DRAFT, "", ["draw.planned"])
    assert not queries.public_draws().exists()


def test_the_pool_holds_grade_flag_exclusion_officers_and_what_they_avoid(cast):
    rows = {grade: graded(cast.officer, grade, name=f"思明区{grade or '无'}级培训中心") for grade in ("A", "D", "")}
    flagged = graded(cast.officer, "A", flag="欠费\t退费慢", name="思明区上调培训中心")
    out = institution(cast.officer, at=FROZEN_AT)
    ended = institution(cast.officer, at=FROZEN_AT)
    change_status(
        institution=ended, status="deregistered", effective_on=DAY, reason="注销", by=cast.officer, at=FROZEN_AT
    )
    nameless = institution(cast.officer, credit_code=None, at=FROZEN_AT)
    officers = inspectors(2)
    Post.objects.filter(pk=cast.town.post_id).update(certificate_no="闽T1")
    local = Post.objects.get(pk=cast.town.post_id)
    draw = planned(cast, officers=[*officers, local])
    exclude_object(draw=draw, institution=out, reason="上月刚检查\n已公示", by=cast.officer, at=FROZEN_AT)
    declare_interest(
        person=officers[0].user, institution=rows["D"], reason="配偶任职", since=DAY, by=cast.officer, at=FROZEN_AT
    )
    draw = frozen(cast, draw)
    here = town().code
    objects = {
        rows["A"].credit_code: "A级\t{}\t",
        rows["D"].credit_code: "D级\t{}\t",
        rows[""].credit_code: "未评级\t{}\t",
        flagged.credit_code: "B级\t{}\t原A级，风险标记：欠费 退费慢",
        nameless.public_id: "未评级\t{}\t",
    }
    assert pools.lines_of(draw.commitment) == [
        *(f"对象\t{code}\t{rest.format(here)}" for code, rest in sorted(objects.items())),
        f"排除\t{out.credit_code}\t上月刚检查 已公示",
        f"人员\t闽D0001\t\t{rows['D'].credit_code}",
        "人员\t闽D0002\t\t",
        f"人员\t闽T1\t{here}\t",
    ]
    assert pools.institution_ids(draw.commitment)[0] in {row.pk for row in (*rows.values(), flagged, nameless)}


def test_freezing_publishes_the_hash_of_the_file_the_rule_and_the_number_to_come(cast):
    graded(cast.officer, "C")
    draw = frozen(cast)
    held = DrawCommitment.objects.get(draw=draw)
    file = "".join(f"{line}\n" for line in pools.lines_of(held)).encode()
    assert held.pool_sha256 == hashlib.sha256(file).hexdigest()
    assert held.rule == "双随机规则1；A级=5%；B级=10%；C级=20%；D级=40%；未评级=20%；每家2人"
    assert (draw.number, draw.state) == ("SJ-350203-2026-0001", DrawState.FROZEN)
    assert (held.number_source, held.number_on, held.strata) == (SOURCE, NUMBER_ON, {"C级": [1, 1]})
    event = Event.objects.get(kind="draw.frozen")
    assert event.changes["pool_sha256"] == [None, held.pool_sha256]
    assert [each.number for each in queries.public_draws()] == [draw.number]


def test_numbers_follow_each_other_without_gaps_whatever_became_of_drafts(cast):
    institution(cast.officer, at=FROZEN_AT)
    officers = inspectors()
    first, given_up, second = (planned(cast, officers=officers) for _ in range(3))
    discard_draw(draw=given_up, by=cast.officer, at=FROZEN_AT)
    assert [frozen(cast, draw).number[-4:] for draw in (second, first)] == ["0001", "0002"]


def test_filters_choose_by_category_town_and_site(cast):
    arts, sport = (institution(cast.officer, category=c, at=FROZEN_AT) for c in (Category.ARTS, Category.SPORT))
    care = institution(cast.officer, site_type="care", at=FROZEN_AT)
    other_town = town().parent.children.order_by("code")[1]
    elsewhere = institution(cast.officer, division=other_town, at=FROZEN_AT)
    institution(cast.neighbour, county=NEIGHBOUR, at=FROZEN_AT)
    officers = inspectors()

    def chosen(**given) -> set[int]:
        return set(pools.pool_of(planned(cast, officers=officers, **given), on=DAY).ids)

    assert chosen() == {arts.pk, sport.pk, care.pk, elsewhere.pk}
    assert chosen(categories=[Category.SPORT]) == {sport.pk}
    assert chosen(site_type="care") == {care.pk}
    assert chosen(areas=[other_town.pk]) == {elsewhere.pk}


def test_a_city_draws_from_all_its_counties(cast):
    rows = {institution(cast.officer, at=FROZEN_AT).pk}
    rows.add(institution(cast.neighbour, county=NEIGHBOUR, at=FROZEN_AT).pk)
    draw = planned(cast, by=cast.city, officers=inspectors(code=CITY, kind=OrganKind.CULTURE))
    assert (draw.jurisdiction.code, set(pools.pool_of(draw, on=DAY).ids)) == (CITY, rows)


def test_the_preview_counts_what_will_be_frozen(cast):
    for grade in ("A", "A", "B", ""):
        graded(cast.officer, grade)
    graded(cast.officer, "A", flag="欠费")
    out = graded(cast.officer, "D")
    draw = planned(cast)
    exclude_object(draw=draw, institution=out, reason="停业", by=cast.officer, at=FROZEN_AT)
    seen = [(e.label, e.objects, e.sample, e.flagged, e.excluded) for e in pools.preview(draw, on=DAY)]
    assert seen == [
        ("A级", 2, 1, 0, 0),
        ("B级", 2, 1, 1, 0),
        ("C级", 0, 0, 0, 0),
        ("D级", 0, 0, 0, 1),
        ("未评级", 1, 1, 0, 0),
    ]
    assert frozen(cast, draw).commitment.strata == {"A级": [2, 1], "B级": [2, 1], "未评级": [1, 1]}


@pytest.mark.parametrize("grade", ["B", "C", "D"])
def test_a_grade_that_is_over_no_longer_counts(cast, grade):
    row = graded(cast.officer, "A")
    set_standing(
        institution=row, kind="grade", value=grade, effective_on=DAY, reason="重评", by=cast.leader, at=FROZEN_AT
    )
    assert pools.pool_of(planned(cast), on=DAY).lines[0].split("\t")[2] == f"{grade}级"


def test_changing_a_draft_changes_conditions_and_officers(cast):
    institution(cast.officer, at=FROZEN_AT)
    draw = planned(cast)
    fewer = list(Post.objects.filter(certificate_no__in=["闽D0001", "闽D0002"]))
    change_draw(draw=draw, facts={"ratio_c": 30, "title": "改名"}, officers=fewer, by=cast.officer, at=FROZEN_AT)
    draw.refresh_from_db()
    assert (draw.ratio_c, draw.title, draw.plan) == (30, "改名", FACTS["plan"])
    event = Event.objects.get(kind="draw.changed")
    assert event.changes["ratio_c"] == [20, 30]
    assert event.changes["officers"][1] == ["闽D0001", "闽D0002"]
    frozen(cast, draw)
    unchanged(draw, lambda: change_draw(draw=draw, facts=FACTS, officers=fewer, by=cast.officer, at=FROZEN_AT))
    other = institution(cast.officer)
    unchanged(draw, lambda: exclude_object(draw=draw, institution=other, reason="晚了", by=cast.officer, at=FROZEN_AT))


def test_an_exclusion_needs_a_reason_and_can_be_taken_back(cast):
    row, draw = institution(cast.officer, at=FROZEN_AT), planned(cast)
    unchanged(
        draw,
        lambda: exclude_object(draw=draw, institution=row, reason=" ", by=cast.officer, at=FROZEN_AT),
        InvalidInput,
        "理由",
    )
    exclude_object(draw=draw, institution=row, reason="停业", by=cast.officer, at=FROZEN_AT)
    unchanged(
        draw,
        lambda: exclude_object(draw=draw, institution=row, reason="停业", by=cast.officer, at=FROZEN_AT),
        InvalidInput,
        "已排除",
    )
    include_object(draw=draw, institution=row, by=cast.officer, at=FROZEN_AT)
    unchanged(draw, lambda: include_object(draw=draw, institution=row, by=cast.officer, at=FROZEN_AT), Conflict)
    assert kinds(draw) == ["draw.planned", "draw.excluded", "draw.included"]


@pytest.mark.parametrize("given", [{"ratio_a": 0}, {"ratio_d": 101}, {"title": ""}, {"plan": ""}, {"avoid_recent": 13}])
def test_a_plan_that_says_nothing_or_no_percentage_is_refused(cast, given):
    with pytest.raises(InvalidInput):
        planned(cast, **given)
    assert not Draw.objects.exists()


def test_officers_have_certificates_are_of_the_area_and_at_least_two(cast):
    officers = inspectors(2)
    foreign = inspectors(1, code=NEIGHBOUR)[0]
    no_certificate = Post.objects.get(pk=cast.officer.post_id)
    for chosen in ([officers[0]], [officers[0], foreign], [*officers, no_certificate], [officers[0], officers[0]]):
        with pytest.raises(InvalidInput) as refused:
            planned(cast, officers=chosen)
        assert set(refused.value.fields) == {"officers"}
    Post.objects.filter(pk=officers[1].pk).update(certificate_no="闽D0001")
    with pytest.raises(InvalidInput, match="相同"):
        planned(cast, officers=[officers[0], Post.objects.get(pk=officers[1].pk)])


@pytest.mark.parametrize("change", [{"valid_to": DAY - timedelta(days=1)}, {"certificate_no": "闽D9999"}])
def test_an_officer_who_left_since_is_named_at_freezing(cast, change):
    institution(cast.officer, at=FROZEN_AT)
    draw = planned(cast)
    Post.objects.filter(certificate_no="闽D0001").update(**change)
    unchanged(draw, lambda: frozen(cast, draw), InvalidInput, "执法员1")


def test_nothing_is_frozen_without_objects_source_or_a_later_day(cast):
    draw = planned(cast)
    unchanged(draw, lambda: frozen(cast, draw), InvalidInput, "没有符合的机构")
    institution(cast.officer, at=FROZEN_AT)
    for source, on in ((" ", NUMBER_ON), (SOURCE, DAY), (SOURCE, DAY - timedelta(days=1))):
        unchanged(
            draw,
            lambda source=source, on=on: freeze_draw(
                draw=draw, number_source=source, number_on=on, by=cast.officer, at=FROZEN_AT
            ),
            InvalidInput,
        )


def test_the_database_itself_wants_the_number_after_freezing(cast):
    institution(cast.officer, at=FROZEN_AT)
    held = frozen(cast).commitment
    other = planned(cast, officers=list(Post.objects.filter(certificate_no__startswith="闽D")))
    held.pk, held.draw, held.number_on = None, other, DAY
    with pytest.raises(IntegrityError, match="draw_number_after_freezing"), transaction.atomic():
        held.save(force_insert=True)


def test_what_was_frozen_cannot_be_changed(cast):
    institution(cast.officer, at=FROZEN_AT)
    frozen(cast)
    for act in (
        lambda: DrawCommitment.objects.update(rule="双随机规则1；A级=100%"),
        lambda: DrawCommitment.objects.all().delete(),
    ):
        with pytest.raises(Exception, match=r"append-only|permission denied"), transaction.atomic():
            act()
