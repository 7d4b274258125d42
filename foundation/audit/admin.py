"""The trail in the staff site: read and filter, nothing else."""

from django.contrib import admin

from foundation.core.admin import RegisterAdmin
from foundation.core.site import Menu

from . import rules
from .models import Event


@admin.register(Event)
class EventAdmin(RegisterAdmin):
    view_rule = rules.can_view_audit
    menu = Menu("系统", 80, "history")
    list_display = ("at", "label", "subject_label", "actor_name", "organ_name", "reason")
    list_filter = ("kind", "at")
    search_fields = ("subject_label", "actor_name", "matter")
    ordering = ("-at", "-pk")
    sections = (
        ("事项", ("label", "kind", "at", "recorded_at", "matter", "reason")),
        ("经办", ("actor_name", "organ_name", "role")),
        ("对象", ("subject_type", "subject_id", "subject_label", "changes")),
    )
