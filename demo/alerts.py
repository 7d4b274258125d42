"""Early warning of the base demo: what was seen of two institutions, last night's sweep, a month that was searched."""

from __future__ import annotations

from datetime import datetime, timedelta

from alerts import tasks
from alerts.enums import Action, SignKind
from alerts.models import Alert
from alerts.operations.handling import take_alert
from alerts.operations.reporting import note_search, report_sign
from foundation.core import clock
from funds.models import SupervisedAccount
from institutions.models import Institution

from .organs import SIMING, People


def load(people: People, registered: dict[str, list[Institution]], now: datetime) -> None:
    """Two signs in 思明, the sweep over everybody, one alert that is looked after."""
    by, today = people.acts("siming.jingban"), clock.local_date(now)
    with_account = SupervisedAccount.objects.filter(institution__in=registered[SIMING]).order_by("pk")
    first, second = [row.institution for row in with_account.select_related("institution")[3:5]]
    seen = {"seen_on": today - timedelta(days=2), "by": by, "at": now}
    rent = "物业反映已拖欠三个月租金"
    report_sign(institution=first, kind=SignKind.RENT, words=rent, source="街道巡查", **seen)
    report_sign(institution=second, kind=SignKind.ABNORMAL, words="公示系统已列入", source="市场监管部门通报", **seen)
    with clock.set_to(now):
        tasks.sweep(None)
    row = Alert.objects.filter(institution=first).order_by("rule")[0]
    take_alert(alert=row, action=Action.VERIFY, by=by, at=now)
    month = today.replace(day=1)
    sources = "12345工单、信访件、公安通报、网络搜索、巡查记录"
    note_search(first_on=month, last_on=today, sources=sources, found="未发现爆雷跑路", by=by, at=now)
