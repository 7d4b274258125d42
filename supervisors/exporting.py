"""What of the supervisors can be exported."""

from __future__ import annotations

from foundation.core.clock import local_date
from foundation.exports.declaring import Column, as_listed, declare

from . import duties, ledger, rules
from .enums import Identity
from .models import Candidate, Feedback, MonthlyDuty, Proposal, PublicityActivity, Supervisor


def _identities(row: Candidate | Supervisor) -> str:
    return "、".join(Identity(one).label for one in row.identities)


declare(
    Supervisor,
    columns=[
        Column("number", "编号", kind="code"),
        Column("name", "姓名"),
        Column("level", "级别"),
        Column("recruitment", "批次", lambda row: row.recruitment.batch),
        Column("jurisdiction", "推荐地区"),
        Column("area", "责任区域"),
        Column("identities", "身份类别", _identities),
        Column("state", "状态"),
        Column("term_from_on", "聘期起", kind="date"),
        Column("term_until_on", "聘期止", kind="date"),
        Column("visits", "监督(家次)", lambda row: duties.visits_of(row).count(), kind="number"),
    ],
    rows=as_listed(Supervisor),
    view_rule=rules.can_view,
)
declare(
    MonthlyDuty,
    columns=[
        Column("month", "月份", lambda row: f"{row.month_on:%Y-%m}", kind="code"),
        Column("number", "编号", kind="code"),
        Column("name", "姓名"),
        Column("area", "责任区域"),
        *(Column(duty.key, duty.head, kind="number") for duty in ledger.DUTIES),
    ],
    rows=as_listed(MonthlyDuty),
    view_rule=rules.can_view,
)
declare(
    Candidate,
    columns=[
        Column("recruitment", "征集"),
        Column("jurisdiction", "推荐地区"),
        Column("name", "姓名"),
        Column("sex", "性别"),
        Column("birth_year", "出生年份", kind="number"),
        Column("workplace", "工作单位"),
        Column("position", "职务"),
        Column("identities", "身份类别", _identities),
        Column("phone", "手机号码", kind="code", personal=True),
        Column("state", "状态"),
        Column("review_reason", "审核意见"),
    ],
    rows=as_listed(Candidate),
    view_rule=rules.can_view,
)
declare(
    Feedback,
    columns=[
        Column("filed_on", "日期", lambda row: local_date(row.filed_at), kind="date"),
        Column("supervisor", "监督员", lambda row: row.supervisor.name),
        Column("kind", "反馈类别"),
        Column("institution", "相关机构"),
        Column("text", "内容"),
        Column("state", "状态"),
        Column("reply", "答复"),
    ],
    rows=as_listed(Feedback),
    view_rule=rules.can_view,
)
declare(
    Proposal,
    columns=[
        Column("filed_on", "日期", lambda row: local_date(row.filed_at), kind="date"),
        Column("supervisor", "监督员", lambda row: row.supervisor.name),
        Column("title", "建议"),
        Column("text", "内容"),
        Column("state", "采纳情况"),
        Column("reply", "答复"),
    ],
    rows=as_listed(Proposal),
    view_rule=rules.can_view,
)
declare(
    PublicityActivity,
    columns=[
        Column("held_on", "日期", kind="date"),
        Column("supervisor", "监督员", lambda row: row.supervisor.name),
        Column("outlet", "渠道"),
        Column("title", "内容"),
        Column("link", "链接"),
        Column("reach", "覆盖人次", kind="number"),
        Column("pictured", "图片(张)", kind="number"),
    ],
    rows=as_listed(PublicityActivity),
    view_rule=rules.can_view,
)
