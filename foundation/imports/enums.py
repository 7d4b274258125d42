"""Words of the import: what a batch is going through, what becomes of a row, how strict the clerk wants it."""

from django.db.models import TextChoices


class BatchState(TextChoices):
    UPLOADED = "uploaded", "校验中"
    CHECKED = "checked", "待确认"
    APPLYING = "applying", "导入中"
    APPLIED = "applied", "已导入"
    DISCARDED = "discarded", "已放弃"


class Mode(TextChoices):
    GOOD_ROWS = "good-rows", "导入合格行，不合格的行退回修改"
    ALL_OR_NOTHING = "all-or-nothing", "全部合格才导入"


class Outcome(TextChoices):
    CREATED = "created", "新增"
    UPDATED = "updated", "更新"
    UNCHANGED = "unchanged", "无变化"
    DUPLICATE = "duplicate", "表内重复"
    REJECTED = "rejected", "不合格"


WRITTEN = frozenset({Outcome.CREATED, Outcome.UPDATED})
MATCHED = WRITTEN | {Outcome.UNCHANGED}
