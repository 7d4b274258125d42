"""Who may plan, run, void and answer for double-random draws, and who may declare an interest."""

from __future__ import annotations

from foundation.accounts.enums import Can
from foundation.accounts.models import User
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from inspections.enums import DrawState
from inspections.models import Draw, DrawnObject, InterestDeclaration
from inspections.models.interests import READ_ALL
from institutions.models import Institution


@rule("您的岗位不能查看双随机抽查。")
def can_view_draws(actor: Actor) -> bool:
    return actor.can(Can.ENTER_STAFF) and actor.can(Can.VIEW_VISITS)


@rule("您的岗位不能组织双随机抽查。")
def can_plan_draws(actor: Actor) -> bool:
    return actor.is_person and actor.can(Can.RUN_DRAW) and actor.organ_id is not None


@rule("只有本辖区组织抽查的岗位可以办理。")
def can_run_draw(actor: Actor, draw: Draw) -> bool:
    return can_plan_draws(actor) and covers(actor, draw)


@rule("名册冻结前才可以修改；须由本辖区组织抽查的岗位办理。")
def can_change_draw(actor: Actor, draw: Draw) -> bool:
    return can_run_draw(actor, draw) and draw.state == DrawState.DRAFT


@rule("只有已抽取或已冻结、且没有作废申请的抽查可以申请作废。")
def can_ask_void(actor: Actor, draw: Draw) -> bool:
    return can_run_draw(actor, draw) and draw.void_asked_by_id is None


@rule("须由本辖区有审核权限的另一人审核，申请人不能审核自己的申请。")
def can_judge_void(actor: Actor, draw: Draw) -> bool:
    return (
        actor.is_person
        and actor.can(Can.AGREE_REDRAW)
        and covers(actor, draw)
        and draw.void_asked_by_id not in (None, actor.user_id)
    )


@rule("结果公示后，由抽查单位有权出具文书的经办人出具。")
def can_issue_results(actor: Actor, draw: Draw) -> bool:
    """Of results that the public sees, in the name of the organ that drew."""
    is_out = draw.state in (DrawState.PUBLISHED, DrawState.CLOSED)
    return is_out and can_run_draw(actor, draw) and actor.can(Can.ISSUE_DOCUMENT) and actor.organ_id == draw.organ_id


@rule("只有作废的抽查可以重新抽取，并且只能重抽一次。")
def can_redraw(actor: Actor, draw: Draw) -> bool:
    again = Draw.objects.filter(replaces=draw).exclude(state=DrawState.DISCARDED)
    return can_run_draw(actor, draw) and draw.state == DrawState.VOIDED and not again.exists()


@rule("检查结果由组织抽查的岗位或被抽中的检查人员登记。")
def can_record_result(actor: Actor, drawn: DrawnObject) -> bool:
    pair = {officer.post.user_id for officer in (drawn.first_officer, drawn.second_officer) if officer is not None}
    is_sent = actor.is_person and actor.can(Can.FILE_VISIT) and actor.user_id in pair
    return is_sent or (can_plan_draws(actor) and covers(actor, drawn))


@rule("只有抽不出两名无须回避人员的对象可以指定检查人员。")
def can_name_pair(actor: Actor, drawn: DrawnObject) -> bool:
    unpaired = drawn.first_officer_id is None or bool(drawn.pair_reason)
    return can_run_draw(actor, drawn.draw) and unpaired and drawn.draw.state == DrawState.DRAWN


@rule("您的岗位不能查看利益关系申报。")
def can_view_interests(actor: Actor) -> bool:
    return actor.can(Can.VIEW_VISITS)


@rule("您的岗位不申报利益关系。")
def can_declare(actor: Actor, institution: Institution) -> bool:
    """Whoever checks institutions declares for themselves; whoever plans with people also for those."""
    return actor.is_person and (actor.can(Can.FILE_VISIT) or manages_people(actor)) and covers(actor, institution)


@rule("利益关系由本人申报，或由本辖区组织抽查、管理监督员的岗位登记。")
def can_declare_for(actor: Actor, institution: Institution, person: User) -> bool:
    if person.pk == actor.user_id:
        return can_declare(actor, institution) or actor.can(Can.SUPERVISE)
    return manages_people(actor) and covers(actor, institution) and person.organ.jurisdiction_id in actor.scope


@rule("利益关系由本人或本辖区组织抽查、管理监督员的岗位结束。")
def can_end_interest(actor: Actor, interest: InterestDeclaration) -> bool:
    own = actor.is_person and interest.person_id == actor.user_id
    return own or (manages_people(actor) and covers(actor, interest))


def manages_people(actor: Actor) -> bool:
    """Whether the actor enters interests of others: whoever plans draws or manages supervisors."""
    return actor.is_person and (actor.can(Can.RUN_DRAW) or actor.can(Can.MANAGE_SUPERVISORS))


def reads_all_interests(actor: Actor) -> bool:
    """Whether the actor sees declarations of others about institutions of the area."""
    return any(map(actor.can, READ_ALL))
