"""The command on the demo: no false alarm, exit code 0; then something planted, exit code 1."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command

from foundation.core import clock
from institutions.models import Institution
from publicity.models import Finding, PublicCheck
from publicity.operations.checks import start_check
from publicity.rules import CHECKER

BET = "365防伪查询系统_bet3365标准版_365bet大陆网站"


def run(*options: str) -> str:
    cache.clear()
    out = StringIO()
    try:
        call_command("check_public_pages", *options, stdout=out)
    except SystemExit as ending:
        ending.add_note(out.getvalue())  # what was found, where nothing should be
        raise
    return out.getvalue()


def test_the_command_on_the_small_demo(demo_db):
    report = json.loads(run("--json"))
    assert report["findings"] == []
    assert report["institutions"] == Institution.objects.current().count() > 50
    assert PublicCheck.objects.get().state == "done"
    row = Institution.objects.order_by("pk").first()
    Institution.objects.filter(pk=row.pk).update(address=f"思明区{BET}路1号")
    with pytest.raises(SystemExit) as ended:
        run("--institutions", "0", "--per-shape", "1")
    assert ended.value.code == 1
    [finding] = Finding.objects.all()
    assert (finding.institution_id, finding.field, finding.kind) == (row.pk, "核准办学地址", "planted")
    assert "bet" not in finding.excerpt
    assert "【违规词】" in finding.excerpt


def test_one_check_at_a_time(committed_db):
    start_check(by=CHECKER, at=clock.now())
    with pytest.raises(CommandError, match="正在检查") as refused:
        run()
    assert refused.value.returncode == 2


def test_limits_are_not_negative(committed_db):
    with pytest.raises(CommandError, match="negative"):
        run("--institutions", "-1")
