"""The trail in the staff site: read and filter, nothing else. Codes of programs are shown as the words of people."""

from django.apps import apps
from django.contrib import admin

from foundation.core.admin import RegisterAdmin
from foundation.core.site import Menu
from foundation.core.templatetags.staff import changed_fields

from . import rules
from .models import Event


@admin.register(Event)
class EventAdmin(RegisterAdmin):
    view_rule = rules.can_view_audit
    menu = Menu("系统", 80, "history")
    empty_text = "这里按时间列出本辖区的全部操作：谁、何时、对什么、做了什么、为什么。目前还没有记录。"
    search_help = "事项、对象、经办人或事项编号"
    list_display = ("at", "label", "subject_label", "actor_name", "organ_name", "reason")
    list_filter = ("at",)
    search_fields = ("label", "subject_label", "actor_name", "matter")
    ordering = ("-at", "-pk")
    sections = (
        ("事项", ("label", "at", "recorded_at", "matter", "reason")),
        ("经办", ("actor_name", "organ_name")),
        ("对象", ("subject_kind", "subject_id", "subject_label", "changed")),
    )

    @admin.display(description="对象类型")
    def subject_kind(self, event: Event) -> str:
        """The model's own word; the stored code where the model is no longer there."""
        try:
            return str(apps.get_model(event.subject_type)._meta.verbose_name)
        except (LookupError, ValueError):
            return event.subject_type

    @admin.display(description="变更")
    def changed(self, event: Event) -> dict[str, str]:
        return {label: f"{before} → {after}" for label, before, after in changed_fields(event)}
