"""三项监管率, the institutions behind each of their numbers, and pushing those that lack one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from foundation.core import clock
from foundation.core.pages import OperationPage, Page, dressed
from foundation.core.site import Menu
from foundation.regions.queries import lowest_bureaus
from funds import queries, rates, rules
from funds.enums import Flag
from funds.forms import flags as forms
from funds.models import FlagEvent
from funds.operations import flags, pushes

SHOWN = 500


def asked(request: HttpRequest) -> tuple[forms.RatesForm, rates.Moment, rates.Group]:
    """The form with what was asked for; else today and the counties, or the towns of the only one."""
    group = rates.Group.TOWN if lowest_bureaus(request.actor).count() == 1 else rates.Group.COUNTY
    known = {"on": clock.today(), "group": group}
    form = dressed(forms.RatesForm(request.GET if "on" in request.GET else None, initial=known))
    if not form.is_valid():
        return form, rates.moment(request.actor, on=clock.today()), group
    given = form.cleaned_data
    when = rates.moment(request.actor, on=given["on"], known_at=clock.end_of(given["known_on"]))
    return form, when, rates.Group(given["group"])


class Rates(Page):
    """三项监管率 by county, town or category on a day, as known on another; seen with aggregates too."""

    slug, label, kind, per_object = "rates", "三项监管率", "main", False
    rule = rules.can_see_rates
    menu = Menu("资金", 10, "percent")
    template_name = "funds/rates.html"
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        form, when, group = asked(request)
        actor = request.actor
        day = {"on": when.on.isoformat(), "known_on": request.GET.get("known_on", ""), "group": group.value}
        return self.render(
            form=form,
            when=when,
            flags=list(Flag),
            total=rates.total(actor, when),
            lines=rates.broken_down(actor, when, group),
            day=urlencode({key: value for key, value in day.items() if value}),
            opens=rules.can_view(actor),
            pushes=rules.can_push(actor) and when.known_at is None and when.on == clock.today(),
            supervised=queries.supervised_on(actor, on=when.on, known_at=when.known_at).count()
            if rules.can_view(actor)
            else None,
        )


class RateRows(Page):
    """The institutions behind one number of the rates: denominator, numerator, or those that are missing."""

    slug, label, per_object, has_button = "institutions", "应监管机构名单", False, False
    rule = rules.can_view
    template_name = "funds/rate_rows.html"
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        _, when, _ = asked(request)
        found = rates.listed(request.actor, request.GET, when)
        rows = list(
            found.select_related("jurisdiction", "division").order_by("jurisdiction__code", "name", "pk")[:SHOWN]
        )
        events = FlagEvent.objects.filter(institution__in=rows).as_of(when.on, when.known_at)
        standing = {(event.institution_id, event.flag): event for event in events}
        return self.render(
            when=when,
            flags=list(Flag),
            number=found.count(),
            shown=SHOWN,
            which=self.which(request),
            rows=[(row, [(flag, standing.get((row.pk, flag))) for flag in Flag]) for row in rows],
        )

    def which(self, request: HttpRequest) -> str:
        """What the list is, in words."""
        flag, which = request.GET.get("flag", ""), request.GET.get("which", "")
        if flag not in Flag.values or which not in {"done", "missing"}:
            return "应监管机构"
        return f"{'已' if which == 'done' else '未'}完成{Flag(flag).label}的机构"


class PushMissing(OperationPage):
    slug, label, kind, per_object = "push", "催办未完成机构", "main", False
    rule = rules.can_push
    form_class = forms.PushForm
    effect = "今天未完成该事项的应监管机构，按所在镇街（市级按县区）各成一项交办，名单随交办下达，进度见催办记录。"
    done = "已催办。"

    def form_kwargs(self) -> dict:
        return {"initial": {"flag": self.request.GET.get("flag", "")}}

    def run(self, *, by, at, **facts):
        self.push = pushes.push_missing(by=by, at=at, **facts)
        return self.push

    def next_url(self, result) -> str:
        from_register = self.register.admin_site.get_model_admin(type(result))
        return from_register.row_url(result)


class StrikeFlag(OperationPage):
    slug, label, kind = "strike", "更正：登记有误", "danger"
    form_class = forms.StrikeForm
    effect = "按现在所知这条登记从未有过；按当时所知的统计不变，原记录仍可查看。"
    done = "已更正。"

    @staticmethod
    def rule(actor, event) -> bool:
        return rules.can_keep(actor, event.institution) and not hasattr(event, "replaced_by") and not event.withdrawn

    def run(self, *, by, at, reason):
        flags.strike_flag(event=self.row, reason=reason, by=by, at=at)
        return self.row
