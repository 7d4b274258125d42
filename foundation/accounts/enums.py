"""Kinds of organs, training categories, roles and what each role can do. Roles are code; Django's groups are unused."""

from enum import StrEnum

from django.db.models import TextChoices

from foundation.audit.rules import VIEW_AUDIT
from foundation.core.actor import STAFF_DOOR
from foundation.regions.rules import MANAGE_AREAS, MANAGE_GRIDS


class OrganKind(TextChoices):
    EDUCATION = "education", "教育行政部门"
    MARKET = "market", "市场监管部门"
    CIVIL = "civil", "民政部门"
    CULTURE = "culture", "文化和旅游部门"
    SCIENCE = "science", "科技部门"
    SPORT = "sport", "体育部门"
    POLICE = "police", "公安机关"
    FIRE = "fire", "消防救援机构"
    LABOUR = "labour", "人力资源社会保障部门"
    URBAN = "urban", "城市管理部门"
    CENTRAL_BANK = "central_bank", "人民银行"
    FINANCE_BUREAU = "finance_bureau", "金融监管局"
    LOCAL_FINANCE = "local_finance", "地方金融管理部门"
    BANK = "bank", "商业银行"
    TOWN = "town", "乡镇人民政府(街道办事处)"
    SCHOOL = "school", "学校"
    DISCIPLINE = "discipline", "纪检监察与督查"
    COORDINATION = "coordination", "领导小组与联席会议办公室"


class TrainingCategory(TextChoices):
    """学科类 and the four kinds of 非学科类; also what a department's post covers."""

    SUBJECT = "subject", "学科类"
    SPORT = "sport", "体育类"
    ARTS = "arts", "文化艺术类"
    SCIENCE = "science", "科技类"
    OTHER = "other", "其他非学科类"


class Duty(TextChoices):
    """The four duties that no person holds two of at a time (三员分立)."""

    BUSINESS = "business", "业务"
    SYSTEM = "system", "系统管理"
    SECURITY = "security", "安全管理"
    AUDIT = "audit", "审计管理"


class LoginOutcome(TextChoices):
    """How a try to log in ended; people are told less than auditors."""

    SUCCESS = "success", "成功"
    PASSWORD = "password", "登录名或密码错误"
    REFUSED = "refused", "账号已停用或不可用"
    CODE = "code", "动态验证码错误"
    LOCKED = "locked", "失败次数过多，暂时锁定"


class LinkEnd(TextChoices):
    """Why a one-purpose link lives no more; past its last day it simply opens nothing."""

    REPLACED = "replaced", "重新开通"
    STOPPED = "stopped", "经办人停用"
    OVER = "over", "事项已办结"


class Can(StrEnum):
    """What a role may allow. Rules ask for these; the scope of the post decides where."""

    ENTER_STAFF = STAFF_DOOR
    ENTER_PHONE = "phone.enter"
    VIEW_AUDIT = VIEW_AUDIT
    MANAGE_ACCOUNTS = "accounts.manage"
    GRANT_POSTS = "accounts.grant_posts"
    MANAGE_PARAMETERS = "parameters.manage"
    MANAGE_AREAS = MANAGE_AREAS
    MANAGE_GRIDS = MANAGE_GRIDS
    VIEW_REGISTER = "register.view"
    EDIT_REGISTER = "register.edit"
    IMPORT_REGISTER = "register.import"
    MERGE_INSTITUTIONS = "register.merge"
    CLASSIFY = "register.classify"
    APPROVE_MATERIALS = "materials.approve"
    REPORT_UNLICENSED = "unlicensed.report"
    HANDLE_UNLICENSED = "unlicensed.handle"
    REPORT_CLUE = "clues.report"
    VIEW_CLUES = "clues.view"
    HANDLE_CLUE = "clues.handle"
    WHISTLE = "clues.whistle"
    IMPORT_CLUES = "clues.import"
    UNSEAL_SENDER = "clues.unseal_sender"
    MANAGE_CHECKLISTS = "checklists.manage"
    VIEW_VISITS = "visits.view"
    FILE_VISIT = "visits.file"
    VERIFY_FINDING = "visits.verify"
    VOID_VISIT = "visits.void"
    IMPORT_VISITS = "visits.import"
    RUN_CAMPAIGN = "campaigns.run"
    RETURN_CAMPAIGN = "campaigns.return"
    PLAN_PATROL = "patrols.plan"
    RUN_DRAW = "draws.run"
    AGREE_REDRAW = "draws.agree"
    VIEW_ENFORCEMENT = "enforcement.view"
    ISSUE_ORDER = "orders.issue"
    VIEW_CASES = "cases.view"
    HANDLE_CASE = "cases.handle"
    REVIEW_CASE = "cases.review"
    APPROVE_CASE = "cases.approve"
    KEEP_CASE_TERMS = "cases.terms"
    ENTER_TOTALS = "totals.enter"
    APPROVE_TOTALS = "totals.approve"
    VIEW_SUPERVISORS = "supervisors.view"
    NOMINATE_SUPERVISOR = "supervisors.nominate"
    MANAGE_SUPERVISORS = "supervisors.manage"
    SUPERVISE = "supervisors.duty"
    VIEW_CONTRACTS = "contracts.view"
    KEEP_CONTRACTS = "contracts.keep"
    OPEN_MINOR = "contracts.open_minor"
    APPROVE_OPENING = "contracts.approve_opening"
    KEEP_CONTRACT_LIMITS = "contracts.limits"
    PROPOSE_LISTING = "listings.propose"
    APPROVE_LISTING = "listings.approve"
    KEEP_PUBLIC_SITE = "publicity.keep_site"
    HAND_OUT_LETTERS = "publicity.hand_out"
    ASSIGN = "assignments.assign"
    ANSWER_ASSIGNMENT = "assignments.answer"
    ISSUE_DOCUMENT = "documents.issue"
    APPROVE_WORDING = "documents.approve_wording"
    EXPORT = "exports.make"
    EXPORT_PERSONAL = "exports.personal"
    APPROVE_EXPORT = "exports.approve"
    POST_LEDGER = "ledger.post"
    VIEW_AGGREGATES = "reports.aggregates"
    VIEW_OWN_FIGURES = "reports.own"
    VIEW_FUNDS = "funds.view"
    KEEP_FUNDS = "funds.keep"
    APPROVE_FUNDS = "funds.approve"
    SELECT_BANKS = "funds.select_banks"
    BANK_DESK = "funds.bank_desk"
    VIEW_ALERTS = "alerts.view"
    HANDLE_ALERTS = "alerts.handle"
    VIEW_AFTERSCHOOL = "afterschool.view"
    ENTER_AFTERSCHOOL = "afterschool.enter"
    KEEP_AFTERSCHOOL = "afterschool.keep"
    APPROVE_AFTERSCHOOL = "afterschool.approve"
    KEEP_TERMS = "afterschool.terms"


class Role(TextChoices):
    PROVINCE_ANALYST = "province_analyst", "省级查看分析员"
    CITY_MANAGER = "city_manager", "市级管理员"
    COUNTY_OFFICER = "county_officer", "县级经办人"
    COUNTY_LEADER = "county_leader", "县级审核领导"
    LEGAL_REVIEWER = "legal_reviewer", "法制审核员"
    TOWN_STAFF = "town_staff", "镇街工作人员"
    DEPARTMENT_OFFICER = "department_officer", "部门工作人员"
    FINANCE_REGULATOR = "finance_regulator", "金融监管人员"
    BANK_CLERK = "bank_clerk", "银行经办人"
    SUPERVISOR = "supervisor", "社会监督员"
    GRID_WORKER = "grid_worker", "网格员"
    AREA_HEAD = "area_head", "片区负责人"
    SCHOOL_SPECIALIST = "school_specialist", "学校专员"
    DISCIPLINE_INSPECTOR = "discipline_inspector", "纪检督查人员"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"


DUTIES = {
    Role.SYSTEM_ADMIN: Duty.SYSTEM,
    Role.SECURITY_ADMIN: Duty.SECURITY,
    Role.AUDIT_ADMIN: Duty.AUDIT,
}

_READ = {Can.ENTER_STAFF, Can.VIEW_REGISTER, Can.VIEW_VISITS, Can.VIEW_ENFORCEMENT, Can.EXPORT}
#: Those who go out and look: they file visits from the phone or the desk, and report what they come across.
_FIELD = {Can.ENTER_PHONE, Can.FILE_VISIT, Can.REPORT_CLUE, Can.REPORT_UNLICENSED}

ROLES: dict[Role, frozenset[Can]] = {
    Role.PROVINCE_ANALYST: frozenset(
        _READ
        | {Can.VIEW_AGGREGATES, Can.MANAGE_PARAMETERS, Can.ASSIGN, Can.KEEP_PUBLIC_SITE}
        | {Can.MANAGE_CHECKLISTS, Can.VIEW_SUPERVISORS}
        | {Can.VIEW_CONTRACTS, Can.KEEP_CONTRACT_LIMITS}
        | {Can.VIEW_AFTERSCHOOL, Can.KEEP_TERMS}
    ),
    Role.CITY_MANAGER: frozenset(
        _READ
        | {Can.VIEW_AGGREGATES, Can.ASSIGN, Can.ANSWER_ASSIGNMENT, Can.PROPOSE_LISTING, Can.APPROVE_LISTING}
        | {Can.ISSUE_DOCUMENT, Can.APPROVE_EXPORT, Can.EXPORT_PERSONAL, Can.KEEP_PUBLIC_SITE}
        | {Can.VIEW_CLUES, Can.HANDLE_CLUE, Can.UNSEAL_SENDER}
        | {Can.MANAGE_CHECKLISTS, Can.VERIFY_FINDING, Can.VOID_VISIT}
        | {Can.RUN_CAMPAIGN, Can.RETURN_CAMPAIGN, Can.PLAN_PATROL, Can.RUN_DRAW, Can.AGREE_REDRAW}
        | {Can.APPROVE_TOTALS, Can.VIEW_SUPERVISORS, Can.MANAGE_SUPERVISORS, Can.IMPORT_VISITS, Can.ENTER_TOTALS}
        | {Can.ISSUE_ORDER, Can.VIEW_CASES, Can.APPROVE_WORDING}
        | {Can.VIEW_FUNDS, Can.SELECT_BANKS, Can.VIEW_ALERTS}
        | {Can.VIEW_CONTRACTS, Can.APPROVE_OPENING, Can.KEEP_CONTRACT_LIMITS}
        | {Can.VIEW_AFTERSCHOOL, Can.KEEP_TERMS}
    ),
    Role.COUNTY_OFFICER: frozenset(
        _READ
        | _FIELD
        | {Can.EDIT_REGISTER, Can.IMPORT_REGISTER, Can.MERGE_INSTITUTIONS, Can.CLASSIFY}
        | {Can.HANDLE_UNLICENSED, Can.PROPOSE_LISTING, Can.ASSIGN, Can.ANSWER_ASSIGNMENT}
        | {Can.ISSUE_DOCUMENT, Can.EXPORT_PERSONAL, Can.MANAGE_AREAS, Can.MANAGE_GRIDS, Can.VIEW_AGGREGATES}
        | {Can.KEEP_PUBLIC_SITE}
        | {Can.VIEW_CLUES, Can.HANDLE_CLUE, Can.IMPORT_CLUES}
        | {Can.MANAGE_CHECKLISTS, Can.VERIFY_FINDING, Can.IMPORT_VISITS}
        | {Can.RUN_CAMPAIGN, Can.RETURN_CAMPAIGN, Can.PLAN_PATROL, Can.RUN_DRAW, Can.ENTER_TOTALS}
        | {Can.VIEW_SUPERVISORS, Can.NOMINATE_SUPERVISOR, Can.ISSUE_ORDER}
        | {Can.VIEW_CASES, Can.HANDLE_CASE, Can.KEEP_CASE_TERMS}
        | {Can.VIEW_FUNDS, Can.KEEP_FUNDS, Can.VIEW_ALERTS, Can.HANDLE_ALERTS}
        | {Can.VIEW_CONTRACTS, Can.KEEP_CONTRACTS, Can.OPEN_MINOR, Can.KEEP_CONTRACT_LIMITS}
        | {Can.VIEW_AFTERSCHOOL, Can.ENTER_AFTERSCHOOL, Can.KEEP_AFTERSCHOOL}
    ),
    Role.COUNTY_LEADER: frozenset(
        _READ
        | {Can.ENTER_PHONE, Can.APPROVE_LISTING, Can.APPROVE_EXPORT, Can.ASSIGN, Can.VIEW_AGGREGATES}
        | {Can.KEEP_PUBLIC_SITE, Can.APPROVE_MATERIALS}
        | {Can.VIEW_CLUES, Can.UNSEAL_SENDER}
        | {Can.FILE_VISIT, Can.VOID_VISIT, Can.AGREE_REDRAW, Can.APPROVE_TOTALS}
        | {Can.VIEW_SUPERVISORS, Can.RUN_CAMPAIGN, Can.APPROVE_WORDING}
        | {Can.VIEW_CASES, Can.APPROVE_CASE, Can.KEEP_CASE_TERMS}
        | {Can.VIEW_FUNDS, Can.APPROVE_FUNDS, Can.SELECT_BANKS, Can.VIEW_ALERTS}
        | {Can.VIEW_CONTRACTS, Can.APPROVE_OPENING, Can.KEEP_CONTRACT_LIMITS}
        | {Can.VIEW_AFTERSCHOOL, Can.APPROVE_AFTERSCHOOL}
    ),
    Role.LEGAL_REVIEWER: frozenset(_READ | {Can.VIEW_CASES, Can.REVIEW_CASE, Can.APPROVE_WORDING}),
    Role.TOWN_STAFF: frozenset(
        _FIELD
        | {Can.ENTER_STAFF, Can.VIEW_REGISTER, Can.ANSWER_ASSIGNMENT, Can.MANAGE_GRIDS, Can.WHISTLE}
        | {Can.VIEW_VISITS, Can.VIEW_ENFORCEMENT, Can.PLAN_PATROL, Can.RETURN_CAMPAIGN, Can.VIEW_OWN_FIGURES}
    ),
    Role.DEPARTMENT_OFFICER: frozenset(
        _READ | _FIELD | {Can.ANSWER_ASSIGNMENT, Can.RETURN_CAMPAIGN, Can.VIEW_OWN_FIGURES}
    ),
    Role.FINANCE_REGULATOR: frozenset({Can.ENTER_STAFF, Can.ANSWER_ASSIGNMENT, Can.VIEW_AGGREGATES}),
    Role.BANK_CLERK: frozenset({Can.ENTER_STAFF, Can.BANK_DESK}),
    Role.SUPERVISOR: frozenset({Can.ENTER_PHONE, Can.SUPERVISE, Can.REPORT_CLUE}),
    Role.GRID_WORKER: frozenset({Can.ENTER_PHONE, Can.REPORT_UNLICENSED, Can.REPORT_CLUE}),
    Role.AREA_HEAD: frozenset(
        _READ - {Can.EXPORT}
        | _FIELD - {Can.REPORT_UNLICENSED}
        | {Can.ANSWER_ASSIGNMENT, Can.VIEW_AFTERSCHOOL, Can.VIEW_OWN_FIGURES}
    ),
    Role.SCHOOL_SPECIALIST: frozenset(
        _FIELD | {Can.ENTER_STAFF, Can.VIEW_AFTERSCHOOL, Can.ENTER_AFTERSCHOOL, Can.HAND_OUT_LETTERS}
    ),
    Role.DISCIPLINE_INSPECTOR: frozenset(
        _READ | {Can.VIEW_AUDIT, Can.VIEW_SUPERVISORS, Can.VIEW_CASES, Can.VIEW_FUNDS, Can.VIEW_AFTERSCHOOL}
    ),
    Role.SYSTEM_ADMIN: frozenset({Can.ENTER_STAFF, Can.MANAGE_ACCOUNTS}),
    Role.SECURITY_ADMIN: frozenset({Can.ENTER_STAFF, Can.GRANT_POSTS}),
    Role.AUDIT_ADMIN: frozenset({Can.ENTER_STAFF, Can.VIEW_AUDIT, Can.EXPORT}),
}

# Roles whose posts see no rows by jurisdiction: they work through their own narrow doors.
UNSCOPED_ROLES = frozenset({Role.BANK_CLERK, Role.FINANCE_REGULATOR})


class Seat(StrEnum):
    """Where in the tree of jurisdictions a role may sit."""

    PROVINCE = "province"
    CITY = "city"
    LOWEST = "lowest"  # a county, or a bureau without bureaus under it such as 平潭


_FINANCE = frozenset({OrganKind.CENTRAL_BANK, OrganKind.FINANCE_BUREAU, OrganKind.LOCAL_FINANCE})
_DEPARTMENTS = frozenset(
    {OrganKind.MARKET, OrganKind.CIVIL, OrganKind.CULTURE, OrganKind.SCIENCE, OrganKind.SPORT, OrganKind.POLICE}
    | {OrganKind.FIRE, OrganKind.LABOUR, OrganKind.URBAN}
)

#: Organs that a role may sit in; a role not named here may sit in any.
ORGANS_OF_ROLE: dict[Role, frozenset[OrganKind]] = {
    Role.PROVINCE_ANALYST: frozenset({OrganKind.EDUCATION}),
    Role.CITY_MANAGER: frozenset({OrganKind.EDUCATION}),
    Role.COUNTY_OFFICER: frozenset({OrganKind.EDUCATION}),
    Role.COUNTY_LEADER: frozenset({OrganKind.EDUCATION}),
    Role.AREA_HEAD: frozenset({OrganKind.EDUCATION}),
    Role.TOWN_STAFF: frozenset({OrganKind.TOWN}),
    Role.DEPARTMENT_OFFICER: _DEPARTMENTS,
    Role.FINANCE_REGULATOR: _FINANCE,
    Role.BANK_CLERK: frozenset({OrganKind.BANK}),
}

#: Levels that a role may sit at; a role not named here may sit at any.
SEAT_OF_ROLE: dict[Role, Seat] = {
    Role.PROVINCE_ANALYST: Seat.PROVINCE,
    Role.CITY_MANAGER: Seat.CITY,
    Role.COUNTY_OFFICER: Seat.LOWEST,
    Role.COUNTY_LEADER: Seat.LOWEST,
    Role.TOWN_STAFF: Seat.LOWEST,
    Role.GRID_WORKER: Seat.LOWEST,
    Role.SCHOOL_SPECIALIST: Seat.LOWEST,
    Role.AREA_HEAD: Seat.LOWEST,
}
