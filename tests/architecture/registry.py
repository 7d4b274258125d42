"""What Django knows about our models, registers and constraints, and what PostgreSQL's catalogue knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.contrib.admin import AdminSite
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist
from django.db import connections, models
from django.db.migrations.loader import MigrationLoader

from foundation.core.admin import RegisterAdmin
from foundation.core.append_only import AppendOnly, WrittenByFunction, site_login
from foundation.core.scope import Scope
from foundation.regions.models import Jurisdiction
from tests.architecture.source import app_of

CHINESE = re.compile(r"[\u4e00-\u9fff]")
Model = type[models.Model]

#: Models whose rows belong to no jurisdiction, each with the reason.
UNSCOPED = {
    "core.outboxmessage": "plumbing: what has to happen after a commit",
    "audit.link": "the chain over all rows of a stream",
    "audit.dailyroot": "one root a day over all rows of a stream",
    "regions.division": "the official list of places is public",
    "accounts.purposelink": "a code's hash; it is shown on the page of its matter, which has a scope",
    "accounts.loginevent": "a failed login has no person and no jurisdiction",
    "deadlines.calendaryear": "the working calendar is the same for everybody",
    "deadlines.calendarday": "the working calendar is the same for everybody",
    "cases.violation": "the law is the same for everybody",
    "deadlines.limitrule": "statutory limits are the same for everybody",
    "notifications.message": "an inbox is a person's, not an area's",
    "notifications.delivery": "whether channels work is a matter of the installation; contents are not shown",
    "notifications.preference": "one row a person, read by that person only",
    "notifications.senttext": "the local adapter's box; no page shows it",
    "afterschool.term": "school terms are the same for everybody",
    "clues.advertrule": "the rules by which advertisements are judged are the same for everybody",
    "institutions.comparedpair": "stands between two institutions; both are asked",
    "listings.edition": "published: an edition of a list of the whole installation",
    "listings.editionchange": "published with its edition",
    "listings.rubricitem": "as its rubric",
    "listings.rubric": "how points are given is the same for everybody among the staff",
    "listings.listrule": "how lists are kept is the same for everybody among the staff",
    "ledger.postingrule": "what a posting debits and credits is the same for everybody",
    "demo.loadedcase": "which cases the demo of the whole installation has",
    "publicity.publiccheck": "a check of the public site of the whole installation",
}
#: Parts that are only read through the row that they belong to: the foreign key that leads there.
PARTS = {
    "payouts.consumedlesson": "consumption",
    "payouts.releaseline": "release",
    "listings.evidence": "entry",
    "listings.defence": "entry",
    "clues.callback": "clue",
    "clues.checkrequest": "clue",
    "clues.cluephoto": "clue",
    "clues.handover": "clue",
    "clues.sealedsender": "clue",
    "clues.tip": "clue",
    "clues.whistlecall": "whistle",
    "clues.tipmessage": "clue",
    "clues.tipphoto": "clue",
    "funds.accountevent": "account",
    "funds.agreementevent": "agreement",
    "funds.bankstatusevent": "bank",
    "funds.modeevent": "institution",
    "funds.trainingorgan": "training",
    "documents.documentfile": "document",
    "documents.numberseries": "organ",
    "documents.voiding": "document",
    "deadlines.pause": "deadline",
    "inspections.drawcommitment": "draw",
    "inspections.drawexclusion": "draw",
    "inspections.drawofficer": "draw",
    "enforcement.interviewproblem": "interview",
    "enforcement.ordercampaign": "order",
    "enforcement.orderofficer": "order",
    "enforcement.recheck": "order",
    "cases.casecampaign": "case",
    "cases.caseofficer": "case",
    "enforcement.removalcampaign": "removal",
    "enforcement.removalofficer": "removal",
    "enforcement.removalphoto": "removal",
    "photos.photofile": "photo",
    "institutions.formername": "institution",
    "supervisors.activityphoto": "activity",
    "supervisors.attendance": "training",
    "supervisors.duty": "recruitment",
    "supervisors.librarysection": "item",
    "supervisors.question": "quiz",
    "supervisors.readmark": "supervisor",
    "institutions.publicchange": "institution",
    "institutions.searchentry": "institution",
    "institutions.statusevent": "institution",
    "institutions.standingevent": "institution",
    "institutions.standingperiod": "institution",
    "institutions.unlicensedstateevent": "site",
}


def is_ours(model: Model) -> bool:
    """A proxy is another face of a model that is asked already: the same table, scope and constraints."""
    return bool(app_of(model.__module__)) and not model._meta.proxy


def own_fields(model: Model) -> list[models.Field]:
    return [field for field in model._meta.get_fields() if isinstance(field, models.Field)]


def name_of(model: Model) -> str:
    return model._meta.label_lower


# -- models --------------------------------------------------------------------------------------------------------
def unlabelled(found: Iterable[Model]) -> list[str]:
    """Labels are Chinese: of each model and of each field."""
    problems = []
    for model in found:
        for word in (model._meta.verbose_name, model._meta.verbose_name_plural):
            if not CHINESE.search(str(word)):
                problems.append(f"{name_of(model)} is called {word}")
        for field in own_fields(model):
            if not CHINESE.search(str(field.verbose_name)) and not field.primary_key:
                problems.append(f"{name_of(model)}.{field.name} is called {field.verbose_name}")
    return problems


def unprotected(found: Iterable[Model]) -> list[str]:
    """Nothing disappears with something else: every foreign key is PROTECT."""
    return [
        f"{name_of(model)}.{field.name} is not PROTECT"
        for model in found
        for field in own_fields(model)
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is not models.PROTECT
    ]


def ordered(found: Iterable[Model]) -> list[str]:
    """A query says in which order it wants its rows; no model does."""
    return [f"{name_of(model)} has Meta.ordering" for model in found if model._meta.ordering]


def unscoped(found: Iterable[Model]) -> list[str]:
    """Every model has a SCOPE whose paths exist, and a queryset with ``visible_to``, or stands in UNSCOPED."""
    problems = []
    for model in found:
        scope = getattr(model, "SCOPE", None)
        if isinstance(scope, Scope):
            if not hasattr(model._default_manager, "visible_to"):
                problems.append(f"{name_of(model)}'s manager has no visible_to")
            problems += [f"{name_of(model)}.SCOPE: {fault}" for fault in _scope_faults(model, scope)]
        elif key := PARTS.get(name_of(model)):
            if not hasattr(model._meta.get_field(key).related_model, "SCOPE"):
                problems.append(f"{name_of(model)}.{key} leads to nothing with a SCOPE")
        elif name_of(model) not in UNSCOPED:
            problems.append(f"{name_of(model)} has no SCOPE; if that is right, add it to UNSCOPED or PARTS")
    return problems


def _scope_faults(model: Model, scope: Scope) -> Iterator[str]:
    for path in filter(None, (scope.jurisdiction, scope.division, scope.category)):
        here: Model = model
        *steps, last = path.split("__")
        try:
            for step in steps:
                here = here._meta.get_field(step).related_model
            attributes = {field.attname: field for field in here._meta.concrete_fields}
            end = here._meta.pk if last == "pk" else attributes.get(last) or here._meta.get_field(last)
        except (FieldDoesNotExist, AttributeError) as error:
            yield f"{path}: {error}"
            continue
        leads = here if last == "pk" else end.related_model
        by_number = isinstance(end, models.BigIntegerField)  # the trail keeps ids as plain numbers
        if path == scope.jurisdiction and leads is not Jurisdiction and not by_number:
            yield f"{path} does not lead to a jurisdiction"


def badly_typed(found: Iterable[Model]) -> list[str]:
    """``*_fen`` are whole numbers, ``*_at`` instants, ``*_on`` dates; money is never a fraction."""
    kinds = {"_fen": (models.IntegerField,), "_at": (models.DateTimeField,), "_on": (models.DateField,)}
    problems = []
    for model in found:
        for field in own_fields(model):
            for ending, classes in kinds.items():
                instant = ending == "_on" and isinstance(field, models.DateTimeField)
                if field.name.endswith(ending) and (not isinstance(field, classes) or instant):
                    problems.append(f"{name_of(model)}.{field.name} is a {type(field).__name__}")
            if isinstance(field, models.FloatField):
                problems.append(f"{name_of(model)}.{field.name} is a fraction")
    return problems


# -- constraints ---------------------------------------------------------------------------------------------------
def speechless(found: Iterable[Model]) -> list[str]:
    """Every constraint says in Chinese what is wrong."""
    return [
        f"{name_of(model)}: {constraint.name} says “{constraint.violation_error_message}”"
        for model in found
        for constraint in model._meta.constraints
        if constraint.violation_error_message == constraint.default_violation_error_message
        or not CHINESE.search(str(constraint.violation_error_message))
    ]


def unchecked_choices(found: Iterable[Model]) -> list[str]:
    """A field with choices has a CHECK over just these values."""
    problems = []
    for model in found:
        for field in own_fields(model):
            wanted = {value for value, _ in field.flatchoices if value not in {"", None}}
            if wanted and not isinstance(field, ArrayField) and wanted not in _checked_values(model, field.name):
                problems.append(f"{name_of(model)}.{field.name} has no CHECK of its choices")
    return problems


def _checked_values(model: Model, name: str) -> list[set[object]]:
    """The values that each CHECK about this field alone lets through, the empty one apart."""
    found = []
    for constraint in model._meta.constraints:
        parts = constraint.condition.children if isinstance(constraint, models.CheckConstraint) else [None]
        if all(isinstance(part, tuple) and part[0] in {name, f"{name}__in"} for part in parts):
            values = [part[1] if part[0].endswith("__in") else [part[1]] for part in parts]
            found.append({value for group in values for value in group} - {""})
    return found


def unconstrained(found: Iterable[Model]) -> list[str]:
    """Models with a state or with money have at least two named constraints."""
    return [
        f"{name_of(model)} has {len(model._meta.constraints)} constraint(s)"
        for model in found
        if any(field.name == "state" or field.name.endswith("_fen") for field in own_fields(model))
        and len(model._meta.constraints) < 2
    ]


def repeated_names(found: Iterable[Model]) -> list[str]:
    """A constraint's name is its error code, so it is unique over the whole portal."""
    names = [constraint.name for model in found for constraint in model._meta.constraints]
    return sorted({name for name in names if names.count(name) > 1})


# -- registers -----------------------------------------------------------------------------------------------------
def open_registers(site: AdminSite) -> list[str]:
    """Everything in the staff site is a RegisterAdmin with a rule for its readers."""
    problems = []
    for model, register in site._registry.items():
        if not isinstance(register, RegisterAdmin):
            problems.append(f"{name_of(model)} is registered with {type(register).__name__}")
        elif type(register).view_rule is None:
            problems.append(f"{name_of(model)}: nobody may see it (no view_rule)")
    return problems


# -- catalogue -----------------------------------------------------------------------------------------------------
GUARDS = """
SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled IN ('O', 'A') AND NOT tgisinternal
AND tgfoid = 'refuse_change'::regproc
"""
GRANTS = "SELECT privilege_type FROM information_schema.role_table_grants WHERE table_name = %s AND grantee = %s"
#: What PostgreSQL writes into ``tgtype`` is behind these names: BEFORE UPDATE OR DELETE per row, BEFORE TRUNCATE.
WANTED_GUARDS = {"append_only_row", "append_only_table"}


def append_only_tables() -> dict[str, str]:
    """{label: table} of the models that migrations have made append-only."""
    loader = MigrationLoader(None)
    marked = [
        (app, operation.model)
        for (app, _), migration in sorted(loader.disk_migrations.items())
        for operation in migration.operations
        if isinstance(operation, AppendOnly)
    ]
    state = loader.project_state().apps
    return {f"{app}.{model.lower()}": state.get_model(app, model)._meta.db_table for app, model in marked}


def unguarded_tables(tables: dict[str, str]) -> list[str]:
    """Append-only tables whose triggers are missing or off, or that the site's login could change."""
    problems = []
    with connections["owner"].cursor() as cursor:
        for label, table in tables.items():
            cursor.execute(GUARDS, [table])
            if missing := WANTED_GUARDS - {name for (name,) in cursor.fetchall()}:
                problems.append(f"{label}: no {', '.join(sorted(missing))}")
            cursor.execute(GRANTS, [table, site_login()])
            rights = {right for (right,) in cursor.fetchall()}
            cursor.execute("SELECT obj_description(%s::regclass, 'pg_class')", [table])
            by_function = cursor.fetchone() == (WrittenByFunction.MARK,)
            if rights != ({"SELECT"} if by_function else {"SELECT", "INSERT"}):
                problems.append(f"{label}: the site may {', '.join(sorted(rights))}")
    return problems
