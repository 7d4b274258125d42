"""The words of a case's papers: what its records give, as the fields that the templates ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from foundation.core.actor import Actor
from foundation.core.clock import local_date
from foundation.core.constraints import insert
from foundation.core.money import yuan
from foundation.deadlines.enums import Limit
from foundation.deadlines.queries import limit_for
from foundation.documents.enums import DocumentKind
from foundation.documents.models import Document
from foundation.documents.operations import issue_document
from foundation.documents.templates import cn_date

from . import queries
from .enums import StatementKind
from .models import Case, CasePaper, Penalty

NO_STATEMENT = "你（单位）在法定期限内未提出陈述、申辩"


@dataclass(frozen=True, kw_only=True)
class Talk:
    """A questioning: who was asked where and when, and each question with its answer."""

    asked: str
    relation: str
    is_party: bool
    time: str
    place: str
    recorder: str
    talk: Sequence[Sequence[str]]
    shows: str


def handlers(case: Case) -> list[str]:
    """Those who handle the case now, each with the certificate."""
    return [str(officer) for officer in case.officers.filter(until__isnull=True).order_by("pk")]


def party_of(case: Case) -> dict[str, object]:
    return {
        "party_name": case.party_name,
        "party_code": case.party_code,
        "party_address": case.party_address,
        "person_in_charge": case.person_in_charge,
    }


def shown(penalty: Penalty) -> list[str]:
    """A penalty as one row: its kind, its sum or content."""
    money = f"人民币{yuan(penalty.amount)}元" if penalty.amount else ""
    return [penalty.get_kind_display(), "；".join(part for part in (money, penalty.detail) if part) or "—"]


def told(penalty: Penalty) -> str:
    """A penalty in one line: its kind, and its sum or content where it has any."""
    kind, content = shown(penalty)
    return kind if content == "—" else f"{kind}：{content}"


def evidence_of(case: Case) -> list[list[str]]:
    return [[f"{row.no}. {row.get_kind_display()}：{row.title}", row.shows] for row in case.evidence.order_by("no")]


def _make(
    case: Case,
    kind: DocumentKind,
    fields: Mapping[str, object],
    *,
    by: Actor,
    at: datetime,
) -> CasePaper:
    document = issue_document(kind=kind, organ=case.organ, fields=fields, subject=case, by=by, at=at)
    return insert(
        CasePaper(
            case=case, kind=kind, document=document, turn=case.turn, made_by_id=by.user_id, made_on=local_date(at)
        )
    )


# -- filing and closing --------------------------------------------------------------------------------------------
def filing(case: Case, *, by: Actor, at: datetime) -> CasePaper:
    """立案审批表, or 不予立案审批表 where the case was declined."""
    fields = {
        "source": "；".join(part for part in (case.get_source_display(), case.source_note) if part),
        **party_of(case),
        "summary": case.summary,
        "violation": str(case.violation),
        "clauses": f"{case.violation.forbidden_by}；{case.violation.punished_by}",
        "proposed_by": case.proposed_by.name,
        "proposed_on": local_date(case.proposed_at),
        "opinion": case.filing_opinion or "同意立案。",
        "approved_by": case.filed_by.name,
        "approved_on": case.filed_on or local_date(case.state_at),
    }
    if case.filed_on is None:
        return _make(case, DocumentKind.NO_FILING, fields, by=by, at=at)
    return _make(case, DocumentKind.FILING, fields | {"officers": handlers(case)}, by=by, at=at)


def closing(case: Case, *, by: Actor, at: datetime) -> CasePaper:
    """结案审批表, when the end is agreed."""
    decision = queries.decision_paper(case)
    fields = {
        "case_number": case.number,
        **party_of(case),
        "filed_on": case.filed_on,
        "result": "；".join(": ".join(shown(row)) for row in queries.decided(case)) or case.get_outcome_display(),
        "decided_on": case.decided_on,
        "served_on": decision.served_on,
        "fulfilment": [f"{cn_date(row.done_on)} {row.note}" for row in queries.fulfilments(case)],
        "note": case.closing_note,
        "opinion": "同意结案。",
        "approved_by": case.closed_by.name,
        "approved_on": case.closed_on,
        "officers": handlers(case),
    }
    return _make(case, DocumentKind.CASE_CLOSING, fields, by=by, at=at)


# -- evidence ------------------------------------------------------------------------------------------------------
def questioning(case: Case, talk: Talk, *, by: Actor, at: datetime) -> CasePaper:
    fields = {
        "about": case.violation.name,
        "time": talk.time,
        "place": talk.place,
        "asked": talk.asked,
        "relation": talk.relation,
        "talk": [list(pair) for pair in talk.talk],
        "recorder": talk.recorder,
        "officers": handlers(case),
    }
    return _make(case, DocumentKind.QUESTIONING, fields, by=by, at=at)


def preservation(
    case: Case,
    items: list[str],
    *,
    place: str,
    keeper: str,
    approved_by: str,
    contact: str,
    by: Actor,
    at: datetime,
) -> CasePaper:
    fields = {
        **party_of(case),
        "about": case.violation.name,
        "items": items,
        "place": place,
        "keeper": keeper,
        "approved_by": approved_by,
        "contact": contact,
        "officers": handlers(case),
    }
    return _make(case, DocumentKind.PRESERVATION, fields, by=by, at=at)


# -- telling and deciding ------------------------------------------------------------------------------------------
def _grounds(case: Case) -> dict[str, object]:
    return {
        **party_of(case),
        "case_number": case.number,
        "about": case.violation.name,
        "facts": case.report,
        "evidence": evidence_of(case),
        "forbidden_by": case.violation.forbidden_by,
        "punished_by": case.violation.punished_by,
    }


def notice(case: Case, *, with_hearing: bool, contact: str, by: Actor, at: datetime) -> CasePaper:
    """事先告知书, or 听证告知书 where the party may ask to be heard."""
    days = {code: str(limit_for(code, case.jurisdiction, local_date(at)).amount) for code in _SAY}
    fields = _grounds(case) | {
        "penalties": [shown(row) for row in queries.noticed(case)],
        "statement_days": days[Limit.DEFENCE_STATEMENT],
        "contact": contact,
    }
    if not with_hearing:
        return _make(case, DocumentKind.PRIOR_NOTICE, fields, by=by, at=at)
    fields["hearing_days"] = days[Limit.HEARING_REQUEST]
    return _make(case, DocumentKind.HEARING_NOTICE, fields, by=by, at=at)


_SAY = (Limit.DEFENCE_STATEMENT, Limit.HEARING_REQUEST)


def decision(case: Case, *, contact: str, payment: str, by: Actor, at: datetime) -> CasePaper:
    """处罚决定书 with what the party said and what became of it, or 不予处罚决定书."""
    fields = _grounds(case) | {
        "filed_on": case.filed_on,
        "grounds": case.grounds,
        "contact": contact,
        "review_term": _term(Limit.RECONSIDERATION, case, at),
        "suit_term": _term(Limit.LITIGATION, case, at),
    }
    penalties = list(queries.decided(case))
    if not penalties:
        return _make(case, DocumentKind.NO_PENALTY, fields, by=by, at=at)
    money = any(row.amount for row in penalties)
    fields |= {
        "told_on": queries.notice_paper(case).served_on,
        "say": say_of(case),
        "penalties": [shown(row) for row in penalties],
        "payment_days": str(limit_for(Limit.FINE_PAYMENT, case.jurisdiction, local_date(at)).amount) if money else "",
        "payment": payment if money else "",
    }
    return _make(case, DocumentKind.PENALTY, fields, by=by, at=at)


def _term(code: str, case: Case, at: datetime) -> str:
    limit = limit_for(code, case.jurisdiction, local_date(at))
    return f"{limit.amount}{'个月' if limit.unit == 'month' else '日'}"


def say_of(case: Case) -> str:
    """What the party said after it was told, and what the organ made of it, in sentences."""
    told = queries.notice_paper(case)
    said = list(told.statements.order_by("pk"))
    sentences = [
        f"你（单位）于{cn_date(row.given_on)}提出陈述申辩，"
        f"本机关{'予以采纳' if row.accepted else '未予采纳'}：{row.answer}"
        for row in said
        if row.kind == StatementKind.DEFENCE
    ]
    sentences += [
        f"你（单位）于{cn_date(row.given_on)}书面放弃陈述申辩和听证" for row in said if row.kind == StatementKind.WAIVER
    ]
    sentences += [
        "你（单位）撤回听证要求" if hearing.withdrawn else f"本机关于{cn_date(hearing.held_on)}举行听证"
        for hearing in queries.hearings_of(told)
    ]
    return "。".join(sentences or [NO_STATEMENT]) + "。"


def receipt(
    paper: CasePaper, *, service: str, served_on, recipient: str, witness: str, by: Actor, at: datetime
) -> Document:
    """送达回证 of a paper that was just handed over."""
    case = paper.case
    fields = {
        "about": case.violation.name,
        "party_name": case.party_name,
        "paper": str(paper),
        "service": service,
        "served_on": served_on,
        "recipient": recipient,
        "witness": witness,
        "officers": handlers(case),
    }
    return issue_document(
        kind=DocumentKind.SERVICE_RECEIPT, organ=case.organ, fields=fields, subject=case, by=by, at=at
    )
