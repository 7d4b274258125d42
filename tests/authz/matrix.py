"""Who may open what: every URL of the portal. See README.md; keep each app's entries under its own heading."""

from __future__ import annotations

from tests.authz.afterschool import AFTERSCHOOL
from tests.authz.alerts import ALERTS
from tests.authz.banking import BANKING
from tests.authz.contracts import CONTRACTS
from tests.authz.field_work import FIELD_WORK
from tests.authz.funds import FUNDS
from tests.authz.judging import JUDGING
from tests.authz.payouts import PAYOUTS
from tests.authz.people import (
    ADMINS,
    APPROVERS_ONLY,
    AREA_KEEPERS,
    EXPORTERS,
    GIVEN_BY_CITY,
    GIVERS,
    GRID_KEEPERS,
    IMPORTERS,
    INBOX_OF_OFFICER,
    INBOX_OF_OFFICER_ON_PHONE,
    NOBODY,
    NOT_APPOINTED,
    OFFICERS,
    OWN_TARGETS,
    PHOTOS,
    READERS,
    SITE_KEEPERS,
    SYSTEM,
    TASKS,
)
from tests.authz.policies import PHONE, STAFF, Always, Login, Policy, Public, Roles, Rows, register
from tests.authz.relations import RELATIONS
from tests.authz.reports import REPORTS

MATRIX: dict[str, Policy] = {
    # -- core ------------------------------------------------------------------------------------------------------
    "healthz": Public(),
    "readyz": Public(),
    "admin:index": Roles(roles=STAFF),
    "admin:login": Always("login"),
    "admin:logout": Public(post="same"),
    # -- audit -----------------------------------------------------------------------------------------------------
    **register("audit_event", view={"auditor", "discipline"}),
    # -- regions ---------------------------------------------------------------------------------------------------
    **register("regions_division", view=STAFF, reach=dict.fromkeys(STAFF, frozenset(RELATIONS))),
    **register("regions_jurisdiction", view=STAFF - {"finance", "bank"}),
    **register(
        "regions_gridarea",
        view=STAFF - {"finance", "bank"},
        pages=dict.fromkeys(["register", "edit", "close"], GRID_KEEPERS) | {"record": OFFICERS},
    ),
    **register(
        "regions_schoolarea",
        view=STAFF - {"finance", "bank"},
        pages=dict.fromkeys(["register", "edit"], AREA_KEEPERS),
    ),
    **register(
        "regions_school",
        view=STAFF - {"finance", "bank"},
        pages=dict.fromkeys(["register", "edit", "close"], AREA_KEEPERS),
    ),
    # -- accounts --------------------------------------------------------------------------------------------------
    "account_login": Public(post="same"),
    "account_logout": Public(post="same"),
    "account_reauthenticate": Login(get="403"),
    "account_change_password": Login(get="403"),  # the cast has no passwords
    "mfa_index": Login(post="405"),
    "mfa_authenticate": Login(),
    "mfa_reauthenticate": Login(get="403"),
    "mfa_activate_totp": Login(),
    "mfa_deactivate_totp": Login(get="404"),
    "mfa_view_recovery_codes": Login(get="404", post="405"),
    "mfa_generate_recovery_codes": Login(),
    "mfa_download_recovery_codes": Login(get="404"),
    "enter": Login(post="405"),
    "posts": Login(post="404"),
    **register("accounts_organ", view=ADMINS, pages=dict.fromkeys(["register", "edit", "close"], SYSTEM)),
    **register(
        "accounts_user",
        view=ADMINS,
        pages={"grant": {"security"}}
        | dict.fromkeys(["create", "edit", "reset-password", "reset-second-factor", "disable", "enable"], SYSTEM),
    ),
    **register("accounts_post", view=ADMINS, pages={"end": {"security"}}),
    **register("accounts_loginevent", view={"auditor", "discipline"}),
    # -- deadlines -------------------------------------------------------------------------------------------------
    **register(
        "deadlines_deadline",
        view=READERS,
        pages=dict.fromkeys(["extend", "pause", "resume", "cancel"], OFFICERS)
        | {"by-person": Rows(view=READERS, post="405")},
    ),
    **register("deadlines_calendaryear", view=STAFF, pages={"publish": {"province"}, "import": {"province"}}),
    **register("deadlines_limitrule", view=STAFF, pages={"set": {"province"}, "text": {"province"}}),
    # -- notifications ---------------------------------------------------------------------------------------------
    **register(
        "notifications_message",
        view=STAFF,
        reach=INBOX_OF_OFFICER,
        pages=dict.fromkeys(["open", "read-all", "preference", "mark-read"], STAFF)
        | {"reminders": Rows(view=READERS, post="405")},
    ),
    **register("notifications_delivery", view={"system"}, reach={"system": frozenset(RELATIONS)}),
    # -- documents -------------------------------------------------------------------------------------------------
    "documents:ask": Public(),
    "documents:verify": Public(),
    **register(
        "documents_document",
        view=READERS,
        pages={
            "pdf": Rows(view=READERS, post="405"),
            "word": Rows(view=READERS, post="405"),
            "void": {"officer", "second_officer"},
        },
    ),
    **register(
        "documents_localwording",
        view=OFFICERS | {"leader", "legal", "city"},
        pages={
            "propose": OFFICERS | {"city"},
            "sample": Rows(view=OFFICERS | {"leader", "legal", "city"}, post="405"),
            "withdraw": {"officer", "second_officer"},  # the wordings of the matrix are the own bureau's
            **dict.fromkeys(["approve", "refuse"], frozenset({"leader", "legal"})),
        },
    ),
    # -- imports ---------------------------------------------------------------------------------------------------
    **register(
        "imports_batch",
        view=IMPORTERS,
        reach=OWN_TARGETS,
        pages={
            "upload": IMPORTERS,
            "template": Rows(view=IMPORTERS, post="405"),
            "errors": Rows(view=IMPORTERS, post="405", reach=OWN_TARGETS),
            "apply": IMPORTERS,
            **dict.fromkeys(["columns", "edit", "accept", "recheck", "discard", "undo"], IMPORTERS),
        },
    ),
    # -- exports ---------------------------------------------------------------------------------------------------
    "admin:audit_event_export": Roles(roles={"auditor", "discipline"}),
    "admin:documents_document_export": Roles(roles=READERS - {"town"}),
    **register(
        "exports_export",
        view=EXPORTERS,
        pages={"download": set(), "approve": {"leader", "city"}, "reject": {"leader", "city"}},
        reach=APPROVERS_ONLY,
    ),
    # -- photos ----------------------------------------------------------------------------------------------------
    **dict.fromkeys(["photos:display", "photos:thumb"], PHOTOS),
    # -- institutions ----------------------------------------------------------------------------------------------
    **register(
        "institutions_institution",
        view=READERS,
        pages={
            "register": OFFICERS,
            "export": READERS - {"town"},
            "as-of": Rows(view=READERS, post="405"),
            "fill-nets": OFFICERS,
        }
        | dict.fromkeys(["edit", "status", "correct-status", "permit", "campus", "course", "staff"], OFFICERS)
        | dict.fromkeys(["opinion", "responsible", "merge", "commitment", "refund-talk"], OFFICERS)
        | dict.fromkeys(["ask-many", "change-request", "change-slip", "stop-change-slip"], OFFICERS)
        | dict.fromkeys(["material", "material-use"], OFFICERS)
        | dict.fromkeys(["end-permit", "close-campus", "stop-course", "class"], OFFICERS)
        | dict.fromkeys(["crime-check", "end-staff", "red-line", "void-red-line"], OFFICERS),
    ),
    **register(
        "institutions_unlicensedsite",
        view=READERS,
        pages={"report": OFFICERS | {"town", "culture"}, "export": READERS - {"town"}}
        | dict.fromkeys(["round", "dispose", "reopen", "merge"], OFFICERS),
    ),
    **register(
        "declarations_inquiry",
        view=READERS,
        pages=dict.fromkeys(["open", "close"], OFFICERS) | {"coverage": Rows(view=READERS, post="405")},
    ),
    **register("declarations_ruleset", view=READERS, pages=dict.fromkeys(["lay-down", "revise"], OFFICERS)),
    **register(
        "declarations_declaration",
        view=READERS,
        pages=dict.fromkeys(["give", "send-back", "slip", "stop-slip", "slips"], OFFICERS),
    ),
    **register("declarations_changerequest", view=READERS, pages={"decide": OFFICERS}),
    # -- materials -------------------------------------------------------------------------------------------------
    **register(
        "materials_materialset",
        view=READERS,
        pages=dict.fromkeys(["inside", "send", "opinion", "resubmit"], OFFICERS)
        | dict.fromkeys(["approve", "return", "refuse", "withdraw"], frozenset({"leader"}))
        | {"figures": Rows(view=READERS, post="405"), "export": READERS - {"town"}},
    ),
    **register("materials_reviewer", view=READERS, pages=dict.fromkeys(["name", "end"], OFFICERS)),
    **register("materials_materialuse", view=READERS, pages={"stop": OFFICERS}),
    **register("materials_usealarm", view=READERS, pages={"stop": OFFICERS, "export": READERS - {"town"}}),
    # -- outreach --------------------------------------------------------------------------------------------------
    **register(
        "outreach_outreach",
        view=READERS,
        pages={"record": OFFICERS | {"city"}, "void": {"officer", "second_officer"}, "export": READERS - {"town"}}
        | {"figures": Rows(view=READERS, post="405")},
    ),
    **{
        url: policy
        for name in ("meeting", "honour")
        for url, policy in register(
            f"outreach_{name}",
            view=READERS,
            pages={"record": OFFICERS | {"city"}, "void": {"officer", "second_officer"}, "export": READERS - {"town"}},
        ).items()
    },
    **register("institutions_responsible", view=READERS, pages={"fill": OFFICERS}),
    **register("institutions_departmentcharge", view=READERS, pages={"set": OFFICERS | {"province"}}),
    # -- assignments -----------------------------------------------------------------------------------------------
    **register("assignments_assignment", view=TASKS, reach=NOBODY, pages={"assign": GIVERS}),
    **register(
        "assignments_part",
        view=TASKS,
        reach=GIVEN_BY_CITY,
        pages={
            "receive": {"officer", "second_officer"},
            "answer": {"officer", "second_officer"},
            "pass-on": {"officer", "second_officer", "leader"},
            "accept": {"city"},
            "send-back": {"city"},
            "cancel": {"city"},
        },
    ),
    # -- clues, inspections, supervisors ---------------------------------------------------------------------------
    **FIELD_WORK,
    # -- funds -----------------------------------------------------------------------------------------------------
    **FUNDS,
    **ALERTS,
    **REPORTS,
    **BANKING,
    **PAYOUTS,
    # -- listings --------------------------------------------------------------------------------------------------
    **JUDGING,
    **CONTRACTS,
    **AFTERSCHOOL,
    # -- phone -----------------------------------------------------------------------------------------------------
    **dict.fromkeys(["phone:today", "phone:forms", "phone:me"], Roles(roles=PHONE, post="405")),
    **dict.fromkeys(
        [
            "phone:duty",
            "phone:duty_visits",
            "phone:duty_own",
            "phone:duty_library",
            "phone:duty_card",
            "phone:duty_tasks",
        ],
        Roles(roles={"supervisor"}),
    ),
    **dict.fromkeys(["phone:duty_feedback", "phone:duty_activity", "phone:duty_proposal"], Roles(roles={"supervisor"})),
    **dict.fromkeys(
        ["phone:duty_item", "phone:duty_section", "phone:duty_quiz", "phone:duty_task"],
        Rows(view={"supervisor"}, door=PHONE, reach=NOT_APPOINTED),
    ),
    "phone:report": Roles(roles=PHONE - {"leader", "supervisor"}),
    "phone:clue": Roles(roles=PHONE - {"leader"}),
    "phone:advert": Roles(roles=PHONE - {"leader"}),
    "phone:my_clues": Roles(roles=PHONE - {"leader"}, post="405"),
    **dict.fromkeys(["phone:visit", "phone:worker"], Public()),  # the empty form holds no data
    **dict.fromkeys(["phone:api_start", "phone:api_subjects"], Roles(roles=PHONE, post="405")),
    "phone:api_visits": Roles(roles=PHONE, get="405", post="422"),
    "phone:read": Rows(view=PHONE, door=PHONE, get="405", post="ok", reach=INBOX_OF_OFFICER_ON_PHONE),
    # -- publicity: the staff's side --------------------------------------------------------------------------------
    **register(
        "publicity_publiccheck",
        view=SITE_KEEPERS,
        reach=dict.fromkeys(SITE_KEEPERS, frozenset({"own"})),  # of the whole site: no scope
        pages={"start": SITE_KEEPERS},
    ),
    **register("publicity_finding", view=SITE_KEEPERS),
    **register(
        "publicity_parentletter",
        view=SITE_KEEPERS,
        pages={"issue": OFFICERS | {"city"}, "notice": OFFICERS | {"city"}, "count": {"officer", "second_officer"}}
        | {"publish": {"second_officer", "leader"}}  # the officer issued it
        | {"withdraw": {"officer", "second_officer", "leader"}},
    ),
    # -- publicity -------------------------------------------------------------------------------------------------
    **dict.fromkeys(
        [
            *(
                "publicity:home",
                "publicity:directory",
                "publicity:directory_csv",
                "publicity:lists",
                "publicity:list_csv",
            ),
            *("publicity:institution", "publicity:poster", "publicity:editions", "publicity:edition"),
            *("publicity:annual_checks", "publicity:afterschool", "publicity:afterschool_figures"),
            *("publicity:penalties", "publicity:penalties_csv", "publicity:penalty"),
            *("publicity:api_penalties", "publicity:api_penalty"),
            *("publicity:api_afterschool", "publicity:afterschool_csv", "publicity:api_draws", "publicity:draws_csv"),
            *("publicity:draws", "publicity:draw", "publicity:draw_replay", "publicity:draw_pool"),
            *("publicity:draw_json", "publicity:draw_script"),
            *("publicity:ledger_roots", "publicity:ledger_roots_json", "publicity:ledger_script"),
            *("publicity:edition_csv", "publicity:report", "publicity:open_data", "publicity:robots"),
            *("publicity:api_areas", "publicity:api_institutions", "publicity:api_institution", "publicity:api_list"),
            *("publicity:api_editions", "publicity:api_edition", "publicity:api_list_changes", "publicity:api_schema"),
        ],
        Public(),
    ),
    "publicity:api_unknown": Always("404"),
    **dict.fromkeys(["publicity:supervisors", "publicity:supervisor_notice", "publicity:supervisor_card"], Public()),
    "publicity:supervisor_object": Public(post="same"),
    **dict.fromkeys(["publicity:letters", "publicity:letter"], Public()),
    "publicity:letter_receipt": Public(post="same"),
    "school_letters": Roles(),  # school specialists alone, of whom the cast has none
    **dict.fromkeys(["publicity:tip", "publicity:tip_progress", "publicity:ledger_receipt"], Public(post="same")),
    "publicity:tip_receipt": Public(get="405", post="400"),
    "publicity:money": Public(post="400"),  # without receipt and phone nothing is looked up
    "publicity:answer": Public(post="404"),  # without a code it opens nothing
    "publicity:choose_face": Public(get="405", post="ok"),
}
