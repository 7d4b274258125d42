"""The order to bring the database up to the program."""

import pytest
from django.apps import apps
from django.apps.registry import Apps
from django.core.management import CommandError, call_command
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState
from django.db.models import Field

from foundation.core.quick_states import quick_states


def test_a_database_of_another_version_is_left_alone(committed_db):
    """Seen to fail without the check: Django passes over names that it does not know."""
    MigrationRecorder(connections["owner"]).record_applied("listings", "0007_objected_by_link")
    with pytest.raises(CommandError, match=r"另一个版本.*listings\.0007_objected_by_link"):
        call_command("migrate", verbosity=0)


def _classes(state: ProjectState) -> dict[str, list[tuple]]:
    """What the schema is made from: every field of every model, in the order of its columns."""
    return {
        model._meta.label: [
            (field.name, field.column, field.db_type(connections["owner"]), *map(repr, field.deconstruct()[1:]))
            for field in model._meta.get_fields(include_hidden=True)
            if field.concrete
        ]
        for model in state.apps.get_models()
    }


@pytest.mark.django_db
def test_classes_made_quickly_are_those_that_django_makes():
    """Seen to fail with columns in the order of the copied numbers, and with one field shared by two classes."""
    kept = (Field.clone, Apps.get_swappable_settings_name)
    state = ProjectState.from_apps(apps)
    wanted = _classes(state.clone())
    with quick_states():
        assert (Field.clone, Apps.get_swappable_settings_name) != kept
        once, again = state.clone(), state.clone()
        assert _classes(once) == _classes(again) == wanted
        assert len(wanted) > 200
        [field] = {once.models["accounts", "post"].fields["user"], again.models["accounts", "post"].fields["user"]}
        assert not hasattr(field, "model"), "what a state keeps belongs to no model"
        users = [made.apps.get_model("accounts", "Post")._meta.get_field("user") for made in (once, again)]
        assert users[0].remote_field.model is not users[1].remote_field.model
    assert (Field.clone, Apps.get_swappable_settings_name) == kept
