"""课后服务总览: one page for an area and a term; each number opens exactly its rows."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.figures import Figure
from foundation.core.marks import amount
from foundation.core.pages import Page
from foundation.core.site import Menu
from foundation.regions.models import Division, Jurisdiction, School
from foundation.regions.queries import town_of
from oversight.queries import by_town

from . import queries, rules
from .enums import ProviderKind
from .models import Provider, Term
from .queries import Totals, tenths

ROWS, SCHOOLS = "admin:afterschool_participation_changelist", "admin:regions_school_changelist"
PROVIDERS = "admin:afterschool_provider_changelist"


def rows_url(term: Term, **asked: object) -> str:
    return f"{reverse(ROWS)}?{urlencode({'term__id__exact': term.pk, **asked})}"


def schools_url(which: str, term: Term, place: str = "") -> str:
    value = f"{which}-{term.pk}" + (f"-{place}" if place else "")
    return f"{reverse(SCHOOLS)}?{urlencode({'afterschool': value})}"


class Overview(Page):
    """How many pupils of an area join in a term, where, for what money, and who serves."""

    slug, label, per_object, has_button = "overview", "课后服务总览", False, False
    rule = rules.can_view
    menu = Menu("课后服务", 1, "monitoring")
    template_name = "afterschool/overview.html"
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        actor, today = request.actor, clock.today()
        terms = list(queries.terms()[:12])
        asked = request.GET.get("term", "")
        term = next((each for each in terms if str(each.pk) == asked), None) or queries.current_term(today)
        if term is None:
            return self.render(on=today, term=None, terms=[])
        towns = by_town(actor)
        return self.render(
            on=today,
            term=term,
            terms=[(each, f"?term={each.pk}", each == term) for each in terms],
            figures=figures(actor, term, today),
            places=places(actor, term, towns=towns),
            word="镇街" if towns else "县区",
            silent_url=schools_url("silent", term),
        )


def figures(actor: Actor, term: Term, today: date) -> list[Figure]:
    """Pupils, rate, coverage, money and providers; five questions and those of the schools."""
    sums = queries.totals(queries.counted(actor, term))
    due, serving = queries.schools_due(actor, term).count(), queries.schools_serving(actor, term).count()
    full = queries.schools_full(actor, term).count()
    silent = queries.schools_silent(actor, term).count()
    kinds = dict(
        queries.active_providers(Provider.objects.visible_to(actor), on=today)
        .order_by()
        .values_list("kind")
        .annotate(Count("pk"))
    )
    told = "、".join(f"{kind.label}{kinds.get(kind, 0)}家" for kind in ProviderKind)
    return [
        Figure("在校学生", f"{sums.enrolled:,} 人", rows_url(term)),
        Figure("自愿参加", f"{sums.joined:,} 人", rows_url(term, service="joined")),
        Figure("参与率", sums.rate, rows_url(term), "自愿参加 ÷ 在校学生"),
        Figure("已开展学校", f"{serving} 所", schools_url("serving", term), f"覆盖率 {tenths(serving, due)}"),
        Figure("应开展学校", f"{due} 所", schools_url("due", term)),
        Figure("达到5天×2小时", f"{full} 所", schools_url("full", term), f"占已开展 {tenths(full, serving)}"),
        Figure("未填报学校", f"{silent} 所", schools_url("silent", term), tone="notice" if silent else "ok"),
        Figure("免收学生", f"{sums.exempt:,} 人", rows_url(term, service="exempt")),
        Figure("财政补助", amount(sums.subsidy_fen), rows_url(term)),
        Figure("家长缴费", amount(sums.paid_fen), rows_url(term), f"家长承担比例 {sums.parent_share}"),
        Figure("有效入选机构", f"{sum(kinds.values())} 家", f"{reverse(PROVIDERS)}?active=yes", told),
    ]


def places(actor: Actor, term: Term, *, towns: bool) -> list[dict[str, object]]:
    """Each county or town with schools that should serve, the highest rate first; the whole area last."""
    place = queries.TOWN if towns else F("school__jurisdiction_id")
    counted = queries.counted(actor, term).order_by().annotate(place=place).values("place")
    sums = {row.pop("place"): Totals(**row) for row in counted.annotate(**queries.sums())}
    schools = _schools_by_place(actor, term, towns=towns)
    model = Division if towns else Jurisdiction
    names = dict(model.objects.filter(pk__in=schools.keys() | sums.keys()).values_list("pk", "name"))
    letter, narrowed = ("t", "town") if towns else ("c", "school__jurisdiction__id__exact")
    lines = []
    for pk, name in names.items():
        total, (due, serving) = sums.get(pk, Totals()), schools.get(pk, (0, 0))
        lines.append(_line(name, total, due, serving, term, place=f"{letter}{pk}", narrowed={narrowed: pk}))
    return sorted(lines, key=lambda line: (-line["share"], str(line["label"])))


def _line(
    name: str, total: Totals, due: int, serving: int, term: Term, *, place: str, narrowed: dict[str, object]
) -> dict[str, object]:
    return {
        "label": name,
        "total": total,
        "share": 1000 * total.joined // total.enrolled / 10 if total.enrolled else 0,
        "url": rows_url(term, **narrowed),
        "joined_url": rows_url(term, **narrowed, service="joined"),
        "due": due,
        "serving": serving,
        "due_url": schools_url("due", term, place),
        "serving_url": schools_url("serving", term, place),
    }


def _schools_by_place(actor: Actor, term: Term, *, towns: bool) -> dict[int, tuple[int, int]]:
    """Place -> (schools that should serve, those that do)."""
    serving = queries.schools_serving(actor, term).values("pk")
    due: dict[int, tuple[int, int]] = {}
    rows = School.objects.filter(pk__in=queries.schools_due(actor, term).values("pk")).order_by()
    place = town_of() if towns else F("jurisdiction_id")
    counts = (
        rows.annotate(place=place)
        .values_list("place")
        .annotate(number=Count("pk"), done=Count("pk", filter=Q(pk__in=serving)))
    )
    for pk, number, done in counts:
        due[pk] = (number, done)
    return due
