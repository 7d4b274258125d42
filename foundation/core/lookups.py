"""Look-ups that Django lacks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Field, Lookup


@Field.register_lookup
class AnyOf(Lookup):
    """``credit_code__any_of=[…]``: one array parameter, where ``__in`` would send and parse thousands one by one."""

    lookup_name = "any_of"

    def get_prep_lookup(self) -> list[Any]:
        values: Iterable[Any] = self.rhs
        return [self.lhs.output_field.get_prep_value(value) for value in values]

    def get_db_prep_lookup(self, value: Any, connection: Any) -> Any:
        return "%s", [value]

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        kind = self.lhs.output_field.rel_db_type(connection).partition("(")[0]
        return f"{left} = ANY({right}::{kind}[])", [*left_params, *right_params]
