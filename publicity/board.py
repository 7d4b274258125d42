"""What editors need to know of the public site: how fresh each part is, what is empty, what is missing.

The limits are those of the checks of government sites (国办秘函〔2019〕19号): the first page is updated within two
weeks, other parts within six months, and a site with five or more empty parts fails as a whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Max, Q, QuerySet
from django.urls import reverse

from foundation.accounts.enums import OrganKind
from foundation.accounts.models import Organ
from foundation.audit.models import Event
from foundation.core.actor import Actor
from foundation.core.clock import local_date
from institutions import queries as register
from institutions.enums import OPERATING
from institutions.models import Institution
from listings import queries as lists
from listings.enums import ListKind

from .enums import CheckState
from .models import Finding, PublicCheck
from .queries import kinds_shown

FIRST_PAGE_DAYS, PART_DAYS = 14, 183
EMPTY_ALLOWED = 4
SHOWN = 50


@dataclass(frozen=True)
class Part:
    """One part of the public site. ``tone`` and ``advice`` follow from the rest."""

    label: str
    url: str
    rows: int
    unit: str
    updated_on: date | None
    limit_days: int
    today: date = field(repr=False)

    @property
    def age_days(self) -> int | None:
        return (self.today - self.updated_on).days if self.updated_on else None

    @property
    def is_late(self) -> bool:
        return self.age_days is not None and self.age_days > self.limit_days

    @property
    def tone(self) -> str:
        return "bad" if not self.rows or self.is_late else "notice" if self.updated_on is None else "ok"

    @property
    def word(self) -> str:
        if not self.rows:
            return "空栏目"
        return "无更新记录" if self.updated_on is None else "超过期限" if self.is_late else "正常"

    @property
    def advice(self) -> str:
        if not self.rows:
            return _EMPTY.get(self.label, "栏目没有内容：请录入，或暂不对外显示。")
        if self.is_late:
            return f"已超过{self.limit_days}天没有更新：请核对内容，有变化的及时更新。"
        return "没有更新记录：请核对内容是否仍然正确。" if self.updated_on is None else "不需要办理"


_EMPTY = {
    "白名单": "还没有机构列入白名单：请在机构页面提请，由另一人审核后公布。",
    "黑名单": "没有机构列入黑名单时网页会写明“目前没有机构”，确无应列入的机构则不需要办理。",
    "举报渠道": "没有一个教育部门公布举报电话或邮箱：请系统管理员在“单位”中录入。",
    "机构名录": "名录还没有在办机构：请登记或导入。",
}


@dataclass(frozen=True)
class Gap:
    """Institutions that are shown without something essential, and the list of them where there is one."""

    label: str
    count: int
    url: str
    advice: str


@dataclass(frozen=True)
class Board:
    parts: list[Part]
    gaps: list[Gap]
    bureaus: list[tuple[str, str]]
    more_bureaus: int
    check: PublicCheck | None
    running: PublicCheck | None
    open_findings: int
    total: int

    @property
    def empty(self) -> list[Part]:
        return [part for part in self.parts if not part.rows]

    @property
    def too_many_empty(self) -> bool:
        return len(self.empty) > EMPTY_ALLOWED


def board_for(actor: Actor, *, at: datetime) -> Board:
    """The board of one editor: the parts of the whole site; bureaus, gaps and findings of the actor's own area."""
    silent = bureaus_without_contact(actor)
    listed = [(organ.name, _missing(organ)) for organ in silent.order_by("jurisdiction__code", "pk")[:SHOWN]]
    return Board(
        parts=parts(at=at),
        gaps=[_gap(*kind, actor=actor) for kind in _GAPS],
        bureaus=listed,
        more_bureaus=silent.count() - len(listed) if len(listed) == SHOWN else 0,
        check=PublicCheck.objects.filter(state=CheckState.DONE).order_by("-pk").first(),
        running=PublicCheck.objects.filter(state=CheckState.RUNNING).first(),
        open_findings=Finding.objects.visible_to(actor).open().count(),
        total=Institution.objects.current().count(),
    )


def parts(*, at: datetime) -> list[Part]:
    """Each part of the public site with its last update."""
    today = local_date(at)
    shown = Institution.objects.current().filter(status__in=OPERATING)
    changed_on = _day(shown.aggregate(at=Max("changed_at"))["at"])
    directory = Part("机构名录", reverse("publicity:directory"), shown.count(), "家", changed_on, PART_DAYS, today)
    of_lists = [_list_part(kind, today) for kind in kinds_shown()]
    report = _report_part(today)
    newest = max((part.updated_on for part in (directory, *of_lists, report) if part.updated_on), default=None)
    filled = sum(1 for part in (directory, *of_lists) if part.rows)
    first = Part("首页", reverse("publicity:home"), filled, "个栏目", newest, FIRST_PAGE_DAYS, today)
    return [first, directory, *of_lists, report]


def _list_part(kind: ListKind, today: date) -> Part:
    edition = lists.latest_edition(kind)
    url = f"{reverse('publicity:lists')}?kind={kind}"
    rows = len(lists.lines_on(kind, on=today))
    return Part(kind.label, url, rows, "家", _day(edition.cut_off) if edition else None, PART_DAYS, today)


def _report_part(today: date) -> Part:
    """Bureaus keep no instant of their own: their last change is in the trail."""
    reachable = _bureaus().exclude(report_phone="", report_mailbox="")
    changed = Event.objects.filter(subject_type=Organ._meta.label_lower, subject_id__in=reachable.values("pk"))
    updated_on = _day(changed.aggregate(at=Max("at"))["at"])
    return Part("举报渠道", reverse("publicity:report"), reachable.count(), "个单位", updated_on, PART_DAYS, today)


def _day(at: datetime | None) -> date | None:
    return local_date(at) if at else None


def _bureaus() -> QuerySet[Organ]:
    return Organ.objects.filter(kind=OrganKind.EDUCATION, closed_on__isnull=True)


def bureaus_without_contact(actor: Actor) -> QuerySet[Organ]:
    """Education bureaus of the actor's area that publish no report phone or no mailbox."""
    missing = Q(report_phone="") | Q(report_mailbox="")
    return Organ.objects.visible_to(actor).filter(missing, kind=OrganKind.EDUCATION, closed_on__isnull=True)


def _missing(organ: Organ) -> str:
    words = [
        word for word, value in (("举报电话", organ.report_phone), ("举报邮箱", organ.report_mailbox)) if not value
    ]
    return "没有" + "和".join(words)


_GAPS: tuple[tuple[str, str, Callable[[Actor], QuerySet[Institution]], str], ...] = (
    (
        "没有登记许可",
        "unpermitted",
        register.without_permit,
        "公众看到“没有登记培训许可”：请补登许可，或核实是否无证。",
    ),
    (
        "没有登记监管账户",
        "accountless",
        register.without_account,
        "公众看到“没有登记监管账户”：请补登银行和账号末四位。",
    ),
    ("没有登记培训时间", "hourless", register.without_hours, "请补登培训时间，供家长核对。"),
)


def _gap(label: str, name: str, rows: Callable[[Actor], QuerySet[Institution]], advice: str, *, actor: Actor) -> Gap:
    url = f"{reverse('admin:institutions_institution_changelist')}?attention={name}"
    return Gap(label, rows(actor).count(), url, advice)
