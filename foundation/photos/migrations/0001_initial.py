import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from foundation.core.creation import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("regions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Photo",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("client_id", models.UUIDField(verbose_name="手机端编号")),
                        ("public_id", models.CharField(max_length=32, verbose_name="地址编号")),
                        ("received_at", models.DateTimeField(verbose_name="收到时间")),
                        ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="拍摄时间")),
                        ("latitude", models.SmallIntegerField(blank=True, null=True, verbose_name="纬度(百分之一度)")),
                        ("longitude", models.SmallIntegerField(blank=True, null=True, verbose_name="经度(百分之一度)")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("jpeg", "JPEG"), ("png", "PNG"), ("webp", "WebP")],
                                max_length=8,
                                verbose_name="原件格式",
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64, verbose_name="原件摘要")),
                        ("size", models.PositiveIntegerField(verbose_name="原件字节数")),
                        ("width", models.PositiveIntegerField(verbose_name="原件宽(像素)")),
                        ("height", models.PositiveIntegerField(verbose_name="原件高(像素)")),
                        (
                            "state",
                            models.CharField(
                                choices=[("new", "处理中"), ("ready", "可查看"), ("refused", "无法显示")],
                                default="new",
                                max_length=8,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("reason", models.CharField(blank=True, max_length=200, verbose_name="无法显示的原因")),
                        ("picture_hash", models.BigIntegerField(blank=True, null=True, verbose_name="画面指纹")),
                        (
                            "picture_bands",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.IntegerField(),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="画面指纹分段",
                            ),
                        ),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="管辖单位",
                            ),
                        ),
                        (
                            "taken_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="拍摄人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "照片",
                        "verbose_name_plural": "照片",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("client_id",),
                                name="photo_client_id_once",
                                violation_error_message="这张照片已经上传过。",
                            ),
                            models.UniqueConstraint(
                                fields=("public_id",),
                                name="photo_public_id_once",
                                violation_error_message="照片地址重复，请重试。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["jpeg", "png", "webp"])),
                                name="photo_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["new", "ready", "refused"])),
                                name="photo_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("height__gte", 1),
                                    ("size__gte", 1),
                                    ("size__lte", 10485760),
                                    ("width__gte", 1),
                                    ("sha256__regex", "^[0-9a-f]{64}$"),
                                ),
                                name="photo_original_whole",
                                violation_error_message="照片原件不完整，或超过10MB。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                                    models.Q(
                                        ("latitude__isnull", False),
                                        ("latitude__range", (-9000, 9000)),
                                        ("longitude__isnull", False),
                                        ("longitude__range", (-18000, 18000)),
                                    ),
                                    _connector="OR",
                                ),
                                name="photo_place_on_earth",
                                violation_error_message="拍摄位置不正确。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), models.Q(("reason", ""), _negated=True)),
                                    models.Q(models.Q(("state", "refused"), _negated=True), ("reason", "")),
                                    _connector="OR",
                                ),
                                name="photo_refused_has_reason",
                                violation_error_message="无法显示的照片必须写明原因。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["sha256"], name="photo_by_sha256"),
                            django.contrib.postgres.indexes.GinIndex(fields=["picture_bands"], name="photo_by_bands"),
                            models.Index(fields=["taken_by", "-received_at"], name="photo_by_taker"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PhotoFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("original", "原件"), ("display", "展示图"), ("thumb", "缩略图")],
                                max_length=8,
                                verbose_name="文件",
                            ),
                        ),
                        ("path", models.CharField(max_length=200, verbose_name="存放位置")),
                        ("sha256", models.CharField(max_length=64, verbose_name="文件摘要")),
                        ("size", models.PositiveIntegerField(verbose_name="字节数")),
                        ("width", models.PositiveIntegerField(verbose_name="宽(像素)")),
                        ("height", models.PositiveIntegerField(verbose_name="高(像素)")),
                        ("made_at", models.DateTimeField(verbose_name="生成时间")),
                        (
                            "photo",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="photos.photo",
                                verbose_name="照片",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "照片文件",
                        "verbose_name_plural": "照片文件",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["original", "display", "thumb"])),
                                name="photo_file_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                fields=("photo", "kind"),
                                name="photo_file_once",
                                violation_error_message="照片的这一文件已经生成。",
                            ),
                            models.UniqueConstraint(
                                fields=("path",),
                                name="photo_file_path_once",
                                violation_error_message="照片文件的存放位置重复。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("height__gte", 1),
                                    ("size__gte", 1),
                                    ("width__gte", 1),
                                    ("sha256__regex", "^[0-9a-f]{64}$"),
                                    models.Q(("path", ""), _negated=True),
                                ),
                                name="photo_file_whole",
                                violation_error_message="照片文件不完整。",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
