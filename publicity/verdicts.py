"""What the register says about an institution, in parents' words."""

from __future__ import annotations

from institutions.enums import LicenceStatus, SiteType, StandingKind, Status

from .shown import Verdict

_BLACK = Verdict("列入黑名单", "black", "这家机构已被列入黑名单，请不要报名、不要缴费。", False)
_WHITE = Verdict("正常·白名单", "ok", "这家机构在教育部门公布的白名单中，目前正常办学。", True)
_WARNING = Verdict("预警", "notice", "主管部门已对这家机构发出预警，请暂缓缴费，先向主管部门了解情况。", False)
_EXPIRED = Verdict("许可已过期", "bad", "这家机构登记的许可都已过有效期，请先不要缴费，向主管部门核实。", False)
_CARE = Verdict("托管机构", "notice", "这是托管机构，不持有培训许可，不能开展学科类培训。", False)
_NORMAL = Verdict("正常", "ok", "这家机构在教育部门的名录中，目前正常办学。", True)
NOT_YET = Verdict("当时未登记", "notice", "这一天名录中还没有登记这家机构。", False)
_INCOMPLETE = "这家机构{licence}，证照不齐全，请不要报名、不要缴费。"

_STATUS = {
    Status.PREPARING: Verdict("筹设中", "notice", "这家机构还在筹设，没有取得办学许可，不能招生收费。", False),
    Status.SUSPENDED: Verdict("停业整改", "bad", "这家机构正在停业整改，整改期间不能上课、不能收费。", False),
    Status.ENROLMENT_STOPPED: Verdict("责令停止招生", "bad", "这家机构已被责令停止招生，不能招收新学员。", False),
    Status.TRANSFORMED: Verdict("已转型", "notice", "这家机构已不再开展原来的学科类培训。", False),
    Status.UNDER_REVIEW: Verdict("备改审", "notice", "这家机构正在由备案改为审批，请先向主管部门了解进展。", False),
    Status.CLOSING: Verdict(
        "拟终止", "notice", "这家机构已公告准备终止办学，请不要再缴费，已缴费的请尽快办理退费。", False
    ),
    Status.DEREGISTERED: Verdict("已注销", "bad", "这家机构已经注销，不能再开展培训。", False),
    Status.REVOKED: Verdict("已吊销", "bad", "这家机构的许可已被吊销，不能再开展培训。", False),
    Status.BANNED: Verdict("已取缔", "bad", "这家机构已被取缔，请不要报名、不要缴费。", False),
    Status.LOST: Verdict("失联", "bad", "主管部门目前联系不上这家机构，请不要缴费；已缴费的请尽快反映。", False),
}


def verdict(*, status: str, licence: str, site_type: str, lists: frozenset[str], permit_over: bool = False) -> Verdict:
    """The gravest thing first: black list, an irregular status, missing or expired permits, a warning; then
    white, then normal. ``permit_over``: permits are registered, and none is in force."""
    if StandingKind.BLACK_LIST in lists:
        return _BLACK
    if status != Status.NORMAL:
        return _STATUS[Status(status)]
    if site_type == SiteType.CARE:
        return _CARE
    if licence != LicenceStatus.COMPLETE:
        label = LicenceStatus(licence).label
        return Verdict(label, "bad", _INCOMPLETE.format(licence=label), False)
    if permit_over:
        return _EXPIRED
    if StandingKind.WARNING in lists:
        return _WARNING
    return _WHITE if StandingKind.WHITE_LIST in lists else _NORMAL
