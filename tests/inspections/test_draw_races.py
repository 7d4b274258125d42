"""Two people at the same moment, and somebody with the owner's login, on real PostgreSQL."""

from __future__ import annotations

import json
import subprocess
import sys
import zlib
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from foundation.audit.models import Event
from foundation.core import clock
from inspections.enums import DrawState
from inspections.models import Draw, DrawCommitment
from inspections.operations.random_draw import run_draw
from inspections.operations.voiding import agree_void, ask_void
from inspections.queries import draws as queries
from inspections.queries import pools
from inspections.replaying import pool_hash
from tests.cast import build_cast
from tests.inspections.drawing import (
    DRAWN_AT,
    FROZEN_AT,
    NUMBER,
    frozen,
    graded,
    in_state,
    inspectors,
    planned,
    run,
    tampered,
)
from tests.institutions.factories import institution
from tests.racing import together

ROOT = Path(__file__).resolve().parents[2]


def test_of_two_who_draw_at_once_one_draws(committed_db):
    cast = build_cast()
    draw = in_state(cast, DrawState.FROZEN)
    answers = together(
        *(
            lambda by=by, number=number: run_draw(draw=draw, public_number=number, by=by, at=DRAWN_AT).state
            for by, number in ((cast.officer, NUMBER), (cast.city, "99 99 99"))
        )
    )
    assert sorted(answers) == ["IllegalTransition", DrawState.DRAWN]
    draw.refresh_from_db()
    assert Event.objects.filter(kind="draw.drawn").count() == 1
    assert queries.verify(draw) == []


def test_of_two_who_freeze_at_once_one_freezes(committed_db):
    cast = build_cast()
    draw = in_state(cast, DrawState.DRAFT)
    answers = together(*(lambda: frozen(cast, draw).state for _ in range(2)))
    assert sorted(answers) == ["IllegalTransition", DrawState.FROZEN]
    assert DrawCommitment.objects.count() == 1


def test_two_draws_frozen_at_once_get_two_numbers(committed_db):
    cast = build_cast()
    institution(cast.officer, at=FROZEN_AT)
    officers = inspectors()
    drafts = [planned(cast, officers=officers) for _ in range(2)]
    answers = together(*(lambda draw=draw: frozen(cast, draw).number for draw in drafts))
    assert sorted(answers) == ["SJ-350203-2026-0001", "SJ-350203-2026-0002"]


def test_drawing_and_asking_to_void_at_once_leave_a_whole_draw(committed_db):
    cast = build_cast()
    draw = in_state(cast, DrawState.FROZEN)
    together(
        lambda: run(cast, draw).state, lambda: ask_void(draw=draw, reason="设错", by=cast.city, at=DRAWN_AT).void_reason
    )
    draw.refresh_from_db()
    assert draw.void_asked_by_id == cast.city.user_id
    assert (draw.state == DrawState.DRAWN) == bool(draw.seed)
    assert agree_void(draw=draw, by=cast.leader, at=DRAWN_AT).state == DrawState.VOIDED


def verified(number: str, **given) -> str:
    out = StringIO()
    call_command("verify_draw", number, stdout=out, **given)
    return out.getvalue()


def said(number: str, **given) -> list[str]:
    """What ``verify_draw`` names while it fails."""
    out = StringIO()
    with pytest.raises(CommandError, match=r"不一致："):
        call_command("verify_draw", number, stdout=out, **given)
    return out.getvalue().splitlines()


def a_draw(cast) -> Draw:
    for grade in "ABCD" * 5:
        graded(cast.officer, grade)
    return run(cast)


def test_a_changed_pool_line_is_named_by_command_script_and_public_page(committed_db, tmp_path):
    """One line of the frozen pool is changed by the owner: all three say so."""
    cast = build_cast()
    draw = a_draw(cast)
    lines = pools.lines_of(draw.commitment)
    kept = tmp_path / "pool.txt"
    kept.write_bytes(zlib.decompress(draw.commitment.pool))
    assert verified(draw.number).startswith("一致：")
    assert verified(draw.number, pool=kept).startswith("一致：")
    lines[0] = lines[0].replace("A级", "D级")
    tampered("UPDATE inspections_drawcommitment SET pool = %s", pools.packed("".join(f"{line}\n" for line in lines)))
    found = said(draw.number, pool=kept)
    assert found[0].startswith("名册：校验值为")
    assert f"名册第1行：原名册没有“{lines[0]}”" in found
    with clock.set_to(DRAWN_AT):
        page = Client().get(f"/draws/{draw.number}/replay/").content.decode()
        file = Client().get(f"/draws/{draw.number}.json").content
    assert "不一致" in page
    assert found[0].partition("，与")[0] in page
    (tmp_path / "draw.json").write_bytes(file)
    command = [sys.executable, "-I", ROOT / "docs/verify_draw.py", tmp_path / "draw.json", kept]
    script = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (script.returncode, script.stdout.splitlines()[:-1]) == (1, found)


def test_pool_and_hash_changed_together_are_caught_by_the_trail(committed_db):
    cast = build_cast()
    draw = a_draw(cast)
    lines = [line.replace("\tA级\t", "\tD级\t") for line in pools.lines_of(draw.commitment)]
    tampered(
        "UPDATE inspections_drawcommitment SET pool = %s, pool_sha256 = %s",
        pools.packed("".join(f"{line}\n" for line in lines)),
        pool_hash(lines),
    )
    assert any(sentence.startswith("冻结记录：") for sentence in said(draw.number))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE inspections_draw SET public_number = '1234'", "种子："),
        ("UPDATE inspections_draw SET number = 'SJ-350203-2026-0009'", "种子："),
        ("UPDATE inspections_drawnobject SET rank = rank + 100", "位次："),
        ("DELETE FROM inspections_drawnobject WHERE stratum = 'A级'", "对象："),
        ("UPDATE inspections_drawcommitment SET rule = replace(rule, 'D级=40', 'D级=20')", "种子："),
        (
            "UPDATE inspections_drawnobject SET first_officer_id = second_officer_id, "
            "second_officer_id = first_officer_id",
            "检查人员：",
        ),
    ],
)
def test_whatever_is_changed_is_named(committed_db, change, named):
    cast = build_cast()
    a_draw(cast)
    tampered(change)
    number = Draw.objects.get().number
    assert any(sentence.startswith(named) for sentence in said(number))


def test_the_command_refuses_what_it_does_not_know(committed_db):
    with pytest.raises(CommandError, match="no frozen draw"):
        call_command("verify_draw", "SJ-1")


def test_the_published_file_holds_no_name_and_no_reason_of_an_interest(committed_db):
    cast = build_cast()
    draw = a_draw(cast)
    text = json.dumps(queries.published(draw), ensure_ascii=False)
    assert "执法员" not in text
    assert "经办人" not in text
