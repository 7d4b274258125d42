"""What interviews and study visits show on other pages."""

from __future__ import annotations

from django.urls import reverse

from enforcement import queries, rules
from enforcement.models import Interview, InterviewParty, StudyGuest, StudyVisit
from foundation.core.actor import Actor
from foundation.core.marks import link
from foundation.core.panels import Panel, panel
from foundation.deadlines.kinds import MatterKind, kept, named_in
from institutions.models import Institution

kept(InterviewParty, kind=MatterKind("interview", "约谈", 45), keeper=named_in(InterviewParty, "interview__planned_by"))


@panel(Interview, label="约谈对象", order=10)
def parties(actor: Actor, interview: Interview) -> Panel:
    rows = [
        (
            link(party.institution.name, reverse("admin:enforcement_interviewparty_change", args=[party.pk])),
            party.attendee or ("未到场" if party.attended is False else "—"),
            party.due_on or "—",
            party.get_state_display(),
        )
        for party in queries.summoned(interview).filter(InterviewParty.SCOPE.condition(actor))
    ]
    return Panel(("机构", "到场人和职务", "整改期限", "状态"), rows, empty="还没有加入机构")


@panel(Institution, label="约谈", order=44)
def of_institution(actor: Actor, institution: Institution) -> Panel | None:
    if not rules.can_view_orders(actor):
        return None
    found = InterviewParty.objects.visible_to(actor).filter(institution=institution).select_related("interview")
    rows = [
        (
            link(party.interview.title, reverse("admin:enforcement_interviewparty_change", args=[party.pk])),
            party.interview.get_kind_display(),
            party.interview.held_on or party.interview.planned_on,
            party.due_on or "—",
            party.get_state_display(),
        )
        for party in found.order_by("-interview__planned_on", "-pk")
    ]
    return Panel(("事由", "种类", "日期", "整改期限", "状态"), rows, empty="没有约谈")


@panel(StudyVisit, label="参加机构", order=10)
def guests(actor: Actor, study_visit: StudyVisit) -> Panel:
    found = StudyGuest.objects.visible_to(actor).filter(study_visit=study_visit).select_related("institution")
    rows = [
        (link(guest.institution.name, reverse("admin:institutions_institution_change", args=[guest.institution_id])),)
        for guest in found.order_by("institution__name", "pk")
    ]
    return Panel(("机构",), rows, empty="没有登记参加机构")
