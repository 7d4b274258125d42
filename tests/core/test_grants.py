"""What migrate leaves behind: the site's login reads and writes, but only adds where rows are append-only."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import ProgrammingError, connection, connections, transaction
from django.db.migrations.state import ProjectState

from foundation.core.append_only import AppendOnly, site_login
from foundation.core.grants import grant_site
from tests.architecture.registry import append_only_tables


def site_does(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def owner_does(sql: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE mine (id int)",
        "ALTER TABLE regions_school ADD COLUMN more int",
        "DROP TABLE regions_school",
        "TRUNCATE regions_school CASCADE",
        "UPDATE django_migrations SET name = 'x'",
        "DELETE FROM django_migrations",
        "ALTER TABLE audit_event DISABLE TRIGGER ALL",
        "DELETE FROM audit_event",
        "SET session_replication_role = replica",
    ],
)
@pytest.mark.django_db
def test_the_site_may_not(sql):
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        site_does(sql)


@pytest.mark.django_db
def test_the_site_may_work():
    site_does("UPDATE regions_school SET name = name")
    site_does("DELETE FROM regions_school")
    site_does("SELECT count(*) FROM django_migrations")


def test_migrate_takes_back_what_somebody_gave(committed_db):
    owner_does(f"GRANT ALL ON audit_event, django_migrations TO {site_login()}")
    site_does("DELETE FROM django_migrations WHERE app = 'nobody'")
    call_command("migrate", verbosity=0)
    with pytest.raises(ProgrammingError, match="permission denied"):
        site_does("DELETE FROM django_migrations WHERE app = 'nobody'")
    with pytest.raises(ProgrammingError, match="permission denied"):
        site_does("DELETE FROM audit_event")


def test_granting_names_the_append_only_tables(committed_db):
    assert sorted(grant_site(connections["owner"])) == sorted(append_only_tables().values())


def test_append_only_can_be_undone_by_its_migration(committed_db):
    with connections["owner"].schema_editor() as editor:
        state = ProjectState.from_apps(apps)
        AppendOnly("Event").database_backwards("audit", editor, state, state)
    assert "audit_event" not in grant_site(connections["owner"])


def test_it_describes_itself():
    assert (AppendOnly("Event").describe(), AppendOnly("Event").migration_name_fragment) == (
        "Make Event append-only",
        "event_append_only",
    )
