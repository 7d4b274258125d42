"""Facts about organs, people and posts."""

from foundation.core.events import EventKind

ORGAN_REGISTERED = EventKind("organ.registered", "登记单位")
ORGAN_CHANGED = EventKind("organ.changed", "修改单位")
ORGAN_CLOSED = EventKind("organ.closed", "撤销单位")

USER_CREATED = EventKind("user.created", "开通账号")
USER_CHANGED = EventKind("user.changed", "修改人员信息")
USER_DISABLED = EventKind("user.disabled", "停用账号")
USER_ENABLED = EventKind("user.enabled", "启用账号")
PASSWORD_RESET = EventKind("user.password_reset", "重置密码")
PASSWORD_CHANGED = EventKind("user.password_changed", "本人修改密码")
SECOND_FACTOR_RESET = EventKind("user.second_factor_reset", "重置动态验证码")
SECOND_FACTOR_SET_UP = EventKind("user.second_factor_set_up", "启用动态验证码")
SECOND_FACTOR_REMOVED = EventKind("user.second_factor_removed", "停用动态验证码")
RECOVERY_CODES_MADE = EventKind("user.recovery_codes_made", "生成恢复码")

POST_GRANTED = EventKind("post.granted", "授予岗位")
POST_ENDED = EventKind("post.ended", "终止岗位")
POST_SWITCHED = EventKind("post.switched", "切换岗位")

LINK_ISSUED = EventKind("link.issued", "开通网上回执")
LINK_ENDED = EventKind("link.ended", "停用网上回执")
