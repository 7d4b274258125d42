"""Exports: who took which rows of which register out of the portal, why, and who agreed."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from foundation.accounts.models import Organ, Post
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction

from .enums import ExportFormat, ExportState

SECOND_PERSON_ABOVE = 500
PURPOSE_MIN = 10


class Export(models.Model):
    """One file that was asked for. ``jurisdiction`` is that of the asker's organ; approvers are found by it."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    organ = models.ForeignKey(Organ, verbose_name="申请单位", on_delete=models.PROTECT)
    post = models.ForeignKey(Post, verbose_name="申请岗位", on_delete=models.PROTECT)
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="申请人", on_delete=models.PROTECT, related_name="exports"
    )
    requester_name = models.CharField("申请人姓名", max_length=80)
    requested_at = models.DateTimeField("申请时间")
    register = models.CharField("名册代码", max_length=80)
    register_label = models.CharField("名册", max_length=80)
    filters = models.JSONField("筛选条件", default=dict, blank=True)
    columns = ArrayField(models.CharField(max_length=60), verbose_name="列")
    format = models.CharField("格式", max_length=10, choices=ExportFormat.choices)
    rows = models.PositiveIntegerField("行数")
    personal = models.BooleanField("含个人信息")
    purpose = models.CharField("用途", max_length=300, blank=True)
    state = models.CharField("状态", max_length=10, choices=ExportState.choices)
    state_at = models.DateTimeField("状态时间")
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="审批人",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="approved_exports",
    )
    approver_name = models.CharField("审批人姓名", max_length=80, blank=True)
    remark = models.CharField("审批意见", max_length=300, blank=True)
    path = models.CharField("存放位置", max_length=200, blank=True)
    sha256 = models.CharField("文件摘要", max_length=64, blank=True)
    size = models.PositiveIntegerField("字节数", null=True, blank=True)
    expires_at = models.DateTimeField("到期时间", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "导出"
        verbose_name_plural = "我的下载"
        constraints = [
            one_of("state", ExportState, name="export_state_known"),
            one_of("format", ExportFormat, name="export_format_known"),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=F("requester")),
                name="export_approver_is_another",
                violation_error_message="导出必须由申请人以外的人审批。",
            ),
            models.CheckConstraint(
                condition=Q(personal=False) | Q(purpose__regex=rf"^.{{{PURPOSE_MIN},}}$"),
                name="export_personal_has_purpose",
                violation_error_message=f"导出个人信息必须写明用途，至少{PURPOSE_MIN}个字。",
            ),
            models.CheckConstraint(
                condition=Q(personal=False)
                | Q(rows__lte=SECOND_PERSON_ABOVE)
                | Q(approver__isnull=False)
                | Q(state__in=[ExportState.PENDING, ExportState.REJECTED]),
                name="export_large_has_second_person",
                violation_error_message=f"超过{SECOND_PERSON_ABOVE}人的个人信息须由第二人审批。",
            ),
            models.CheckConstraint(
                condition=~Q(state=ExportState.READY)
                | (
                    Q(sha256__regex=r"^[0-9a-f]{64}$")
                    & ~Q(path="")
                    & Q(expires_at__isnull=False, size__isnull=False, size__gte=1)
                ),
                name="export_ready_has_file",
                violation_error_message="可下载的导出必须有文件和到期时间。",
            ),
            models.CheckConstraint(
                condition=~Q(state=ExportState.EXPIRED) | Q(path=""),
                name="export_expired_has_no_file",
                violation_error_message="已过期的导出不能留有文件。",
            ),
        ]
        indexes = [
            models.Index(fields=["requester", "-requested_at"], name="export_by_requester"),
            models.Index(fields=["jurisdiction"], condition=Q(state="pending"), name="export_pending"),
            models.Index(fields=["expires_at"], condition=Q(state="ready"), name="export_ready_by_expiry"),
        ]

    def __str__(self) -> str:
        return f"{self.register_label}导出 {self.pk or ''}".strip()
