"""A figure of the bulletin as five people would find it: KPI, list, exported rows, text of its page, a sentence's mark.

``told_in_prose`` writes the case's paragraph anew from records.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.test import Client
from django.urls import reverse

from foundation.accounts.actors import actor_of
from foundation.accounts.middleware import POST_KEY
from foundation.accounts.models import Post
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.models import OutboxMessage
from foundation.exports.declaring import Column
from foundation.exports.models import Export
from foundation.exports.notices import MAKE
from foundation.exports.tasks import make_file
from foundation.regions.models import Jurisdiction
from inspections.models import Campaign
from reports.asking import Question
from reports.beginnings import beginnings
from reports.composing import filled, named_in
from reports.counting import count, of_prose
from reports.enums import SheetKind
from reports.forms import asked
from reports.kpis import AnyKpi, Kpi, Ratio, kpi_of
from reports.models import Report
from tests.exports.factories import table

ROWS, TAKE = (f"admin:reports_ratiostyle_{slug}" for slug in ("rows", "take"))


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What the bulletin ``says`` (with its unit) and the question that it answers. ``campaign``: by its name."""

    says: str
    kpi: str
    first: date
    last: date
    place: str = ""
    campaign: str = ""
    on: date | None = None
    known_at: datetime | None = None

    def query(self) -> dict[str, str]:
        """The question as a page's address asks it."""
        given = {"kpi": self.kpi, "first": self.first.isoformat(), "last": self.last.isoformat()}
        given["on"] = (self.on or self.last).isoformat()
        if self.known_at:
            given["known_at"] = f"{self.known_at:%Y-%m-%d %H:%M}"
        if self.place:
            given["place"] = str(Jurisdiction.objects.get(code=self.place).pk)
        if self.campaign:
            given["campaign"] = str(Campaign.objects.get(name=self.campaign, jurisdiction__code=self.place).pk)
        return given


class Reader:
    """Somebody at a screen; ``now`` is when."""

    def __init__(self, username: str, now: datetime) -> None:
        self.post = Post.objects.select_related("user", "organ", "grid", "school").get(user__username=username)
        self.actor: Actor = actor_of(self.post, user=self.post.user)
        self.client, self.now = Client(), now
        self.client.force_login(self.post.user)
        session = self.client.session
        session[POST_KEY] = self.post.pk
        session.save()

    def finds(self, figure: Figure) -> None:
        """The KPI, its list, its export and its page all say what the bulletin says."""
        told = self.told(figure)
        assert told == dict.fromkeys(told, figure.says), figure

    def told(self, figure: Figure) -> dict[str, str]:
        """What each of them says."""
        with clock.set_to(self.now):
            kpi, query = kpi_of(figure.kpi), figure.query()
            question = asked(self.actor, {name: value for name, value in query.items() if name != "kpi"}).question()
            answer = kpi.answer(question)
            found = {"KPI": answer.text, "page": self.page(figure.says, query), "sentence": sentence(kpi, question)}
            if isinstance(kpi, Ratio):
                parts = {term.code: sum(self.numbers(term, term.list(question))) for term in kpi.terms}
                share = Fraction(parts[kpi.part.code] - parts.get(kpi.less and kpi.less.code, 0), parts[kpi.whole.code])
                found["list"] = figure.says if share == answer.value else str(share)
            else:
                says = {answer.value: figure.says}
                listed, exported = sum(self.numbers(kpi, kpi.list(question))), self.exported(kpi, query)
                found |= {"list": says.get(listed, str(listed)), "export": says.get(exported, str(exported))}
        return found

    @staticmethod
    def numbers(kpi: Kpi, rows) -> list[int]:
        """What each row of a list adds to its number."""
        if not kpi.total:
            return [1 for _ in rows]
        column = summed(kpi)
        return [int(column.value(row) * (100 if column.kind == "money" else 1)) for row in rows]

    def page(self, says: str, query: dict[str, str]) -> str:
        """The number at the head of the page, as long as its list says as many rows."""
        response = self.client.get(reverse(ROWS), query)
        assert response.status_code == 200
        answer, leaf = response.context["answer"], response.context["leaf"]
        assert f'<span class="figure">{answer.text}</span>' in response.content.decode()
        if leaf is not None and not response.context["kpi"].total:
            assert leaf.paginator.count == answer.value
            assert len(leaf.object_list) == min(answer.value, leaf.paginator.per_page)
        return answer.text

    def exported(self, kpi: Kpi, query: dict[str, str]) -> int:
        """The sum or the number of the rows of the real file; an empty list cannot be exported and says so."""
        address = f"{reverse(TAKE)}?{'&'.join(f'{name}={value}' for name, value in query.items())}"
        columns = [column.key for column in kpi.columns if not column.personal]
        before = set(Export.objects.values_list("pk", flat=True))
        sent = self.client.post(address, {"columns": columns, "format": "xlsx", "purpose": ""})
        if sent.status_code == 200:
            assert "没有可导出的记录" in sent.content.decode()
            return 0
        export = Export.objects.exclude(pk__in=before).get()
        for message in OutboxMessage.objects.filter(kind=MAKE, payload__export_id=export.pk):
            make_file(message)  # the worker's part; what else waits there is not this reader's
        [head, *rows] = table(Export.objects.get(pk=export.pk))
        if not kpi.total:
            return len(rows)
        column = summed(kpi)
        at = next(number for number, name in enumerate(head) if name.startswith(column.head))
        return round(sum(row[at] for row in rows) * (100 if column.kind == "money" else 1))


def sentence(kpi: AnyKpi, question: Question) -> str:
    """What a bulletin prints for the number's mark."""
    [named] = named_in(f"【{kpi.label}】", question)
    line = of_prose(named, kpi).row(1)
    return f"{line.printed}{line.unit}"


def told_in_prose(template: str, *, place: str, first: date, last: date, now: datetime) -> str:
    """A paragraph to begin with, its numbers counted for a place and period; notes are left out."""
    _, body = beginnings()[template]
    facts = {"kind": SheetKind.BULLETIN, "period_from": first, "period_to": last, "body": body}
    with clock.set_to(now):
        lines = count(Report(jurisdiction=Jurisdiction.objects.get(code=place), **facts))
    return re.sub(r"〔\d+〕", "", "\n".join(filled(body, [f"{line.printed}{line.unit}" for line in lines])))


def summed(kpi: AnyKpi) -> Column:
    """The column whose sum the number is."""
    return next(column for column in kpi.columns if column.key == kpi.total)
