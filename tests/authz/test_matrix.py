"""The whole portal against its matrix, and proof that the comparison sees what it should."""

from __future__ import annotations

import os
from types import ModuleType

import pytest
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path

from foundation.audit.admin import EventAdmin
from foundation.audit.models import DailyRoot
from foundation.core import clock
from shuanjian.urls import urlpatterns
from tests.authz.matrix import MATRIX
from tests.authz.policies import ROLES, STAFF, Public, Roles, Rows
from tests.authz.routes import METHODS, routes
from tests.authz.walker import Target, Walker, classify, stale, undeclared

pytestmark = pytest.mark.django_db
FULL = os.environ.get("PROVE_FULL") == "1"


def urlconf(*patterns) -> ModuleType:
    conf = ModuleType("urls_of_a_test")
    conf.urlpatterns = list(patterns)
    return conf


#: Who reads the log; the others are refused at the door.
AUDITORS = ("discipline", "auditor")


def audit_routes():
    return [route for route in routes() if route.name in ("admin:audit_event_changelist", "admin:audit_event_change")]


def test_every_url_is_declared():
    assert undeclared(routes(), MATRIX) == [], "declare them in tests/authz/matrix.py, see tests/authz/README.md"


def test_every_declaration_has_a_url():
    assert stale(routes(), MATRIX) == []


def test_the_declared_roles_are_the_cast(cast):
    assert set(cast.everyone()) == ROLES


@pytest.mark.prove
def test_the_portal_answers_as_declared(cast, record_property):
    """Every URL and every role; a run asks a part of the questions, ``script/prove matrix`` all of them."""
    report = Walker(cast, MATRIX, whole=FULL).walk(routes())
    record_property("authz_cells", report.cells)
    assert not report.differences, report.said()


# -- controls: each protection taken away must show ----------------------------------------------------------------
def test_control_audit_rows_are_as_declared(cast):
    report = Walker(cast, MATRIX).walk(audit_routes())
    assert (report.cells, report.differences) == (2 * (19 + 19 + 3 * len(AUDITORS) + 19 - len(AUDITORS)), [])


def test_control_rows_of_everybody_show(cast, monkeypatch):
    monkeypatch.setattr("foundation.core.admin.RegisterAdmin.visible", lambda self, actor: self.model.objects.all())
    differences = Walker(cast, MATRIX).walk(audit_routes()).differences
    asked = [(method, role) for role in ("discipline", "auditor") for method in ("GET", "POST")]
    assert [line.partition(": ")[0] for line in differences] == [
        f"admin:audit_event_change {method} {role} other_city" for method, role in asked
    ]


def test_control_rows_of_everybody_show_in_some_sample(cast, monkeypatch):
    monkeypatch.setattr("foundation.core.admin.RegisterAdmin.visible", lambda self, actor: self.model.objects.all())
    walker, found = Walker(cast, MATRIX, whole=False), set[str]()
    for turn in range(32):
        monkeypatch.setattr("tests.sampling.turn", lambda turn=turn: turn)
        found |= {line.partition(": ")[0].split(" ", 2)[2] for line in walker.walk(audit_routes()).differences}
    assert found == {f"{role} other_city" for role in AUDITORS}


def test_samples_ask_everything_in_time_and_each_role_every_time(cast, monkeypatch):
    policy, roles = Rows(view=STAFF, roles={"officer", "leader", "city"}), sorted(ROLES)
    walker, seen = Walker(cast, MATRIX, whole=False), dict[str, set[tuple[str, str]]]()
    for turn in range(80):
        monkeypatch.setattr("tests.sampling.turn", lambda turn=turn: turn)
        for part in ("own", "elsewhere", "nowhere"):
            asked = walker._questions("one", policy, Target("/one/1/", part), roles, part=part)
            assert part != "own" or set(asked) == ROLES
            seen.setdefault(part, set()).update((role, way) for role, ways in asked.items() for way in ways)
    everything = {(role, method) for role in ROLES for method in METHODS}
    assert seen == dict.fromkeys(("own", "elsewhere", "nowhere"), everything)


def test_control_a_rule_that_always_agrees_shows(cast, monkeypatch):
    monkeypatch.setattr(EventAdmin, "view_rule", lambda actor: True)
    differences = Walker(cast, MATRIX).walk(audit_routes()).differences
    assert [line for line in differences if "GET officer own: declared 403, got ok" in line] != []


def test_control_a_stray_view_is_undeclared():
    conf = urlconf(*urlpatterns, path("back/door/", lambda request: None, name="back_door"))
    assert undeclared(routes(conf), {**MATRIX, **dict.fromkeys(r.name for r in routes())}) == [
        "back_door   (/back/door/)"
    ]
    assert stale(routes(), {"gone": Public()}) == ["gone"]


def test_control_an_unnamed_view_is_undeclared_too():
    conf = urlconf(path("nameless/", lambda request: None))
    assert undeclared(routes(conf), MATRIX) == ["/nameless/   (/nameless/)"]


def _walk_one(cast, settings, view, *, route="one/", policy=None):
    settings.ROOT_URLCONF = urlconf(*urlpatterns, path(route, view, name="one"))
    found = [route for route in routes() if route.name == "one"]
    return Walker(cast, {"one": policy or Public(post="same")}).walk(found).differences


def test_control_a_get_that_writes_shows(cast, settings):
    def write(request):
        DailyRoot.objects.create(stream="x", day=clock.today(), first_no=1, last_no=0, root="", made_at=clock.now())
        return HttpResponse()

    assert "one GET officer: answered ok and wrote to audit_dailyroot" in _walk_one(cast, settings, write)
    assert DailyRoot.objects.count() == 0


def test_control_a_refusal_that_writes_shows(cast, settings):
    def write(request):
        DailyRoot.objects.create(stream="x", day=clock.today(), first_no=1, last_no=0, root="", made_at=clock.now())
        return HttpResponse(status=403)

    differences = _walk_one(cast, settings, write, policy=Roles(roles=set()))
    assert "one POST officer: answered 403 and wrote to audit_dailyroot" in differences


def test_control_a_crash_shows(cast, settings):
    def crash(request):
        raise ZeroDivisionError("of all things")

    assert "declared ok, got 500 ZeroDivisionError: of all things" in _walk_one(cast, settings, crash)[0]


def test_control_what_one_question_breaks_is_whole_for_the_next(cast, settings):
    def clash(request):
        for _ in range(2):
            DailyRoot.objects.create(stream="x", day=clock.today(), first_no=1, last_no=0, root="", made_at=clock.now())

    differences = _walk_one(cast, settings, clash)
    assert len([line for line in differences if "got 500 IntegrityError" in line]) == len(METHODS) * len(ROLES)


def test_control_an_object_without_a_factory_says_how(cast, settings):
    [difference] = _walk_one(cast, settings, lambda request, pk: HttpResponse(), route="one/<int:pk>/")
    assert difference.startswith("one takes pk, and tests/authz/objects.py has no factory for it")


@pytest.mark.parametrize(
    ("response", "answer"),
    [
        (HttpResponse(), "ok"),
        (HttpResponseRedirect("/lists/"), "ok"),
        (HttpResponseRedirect("/accounts/login/?next=/admin/"), "login"),
        (HttpResponseRedirect("https://elsewhere.example/"), "outside"),
        (HttpResponse(status=401), "login"),
        (HttpResponse(status=404), "404"),
    ],
)
def test_answers_are_classed(response, answer):
    assert classify(response) == answer
