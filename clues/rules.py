"""Who may report, read and follow up clues."""

from __future__ import annotations

from foundation.accounts.enums import Can, OrganKind
from foundation.accounts.models import Organ
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from foundation.regions.enums import JurisdictionLevel
from foundation.regions.models import GridArea, Jurisdiction

from .enums import OWN_PEOPLE, Channel, OpeningState
from .models import Clue, SenderOpening, Whistle, WhistleCall
from .notices import DESTROY

#: Organs that no town calls to a door.
NOT_CALLED = frozenset({OrganKind.BANK, OrganKind.TOWN, OrganKind.SCHOOL, OrganKind.DISCIPLINE})


@rule("您的岗位不能查看线索。")
def can_view_clues(actor: Actor) -> bool:
    return actor.can(Can.VIEW_CLUES)


@rule("您不能查看这条线索的照片。")
def can_see_evidence(actor: Actor, clue: Clue) -> bool:
    """Exactly those who may read the clue itself."""
    return can_view_clues(actor) and covers(actor, clue)


@rule("您的岗位不能上报线索。")
def can_report(actor: Actor) -> bool:
    """Those who go out and look, and those who take in what others tell them."""
    return actor.can(Can.REPORT_CLUE) or actor.can(Can.HANDLE_CLUE)


@rule("您的岗位不能在手机上上报线索。")
def can_report_in_the_field(actor: Actor) -> bool:
    """The three-tap report of those who go out and look."""
    return actor.can(Can.REPORT_CLUE)


@rule("该地点不在您负责的区域内，不能上报线索。")
def can_report_here(actor: Actor, clue: Clue) -> bool:
    return can_report(actor) and covers(actor, clue)


@rule("只有本县的经办人可以出具网格巡查记录。")
def can_issue_grid_record(actor: Actor, grid: GridArea) -> bool:
    """Those who keep the grid and read the clues that came from it."""
    own = actor.can(Can.MANAGE_GRIDS) and actor.can(Can.VIEW_CLUES) and covers(actor, grid)
    return actor.is_person and own and actor.can(Can.ISSUE_DOCUMENT)


@rule("您的岗位不能登记线索。")
def can_take_in(actor: Actor) -> bool:
    """The desk: those who follow clues up also enter what came by telephone, letter or from 12345."""
    return actor.can(Can.VIEW_CLUES) and actor.can(Can.HANDLE_CLUE)


@rule("您的岗位不能上报线索，或该对象不在您的管辖范围内。")
def can_report_about(actor: Actor, row: object) -> bool:
    """From the page of an institution or an unlicensed site."""
    return can_report(actor) and covers(actor, row)


@rule("只有本辖区的经办人可以核查和办结线索。")
def can_handle(actor: Actor, clue: Clue) -> bool:
    return actor.can(Can.HANDLE_CLUE) and covers(actor, clue)


@rule("网上反映不登录、不记名，请退出登录后再填写。")
def can_send_tip(actor: Actor) -> bool:
    """Anybody, and nobody in particular: the public form knows no person."""
    return not actor.is_person


@rule("只有本辖区的经办人可以回复网上反映人。")
def can_answer_sender(actor: Actor, clue: Clue) -> bool:
    """Whoever handles the clue, if it came through the public form."""
    return clue.channel == Channel.TIP and can_handle(actor, clue)


@rule("只有本辖区的经办人可以回访。")
def can_call_back(actor: Actor, clue: Clue) -> bool:
    """Whoever handles clues here, for one that came from outside."""
    return clue.channel not in OWN_PEOPLE and can_handle(actor, clue)


@rule("只有本辖区的经办人可以申请拆封反映人。")
def can_ask_for_sender(actor: Actor, clue: Clue) -> bool:
    """Never those who go there, never the institution: only whoever handles clues here."""
    return actor.is_person and can_handle(actor, clue)


@rule("拆封须由申请人以外、对线索有管辖权的领导审批。")
def can_decide_opening(actor: Actor, opening: SenderOpening) -> bool:
    """The second person: another one, with the right, in whose scope the clue lies."""
    another = actor.is_person and actor.user_id != opening.asked_by_id
    return another and actor.can(Can.UNSEAL_SENDER) and actor.can(Can.VIEW_CLUES) and covers(actor, opening)


@rule("只有申请人本人可以查看，且须在有效时间内。")
def can_read_sender(actor: Actor, opening: SenderOpening) -> bool:
    """Whoever asked, while the post still handles the clue; the operation also looks at the hour."""
    own = actor.is_person and actor.user_id == opening.asked_by_id
    return own and opening.state == OpeningState.ALLOWED and can_handle(actor, opening.clue)


@rule("反映人信息只由系统到期销毁。")
def can_destroy_sender(actor: Actor, clue: Clue) -> bool:
    return not actor.is_person and actor.can(DESTROY) and covers(actor, clue)


@rule("您的岗位不办理吹哨报到。")
def can_view_whistles(actor: Actor) -> bool:
    """Towns that raise tickets, organs that may be called, and those who see aggregates."""
    may = {Can.WHISTLE, Can.ANSWER_ASSIGNMENT, Can.VIEW_AGGREGATES}
    return actor.organ_id is not None and bool(actor.capabilities & may)


@rule("只有镇街可以吹哨。")
def can_whistle(actor: Actor) -> bool:
    return actor.can(Can.WHISTLE) and actor.organ_id is not None


@rule("只有镇街可以在本镇街范围内吹哨。")
def can_whistle_here(actor: Actor, whistle: Whistle) -> bool:
    return can_whistle(actor) and covers(actor, whistle)


@rule("只能吹哨给本县(市、区)的部门。")
def can_be_called(actor: Actor, whistle: Whistle, organ: Organ) -> bool:
    """A department or the bureau of the same county, never oneself, a bank or a closed organ."""
    fits = organ.kind not in NOT_CALLED and organ.closed_on is None and organ.pk != actor.organ_id
    return can_whistle(actor) and fits and organ.jurisdiction_id == whistle.jurisdiction_id


@rule("只有被吹哨、还没有报到的部门可以报到。")
def is_called(actor: Actor, whistle: Whistle) -> bool:
    """An organ that is called and has not reported in yet."""
    if actor.organ_id is None or not actor.can(Can.ANSWER_ASSIGNMENT):
        return False
    return whistle.calls.filter(organ=actor.organ_id, reported_at__isnull=True).exists()


@rule("只有被吹哨的部门可以报到。")
def can_report_in(actor: Actor, call: WhistleCall) -> bool:
    return actor.can(Can.ANSWER_ASSIGNMENT) and actor.organ_id == call.organ_id


@rule("只有吹哨的镇街可以办结或撤回。")
def can_end_whistle(actor: Actor, whistle: Whistle) -> bool:
    return can_whistle(actor) and actor.organ_id == whistle.organ_id


@rule("只有本辖区的经办人可以导入12345转办单。")
def can_import_orders(actor: Actor, jurisdictions: set[int]) -> bool:
    """Every order of a batch lies in the actor's area."""
    return actor.can(Can.IMPORT_CLUES) and actor.areas is None and jurisdictions <= actor.scope


@rule("您的岗位不能查看广告筛查规则。")
def can_view_ad_rules(actor: Actor) -> bool:
    return actor.can(Can.VIEW_CLUES) or actor.can(Can.MANAGE_PARAMETERS)


@rule("广告筛查规则全省统一，由省级参数管理员设定。")
def can_set_ad_rules(actor: Actor) -> bool:
    """The same for everybody: only whoever keeps the parameters of the whole province."""
    province = Jurisdiction.objects.filter(level=JurisdictionLevel.PROVINCE, pk__in=actor.scope)
    return actor.can(Can.MANAGE_PARAMETERS) and province.exists()
