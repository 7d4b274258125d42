"""A draw over 200,000 institutions, replayed by the public page, the script and the command; one pool line changed.

``script/prove draw_large`` runs it at full size, a run of all tests with 2,000 institutions.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from bench import filled
from bench.draw import grade, people
from foundation.core import clock
from inspections.models import Draw
from inspections.operations.random_draw import freeze_draw, plan_draw, run_draw
from inspections.queries import draws as queries
from inspections.queries import pools
from tests.inspections.drawing import tampered
from tests.inspections.test_draw_races import said, verified

ROOT = Path(__file__).resolve().parents[2]
ROWS = 200_000 if os.environ.get("PROVE_FULL") == "1" else 2_000
NUMBER = "03081217263109"


def drawn() -> Draw:
    by, now = people(), clock.now()
    facts = {"title": "抽查", "plan": "计划", "items": "事项"}
    officers = list(queries.possible_officers(by, on=clock.today()))
    draw = plan_draw(facts=facts, officers=officers, by=by, at=now)
    later = now + timedelta(days=1)
    draw = freeze_draw(draw=draw, number_source="双色球", number_on=clock.local_date(later), by=by, at=now)
    return run_draw(draw=draw, public_number=NUMBER, by=by, at=later)


def by_script(content: bytes, folder: Path) -> subprocess.CompletedProcess[str]:
    file = folder / "draw.json"
    file.write_bytes(content)
    command = [sys.executable, "-I", ROOT / "docs/verify_draw.py", file]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def timed(what: str, act):
    began = time.monotonic()
    result = act()
    sys.stdout.write(f"{what}: {time.monotonic() - began:.1f} s\n")
    return result


@pytest.mark.slow
@pytest.mark.prove
def test_three_replays_of_a_large_draw_agree_and_all_see_a_changed_line(committed_db, tmp_path):
    filled.fill(ROWS)
    grade(ROWS)
    draw = timed(f"{ROWS:,} institutions frozen, drawn and stored", drawn)
    paths = [f"/draws/{draw.number}.json", f"/draws/{draw.number}/replay/"]
    with clock.set_to(clock.now() + timedelta(days=2)):
        assert timed("command", lambda: verified(draw.number)).startswith("一致：")
        file, page = (timed(path, lambda path=path: Client().get(path).content) for path in paths)
        script = timed("script", lambda: by_script(file, tmp_path))
    assert (script.returncode, script.stdout.splitlines()[-1][:2]) == (0, "一致")
    assert f"一致（名册 {len(pools.lines_of(draw.commitment))} 行，抽中 {draw.drawn.count()} 家）" in page.decode()
    lines = pools.lines_of(draw.commitment)
    kind, code, *rest = lines[0].split("\t")
    lines[0] = "\t".join([kind, code[::-1], *rest])
    tampered("UPDATE inspections_drawcommitment SET pool = %s", pools.packed("".join(f"{line}\n" for line in lines)))
    with clock.set_to(clock.now() + timedelta(days=2)):
        found = said(draw.number)
        file, page = (Client().get(path).content for path in paths)
    assert found[0].startswith("名册：校验值为")
    assert "不一致" in page.decode()
    script = by_script(file, tmp_path)
    assert (script.returncode, script.stdout.splitlines()[0]) == (1, found[0])
