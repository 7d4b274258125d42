"""双随机: planning a draw, freezing its pool in public, and drawing when the public number is there."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from foundation.accounts.models import Organ, Post
from foundation.audit.record import record
from foundation.core import outbox
from foundation.core.actor import Actor
from foundation.core.bulk import copy_rows
from foundation.core.clock import local_date
from foundation.core.constraints import insert, update
from foundation.core.errors import Conflict, InvalidInput, invalid
from foundation.core.locking import lock
from foundation.core.numbers import next_number
from foundation.core.operation import authorize, operation
from foundation.core.workflow import advance
from foundation.regions.models import Jurisdiction
from inspections import events, notices, workflow
from inspections.models import Draw, DrawCommitment, DrawExclusion, DrawnObject, DrawOfficer
from inspections.models.draws import RATIO_FIELDS
from inspections.queries import draws as draw_queries
from inspections.queries import pools
from inspections.replaying import OBJECT, draw_objects, sha256
from inspections.rules import draws as rules
from institutions.models import Institution

EDITABLE = (
    *("title", "plan", "items", "categories", "areas", "site_type", "avoid_recent"),
    *RATIO_FIELDS.values(),
)
DIGITS = range(4, 61)  # of a public number


@operation
def plan_draw(
    *, facts: Mapping[str, object], officers: Sequence[Post], by: Actor, at: datetime, replaces: Draw | None = None
) -> Draw:
    """Make a draft: what is checked, who may be drawn and in which shares (``EDITABLE``). Nothing is public yet.

    ``replaces`` is the voided draw that this one draws anew. Raises NotAllowed, InvalidInput (nothing said, a ratio
    that is no percentage, fewer than two officers with certificates, officers from elsewhere, drawn anew already).
    """
    authorize(by, rules.can_plan_draws)
    organ = Organ.objects.select_related("jurisdiction").get(pk=by.organ_id)
    place = organ.jurisdiction
    if replaces is not None:
        replaces = lock(Draw, replaces.pk)
        authorize(by, rules.can_redraw, replaces)
        place = replaces.jurisdiction
    row = insert(
        Draw(
            jurisdiction=place,
            organ=organ,
            planned_by_id=by.user_id,
            state_at=at,
            replaces=replaces,
            **{name: facts[name] for name in EDITABLE if name in facts},
        )
    )
    numbers = _set_officers(row, officers, by=by, at=at)
    changes = {"title": [None, row.title], "officers": [None, numbers], "replaces": [None, row.replaces_id]}
    record(events.DRAW_PLANNED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def change_draw(*, draw: Draw, facts: Mapping[str, object], officers: Sequence[Post], by: Actor, at: datetime) -> Draw:
    """Change a draft before its pool is frozen. Raises as ``plan_draw``; NotAllowed once it is frozen."""
    row = lock(Draw, draw.pk)
    authorize(by, rules.can_change_draw, row)
    for name in EDITABLE:
        setattr(row, name, facts.get(name, getattr(row, name)))
    changes: dict[str, object] = update(row, *EDITABLE)
    before = sorted(row.officers.values_list("number", flat=True))
    row.officers.all().delete()
    after = _set_officers(row, officers, by=by, at=at)
    if before != after:
        changes["officers"] = [before, after]
    if changes:
        record(events.DRAW_CHANGED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def exclude_object(*, draw: Draw, institution: Institution, reason: str, by: Actor, at: datetime) -> Draw:
    """Leave an institution out of a draft's pool; it will be published with the reason.

    Raises NotAllowed, InvalidInput (no reason, left out already).
    """
    row = lock(Draw, draw.pk)
    authorize(by, rules.can_change_draw, row)
    if institution.jurisdiction_id not in by.scope:
        raise InvalidInput("该机构不在您的管辖范围内。", code="elsewhere")
    reason = " ".join(reason.split())
    insert(DrawExclusion(draw=row, institution=institution, reason=reason, excluded_by_id=by.user_id, excluded_at=at))
    changes = {"excluded": [None, institution.name]}
    record(events.DRAW_EXCLUDED, subject=row, by=by, at=at, changes=changes, reason=reason)
    return row


@operation
def include_object(*, draw: Draw, institution: Institution, by: Actor, at: datetime) -> Draw:
    """Take an exclusion back before the pool is frozen. Raises NotAllowed, Conflict (it is not left out)."""
    row = lock(Draw, draw.pk)
    authorize(by, rules.can_change_draw, row)
    if not DrawExclusion.objects.filter(draw=row, institution=institution).delete()[0]:
        raise Conflict("该机构没有被排除，请刷新页面。", code="not_excluded")
    changes = {"excluded": [institution.name, None]}
    record(events.DRAW_INCLUDED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def discard_draw(*, draw: Draw, by: Actor, at: datetime) -> Draw:
    """Give a draft up; it was never public and has no number. Raises NotAllowed, IllegalTransition."""
    row = lock(Draw, draw.pk)
    authorize(by, rules.can_run_draw, row)
    fields = advance(row, workflow.DISCARD, at=at)
    changes = update(row, *fields)
    record(events.DRAW_DISCARDED, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def freeze_draw(*, draw: Draw, number_source: str, number_on: date, by: Actor, at: datetime) -> Draw:
    """Fix pool and rule and make them public, with the public number of a later day that will count.

    The pool is that of this very moment. Raises NotAllowed, IllegalTransition, InvalidInput (a day that is not after
    today, no source named, no object, officers whose posts have ended).
    """
    row = lock(Draw, draw.pk)
    authorize(by, rules.can_run_draw, row)
    fields = advance(row, workflow.FREEZE, at=at)
    today = local_date(at)
    if number_on <= today:
        raise invalid("number_on", "公开号码的公布日期必须晚于今天：冻结时号码还不能为任何人所知。")
    if not number_source.strip():
        raise invalid("number_source", "请写明以哪个公开号码为准。")
    _refuse_ended(row, today)
    pool = pools.pool_of(row, on=today)
    if not pool.ids:
        raise InvalidInput("按所设条件没有符合的机构，请修改条件。", code="empty_pool")
    lock(Jurisdiction, row.jurisdiction_id)  # numbers of one bureau are given one after the other
    row.number = _next_number(row.jurisdiction, today)
    changes = update(row, *fields, "number")
    commitment = insert(
        DrawCommitment(
            draw=row,
            rule=pools.rule_text(row),
            number_source=number_source.strip(),
            number_on=number_on,
            pool_sha256=sha256(pool.text),
            pool=pools.packed(pool.text),
            institutions=pools.packed_ids(pool.ids),
            objects_count=len(pool.ids),
            officers_count=pool.officers,
            strata=_sizes(row, pool.sizes),
            frozen_by_id=by.user_id,
            frozen_at=at,
        )
    )
    for name in ("pool_sha256", "rule", "number_source", "number_on", "objects_count"):
        changes[name] = [None, getattr(commitment, name)]
    record(events.DRAW_FROZEN, subject=row, by=by, at=at, changes=changes)
    return row


@operation
def run_draw(*, draw: Draw, public_number: str, by: Actor, at: datetime) -> Draw:
    """Draw objects and officers with the public number, on its day or later; the result is public at once.

    Raises NotAllowed, IllegalTransition (also for the second of two who press at once), Conflict (before the number's
    day, or while voiding is asked for), InvalidInput (not a number).
    """
    row = lock(Draw, draw.pk)
    authorize(by, rules.can_run_draw, row)
    fields = advance(row, workflow.DRAW_OBJECTS, at=at)
    commitment = row.commitment
    if row.void_asked_by_id is not None:
        raise Conflict("这次抽查有待审核的作废申请，审核前不能抽取。", code="void_asked")
    if local_date(at) < commitment.number_on:
        raise Conflict(f"约定的公开号码{commitment.number_on}才公布，此前不能抽取。", code="too_early")
    row.public_number = _digits_of(public_number)
    lines = pools.lines_of(commitment)
    row.seed, drawn = draw_objects(row.number, commitment.rule, row.public_number, lines)
    row.drawn_by_id, row.drawn_at = by.user_id, at
    changes = update(row, *fields, "public_number", "seed", "drawn_by", "drawn_at")
    unpaired = _keep_drawn(row, lines, drawn)
    changes |= {"drawn": [None, len(drawn)], "without_pair": [None, unpaired]}
    record(events.DRAW_DRAWN, subject=row, by=by, at=at, changes=changes)
    outbox.put(notices.DRAW_MOVED, at=at, draw_id=row.pk, notice=notices.DRAW_TO_CHECK.code)
    return row


def _digits_of(text: str) -> str:
    """The digits of a public number in their order, which is what counts; raises InvalidInput for anything else."""
    plain = unicodedata.normalize("NFKC", text)
    digits = "".join(sign for sign in plain if sign in "0123456789")
    if any(sign.isalnum() and sign not in "0123456789" for sign in plain) or len(digits) not in DIGITS:
        raise invalid("public_number", "公开号码只填数字(可有空格和“+”“-”)，4至60位，与公布的完全一致。")
    return digits


def _set_officers(row: Draw, posts: Sequence[Post], *, by: Actor, at: datetime) -> list[str]:
    """Write who may be drawn, one post a person; returns their numbers."""
    allowed = set(draw_queries.possible_officers(by, on=local_date(at)).values_list("pk", flat=True))
    chosen = {post.user_id: post for post in sorted(posts, key=lambda post: post.pk, reverse=True)}
    if any(post.pk not in allowed for post in chosen.values()):
        raise invalid("officers", "检查人员应为本辖区在岗、有执法证的人员。")
    if len(chosen) < 2:
        raise invalid("officers", "请至少选择两名有执法证的检查人员(《行政处罚法》第四十二条)。")
    for post in chosen.values():
        insert(DrawOfficer(draw=row, post=post, number=post.certificate_no.strip()))
    return sorted(post.certificate_no.strip() for post in chosen.values())


def _refuse_ended(row: Draw, today: date) -> None:
    """Officers whose posts have ended, or whose certificate number changed, are named instead of drawn."""
    gone = [
        each.post.user.name
        for each in row.officers.select_related("post__user").order_by("number")
        if (each.post.valid_to and each.post.valid_to < today)
        or not each.post.user.is_active
        or each.post.certificate_no.strip() != each.number
    ]
    if gone:
        raise invalid("officers", f"{'、'.join(gone)}已不在岗或执法证号已变更，请修改检查人员。")


def _sizes(row: Draw, sizes: Mapping[str, int]) -> dict[str, list[int]]:
    """{stratum: [家 in the pool, 家 to be drawn]}."""
    ratios = {stratum.label: getattr(row, field) for stratum, field in RATIO_FIELDS.items()}
    return {label: [size, -(-size * ratios[label] // 100)] for label, size in sizes.items()}


def _next_number(place: Jurisdiction, today: date) -> str:
    return next_number(Draw, f"SJ-{place.code}-{today.year}-")


def _keep_drawn(row: Draw, lines: list[str], drawn: list[tuple]) -> int:
    """Write the drawn objects, all at once; returns how many got no pair."""
    codes = [line.split("\t", 2)[1] for line in lines if line.startswith(f"{OBJECT}\t")]
    institutions = dict(zip(codes, pools.institution_ids(row.commitment), strict=True))
    officers = dict(row.officers.values_list("number", "pk"))
    columns = ("draw_id", "institution_id", "code", "stratum", "rank", "first_officer_id", "second_officer_id")
    empty = ("pair_reason", "result", "follow_up")
    copy_rows(
        DrawnObject,
        (*columns, *empty),
        (
            (row.pk, institutions[code], code, stratum, rank, *(map(officers.get, pair or ("", ""))), "", "", "")
            for code, stratum, rank, pair in drawn
        ),
    )
    return sum(not pair for _, _, _, pair in drawn)
