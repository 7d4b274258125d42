"""消息 for everybody of the staff; 发送记录 for the system administrator."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from foundation.accounts.models import User
from foundation.core import marks
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.pages import BulkOperationPage, OperationPage
from foundation.core.site import Menu

from . import forms, queries, rules
from .enums import DeliveryState
from .models import Delivery, Message
from .operations import messages
from .pages import Reminders

TONES = {
    DeliveryState.SENT: "ok",
    DeliveryState.FAILED: "bad",
    DeliveryState.SKIPPED: "notice",
    DeliveryState.SENDING: "primary",
}


class OpenMessage(OperationPage):
    """Mark as read and go where the work is done; a GET writes nothing, so opening is a button."""

    slug, label, kind = "open", "标为已读并前往办理", "main"
    rule = rules.can_read
    effect = "消息将标为已读，并打开办理页面。"
    done = "消息已标为已读。"

    def run(self, *, by, at):
        return messages.mark_read(message=self.row, by=by, at=at)

    def next_url(self, result: Message) -> str:
        return result.url or super().next_url(result)


class MarkTicked(BulkOperationPage):
    slug, label = "mark-read", "标为已读"
    rule = rules.can_view_inbox
    effect = "勾选的消息将标为已读。"

    def run_one(self, row: Message, *, by, at):
        return messages.mark_read(message=row, by=by, at=at)


class MarkAllRead(OperationPage):
    slug, label, per_object = "read-all", "全部标为已读", False
    rule = rules.can_view_inbox
    effect = "您的全部未读消息将标为已读。事项本身不受影响，仍在待办中。"
    done = "全部消息已标为已读。"

    def run(self, *, by, at):
        messages.mark_all_read(by=by, at=at)


class ChoosePreference(OperationPage):
    slug, label, per_object = "preference", "提醒设置", False
    rule = rules.can_view_inbox
    form_class = forms.PreferenceForm
    effect = "站内消息始终会收到；这里只选择哪些同时发邮件或短信。"
    done = "提醒设置已保存。"

    def form_kwargs(self) -> dict:
        preference = queries.preference_of(User.objects.get(pk=self.request.actor.user_id))
        return {"initial": {name: getattr(preference, name) for name in self.form_class.base_fields}}

    def run(self, *, by, at, **choice):
        messages.choose_preference(by=by, at=at, **choice)


class ReadFilter(admin.SimpleListFilter):
    title = "阅读"
    parameter_name = "read"

    def lookups(self, request, model_admin):
        return [("no", "未读"), ("yes", "已读")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in {"no", "yes"}:
            return queryset
        return queryset.filter(read_at__isnull=self.value() == "no")


@admin.register(Message)
class MessageAdmin(RegisterAdmin):
    view_rule = rules.can_view_inbox
    menu = Menu("工作台", 10, "notifications")
    search_help = "标题或内容"
    empty_text = "您还没有消息。期限将到、事项交办和办理进展都会在这里提醒您。"
    pages = (Reminders, OpenMessage, MarkAllRead, ChoosePreference, MarkTicked)
    list_display = ("title", "reading", "topic", "created_at")
    list_filter = (ReadFilter, "topic", "created_at")
    search_fields = ("title", "body")
    ordering = (F("read_at").desc(nulls_first=True), "-created_at", "-pk")
    sections = (("消息", ("title", "body", "topic", "label", "created_at", "read_at")),)

    @admin.display(description="阅读", ordering="read_at")
    def reading(self, row: Message) -> SafeString:
        return marks.chip("已读", "plain") if row.read_at else marks.chip("未读", "primary")

    def summary(self, actor: Actor, row: Message) -> list[tuple[str, object, str]]:
        return [
            ("阅读", "已读" if row.read_at else "未读", "plain" if row.read_at else "primary"),
            ("类别", row.get_topic_display(), "plain"),
            ("时间", row.created_at, "plain"),
        ]


@admin.register(Delivery)
class DeliveryAdmin(RegisterAdmin):
    view_rule = rules.can_view_deliveries
    menu = Menu("系统", 60, "outgoing_mail")
    search_help = "收件人姓名"
    empty_text = "还没有发送过邮件或短信。"
    list_display = ("recipient", "channel", "standing", "kind", "due_at", "sent_at", "attempts", "reason")
    list_filter = ("state", "channel", "due_at")
    list_select_related = ("message__recipient",)
    search_fields = ("message__recipient__name",)
    ordering = ("-pk",)
    sections = (("发送", ("recipient", "channel", "standing", "kind", "due_at", "sent_at", "attempts", "reason")),)

    def visible(self, actor: Actor) -> QuerySet:
        """All of them: whether channels work is a matter of the installation; titles and contents are not shown."""
        return Delivery.objects.select_related("message__recipient")

    @admin.display(description="收件人", ordering="message__recipient__name")
    def recipient(self, row: Delivery) -> str:
        return row.message.recipient.name

    @admin.display(description="消息种类", ordering="message__label")
    def kind(self, row: Delivery) -> str:
        return row.message.label

    @admin.display(description="状态", ordering="state")
    def standing(self, row: Delivery) -> SafeString:
        return marks.chip(row.get_state_display(), TONES.get(DeliveryState(row.state), "plain"))
