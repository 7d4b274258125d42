"""What belongs to an institution or an unlicensed site, as panels on its page; home tiles of the register."""

from __future__ import annotations

from datetime import date

from django.db.models import Count
from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.core import clock
from foundation.core.actor import Actor
from foundation.core.home import CHANGES_SHOWN, Change, MapTile, Tile, TileMap, figure_tile, recent_changes, tile_map
from foundation.core.marks import chip
from foundation.core.money import yuan
from foundation.core.panels import Panel, panel
from foundation.documents.showing import papers_panel
from foundation.regions.models import Jurisdiction
from foundation.regions.reference import tile_places

from . import coverage, queries
from .enums import Net, Status, UnlicensedState
from .models import Institution, RedLine, Responsible, StatusEvent, TrainingClass, UnlicensedSite


@panel(Institution, label="许可", order=10)
def permits(actor: Actor, institution: Institution) -> Panel:
    rows = [
        (p.get_kind_display(), p.number, p.issuer, p.valid_from or "—", p.valid_to or "长期", p.ended_on or "")
        for p in institution.permits.order_by("-valid_to", "pk")
    ]
    return Panel(("种类", "编号", "审批机关", "有效期起", "有效期至", "提前终止"), rows, empty="未登记许可")


@panel(Institution, label="场所与校区", order=20)
def sites(actor: Actor, institution: Institution) -> Panel:
    rows = [
        (s.get_kind_display(), s.name, s.address, s.area_m2 or "—", s.opened_on, s.closed_on or "在用")
        for s in institution.sites.order_by("closed_on", "kind", "pk")
    ]
    return Panel(("类别", "名称", "地址", "面积(㎡)", "启用", "停用"), rows)


@panel(Institution, label="状态历史", order=30)
def statuses(actor: Actor, institution: Institution) -> Panel:
    believed = set(StatusEvent.objects.filter(institution=institution).believed().values_list("pk", flat=True))
    rows = [
        (
            *(e.effective_on, e.get_status_display(), e.kind, e.reason),
            *("有效" if e.pk in believed else "已更正", e.recorded_at),
        )
        for e in institution.status_events.order_by("-effective_on", "-recorded_at", "-pk")
    ]
    return Panel(("生效日期", "状态", "当时类别", "事由", "记录", "登记时间"), rows)


@panel(Institution, label="三张网责任人", order=40)
def responsibles(actor: Actor, institution: Institution) -> Panel:
    """Each net with its name, or in words that there is none: a name whose post is over is a gap."""
    today = clock.today()
    named = {r.net: r for r in institution.responsibles.select_related("organ", "post__user")}
    return Panel(("网", "责任人", "单位", "起始日期", "来源"), [_name_of(net, named.get(net), today) for net in Net])


def _name_of(net: Net, named: Responsible | None, today: date) -> tuple[object, ...]:
    if named is None:
        return net.label, chip("空缺", "notice"), "—", "—", "没有覆盖此地的岗位，请“指定责任人”或设置岗位"
    if not named.stands(today):
        return net.label, chip("空缺", "notice"), "—", "—", f"{named.person_name}已不在岗，待“按岗位补齐”"
    return net.label, named.person_name, named.organ, named.since, "人工指定" if named.by_hand else "按岗位"


@panel(Institution, label="课程", order=50)
def courses(actor: Actor, institution: Institution) -> Panel:
    rows = [
        (c.name, c.subject, c.get_stage_display(), f"¥{yuan(c.lesson_fee_fen)}", c.lesson_minutes, c.stopped_on or "")
        for c in institution.courses.order_by("stopped_on", "name")
    ]
    return Panel(("课程", "科目", "学段", "课时费(元)", "课时(分钟)", "停开"), rows, empty="未公示课程")


@panel(Institution, label="班级", order=55)
def classes(actor: Actor, institution: Institution) -> Panel:
    found = TrainingClass.objects.filter(course__institution=institution).select_related("course", "teacher", "site")
    rows = [
        (c.course, c.name, c.teacher, _times(c.timetable), c.lessons, f"¥{yuan(c.fee_fen)}", c.capacity, c.starts_on)
        for c in found.order_by("-starts_on", "pk")
    ]
    return Panel(("课程", "班级", "教师", "上课时间", "课时", "收费(元)", "班额", "开班"), rows, empty="未登记班级")


def _times(timetable: list[dict]) -> str:
    days = "一二三四五六日"
    return "；".join(f"周{days[slot['weekday'] - 1]} {slot['start']}-{slot['end']}" for slot in timetable)


@panel(Institution, label="红线行为", order=65)
def red_lines(actor: Actor, institution: Institution) -> Panel | None:
    found = (
        RedLine.objects.filter(staff__institution=institution).select_related("staff").order_by("-happened_on", "pk")
    )
    rows = [(r.staff, r.fact, r.basis, r.happened_on, "已撤销" if r.voided_at else "有效") for r in found]
    return Panel(("人员", "事实", "依据", "发生日期", "效力"), rows) if rows else None


@panel(Institution, label="从业人员", order=60)
def staff(actor: Actor, institution: Institution) -> Panel:
    rows = [
        (
            s.name,
            s.get_role_display(),
            "专职" if s.full_time else "兼职",
            s.teacher_certificate or s.other_qualification,
            s.crime_checked_on or "未查询",
            s.left_on or "在职",
        )
        for s in institution.staff.order_by("left_on", "name")
    ]
    return Panel(("姓名", "岗位", "用工", "资格", "犯罪记录查询", "离职"), rows, empty="未登记从业人员")


@panel(Institution, label="分类鉴别意见", order=70)
def opinions(actor: Actor, institution: Institution) -> Panel:
    rows = [(o.item, o.get_conclusion_display(), o.experts, o.decided_on) for o in institution.opinions.order_by("pk")]
    return Panel(("培训项目", "结论", "专家", "日期"), rows, empty="没有鉴别意见")


@panel(UnlicensedSite, label="核查轮次", order=10)
def rounds(actor: Actor, site: UnlicensedSite) -> Panel:
    rows = [
        (f"第{r.no}轮", r.checked_on, r.organ, r.officers, r.finding, "是" if r.still_operating else "否")
        for r in site.rounds.select_related("organ").order_by("no")
    ]
    return Panel(("轮次", "日期", "单位", "人员", "情况", "仍在经营"), rows, empty="尚未核查，请“登记核查”")


@figure_tile(order=10)
def operating_institutions(actor: Actor) -> Tile | None:
    if not actor.can(Can.VIEW_REGISTER):
        return None
    count = Institution.objects.visible_to(actor).filter(status=Status.NORMAL).count()
    url = reverse("admin:institutions_institution_changelist") + f"?status__exact={Status.NORMAL}"
    return Tile("正常机构", count, url, unit="家")


@figure_tile(order=20)
def open_unlicensed(actor: Actor) -> Tile | None:
    if not actor.can(Can.VIEW_REGISTER):
        return None
    count = UnlicensedSite.objects.visible_to(actor).filter(state=UnlicensedState.OPEN).count()
    url = reverse("admin:institutions_unlicensedsite_changelist") + f"?state__exact={UnlicensedState.OPEN}"
    return Tile("待处置无证场所", count, url, unit="个", tone="bad" if count else "ok")


@figure_tile(order=30)
def permits_running_out(actor: Actor) -> Tile | None:
    if not actor.can(Can.VIEW_REGISTER):
        return None
    url = reverse("admin:institutions_institution_changelist") + "?attention=permit"
    count = queries.with_permit_running_out(actor, on=clock.today()).count()
    return Tile("许可将到期或已过期", count, url, unit="家", tone="notice" if count else "ok")


@figure_tile(order=40)
def missing_in_nets(actor: Actor) -> Tile | None:
    if not actor.can(Can.EDIT_REGISTER):
        return None
    url = reverse("admin:institutions_institution_changelist") + "?attention=nets"
    count = coverage.with_gap_in_nets(actor, on=clock.today()).count()
    return Tile("三张网有空缺", count, url, unit="家", tone="notice" if count else "ok")


@figure_tile(order=50)
def not_on_the_platform(actor: Actor) -> Tile | None:
    if not actor.can(Can.VIEW_REGISTER):
        return None
    covered, every = queries.platform_coverage(actor)
    url = reverse("admin:institutions_institution_changelist") + "?attention=platform"
    note = f"已纳入 {covered}/{every} 家"
    return Tile(
        "未纳入全国平台", every - covered, url, unit="家", tone="notice" if every > covered else "ok", note=note
    )


@figure_tile(order=60)
def crime_checks_overdue(actor: Actor) -> Tile | None:
    if not actor.can(Can.EDIT_REGISTER):
        return None
    count = queries.with_overdue_crime_checks(actor, on=clock.today()).count()
    url = reverse("admin:institutions_institution_changelist") + "?attention=crime"
    return Tile("犯罪记录查询逾期", count, url, unit="家", tone="notice" if count else "ok")


@tile_map(order=10)
def institutions_by_county(actor: Actor) -> TileMap | None:
    """Normal institutions of each county that the actor sees; for those who see more than one."""
    places = tile_places()
    if not actor.can(Can.VIEW_REGISTER) or len(actor.scope) < 2:
        return None
    counties = list(Jurisdiction.objects.filter(pk__in=actor.scope, code__in=places).order_by("code"))
    normal = Institution.objects.visible_to(actor).filter(status=Status.NORMAL)
    counts = dict(normal.order_by().values_list("jurisdiction_id").annotate(Count("pk")))
    url = reverse("admin:institutions_institution_changelist") + f"?status__exact={Status.NORMAL}"
    tiles = tuple(
        MapTile(
            county.name, *places[county.code], counts.get(county.pk, 0), f"{url}&jurisdiction__id__exact={county.pk}"
        )
        for county in counties
    )
    return TileMap("各县(市、区)正常机构", "家", tiles, note="按管辖单位统计；点一格打开这些机构。")


@panel(Institution, label="文书", order=60)
def papers(actor: Actor, institution: Institution) -> Panel:
    """What was issued about the institution itself; papers of a visit or an order stand on their pages."""
    return papers_panel(actor, institution)


@recent_changes(order=10)
def status_changes(actor: Actor) -> list[Change] | None:
    if not actor.can(Can.VIEW_REGISTER):
        return None
    seen = Institution.objects.visible_to(actor)
    events = StatusEvent.objects.believed().filter(institution__in=seen).select_related("institution")
    return [
        Change(
            at=event.recorded_at,
            text=f"{event.institution}：{event.state}（{event.effective_on} 起）",
            url=reverse("admin:institutions_institution_change", args=[event.institution_id]),
        )
        for event in events.order_by("-recorded_at", "-pk")[:CHANGES_SHOWN]
    ]
