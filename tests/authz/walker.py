"""Ask for every URL with every method as everybody about every object, and compare the answers with the matrix."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy, deepcopy
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit
from zlib import crc32

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.core.signals import got_request_exception
from django.db import connection, models, transaction
from django.http import HttpRequest, HttpResponse
from django.template.backends.django import Template
from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import NoReverseMatch, reverse

from foundation.accounts import middleware
from foundation.accounts.actors import actor_for
from foundation.accounts.backends import PeopleBackend
from foundation.core import clock, throttle
from tests import sampling
from tests.authz.objects import CONSTANTS, objects_of
from tests.authz.policies import PUBLIC, REACH, Cell, Policy
from tests.authz.relations import OTHER_CATEGORY, OTHER_TOWN, OWN, Place, places
from tests.authz.routes import METHODS, Route
from tests.cast import Cast

#: A statement that leaves nothing behind: no row, no lock that matters here, no setting of the transaction.
READ = re.compile(r"\s*SELECT\b.*\sFROM \"", re.S)
WRITE = re.compile(r"\s*(?:WITH\b.*?\)\s*)?(INSERT INTO|UPDATE|DELETE FROM|TRUNCATE)\s+\"?(\w+)", re.I | re.S)
#: Tables that are the plumbing of a request, not facts: who is logged in, how often somebody tried.
PLUMBING = frozenset({"django_session", "core_cache", "core_throttle"})


#: A key that no row has.
NO_SUCH_PK = 2_000_000_000


@dataclass(frozen=True)
class Target:
    """One address to ask for; ``relation`` is empty where it names no object."""

    url: str
    relation: str = ""
    place: bool = False
    category: bool = False


@dataclass
class Report:
    """How many cells were asked, and each one that answered otherwise than declared."""

    cells: int = 0
    differences: list[str] = field(default_factory=list)

    def said(self, *, at_most: int = 60) -> str:
        lines = self.differences[:at_most]
        more = len(self.differences) - len(lines)
        head = f"{len(self.differences)} differences in {self.cells} cells:"
        return "\n  ".join([head, *lines, *([f"... and {more} more"] if more else [])])


def undeclared(found: list[Route], matrix: Mapping[str, Policy]) -> list[str]:
    """URLs that exist and are not in the matrix."""
    return sorted({f"{route.name}   ({route.path})" for route in found if route.name not in matrix})


def stale(found: list[Route], matrix: Mapping[str, Policy]) -> list[str]:
    """Names in the matrix that no URL has."""
    return sorted(set(matrix) - {route.name for route in found})


#: One of so many roles is asked about what lies elsewhere, and about what there is not.
LESS = {"elsewhere": 4, "nowhere": 4}


class Walker:
    """Logs the whole cast in once, makes the objects once, and asks.

    Not ``whole``: every role is asked for every URL, by one method, those who get through by GET and POST in turn and
    so are the others; where only one gets through, by both. About an object elsewhere one of four roles is asked and
    one of four of those who are refused at the door about one that there is not. Who and how: ``tests/sampling.py``.
    """

    def __init__(self, cast: Cast, matrix: Mapping[str, Policy], *, whole: bool = True) -> None:
        self.matrix, self.whole = matrix, whole
        self.places = places()
        self.client = Client()
        self.door = Door()
        self.sessions = {role: self._session(role, actor.user_id) for role, actor in cast.everyone().items()}
        self._asking: tuple[str, ...] = ()
        self._drawn: set[tuple] = set()
        self._made: dict[int, dict[str, models.Model | dict[str, object]]] = {}

    def _session(self, role: str, user_id: int | None) -> str:
        """The session cookie of a person who is logged in; empty for the public."""
        if role == PUBLIC:
            return ""
        self.client.force_login(get_user_model().objects.get(pk=user_id))
        self.client.get(reverse("healthz"))  # the first answer dates the session; later ones need not save it again
        return self.client.cookies.pop(settings.SESSION_COOKIE_NAME).value

    def walk(self, found: list[Route]) -> Report:
        """Ask for all of these routes that are declared, at one moment: later, each answer would date its session."""
        report = Report()
        with _quiet(), _people_read_once(), self._drawn_once(), self.door.opened(), clock.set_to(clock.now()):
            for route in found:
                if route.name in self.matrix:
                    self._ask_all(route, self.matrix[route.name], report)
        return report

    @contextmanager
    def _drawn_once(self) -> Iterator[None]:
        """Draw each page once for each role and kind of address: the answer is decided before, drawing is slow."""
        draw = Template.render

        def drawn(template: Template, context: dict | None = None, request: HttpRequest | None = None) -> str:
            key = (self._asking, template.template.name)
            if request is not None and key in self._drawn:  # without a request it is a piece of a page, such as a field
                return ""
            self._drawn.add(key)
            return draw(template, context, request)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Template, "render", drawn)
            yield

    def _ask_all(self, route: Route, policy: Policy, report: Report) -> None:
        try:
            targets = list(self._targets(route))
        except (LookupError, NoReverseMatch) as error:
            report.differences.append(str(error))
            return
        untouched = transaction.savepoint()  # one for all: to set one for each question costs two statements more
        inside = [role for role in self.sessions if not policy.refuses_at_the_door(role)]
        outside = [role for role in self.sessions if role not in inside]
        nowhere = _nowhere(route, targets)
        for number, target in enumerate([*targets, *nowhere]):
            seen = [role for role in inside if _tells(policy, role, target.relation)]
            part = "nowhere" if number >= len(targets) else "elsewhere" if number else "own"
            asked = {"own": self.sessions, "elsewhere": seen, "nowhere": outside}[part]
            for role, methods in self._questions(route.name, policy, target, asked, part=part).items():
                for method in methods:
                    cell = Cell(role, method, target.relation, target.place, target.category)
                    report.cells += 1
                    self._asking = (route.name, method, role if not target.relation else "")
                    expected, (got, writes, touched) = policy.expected(cell), self._ask(role, method, target.url)
                    if touched:
                        _undo(untouched)
                    where = " ".join(filter(None, (route.name, method, role, target.relation)))
                    if got != expected:
                        report.differences.append(f"{where}: declared {expected}, got {got}   ({target.url})")
                    if writes and (method == "GET" or got != "ok"):
                        report.differences.append(f"{where}: answered {got} and wrote to {', '.join(sorted(writes))}")

    def _questions(
        self, name: str, policy: Policy, target: Target, roles: Iterable[str], *, part: str
    ) -> dict[str, tuple[str, ...]]:
        """Whom of these roles to ask for this address, and by which methods."""
        if self.whole:
            return dict.fromkeys(roles, METHODS)
        if part in LESS:
            where = f"{name} {target.relation}"
            roles = [role for role in roles if sampling.taken(f"{where} {role}", one_of=LESS[part], whole=False)]
        through, refused = [], []
        for role in roles:
            cell = Cell(role, "GET", target.relation, target.place, target.category)
            (through if policy.expected(cell) == "ok" else refused).append(role)
        if len(through) == 1 and part == "own":
            return self._in_turn(name, refused, part) | dict.fromkeys(through, METHODS)
        return self._in_turn(name, refused, part) | self._in_turn(name, through, part)

    def _in_turn(self, name: str, roles: list[str], part: str) -> dict[str, tuple[str, ...]]:
        """One method for each, the next for the next one; another one for what there is not than for what there is."""
        first = sampling.turn() + crc32(name.encode()) + (part == "nowhere")
        return {role: (METHODS[(first + number) % len(METHODS)],) for number, role in enumerate(roles)}

    def _targets(self, route: Route) -> Iterator[Target]:
        if not route.arguments:
            yield Target(_url(route, {}))
        elif route.name in CONSTANTS:
            yield Target(_url(route, CONSTANTS[route.name]))
        else:
            yield from self._objects(route)

    def _objects(self, route: Route) -> Iterator[Target]:
        objects = objects_of(route.name)
        if objects is None:
            raise LookupError(
                f"{route.name} takes {', '.join(route.arguments)}, and tests/authz/objects.py has no factory for it: "
                f'add  "{route.name}": Objects(make)  where make(place) returns the row, or a dict of the arguments'
            )
        made = self._made.setdefault(id(objects), {})
        for place in self.places:
            if place.relation in objects.relations:
                if place.relation not in made:
                    made[place.relation] = objects.make(place)
                kwargs = _kwargs(route, made[place.relation], place)
                yield Target(_url(route, kwargs), place.relation, objects.place, objects.category)

    def _ask(self, role: str, method: str, url: str) -> tuple[str, set[str], bool]:
        """(class of the answer, tables written to, whether anything is to be undone)."""
        writes: set[str] = set()
        touched = False
        throttle.counted_here.clear()

        def watch(execute, sql, params, many, context):
            nonlocal touched
            if not READ.match(sql):
                touched = True
                if written := WRITE.match(sql):
                    writes.add(written[2])
            try:
                return execute(sql, params, many, context)
            except Exception:
                touched = True
                raise

        with connection.execute_wrapper(watch):
            answer = classify(*self.door.ask(method, url, session=self.sessions[role]))
        return answer, writes - PLUMBING, touched or connection.needs_rollback


class Door:
    """Asks with one person's session and nothing else: no answer leaks into the next question.

    Django's test client walks through all of the portal's middleware by this same handler; what it adds is a record of
    the templates and contexts of each answer, at a tenth of a question's cost.
    """

    def __init__(self) -> None:
        self.handler = ClientHandler(enforce_csrf_checks=False)
        self.factory = RequestFactory()
        self.error: BaseException | None = None

    @contextmanager
    def opened(self) -> Iterator[None]:
        """While questions are asked, what breaks a view is known."""
        got_request_exception.connect(self._broke)
        try:
            yield
        finally:
            got_request_exception.disconnect(self._broke)

    def _broke(self, **_: object) -> None:
        self.error = sys.exception()

    def ask(self, method: str, url: str, *, session: str) -> tuple[HttpResponse, BaseException | None]:
        self.error = None
        self.factory.cookies.clear()
        if session:
            self.factory.cookies[settings.SESSION_COOKIE_NAME] = session
        request = self.factory.generic(method, url, content_type="application/x-www-form-urlencoded")
        response = self.handler(request.environ)
        if hasattr(response, "streaming_content"):
            response.close()
        return response, self.error


def classify(response: HttpResponse, error: BaseException | None = None) -> str:
    """``ok``, ``login``, ``outside`` or the status; an unexpected exception with its words."""
    if response.status_code >= 500:
        return f"{response.status_code} {type(error).__name__}: {error}" if error else str(response.status_code)
    if 300 <= response.status_code < 400:
        address = urlsplit(response.headers["Location"])
        if address.netloc not in {"", "testserver"}:
            return "outside"
        return "login" if address.path == reverse("account_login") else "ok"
    if response.status_code == 401:
        return "login"
    return "ok" if response.status_code < 300 else str(response.status_code)


def _tells(policy: Policy, role: str, relation: str) -> bool:
    """Another town or category is asked of those to whom it makes a difference; of others it repeats the own one."""
    if relation not in (OTHER_TOWN, OTHER_CATEGORY) or role in getattr(policy, "reach", ()):
        return True
    return (OWN in REACH.get(role, ())) != (relation in REACH.get(role, ()))


def _nowhere(route: Route, targets: list[Target]) -> list[Target]:
    """An object that there is not, in the place of the first: who is refused at the door is refused there too."""
    if not targets or route.arguments != ("pk",) or route.name in CONSTANTS:
        return []
    return [replace(targets[0], url=_url(route, {"pk": NO_SUCH_PK}))]


def _kwargs(route: Route, made: models.Model | dict[str, object], place: Place) -> dict[str, object]:
    if isinstance(made, dict):
        return {name: made[name] for name in route.arguments}
    if route.arguments != ("pk",):
        raise LookupError(
            f"{route.name}: its factory returned a row ({place.relation}), but the URL takes more than pk"
        )
    return {"pk": made.pk}


def _url(route: Route, kwargs: dict[str, object]) -> str:
    return route.path if route.name.startswith("/") and not kwargs else reverse(route.name, kwargs=kwargs)


def _undo(savepoint: str) -> None:
    """Back to where the question began, also after an error that broke the transaction."""
    transaction.set_rollback(False)
    transaction.savepoint_rollback(savepoint)


@contextmanager
def _people_read_once() -> Iterator[None]:
    """Read each session, person and post once: they stay the same, and to read them is most of a refusal's cost."""
    with pytest.MonkeyPatch.context() as patch:
        load = _remembered(SessionStore.load, lambda session: session.session_key, give=deepcopy)
        user = _remembered(PeopleBackend.get_user, lambda backend, pk: pk, give=copy)
        actor = _remembered(actor_for, lambda user, *, on, post_id: (user.pk, on, post_id), give=lambda frozen: frozen)
        patch.setattr(SessionStore, "load", load)
        patch.setattr(PeopleBackend, "get_user", user)
        patch.setattr(middleware, "actor_for", actor)
        yield


def _remembered(
    read: Callable[..., Any], key: Callable[..., Hashable], *, give: Callable[[Any], Any]
) -> Callable[..., Any]:
    """``read``, carried out once for each key; every caller gets a copy of its own, unless it is a frozen value."""
    known: dict[Hashable, Any] = {}

    def remembered(*args: Any, **kwargs: Any) -> Any:
        asked = key(*args, **kwargs)
        if asked not in known:
            known[asked] = read(*args, **kwargs)
        return give(known[asked])

    return remembered


@contextmanager
def _quiet() -> Iterator[None]:
    """Refusals are what the walk is about; Django need not warn of each."""
    loggers = [logging.getLogger(name) for name in ("django.request", "django.security")]
    before = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        yield
    finally:
        for logger, was in zip(loggers, before, strict=True):
            logger.disabled = was
