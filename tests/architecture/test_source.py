"""The house style, read off the source. Each rule has a control: a few bad lines that it must name."""

from __future__ import annotations

import importlib.util
import re

import pytest

from tests.architecture import imports, shape
from tests.architecture.source import ROOT, Module, below, modules

RULES = {
    imports.breaches_between_apps: [
        ("foundation/audit/record.py", "from institutions.models import Institution"),
        ("foundation/core/outbox.py", "import foundation.audit.record"),
        ("institutions/rules.py", "from listings import rules"),
        ("publicity/views.py", "from tests.cast import build_cast"),
    ],
    imports.breaches_inside_apps: [
        ("institutions/operations/sites.py", "from institutions.tasks import KIND", "institutions/tasks.py", ""),
        (
            "listings/rules.py",
            "from .words import x",
            "listings/words.py",
            "from .views import y",
            "listings/views.py",
            "",
        ),
        ("listings/models.py", "from . import queries", "listings/queries.py", ""),
    ],
    imports.impure_leaves: [("listings/enums.py", "from django.db import models")],
    imports.inline_imports: [("listings/views.py", "def page(request):\n    from listings import rules\n")],
    imports.signal_imports: [
        ("listings/apps.py", "from django.db.models.signals import post_save"),
        ("listings/models.py", "from django.db.models import signals"),
    ],
    imports.forbidden_imports: [
        ("listings/views.py", "import psycopg"),
        ("listings/models.py", "from threading import local"),
        ("listings/models.py", "from django.utils.translation import gettext_lazy as _"),
        ("listings/operations/publish.py", "from django.http import HttpRequest"),
    ],
    shape.shapeless_operations: [
        ("listings/operations/a.py", "def publish(*, by: Actor, at: datetime) -> None:\n    'x'\n"),
        ("listings/operations/b.py", "@operation\ndef publish(entry, *, by: Actor, at: datetime) -> None:\n    'x'\n"),
        ("listings/operations/c.py", "@operation\ndef publish(*, at: datetime) -> None:\n    'x'\n"),
        ("listings/operations/d.py", "@operation\ndef publish(*, by: Actor) -> None:\n    'x'\n"),
        ("listings/operations/e.py", "@operation\ndef publish(*, by: Actor, at: datetime) -> None:\n    pass\n"),
        ("listings/operations/f.py", "@operation\ndef publish(*, by: Actor, at: datetime):\n    'x'\n"),
        ("listings/queries.py", "@operation\ndef publish(*, by: Actor, at: datetime) -> None:\n    'x'\n"),
    ],
    shape.unguarded_operations: [("listings/operations/a.py", "@operation\ndef publish(*, by, at):\n    insert(x)\n")],
    shape.writing_doors: [
        ("listings/views.py", "def page(request):\n    Entry.objects.create(a=1)\n"),
        ("listings/admin.py", "def page(request):\n    Entry.objects.filter(pk=1).update(a=1)\n"),
        ("listings/management/commands/fix.py", "entry.save()"),
        ("listings/tasks.py", "constraints.insert(entry)"),
        ("listings/api.py", "Entry.objects.all().delete()"),
    ],
    shape.state_setters: [
        ("listings/operations/a.py", "entry.state = 'x'"),
        ("listings/operations/b.py", "Entry.objects.filter(pk=1).update(state='x')"),
        ("listings/operations/c.py", "setattr(entry, 'state', 'x')"),
    ],
    shape.own_clocks: [
        ("listings/views.py", "timezone.now()"),
        ("listings/views.py", "date.today()"),
        ("listings/operations/a.py", "clock.now()"),
    ],
    shape.sheet_writers: [("listings/views.py", "csv.writer(out)"), ("listings/api.py", "Workbook()")],
    shape.undocumented: [("listings/queries.py", "def entries(actor):\n    return 1\n")],
    shape.bad_names: [
        ("listings/utils.py", ""),
        ("listings/views.py", "def process(x): ..."),
        ("listings/views.py", "class A:\n    def handle(self): ..."),
    ],
    shape.prints: [("listings/views.py", "print(1)")],
    shape.save_overrides: [("listings/models.py", "class A:\n    def save(self): ...")],
    shape.too_long: [
        ("listings/views.py", "x = 1\n" * 401),
        ("listings/views.py", "def a():\n" + "    x = 1\n" * 41),
    ],
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps(rule):
    problems = rule(modules())
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize(("rule", "bad"), [(rule, bad) for rule, samples in RULES.items() for bad in samples])
def test_control_names(rule, bad):
    files = [Module(path, text) for path, text in zip(bad[::2], bad[1::2], strict=True)]
    assert [problem for problem in rule(files) if problem.startswith(files[0].path)], f"{rule.__name__} saw nothing"


def test_what_is_fine_is_fine():
    good = [
        Module(
            "listings/operations/publish.py",
            "from foundation.core.operation import authorize, operation\n"
            "from listings import events, rules\n"
            "@operation\n"
            "def publish(*, entry: Entry, by: Actor, at: datetime) -> Entry:\n"
            "    'Publish an entry.'\n"
            "    return _checked(entry, by)\n"
            "def _checked(entry, by):\n"
            "    authorize(by, rules.can_publish, entry)\n"
            "    constraints.insert(entry)\n",
        ),
        Module("listings/rules.py", "from .models import Entry\n@rule('x')\ndef can_publish(actor, entry): ...\n"),
        Module("listings/models.py", "from .enums import State\nfrom institutions.models import Institution\n"),
        Module("listings/enums.py", "from django.db.models import TextChoices\n"),
        Module("listings/events.py", ""),
        Module("listings/management/commands/publish.py", "class Command:\n    def handle(self): ...\n"),
    ]
    assert {rule.__name__: rule(good) for rule in RULES} == {rule.__name__: [] for rule in RULES}


def test_most_files_and_functions_are_short():
    ours = [module for module in modules() if not module.is_migration and module.text]
    assert shape.p90(map(shape.length_of, ours)) <= shape.FILE_P90
    lengths = [shape.function_length(function) for module in ours for function in module.functions()]
    assert shape.p90(lengths) <= shape.FUNCTION_P90


def test_p90():
    assert (shape.p90([1] * 90 + [9] * 10), shape.p90([1] * 91 + [9] * 9), shape.p90([])) == (9, 1, 0)


def test_tests_and_scripts_are_short_too():
    problems = [line for folder in ("tests", "script") for line in shape.too_long(below(ROOT / folder))]
    assert not problems, "\n".join(problems)


def test_psycopg_3_is_absent():
    names = re.findall(r"^([\w.-]+)==", "".join(p.read_text() for p in ROOT.glob("requirements*.txt")), re.M)
    assert "psycopg2-binary" in names
    assert {name for name in names if re.fullmatch(r"psycopg([-_](c|binary|pool))?", name)} == set()
    assert importlib.util.find_spec("psycopg") is None


def test_every_app_of_the_tree_has_its_place_in_the_order():
    apps = {str(path.parent.relative_to(ROOT)).replace("/", ".") for path in ROOT.glob("*/apps.py")}
    apps |= {str(path.parent.relative_to(ROOT)).replace("/", ".") for path in ROOT.glob("foundation/*/apps.py")}
    assert {module.app for module in modules()} >= apps
