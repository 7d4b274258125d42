"""What supervisors show on pages and on the home page: work that waits, figures, the rows behind a record."""

from __future__ import annotations

from django.db.models import Count
from django.urls import reverse

from clues.models import Clue
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.home import Tile, figure_tile, todo_tile
from foundation.core.marks import chip, link
from foundation.core.panels import Panel, panel
from foundation.documents.showing import papers_panel

from . import duties, queries, rules
from .models import Candidate, ClueTask, LibraryItem, Quiz, Recruitment, Supervisor, Training
from .months import Month, months_until


@panel(Recruitment, label="各地推荐情况", order=10)
def districts(actor: Actor, recruitment: Recruitment) -> Panel:
    rows = [
        (line.quota.jurisdiction, line.quota.places, line.nominated, line.passed, line.rejected, line.appointed)
        for line in queries.by_district(recruitment)
    ]
    return Panel(("地区", "名额", "推荐", "通过", "未通过", "聘任"), rows, empty="还没有分配名额。")


@panel(Recruitment, label="人选", order=20)
def candidates_of(actor: Actor, recruitment: Recruitment) -> Panel:
    rows = [
        (_to("candidate", row, row.name), row.jurisdiction, row.workplace, row.get_state_display(), row.review_reason)
        for row in Candidate.objects.visible_to(actor)
        .filter(recruitment=recruitment)
        .select_related("jurisdiction")
        .order_by("pk")
    ]
    url = reverse("admin:supervisors_candidate_changelist") + f"?recruitment__id__exact={recruitment.pk}"
    return Panel(("姓名", "推荐地区", "工作单位", "状态", "审核意见"), rows, more_url=url, empty="还没有人选。")


@panel(Recruitment, label="履职要求", order=30)
def duty_of(actor: Actor, recruitment: Recruitment) -> Panel:
    rows = [
        (f"{duty.from_on:%Y-%m}", f"{duty.minimum} 家次", f"{duty.target} 家次")
        for duty in recruitment.duties.order_by("-from_on")
    ]
    return Panel(("自", "每月最少", "每月目标"), rows)


@panel(Candidate, label="公示异议", order=10)
def objections(actor: Actor, candidate: Candidate) -> Panel | None:
    """That there were objections and what came of them; who objected stands on the objection's own page."""
    if not rules.can_view_objections(actor) or candidate.recruitment.organ_id != actor.organ_id:
        return None
    rows = [
        (
            _to("objection", row, f"{row.filed_at:%Y-%m-%d}"),
            row.get_channel_display(),
            row.get_state_display(),
            row.findings,
        )
        for row in candidate.objections.order_by("-filed_at", "-pk")
    ]
    return Panel(("提出日期", "渠道", "状态", "处理意见"), rows, empty="没有异议。")


@panel(Supervisor, label="每月走访", order=10)
def months(actor: Actor, supervisor: Supervisor) -> Panel:
    on = clock.today()
    owned = Supervisor.objects.filter(pk=supervisor.pk)
    line = next(iter(duties.overview(owned, until=Month.of(on), number=12, on=on).lines), None)
    address = reverse("admin:supervisors_supervisor_visits", args=[supervisor.pk])
    rows = [
        (
            link(cell.month.label, f"{address}?month={cell.month.key}"),
            chip(cell.words or "0", cell.tone),
            cell.late,
            cell.findings,
        )
        for cell in reversed(line.cells if line else [])
        if cell.required or cell.done
    ]
    return Panel(
        ("月份", "完成/目标(家次)", "其中补录", "反映问题"), rows, more_url=address, empty="聘期内还没有完整的月份。"
    )


@panel(Supervisor, label="文书", order=20)
def papers(actor: Actor, supervisor: Supervisor) -> Panel:
    return papers_panel(actor, supervisor)


@panel(Supervisor, label="年度考核", order=30)
def reviews(actor: Actor, supervisor: Supervisor) -> Panel:
    rows = [
        (f"{row.year}年", row.get_verdict_display(), f"{row.visits} 家次", row.remark)
        for row in supervisor.reviews.order_by("-year")
    ]
    return Panel(("年度", "结果", "监督", "意见"), rows, empty="还没有考核。")


@panel(Supervisor, label="培训和测试", order=40)
def trained(actor: Actor, supervisor: Supervisor) -> Panel:
    sessions = [
        (row.training.held_on, row.training.title, "到训")
        for row in supervisor.attendances.select_related("training").order_by("-training__held_on", "-pk")
    ]
    tests = [
        (
            clock.local_date(row.taken_at),
            row.quiz.title,
            f"{row.right}/{row.asked} {'及格' if row.passed else '未及格'}",
        )
        for row in supervisor.quiz_results.select_related("quiz").order_by("-taken_at", "-pk")
    ]
    rows = sorted(sessions + tests, key=lambda row: row[0], reverse=True)
    return Panel(("日期", "内容", "结果"), rows, empty="还没有参加培训和测试。")


@panel(Training, label="到训人员", order=10)
def attended(actor: Actor, training: Training) -> Panel:
    rows = [
        (row.supervisor.name, row.supervisor.number, row.supervisor.area)
        for row in training.attendances.select_related("supervisor__area").order_by("supervisor__number")
    ]
    return Panel(("姓名", "编号", "责任区域"), rows, empty="还没有登记到训。")


@panel(Quiz, label="题目", order=10)
def questions(actor: Actor, quiz: Quiz) -> Panel:
    rows = [
        (row.no, row.text, "；".join(row.options), row.options[row.answer - 1]) for row in quiz.questions.order_by("no")
    ]
    return Panel(("题号", "题目", "选项", "答案"), rows)


@panel(LibraryItem, label="章节", order=10)
def sections(actor: Actor, item: LibraryItem) -> Panel:
    read = item.sections.annotate(readers=Count("marks")).order_by("no")
    rows = [(row.no, row.title, row.text, f"{row.readers} 人") for row in read]
    return Panel(("序号", "节标题", "正文", "已读"), rows)


def _to(name: str, row: object, text: object) -> object:
    return link(text, reverse(f"admin:supervisors_{name}_change", args=[row.pk]))


# -- home ------------------------------------------------------------------------------------------------------------
def _tile(label: str, count: int, url: str, unit: str) -> Tile:
    return Tile(label, count, url, unit=unit, tone="notice" if count else "plain")


@todo_tile(order=60)
def waiting_for_review(actor: Actor) -> Tile | None:
    if not rules.can_manage_somewhere(actor):
        return None
    url = reverse("admin:supervisors_candidate_changelist") + "?waiting=review"
    return _tile("待资格审核", queries.to_review(actor).count(), url, "人")


@todo_tile(order=61)
def waiting_for_appointment(actor: Actor) -> Tile | None:
    if not rules.can_manage_somewhere(actor):
        return None
    url = reverse("admin:supervisors_candidate_changelist") + "?waiting=appoint"
    return _tile("公示期满可聘任", queries.appointable(actor, on=clock.today()).count(), url, "人")


@todo_tile(order=62)
def waiting_objections(actor: Actor) -> Tile | None:
    if not rules.can_manage_somewhere(actor):
        return None
    url = reverse("admin:supervisors_objection_changelist") + "?waiting=me"
    return _tile("异议待处理", queries.objections_to_handle(actor).count(), url, "件")


@todo_tile(order=63)
def waiting_feedback(actor: Actor) -> Tile | None:
    if not rules.can_handle_feedback_somewhere(actor):
        return None
    url = reverse("admin:supervisors_feedback_changelist") + "?waiting=me"
    return _tile("监督员反馈待处理", queries.feedback_to_handle(actor).count(), url, "件")


@todo_tile(order=64)
def waiting_proposals(actor: Actor) -> Tile | None:
    if not rules.can_manage_somewhere(actor):
        return None
    url = reverse("admin:supervisors_proposal_changelist") + "?waiting=me"
    return _tile("监督员建议待答复", queries.proposals_to_decide(actor).count(), url, "件")


@figure_tile(order=60)
def visits_this_month(actor: Actor) -> Tile | None:
    """家次 of supervisors alone, this month, with the five months before."""
    if not rules.can_view(actor):
        return None
    on = clock.today()
    shown = months_until(Month.of(on), 6)
    per_month = duties.visits_by_month(Supervisor.objects.visible_to(actor), shown)
    url = reverse("admin:supervisors_supervisor_overview")
    return Tile("监督员走访(本月)", per_month[-1], url, unit="家次", trend=tuple(per_month[:-1]), note="近五个月")


@panel(Clue, label="交监督员核查", order=30)
def tasks_of(actor: Actor, clue: Clue) -> Panel | None:
    tasks = ClueTask.objects.visible_to(actor).filter(clue=clue).select_related("supervisor", "visit")
    rows = [
        (
            _to("cluetask", task, task.supervisor.name),
            task.get_state_display(),
            task.due_on,
            task.visit.number if task.visit else "—",
            task.result or task.reason or "—",
        )
        for task in tasks.order_by("-given_at", "-pk")
    ]
    return Panel(("监督员", "状态", "期限", "走访记录", "情况"), rows) if rows else None
