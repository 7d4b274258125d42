"""Other words by which bureaus write kinds, aspects, severities and outcomes of visits, and head their columns."""

from __future__ import annotations

import re

from inspections.enums import Aspect, Outcome, Severity, VisitKind


def _all(words: str, value: str) -> dict[str, str]:
    return dict.fromkeys(words.split(), value)


KINDS = {
    **_all("日常 日常巡查 巡查 日常监管 例行检查 常规检查 日常检查 一般检查 巡检 巡逻 夜查", VisitKind.ROUTINE),
    **_all("双随机 双随机一公开 随机抽查 抽查 双随机检查", VisitKind.RANDOM),
    **_all("专项 专项行动 专项整治 专项治理 集中整治 拉网式排查", VisitKind.CAMPAIGN),
    **_all("联合 联合执法 联合巡查 部门联合 联合行动 联合整治", VisitKind.JOINT),
    **_all("暗访检查 暗访督查 明察暗访", VisitKind.COVERT),
    **_all("复查检查 回头看 整改复查 复核", VisitKind.RECHECK),
    **_all("社会监督员 监督员走访 社会监督", VisitKind.SUPERVISOR),
    **_all("学校专员 专员走访", VisitKind.SPECIALIST),
}
#: What the title of a sheet says about all its rows; the first that fits.
TITLES = (
    (re.compile("双随机"), "双随机抽查"),
    (re.compile("回头看|复查"), "复查"),
    (re.compile("暗访"), "暗访"),
    (re.compile("联合"), "联合检查"),
    (re.compile("专项|整治"), "专项检查"),
    (re.compile("日常|巡查"), "日常检查"),
)
ASPECTS = {
    **_all("管理 日常 办学管理 内部管理 规范办学", Aspect.DAILY),
    **_all("安全 消防 消防安全 场所安全 安全管理", Aspect.SAFETY),
    **_all("培训 教学 教学行为 培训内容 培训时间 师资", Aspect.CONDUCT),
    **_all("广告 宣传 虚假宣传", Aspect.PUBLICITY),
    **_all("收费 资金 预收费 收费行为 退费", Aspect.FEES),
}
SEVERITIES = {
    **_all("一般 轻微 较轻 轻度", Severity.LIGHT),
    **_all("较重 较大 中等 中度", Severity.MAJOR),
    **_all("严重 重大 特别严重 重度", Severity.CRITICAL),
}
OUTCOMES = {
    **_all("未发现 无问题 正常 合格 规范 良好 没有问题 未发现异常 符合要求 未见异常", Outcome.CLEAN),
    **_all("当场整改 当场改正 现场整改 立即整改 立行立改 已整改 已改正 现场改正 已当场整改", Outcome.CORRECTED),
    **_all(
        "限期整改 责令整改 责令限期整改 整改中 待整改 下发整改通知书 发整改通知书 责令改正 限期改正", Outcome.FOLLOW_UP
    ),
    **_all("移送 移交 立案 立案查处 停止办学 责令停止 责令停止办学 关停 取缔 约谈 后续处理", Outcome.FOLLOW_UP),
    **_all("关门 未营业 无人 未开门 停业 闭店 已关门 未开课 未上课 人去楼空 大门紧闭", Outcome.CLOSED_DOOR),
    **_all("拒绝检查 拒不配合 不配合 阻挠检查", Outcome.REFUSED),
}
_NONE = "未发现 未发现问题 没有问题 无问题 正常 良好 合格 规范 未发现异常 未见异常 无异常 符合要求"
NO_PROBLEM = frozenset(_NONE.split())

_HEADINGS = {
    "visited_on": "日期 检查时间 巡查日期 巡查时间 走访日期 检查日 排查日期 执法日期 时间 督查日期 行动日期",
    "slot": "时间段 检查时段 巡查时段 上午/下午 具体时间 时点 班次 开始时间",
    "name": (
        "检查对象 被检查单位 被检查机构 检查机构名称 机构 名称 单位名称 培训机构 培训机构名称 校外培训机构名称 受检单位"
        " 受检机构 检查单位名称 巡查对象 被检单位 检查点 场所名称 机构(场所)名称"
    ),
    "credit_code": "信用代码 社会信用代码 统一信用代码 统一代码 机构代码 营业执照号",
    "license_no": "许可证号 许可证编号 办学许可证编号 许可编号 办学许可证",
    "site_no": "无证编号 无证点编号 场所编号 无证机构编号",
    "address": "办学地址 检查地点 检查地址 场所地址 详细地址 地点 机构地址",
    "kind": "检查类型 检查类别 检查方式 巡查类型 检查形式 检查性质",
    "group": "组别 小组 巡查组 检查小组 检查组别 分组 检查组名称 执法组",
    "officers": "执法人员 巡查人员 参加人员 检查人 检查人员姓名 出动人员 参与人员 检查人员及单位 带队及参加人员",
    "people": "出动人数 检查人数 参加人数 人员数 执法人数 检查人员数 巡查人数 出动人次",
    "problem": "存在问题 问题 检查情况 发现的问题 问题描述 主要问题 问题隐患 检查发现问题",
    "aspect": "问题类别 问题类型 所属类别 问题所属方面 方面",
    "severity": "问题程度 问题等级 程度 隐患等级",
    "outcome": "检查结论 处理情况 处置情况 整改情况 检查结果 结果 处理意见 处置结果 结论",
    "pupils": "现场学生数 学生人数 学生 在场学生数 学员数 现场学生人数",
    "teachers": "现场教师数 教师人数 教师 在场教师数 老师数 现场教师人数",
    "dispersed": "清散人数 清散学生数 疏散学生 疏散学生数 劝离学生",
    "remark": "说明 情况说明 备注说明 其他",
    "campaign": "专项行动名称 行动名称 所属专项 整治行动",
}
HEADINGS = {name: tuple(words.split()) for name, words in _HEADINGS.items()}


def kind_in(title: str) -> str | None:
    """The kind that a sheet's name or title gives to all its rows."""
    return next((label for pattern, label in TITLES if pattern.search(title)), None)
