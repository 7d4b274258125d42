"""Several people at the same moment, on real PostgreSQL: threads that start at once, each with its own connection."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connection

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
