"""What an editor does about a problem, in one sentence."""

from __future__ import annotations

from ..enums import FindingKind as K

_ROW = {
    K.PLANTED: "打开登记记录，把该栏改回真实内容；记录不是本单位改的，请同时报告系统管理员查操作记录。",
    K.PERSONAL: "打开登记记录，删去该栏里的个人信息；公众网站随即不再显示。",
    K.BROKEN: "打开登记记录核对内容，并把网页地址告诉系统管理员。",
}
_SITE = {
    K.PLANTED: "登记内容中没有这段文字，可能是网站程序或模板被改动：请立即通知系统管理员。",
    K.HIDDEN: "网站模板本来没有这样的内容，可能被改动：请立即通知系统管理员。",
    K.CODE: "网站模板本来没有这样的代码，可能被改动：请立即通知系统管理员。",
    K.FOREIGN: "公众网站只链接本站和设置中允许的网址：请系统管理员删去，或确认后列入允许的网址。",
    K.PERSONAL: "请系统管理员查明这段文字从哪里来，并尽快从公众网站撤下。",
    K.BROKEN: "请把网页地址告诉系统管理员。",
    K.DEAD: "请系统管理员改正这个链接；所指机构已合并或撤回的，刷新后会自动消失。",
    K.HEADER: "请系统管理员检查网站和代理服务器的设置。",
    K.EDITION: "请勿改动名单；立即通知系统管理员，并用 verify_audit 查操作记录。",
    K.FILE: "请系统管理员重新发布网站文件，并查明是谁改动的。",
}


def advice_for(kind: str, *, of_a_row: bool) -> str:
    """``of_a_row``: the problem lies in a registered row, which editors can correct themselves."""
    kind = K(kind)
    return (_ROW if of_a_row else _SITE).get(kind) or _SITE[kind]
