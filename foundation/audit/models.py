"""Who did what, when, to which object, with which change and why. Rows are only ever added."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from foundation.core.scope import Scope, ScopedQuerySet


class Event(models.Model):
    """One fact. Actor and subject are kept as ids and as the words of the time, so that the trace outlives both."""

    SCOPE = Scope("jurisdiction_id")

    kind = models.CharField("事项代码", max_length=80)
    label = models.CharField("事项", max_length=80)
    at = models.DateTimeField("发生时间")
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    actor_id = models.BigIntegerField("经办人编号", null=True)
    actor_name = models.CharField("经办人", max_length=80)
    post_id = models.BigIntegerField("岗位编号", null=True)
    role = models.CharField("角色", max_length=40, blank=True)
    organ_id = models.BigIntegerField("单位编号", null=True)
    organ_name = models.CharField("单位", max_length=120, blank=True)

    subject_type = models.CharField("对象类型", max_length=80)
    subject_id = models.BigIntegerField("对象编号", null=True)
    subject_label = models.CharField("对象", max_length=200)
    jurisdiction_id = models.BigIntegerField("管辖单位编号", null=True)
    matter = models.CharField("事项编号", max_length=40, blank=True)

    changes = models.JSONField("变更", default=dict, encoder=DjangoJSONEncoder)
    reason = models.TextField("理由", blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "操作记录"
        verbose_name_plural = "操作记录"
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="") & ~Q(actor_name=""),
                name="audit_event_names_fact_and_actor",
                violation_error_message="操作记录必须写明事项和经办人。",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-at"], name="audit_by_subject"),
            models.Index(fields=["matter", "at"], condition=~Q(matter=""), name="audit_by_matter"),
            models.Index(fields=["jurisdiction_id", "-at"], name="audit_by_jurisdiction"),
            models.Index(fields=["actor_id", "-at"], name="audit_by_actor"),
            models.Index(fields=["recorded_at"], name="audit_by_recorded"),
        ]

    def __str__(self) -> str:
        return f"{self.label} · {self.subject_label}"


class Link(models.Model):
    """One link of a stream's chain: ``hash = SHA-256(previous hash, canonical row)``; ``no``: the order of sealing."""

    stream = models.CharField("链", max_length=40)
    no = models.BigIntegerField("序号")
    row_id = models.BigIntegerField("记录编号")
    hash = models.CharField("哈希", max_length=64)

    class Meta:
        db_table = "audit_link"
        verbose_name = "封存链"
        verbose_name_plural = "封存链"
        constraints = [
            models.UniqueConstraint(
                fields=["stream", "no"], name="audit_link_no_once", violation_error_message="该序号已封存。"
            ),
            models.UniqueConstraint(
                fields=["stream", "row_id"], name="audit_link_row_once", violation_error_message="该记录已封存。"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stream} {self.no}"


class DailyRoot(models.Model):
    """The Merkle root over the links sealed by the end of a day; published and sent upward: a cut tail shows."""

    stream = models.CharField("链", max_length=40)
    day = models.DateField("日期")
    first_no = models.BigIntegerField("起始序号")
    last_no = models.BigIntegerField("截止序号")
    root = models.CharField("日根", max_length=64)
    made_at = models.DateTimeField("生成时间")

    class Meta:
        verbose_name = "每日封存根"
        verbose_name_plural = "每日封存根"
        constraints = [
            models.UniqueConstraint(
                fields=["stream", "day"], name="audit_root_once_a_day", violation_error_message="当日已生成封存根。"
            ),
            models.CheckConstraint(
                condition=Q(last_no__gte=models.F("first_no") - 1),
                name="audit_root_range_ordered",
                violation_error_message="封存区间无效。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stream} {self.day}"
