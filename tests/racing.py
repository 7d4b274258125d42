"""Several people at the same moment, on real PostgreSQL: threads that start at once, each with its own connection."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from django.db import DatabaseError, connection, connections, transaction

from foundation.core.errors import DomainError


def refusal_name(refusal: DomainError) -> str:
    return type(refusal).__name__


def together(*acts: Callable, told: Callable[[DomainError], str] = refusal_name) -> list:
    """What each act returned, or what it was refused with: the kind of refusal, or its sentence (``told=str``)."""
    start, answers = threading.Barrier(len(acts)), []

    def run(act: Callable) -> None:
        try:
            start.wait(timeout=10)
            answers.append(act())
        except DomainError as refusal:
            answers.append(told(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return answers


def one_wins(*acts: Callable) -> str:
    """Exactly one act goes through; the sentence that the other was refused with."""
    answers = together(*acts, told=str)
    assert len(answers) == len(acts), "a thread died of something that is no refusal"
    [refused] = [answer for answer in answers if isinstance(answer, str)]
    return refused


def in_line(table: str, pk: int, *acts: Callable) -> list:
    """Each act waits, one after the other, while somebody holds a row that all of them want; then the row is let go.

    What each returned or died of, in their order. Whoever holds what the one before it wants next shows as a deadlock.
    """
    answers: list = [None] * len(acts)

    def run(number: int, act: Callable) -> None:
        try:
            answers[number] = act()
        except (DomainError, DatabaseError) as error:
            answers[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR UPDATE", [pk])
        for number, thread in enumerate(threads, start=1):
            thread.start()
            while _waiting() < number:
                assert thread.is_alive(), f"it did not wait: {answers[number - 1]}"
                time.sleep(0.01)
    for thread in threads:
        thread.join(timeout=30)
    return answers


def _waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0]
