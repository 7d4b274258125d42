"""The seven cases of the bulletin: their order, what they are called, and loading one of them, once.

A case is loaded in one transaction with its row in ``LoadedCase``: one that broke off is as if it had never begun, and
one that is there is left alone. It replays in the past, by its own clock; what it promises to the outbox the worker
carries out after the commit, as of today.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.db import connection, transaction

from foundation.accounts.models import User
from foundation.core import clock
from foundation.core.errors import Conflict
from institutions.models import Institution

from .case_diary import Tell
from .models import LoadedCase
from .organs import Login

TURN = 7_350_020  # key of the advisory lock that lets one case be loaded at a time


@dataclass(frozen=True)
class Case:
    """``code`` is the module of this package that replays it and the word of ``load_demo``."""

    code: str
    place: str
    title: str

    def __str__(self) -> str:
        return f"{self.place}：{self.title}"


CASES = (
    Case("xiamen", "厦门市", "探索推行校外培训社会监督员工作机制"),
    Case("quanzhou", "泉州市", "“四线并进”力推资金监管全覆盖"),
    Case("lianjiang", "福州市连江县", "“无证”“有证”两手抓"),
    Case("jimei", "厦门市集美区", "多措并举扎实推进校外培训治理"),
    Case("shishi", "泉州市石狮市", "“四应四尽”推进校外培训机构治理"),
    Case("sanyuan", "三明市三元区", "紧抓“五环节”巧治隐形变异学科类培训"),
    Case("xiapu", "宁德市霞浦县", "紧盯校外培训广告治理"),
)


def case_of(code: str) -> Case | None:
    """The case of a code, or None."""
    return next((case for case in CASES if case.code == code), None)


def loaded() -> set[str]:
    """The codes of the cases that are there."""
    return set(LoadedCase.objects.values_list("code", flat=True))


def refuse_elsewhere() -> None:
    """Raise Conflict outside demo mode, and where somebody works who is not of the demo.

    No invented record may come among real ones.
    """
    if not settings.DEMO_MODE:
        raise Conflict("没有开启演示模式（DEMO_MODE），不能载入演示案例。", code="no_demo")
    if User.objects.filter(is_demo=False).exists() or (Institution.objects.exists() and not User.objects.exists()):
        raise Conflict("数据库中有真实数据，不能载入演示案例。", code="real_rows")


@contextmanager
def without_savepoints() -> Iterator[None]:
    """Let operations inside a case share its one transaction: who goes on after an error would need a savepoint, a case
    does not go on. They are a quarter of its statements.
    """
    connection.features.uses_savepoints = False
    try:
        yield
    finally:
        del connection.features.uses_savepoints  # back to what the class says


@transaction.atomic
def load_case(case: Case, *, tell: Tell) -> list[Login] | None:
    """Replay a case; returns the logins that it made, or None when it was there already. All of it or nothing.

    Raises Conflict where no demo may be.
    """
    refuse_elsewhere()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
    if case.code in loaded():
        return None
    with without_savepoints():
        logins = import_module(f"demo.{case.code}").load(tell)
    LoadedCase.objects.create(code=case.code, loaded_at=clock.now())
    return logins
