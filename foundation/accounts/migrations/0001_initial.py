import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import foundation.accounts.models
import foundation.core.ciphers
from foundation.core.creation import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("regions", "0001_initial"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Organ",
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
                                choices=[
                                    ("education", "教育行政部门"),
                                    ("market", "市场监管部门"),
                                    ("civil", "民政部门"),
                                    ("culture", "文化和旅游部门"),
                                    ("science", "科技部门"),
                                    ("sport", "体育部门"),
                                    ("police", "公安机关"),
                                    ("fire", "消防救援机构"),
                                    ("labour", "人力资源社会保障部门"),
                                    ("urban", "城市管理部门"),
                                    ("central_bank", "人民银行"),
                                    ("finance_bureau", "金融监管局"),
                                    ("local_finance", "地方金融管理部门"),
                                    ("bank", "商业银行"),
                                    ("town", "乡镇人民政府(街道办事处)"),
                                    ("school", "学校"),
                                    ("discipline", "纪检监察与督查"),
                                    ("coordination", "领导小组与联席会议办公室"),
                                ],
                                max_length=20,
                                verbose_name="单位类别",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="单位名称")),
                        ("short_name", models.CharField(blank=True, max_length=40, verbose_name="简称")),
                        ("document_word", models.CharField(blank=True, max_length=20, verbose_name="机关代字")),
                        ("report_phone", models.CharField(blank=True, max_length=30, verbose_name="举报电话")),
                        ("report_mailbox", models.EmailField(blank=True, max_length=254, verbose_name="举报邮箱")),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
                        (
                            "division",
                            models.ForeignKey(
                                blank=True,
                                help_text="镇街填写本镇街。",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.division",
                                verbose_name="所在区划",
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
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="accounts.organ",
                                verbose_name="上级单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "单位",
                        "verbose_name_plural": "单位",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("jurisdiction", "name"),
                                name="organ_name_once",
                                violation_error_message="已有同名单位。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "education",
                                            "market",
                                            "civil",
                                            "culture",
                                            "science",
                                            "sport",
                                            "police",
                                            "fire",
                                            "labour",
                                            "urban",
                                            "central_bank",
                                            "finance_bureau",
                                            "local_finance",
                                            "bank",
                                            "town",
                                            "school",
                                            "discipline",
                                            "coordination",
                                        ],
                                    )
                                ),
                                name="organ_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "town"), _negated=True),
                                    ("division__isnull", False),
                                    _connector="OR",
                                ),
                                name="organ_town_has_division",
                                violation_error_message="镇街必须指明所在区划。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        (
                            "username",
                            models.CharField(
                                max_length=60,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z0-9][a-z0-9._-]{2,59}$",
                                        "登录名为3至60个小写字母、数字或“.”“-”“_”，以字母或数字开头。",
                                    )
                                ],
                                verbose_name="登录名",
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="姓名")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="电子邮箱")),
                        ("phone", foundation.core.ciphers.SealedTextField(blank=True, verbose_name="手机号码")),
                        ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                        ("is_demo", models.BooleanField(default=False, verbose_name="演示账号")),
                        ("must_change_password", models.BooleanField(default=False, verbose_name="须修改密码")),
                        (
                            "session_epoch",
                            models.PositiveIntegerField(default=0, editable=False, verbose_name="会话批次"),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
                        (
                            "organ",
                            models.ForeignKey(
                                help_text="由该单位管辖地的系统管理员管理。",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="people",
                                to="accounts.organ",
                                verbose_name="所属单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "人员",
                        "verbose_name_plural": "人员",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("username",),
                                name="user_username_once",
                                violation_error_message="该登录名已被使用。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("username", ""), _negated=True), models.Q(("name", ""), _negated=True)
                                ),
                                name="user_has_names",
                                violation_error_message="登录名和姓名不能为空。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("username", django.db.models.functions.text.Lower("username"))),
                                name="user_username_lowercase",
                                violation_error_message="登录名只能使用小写字母。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Post",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("province_analyst", "省级查看分析员"),
                                    ("city_manager", "市级管理员"),
                                    ("county_officer", "县级经办人"),
                                    ("county_leader", "县级审核领导"),
                                    ("legal_reviewer", "法制审核员"),
                                    ("town_staff", "镇街工作人员"),
                                    ("department_officer", "部门工作人员"),
                                    ("finance_regulator", "金融监管人员"),
                                    ("bank_clerk", "银行经办人"),
                                    ("supervisor", "社会监督员"),
                                    ("grid_worker", "网格员"),
                                    ("area_head", "片区负责人"),
                                    ("school_specialist", "学校专员"),
                                    ("discipline_inspector", "纪检督查人员"),
                                    ("system_admin", "系统管理员"),
                                    ("security_admin", "安全管理员"),
                                    ("audit_admin", "审计管理员"),
                                ],
                                max_length=30,
                                verbose_name="角色",
                            ),
                        ),
                        (
                            "duty",
                            models.CharField(
                                choices=[
                                    ("business", "业务"),
                                    ("system", "系统管理"),
                                    ("security", "安全管理"),
                                    ("audit", "审计管理"),
                                ],
                                max_length=10,
                                verbose_name="职责类别",
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=60, verbose_name="职务")),
                        (
                            "categories",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("subject", "学科类"),
                                        ("sport", "体育类"),
                                        ("arts", "文化艺术类"),
                                        ("science", "科技类"),
                                        ("other", "其他非学科类"),
                                    ],
                                    max_length=10,
                                ),
                                blank=True,
                                default=list,
                                help_text="不填为全部类别。",
                                size=None,
                                verbose_name="负责类别",
                            ),
                        ),
                        ("certificate_no", models.CharField(blank=True, max_length=40, verbose_name="执法证号")),
                        ("valid_from", models.DateField(verbose_name="任职起")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="任职止")),
                        (
                            "division",
                            models.ForeignKey(
                                blank=True,
                                help_text="不填为全辖区。",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.division",
                                verbose_name="负责区域",
                            ),
                        ),
                        (
                            "grid",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.gridarea",
                                verbose_name="负责网格",
                            ),
                        ),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to="accounts.organ",
                                verbose_name="单位",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.school",
                                verbose_name="负责学校",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="人员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "岗位",
                        "verbose_name_plural": "岗位",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "role__in",
                                        [
                                            "province_analyst",
                                            "city_manager",
                                            "county_officer",
                                            "county_leader",
                                            "legal_reviewer",
                                            "town_staff",
                                            "department_officer",
                                            "finance_regulator",
                                            "bank_clerk",
                                            "supervisor",
                                            "grid_worker",
                                            "area_head",
                                            "school_specialist",
                                            "discipline_inspector",
                                            "system_admin",
                                            "security_admin",
                                            "audit_admin",
                                        ],
                                    )
                                ),
                                name="post_role_known",
                                violation_error_message="“role”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("duty__in", ["business", "system", "security", "audit"])),
                                name="post_duty_known",
                                violation_error_message="“duty”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="post_period_ordered",
                                violation_error_message="任职止不能早于任职起。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("role", "grid_worker"), _negated=True),
                                    ("grid__isnull", False),
                                    ("division__isnull", False),
                                    _connector="OR",
                                ),
                                name="post_grid_worker_has_area",
                                violation_error_message="网格员必须指明负责网格或区域。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("role", "school_specialist"), _negated=True),
                                    ("school__isnull", False),
                                    _connector="OR",
                                ),
                                name="post_specialist_has_school",
                                violation_error_message="学校专员必须指明负责学校。",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("user", "="),
                                    ("duty", "<>"),
                                    (
                                        foundation.accounts.models.DateRange(
                                            "valid_from",
                                            "valid_to",
                                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                                inclusive_lower=True, inclusive_upper=True
                                            ),
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="post_one_duty_a_person",
                                violation_error_message="系统、安全、审计管理员和业务人员不得由同一人兼任。",
                            ),
                        ],
                        "indexes": [
                            models.Index(models.F("user"), models.F("valid_from"), name="post_by_user"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PurposeLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("purpose", models.CharField(max_length=30, verbose_name="用途")),
                        ("subject_type", models.CharField(max_length=80, verbose_name="对象类型")),
                        ("subject_id", models.BigIntegerField(verbose_name="对象编号")),
                        ("code_hash", models.CharField(max_length=64, verbose_name="凭证摘要")),
                        ("issued_at", models.DateTimeField(verbose_name="开通时间")),
                        ("last_day", models.DateField(verbose_name="有效期至")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="停用时间")),
                        (
                            "end_reason",
                            models.CharField(
                                blank=True,
                                choices=[("replaced", "重新开通"), ("stopped", "经办人停用"), ("over", "事项已办结")],
                                max_length=10,
                                verbose_name="停用原因",
                            ),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="开通人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "网上回执",
                        "verbose_name_plural": "网上回执",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("end_reason__in", ["replaced", "stopped", "over", ""])),
                                name="link_end_known",
                                violation_error_message="“end_reason”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                fields=("code_hash",),
                                name="link_code_once",
                                violation_error_message="凭证重复，请重试。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("purpose", "subject_type", "subject_id"),
                                name="link_one_alive",
                                violation_error_message="这一事项已有一张有效的回执单。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("end_reason", ""), ("ended_at__isnull", True)),
                                    models.Q(("ended_at__isnull", False), models.Q(("end_reason", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="link_end_has_reason",
                                violation_error_message="停用回执必须写明原因。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("code_hash__regex", "^[0-9a-f]{64}$")),
                                name="link_hash_whole",
                                violation_error_message="凭证摘要不完整。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LoginEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("username", models.CharField(max_length=60, verbose_name="登录名")),
                        ("succeeded", models.BooleanField(verbose_name="成功")),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("success", "成功"),
                                    ("password", "登录名或密码错误"),
                                    ("refused", "账号已停用或不可用"),
                                    ("code", "动态验证码错误"),
                                    ("locked", "失败次数过多，暂时锁定"),
                                ],
                                max_length=10,
                                verbose_name="结果",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="时间")),
                        ("address", models.GenericIPAddressField(blank=True, null=True, verbose_name="来源地址")),
                        ("agent", models.CharField(blank=True, max_length=200, verbose_name="客户端")),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="人员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "登录记录",
                        "verbose_name_plural": "登录记录",
                        "indexes": [models.Index(fields=["user", "-at"], name="login_by_user")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("succeeded", False), ("user__isnull", False), _connector="OR"),
                                name="login_success_has_user",
                                violation_error_message="登录成功的记录必须有人员。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("outcome__in", ["success", "password", "refused", "code", "locked"])
                                ),
                                name="login_outcome_known",
                                violation_error_message="“outcome”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome", "success"), ("succeeded", True)),
                                    models.Q(("succeeded", False), models.Q(("outcome", "success"), _negated=True)),
                                    _connector="OR",
                                ),
                                name="login_outcome_fits",
                                violation_error_message="登录结果与成功标记不符。",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
