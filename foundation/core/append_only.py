"""Rows that may only be added: triggers for everybody, REVOKE for the site's login.

``AppendOnly("Event")`` in a migration guards a model's table. The owner of the tables could still switch the triggers
off; that is what sealing and ``verify_audit`` show.
"""

from __future__ import annotations

from django.conf import settings
from django.db.migrations.operations.base import Operation

FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$
"""
TRIGGERS = """
CREATE TRIGGER append_only_row BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_table BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""


class TableOperation(Operation):
    """A migration operation about a model's table that Django's picture of the models does not show."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, model: str) -> None:
        self.model = model

    def state_forwards(self, app_label, state) -> None:
        """Nothing changes there."""

    def table(self, app_label, schema_editor, state) -> str:
        return schema_editor.quote_name(state.apps.get_model(app_label, self.model)._meta.db_table)


class AppendOnly(TableOperation):
    """Migration operation: refuse UPDATE, DELETE and TRUNCATE on a model's table."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state) -> None:
        table = self.table(app_label, schema_editor, to_state)
        schema_editor.execute(FUNCTION, params=None)
        schema_editor.execute(TRIGGERS.format(table=table), params=None)
        if site := site_login():
            schema_editor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {schema_editor.quote_name(site)}")

    def database_backwards(self, app_label, schema_editor, from_state, to_state) -> None:
        table = self.table(app_label, schema_editor, from_state)
        schema_editor.execute(f"DROP TRIGGER append_only_row ON {table}; DROP TRIGGER append_only_table ON {table}")

    def describe(self) -> str:
        return f"Make {self.model} append-only"

    @property
    def migration_name_fragment(self) -> str:
        return f"{self.model.lower()}_append_only"


class WrittenByFunction(TableOperation):
    """Migration operation: the site's login only reads this table; functions of the owner's (SECURITY DEFINER) write.

    The mark is the table's comment, so that it survives dump and restore; ``grant_site`` reads it.
    """

    MARK = "written by functions only"

    def database_forwards(self, app_label, schema_editor, from_state, to_state) -> None:
        table = self.table(app_label, schema_editor, to_state)
        schema_editor.execute(f"COMMENT ON TABLE {table} IS '{self.MARK}'")
        if site := site_login():
            role = schema_editor.quote_name(site)
            schema_editor.execute(f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {table} FROM {role}")

    def database_backwards(self, app_label, schema_editor, from_state, to_state) -> None:
        table = self.table(app_label, schema_editor, from_state)
        schema_editor.execute(f"COMMENT ON TABLE {table} IS NULL")

    def describe(self) -> str:
        return f"Let only functions write {self.model}"

    @property
    def migration_name_fragment(self) -> str:
        return f"{self.model.lower()}_by_function"


def site_login() -> str | None:
    """The site's database login when it is another than the owner's, else None (then there is nothing to revoke)."""
    site = settings.DATABASES["default"]["USER"]
    return site if site != settings.DATABASES["owner"]["USER"] else None
