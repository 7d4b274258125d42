"""征集, 人选 and 异议."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.utils.safestring import SafeString

from foundation.audit.queries import timeline
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.changelist import WaitingFilter
from foundation.core.ciphers import masked
from foundation.core.marks import chip
from foundation.core.site import Menu
from foundation.exports.pages import ExportPage
from foundation.photos.showing import gallery
from supervisors import exporting, queries, rules  # noqa: F401  (exporting declares what ExportPage writes)
from supervisors.enums import CandidateState, Identity, ObjectionState, RecruitmentState
from supervisors.models import Candidate, Objection, Recruitment
from supervisors.pages import recruiting as pages

RECRUITMENT_TONES = {
    RecruitmentState.NOMINATING: "primary",
    RecruitmentState.REVIEWING: "notice",
    RecruitmentState.PUBLICITY: "notice",
    RecruitmentState.FINISHED: "ok",
    RecruitmentState.CANCELLED: "plain",
}
CANDIDATE_TONES = {
    CandidateState.NOMINATED: "notice",
    CandidateState.PASSED: "primary",
    CandidateState.APPOINTED: "ok",
    CandidateState.REJECTED: "bad",
    CandidateState.STRUCK: "bad",
    CandidateState.WITHDRAWN: "plain",
}
OBJECTION_TONES = {
    ObjectionState.OPEN: "notice",
    ObjectionState.UPHELD: "bad",
    ObjectionState.DISMISSED: "ok",
}


@admin.register(Recruitment)
class RecruitmentAdmin(RegisterAdmin):
    view_rule = rules.can_view
    menu = Menu("监督员", 30, "campaign")
    empty_text = "还没有征集。市级管理员可以“开展征集”，分配名额后由各地区推荐人选。"
    pages = (
        pages.OpenRecruitment,
        pages.Nominate,
        pages.SetQuotas,
        pages.EndNomination,
        pages.StartPublicity,
        pages.FinishRecruitment,
        pages.SetDuty,
        pages.CancelRecruitment,
    )
    list_display = ("title", "standing", "nominate_by_on", "publicity_until_on", "organ", "opened_at")
    list_filter = ("state", "level")
    list_select_related = ("jurisdiction", "organ")
    ordering = ("-opened_at", "-pk")
    sections = (
        ("征集", ("jurisdiction", "organ", "level", "batch", "opened_at", "nominate_by_on")),
        ("条件和聘期", ("conditions_text", "term_months", "notes")),
        ("公示", ("publicity_days", "publicity_from_on", "publicity_until_on", "objection_contact")),
    )

    @admin.display(description="征集", ordering="jurisdiction")
    def title(self, row: Recruitment) -> str:
        return str(row)

    @admin.display(description="状态", ordering="state")
    def standing(self, row: Recruitment) -> SafeString:
        return chip(row.get_state_display(), RECRUITMENT_TONES[RecruitmentState(row.state)])

    @admin.display(description="资格条件")
    def conditions_text(self, row: Recruitment) -> str:
        return "；".join(row.conditions)

    def summary(self, actor: Actor, row: Recruitment) -> list[tuple[str, object, str]]:
        lines = queries.by_district(row)
        return [
            ("状态", row.get_state_display(), RECRUITMENT_TONES[RecruitmentState(row.state)]),
            ("名额", f"{sum(line.quota.places for line in lines)} 人", "plain"),
            ("推荐", f"{sum(line.nominated for line in lines)} 人", "plain"),
            ("未通过", f"{sum(line.rejected for line in lines)} 人", "plain"),
            ("已聘任", f"{sum(line.appointed for line in lines)} 人", "plain"),
        ]

    def timeline(self, actor: Actor, row: Recruitment) -> list:
        return timeline(row)


class CandidateWaiting(WaitingFilter):
    WAITING = {
        "review": ("待资格审核", queries.to_review),
        "appoint": ("公示期满可聘任", lambda actor: queries.appointable(actor, on=clock.today())),
    }


@admin.register(Candidate)
class CandidateAdmin(RegisterAdmin):
    view_rule = rules.can_view
    menu = Menu("监督员", 40, "person_search")
    search_help = "姓名或工作单位"
    empty_text = "还没有人选。请在征集页面“推荐人选”。"
    pages = (
        pages.Pass,
        pages.Reject,
        pages.Appoint,
        pages.SetPortrait,
        pages.EnterObjection,
        pages.Strike,
        pages.Withdraw,
        ExportPage,
    )
    list_display = ("name", "jurisdiction", "workplace", "identity_words", "batch", "standing", "review_reason")
    list_filter = (CandidateWaiting, "state", "recruitment", "jurisdiction")
    list_select_related = ("jurisdiction", "recruitment__jurisdiction")
    search_fields = ("name", "workplace")
    ordering = ("-nominated_at", "-pk")
    sections = (
        ("人选", ("name", "sex", "birth_year", "age", "workplace", "position", "identity_words", "phone_masked")),
        ("照片", ("portrait_shown",)),
        ("推荐", ("recruitment", "jurisdiction", "statement", "replaces", "nominated_by", "nominated_at")),
        ("资格审核", ("met_text", "review_reason", "reviewed_by", "reviewed_at")),
    )

    @admin.display(description="身份类别")
    def identity_words(self, row: Candidate) -> str:
        return "、".join(Identity(one).label for one in row.identities)

    @admin.display(description="批次")
    def batch(self, row: Candidate) -> str:
        return f"{row.recruitment.jurisdiction}{row.recruitment.batch}"

    @admin.display(description="状态", ordering="state")
    def standing(self, row: Candidate) -> SafeString:
        return chip(row.get_state_display(), CANDIDATE_TONES[CandidateState(row.state)])

    @admin.display(description="手机号码")
    def phone_masked(self, row: Candidate) -> str:
        return masked(row.phone)

    @admin.display(description="照片")
    def portrait_shown(self, row: Candidate) -> str:
        return gallery([row.portrait]) if row.portrait else "还没有上传照片。"

    @admin.display(description="年龄提示")
    def age(self, row: Candidate) -> str:
        return queries.age_note(row, on=clock.today()) or "符合一般要求"

    @admin.display(description="符合的条件")
    def met_text(self, row: Candidate) -> str:
        return "；".join(row.met)

    def summary(self, actor: Actor, row: Candidate) -> list[tuple[str, object, str]]:
        strip = [
            ("状态", row.get_state_display(), CANDIDATE_TONES[CandidateState(row.state)]),
            ("推荐地区", row.jurisdiction, "plain"),
            ("公示止", row.recruitment.publicity_until_on or "未公示", "plain"),
        ]
        if note := queries.age_note(row, on=clock.today()):
            strip.append(("年龄", note, "notice"))
        return strip

    def timeline(self, actor: Actor, row: Candidate) -> list:
        return timeline(row)


class ObjectionWaiting(WaitingFilter):
    WAITING = {"me": ("待我处理", queries.objections_to_handle)}


@admin.register(Objection)
class ObjectionAdmin(RegisterAdmin):
    view_rule = rules.can_view_objections
    menu = Menu("监督员", 50, "report")
    empty_text = "没有异议。公示期间收到的实名异议在这里处理。"
    pages = (pages.Dismiss, pages.Uphold)
    list_display = ("candidate", "channel", "filed_at", "standing")
    list_filter = (ObjectionWaiting, "state")
    list_select_related = ("candidate__jurisdiction",)
    ordering = ("-filed_at", "-pk")
    sections = (
        ("异议", ("candidate", "channel", "reason", "filed_at")),
        ("异议人(保密)", ("objector", "contact")),
        ("处理", ("findings", "handled_by", "state_at")),
    )

    def visible(self, actor: Actor) -> QuerySet[Objection]:
        """Of the own bureau's candidates only: who objected is known to nobody else."""
        own = Q(candidate__recruitment__organ=actor.organ_id)
        return (
            Objection.objects.visible_to(actor).filter(own)
            if rules.can_view_objections(actor)
            else Objection.objects.none()
        )

    @admin.display(description="状态", ordering="state")
    def standing(self, row: Objection) -> SafeString:
        return chip(row.get_state_display(), OBJECTION_TONES[ObjectionState(row.state)])

    def summary(self, actor: Actor, row: Objection) -> list[tuple[str, object, str]]:
        return [
            ("状态", row.get_state_display(), OBJECTION_TONES[ObjectionState(row.state)]),
            ("人选", row.candidate, "plain"),
            ("公示止", row.candidate.recruitment.publicity_until_on, "plain"),
        ]

    def timeline(self, actor: Actor, row: Objection) -> list:
        return timeline(row)
