"""What inspections, clues and unlicensed sites add to a sheet of figures."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from clues.enums import ClueState
from clues.models import Clue
from inspections.counters import by_group, figures
from inspections.enums import SiteGroup
from inspections.models import CampaignClue, Visit
from inspections.sheet_lines import Extent, SheetLine, at_least, sheet_lines
from institutions.models import UnlicensedSite

from .campaigns import last_returns, tagged
from .visits import of_supervisors, official, tally


def visits_in(extent: Extent) -> QuerySet[Visit]:
    """Visits of an extent that are not void; of a campaign those that count in it."""
    rows = Visit.objects.filter(
        jurisdiction__in=extent.jurisdictions,
        visited_on__range=(extent.first, extent.last),
        voided_at__isnull=True,
    )
    return rows if extent.campaign is None else rows.filter(pk__in=tagged(extent.campaign).values("pk"))


@sheet_lines(order=10)
def inspected(extent: Extent) -> list[SheetLine]:
    """Official visits; supervisors' are another thing and stand in a line of their own."""
    visits = official(visits_in(extent))
    found, printed = tally(visits), figures(visits)
    lines = [
        SheetLine("出动", str(found.person_times), "人次"),
        SheetLine("检查", str(found.visits), "家次"),
        SheetLine("检查", str(found.sites), "家"),
    ]
    for line in by_group(visits):
        group = SiteGroup(line.of).label
        lines += [
            SheetLine(f"其中：{group}", str(line.visits), "家次"),
            SheetLine(f"其中：{group}", str(line.sites), "家"),
        ]
    return [
        *lines,
        SheetLine("发现问题", str(found.with_problem), "家"),
        SheetLine("现场整改", printed["corrected"], "家"),
        SheetLine("清散学生", at_least(found.dispersed, found.dispersed_at_least), "人"),
    ]


@sheet_lines(order=20)
def led(extent: Extent) -> list[SheetLine]:
    """A campaign's 领导带队 as the area's returns say; for a month the supervisors' visits, apart from officers'."""
    if extent.campaign is None:
        supervised = of_supervisors(visits_in(extent)).count()
        return [SheetLine("社会监督员走访", str(supervised), "家次")]
    returns = last_returns(extent.campaign).filter(organ__jurisdiction__in=extent.jurisdictions)
    times = sum(row.led_by_leaders for row in returns if extent.first <= row.day_on <= extent.last)
    return [SheetLine("领导带队", str(times), "次")]


@sheet_lines(order=50)
def clues(extent: Extent) -> list[SheetLine]:
    """Clues received in the period, and closed in it whenever they came; refused and merged ones are not counted."""
    days = (extent.first, extent.last)
    rows = Clue.objects.filter(jurisdiction__in=extent.jurisdictions)
    if extent.campaign is not None:
        tags = CampaignClue.objects.filter(campaign=extent.campaign, ended_at__isnull=True)
        rows = rows.filter(pk__in=tags.values("clue"))
    standing = ~Q(state__in=[ClueState.REFUSED, ClueState.MERGED])
    received = rows.filter(standing, received_at__date__range=days)
    closed = rows.filter(state=ClueState.CLOSED, state_at__date__range=days)
    return [SheetLine("收到线索", str(received.count()), "条"), SheetLine("办结线索", str(closed.count()), "条")]


@sheet_lines(order=60)
def unlicensed(extent: Extent) -> list[SheetLine]:
    """Unlicensed sites found and disposed of in the period; a campaign's are counted by its visits alone."""
    if extent.campaign is not None:
        return []
    rows = UnlicensedSite.objects.filter(jurisdiction__in=extent.jurisdictions)
    period = (extent.first, extent.last)
    return [
        SheetLine("新发现无证场所", str(rows.filter(found_on__range=period).count()), "处"),
        SheetLine("处置无证场所", str(rows.filter(disposed_on__range=period).count()), "处"),
    ]
