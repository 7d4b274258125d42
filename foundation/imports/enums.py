"""Words of the import: what a batch is going through, what becomes of a row, how strict the clerk wants it."""

from django.db.models import TextChoices


class BatchState(TextChoices):
    UNMAPPED = "unmapped", "待对应列"
    UPLOADED = "uploaded", "校验中"
    CHECKED = "checked", "待确认"
    APPLYING = "applying", "导入中"
    APPLIED = "applied", "已导入"
    UNDOING = "undoing", "撤销中"
    UNDONE = "undone", "已撤销"
    DISCARDED = "discarded", "已放弃"


class Mode(TextChoices):
    GOOD_ROWS = "good-rows", "导入合格行，不合格的行退回修改"
    ALL_OR_NOTHING = "all-or-nothing", "全部合格才导入"


class Outcome(TextChoices):
    CREATED = "created", "新增"
    UPDATED = "updated", "更新"
    UNCHANGED = "unchanged", "无变化"
    DUPLICATE = "duplicate", "表内重复"
    CAMPUS = "campus", "校区"
    REJECTED = "rejected", "不合格"
    SKIPPED = "skipped", "不导入"


WRITTEN = frozenset({Outcome.CREATED, Outcome.UPDATED, Outcome.CAMPUS})
#: States of a batch whose rows stand in the register or stood there.
WRITTEN_STATES = (BatchState.APPLIED, BatchState.UNDOING, BatchState.UNDONE)
