"""培训, 测试, 资料库, 反馈, 建议 and 宣传 in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.utils.safestring import SafeString

from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.changelist import WaitingFilter
from foundation.core.marks import chip, link
from foundation.core.site import Menu
from foundation.exports.pages import ExportPage
from foundation.photos.showing import gallery
from supervisors import exporting, queries, rules  # noqa: F401  (exporting declares what ExportPage writes)
from supervisors.enums import FeedbackState, ProposalState
from supervisors.models import Feedback, LibraryItem, Proposal, PublicityActivity, Quiz, Training
from supervisors.pages import duty as pages

FEEDBACK_TONES = {
    FeedbackState.SUBMITTED: "notice",
    FeedbackState.CONVERTED: "primary",
    FeedbackState.ANSWERED: "ok",
}
PROPOSAL_TONES = {
    ProposalState.SUBMITTED: "notice",
    ProposalState.ADOPTED: "ok",
    ProposalState.PARTLY: "ok",
    ProposalState.DECLINED: "plain",
}


class FeedbackWaiting(WaitingFilter):
    WAITING = {"me": ("待我处理", queries.feedback_to_handle)}


@admin.register(Feedback)
class FeedbackAdmin(RegisterAdmin):
    view_rule = rules.can_view
    menu = Menu("监督员", 60, "forum")
    search_help = "内容或监督员姓名"
    empty_text = "还没有反馈。监督员在手机上提交的问题在这里答复或转为线索。"
    pages = (pages.ConvertFeedback, pages.AnswerFeedback, ExportPage)
    list_display = ("filed_at", "supervisor_name", "kind", "institution", "short", "standing")
    list_filter = (FeedbackWaiting, "state", "kind", "filed_at")
    list_select_related = ("supervisor", "institution")
    search_fields = ("text", "supervisor__name")
    ordering = ("-filed_at", "-pk")
    sections = (
        ("反馈", ("kind", "text", "institution", "jurisdiction", "supervisor", "filed_at")),
        ("处理", ("state", "reply", "clue", "handled_by", "state_at")),
    )

    @admin.display(description="监督员", ordering="supervisor__name")
    def supervisor_name(self, row: Feedback) -> str:
        return row.supervisor.name

    @admin.display(description="内容")
    def short(self, row: Feedback) -> str:
        return row.text[:40] + ("…" if len(row.text) > 40 else "")

    @admin.display(description="状态", ordering="state")
    def standing(self, row: Feedback) -> SafeString:
        return chip(row.get_state_display(), FEEDBACK_TONES[FeedbackState(row.state)])

    def summary(self, actor: Actor, row: Feedback) -> list[tuple[str, object, str]]:
        return [
            ("状态", row.get_state_display(), FEEDBACK_TONES[FeedbackState(row.state)]),
            ("类别", row.get_kind_display(), "plain"),
            ("监督员", row.supervisor.name, "plain"),
        ]

    def timeline(self, actor: Actor, row: Feedback) -> list:
        return timeline(row)


class ProposalWaiting(WaitingFilter):
    WAITING = {"me": ("待我答复", queries.proposals_to_decide)}


@admin.register(Proposal)
class ProposalAdmin(RegisterAdmin):
    view_rule = rules.can_view
    menu = Menu("监督员", 70, "lightbulb")
    search_help = "建议或监督员姓名"
    empty_text = "还没有建议。监督员在手机上提出的合理化建议在这里答复。"
    pages = (pages.DecideProposal, ExportPage)
    list_display = ("filed_at", "supervisor_name", "title", "standing")
    list_filter = (ProposalWaiting, "state", "filed_at")
    list_select_related = ("supervisor",)
    search_fields = ("title", "text", "supervisor__name")
    ordering = ("-filed_at", "-pk")
    sections = (
        ("建议", ("title", "text", "supervisor", "filed_at")),
        ("答复", ("state", "reply", "decided_by", "state_at")),
    )

    @admin.display(description="监督员", ordering="supervisor__name")
    def supervisor_name(self, row: Proposal) -> str:
        return row.supervisor.name

    @admin.display(description="采纳情况", ordering="state")
    def standing(self, row: Proposal) -> SafeString:
        return chip(row.get_state_display(), PROPOSAL_TONES[ProposalState(row.state)])

    def timeline(self, actor: Actor, row: Proposal) -> list:
        return timeline(row)


@admin.register(PublicityActivity)
class PublicityActivityAdmin(RegisterAdmin):
    view_rule = rules.can_view
    menu = Menu("监督员", 80, "record_voice_over")
    search_help = "内容或监督员姓名"
    empty_text = "还没有宣传活动。监督员在手机上登记。"
    pages = (ExportPage,)
    list_display = ("held_on", "supervisor_name", "outlet", "title", "reach", "pictured")
    list_filter = ("outlet", "held_on")
    list_select_related = ("supervisor",)
    search_fields = ("title", "supervisor__name")
    ordering = ("-held_on", "-pk")
    sections = (
        ("宣传", ("title", "outlet", "held_on", "address", "description", "reach", "supervisor")),
        ("图片", ("photos_shown",)),
    )

    @admin.display(description="监督员", ordering="supervisor__name")
    def supervisor_name(self, row: PublicityActivity) -> str:
        return row.supervisor.name

    @admin.display(description="图片")
    def photos_shown(self, row: PublicityActivity) -> str:
        return gallery([link.photo for link in row.photos.select_related("photo").order_by("pk")])

    @admin.display(description="链接")
    def address(self, row: PublicityActivity) -> object:
        return link(row.link, row.link) if row.link else ""

    def timeline(self, actor: Actor, row: PublicityActivity) -> list:
        return timeline(row)


@admin.register(Training)
class TrainingAdmin(RegisterAdmin):
    view_rule = rules.can_view
    menu = Menu("监督员", 90, "school")
    search_help = "培训主题"
    empty_text = "还没有培训记录。聘任后请组织培训并登记到训。"
    pages = (pages.HoldTraining, pages.NoteAttendance)
    list_display = ("held_on", "title", "organ", "lecturer", "attended")
    list_filter = ("held_on",)
    list_select_related = ("organ",)
    search_fields = ("title",)
    ordering = ("-held_on", "-pk")
    sections = (("培训", ("title", "held_on", "place", "lecturer", "organ", "material")),)

    def visible(self, actor: Actor) -> QuerySet[Training]:
        return Training.objects.visible_to(actor).annotate(number=Count("attendances"))

    @admin.display(description="到训(人次)")
    def attended(self, row: Training) -> int:
        return row.number

    def timeline(self, actor: Actor, row: Training) -> list:
        return timeline(row)


@admin.register(Quiz)
class QuizAdmin(RegisterAdmin):
    view_rule = rules.can_view
    menu = Menu("监督员", 100, "quiz")
    empty_text = "还没有上岗测试。编制后，监督员通过才能上门走访。"
    pages = (pages.MakeQuiz,)
    list_display = ("title", "checklist", "pass_mark", "made_by", "made_at")
    list_select_related = ("checklist__checklist", "made_by")
    ordering = ("-made_at", "-pk")
    sections = (("测试", ("title", "checklist", "pass_mark", "made_by", "made_at")),)

    def timeline(self, actor: Actor, row: Quiz) -> list:
        return timeline(row)


@admin.register(LibraryItem)
class LibraryItemAdmin(RegisterAdmin):
    view_rule = rules.can_view
    menu = Menu("监督员", 110, "menu_book")
    search_help = "标题"
    empty_text = "资料库还是空的。请发布监督员工作手册和政策解读。"
    pages = (pages.Publish,)
    list_display = ("title", "kind", "version", "published_on", "published_by")
    list_filter = ("kind",)
    list_select_related = ("published_by",)
    search_fields = ("title",)
    ordering = ("-published_at", "-pk")
    sections = (("资料", ("title", "kind", "version", "jurisdiction", "published_on", "published_by")),)

    def timeline(self, actor: Actor, row: LibraryItem) -> list:
        return timeline(row)
