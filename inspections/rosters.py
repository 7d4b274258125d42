"""What somebody plans of a shift before it is a roster: groups, their people, their areas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from foundation.core.errors import InvalidInput
from foundation.regions.models import Division

from .models import GroupMember, PatrolGroup
from .reports import OnSite


@dataclass(frozen=True)
class GroupPlan:
    """A group: the first of ``members`` leads it. Areas are places that it covers."""

    name: str
    members: tuple[OnSite, ...]
    areas: tuple[Division, ...] = ()

    @property
    def leader(self) -> OnSite | None:
        return self.members[0] if self.members else None

    @classmethod
    def of(cls, group: PatrolGroup) -> GroupPlan:
        """A group of an earlier roster, to be planned again."""
        members = group.members.select_related("user", "organ").order_by("-leads", "pk")
        areas = [area.division for area in group.areas.select_related("division").order_by("pk")]
        return cls(group.name, tuple(map(on_site, members)), tuple(areas))


def on_site(member: GroupMember) -> OnSite:
    """A member as one who went."""
    return OnSite(member.name, member.organ_name, member.user, member.organ, member.certificate_no)


def check_groups(plans: Iterable[GroupPlan]) -> None:
    """Raise InvalidInput with everything that is wrong with the groups."""
    wrong: list[str] = []
    names: set[str] = set()
    for plan in plans:
        if not plan.name.strip():
            wrong.append("请填写组名。")
        if plan.name in names:
            wrong.append(f"组名“{plan.name}”重复。")
        names.add(plan.name)
        if not plan.members:
            wrong.append(f"{plan.name}没有人员。")
        who = [member.identity for member in plan.members]
        if len(set(who)) < len(who):
            wrong.append(f"{plan.name}人员重复。")
    if wrong:
        raise InvalidInput("".join(wrong), code="groups", fields={"groups": wrong})
