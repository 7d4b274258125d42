"""Which registers can be exported, and with which columns. A higher app declares its own in its ``admin.py``::

declare(Institution, columns=[Column("name", "机构名称"), Column("phone", "联系电话", personal=True)],
        rows=as_listed(Institution), view_rule=rules.can_view)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import SuspiciousOperation
from django.db import models
from django.http import HttpRequest, QueryDict

from foundation.core.actor import Actor
from foundation.core.errors import InvalidInput
from foundation.core.operation import Rule
from foundation.core.spreadsheets import Value

Filters = Mapping[str, Sequence[str]]
Rows = Callable[[Actor, Filters], models.QuerySet]
KINDS = ("text", "code", "money", "date", "number")
PAGING = ("p", "all", "e")  # where in the list one stands, not which rows it has


@dataclass(frozen=True)
class Column:
    """One column. ``getter`` is a function of the row, or nothing for the attribute ``key`` (choices by their label).

    ``money`` takes fen and writes yuan as a number; ``code`` stays text; ``personal`` needs a right and a purpose.
    """

    key: str
    label: str
    getter: Callable[[models.Model], object] | None = None
    personal: bool = False
    kind: str = "text"

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of column {self.kind}")

    @property
    def head(self) -> str:
        """The label with its unit."""
        return f"{self.label}(元)" if self.kind == "money" else self.label

    def value(self, row: models.Model) -> Value:
        found = self.getter(row) if self.getter else self._attribute(row)
        if found is None or found == "":
            return None if self.kind in ("money", "number", "date") else ""
        if self.kind == "money":
            return Decimal(int(found)).scaleb(-2)
        return found if self.kind in ("date", "number") else str(found)

    def _attribute(self, row: models.Model) -> object:
        shown = getattr(row, f"get_{self.key}_display", None)
        return shown() if shown else attrgetter(self.key)(row)


@dataclass(frozen=True)
class Exportable:
    """A list that can be exported: a register's, or one of a family (``declare_family``). ``register`` is its name."""

    register: str
    label: str
    columns: tuple[Column, ...]
    rows: Rows
    view_rule: Rule

    def chosen(self, keys: Sequence[str]) -> list[Column]:
        """The columns of these keys, in the declared order; raises InvalidInput for none or an unknown one."""
        known = {column.key for column in self.columns}
        if not keys or not set(keys) <= known:
            raise InvalidInput(
                "请至少选择一列；所选的列必须属于本名册。", code="columns", fields={"columns": ["请选择列。"]}
            )
        return [column for column in self.columns if column.key in keys]


Resolve = Callable[[str], Exportable | None]
_declared: dict[str, Exportable] = {}
_families: dict[str, Resolve] = {}


def declare(model: type[models.Model], *, columns: Sequence[Column], rows: Rows, view_rule: Rule) -> Exportable:
    """Make a model's register exportable; ``view_rule`` is the register's own."""
    label = str(model._meta.verbose_name_plural)
    exportable = Exportable(model._meta.label_lower, label, tuple(columns), rows, view_rule)
    if len({column.key for column in columns}) != len(columns):
        raise ValueError(f"{model._meta.label}: two columns with one key")
    if _declared.setdefault(exportable.register, exportable) is not exportable:
        raise RuntimeError(f"{model._meta.label} is declared twice")
    return exportable


def declare_family(prefix: str, resolve: Resolve) -> None:
    """Make lists exportable whose names begin with ``prefix``; ``resolve`` finds one by the rest of its name."""
    if _families.setdefault(prefix, resolve) is not resolve:
        raise RuntimeError(f"{prefix} is declared twice")


def exportable_of(register: str) -> Exportable:
    """The declaration of a model label, or of a name of a family; raises InvalidInput."""
    found = _declared.get(register)
    for prefix, resolve in _families.items():
        if found is None and register.startswith(prefix):
            found = resolve(register.removeprefix(prefix))
    if found is None:
        raise InvalidInput("这个名册不能导出。", code="not_exportable")
    return found


def filters_of(query: QueryDict) -> dict[str, list[str]]:
    """The conditions of a list's address."""
    return {name: values for name, values in query.lists() if name not in PAGING}


def as_listed(model: type[models.Model]) -> Rows:
    """The rows that the staff's list of the model shows to this actor under these filters: same code, same rows."""

    def rows(actor: Actor, filters: Filters) -> models.QuerySet:
        register = admin.site.get_model_admin(model)
        request = HttpRequest()
        request.method, request.GET, request.actor = "GET", QueryDict(mutable=True), actor
        for name, values in filters.items():
            request.GET.setlist(name, list(values))
        try:
            return register.get_changelist_instance(request).get_queryset(request)
        except (IncorrectLookupParameters, SuspiciousOperation) as error:
            raise InvalidInput("列表的筛选条件无效，请回到列表重新筛选。", code="filters") from error

    return rows
