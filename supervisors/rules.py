"""Who may recruit, appoint, train and judge supervisors, and what a supervisor may do."""

from __future__ import annotations

from datetime import date

from clues.models import Clue
from clues.rules import can_handle
from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from foundation.regions.models import Jurisdiction
from foundation.regions.queries import jurisdictions_below
from inspections.models import InterestDeclaration
from institutions.models import Institution

from . import queries
from .enums import CandidateState, RecruitmentState, SupervisorState
from .models import (
    Candidate,
    ClueTask,
    Feedback,
    LibraryItem,
    LibrarySection,
    Objection,
    Proposal,
    Quiz,
    Quota,
    Recruitment,
    Supervisor,
    Training,
)

#: What the portal's own job may do to supervisors: let terms end.
KEEP_TERMS = "supervisors.keep_terms"


# -- reading ---------------------------------------------------------------------------------------------------------
@rule("您的岗位不查看社会监督员。")
def can_view(actor: Actor) -> bool:
    return actor.can(Can.VIEW_SUPERVISORS)


@rule("只有聘任单位可以查看公示异议。")
def can_view_objections(actor: Actor) -> bool:
    """Who objected is known to those who handle objections, and to nobody else."""
    return actor.can(Can.MANAGE_SUPERVISORS)


# -- recruiting ------------------------------------------------------------------------------------------------------
@rule("只有聘任单位可以管理监督员。")
def can_manage_somewhere(actor: Actor) -> bool:
    return actor.is_person and actor.can(Can.MANAGE_SUPERVISORS)


@rule("只能在本辖区开展征集。")
def can_recruit_in(actor: Actor, place: Jurisdiction) -> bool:
    return can_manage_somewhere(actor) and place.pk in actor.scope


@rule("只有聘任单位可以办理这次征集。")
def can_manage_recruitment(actor: Actor, recruitment: Recruitment) -> bool:
    return can_manage_somewhere(actor) and recruitment.organ_id == actor.organ_id and covers(actor, recruitment)


@rule("只有分得名额的地区可以在推荐期间推荐人选。")
def can_nominate(actor: Actor, recruitment: Recruitment) -> bool:
    """A district's own officer, while nominations run."""
    return (
        actor.is_person
        and actor.can(Can.NOMINATE_SUPERVISOR)
        and recruitment.state == RecruitmentState.NOMINATING
        and Quota.objects.filter(recruitment=recruitment, jurisdiction__in=actor.scope).exists()
    )


@rule("只有推荐单位可以撤回推荐。")
def can_withdraw(actor: Actor, candidate: Candidate) -> bool:
    return actor.is_person and actor.can(Can.NOMINATE_SUPERVISOR) and covers(actor, candidate)


#: Candidates who are not to be appointed: no picture of them is needed.
OUT = frozenset({CandidateState.REJECTED, CandidateState.STRUCK, CandidateState.WITHDRAWN})


@rule("只有推荐单位和聘任单位可以上传人选照片；不再办理的人选不需要照片。")
def can_set_portrait(actor: Actor, candidate: Candidate) -> bool:
    nominates = actor.is_person and actor.can(Can.NOMINATE_SUPERVISOR) and covers(actor, candidate)
    return candidate.state not in OUT and (nominates or can_manage_recruitment(actor, candidate.recruitment))


@rule("只有聘任单位可以审核人选。")
def can_review(actor: Actor, candidate: Candidate) -> bool:
    """Nobody reviews a person whom he nominated himself."""
    return can_manage_recruitment(actor, candidate.recruitment) and candidate.nominated_by_id != actor.user_id


def objections_run(recruitment: Recruitment, on: date) -> bool:
    """Whether the list is shown to all on this day, both days included."""
    return (
        recruitment.state == RecruitmentState.PUBLICITY
        and recruitment.publicity_from_on <= on <= recruitment.publicity_until_on
    )


@rule("公示期已过或尚未开始，不能提出异议。")
def can_object(actor: Actor, candidate: Candidate, on: date) -> bool:
    """Anybody, while the list is shown to all."""
    return candidate.state == CandidateState.PASSED and objections_run(candidate.recruitment, on)


@rule("只有聘任单位可以代为登记异议。")
def can_enter_objection(actor: Actor, candidate: Candidate) -> bool:
    return (
        can_manage_recruitment(actor, candidate.recruitment)
        and candidate.state == CandidateState.PASSED
        and candidate.recruitment.state == RecruitmentState.PUBLICITY
    )


@rule("只有聘任单位可以处理异议。")
def can_handle_objection(actor: Actor, objection: Objection) -> bool:
    return can_manage_recruitment(actor, objection.candidate.recruitment)


@rule("只有聘任单位可以聘任，且须已进入公示与聘任阶段。")
def can_appoint(actor: Actor, candidate: Candidate) -> bool:
    return (
        can_manage_recruitment(actor, candidate.recruitment)
        and candidate.recruitment.state == RecruitmentState.PUBLICITY
    )


# -- in office -------------------------------------------------------------------------------------------------------
@rule("只有聘任单位可以管理该监督员。")
def can_manage(actor: Actor, supervisor: Supervisor) -> bool:
    return can_manage_somewhere(actor) and supervisor.organ_id == actor.organ_id and covers(actor, supervisor)


@rule("只有聘任单位的经办人可以出具监督员月度报告。")
def can_issue_report(actor: Actor, supervisor: Supervisor) -> bool:
    """Of former supervisors too: what they did stays a fact."""
    return can_manage(actor, supervisor) and actor.can(Can.ISSUE_DOCUMENT)


@rule("只有聘任单位可以管理在聘监督员。")
def can_change_term(actor: Actor, supervisor: Supervisor) -> bool:
    return can_manage(actor, supervisor) and supervisor.state == SupervisorState.IN_OFFICE


@rule("只有系统任务可以办理届满。")
def can_let_expire(actor: Actor) -> bool:
    return not actor.is_person and actor.can(KEEP_TERMS)


@rule("只有举办单位可以登记到训。")
def can_keep_training(actor: Actor, training: Training) -> bool:
    return can_manage_somewhere(actor) and training.organ_id == actor.organ_id


# -- a supervisor's own ----------------------------------------------------------------------------------------------
@rule("您的岗位不是社会监督员。")
def can_supervise(actor: Actor) -> bool:
    return actor.is_person and actor.can(Can.SUPERVISE)


def in_office(supervisor: Supervisor, on: date) -> bool:
    """在聘 on a day: not ended, and within the term (both days included)."""
    return supervisor.state == SupervisorState.IN_OFFICE and supervisor.term_from_on <= on <= supervisor.term_until_on


@rule("您目前不在聘期内，不能履职。")
def is_own_and_in_office(actor: Actor, supervisor: Supervisor, on: date) -> bool:
    return can_supervise(actor) and supervisor.user_id == actor.user_id and in_office(supervisor, on)


@rule("这项测试不是为您编制的。")
def is_asked(actor: Actor, supervisor: Supervisor, quiz: Quiz) -> bool:
    """The quiz is one of the bureau that appointed the supervisor."""
    return supervisor.user_id == actor.user_id and quiz.jurisdiction_id == supervisor.organ.jurisdiction_id


@rule("该机构不在您的责任区域内。")
def can_tell_of(actor: Actor, institution: Institution) -> bool:
    return can_supervise(actor) and covers(actor, institution)


@rule("这份资料不是发给您的。")
def can_read_section(actor: Actor, supervisor: Supervisor, section: LibrarySection) -> bool:
    readable = LibraryItem.objects.visible_to(actor).filter(pk=section.item_id)
    return can_supervise(actor) and supervisor.user_id == actor.user_id and readable.exists()


@rule("您没有有效的监督员聘任（未聘任、未到聘期、已届满或已离任），不能登记走访。")
def is_appointed(actor: Actor, supervisor: Supervisor | None, on: date) -> bool:
    """The actor's own appointment is in force on the day; a post alone lets nobody visit."""
    own = can_supervise(actor) and supervisor is not None and supervisor.user_id == actor.user_id
    return own and in_office(supervisor, on)


@rule("检查那天您不在聘期内，不能登记这次走访。")
def was_appointed(actor: Actor, day: date) -> bool:
    """The actor was in office on the day, in this term or an earlier one (both days of a term included)."""
    return can_supervise(actor) and queries.terms_of(actor, day).exists()


@rule("您还不能上门走访：请先通过上岗测试。")
def is_instructed(actor: Actor, supervisor: Supervisor) -> bool:
    """Every quiz about a checklist in use is passed."""
    return can_supervise(actor) and not queries.quizzes_to_pass(supervisor)


@rule("您还不能上门走访：请先通过上岗测试；不在聘期内的不能走访。")
def may_file(actor: Actor, on: date) -> bool:
    """Whether a supervisor may file visits on a day; ``filing`` asks the same of every visit."""
    supervisor = queries.supervisor_of(actor)
    return is_appointed(actor, supervisor, on) and is_instructed(actor, supervisor)


@rule("您或家人与这家机构有利益关系，应当回避，请告诉聘任单位换人走访。")
def may_visit(actor: Actor, institution: Institution, on: date) -> bool:
    """No visit where an interest of this person is declared for the day (both days of its period included)."""
    declared = InterestDeclaration.objects.in_force(on).filter(person=actor.user_id)
    return not declared.filter(institution=institution).exists()


@rule("您的岗位不处理监督员的反馈。")
def can_handle_feedback_somewhere(actor: Actor) -> bool:
    """The bureau that appoints, and officers who follow clues up."""
    handles = actor.can(Can.MANAGE_SUPERVISORS) or actor.can(Can.HANDLE_CLUE)
    return actor.is_person and actor.can(Can.VIEW_SUPERVISORS) and handles


@rule("只有所属地区和聘任单位可以处理监督员的反馈。")
def can_handle_feedback(actor: Actor, feedback: Feedback) -> bool:
    return can_handle_feedback_somewhere(actor) and covers(actor, feedback)


@rule("只有聘任单位可以答复监督员的建议。")
def can_decide_proposal(actor: Actor, proposal: Proposal) -> bool:
    return can_manage(actor, proposal.supervisor)


@rule("该监督员不在聘期内，不负责这一地区，或与该机构有利益关系，请另选。")
def can_be_asked(actor: Actor, supervisor: Supervisor, clue: Clue, on: date) -> bool:
    """In office, the clue's place lies in the area of work, and no interest in its institution is declared."""
    if not in_office(supervisor, on) or clue.jurisdiction_id not in jurisdictions_below(supervisor.area_id):
        return False
    declared = InterestDeclaration.objects.in_force(on).filter(person=supervisor.user_id)
    return not declared.filter(institution=clue.institution_id).exists()


@rule("只能办理交给您本人的核查任务。")
def can_finish_task(actor: Actor, task: ClueTask) -> bool:
    return can_supervise(actor) and task.supervisor.user_id == actor.user_id


@rule("只有办理这条线索的人员可以撤回核查任务。")
def can_take_back(actor: Actor, task: ClueTask) -> bool:
    return can_handle(actor, task.clue)
