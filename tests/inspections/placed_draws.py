"""Draws, drawn objects and declared interests for the authorization matrix, of people who are not of the cast."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from foundation.accounts.enums import Duty, Role
from foundation.accounts.models import Organ, Post, User
from foundation.core import clock
from inspections.enums import DrawState
from inspections.models import Draw, DrawCommitment, DrawExclusion, DrawnObject, DrawOfficer, InterestDeclaration
from inspections.queries import pools
from inspections.replaying import draw_objects, pool_hash
from institutions.enums import LegalType, LicenceStatus
from institutions.models import Institution
from tests.authz.relations import Objects, Place
from tests.cast import organ
from tests.inspections.placed import AT_OWN_LEVEL

RULE = "双随机规则1；A级=5%；B级=10%；C级=20%；D级=40%；未评级=20%；每家2人"


def _organ(place: Place) -> Organ:
    made = {"kind": "education"}
    name = f"{place.relation}抽查办"
    return Organ.objects.get_or_create(jurisdiction=place.jurisdiction, name=name, defaults=made)[0]


def _stranger(place: Place, name: str = "planner") -> User:
    given = {"name": "抽查人员", "organ": _organ(place)}
    return User.objects.get_or_create(username=f"draw-{name}-{place.jurisdiction.code}", defaults=given)[0]


def _institution(place: Place) -> Institution:
    at = clock.now()
    return Institution.objects.create(
        jurisdiction=place.jurisdiction, division=place.division, category=place.category,
        name=f"{place.relation}抽查对象", address="测试路4号", legal_type=LegalType.NON_PROFIT,
        licence_status=LicenceStatus.COMPLETE, registered_at=at, changed_at=at,
    )  # fmt: skip


def draw(place: Place, state: str = DrawState.DRAFT, **given) -> Draw:
    """A draw in a state; from FROZEN on with a pool of one institution and no officers."""
    at, stranger = clock.now(), _stranger(place)
    is_drawn = state in (DrawState.DRAWN, DrawState.CHECKED, DrawState.PUBLISHED, DrawState.CLOSED)
    number = "" if state == DrawState.DRAFT else f"SJ-{place.jurisdiction.code}-2026-{9000 + Draw.objects.count()}"
    lines = [f"对象\tX{Draw.objects.count()}\t未评级\t1\t"]
    if is_drawn:
        seed = draw_objects(number, RULE, "1234", lines)[0]
        given |= {"public_number": "1234", "seed": seed, "drawn_by": stranger, "drawn_at": at}
    if state == DrawState.VOIDED:
        given |= {"void_asked_by": stranger, "void_reason": "测试", "void_agreed_by": _stranger(place, "agreeing")}
    row = Draw.objects.create(
        jurisdiction=place.jurisdiction, organ=_organ(place), title="测试抽查", plan="测试", items="测试", state=state,
        state_at=at, planned_by=stranger, number=number, **given,
    )  # fmt: skip
    if number:
        DrawCommitment.objects.create(
            draw=row, rule=RULE, number_source="测试", number_on=clock.local_date(at) + timedelta(days=1),
            pool_sha256=pool_hash(lines), pool=pools.packed(f"{lines[0]}\n"), institutions=pools.packed_ids([1]),
            objects_count=1, officers_count=0, strata={"未评级": [1, 1]}, frozen_by=stranger, frozen_at=at,
        )  # fmt: skip
    return row


def announced(place: Place) -> Draw:
    """Of the place's own bureau, its results before the public."""
    today = clock.today()
    row = draw(place, DrawState.PUBLISHED, checked_on=today, published_on=today)
    Draw.objects.filter(pk=row.pk).update(organ=organ(place.jurisdiction.code))
    return row


def drawn(place: Place, *, paired: bool = True) -> DrawnObject:
    """An object of a draw of the same bureau, with a pair of strangers or without one."""
    row = draw(place, DrawState.DRAWN)
    pair = [_officer(row, place, number) for number in (1, 2)] if paired else [None, None]
    return DrawnObject.objects.create(
        draw=row, institution=_institution(place), code=f"X{row.pk}", stratum="未评级", rank=1, first_officer=pair[0],
        second_officer=pair[1],
    )  # fmt: skip


def _officer(row: Draw, place: Place, number: int) -> DrawOfficer:
    user = _stranger(place, f"officer{number}")
    post = Post.objects.create(
        user=user, organ=user.organ, role=Role.LEGAL_REVIEWER, duty=Duty.BUSINESS, valid_from=clock.today(),
        certificate_no=f"T{number}",
    )  # fmt: skip
    return DrawOfficer.objects.create(draw=row, post=post, number=post.certificate_no)


def excluding(place: Place) -> Draw:
    row = draw(place)
    DrawExclusion.objects.create(
        draw=row, institution=_institution(place), reason="测试", excluded_by=_stranger(place), excluded_at=clock.now()
    )
    return row


def asked_to_void(place: Place) -> Draw:
    return draw(place, DrawState.FROZEN, void_asked_by=_stranger(place, "asking"), void_reason="测试")


def interest(place: Place) -> InterestDeclaration:
    person = _stranger(place, "interested")
    return InterestDeclaration.objects.create(
        person=person, institution=_institution(place), reason="测试", since=clock.today(), declared_by=person,
        declared_at=clock.now(),
    )  # fmt: skip


def public(place: Place) -> dict[str, object]:
    """The number of a published draw."""
    return {"number": draw(place, DrawState.PUBLISHED).number}


frozen, running, checked, published, voided = (
    partial(draw, state=state)
    for state in (DrawState.FROZEN, DrawState.DRAWN, DrawState.CHECKED, DrawState.PUBLISHED, DrawState.VOIDED)
)

#: For ``tests/authz/objects.py``.
OBJECTS: dict[str, Objects] = {
    "admin:inspections_draw": Objects(draw),
    "admin:inspections_draw_include": Objects(excluding),
    "admin:inspections_draw_draw": Objects(frozen),
    "admin:inspections_draw_finish-check": Objects(running),
    "admin:inspections_draw_publish-results": Objects(checked),
    "admin:inspections_draw_close": Objects(published),
    "admin:inspections_draw_notice": Objects(announced, relations=AT_OWN_LEVEL),
    "admin:inspections_draw_ask-void": Objects(frozen),
    "admin:inspections_draw_agree-void": Objects(asked_to_void),
    "admin:inspections_draw_refuse-void": Objects(asked_to_void),
    "admin:inspections_draw_redraw": Objects(voided),
    "admin:inspections_drawnobject": Objects(drawn, place=True, category=True),
    "admin:inspections_drawnobject_pair": Objects(partial(drawn, paired=False), place=True, category=True),
    "admin:inspections_interestdeclaration": Objects(interest, place=True, category=True),
    **dict.fromkeys(
        ["publicity:draw", "publicity:draw_replay", "publicity:draw_pool", "publicity:draw_json"],
        Objects(public, relations=("own",)),
    ),
}
