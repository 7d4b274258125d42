"""What the site's database login may do; set anew after each migrate, so that the catalogue never drifts."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

from .append_only import site_login

GUARDED = """
SELECT c.relname, EXISTS (
    SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'append_only_row' AND t.tgenabled <> 'D')
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
ORDER BY c.relname
"""


def grant_site(connection: BaseDatabaseWrapper) -> list[str]:
    """Give the site's login read and write on ordinary tables, read and insert on append-only ones.

    ``connection`` is the owner's. Returns the names of the append-only tables. Migrations' own table is read-only.
    """
    site = site_login()
    with connection.cursor() as cursor:
        cursor.execute(GUARDED)
        tables = dict(cursor.fetchall())
        if site is not None:
            role = connection.ops.quote_name(site)
            cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
            cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
            for table, guarded in tables.items():
                name = connection.ops.quote_name(table)
                cursor.execute(f"REVOKE ALL ON {name} FROM {role}")
                cursor.execute(f"GRANT {_rights(table, guarded=guarded)} ON {name} TO {role}")
    return [table for table, guarded in tables.items() if guarded]


def _rights(table: str, *, guarded: bool) -> str:
    if table == "django_migrations":
        return "SELECT"
    return "SELECT, INSERT" if guarded else "SELECT, INSERT, UPDATE, DELETE"
