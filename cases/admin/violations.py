"""违法行为条款 in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet

from cases import rules
from cases.models import Violation
from cases.pages import deciding
from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.marks import chip
from foundation.core.site import Menu


@admin.register(Violation)
class ViolationAdmin(RegisterAdmin):
    view_rule = rules.can_view_violations
    menu = Menu("执法", 40, "balance")
    search_help = "名称或条款"
    empty_text = "没有违法行为条款。"
    pages = (deciding.Word,)
    list_display = ("name", "punished_by", "competent", "effective_from", "review_chip")
    list_filter = ("needs_review", "effective_from")
    search_fields = ("name", "forbidden_by", "punished_by")
    ordering = ("code", "-effective_from")
    sections = (
        ("违法行为", ("name", "conduct", "forbidden_by")),
        ("处罚", ("punished_by", "consequence", "competent")),
        ("施行", ("effective_from", "effective_to", "review_chip")),
    )

    @admin.display(description="核实", ordering="needs_review")
    def review_chip(self, row: Violation) -> str:
        return chip("待核实", "notice") if row.needs_review else chip("已核实", "ok")

    def visible(self, actor: Actor) -> QuerySet[Violation]:
        return Violation.objects.all()

    def timeline(self, actor: Actor, row: Violation) -> list:
        return timeline(row)
