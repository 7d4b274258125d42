"""Words of KPIs: units, groups, how a rate is cut, and which days of a period are asked about."""

from __future__ import annotations

from django.db.models import TextChoices

from inspections.enums import Unit

__all__ = ["Days", "Group", "Rounding", "Unit"]


class Group(TextChoices):
    """Under which heading a KPI stands."""

    REGISTER = "register", "机构与无证治理"
    INSPECTION = "inspection", "检查"
    ENFORCEMENT = "enforcement", "整改与执法"
    ADVERTS = "adverts", "广告"
    CLUES = "clues", "线索"
    SUPERVISORS = "supervisors", "社会监督员"
    FUNDS = "funds", "资金监管"
    RISK = "risk", "风险"
    LISTS = "lists", "名单与评价"
    SCHOOLS = "schools", "课后服务与培训材料"
    PUBLICITY = "publicity", "宣传"


class Rounding(TextChoices):
    """How a rate is brought to its places: cut off (domain note 6-A1), or half up."""

    TRUNCATE = "truncate", "去尾"
    HALF_UP = "half_up", "四舍五入"


class Days(TextChoices):
    """Which days and hours of the period count."""

    ALL = "", "全部时间"
    EVENINGS = "evenings", "周一到周五晚上"
    HOLIDAYS = "holidays", "法定节假日"


class SheetKind(TextChoices):
    """What a report is about."""

    MONTH = "month", "工作月报"
    CAMPAIGN = "campaign", "专项行动统计表"
    BULLETIN = "bulletin", "工作简报"


class ReportState(TextChoices):
    """Counted by the portal for one person, reviewed by another, then numbered."""

    COUNTING = "counting", "正在统计"
    PREPARED = "prepared", "待审核"
    RETURNED = "returned", "退回"
    REVIEWED = "reviewed", "已审核"
    ISSUED = "issued", "已定稿"
    WITHDRAWN = "withdrawn", "已撤回"


#: Reports that are on their way: nobody may begin a second one of the same period.
UNDER_WAY = (ReportState.COUNTING, ReportState.PREPARED, ReportState.RETURNED, ReportState.REVIEWED)
