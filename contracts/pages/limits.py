"""收费规定: what holds here and since when; a change proposed by one person and decided by another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from contracts import rules, workflow
from contracts.enums import Delivery, FeeCategory, LimitCode
from contracts.forms import ApproveForm, PlaceAndDayForm, ProposeLimitForm, RefuseForm
from contracts.limits import Asked, LimitBook
from contracts.models import ContractLimit
from contracts.operations import limits as operations
from foundation.core import clock
from foundation.core.errors import InvalidInput
from foundation.core.pages import OperationPage, Page, StepPage, dressed
from foundation.deadlines.queries import limit_for
from foundation.regions.models import Jurisdiction

#: How long silence may last: kept with the other statutory terms (法定期限), shown here because parents ask.
SILENCE = ("lesson.confirmation", "refund.answer")


@dataclass(frozen=True)
class Line:
    """One limit that holds: for which contracts, how much, whose rule it is, since when, by which text."""

    name: str
    kinds: str
    words: str
    whose: str
    since: date
    source: str
    needs_review: bool
    url: str


class Here(Page):
    slug, label = "here", "现行规定"
    per_object = False
    rule = rules.can_view_contracts
    http_method_names = ["get"]
    template_name = "contracts/limits_here.html"

    def get(self, request, *args, **kwargs):
        mine = Jurisdiction.objects.visible_to(request.actor).order_by("code").first()
        start = {"place": mine and mine.pk, "on": clock.today().isoformat()}
        form = dressed(PlaceAndDayForm({**start, **request.GET.dict()}, actor=request.actor))
        if not form.is_valid():
            return self.render(form=form, lines=None)
        place, on = form.cleaned_data["place"], form.cleaned_data["on"]
        return self.render(form=form, place=place, on=on, lines=[*lines_of(place, on), *silence(place, on)])


def lines_of(place: Jurisdiction, on: date) -> Iterator[Line]:
    """Each limit that binds some kind of contract of the place on the day; kinds that share one stand together."""
    book, found = LimitBook.opened(), {}
    for code in LimitCode:
        for category in FeeCategory:
            for delivery in Delivery:
                for limit in book.bands(code, Asked(place.pk, category, delivery, on)):
                    found.setdefault(limit, []).append((category, delivery))
    for limit, kinds in found.items():
        yield Line(
            name=limit.get_code_display(),
            kinds="，".join(filter(None, (_named(kinds), limit.band))),
            words=limit.words,
            whose=limit.jurisdiction.name if limit.jurisdiction else "全国",
            since=limit.effective_from,
            source=limit.source,
            needs_review=limit.needs_review,
            url=reverse("admin:contracts_contractlimit_change", args=[limit.pk]),
        )


def _named(kinds: list[tuple[FeeCategory, Delivery]]) -> str:
    """学科类和非学科类，线上和线下 where it is all of them: 全部."""
    if len(kinds) == len(FeeCategory) * len(Delivery):
        return "全部"
    categories = dict.fromkeys(category.label for category, _ in kinds)
    deliveries = dict.fromkeys(delivery.label for _, delivery in kinds)
    parts = ["" if len(words) == 2 else "".join(words) for words in (deliveries, categories)]
    return "".join(parts)


def silence(place: Jurisdiction, on: date) -> Iterator[Line]:
    """The two silences that count as a yes, as the statutory terms say them."""
    for code in SILENCE:
        try:
            limit = limit_for(code, place, on)
        except InvalidInput:
            continue
        yield Line(
            name=limit.name,
            kinds="全部",
            words=f"{limit.amount}{limit.get_unit_display()}",
            whose=limit.jurisdiction.name if limit.jurisdiction else "全国",
            since=limit.effective_from,
            source=limit.clause,
            needs_review=limit.needs_review,
            url=reverse("admin:deadlines_limitrule_change", args=[limit.pk]),
        )


class ProposeLimit(OperationPage):
    slug, label, kind = "propose", "提出变更", "main"
    per_object = False
    rule = rules.can_propose_limits
    form_class = ProposeLimitForm
    effect = "须由另一人批准后才施行；原规定在新规定施行的前一天停止，已签的合同按签订时的规定校验。"
    done = "已提出，等待另一人审批。"

    def run(self, *, by, at, jurisdiction, reason, **wanted) -> ContractLimit:
        return operations.propose_limit(
            jurisdiction=jurisdiction, wanted=operations.Wanted(**wanted), reason=reason, by=by, at=at
        )


class ApproveLimit(StepPage):
    slug, label, kind = "approve", "批准", "main"
    rule, step = rules.can_decide_limit, workflow.APPROVE_LIMIT
    form_class = ApproveForm
    effect = "自施行之日起按新规定校验本辖区及下级的合同和缴费。"
    done = "已批准。"

    def run(self, *, by, at, remark) -> ContractLimit:
        return operations.approve_limit(limit=self.row, remark=remark, by=by, at=at)


class RefuseLimit(StepPage):
    slug, label, kind = "refuse", "不批准", "danger"
    rule, step = rules.can_decide_limit, workflow.REFUSE_LIMIT
    form_class = RefuseForm
    effect = "现行规定不变。"
    done = "已不批准。"

    def run(self, *, by, at, remark) -> ContractLimit:
        return operations.refuse_limit(limit=self.row, remark=remark, by=by, at=at)
