"""The roles table of the domain note (4), row by row: what a role may and may not, asked of capabilities and scope.

Rows about work that later issues build (cases, funds) get their capabilities there.
"""

from __future__ import annotations

import pytest

from foundation.accounts.enums import DUTIES, ROLES, UNSCOPED_ROLES, Can, Duty, Role
from foundation.core.scope import covers
from foundation.regions.models import Division, GridArea, Jurisdiction, School
from tests.cast import CITY, NEIGHBOUR, OTHER_CITY, OWN, PROVINCE, TOWN, jurisdiction

MAY = [
    # 省教育厅: see all aggregates, drill to county, templates, parameters
    ("province", Can.VIEW_AGGREGATES),
    ("province", Can.VIEW_REGISTER),
    ("province", Can.MANAGE_PARAMETERS),
    ("province", Can.ASSIGN),
    # 市教育局: approve city lists, reports, hand tasks down and answer the province's
    ("city", Can.APPROVE_LISTING),
    ("city", Can.VIEW_AGGREGATES),
    ("city", Can.ASSIGN),
    ("city", Can.ANSWER_ASSIGNMENT),
    # 县(区)教育局 officer: registry, notices, lists as preparer, areas
    ("officer", Can.EDIT_REGISTER),
    ("officer", Can.IMPORT_REGISTER),
    ("officer", Can.MERGE_INSTITUTIONS),
    ("officer", Can.CLASSIFY),
    ("officer", Can.HANDLE_UNLICENSED),
    ("officer", Can.PROPOSE_LISTING),
    ("officer", Can.ISSUE_DOCUMENT),
    ("officer", Can.MANAGE_AREAS),
    ("officer", Can.MANAGE_GRIDS),
    ("officer", Can.ENTER_PHONE),
    # 县(区)教育局 leader: lists as approver
    ("leader", Can.APPROVE_LISTING),
    ("leader", Can.APPROVE_EXPORT),
    ("leader", Can.APPROVE_MATERIALS),
    # 法制审核员: reviews, so reads
    ("legal", Can.VIEW_REGISTER),
    # 镇街: sweeps, unlicensed sites, grids
    ("town", Can.REPORT_UNLICENSED),
    ("town", Can.MANAGE_GRIDS),
    ("town", Can.VIEW_OWN_FIGURES),
    ("town", Can.ANSWER_ASSIGNMENT),
    ("town", Can.ENTER_PHONE),
    # 部门: own-category institutions, tasks assigned to them, feedback
    ("culture", Can.VIEW_REGISTER),
    ("culture", Can.ANSWER_ASSIGNMENT),
    ("culture", Can.VIEW_OWN_FIGURES),
    # 人行 / 金融监管: dashboards, joint patrol
    ("finance", Can.VIEW_AGGREGATES),
    ("finance", Can.ANSWER_ASSIGNMENT),
    # 银行: its own door
    ("bank", Can.ENTER_STAFF),
    ("bank", Can.BANK_DESK),
    # fund supervision: kept by officers, approved by leaders, banks chosen by leaders and cities, read by inspectors
    ("officer", Can.KEEP_FUNDS),
    ("leader", Can.APPROVE_FUNDS),
    ("leader", Can.SELECT_BANKS),
    ("city", Can.SELECT_BANKS),
    ("city", Can.VIEW_FUNDS),
    ("discipline", Can.VIEW_FUNDS),
    ("leader", Can.AGREE_REDRAW),
    ("leader", Can.APPROVE_TOTALS),
    # visits, draws, campaigns, patrols
    ("officer", Can.FILE_VISIT),
    ("officer", Can.VERIFY_FINDING),
    ("officer", Can.RUN_DRAW),
    ("officer", Can.NOMINATE_SUPERVISOR),
    ("officer", Can.ISSUE_ORDER),
    ("town", Can.PLAN_PATROL),
    ("culture", Can.FILE_VISIT),
    ("city", Can.MANAGE_SUPERVISORS),
    ("city", Can.RUN_CAMPAIGN),
    # 社会监督员: own visits, feedback
    ("supervisor", Can.ENTER_PHONE),
    ("supervisor", Can.SUPERVISE),
    ("supervisor", Can.REPORT_CLUE),
    # 网格员 / 学校专员: report in the own grid
    ("grid", Can.ENTER_PHONE),
    ("grid", Can.REPORT_UNLICENSED),
    ("grid", Can.REPORT_CLUE),
    # 纪检/督查: read-only, audit log
    ("discipline", Can.VIEW_AUDIT),
    ("discipline", Can.VIEW_REGISTER),
    ("discipline", Can.EXPORT),  # the trail that they read
    # 三员
    ("system", Can.MANAGE_ACCOUNTS),
    ("security", Can.GRANT_POSTS),
    ("auditor", Can.VIEW_AUDIT),
    ("auditor", Can.EXPORT),
]

FUNDS = frozenset({Can.VIEW_FUNDS, Can.KEEP_FUNDS, Can.APPROVE_FUNDS, Can.SELECT_BANKS, Can.BANK_DESK})
CHANGES_REGISTER = frozenset(
    {Can.EDIT_REGISTER, Can.IMPORT_REGISTER, Can.MERGE_INSTITUTIONS, Can.CLASSIFY, Can.HANDLE_UNLICENSED}
)
BUSINESS = CHANGES_REGISTER | {
    Can.VIEW_REGISTER,
    Can.REPORT_UNLICENSED,
    Can.PROPOSE_LISTING,
    Can.APPROVE_LISTING,
    Can.ASSIGN,
    Can.ANSWER_ASSIGNMENT,
    Can.ISSUE_DOCUMENT,
    Can.EXPORT_PERSONAL,
    Can.APPROVE_EXPORT,
    Can.MANAGE_AREAS,
    Can.MANAGE_GRIDS,
}
EVERYTHING = frozenset(Can)

MAY_NOT = [
    ("province", CHANGES_REGISTER | FUNDS | {Can.REPORT_UNLICENSED}),  # edit county records
    ("city", CHANGES_REGISTER | {Can.KEEP_FUNDS, Can.APPROVE_FUNDS}),  # what the counties keep and sign stays theirs
    ("officer", {Can.APPROVE_LISTING, Can.APPROVE_EXPORT, Can.APPROVE_FUNDS, Can.SELECT_BANKS}),  # approve own entry
    ("leader", {Can.PROPOSE_LISTING, Can.EDIT_REGISTER, Can.IMPORT_REGISTER, Can.EXPORT_PERSONAL}),  # nor own approval
    ("legal", BUSINESS - {Can.VIEW_REGISTER} | {Can.ISSUE_ORDER}),  # enter evidence
    *((who, {Can.VIEW_AGGREGATES}) for who in ("town", "culture")),  # of a whole bureau
    ("town", {Can.EXPORT_PERSONAL, Can.MANAGE_AREAS, *CHANGES_REGISTER, Can.PROPOSE_LISTING, Can.APPROVE_LISTING}),
    ("culture", CHANGES_REGISTER | {Can.PROPOSE_LISTING, Can.APPROVE_LISTING, Can.EXPORT_PERSONAL}),  # others' drafts
    ("finance", {Can.EXPORT_PERSONAL, Can.VIEW_REGISTER, Can.EXPORT}),  # personal data of pupils
    ("bank", EVERYTHING - {Can.ENTER_STAFF, Can.BANK_DESK}),  # other banks, complaints
    ("leader", {Can.KEEP_FUNDS}),  # nor what they approve
    *((who, FUNDS) for who in ("town", "culture", "finance", "legal")),  # 镇街: no details of funds; finance: the rates
    ("supervisor", EVERYTHING - {Can.ENTER_PHONE, Can.SUPERVISE, Can.REPORT_CLUE}),  # cases, funds, phones of others
    ("grid", EVERYTHING - {Can.ENTER_PHONE, Can.REPORT_UNLICENSED, Can.REPORT_CLUE}),  # anything else
    ("public", EVERYTHING),
    (  # change records
        "discipline",
        EVERYTHING
        - {Can.ENTER_STAFF, Can.VIEW_AUDIT, Can.VIEW_REGISTER, Can.EXPORT}
        - {Can.VIEW_VISITS, Can.VIEW_SUPERVISORS, Can.VIEW_ENFORCEMENT, Can.VIEW_CASES, Can.VIEW_FUNDS}
        - {Can.VIEW_AFTERSCHOOL},
    ),
    ("system", EVERYTHING - {Can.ENTER_STAFF, Can.MANAGE_ACCOUNTS}),  # no business approval, no posts, no trail
    ("security", EVERYTHING - {Can.ENTER_STAFF, Can.GRANT_POSTS}),
    ("auditor", EVERYTHING - {Can.ENTER_STAFF, Can.VIEW_AUDIT, Can.EXPORT}),
]

ROLE_OF = {
    "officer": Role.COUNTY_OFFICER,
    "second_officer": Role.COUNTY_OFFICER,
    "neighbour": Role.COUNTY_OFFICER,
    "other_city": Role.COUNTY_OFFICER,
    "leader": Role.COUNTY_LEADER,
    "legal": Role.LEGAL_REVIEWER,
    "town": Role.TOWN_STAFF,
    "culture": Role.DEPARTMENT_OFFICER,
    "city": Role.CITY_MANAGER,
    "province": Role.PROVINCE_ANALYST,
    "finance": Role.FINANCE_REGULATOR,
    "bank": Role.BANK_CLERK,
    "supervisor": Role.SUPERVISOR,
    "grid": Role.GRID_WORKER,
    "discipline": Role.DISCIPLINE_INSPECTOR,
    "system": Role.SYSTEM_ADMIN,
    "security": Role.SECURITY_ADMIN,
    "auditor": Role.AUDIT_ADMIN,
}


def can(who: str) -> frozenset[Can]:
    """What a member of the cast may, by the code's table; the public has no role."""
    return frozenset() if who == "public" else ROLES[ROLE_OF[who]]


#: Which of five places each member of the cast reaches: own county, neighbour, city, another city's county, province.
PLACES = {"own": OWN, "neighbour": NEIGHBOUR, "city": CITY, "other_city": OTHER_CITY, "province": PROVINCE}
IN_CITY = {"own", "neighbour", "city"}
REACH = {
    **dict.fromkeys(["officer", "leader", "second_officer", "legal", "town", "culture", "grid"], {"own"}.copy),
    "neighbour": {"neighbour"}.copy,
    "other_city": {"other_city"}.copy,
    **dict.fromkeys(["city", "supervisor", "discipline", "system", "security", "auditor"], IN_CITY.copy),
    "province": set(PLACES).copy,
    **dict.fromkeys(["finance", "bank", "public"], set),
}


@pytest.mark.parametrize(("who", "capability"), MAY, ids=[f"{who}-{capability}" for who, capability in MAY])
def test_may(who, capability):
    assert capability in can(who)


@pytest.mark.parametrize(
    ("who", "capability"),
    [(who, capability) for who, refused in MAY_NOT for capability in sorted(refused)],
    ids=[f"{who}-{capability}" for who, refused in MAY_NOT for capability in sorted(refused)],
)
def test_may_not(who, capability):
    assert capability not in can(who)


def test_actors_of_the_cast_have_what_their_roles_have(cast):
    for who, actor in cast.everyone().items():
        assert actor.capabilities == can(who), who


@pytest.mark.parametrize("role", Role)
def test_each_role_is_declared(role):
    assert ROLES[role] <= frozenset(Can)


@pytest.mark.parametrize("role", [Role.SCHOOL_SPECIALIST, Role.AREA_HEAD])
def test_roles_outside_the_cast(role):
    """学校专员 looks, reports, enters after-school counts and hands letters out around the own school; 片区负责人 reads
    and answers besides, and changes nothing."""
    refused = EVERYTHING - {Can.ENTER_PHONE, Can.REPORT_UNLICENSED, Can.REPORT_CLUE, Can.FILE_VISIT}
    refused -= {Can.ENTER_STAFF, Can.VIEW_AFTERSCHOOL, Can.ENTER_AFTERSCHOOL, Can.HAND_OUT_LETTERS}
    if role == Role.AREA_HEAD:
        refused = BUSINESS - {Can.VIEW_REGISTER, Can.ANSWER_ASSIGNMENT}
    assert not ROLES[role] & refused


def test_nobody_prepares_and_approves_in_one_county_role():
    for role in (Role.COUNTY_OFFICER, Role.COUNTY_LEADER, Role.TOWN_STAFF, Role.DEPARTMENT_OFFICER):
        assert not {Can.PROPOSE_LISTING, Can.APPROVE_LISTING} <= ROLES[role]


def test_three_administrators_share_nothing_but_the_door():
    three = [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN]
    assert {DUTIES[role] for role in three} == {Duty.SYSTEM, Duty.SECURITY, Duty.AUDIT}
    for role in three:
        for other in set(Role) - {role}:
            shared = ROLES[role] & ROLES[other]
            assert shared <= {Can.ENTER_STAFF, Can.VIEW_AUDIT, Can.EXPORT}, (role, other)
        assert not ROLES[role] & BUSINESS


def test_only_administrators_administer():
    assert [role for role in Role if Can.MANAGE_ACCOUNTS in ROLES[role]] == [Role.SYSTEM_ADMIN]
    assert [role for role in Role if Can.GRANT_POSTS in ROLES[role]] == [Role.SECURITY_ADMIN]
    assert [role for role in Role if Can.VIEW_AUDIT in ROLES[role]] == [Role.DISCIPLINE_INSPECTOR, Role.AUDIT_ADMIN]


@pytest.mark.parametrize("who", REACH)
def test_scope_of_the_whole_cast(cast, who):
    actor = cast.everyone()[who]
    reached = {place for place, code in PLACES.items() if jurisdiction(code).pk in actor.scope}
    assert reached == REACH[who]()
    visible = set(Jurisdiction.objects.visible_to(actor).values_list("code", flat=True))
    assert visible & set(PLACES.values()) == {PLACES[place] for place in reached}


def test_cast_is_complete(cast):
    assert set(REACH) == set(cast.everyone())


def test_unscoped_roles_are_the_two_with_doors_of_their_own():
    assert {Role.BANK_CLERK, Role.FINANCE_REGULATOR} == UNSCOPED_ROLES


@pytest.mark.parametrize("who", ["town", "grid"])
def test_areas_narrow_town_and_grid(cast, who):
    """A place of another town of the same county is out of reach, the own community is not."""
    actor, own = cast.everyone()[who], jurisdiction(OWN)
    community = GridArea.objects.get(jurisdiction=own).division
    other = Division.objects.filter(parent__parent__code=OWN).exclude(parent__code=TOWN).order_by("code")[0]
    inside = School(jurisdiction=own, division=community, name="实验小学", stage="primary")
    outside = School(jurisdiction=own, division=other, name="滨北小学", stage="primary")
    assert covers(actor, inside)
    assert not covers(actor, outside)


def test_department_is_narrowed_to_its_category(cast):
    assert cast.culture.categories == {"arts"}
    assert cast.officer.categories is None
