"""诚信评价, its runs and rubrics in the staff site."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Count, QuerySet

from foundation.audit.queries import timeline
from foundation.core.actor import Actor
from foundation.core.admin import RegisterAdmin
from foundation.core.changelist import WaitingFilter
from foundation.core.marks import chip
from foundation.core.site import Menu
from listings import rating, rating_rules
from listings.enums import Grade, RatingState
from listings.models import Rating, RatingRun, Rubric
from listings.pages import answers
from listings.pages import ratings as pages
from listings.pages.files import IssueFile

TONES = {
    RatingState.COMPUTED: "notice",
    RatingState.OBJECTED: "bad",
    RatingState.REVIEWED: "primary",
    RatingState.NOTICE: "primary",
    RatingState.PUBLISHED: "ok",
    RatingState.SUPERSEDED: "plain",
}
#: A green, B blue, C yellow, D red, as on the public page.
GRADE_TONES = {Grade.A: "ok", Grade.B: "primary", Grade.C: "notice", Grade.D: "bad"}


class RatingWaiting(WaitingFilter):
    """The rows that the home tiles count."""

    title = "待办"
    WAITING = {
        "review": ("待我复核", rating.waiting_for_review),
        "publish": ("待我公示", rating.waiting_for_publication),
        "answer": ("机构异议待我答复", rating.waiting_for_answer),
        "red": ("可提请红榜(连续两年A级)", rating.red_candidates),
    }


@admin.register(Rating)
class RatingAdmin(RegisterAdmin):
    view_rule = rating_rules.can_view_ratings
    menu = Menu("名单与评价", 40, "grade")
    search_help = "机构名称"
    empty_text = "还没有诚信评价。请在“评价计算”中发起一个年度的评价。"
    pages = (
        pages.Confirm,
        pages.ProposeGrade,
        answers.IssueGradeSlip,
        answers.StopGradeSlip,
        pages.TakeDispute,
        pages.AnswerDispute,
        pages.Publish,
        pages.Object,
        pages.RateAgain,
        IssueFile,
        pages.ConfirmMany,
        pages.ProposeMany,
        answers.IssueGradeSlips,
    )
    list_display = ("institution", "year", "score", "grade_chip", "state_chip", "reviewed_by", "published_on")
    list_filter = (RatingWaiting, "state", "grade", "year", "institution__category")
    list_select_related = ("institution", "reviewed_by")
    search_fields = ("institution__name",)
    ordering = ("-year", "-pk")
    sections = (
        ("评价", ("institution", "year", "score", "grade", "vetoed", "sum_text", "rubric", "digest")),
        (
            "办理",
            (
                *("computed_by", "computed_at", "state", "reviewed_by", "remark"),
                *("published_by", "notice_until", "published_on"),
            ),
        ),
    )

    @admin.display(description="等级", ordering="grade")
    def grade_chip(self, row: Rating) -> str:
        return chip(row.get_grade_display(), GRADE_TONES[Grade(row.grade)])

    @admin.display(description="状态", ordering="state")
    def state_chip(self, row: Rating) -> str:
        return chip(row.get_state_display(), TONES[RatingState(row.state)])

    @admin.display(description="计分过程")
    def sum_text(self, row: Rating) -> str:
        return rating.sum_of(row)

    def summary(self, actor: Actor, row: Rating) -> list[tuple[str, object, str]]:
        _, same = rating.reckoned_again(row)
        void = rating.voided_since(row)
        return [
            ("等级", row.get_grade_display(), GRADE_TONES[Grade(row.grade)]),
            ("得分", f"{row.score}分", "plain"),
            ("状态", row.get_state_display(), TONES[RatingState(row.state)]),
            ("按同一记录重算", "一致" if same else "不一致", "ok" if same else "bad"),
            *([("依据", f"{len(void)}条记录已作废", "bad")] if void else []),
            *([("公示至", row.notice_until, "notice")] if row.state == RatingState.NOTICE else []),
        ]

    def timeline(self, actor: Actor, row: Rating) -> list:
        return timeline(row)


@admin.register(RatingRun)
class RatingRunAdmin(RegisterAdmin):
    view_rule = rating_rules.can_view_ratings
    menu = Menu("名单与评价", 50, "calculate")
    empty_text = "还没有发起过评价。"
    pages = (pages.StartRun,)
    list_display = ("jurisdiction", "year", "rubric", "number", "started_by", "started_at")
    list_filter = ("year",)
    list_select_related = ("jurisdiction", "rubric", "started_by")
    ordering = ("-started_at", "-pk")
    sections = (("评价计算", ("jurisdiction", "year", "rubric", "started_by", "started_at")),)

    @admin.display(description="已算(家)")
    def number(self, row: RatingRun) -> int:
        return row.counted

    def get_queryset(self, request) -> QuerySet[RatingRun]:
        return super().get_queryset(request).annotate(counted=Count("ratings"))

    def timeline(self, actor: Actor, row: RatingRun) -> list:
        return timeline(row)


@admin.register(Rubric)
class RubricAdmin(RegisterAdmin):
    view_rule = rating_rules.can_view_ratings
    menu = Menu("名单与评价", 60, "table_chart")
    empty_text = "还没有评分标准。"
    pages = (pages.MakeRubric,)
    list_display = ("name", "version", "place", "base", "made_at")
    list_select_related = ("jurisdiction",)
    ordering = ("jurisdiction__code", "-version")
    sections = (
        ("评分标准", ("name", "version", "place", "basis", "base", "a_from", "b_from", "c_from")),
        ("制定", ("made_by", "made_at")),
    )

    @admin.display(description="适用地区", ordering="jurisdiction__code")
    def place(self, row: Rubric) -> str:
        return str(row.jurisdiction) if row.jurisdiction_id else "全省"

    def visible(self, actor: Actor) -> QuerySet[Rubric]:
        """How points are given is no secret among staff."""
        return Rubric.objects.all() if rating_rules.can_view_ratings(actor) else Rubric.objects.none()

    def timeline(self, actor: Actor, row: Rubric) -> list:
        return timeline(row)
