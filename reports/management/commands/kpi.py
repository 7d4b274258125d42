"""``manage.py kpi CODE --division 350581 --from 2023-01-01 --to 2023-09-30``: one KPI, as a screen would show it."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from foundation.core import clock
from foundation.regions.models import Division, Jurisdiction
from foundation.regions.queries import jurisdictions_below
from inspections.models import Campaign
from reports.asking import Question
from reports.enums import Days
from reports.kpis import Answers, AnyKpi, Kpi, Ratio, kpi_of, kpis
from reports.styles import styled, styles_for


class Command(BaseCommand):
    help = "Prints a KPI: value, unit, rows, and of a rate its numerator and denominator. Without CODE lists all."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", nargs="?", help="of the KPI; without it all are listed")
        parser.add_argument("--division", help="six digits of a bureau's division; nine of a town; default: everything")
        parser.add_argument("--from", dest="first", type=date.fromisoformat, default=None)
        parser.add_argument("--to", dest="last", type=date.fromisoformat, default=None)
        parser.add_argument(
            "--as-of", dest="on", type=date.fromisoformat, default=None, help="the day whose state counts"
        )
        parser.add_argument("--known-at", default="", help="the instant up to which records count")
        parser.add_argument("--campaign", default="", help="number of a campaign")
        parser.add_argument("--days", choices=Days.values, default=Days.ALL.value)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **given: Any) -> None:
        if not given["code"]:
            self.list_all()
            return
        kpi = kpi_of(given["code"])
        if kpi is None:
            raise CommandError(f"没有指标 {given['code']}。不带指标代码运行可列出全部指标。")
        place, town = self.place(given["division"])
        kpi = styled(kpi, styles_for(place.pk))
        told = told_of(kpi, self.question(place, town, given))
        if given["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for name, value in told.items():
            self.stdout.write(f"{name:12} {value}")

    def list_all(self) -> None:
        for kpi in kpis():
            unit = kpi.unit.label
            self.stdout.write(f"{kpi.code:24} {kpi.label}（{unit}）")

    def place(self, code: str | None) -> tuple[Jurisdiction, int | None]:
        """The bureau, and the town if the code is one's."""
        if not code:
            return Jurisdiction.objects.get(parent__isnull=True), None
        bureau = Jurisdiction.objects.filter(code=code).first()
        if bureau is not None:
            return bureau, None
        town = Division.objects.filter(code=code, level="town").select_related("parent").first()
        bureau = Jurisdiction.objects.filter(code=town.parent.code).first() if town else None
        if bureau is None:
            raise CommandError(f"没有区划 {code}。")
        return bureau, town.pk

    def question(self, place: Jurisdiction, town: int | None, given: dict[str, Any]) -> Question:
        on = given["on"] or clock.today()
        last = given["last"] or on
        return Question(
            area=jurisdictions_below(place.pk),
            first=given["first"] or date(last.year, 1, 1),
            last=last,
            on=on,
            known_at=self.instant(given["known_at"]),
            town=town,
            campaign=self.campaign(given["campaign"]),
            days=Days(given["days"]),
        )

    def instant(self, text: str) -> datetime | None:
        """A date means its last instant, so that "known at" a day has the whole day."""
        if not text:
            return None
        if len(text) == len("2023-09-30"):
            return datetime.combine(date.fromisoformat(text), time.max, tzinfo=timezone.get_default_timezone())
        found = parse_datetime(text)
        if found is None:
            raise CommandError(f"看不懂时间 {text}。")
        return found if timezone.is_aware(found) else timezone.make_aware(found)

    def campaign(self, number: str) -> Campaign | None:
        if not number:
            return None
        found = Campaign.objects.filter(number=number).first()
        if found is None:
            raise CommandError(f"没有专项行动 {number}。")
        return found


def told_of(kpi: AnyKpi, question: Question) -> dict[str, Any]:
    """What is printed: exact value, text, unit, how many rows, numerator and denominator of a rate."""
    answers = Answers(question)
    answer = answers.of(kpi)
    told: dict[str, Any] = {
        "code": kpi.code,
        "label": kpi.label,
        "value": None if answer.value is None else str(answer.value),
        "text": answer.text,
        "unit": answer.unit.label,
    }
    if isinstance(kpi, Ratio):
        told["numerator"] = str(answers.of(kpi.part).value)
        if kpi.less:
            told["less"] = str(answers.of(kpi.less).value)
        told["denominator"] = str(answers.of(kpi.whole).value)
    if isinstance(kpi, Kpi):
        told["rows"] = kpi.list(question).count()
        told["late"] = kpi.late(question)
    if why := kpi.asked_in_vain(question):
        told["why_not"] = why
    return told
