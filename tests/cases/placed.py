"""Cases at a place of the authorization matrix, each in the state in which a page is offered."""

from __future__ import annotations

from functools import partial

from cases.enums import SAY_LINK, CaseState, Outcome, PenaltyKind, Source, Stage, StatementKind
from cases.models import (
    Case,
    CasePaper,
    Evidence,
    EvidenceFile,
    Hearing,
    Penalty,
    Preservation,
    Publication,
    Statement,
    Violation,
)
from clues.models import Clue
from enforcement.enums import OrderState, Service
from enforcement.models import Order
from foundation.accounts.models import User
from foundation.core import clock
from foundation.documents.enums import DocumentKind
from inspections.enums import PaperFormat
from tests.authz.register import institution
from tests.authz.relations import Objects, Place
from tests.cast import organ
from tests.clues.placed import placed_closed as closed_clue
from tests.documents.factories import placed as document
from tests.enforcement.placed import formal_visit, order
from tests.inspections.placed import filer
from tests.listings.placed import with_slip

S = CaseState
#: States before the leader filed the case.
UNFILED = (S.PROPOSED, S.DECLINED)


def superior(place: Place) -> User:
    """Who approves at the place; none of the cast."""
    facts = {"name": "审批人", "organ": organ(place.jurisdiction.code), "password": "!"}
    return User.objects.get_or_create(username=f"superior-{place.jurisdiction.code}", defaults=facts)[0]


def case(place: Place, state: CaseState = S.PROPOSED, **given) -> Case:
    row, at = institution(place), clock.now()
    filed = {} if state == S.PROPOSED else {"filed_by": superior(place)}
    if state not in UNFILED:
        filed["filed_on"] = clock.local_date(at)
    return Case.objects.create(
        **{
            "source": Source.OTHER,
            "source_note": "测试",
            "institution": row,
            "jurisdiction": place.jurisdiction,
            "division": place.division,
            "category": place.category,
            "organ": organ(place.jurisdiction.code),
            "party_name": row.name,
            "violation": Violation.objects.order_by("pk")[0],
            "summary": "测试",
            "state": state,
            "state_at": at,
            "proposed_by": filer(place),
            "proposed_at": at,
            **filed,
            **given,
        }
    )


def with_evidence(place: Place) -> Case:
    row = case(place, S.INVESTIGATING)
    piece(row, place)
    return row


def piece(row: Case, place: Place) -> Evidence:
    return Evidence.objects.create(
        case=row,
        no=1,
        kind="record",
        title="笔录",
        shows="事实",
        taken_from="现场",
        taken_on=clock.today(),
        taken_by="两人",
        added_by=filer(place),
        added_at=clock.now(),
    )


def evidence_file(place: Place) -> EvidenceFile:
    return EvidenceFile.objects.create(
        evidence=piece(case(place, S.INVESTIGATING), place),
        name="笔录",
        format=PaperFormat.PDF,
        path=f"evidence/{EvidenceFile.objects.count()}",
        sealed_sha256="0" * 64,
        sha256="0" * 64,
        size=1,
        added_by=filer(place),
        added_at=clock.now(),
    )


def paper(row: Case, place: Place, kind: DocumentKind, *, served: bool = True) -> CasePaper:
    facts = {}
    if served:
        facts = {
            "service": Service.DIRECT,
            "served_on": clock.today(),
            "recipient": "王某",
            "receipt": document(place),
        }
    return CasePaper.objects.create(
        case=row,
        kind=kind,
        document=document(place),
        turn=row.turn,
        made_by=filer(place),
        made_on=clock.today(),
        **facts,
    )


def with_keeping(place: Place) -> Case:
    row = case(place, S.INVESTIGATING)
    Preservation.objects.create(
        case=row,
        items=["课桌"],
        place="原址",
        keeper="王某",
        approved_by="局长",
        preserved_on=clock.today(),
        paper=paper(row, place, DocumentKind.PRESERVATION, served=False),
    )
    return row


def unserved(place: Place) -> Case:
    row = case(place, S.NOTIFIED)
    paper(row, place, DocumentKind.PRIOR_NOTICE, served=False)
    return row


def told(place: Place, *, said: StatementKind | None = None, state: CaseState = S.NOTIFIED) -> Case:
    row = case(place, state)
    notice = paper(row, place, DocumentKind.PRIOR_NOTICE)
    if said:
        Statement.objects.create(
            case=row,
            notice=notice,
            kind=said,
            text="从轻",
            given_by="王某",
            given_on=clock.today(),
            entered_by=filer(place),
        )
    return row


def called(place: Place) -> Case:
    row = told(place, said=StatementKind.HEARING, state=S.HEARING)
    Hearing.objects.create(
        case=row,
        request=row.statements.get(),
        host=superior(place),
        called_on=clock.today(),
        planned_on=clock.today(),
        place="会议室",
    )
    return row


def decided(place: Place, state: CaseState = S.DECIDED) -> Case:
    row = case(
        place,
        state,
        outcome=Outcome.PUNISH,
        decision_proposed_by=filer(place),
        decided_by=superior(place),
        decided_on=clock.today(),
    )
    Penalty.objects.create(case=row, stage=Stage.DECIDED, turn=0, kind=PenaltyKind.WARNING)
    return row


def executing(place: Place) -> Case:
    row = decided(place, S.EXECUTING)
    paper(row, place, DocumentKind.PENALTY)
    return row


def published(place: Place) -> Case:
    row = executing(place)
    Publication.objects.create(
        case=row,
        party=row.party_name,
        facts="事实",
        penalty="警告",
        basis="条款",
        published_on=clock.today(),
        until=clock.today().replace(year=clock.today().year + 1),
        published_by=filer(place),
    )
    return row


def public_decision(place: Place) -> dict[str, str]:
    return {"public_id": published(place).publication.public_id}


def escalated(place: Place) -> Order:
    row = order(place)
    Order.objects.filter(pk=row.pk).update(state=OrderState.ESCALATED, end_reason="拒不整改")
    return Order.objects.get(pk=row.pk)


def true_clue(place: Place) -> Clue:
    return closed_clue(place, institution=institution(place))


def placed(make) -> Objects:
    return Objects(make, place=True, category=True)


def in_state(state: CaseState, **given) -> Objects:
    return placed(partial(case, state=state, **given))


OBJECTS = {
    "admin:inspections_visit_case": placed(formal_visit),
    "admin:enforcement_order_case": placed(escalated),
    "admin:clues_clue_case": Objects(true_clue, place=True),
    "admin:cases_case": in_state(S.PROPOSED),
    "admin:cases_violation": Objects(lambda place: Violation.objects.order_by("pk")[0], relations=("own",)),
    "admin:cases_evidencefile": placed(evidence_file),
    **{f"admin:cases_case_{slug}": in_state(S.INVESTIGATING) for slug in ("sheet", "extend")},
    **{f"admin:cases_case_{slug}": placed(with_evidence) for slug in ("evidence", "question", "preserve", "conclude")},
    "admin:cases_case_dispose": placed(with_keeping),
    **{f"admin:cases_case_{slug}": in_state(S.CONCLUDED) for slug in ("pass", "return")},
    "admin:cases_case_notify": in_state(S.REVIEWED),
    "admin:cases_case_serve": placed(unserved),
    "admin:cases_case_statement": placed(told),
    "admin:cases_case_slip": placed(told),
    "admin:cases_case_stop-slip": with_slip(told, SAY_LINK),
    "admin:cases_case_answer": placed(partial(told, said=StatementKind.DEFENCE)),
    "admin:cases_case_call-hearing": placed(partial(told, said=StatementKind.HEARING, state=S.HEARING)),
    "admin:cases_case_hold-hearing": placed(called),
    "admin:cases_case_end-say": placed(partial(told, said=StatementKind.WAIVER)),
    **{f"admin:cases_case_{slug}": in_state(S.HEARD) for slug in ("reopen", "propose")},
    **{f"admin:cases_case_{slug}": in_state(S.TO_DECIDE, outcome=Outcome.SPARE) for slug in ("decide", "send-back")},
    "admin:cases_case_decision-paper": placed(decided),
    **{f"admin:cases_case_{slug}": placed(executing) for slug in ("fulfil", "ask-close", "publish", "overturn")},
    **{f"admin:cases_case_{slug}": in_state(S.CLOSING) for slug in ("close", "keep-open")},
    "admin:cases_case_archive": in_state(S.DECLINED),
    "admin:cases_case_unpublish": placed(published),
}
