"""A home organ for each person, lower-case login names, a session epoch, and how each login ended."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Lower

OUTCOMES = [
    ("success", "成功"),
    ("password", "登录名或密码错误"),
    ("refused", "账号已停用或不可用"),
    ("code", "动态验证码错误"),
    ("locked", "失败次数过多，暂时锁定"),
]


def home_organ(**given):
    return models.ForeignKey(
        help_text="由该单位管辖地的系统管理员管理。",
        on_delete=django.db.models.deletion.PROTECT,
        related_name="people",
        to="accounts.organ",
        verbose_name="所属单位",
        **given,
    )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_append_only")]

    operations = [
        migrations.AddField("user", "organ", home_organ(null=True)),
        migrations.RunSQL(
            "UPDATE accounts_user SET username = lower(username), organ_id = (SELECT post.organ_id FROM accounts_post post "
            "WHERE post.user_id = accounts_user.id ORDER BY post.valid_from, post.id LIMIT 1)",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField("user", "organ", home_organ()),
        migrations.AddField(
            "user",
            "session_epoch",
            models.PositiveIntegerField(default=0, editable=False, verbose_name="会话批次"),
        ),
        migrations.AddConstraint(
            "user",
            models.CheckConstraint(
                condition=models.Q(("username", Lower("username"))),
                name="user_username_lowercase",
                violation_error_message="登录名只能使用小写字母。",
            ),
        ),
        migrations.AddField(
            "loginevent",
            "outcome",
            models.CharField(choices=OUTCOMES, default="success", max_length=10, verbose_name="结果"),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "loginevent",
            models.CheckConstraint(
                condition=models.Q(("outcome__in", [value for value, _ in OUTCOMES])),
                name="login_outcome_known",
                violation_error_message="“outcome”的取值不在允许范围内。",
            ),
        ),
        migrations.AddConstraint(
            "loginevent",
            models.CheckConstraint(
                condition=models.Q(("outcome", "success"), ("succeeded", True))
                | models.Q(("succeeded", False), models.Q(("outcome", "success"), _negated=True)),
                name="login_outcome_fits",
                violation_error_message="登录结果与成功标记不符。",
            ),
        ),
    ]
