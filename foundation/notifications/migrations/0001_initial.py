import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import foundation.core.ciphers
from foundation.core.creation import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Message",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=80, verbose_name="种类代码")),
                        ("label", models.CharField(max_length=40, verbose_name="种类")),
                        (
                            "topic",
                            models.CharField(
                                choices=[
                                    ("deadline", "期限提醒"),
                                    ("todo", "待办事项"),
                                    ("news", "办理进展"),
                                    ("system", "系统通知"),
                                ],
                                max_length=10,
                                verbose_name="类别",
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="标题")),
                        ("body", models.TextField(blank=True, verbose_name="内容")),
                        ("url", models.CharField(blank=True, max_length=300, verbose_name="办理页面")),
                        ("about_type", models.CharField(blank=True, max_length=80, verbose_name="对象类型")),
                        ("about_id", models.BigIntegerField(default=0, verbose_name="对象编号")),
                        ("period", models.CharField(blank=True, max_length=60, verbose_name="期次")),
                        ("created_at", models.DateTimeField(verbose_name="时间")),
                        ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="阅读时间")),
                        (
                            "recipient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="收件人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "消息",
                        "verbose_name_plural": "消息",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("topic__in", ["deadline", "todo", "news", "system"])),
                                name="message_topic_known",
                                violation_error_message="“topic”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                fields=("kind", "about_type", "about_id", "period", "recipient"),
                                name="message_told_once",
                                violation_error_message="这条消息已经发过。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("read_at__isnull", True), ("read_at__gte", models.F("created_at")), _connector="OR"
                                ),
                                name="message_read_after_sent",
                                violation_error_message="阅读时间不能早于发出时间。",
                            ),
                        ],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("read_at__isnull", True)),
                                fields=["recipient"],
                                name="message_unread",
                            ),
                            models.Index(fields=["recipient", "-created_at"], name="message_by_recipient"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[("email", "电子邮件"), ("sms", "短信")], max_length=10, verbose_name="通道"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("due", "待发送"),
                                    ("sending", "发送中"),
                                    ("sent", "已发送"),
                                    ("skipped", "未发送"),
                                    ("failed", "发送失败"),
                                ],
                                default="due",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("due_at", models.DateTimeField(verbose_name="应发时间")),
                        ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="次数")),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="发送时间")),
                        ("reason", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                        (
                            "message",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="notifications.message",
                                verbose_name="消息",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "邮件短信发送记录",
                        "verbose_name_plural": "邮件短信发送记录",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("channel__in", ["email", "sms"])),
                                name="delivery_channel_known",
                                violation_error_message="“channel”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["due", "sending", "sent", "skipped", "failed"])),
                                name="delivery_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                fields=("message", "channel"),
                                name="delivery_once_a_channel",
                                violation_error_message="这条消息已经由该通道发送。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sent_at__isnull", False), ("state", "sent")),
                                    models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                                    _connector="OR",
                                ),
                                name="delivery_sent_has_time",
                                violation_error_message="已发送的记录必须有发送时间。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["skipped", "failed"]), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="delivery_refused_has_reason",
                                violation_error_message="未发送的记录必须写明原因。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Preference",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "email_topics",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("deadline", "期限提醒"),
                                        ("todo", "待办事项"),
                                        ("news", "办理进展"),
                                        ("system", "系统通知"),
                                    ],
                                    max_length=10,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="发电子邮件",
                            ),
                        ),
                        (
                            "sms_topics",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("deadline", "期限提醒"),
                                        ("todo", "待办事项"),
                                        ("news", "办理进展"),
                                        ("system", "系统通知"),
                                    ],
                                    max_length=10,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="发短信",
                            ),
                        ),
                        ("quiet_from", models.TimeField(blank=True, null=True, verbose_name="免打扰起")),
                        ("quiet_to", models.TimeField(blank=True, null=True, verbose_name="免打扰止")),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="preference",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="人员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "提醒设置",
                        "verbose_name_plural": "提醒设置",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("email_topics__contained_by", ["deadline", "todo", "news", "system"]),
                                    ("sms_topics__contained_by", ["deadline", "todo", "news", "system"]),
                                ),
                                name="preference_topics_known",
                                violation_error_message="提醒类别不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("quiet_from__isnull", True), ("quiet_to__isnull", True)),
                                    models.Q(
                                        ("quiet_from__isnull", False),
                                        ("quiet_to__isnull", False),
                                        models.Q(("quiet_from", models.F("quiet_to")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="preference_quiet_hours_whole",
                                violation_error_message="免打扰时段请同时填写起止，且起止不能相同；不需要时都留空。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SentText",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(blank=True, max_length=80, verbose_name="发送编号")),
                        ("phone", foundation.core.ciphers.SealedTextField(verbose_name="手机号码")),
                        ("text", models.CharField(max_length=300, verbose_name="内容")),
                        ("sent_at", models.DateTimeField(verbose_name="时间")),
                        (
                            "delivery",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="notifications.delivery",
                                verbose_name="发送记录",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "演示短信",
                        "verbose_name_plural": "演示短信",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="sent_text_says_something",
                                violation_error_message="短信内容不能为空。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("reference", ""), _negated=True),
                                fields=("reference",),
                                name="sent_text_once",
                                violation_error_message="这条短信已经发过。",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
