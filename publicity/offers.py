"""What the page of open data offers, in the words of people who do not write programs."""

from __future__ import annotations

from typing import NamedTuple

from .api import urls

BASE = f"/{urls.BASE}"


class Offer(NamedTuple):
    """An address below ``BASE`` that can be opened as it stands, or its form where it needs a number."""

    label: str
    path: str
    tells: str
    form: str = ""

    @property
    def address(self) -> str:
        return f"{BASE}{self.path}"


OFFERS = (
    Offer("机构名录", "institutions", "在办机构，按名称排列；可以加与名录页面相同的查询条件"),
    Offer("一家机构", "", "机构页面的全部内容；写上日期的是过去那一天的情况", form="institutions/公开编号?on=日期"),
    Offer(
        "有变更的机构", "institutions?changed_since=2026-01-01T00:00:00Z", "某一时间以来公开内容有变更和不再公开的机构"
    ),
    Offer("白名单", "lists/white", "现在在列的机构；可以加与名单页面相同的查询条件和日期"),
    Offer("黑名单", "lists/black", "现在在列的机构，同白名单"),
    Offer("白名单各期", "lists/white/editions", "期号、截至时间、家数、内容校验值；地址后加期号看一期"),
    Offer("白名单的变动", "lists/white/changes?since=0", "某一期之后的列入、移出和事由，逐条照做即得最新一期"),
    Offer("黑名单各期", "lists/black/editions", "期号、截至时间、家数、内容校验值"),
    Offer("黑名单的变动", "lists/black/changes?since=0", "某一期之后的列入、移出和事由"),
    Offer("行政处罚公示", "penalties", "公开中的处罚决定；可以加与公示页面相同的查询条件"),
    Offer("处罚公示的变动", "penalties?changed_since=2026-01-01", "某一天以来公开、撤下和期满的；撤下和期满的请删去"),
    Offer("课后服务机构", "afterschool-providers", "遴选入选的机构：有效、已到期和已退出的；可以加区域"),
    Offer("课后服务机构的变动", "afterschool-providers?changed_since=2026-01-01", "某一天以来入选、到期、退出和撤回的"),
    Offer("双随机抽查", "draws", "已冻结名册的全部抽查和进展；完整内容在各自的文件里，可以重算"),
    Offer("双随机抽查的进展", "draws?changed_since=2026-01-01", "某一天以来状态有变化的抽查"),
    Offer("区域和主管部门", "areas", "区域代码、主管部门、举报电话和邮箱"),
    Offer("接口说明", "schema", "全部地址、条件和返回内容，OpenAPI 格式，供程序读取"),
)
