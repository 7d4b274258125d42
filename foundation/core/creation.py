"""Tables of a whole app created in one step of a migration."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory


class CreateModels(Operation):
    """Migration operation: create these models, each after those it refers to.

    Between two operations Django builds the classes of all related models anew, of which there are some 250 here: with
    one operation for each model a new database took more than a minute of computing.
    """

    category = OperationCategory.ADDITION

    def __init__(self, models: Sequence[CreateModel]) -> None:
        self.models = list(models)

    def state_forwards(self, app_label, state) -> None:
        state.__dict__.pop("apps", None)  # the classes, which Django builds again when they are asked for
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state) -> None:
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state) -> None:
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def references_model(self, name, app_label) -> bool:
        return any(model.references_model(name, app_label) for model in self.models)

    def describe(self) -> str:
        return f"Create {len(self.models)} models"

    @property
    def migration_name_fragment(self) -> str:
        return "_".join(model.name_lower for model in self.models)
