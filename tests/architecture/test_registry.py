"""Models, constraints, registers and the catalogue keep the house's rules; each control shows a model that does not."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db import connections, models
from django.test.utils import isolate_apps

from foundation.audit.models import Event
from foundation.core.constraints import message_for, one_of
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.core.site import StaffSite
from foundation.regions.models import Jurisdiction
from tests.architecture import registry

OURS = [model for model in apps.get_models() if registry.is_ours(model)]


class Colour(models.TextChoices):
    RED = "red", "红"
    BLUE = "blue", "蓝"


@isolate_apps("foundation.regions")
def bad_models() -> dict[str, registry.Model]:
    """One model that breaks a rule, by the rule's name."""

    def model(name: str, *, labelled: bool = True, **members) -> registry.Model:
        meta = {"app_label": "regions", **({"verbose_name": "样", "verbose_name_plural": "样"} if labelled else {})}
        meta |= members.pop("meta", {})
        return type(name, (models.Model,), {"__module__": __name__, "Meta": type("Meta", (), meta), **members})

    silent = models.UniqueConstraint(fields=["code"], name="silent")
    return {
        "unlabelled": model("Unlabelled", labelled=False),
        "unlabelled_field": model("UnlabelledField", code=models.TextField("code")),
        "unprotected": model("Gone", place=models.ForeignKey(Jurisdiction, models.CASCADE, verbose_name="辖")),
        "ordered": model("Sorted", code=models.TextField("码"), meta={"ordering": ["code"]}),
        "unscoped": model("Nowhere"),
        "unscoped_path": model("Astray", SCOPE=Scope("place__id_of"), objects=ScopedQuerySet.as_manager()),
        "unscoped_manager": model(
            "Open", SCOPE=Scope(), jurisdiction=models.ForeignKey(Jurisdiction, models.PROTECT, verbose_name="辖")
        ),
        "badly_typed": model("Fraction", price_fen=models.DecimalField("价", max_digits=5, decimal_places=2)),
        "badly_typed_date": model("Moment", opened_on=models.DateTimeField("开")),
        "speechless": model("Silent", code=models.TextField("码"), meta={"constraints": [silent]}),
        "unchecked_choices": model("Painted", colour=models.CharField("色", max_length=5, choices=Colour.choices)),
        "unconstrained": model("Free", price_fen=models.BigIntegerField("价")),
    }


RULES = [
    registry.unlabelled,
    registry.unprotected,
    registry.ordered,
    registry.unscoped,
    registry.badly_typed,
    registry.speechless,
    registry.unchecked_choices,
    registry.unconstrained,
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_our_models_keep(rule):
    problems = rule(OURS)
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("name", sorted(bad_models()))
def test_control_names(name):
    rule = next(rule for rule in RULES if name.startswith(rule.__name__))
    assert len(rule([bad_models()[name]])) >= 1


@isolate_apps("foundation.regions")
def test_control_a_check_of_too_few_choices_is_named():
    class Half(models.Model):
        colour = models.CharField("色", max_length=5, choices=Colour.choices)

        class Meta:
            app_label = "regions"
            constraints = [models.CheckConstraint(condition=models.Q(colour__in=["red"]), name="half")]

    class Whole(models.Model):
        colour = models.CharField("色", max_length=5, choices=Colour.choices)

        class Meta:
            app_label = "regions"
            constraints = [one_of("colour", Colour, name="whole")]

    assert registry.unchecked_choices([Half, Whole]) == ["regions.half.colour has no CHECK of its choices"]


def test_names_of_constraints_are_unique():
    assert registry.repeated_names(OURS) == []
    assert registry.repeated_names([Event, Event]) != []


def test_exceptions_are_still_needed():
    scoped = {registry.name_of(model) for model in OURS if getattr(model, "SCOPE", None)}
    assert set(registry.UNSCOPED) & scoped == set()
    assert set(registry.UNSCOPED) - {registry.name_of(model) for model in OURS} == set()


def test_the_staff_site_holds_registers_only():
    assert isinstance(admin.site, StaffSite)
    assert registry.open_registers(admin.site) == []


def test_control_other_registers_are_named_and_not_even_taken():
    ordinary = admin.AdminSite()
    ordinary.register(Event, ModelAdmin)
    assert registry.open_registers(ordinary) == ["audit.event is registered with ModelAdmin"]
    ours = StaffSite(name="control")
    ours.register(Event, ModelAdmin)
    assert not ours.is_registered(Event)


def test_append_only_tables_are_guarded_in_the_catalogue(committed_db):
    tables = registry.append_only_tables()
    assert {"audit.event", "audit.link", "audit.dailyroot", "accounts.loginevent"} <= set(tables)
    assert registry.unguarded_tables(tables) == []


@pytest.mark.parametrize(
    ("sql", "problem"),
    [
        ("ALTER TABLE audit_event DISABLE TRIGGER append_only_row", "audit.event: no append_only_row"),
        ("DROP TRIGGER append_only_table ON audit_event", "audit.event: no append_only_table"),
        ("GRANT UPDATE ON audit_event TO CURRENT_SITE", "audit.event: the site may INSERT, SELECT, UPDATE"),
        ("REVOKE INSERT ON audit_event FROM CURRENT_SITE", "audit.event: the site may SELECT"),
    ],
)
def test_control_a_missing_guard_is_named(committed_db, sql, problem):
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql.replace("CURRENT_SITE", str(registry.site_login())))
    assert registry.unguarded_tables({"audit.event": "audit_event"}) == [problem]


def test_a_constraint_speaks_of_the_field_by_its_label():
    class Cause(Exception):
        class diag:
            constraint_name = "outbox_state_known"

    error = Exception()
    error.__cause__ = Cause()
    assert message_for(error) == ("outbox_state_known", "“状态”的取值不在允许范围内。")
