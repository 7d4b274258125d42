"""What ratings show: an institution's years, each point with its record, what waits."""

from __future__ import annotations

from django.urls import reverse

from foundation.accounts.panels import slip_panel
from foundation.core.actor import Actor
from foundation.core.home import Tile, todo_tile
from foundation.core.marks import chip, entered, link
from foundation.core.panels import Panel, panel
from foundation.deadlines.kinds import MatterKind, kept, named_in
from institutions import dossier
from institutions.models import Institution
from listings import rating, rating_rules
from listings.enums import GRADE_LINK, RatingState
from listings.models import Rating, RatingRun, Rubric

kept(Rating, kind=MatterKind("rating", "诚信评价", 65), keeper=named_in(Rating, "computed_by"))

LIST = "admin:listings_rating_changelist"


@panel(Institution, label="诚信评价", order=36)
def of_institution(actor: Actor, institution: Institution) -> Panel | None:
    if not rating_rules.can_view_ratings(actor):
        return None
    rows = [
        (
            link(f"{row.year}年度", reverse("admin:listings_rating_change", args=[row.pk])),
            f"{row.score}分",
            row.get_grade_display(),
            row.get_state_display(),
            row.published_on or "—",
        )
        for row in Rating.objects.visible_to(actor).filter(institution=institution).order_by("-year", "-pk")
    ]
    return Panel(("年度", "得分", "等级", "状态", "公布日期"), rows, empty="还没有评价过")


@panel(Rating, label="逐项分值", order=10)
def points(actor: Actor, row: Rating) -> Panel:
    """Every point with the record behind it, and that record as it stands now."""
    names = dict(row.rubric.items.values_list("code", "name"))
    kept = {f"{record['source']}:{record['pk']}": record for record in row.records}
    now = dossier.found(row.institution, [key for _, key, _ in row.points])
    rows = []
    for code, key, value in row.points:
        record, there = kept[key], now.get(key)
        holds = there is not None and not there.void
        rows.append(
            (
                f"{code} {names[code]}",
                record["on"],
                link(record["what"], there.url) if there and there.url else record["what"],
                record["law"] or "—",
                f"{value:+d}",
                chip("有效", "ok") if holds else chip("已作废", "bad"),
            )
        )
    return Panel(("项目", "日期", "记录", "依据", "分值", "现在"), rows, empty="没有加分或扣分的记录，得基础分")


@panel(Rating, label="机构异议", order=20)
def disputes(actor: Actor, row: Rating) -> Panel | None:
    said = list(row.objections.select_related("entered_by", "answered_by").order_by("pk"))
    if not said:
        return None
    rows = [
        (
            one.received_on,
            one.given_by,
            one.text,
            entered(one.entered_by),
            "待答复" if one.accepted is None else f"{'采纳' if one.accepted else '不采纳'}：{one.answer}",
            f"{one.answered_by.name} {one.answered_on}" if one.answered_by else "—",
        )
        for one in said
    ]
    return Panel(("收到日期", "提出人", "异议内容", "登记", "答复", "答复人和日期"), rows)


@panel(Rating, label="网上回执", order=22)
def slip_of_rating(actor: Actor, row: Rating) -> Panel | None:
    return slip_panel(GRADE_LINK, row) if row.state == RatingState.NOTICE else None


@panel(Rubric, label="评分项目", order=10)
def items(actor: Actor, rubric: Rubric) -> Panel:
    weights = {each.code: dict(each.weights) for each in dossier.sources()}
    rows = [
        (
            item.code,
            item.get_aspect_display(),
            item.name,
            dossier.label_of(item.source),
            weights.get(item.source, {}).get(item.weight, "不限"),
            "一票否决" if item.veto else f"{item.points:+d}",
            item.most or "不限",
        )
        for item in rubric.items.order_by("code")
    ]
    return Panel(("编号", "方面", "项目", "来源", "轻重", "每条分值", "合计不超过"), rows)


@panel(RatingRun, label="计算结果", order=10)
def results(actor: Actor, run: RatingRun) -> Panel:
    rows = [
        (
            link(row.institution.name, reverse("admin:listings_rating_change", args=[row.pk])),
            f"{row.score}分",
            row.get_grade_display(),
            row.get_state_display(),
        )
        for row in run.ratings.select_related("institution").order_by("score", "pk")[:100]
    ]
    return Panel(("机构", "得分", "等级", "状态"), rows, empty="系统正在逐家计算")


def _tile(actor: Actor, label: str, found, waiting: str, note: str = "") -> Tile | None:
    count = found(actor).count() if rating_rules.can_view_ratings(actor) else 0
    url = f"{reverse(LIST)}?waiting={waiting}"
    return Tile(label, count, url, unit="家", tone="notice", note=note) if count else None


@todo_tile(order=33)
def to_review(actor: Actor) -> Tile | None:
    """Ratings that another person had reckoned; opens exactly these rows."""
    return _tile(actor, "待我复核评价", rating.waiting_for_review, "review")


@todo_tile(order=34)
def to_publish(actor: Actor) -> Tile | None:
    """Ratings that were looked over; opens exactly these rows."""
    return _tile(actor, "待我公示等级", rating.waiting_for_publication, "publish")


@todo_tile(order=34)
def to_answer(actor: Actor) -> Tile | None:
    """Proposed grades against which the institution objected; opens exactly these rows."""
    return _tile(actor, "等级异议待答复", rating.waiting_for_answer, "answer")


@todo_tile(order=35)
def for_red(actor: Actor) -> Tile | None:
    """Two A years running: a person may propose them for the red list; nothing happens by itself."""
    return _tile(actor, "可提请红榜", rating.red_candidates, "red", "连续两年A级")
