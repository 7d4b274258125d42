"""The hostile surroundings bite: each is met on purpose."""

from __future__ import annotations

import socket
import time
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.template import Context, Origin, Template, engines
from django.test import TestCase, TransactionTestCase, override_settings

from foundation.accounts.models import Post, User
from foundation.regions.models import Division, Jurisdiction
from tests import databases
from tests.surroundings import ROOT, NetworkRefused, UndefinedVariable, WideLock, reason_to_refuse


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("example.org", 80), ("::ffff:192.0.2.1", 80)])
def test_no_other_machine_can_be_reached(address):
    with socket.socket() as plain, pytest.raises(NetworkRefused):
        plain.connect(address)
    with pytest.raises(NetworkRefused):
        socket.create_connection(address, timeout=0.1)


def test_this_machine_can_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()[:2]) as link:
        assert link.getpeername() == server.getsockname()


def rendered(source: str, where: str, **context) -> str:
    engine = engines["django"].engine
    return Template(source, origin=Origin(str(where)), engine=engine).render(Context(context))


def test_an_undefined_variable_fails_in_our_templates():
    with pytest.raises(UndefinedVariable, match=r"own\.html: \{\{ nobody\.name \}\} is not defined"):
        rendered("{{ nobody.name }}", ROOT / "templates/own.html")


@pytest.mark.parametrize(
    "source", ["{{ nobody }}", "{% include inner %}", "{{ nobody|upper }}", "{% if x %}{% else %}{{ y }}{% endif %}"]
)
def test_it_is_found_wherever_it_stands(source):
    inner = engines["django"].engine.from_string("{{ nobody }}")
    with pytest.raises(UndefinedVariable):
        rendered(source, ROOT / "phone/templates/own.html", inner=inner)


def test_it_is_found_by_an_engine_that_django_built_anew():
    with override_settings(DEBUG=True):
        pass
    with pytest.raises(UndefinedVariable):
        rendered("{{ nobody }}", ROOT / "templates/own.html")


@pytest.mark.parametrize("source", ["{{ x|default:'-' }}", "{% if x %}a{% endif %}-", "{% for a in x %}b{% endfor %}-"])
def test_asking_whether_something_is_there_is_fine(source):
    assert rendered(source, ROOT / "templates/own.html") == "-"


def test_a_packages_template_is_tolerated_as_in_production():
    assert rendered("[{{ nobody|upper }}]", "/venv/lib/site-packages/unfold/templates/a.html") == "[]"
    assert rendered("[{{ nobody }}]", ROOT / ".venv/lib/site-packages/unfold/templates/a.html") == "[]"


@pytest.mark.django_db
def test_rows_without_an_order_come_shuffled():
    plain = [list(Jurisdiction.objects.values_list("pk", flat=True)) for _ in range(3)]
    rows = [[row.pk for row in Jurisdiction.objects.all()] for _ in range(3)]
    assert len({tuple(found) for found in plain + rows}) > 1
    ordered = [list(Jurisdiction.objects.order_by("code").values_list("pk", flat=True)) for _ in range(3)]
    assert ordered[0] == ordered[1] == ordered[2]


@pytest.mark.django_db
def test_other_queries_are_left_alone():
    counties = Division.objects.filter(level="county")
    assert counties.count() == len(counties.distinct()) == len(counties.union(counties))
    assert counties.exists()
    assert counties.filter(pk__in=counties.values("pk")).first() is not None
    assert len(set(counties.values_list("level", flat=True).distinct())) == 1


@pytest.mark.django_db
def test_a_lock_that_spreads_over_joins_is_refused():
    joined = Post.objects.select_related("organ").order_by("pk")
    with transaction.atomic():
        with pytest.raises(WideLock, match="it would lock accounts_organ, accounts_post"):
            list(joined.select_for_update())
        assert list(joined.select_for_update(of=("self",))) == []
        assert list(Post.objects.select_for_update().order_by("pk")) == []


def item(*, fixtures=(), cls=None, **django_db) -> SimpleNamespace:
    marks = [pytest.mark.django_db(**django_db).mark] if django_db else []
    return SimpleNamespace(fixturenames=list(fixtures), cls=cls, iter_markers=lambda name: marks)


def test_tests_that_flush_are_refused():
    assert reason_to_refuse(item(transaction=True)) == "it is marked django_db(transaction=True)"
    assert reason_to_refuse(item(fixtures=["live_server"])) == "it uses live_server"
    assert reason_to_refuse(item(cls=TransactionTestCase)) == "it is a TransactionTestCase"
    assert reason_to_refuse(item(cls=TestCase)) is None
    assert reason_to_refuse(item(fixtures=["db", "committed_db"], transaction=False)) is None


def test_a_clone_is_made_in_a_moment_and_is_the_sites(committed_db):
    began = time.monotonic()
    name = databases.clone(databases.template(), "commit")
    took = time.monotonic() - began
    databases.drop(name)
    assert took < 5, "a clone takes 10 to 40 ms on a quiet machine; a dump and restore takes longer than this"
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        assert cursor.fetchone() == ("shuanjian_site", committed_db)


def test_a_derived_template_is_filled_once(django_db_setup, django_db_blocker):
    filled = []

    def fill() -> None:
        filled.append(Jurisdiction.objects.create(code="359999", name="试验", level="province"))

    with django_db_blocker.unblock():
        fingerprint = f"{time.time_ns():x}"
        template = databases.derived("test", fingerprint, fill)
        assert databases.derived("test", fingerprint, fill) == template
        clone = databases.clone(template, "commit")
        with databases.pointed_at(clone):
            assert Jurisdiction.objects.filter(code="359999").count() == len(filled) == 1
        databases.drop(clone)
        databases.drop(template)


@pytest.mark.slow
def test_the_demo_template_holds_the_demo(demo_db):
    assert User.objects.filter(is_demo=True).exists()
    assert connection.settings_dict["NAME"] == demo_db
