"""Re-read under lock, then decide: no check before its lock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import OperationalError, models

from .errors import Conflict

M = TypeVar("M", bound=models.Model)
LOCK_NOT_AVAILABLE = "55P03"


def lock(model: type[M], pk: object) -> M:
    """The current row, locked until the transaction ends.

    ``FOR NO KEY UPDATE`` of this table only: children may still be inserted by others, joined rows stay free.
    Raises Conflict when the row is gone.
    """
    rows = model._base_manager.select_for_update(no_key=True, of=("self",))
    try:
        return rows.get(pk=pk)
    except model.DoesNotExist as error:
        raise Conflict(f"{model._meta.verbose_name}已不存在，请刷新页面。", code="gone") from error


def lock_all(model: type[M], pks: Iterable[object]) -> list[M]:
    """Several rows, locked in primary-key order so that two callers never wait for each other."""
    return list(_locked(model, pks))


def hold_all(model: type[M], pks: Iterable[object]) -> None:
    """The same for one who reads the rows otherwise: nothing of them is fetched or opened."""
    list(_locked(model, pks).only("pk"))


def _locked(model: type[M], pks: Iterable[object]) -> models.QuerySet[M]:
    return model._base_manager.select_for_update(no_key=True, of=("self",)).filter(pk__in=list(pks)).order_by("pk")


@contextmanager
def in_time() -> Iterator[None]:
    """For doors: who waited for a row longer than ``lock_timeout`` is told so, and nothing was written. Jobs try again.

    Raises Conflict.
    """
    try:
        yield
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", None) != LOCK_NOT_AVAILABLE:
            raise
        raise Conflict("系统正在处理与此相关的业务，没有保存，请稍后再试。", code="busy") from error
