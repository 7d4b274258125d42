"""Objects for the URLs that name one. See README.md; keep each app's entries under its own heading.

A key is a URL name, or the part of it before the last ``_`` to serve all pages of a register. A factory gets a
``Place`` and returns the row (its pk goes into the URL) or a dict of the URL's arguments. A page that needs another
state than the register's other pages gets an entry of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from assignments.enums import PartState
from assignments.models import Assignment, Part
from foundation.accounts.enums import Can, Duty, LoginOutcome, OrganKind, Role
from foundation.accounts.models import LoginEvent, Organ, Post, User
from foundation.audit.models import Event
from foundation.audit.record import record
from foundation.core import clock
from foundation.core.actor import job
from foundation.core.events import EventKind
from foundation.deadlines.enums import DeadlineState, LimitUnit
from foundation.deadlines.models import CalendarYear, Deadline, LimitRule, Pause
from foundation.notifications.enums import Channel, Topic
from foundation.notifications.models import Delivery, Message
from foundation.regions.enums import SchoolStage
from foundation.regions.models import GridArea, School, SchoolArea
from institutions.child_pages import PAGES as CHILD_PAGES
from publicity.enums import CheckState, FindingKind
from publicity.models import Finding, PublicCheck
from tests.afterschool import placed as afterschool
from tests.alerts import placed as alerts
from tests.authz import contracts
from tests.authz.register import (
    department_charge,
    disposed_site,
    full_institution,
    institution,
    responsible,
    unlicensed_site,
)
from tests.authz.relations import Objects, Place
from tests.banking import placed as banking
from tests.cases import placed as cases
from tests.cast import CITY, OWN, organ
from tests.clues import adverts_placed as adverts
from tests.clues.placed import placed as clue
from tests.clues.placed import placed_accepted as accepted_clue
from tests.clues.placed import placed_checking as checking_clue
from tests.clues.placed import placed_closed as closed_clue
from tests.clues.placed import placed_handed as handed_clue
from tests.clues.placed import placed_opening as sender_opening
from tests.clues.placed import placed_sealed as sealed_clue
from tests.clues.placed import placed_tip as tip_clue
from tests.clues.placed import placed_whistle as whistle
from tests.declarations import placed as declarations
from tests.documents.factories import local_wording
from tests.documents.factories import placed as document
from tests.enforcement import placed as enforcement
from tests.exports.factories import placed as export
from tests.funds import placed as funds
from tests.imports.factories import placed as import_batch
from tests.imports.factories import placed_applied as applied_batch
from tests.inspections import campaigns_placed as campaigns
from tests.inspections import placed as inspections
from tests.inspections import placed_draws as draws
from tests.ledger import placed as ledger
from tests.listings import placed as judging
from tests.materials import placed as materials
from tests.outreach import placed as outreach
from tests.payouts import placed as payouts
from tests.photos.factories import placed as photo
from tests.publicity.placed import handed_out, parent_letter, published_letter
from tests.reports import placed as reports
from tests.supervisors import placed as supervisors


def event(place: Place) -> Event:
    return record(EventKind("test.seen", "测试事项"), subject=place.jurisdiction, by=job("测试"), at=clock.now())


def assignment(place: Place) -> Assignment:
    """From the city bureau to the own county's."""
    giver = organ(CITY)
    at = clock.now()
    row = Assignment.objects.create(
        number=f"JB-{Assignment.objects.count()}",
        jurisdiction=giver.jurisdiction,
        organ=giver,
        issued_by=User.objects.get(posts__organ=giver, posts__role=Role.CITY_MANAGER),
        issued_at=at,
        title="排查",
        content="请排查",
        due_on=clock.local_date(at),
    )
    Part.objects.create(
        assignment=row, organ=organ(OWN), jurisdiction=organ(OWN).jurisdiction, state_at=at, due_on=row.due_on
    )
    return row


def part_in(state: PartState) -> Callable[[Place], Part]:
    def make(place: Place) -> Part:
        part = assignment(place).parts.get()
        answered = {"result": "已办", "answered_at": clock.now()} if state == PartState.ANSWERED else {}
        Part.objects.filter(pk=part.pk).update(state=state, **answered)
        return part

    return make


def running_deadline(place: Place, **given) -> Deadline:
    today = clock.today()
    return Deadline.objects.create(
        subject_type="test",
        subject_id=Deadline.objects.count(),
        subject_label="测试事项",
        title="限期办理",
        code="test",
        fixed_due_on=today,
        started_on=today,
        due_on=today,
        state_at=clock.now(),
        capability=Can.EDIT_REGISTER,
        jurisdiction=place.jurisdiction,
        division=place.division,
        category=place.category,
        **given,
    )


def paused_deadline(place: Place) -> Deadline:
    deadline = running_deadline(place, state=DeadlineState.PAUSED)
    Pause.objects.create(deadline=deadline, from_on=deadline.started_on, reason="鉴定")
    return deadline


def calendar_year(place: Place) -> CalendarYear:
    """The calendar lies nowhere: everybody reads the same."""
    return CalendarYear.objects.get(year=2026)


def local_limit(place: Place) -> LimitRule:
    return LimitRule.objects.create(
        code="case.filing",
        name="立案审批",
        jurisdiction=place.jurisdiction,
        amount=7,
        unit=LimitUnit.WORKING_DAY,
        clause="本地规定",
        effective_from=date(2022, 1, 1) + timedelta(days=LimitRule.objects.count()),
        effective_to=date(2022, 1, 1) + timedelta(days=LimitRule.objects.count()),
    )


def message_to_officer(place: Place) -> Message:
    officer = User.objects.filter(posts__role=Role.COUNTY_OFFICER, posts__organ=organ(OWN)).order_by("pk")[0]
    return Message.objects.create(
        recipient=officer,
        kind="test",
        label="测试",
        topic=Topic.NEWS,
        title="测试消息",
        period=str(Message.objects.count()),
        created_at=clock.now(),
    )


def delivery_to_officer(place: Place) -> Delivery:
    at = clock.now()
    return Delivery.objects.create(message=message_to_officer(place), channel=Channel.SMS, state_at=at, due_at=at)


def grid_area(place: Place) -> GridArea:
    name = f"{place.relation}网格{GridArea.objects.count()}"
    return GridArea.objects.create(jurisdiction=place.jurisdiction, division=place.division, name=name)


def school_area(place: Place) -> SchoolArea:
    name = f"{place.relation}片区{SchoolArea.objects.count()}"
    return SchoolArea.objects.create(jurisdiction=place.jurisdiction, name=name)


def school(place: Place) -> School:
    name = f"{place.relation}小学{School.objects.count()}"
    stage = SchoolStage.PRIMARY
    return School.objects.create(jurisdiction=place.jurisdiction, division=place.division, name=name, stage=stage)


def bureau(place: Place) -> Organ:
    kind = OrganKind.LABOUR
    return Organ.objects.create(jurisdiction=place.jurisdiction, kind=kind, name=f"{place.relation}人社局")


def resident(place: Place, **given) -> User:
    number = User.objects.count()
    username = f"{place.relation.replace('_', '-')}-{number}"
    return User.objects.create(username=username, name="居民", organ=bureau_once(place), **given)


def bureau_once(place: Place) -> Organ:
    made = {"kind": OrganKind.EDUCATION}
    return Organ.objects.get_or_create(jurisdiction=place.jurisdiction, name=f"{place.relation}教育局", defaults=made)[
        0
    ]


def disabled_resident(place: Place) -> User:
    return resident(place, is_active=False)


def post(place: Place) -> Post:
    user = resident(place)
    return Post.objects.create(
        user=user, organ=user.organ, role=Role.LEGAL_REVIEWER, duty=Duty.BUSINESS, valid_from=clock.today()
    )


def login(place: Place) -> LoginEvent:
    user = resident(place)
    return LoginEvent.objects.create(
        user=user, username=user.username, succeeded=True, outcome=LoginOutcome.SUCCESS, at=clock.now()
    )


def public_institution(place: Place) -> dict[str, object]:
    return {"public_id": institution(place).public_id}


def public_edition(place: Place) -> dict[str, object]:
    return {"kind": "white", "no": judging.edition(place).no}


def public_check(place: Place) -> PublicCheck:
    at = clock.now()
    return PublicCheck.objects.create(
        started_at=at, started_by="测试", state=CheckState.STOPPED, state_at=at, beat_at=at
    )


def finding(place: Place) -> Finding:
    at, check = clock.now(), public_check(place)
    return Finding.objects.create(
        kind=FindingKind.PLANTED,
        key=f"{check.pk:064}",
        place="/",
        excerpt="测试",
        jurisdiction=place.jurisdiction,
        first_check=check,
        last_check=check,
        found_at=at,
        seen_at=at,
    )


OBJECTS: dict[str, Objects] = {
    # -- audit -----------------------------------------------------------------------------------------------------
    "admin:audit_event": Objects(event),
    # -- regions ---------------------------------------------------------------------------------------------------
    "admin:regions_division": Objects(lambda place: place.division),
    "admin:regions_jurisdiction": Objects(lambda place: place.jurisdiction),
    "admin:regions_gridarea": Objects(grid_area, place=True),
    "admin:regions_schoolarea": Objects(school_area),
    "admin:regions_school": Objects(school, place=True),
    # -- accounts --------------------------------------------------------------------------------------------------
    "admin:accounts_organ": Objects(bureau),
    "admin:accounts_user": Objects(resident),
    "admin:accounts_user_enable": Objects(disabled_resident),
    "admin:accounts_post": Objects(post),
    "admin:accounts_loginevent": Objects(login),
    # -- deadlines -------------------------------------------------------------------------------------------------
    "admin:deadlines_deadline": Objects(running_deadline, place=True, category=True),
    "admin:deadlines_deadline_resume": Objects(paused_deadline, place=True, category=True),
    "admin:deadlines_calendaryear": Objects(calendar_year, relations=()),
    "admin:deadlines_limitrule": Objects(local_limit),
    # -- notifications ---------------------------------------------------------------------------------------------
    "admin:notifications_message": Objects(message_to_officer),
    "admin:notifications_delivery": Objects(delivery_to_officer),
    # -- documents -------------------------------------------------------------------------------------------------
    "admin:documents_document": Objects(document, place=True, category=True),
    "admin:documents_localwording": Objects(local_wording),
    # -- imports ---------------------------------------------------------------------------------------------------
    "admin:imports_batch": Objects(import_batch),
    "admin:imports_batch_undo": Objects(applied_batch),
    # -- exports ---------------------------------------------------------------------------------------------------
    "admin:exports_export": Objects(export),
    # -- photos ----------------------------------------------------------------------------------------------------
    **dict.fromkeys(["photos:display", "photos:thumb"], Objects(photo)),
    # -- institutions ----------------------------------------------------------------------------------------------
    "admin:institutions_institution": Objects(institution, place=True, category=True),
    **{
        f"admin:institutions_institution_{page.slug}": Objects(full_institution, place=True, category=True)
        for page in CHILD_PAGES
    },
    "admin:institutions_unlicensedsite": Objects(unlicensed_site, place=True, category=True),
    "admin:institutions_unlicensedsite_reopen": Objects(disposed_site, place=True, category=True),
    **declarations.OBJECTS,
    **afterschool.OBJECTS,
    **materials.OBJECTS,
    **outreach.OBJECTS,
    "admin:institutions_responsible": Objects(responsible, place=True, category=True),
    "admin:institutions_departmentcharge": Objects(department_charge),
    # -- assignments -----------------------------------------------------------------------------------------------
    "admin:assignments_assignment": Objects(assignment, relations=("own",)),
    "admin:assignments_part": Objects(part_in(PartState.PENDING), relations=("own",)),
    "admin:assignments_part_answer": Objects(part_in(PartState.WORKING), relations=("own",)),
    "admin:assignments_part_accept": Objects(part_in(PartState.ANSWERED), relations=("own",)),
    "admin:assignments_part_send-back": Objects(part_in(PartState.ANSWERED), relations=("own",)),
    # -- clues -----------------------------------------------------------------------------------------------------
    "admin:clues_clue": Objects(clue, place=True),
    "admin:clues_clue_close": Objects(checking_clue, place=True),
    "admin:clues_clue_start-checking": Objects(accepted_clue, place=True),
    "admin:clues_clue_ask-check": Objects(accepted_clue, place=True),
    "admin:clues_clue_call-back": Objects(closed_clue, place=True),
    "admin:clues_clue_give-back": Objects(handed_clue, place=True),
    "admin:clues_clue_answer-sender": Objects(tip_clue, place=True),
    "admin:clues_clue_ask-sender": Objects(sealed_clue, place=True),
    "admin:clues_whistle": Objects(whistle, relations=("own",)),
    "admin:clues_senderopening": Objects(sender_opening, place=True),
    # -- inspections -----------------------------------------------------------------------------------------------
    **inspections.OBJECTS,
    **draws.OBJECTS,
    **campaigns.OBJECTS,
    "admin:clues_sighting": Objects(adverts.placed_sighting, place=True),
    "admin:clues_clue_describe-advert": Objects(adverts.placed_advert, place=True),
    "admin:clues_advertrule": Objects(adverts.a_rule),
    # -- enforcement -----------------------------------------------------------------------------------------------
    **dict.fromkeys(
        [f"admin:inspections_visit_order-{kind}" for kind in ("rectify", "stop", "on-spot")],
        Objects(enforcement.formal_visit, place=True, category=True),
    ),
    "admin:enforcement_interview": Objects(enforcement.interview),
    "admin:enforcement_interviewparty": Objects(enforcement.party, place=True, category=True),
    **dict.fromkeys(
        [f"admin:enforcement_interviewparty_{slug}" for slug in ("fixed", "slip", "report")],
        Objects(enforcement.open_party, place=True, category=True),
    ),
    "admin:enforcement_interviewparty_stop-slip": Objects(enforcement.party_with_slip, place=True, category=True),
    "admin:enforcement_studyvisit": Objects(enforcement.study_visit, place=True, category=True),
    "admin:enforcement_removalitem": Objects(enforcement.removal_item, place=True),
    "admin:institutions_institution_flag-adverts": Objects(enforcement.repeater, place=True, category=True),
    "admin:institutions_institution_unflag-adverts": Objects(enforcement.flagged, place=True, category=True),
    "admin:enforcement_order": Objects(enforcement.order, place=True, category=True),
    "admin:enforcement_order_recheck-record": Objects(enforcement.rechecked_order, place=True, category=True),
    "admin:inspections_visit_site-record": Objects(enforcement.own_visit, place=True, category=True),
    "admin:enforcement_order_stop-slip": Objects(enforcement.order_with_slip, place=True, category=True),
    # -- cases -----------------------------------------------------------------------------------------------------
    **cases.OBJECTS,
    # -- funds -----------------------------------------------------------------------------------------------------
    **funds.OBJECTS,
    **alerts.OBJECTS,
    **reports.OBJECTS,
    **banking.OBJECTS,
    **payouts.OBJECTS,
    **ledger.OBJECTS,
    # -- listings --------------------------------------------------------------------------------------------------
    **judging.OBJECTS,
    **contracts.OBJECTS,
    # -- publicity -------------------------------------------------------------------------------------------------
    "admin:publicity_publiccheck": Objects(public_check, relations=("own",)),
    "admin:publicity_finding": Objects(finding),
    "admin:publicity_parentletter": Objects(parent_letter),
    "admin:publicity_parentletter_withdraw": Objects(published_letter),
    "publicity:letter": Objects(published_letter),
    "publicity:letter_receipt": Objects(handed_out),
    # -- supervisors -----------------------------------------------------------------------------------------------
    **supervisors.OBJECTS,
    # -- phone -----------------------------------------------------------------------------------------------------
    "phone:read": Objects(message_to_officer),
    # -- publicity -------------------------------------------------------------------------------------------------
    **dict.fromkeys(
        ["publicity:institution", "publicity:poster", "publicity:api_institution"], Objects(public_institution)
    ),
    **dict.fromkeys(["publicity:penalty", "publicity:api_penalty"], Objects(cases.public_decision, relations=("own",))),
    **dict.fromkeys(
        ["publicity:edition", "publicity:edition_csv", "publicity:api_edition"],
        Objects(public_edition, relations=("own",)),
    ),
}

#: Arguments that name no object of a scope, such as a secret key that opens nothing.
CONSTANTS: dict[str, dict[str, object]] = {
    "publicity:list_csv": {"kind": "white"},
    "publicity:editions": {"kind": "white"},
    "publicity:api_list": {"kind": "white"},
    "publicity:api_list_changes": {"kind": "white"},
    "publicity:api_editions": {"kind": "white"},
    "publicity:api_unknown": {"rest": "v1/public/nothing"},
    "publicity:supervisor_card": {"code": "0000000000000000"},
    "documents:verify": {"code": "0000000000000000"},
}


def objects_of(name: str) -> Objects | None:
    """The factory for a URL: its own, or that of the longest registered beginning of its name."""
    while name:
        if name in OBJECTS:
            return OBJECTS[name]
        name = name.rpartition("_")[0]
    return None
