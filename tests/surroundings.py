"""Hostile surroundings: what works by luck elsewhere fails here. ``conftest.py`` puts them up for the whole run."""

from __future__ import annotations

import ipaddress
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.conf import settings
from django.db.models.expressions import OrderBy
from django.db.models.functions import Random
from django.db.models.sql.compiler import (
    SQLAggregateCompiler,
    SQLCompiler,
    SQLDeleteCompiler,
    SQLInsertCompiler,
    SQLUpdateCompiler,
)
from django.template import engines
from django.template.base import FilterExpression, Node
from django.test import TestCase, TransactionTestCase

ROOT = Path(__file__).resolve().parent.parent


# -- no network beyond loopback ------------------------------------------------------------------------------------
class NetworkRefused(RuntimeError):
    """A test tried to talk to another machine."""


def _is_here(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode()
    if host in {None, "", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False


@contextmanager
def loopback_only() -> Iterator[None]:
    """Python's sockets reach this machine and nothing else, by name or by number."""
    patch = pytest.MonkeyPatch()

    def guarded(call):
        def connect(self: socket.socket, address: Any) -> Any:
            if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_here(address[0]):
                raise NetworkRefused(f"no network in tests: {address}")
            return call(self, address)

        return connect

    look_up = socket.getaddrinfo

    def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        if not _is_here(host):
            raise NetworkRefused(f"no network in tests: {host}")
        return look_up(host, *args, **kwargs)

    patch.setattr(socket.socket, "connect", guarded(socket.socket.connect), raising=True)
    patch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex), raising=True)
    patch.setattr(socket, "getaddrinfo", getaddrinfo)
    try:
        yield
    finally:
        patch.undo()


# -- undefined template variables ----------------------------------------------------------------------------------
class UndefinedVariable(AssertionError):
    """A template of ours shows a variable that its view does not give."""


class Undefined(str):
    """Django's ``string_if_invalid``: raises in our own templates, is the empty string in those of packages.

    Django asks for its truth before it uses it; that is where we look which template is being rendered.
    """

    __slots__ = ()

    def __bool__(self) -> bool:
        frame = sys._getframe(1)
        expression = frame.f_locals.get("self")
        if isinstance(expression, FilterExpression) and not _has_default(expression):
            name = _template_of(frame)
            if name is not None and _is_ours(name):
                raise UndefinedVariable(f"{name}: {{{{ {expression} }}}} is not defined")
        return False


def _has_default(expression: FilterExpression) -> bool:
    return any(function.__name__ == "default" for function, _ in expression.filters)


def _template_of(frame: FrameType | None) -> str | None:
    """The file of the node that is being rendered; with ``extends`` that is not the template that was asked for."""
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None) is not None:
            return str(node.origin.name)
        frame = frame.f_back
    return None


def _is_ours(name: str) -> bool:
    path = Path(name)
    return not path.is_absolute() or (path.is_relative_to(ROOT) and "site-packages" not in path.parts)


@contextmanager
def strict_templates() -> Iterator[None]:
    """In the engine and in the settings: a test that overrides DEBUG lets Django build the engine anew from them."""
    engine, options = engines["django"].engine, settings.TEMPLATES[0]["OPTIONS"]
    before = engine.string_if_invalid
    engine.string_if_invalid = options["string_if_invalid"] = Undefined()
    try:
        yield
    finally:
        engine.string_if_invalid = options["string_if_invalid"] = before


# -- order, locks --------------------------------------------------------------------------------------------------
class WideLock(AssertionError):
    """A ``select_for_update`` without ``of`` would lock the rows of joined tables too."""


def _may_be_shuffled(compiler: SQLCompiler) -> bool:
    query = compiler.query
    selects_rows = query.default_cols or bool(query.select)
    return (
        not isinstance(compiler, SQLInsertCompiler | SQLUpdateCompiler | SQLDeleteCompiler | SQLAggregateCompiler)
        and selects_rows
        and query.group_by is None
        and not (query.distinct or query.combinator or query.subquery)
    )


@contextmanager
def hostile_database() -> Iterator[None]:
    """Rows come in random order unless a query says in which; locks that spread over joins are refused."""
    patch = pytest.MonkeyPatch()
    pairs, from_clause = SQLCompiler._order_by_pairs, SQLCompiler.get_from_clause

    def shuffled(self: SQLCompiler) -> Iterator[tuple[Any, bool]]:
        found = list(pairs(self))
        if not found and _may_be_shuffled(self):
            found = [(OrderBy(Random()), False)]
        yield from found

    def narrow(self: SQLCompiler) -> Any:
        query = self.query
        if query.select_for_update and not query.select_for_update_of:
            tables = sorted(alias for alias in query.alias_map if query.alias_refcount[alias])
            if len(tables) > 1:
                raise WideLock(f'select_for_update() needs of=("self",): it would lock {", ".join(tables)}')
        return from_clause(self)

    patch.setattr(SQLCompiler, "_order_by_pairs", shuffled)
    patch.setattr(SQLCompiler, "get_from_clause", narrow)
    try:
        yield
    finally:
        patch.undo()


# -- tests that cannot work here -----------------------------------------------------------------------------------
FLUSHING = {"transactional_db", "live_server", "django_db_reset_sequences", "django_db_serialized_rollback"}


def reason_to_refuse(item: pytest.Item) -> str | None:
    """Why a test may not be collected: what flushes tables dies on append-only ones and takes the others along."""
    if found := sorted(FLUSHING & set(getattr(item, "fixturenames", ()))):
        return f"it uses {', '.join(found)}"
    marks = [mark.kwargs for mark in item.iter_markers("django_db")]
    if any(marks_.get("transaction") or marks_.get("reset_sequences") for marks_ in marks):
        return "it is marked django_db(transaction=True)"
    owner = getattr(item, "cls", None)
    if owner is not None and issubclass(owner, TransactionTestCase) and not issubclass(owner, TestCase):
        return "it is a TransactionTestCase"
    return None
