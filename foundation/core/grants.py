"""What the site's database login may do; set anew after each migrate, so that the catalogue never drifts."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

from .append_only import WrittenByFunction, site_login

GUARDED = """
SELECT c.relname, EXISTS (
    SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = 'append_only_row' AND t.tgenabled <> 'D'),
  coalesce(obj_description(c.oid, 'pg_class'), '')
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
ORDER BY c.relname
"""


def grant_site(connection: BaseDatabaseWrapper) -> list[str]:
    """Give the site's login read and write on ordinary tables, read and insert on append-only ones.

    ``connection`` is the owner's. Returns the names of the append-only tables. What functions write, and migrations'
    own table, is read-only.
    """
    site = site_login()
    with connection.cursor() as cursor:
        cursor.execute(GUARDED)
        tables = {table: (guarded, note == WrittenByFunction.MARK) for table, guarded, note in cursor.fetchall()}
        if site is not None:
            role = connection.ops.quote_name(site)
            cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
            cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
            for table, (guarded, by_function) in tables.items():
                name = connection.ops.quote_name(table)
                rights = _rights(table, guarded=guarded, by_function=by_function)
                cursor.execute(f"REVOKE ALL ON {name} FROM {role}")
                cursor.execute(f"GRANT {rights} ON {name} TO {role}")
    return [table for table, (guarded, _) in tables.items() if guarded]


def _rights(table: str, *, guarded: bool, by_function: bool) -> str:
    if table == "django_migrations" or by_function:
        return "SELECT"
    return "SELECT, INSERT" if guarded else "SELECT, INSERT, UPDATE, DELETE"
