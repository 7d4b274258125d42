"""Evening patrols (班外、夜间): planned in the morning, attendance at seven, each group to its sites, back by ten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from foundation.core import clock
from foundation.regions.models import Division
from inspections.enums import Outcome, ShiftKind, Slot, VisitKind
from inspections.models import Campaign, Shift
from inspections.operations.outings import file_group_visit, record_attendance
from inspections.operations.patrols import begin_shift, finish_shift, plan_shift
from inspections.reports import HeadCount, VisitReport
from inspections.rosters import GroupPlan

from .case_diary import Story
from .case_people import CasePlace
from .case_steps import Site


class Rounds:
    """Evenings of a place: groups of two to four, the officers' own people and those of the towns."""

    def __init__(self, here: CasePlace, title: str, *, campaign: Campaign | None = None) -> None:
        self.here, self.title, self.campaign = here, title, campaign

    def evening(
        self,
        at: datetime,
        routes: Sequence[tuple[Division, Sequence[Site]]],
        *,
        covert: bool = False,
    ) -> Story:
        """One evening from ``at``: a group for each town and its sites."""
        here, by = self.here, self.here.acts("jingban")
        yield at.replace(hour=9)
        shift = self._planned(at, [town for town, _ in routes], covert=covert)
        yield at
        begin_shift(shift=shift, by=by, at=at)
        groups = list(shift.groups.select_related("shift").order_by("pk"))
        for group in groups:
            present = list(group.members.values_list("pk", flat=True))
            record_attendance(group=group, present=present, by=by, at=at)
        for group, (_, sites) in zip(groups, routes, strict=True):
            for turn, site in enumerate(sites):
                now = at + timedelta(minutes=25 * turn + 15)
                with clock.set_to(now):
                    file_group_visit(group=group, report=self._report(site, now), by=by, at=now)
        yield at + timedelta(hours=2, minutes=30)
        remark = f"{len(groups)}个组全部返回，检查{sum(len(sites) for _, sites in routes)}处。"
        finish_shift(shift=shift, remark=remark, by=here.acts("jingban"), at=clock.now())

    def _planned(self, at: datetime, towns: Sequence[Division], *, covert: bool) -> Shift:
        own = [self.here.went("jingban", "shijian"), self.here.went("zhifa")]
        plans = []
        for number, town in enumerate(towns):
            office = self.here.office(town)
            guests = tuple(self.here.guest(office, each) for each in range(1 + (at.day + number) % 2))
            plans.append(GroupPlan(f"第{'一二三四'[number]}组", (*own[number % 2], *guests), (town,)))
        facts = {
            "kind": ShiftKind.PATROL, "title": self.title, "held_on": clock.local_date(at), "slot": Slot.EVENING,
            "campaign": self.campaign, "covert": covert,
        }  # fmt: skip
        by = self.here.acts("jingban")
        return plan_shift(jurisdiction=self.here.place, facts=facts, groups=plans, by=by, at=clock.now())

    def _report(self, site: Site, at: datetime) -> VisitReport:
        facts = {"outcome": Outcome.CLEAN, "pupils": HeadCount(6 + (site.pk * 7 + at.day) % 23)}
        return VisitReport(
            client_id=uuid5(NAMESPACE_URL, f"{self.here.word}-evening-{site._meta.label}-{site.pk}-{at.isoformat()}"),
            kind=VisitKind.ROUTINE, subject=site, visited_on=clock.local_date(at), slot=Slot.EVENING, started_at=at,
            **facts,
        )  # fmt: skip
