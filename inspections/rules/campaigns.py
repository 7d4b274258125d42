"""Who runs campaigns, who returns figures, who says which record belongs to one."""

from __future__ import annotations

from clues.models import Clue
from foundation.accounts.enums import Can
from foundation.core.actor import Actor
from foundation.core.operation import rule
from foundation.core.scope import covers
from foundation.regions.models import Jurisdiction
from inspections.enums import CampaignState
from inspections.models import Campaign, CampaignTarget, CampaignUnit, PaperFile, Visit

from .visits import can_view_visits


@rule("您的岗位不查看专项行动。")
def can_view_campaigns(actor: Actor) -> bool:
    return can_view_visits(actor)


@rule("您的岗位不能组织专项行动。")
def can_draft_campaigns(actor: Actor) -> bool:
    return actor.can(Can.RUN_CAMPAIGN) and actor.organ_id is not None


@rule("只能在本辖区组织专项行动。")
def can_draft_in(actor: Actor, jurisdiction: Jurisdiction) -> bool:
    return can_draft_campaigns(actor) and jurisdiction.pk in actor.scope


@rule("只有牵头单位辖区的组织人员可以办理。")
def can_run(actor: Actor, campaign: Campaign) -> bool:
    return actor.can(Can.RUN_CAMPAIGN) and covers(actor, campaign)


@rule("专项行动已结束，不再修改。")
def is_open(actor: Actor, campaign: Campaign) -> bool:
    return can_run(actor, campaign) and campaign.state != CampaignState.CLOSED


@rule("您不能查看这份文件。")
def can_take_paper(actor: Actor, file: PaperFile) -> bool:
    """Whoever reads the campaign reads its papers."""
    return can_view_campaigns(actor) and PaperFile.objects.visible_to(actor).filter(pk=file.pk).exists()


@rule("只有牵头单位和成员单位在行动期间报送日报。")
def can_return(actor: Actor, campaign: Campaign) -> bool:
    """Of a running campaign that wants daily returns, by the organ that leads it or one that takes part."""
    if not actor.can(Can.RETURN_CAMPAIGN) or actor.organ_id is None:
        return False
    if campaign.state != CampaignState.RUNNING or not campaign.daily_returns:
        return False
    return actor.organ_id == campaign.organ_id or units_in_force(campaign).filter(organ=actor.organ_id).exists()


def units_in_force(campaign: Campaign):
    """The organs that take part and have not left."""
    return CampaignUnit.objects.filter(campaign=campaign, left_on__isnull=True)


@rule("只有登记检查或组织行动的人员可以把本辖区的检查计入专项行动。")
def can_tag(actor: Actor, visit: Visit) -> bool:
    return can_tag_somewhere(actor) and covers(actor, visit)


@rule("您的岗位不能把检查计入专项行动。")
def can_tag_somewhere(actor: Actor) -> bool:
    return actor.can(Can.FILE_VISIT) or actor.can(Can.RUN_CAMPAIGN)


@rule("只有本辖区查看线索并办理线索或组织行动的人员可以把线索计入专项行动。")
def can_tag_clue(actor: Actor, clue: Clue) -> bool:
    return can_tag_some_clue(actor) and covers(actor, clue)


@rule("您的岗位不能把线索计入专项行动。")
def can_tag_some_clue(actor: Actor) -> bool:
    return actor.can(Can.VIEW_CLUES) and (actor.can(Can.HANDLE_CLUE) or actor.can(Can.RUN_CAMPAIGN))


@rule("只有组织行动的人员可以剔除或恢复本辖区的对象。")
def can_keep_target(actor: Actor, target: CampaignTarget) -> bool:
    return actor.can(Can.RUN_CAMPAIGN) and covers(actor, target) and target.campaign.state != CampaignState.CLOSED


@rule("只有登记检查或组织行动的人员可以登记本辖区对象的复核结果。")
def can_recheck(actor: Actor, target: CampaignTarget) -> bool:
    return can_tag_somewhere(actor) and covers(actor, target) and target.campaign.state == CampaignState.RUNNING


@rule("您的岗位不能导出统计表。")
def can_take_statistics(actor: Actor, campaign: Campaign) -> bool:
    """Whoever may export, of a campaign that is seen; figures are those of the own area."""
    return actor.can(Can.EXPORT) and can_view_campaigns(actor)
