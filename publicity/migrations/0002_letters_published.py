import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_append_only"),
        ("documents", "0002_append_only"),
        ("publicity", "0001_initial"),
        ("regions", "0002_places_of_fujian"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="parentletter",
            options={"verbose_name": "致家长信", "verbose_name_plural": "致家长信和通告"},
        ),
        migrations.AddField(
            model_name="letterschool",
            name="code",
            field=models.CharField(blank=True, default=None, max_length=16, null=True, verbose_name="回执码"),
        ),
        migrations.AddField(
            model_name="letterschool",
            name="handed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="学校登记人",
            ),
        ),
        migrations.AddField(
            model_name="letterschool",
            name="handed_on",
            field=models.DateField(blank=True, null=True, verbose_name="学校发放日期"),
        ),
        migrations.AddField(
            model_name="letterschool",
            name="reads",
            field=models.PositiveIntegerField(default=0, verbose_name="网上回执"),
        ),
        migrations.AddField(
            model_name="parentletter",
            name="body",
            field=models.TextField(blank=True, max_length=5000, verbose_name="正文"),
        ),
        migrations.AddField(
            model_name="parentletter",
            name="kind",
            field=models.CharField(
                choices=[("letter", "致家长信"), ("notice", "通告")],
                default="letter",
                max_length=10,
                verbose_name="种类",
            ),
        ),
        migrations.AddField(
            model_name="parentletter",
            name="published_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="发布人",
            ),
        ),
        migrations.AddField(
            model_name="parentletter",
            name="published_on",
            field=models.DateField(blank=True, null=True, verbose_name="发布日期"),
        ),
        migrations.AddField(
            model_name="parentletter",
            name="state",
            field=models.CharField(
                choices=[("issued", "已出具，待发布"), ("published", "已发布"), ("withdrawn", "已撤下")],
                default="issued",
                max_length=10,
                verbose_name="状态",
            ),
        ),
        migrations.AddField(
            model_name="parentletter",
            name="state_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="状态时间"),
        ),
        migrations.AddConstraint(
            model_name="letterschool",
            constraint=models.UniqueConstraint(
                fields=("code",), name="letter_school_code_once", violation_error_message="回执码重复。"
            ),
        ),
        migrations.AddConstraint(
            model_name="letterschool",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reads", 0),
                    models.Q(("copies__isnull", False), ("reads__lte", models.F("copies"))),
                    _connector="OR",
                ),
                name="letter_reads_within_copies",
                violation_error_message="网上回执不能多于发放份数。",
            ),
        ),
        migrations.AddConstraint(
            model_name="parentletter",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["letter", "notice"])),
                name="parent_letter_kind_known",
                violation_error_message="“kind”的取值不在允许范围内。",
            ),
        ),
        migrations.AddConstraint(
            model_name="parentletter",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["issued", "published", "withdrawn"])),
                name="parent_letter_state_known",
                violation_error_message="“state”的取值不在允许范围内。",
            ),
        ),
        migrations.AddConstraint(
            model_name="parentletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_by__isnull", True),
                    models.Q(("published_by", models.F("issued_by")), _negated=True),
                    _connector="OR",
                ),
                name="parent_letter_two_persons",
                violation_error_message="出具人不能发布同一封信。",
            ),
        ),
        migrations.AddConstraint(
            model_name="parentletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_by__isnull", True), ("state", "issued")),
                    models.Q(("published_by__isnull", False), ("published_on__isnull", False)),
                    _connector="OR",
                ),
                name="parent_letter_published_by_someone",
                violation_error_message="发布必须有发布人和日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="parentletter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "notice"), _negated=True), models.Q(("body", ""), _negated=True), _connector="OR"
                ),
                name="parent_letter_notice_has_body",
                violation_error_message="通告必须有正文。",
            ),
        ),
    ]
