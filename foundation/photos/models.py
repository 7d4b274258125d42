"""Photos taken in the field: the original sealed, re-drawn copies shown. What a photo is of, higher apps know."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from foundation.accounts.enums import Can
from foundation.accounts.models import User
from foundation.core.actor import Actor
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction

from .belonging import of_nothing_hidden
from .enums import FileKind, PhotoKind, PhotoState
from .places import CoarsePlace

MAX_BYTES = 10 * 1024 * 1024
HASH = r"^[0-9a-f]{64}$"


class PhotoQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> PhotoQuerySet:
        """One's own photos, and for those who read visits their area's, but of nothing that they do not see."""
        mine = Q(taken_by=actor.user_id) if actor.is_person else Q(pk__in=[])
        if actor.can(Can.VIEW_VISITS) and actor.scope:
            mine |= self.model.SCOPE.condition(actor) & of_nothing_hidden(actor)
        return self.filter(mine)


class Photo(models.Model):
    """One photo as it was received. ``sha256`` and ``size`` are those of the original's plain bytes.

    ``client_id`` was made on the phone: the same photo sent twice is one row. ``public_id`` is its address. Time and
    place are claims of the phone or of the file itself, kept inside as evidence; the place is rounded to 0.01°.
    """

    SCOPE = Scope("jurisdiction_id")

    client_id = models.UUIDField("手机端编号")
    public_id = models.CharField("地址编号", max_length=32)
    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    taken_by = models.ForeignKey(
        User, verbose_name="拍摄人", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )  # empty: sent by the holder of a one-purpose link
    received_at = models.DateTimeField("收到时间")
    taken_at = models.DateTimeField("拍摄时间", null=True, blank=True)
    latitude = models.SmallIntegerField("纬度(百分之一度)", null=True, blank=True)
    longitude = models.SmallIntegerField("经度(百分之一度)", null=True, blank=True)
    kind = models.CharField("原件格式", max_length=8, choices=PhotoKind.choices)
    sha256 = models.CharField("原件摘要", max_length=64)
    size = models.PositiveIntegerField("原件字节数")
    width = models.PositiveIntegerField("原件宽(像素)")
    height = models.PositiveIntegerField("原件高(像素)")
    state = models.CharField("状态", max_length=8, choices=PhotoState.choices, default=PhotoState.NEW)
    state_at = models.DateTimeField("状态时间")
    reason = models.CharField("无法显示的原因", max_length=200, blank=True)
    picture_hash = models.BigIntegerField("画面指纹", null=True, blank=True)
    picture_bands = ArrayField(models.IntegerField(), verbose_name="画面指纹分段", default=list, blank=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = "照片"
        verbose_name_plural = "照片"
        constraints = [
            models.UniqueConstraint(
                fields=["client_id"], name="photo_client_id_once", violation_error_message="这张照片已经上传过。"
            ),
            models.UniqueConstraint(
                fields=["public_id"], name="photo_public_id_once", violation_error_message="照片地址重复，请重试。"
            ),
            one_of("kind", PhotoKind, name="photo_kind_known"),
            one_of("state", PhotoState, name="photo_state_known"),
            models.CheckConstraint(
                condition=Q(size__gte=1, size__lte=MAX_BYTES, width__gte=1, height__gte=1) & Q(sha256__regex=HASH),
                name="photo_original_whole",
                violation_error_message="照片原件不完整，或超过10MB。",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, latitude__range=(-9000, 9000))
                & Q(longitude__isnull=False, longitude__range=(-18000, 18000)),
                name="photo_place_on_earth",
                violation_error_message="拍摄位置不正确。",
            ),
            models.CheckConstraint(
                condition=(Q(state=PhotoState.REFUSED) & ~Q(reason="")) | (~Q(state=PhotoState.REFUSED) & Q(reason="")),
                name="photo_refused_has_reason",
                violation_error_message="无法显示的照片必须写明原因。",
            ),
        ]
        indexes = [
            models.Index(fields=["sha256"], name="photo_by_sha256"),
            GinIndex(fields=["picture_bands"], name="photo_by_bands"),
            models.Index(fields=["taken_by", "-received_at"], name="photo_by_taker"),
        ]

    def __str__(self) -> str:
        return f"照片 {self.public_id[:8]}"

    @property
    def place(self) -> CoarsePlace | None:
        return None if self.latitude is None else CoarsePlace(self.latitude, self.longitude)


class PhotoFile(models.Model):
    """One file of a photo: where it lies and the hash of what lies there (of the original: of its sealed bytes)."""

    photo = models.ForeignKey(Photo, verbose_name="照片", on_delete=models.PROTECT, related_name="files")
    kind = models.CharField("文件", max_length=8, choices=FileKind.choices)
    path = models.CharField("存放位置", max_length=200)
    sha256 = models.CharField("文件摘要", max_length=64)
    size = models.PositiveIntegerField("字节数")
    width = models.PositiveIntegerField("宽(像素)")
    height = models.PositiveIntegerField("高(像素)")
    made_at = models.DateTimeField("生成时间")

    class Meta:
        verbose_name = "照片文件"
        verbose_name_plural = "照片文件"
        constraints = [
            one_of("kind", FileKind, name="photo_file_kind_known"),
            models.UniqueConstraint(
                fields=["photo", "kind"], name="photo_file_once", violation_error_message="照片的这一文件已经生成。"
            ),
            models.UniqueConstraint(
                fields=["path"], name="photo_file_path_once", violation_error_message="照片文件的存放位置重复。"
            ),
            models.CheckConstraint(
                condition=Q(size__gte=1, width__gte=1, height__gte=1) & Q(sha256__regex=HASH) & ~Q(path=""),
                name="photo_file_whole",
                violation_error_message="照片文件不完整。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.photo} {self.get_kind_display()}"
