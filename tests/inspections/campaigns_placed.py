"""Campaigns and shifts at a place of the authorization matrix."""

from __future__ import annotations

from clues.models import Clue
from foundation.accounts.enums import OrganKind
from foundation.core import clock
from inspections.enums import (
    CampaignKind,
    CampaignState,
    JointFocus,
    JointLevel,
    PaperFormat,
    PaperKind,
    ShiftKind,
    ShiftState,
    Slot,
    TargetState,
    TargetTag,
)
from inspections.models import (
    Campaign,
    CampaignClue,
    CampaignPaper,
    CampaignTarget,
    CampaignUnit,
    CampaignVisit,
    GroupArea,
    GroupMember,
    GroupVisit,
    PaperFile,
    PatrolGroup,
    Shift,
    Visit,
)
from tests.authz.register import institution
from tests.authz.relations import Objects, Place
from tests.cast import organ
from tests.clues.placed import placed as clue
from tests.inspections.placed import AT_OWN_LEVEL, filer, visit


def campaign(place: Place, state: str = CampaignState.RUNNING) -> Campaign:
    """Led by the place's bureau."""
    at, today = clock.now(), clock.today()
    return Campaign.objects.create(
        number=f"ZX-{Campaign.objects.count()}",
        name=f"{place.relation}行动",
        kind=CampaignKind.RECHECK,
        starts_on=today,
        ends_on=today,
        jurisdiction=place.jurisdiction,
        organ=organ(place.jurisdiction.code),
        state=state,
        state_at=at,
        drafted_by=filer(place),
    )


def draft(place: Place) -> Campaign:
    return campaign(place, CampaignState.DRAFT)


def unit(place: Place) -> CampaignUnit:
    member = organ(place.jurisdiction.code, OrganKind.FIRE)
    return CampaignUnit.objects.create(campaign=campaign(place), organ=member, joined_on=clock.today())


def paper(place: Place) -> CampaignPaper:
    return CampaignPaper.objects.create(
        campaign=campaign(place),
        kind=PaperKind.PLAN,
        title="方案",
        dated_on=clock.today(),
        organ_name="测试",
        added_by=filer(place),
        added_at=clock.now(),
    )


def paper_file(place: Place) -> PaperFile:
    """Whose file has gone from the disk: whoever asks for it is told so."""
    return PaperFile.objects.create(
        paper=paper(place),
        name="纪要",
        format=PaperFormat.PDF,
        path=f"papers/{PaperFile.objects.count()}",
        sealed_sha256="0" * 64,
        sha256="0" * 64,
        size=1,
        added_by=filer(place),
        added_at=clock.now(),
    )


def target(place: Place, **given) -> CampaignTarget:
    row, at = institution(place), clock.now()
    return CampaignTarget.objects.create(
        campaign=campaign(place),
        institution=row,
        jurisdiction=place.jurisdiction,
        division=place.division,
        category=place.category,
        site_name=row.name,
        address=row.address,
        tags=[TargetTag.NAMED],
        state_at=at,
        listed_at=at,
        **given,
    )


def dropped(place: Place) -> CampaignTarget:
    return target(place, state=TargetState.DROPPED, drop_reason="测试")


def tagged_visit(place: Place) -> Visit:
    row = visit(place)
    CampaignVisit.objects.create(campaign=campaign(place), visit=row, tagged_at=clock.now())
    return row


def tagged_clue(place: Place) -> Clue:
    row = clue(place)
    CampaignClue.objects.create(campaign=campaign(place), clue=row, tagged_at=clock.now())
    return row


def shift(place: Place, state: str = ShiftState.PLANNED) -> Shift:
    """Planned by the place's bureau for today, a joint patrol with one group."""
    row = Shift.objects.create(
        number=f"XC-{Shift.objects.count()}",
        jurisdiction=place.jurisdiction,
        organ=organ(place.jurisdiction.code),
        kind=ShiftKind.JOINT,
        level=JointLevel.COUNTY,
        round=1,
        focus=JointFocus.SPECIAL,
        title="测试巡查",
        held_on=clock.today(),
        slot=Slot.EVENING,
        state=state,
        state_at=clock.now(),
        planned_by=filer(place),
    )
    group = PatrolGroup.objects.create(shift=row, name="第一组")
    GroupMember.objects.create(group=group, name="张三", organ_name="测试", leads=True)
    GroupArea.objects.create(group=group, division=place.division)
    return row


def under_way(place: Place) -> Shift:
    return shift(place, ShiftState.UNDER_WAY)


def group(place: Place) -> PatrolGroup:
    return shift(place).groups.get()


def group_under_way(place: Place) -> PatrolGroup:
    return under_way(place).groups.get()


def joint_visit(place: Place) -> Visit:
    row = visit(place)
    GroupVisit.objects.create(group=group_under_way(place), visit=row)
    return row


OBJECTS = {
    "admin:inspections_campaign": Objects(campaign),
    **{
        f"admin:inspections_campaign_{slug}": Objects(campaign, relations=AT_OWN_LEVEL)
        for slug in ("close", "unit", "paper", "edit", "list-targets", "return")
    },
    "admin:inspections_campaign_start": Objects(draft, relations=AT_OWN_LEVEL),
    "admin:inspections_campaigntarget": Objects(target, place=True, category=True),
    "admin:inspections_campaigntarget_restore": Objects(dropped, place=True, category=True),
    "admin:inspections_campaignunit": Objects(unit),
    "admin:inspections_campaignunit_end": Objects(unit, relations=AT_OWN_LEVEL),
    "admin:inspections_campaignpaper": Objects(paper),
    "admin:inspections_campaignpaper_attach": Objects(paper, relations=AT_OWN_LEVEL),
    "admin:inspections_paperfile": Objects(paper_file),
    "admin:inspections_visit_untag": Objects(tagged_visit, place=True, category=True),
    "admin:clues_clue_untag": Objects(tagged_clue, place=True),
    "admin:inspections_visit_joint-outcome": Objects(joint_visit, place=True, category=True),
    "admin:inspections_shift": Objects(shift),
    "admin:inspections_shift_finish": Objects(under_way),
    "admin:inspections_patrolgroup": Objects(group),
    "admin:inspections_patrolgroup_attendance": Objects(group_under_way),
    "admin:inspections_patrolgroup_visit": Objects(group_under_way),
}
