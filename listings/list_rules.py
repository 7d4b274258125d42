"""The rule of a list in a place, and whether an institution meets what it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from enforcement.enums import OPEN as OPEN_ORDERS
from enforcement.models import Order
from foundation.core.errors import InvalidInput
from foundation.regions.models import Jurisdiction
from institutions import queries as register
from institutions.enums import ENDED, LicenceStatus, StandingKind, Status
from institutions.models import Institution

from .enums import INTERNAL_FLAG, STANDING, ListKind
from .models import ListRule
from .rating import years_graded_a


def rules_in(jurisdiction: Jurisdiction | None, on: date) -> dict[str, ListRule]:
    """Kind -> the rule in force on a day for a place: its own, else its superior's, else the one for everywhere."""
    line: list[int | None] = []
    while jurisdiction is not None:
        line.append(jurisdiction.pk)
        jurisdiction = jurisdiction.parent
    line.append(None)
    in_force = ListRule.objects.filter(
        Q(effective_to__isnull=True) | Q(effective_to__gte=on),
        Q(jurisdiction__isnull=True) | Q(jurisdiction__in=line[:-1]),
        effective_from__lte=on,
    )
    nearest = sorted(in_force, key=lambda rule: line.index(rule.jurisdiction_id), reverse=True)
    return {rule.kind: rule for rule in nearest}


def rule_for(kind: str, jurisdiction: Jurisdiction | None, on: date) -> ListRule:
    """The rule of one kind in a place on a day. Raises InvalidInput for a kind that nobody keeps."""
    rule = rules_in(jurisdiction, on).get(kind)
    if rule is None:
        message = "没有这种名单的规则，请选择名单。"
        raise InvalidInput(message, code="no_list_rule", fields={"kind": [message]})
    return rule


@dataclass(frozen=True)
class Check:
    """One thing that a list asks for: whether it is met (None: nothing is known), and what was found."""

    label: str
    met: bool | None
    told: str
    code: str = "entry_rule"

    @property
    def word(self) -> str:
        return {True: "符合", False: "不符合", None: "待核实"}[self.met]


def checks(institution: Institution, rule: ListRule, *, on: date) -> list[Check]:
    """Everything that the rule asks of an institution on a day, in the order in which it is told."""
    found = [_not_ended(institution, rule)] if rule.kind != ListKind.BLACK else []
    if rule.needs_licence:
        found.append(_licence(institution, on))
    if rule.lowest_grade:
        found.append(_grade(institution, rule.lowest_grade, on))
    if rule.years_of_a:
        found.append(_years_of_a(institution, rule.years_of_a))
    if rule.needs_no_open_order:
        number = Order.objects.filter(institution=institution, state__in=OPEN_ORDERS).count()
        found.append(Check("无未办结的通知书", not number, f"有{number}份未办结" if number else "没有"))
    return [*found, *_exclusions(institution, rule, on)]


def _not_ended(institution: Institution, rule: ListRule) -> Check:
    ended = institution.status in ENDED
    label = Status(institution.status).label
    told = f"状态为“{label}”的机构不能列入{rule.get_kind_display()}" if ended else f"状态为“{label}”"
    return Check("仍在办学", not ended, told, code="ended_institution")


def _licence(institution: Institution, on: date) -> Check:
    if institution.licence_status != LicenceStatus.COMPLETE:
        return Check("证照齐全且许可有效", False, institution.get_licence_status_display())
    if register.permits_in_force(institution, on=on).exists():
        return Check("证照齐全且许可有效", True, "许可在有效期内")
    if institution.permits.exists():
        return Check("证照齐全且许可有效", False, "登记的许可都已过有效期")
    return Check("证照齐全且许可有效", None, "名录中没有登记许可")


def _grade(institution: Institution, lowest: str, on: date) -> Check:
    label = f"诚信等级不低于{lowest}级"
    held = register.standing(institution, on=on).get((StandingKind.GRADE, ""))
    if held is None:
        return Check(label, None, "尚未评级")
    return Check(label, held.value <= lowest, f"{held.value}级")


def _years_of_a(institution: Institution, needed: int) -> Check:
    years = years_graded_a(institution)
    return Check(f"连续{needed}年A级", years >= needed, f"最近连续{years}年为A级")


def _exclusions(institution: Institution, rule: ListRule, on: date) -> list[Check]:
    """Lists that exclude this one, whichever of the two rules says so; also where no entry set the standing."""
    held, others = register.standing(institution, on=on), rules_in(institution.jurisdiction, on)
    found = []
    for kind in ListKind:
        other = others.get(kind)
        if kind == rule.kind or not (kind in rule.excludes or (other and rule.kind in other.excludes)):
            continue
        flagged = kind == ListKind.WARNING and (StandingKind.FLAG, INTERNAL_FLAG) in held
        there = flagged or (STANDING[kind], "") in held
        told = f"该机构已在{kind.label}中，请先移出" if there else "不在其中"
        found.append(Check(f"不在{kind.label}中", not there, told, code="list_entry_one_list_at_a_time"))
    return found
