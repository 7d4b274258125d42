"""Who may do what in a case. Whoever prepares a step never approves it; whoever handles a case never reviews it."""

from __future__ import annotations

from clues.enums import ClueState, Verdict
from clues.models import Clue
from clues.rules import can_view_clues
from enforcement.enums import OrderState
from enforcement.models import Order
from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from inspections.enums import ENFORCEMENT
from inspections.models import Visit
from institutions.models import Institution, UnlicensedSite

from .enums import SERVED_PAPERS, CaseState, Disposal, Outcome, StatementKind
from .models import Case, CasePaper, EvidenceFile, Preservation, Publication, Statement


@rule("您的岗位不能查看案件。")
def can_view_cases(actor: Actor) -> bool:
    return actor.can(Can.VIEW_CASES)


@rule("您的岗位不能提请立案。")
def can_handle_cases(actor: Actor) -> bool:
    return actor.is_person and actor.can(Can.HANDLE_CASE)


@rule("只能就本辖区的机构、场所提请立案。")
def can_propose_against(actor: Actor, party: Institution | UnlicensedSite) -> bool:
    return can_handle_cases(actor) and covers(actor, party)


@rule("暗访、社会监督员走访和已作废的检查记录不能作为立案依据，请先形成有两名执法人员的现场检查记录。")
def can_propose_from_visit(actor: Actor, visit: Visit) -> bool:
    """A covert visit stays internal until a formal record is made."""
    formal = visit.kind in ENFORCEMENT and not visit.covert and visit.voided_at is None
    return can_handle_cases(actor) and covers(actor, visit) and formal


@rule("只有状态为“转立案”、尚未立案的通知书可以提请立案。")
def can_propose_from_order(actor: Actor, order: Order) -> bool:
    waiting = order.state == OrderState.ESCALATED and not hasattr(order, "case")
    return can_handle_cases(actor) and covers(actor, order) and waiting


@rule("核查中或查证属实、写明机构或场所的本辖区线索，才可以提请立案。")
def can_propose_from_clue(actor: Actor, clue: Clue) -> bool:
    """Somebody looks into it or found it true, and the party is known."""
    shown = clue.state == ClueState.CHECKING or clue.verdict in (Verdict.TRUE, Verdict.PARTLY)
    known = bool(clue.institution_id or clue.unlicensed_site_id)
    return can_handle_cases(actor) and can_view_clues(actor) and covers(actor, clue) and shown and known


@rule("只有办案单位的经办人可以办理案件。")
def can_handle(actor: Actor, case: Case) -> bool:
    return can_handle_cases(actor) and actor.organ_id == case.organ_id and covers(actor, case)


@rule("须由办案单位的负责人审批，提请人和办案人员不能审批自己的案件。")
def can_approve(actor: Actor, case: Case) -> bool:
    """The head of the organ: none of those who asked for a step or ever handled the case."""
    asked = {case.proposed_by_id, case.concluded_by_id, case.decision_proposed_by_id, case.close_asked_by_id}
    own = actor.is_person and actor.can(Can.APPROVE_CASE) and actor.organ_id == case.organ_id
    return own and covers(actor, case) and actor.user_id not in asked and not _handled(actor, case)


@rule("须由没有办理本案的法制审核人员审核。")
def can_review(actor: Actor, case: Case) -> bool:
    own = actor.is_person and actor.can(Can.REVIEW_CASE) and covers(actor, case)
    asked = {case.proposed_by_id, case.concluded_by_id}
    return own and actor.user_id not in asked and not _handled(actor, case)


def _handled(actor: Actor, case: Case) -> bool:
    """Whoever handed the case over, for an interest in it above all, judges it as little as who handles it now."""
    return case.officers.filter(user_id=actor.user_id).exists()


@rule("只有正在调查的案件可以登记证据、询问和登记保存。")
def can_investigate(actor: Actor, case: Case) -> bool:
    return can_handle(actor, case) and case.state == CaseState.INVESTIGATING


@rule("只有尚未处理的登记保存可以处理。")
def can_dispose(actor: Actor, preservation: Preservation) -> bool:
    return can_handle(actor, preservation.case) and preservation.disposal == Disposal.NONE


@rule("这份文书不需要送达、已经送达或已作废。")
def can_serve(actor: Actor, paper: CasePaper) -> bool:
    waiting = paper.kind in SERVED_PAPERS and paper.served_on is None and not paper.document.is_void
    return can_handle(actor, paper.case) and waiting


@rule("只能登记已送达、尚在听取意见期间的当事人意见。")
def can_take_statement(actor: Actor, case: Case) -> bool:
    return can_handle(actor, case) and case.state == CaseState.NOTIFIED


@rule("这份意见不需要复核或已经复核。")
def can_answer_statement(actor: Actor, statement: Statement) -> bool:
    waiting = statement.kind == StatementKind.DEFENCE and statement.accepted is None
    return can_handle(actor, statement.case) and waiting


@rule("只有已作出处罚决定并送达的案件可以登记履行情况。")
def can_record_fulfilment(actor: Actor, case: Case) -> bool:
    return can_handle(actor, case) and case.state == CaseState.EXECUTING and case.outcome == Outcome.PUNISH


@rule("只能在作出决定前延长一次办案期限，由负责人批准。")
def can_extend(actor: Actor, case: Case) -> bool:
    return can_approve(actor, case) and case.decided_on is None and case.filed_on is not None


@rule("证据文件只供本案办理、审核和审批人员查看。")
def can_take_file(actor: Actor, file: EvidenceFile) -> bool:
    return can_view_cases(actor) and covers(actor, file)


@rule("只有已送达的处罚决定可以公开，每个案件只公开一次。")
def can_publish(actor: Actor, case: Case) -> bool:
    served = case.state in PUBLISHABLE and case.outcome == Outcome.PUNISH and case.overturned_on is None
    return can_handle(actor, case) and served and not hasattr(case, "publication")


PUBLISHABLE = (CaseState.EXECUTING, CaseState.CLOSING, CaseState.CLOSED, CaseState.ARCHIVED)


@rule("只有已作出的决定可以登记被变更或撤销。")
def can_overturn(actor: Actor, case: Case) -> bool:
    return can_handle(actor, case) and case.decided_on is not None and case.overturned_on is None


@rule("只有公开中的决定可以撤下。")
def can_withdraw_publication(actor: Actor, publication: Publication) -> bool:
    return can_handle(actor, publication.case) and publication.withdrawn_on is None


@rule("违法行为条款由全省的参数管理岗位维护。")
def can_word_violations(actor: Actor) -> bool:
    return actor.is_person and actor.can(Can.MANAGE_PARAMETERS)


@rule("您的岗位不查看违法行为条款。")
def can_view_violations(actor: Actor) -> bool:
    """Whoever handles cases or keeps the parameters."""
    return can_view_cases(actor) or actor.can(Can.MANAGE_PARAMETERS)
