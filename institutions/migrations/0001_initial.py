import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models

import foundation.accounts.models
import foundation.core.ciphers
import institutions.public_ids
from foundation.core.creation import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("regions", "0001_initial"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Institution",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "public_id",
                            models.CharField(
                                default=institutions.public_ids.new_public_id,
                                editable=False,
                                max_length=12,
                                verbose_name="公开编号",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="机构名称")),
                        ("trade_name", models.CharField(blank=True, max_length=120, verbose_name="对外名称(招牌)")),
                        (
                            "credit_code",
                            models.CharField(blank=True, max_length=18, null=True, verbose_name="统一社会信用代码"),
                        ),
                        (
                            "site_type",
                            models.CharField(
                                choices=[("training", "培训机构"), ("care", "托管机构")],
                                default="training",
                                max_length=10,
                                verbose_name="机构类型",
                            ),
                        ),
                        (
                            "category",
                            models.CharField(
                                choices=[
                                    ("subject", "学科类"),
                                    ("sport", "体育类"),
                                    ("arts", "文化艺术类"),
                                    ("science", "科技类"),
                                    ("other", "其他非学科类"),
                                ],
                                max_length=10,
                                verbose_name="培训类别",
                            ),
                        ),
                        (
                            "subcategory",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "—"),
                                    ("art_exam", "艺考"),
                                    ("music", "音乐"),
                                    ("dance", "舞蹈"),
                                    ("painting", "美术书法"),
                                    ("drama", "戏剧影视"),
                                    ("ball_games", "球类"),
                                    ("swimming", "游泳"),
                                    ("martial_arts", "武术搏击"),
                                    ("coding", "编程"),
                                    ("robotics", "机器人"),
                                    ("language_ability", "语言能力"),
                                ],
                                default="",
                                max_length=20,
                                verbose_name="子类",
                            ),
                        ),
                        (
                            "stages",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("preschool", "学龄前(3-6岁)"),
                                        ("primary", "小学"),
                                        ("junior", "初中"),
                                        ("senior", "高中"),
                                    ],
                                    max_length=10,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="学段",
                            ),
                        ),
                        (
                            "mode",
                            models.CharField(
                                choices=[("offline", "线下"), ("online", "线上"), ("both", "线上线下")],
                                default="offline",
                                max_length=10,
                                verbose_name="培训形式",
                            ),
                        ),
                        (
                            "legal_type",
                            models.CharField(
                                choices=[
                                    ("non_profit", "民办非企业单位(非营利)"),
                                    ("company", "企业(营利)"),
                                    ("public_institution", "事业单位"),
                                    ("sole_trader", "个体工商户"),
                                    ("none", "未登记"),
                                ],
                                max_length=20,
                                verbose_name="法人性质",
                            ),
                        ),
                        (
                            "licence_status",
                            models.CharField(
                                choices=[
                                    ("complete", "证照齐全"),
                                    ("no_permit", "有照无证"),
                                    ("no_registration", "有证无照"),
                                    ("neither", "无证无照"),
                                ],
                                max_length=20,
                                verbose_name="证照情况",
                            ),
                        ),
                        ("legal_person", models.CharField(blank=True, max_length=60, verbose_name="法定代表人")),
                        ("phone", foundation.core.ciphers.SealedTextField(blank=True, verbose_name="联系电话")),
                        ("public_phone", models.CharField(blank=True, max_length=30, verbose_name="公开电话")),
                        ("address", models.CharField(max_length=200, verbose_name="核准办学地址")),
                        ("hours", models.CharField(blank=True, max_length=100, verbose_name="培训时间")),
                        ("bank", models.CharField(blank=True, max_length=60, verbose_name="监管银行")),
                        ("account_tail", models.CharField(blank=True, max_length=4, verbose_name="专户尾号")),
                        ("platform_id", models.CharField(blank=True, max_length=40, verbose_name="全国平台编号")),
                        ("remark", models.CharField(blank=True, max_length=500, verbose_name="备注")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("preparing", "筹设"),
                                    ("normal", "正常"),
                                    ("suspended", "停业整改"),
                                    ("enrolment_stopped", "责令停止招生"),
                                    ("transformed", "转型"),
                                    ("under_review", "备改审"),
                                    ("closing", "拟终止公告"),
                                    ("deregistered", "注销"),
                                    ("revoked", "吊销"),
                                    ("banned", "取缔"),
                                    ("lost", "失联"),
                                ],
                                default="normal",
                                max_length=20,
                                verbose_name="状态",
                            ),
                        ),
                        ("grade", models.CharField(blank=True, max_length=1, verbose_name="诚信等级")),
                        ("registered_at", models.DateTimeField(verbose_name="登记时间")),
                        ("changed_at", models.DateTimeField(verbose_name="最近变更时间")),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                        (
                            "division",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.division",
                                verbose_name="所在乡镇(街道)",
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
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="absorbed",
                                to="institutions.institution",
                                verbose_name="已并入",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "机构",
                        "verbose_name_plural": "机构名录",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("merged_into__isnull", True), ("withdrawn_at__isnull", True)),
                                fields=("credit_code",),
                                name="institution_credit_code_once",
                                violation_error_message="该统一社会信用代码已登记在另一家机构名下。",
                            ),
                            models.UniqueConstraint(
                                fields=("public_id",),
                                name="institution_public_id_once",
                                violation_error_message="公开编号重复。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("credit_code__isnull", True),
                                    ("credit_code__regex", "^[0-9A-HJ-NPQRTUWXY]{18}$"),
                                    _connector="OR",
                                ),
                                name="institution_credit_code_format",
                                violation_error_message="统一社会信用代码应为18位数字和大写字母(不含I、O、S、V、Z)。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("account_tail", ""), ("account_tail__regex", "^\\d{4}$"), _connector="OR"
                                ),
                                name="institution_account_tail_format",
                                violation_error_message="专户尾号应为4位数字。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("name", ""), _negated=True), models.Q(("address", ""), _negated=True)
                                ),
                                name="institution_has_name_and_address",
                                violation_error_message="机构名称和办学地址不能为空。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("grade", ""), ("grade__in", ["A", "B", "C", "D"]), _connector="OR"),
                                name="institution_grade_known",
                                violation_error_message="诚信等级只能是A、B、C、D。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("merged_into", models.F("id")), _negated=True),
                                name="institution_not_merged_into_itself",
                                violation_error_message="机构不能并入自身。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("site_type__in", ["training", "care"])),
                                name="institution_site_type_known",
                                violation_error_message="“site_type”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("category__in", ["subject", "sport", "arts", "science", "other"])),
                                name="institution_category_known",
                                violation_error_message="“category”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "subcategory__in",
                                        [
                                            "",
                                            "art_exam",
                                            "music",
                                            "dance",
                                            "painting",
                                            "drama",
                                            "ball_games",
                                            "swimming",
                                            "martial_arts",
                                            "coding",
                                            "robotics",
                                            "language_ability",
                                        ],
                                    )
                                ),
                                name="institution_subcategory_known",
                                violation_error_message="“subcategory”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("mode__in", ["offline", "online", "both"])),
                                name="institution_mode_known",
                                violation_error_message="“mode”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "legal_type__in",
                                        ["non_profit", "company", "public_institution", "sole_trader", "none"],
                                    )
                                ),
                                name="institution_legal_type_known",
                                violation_error_message="“legal_type”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("licence_status__in", ["complete", "no_permit", "no_registration", "neither"])
                                ),
                                name="institution_licence_status_known",
                                violation_error_message="“licence_status”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        [
                                            "preparing",
                                            "normal",
                                            "suspended",
                                            "enrolment_stopped",
                                            "transformed",
                                            "under_review",
                                            "closing",
                                            "deregistered",
                                            "revoked",
                                            "banned",
                                            "lost",
                                        ],
                                    )
                                ),
                                name="institution_status_known",
                                violation_error_message="“status”的取值不在允许范围内。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["jurisdiction", "status", "name"], name="institution_by_bureau"),
                            models.Index(fields=["jurisdiction", "category"], name="institution_by_category"),
                            models.Index(fields=["name", "id"], name="institution_by_name"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FormerName",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="曾用名")),
                        ("until", models.DateField(verbose_name="使用至")),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="former_names",
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "曾用名",
                        "verbose_name_plural": "曾用名",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("institution", "name", "until"),
                                name="former_name_once",
                                violation_error_message="曾用名重复。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Course",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="课程名称")),
                        (
                            "category",
                            models.CharField(
                                choices=[
                                    ("subject", "学科类"),
                                    ("sport", "体育类"),
                                    ("arts", "文化艺术类"),
                                    ("science", "科技类"),
                                    ("other", "其他非学科类"),
                                ],
                                max_length=10,
                                verbose_name="培训类别",
                            ),
                        ),
                        ("subject", models.CharField(max_length=40, verbose_name="科目")),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("preschool", "学龄前(3-6岁)"),
                                    ("primary", "小学"),
                                    ("junior", "初中"),
                                    ("senior", "高中"),
                                ],
                                max_length=10,
                                verbose_name="学段",
                            ),
                        ),
                        (
                            "mode",
                            models.CharField(
                                choices=[("offline", "线下"), ("online", "线上"), ("both", "线上线下")],
                                default="offline",
                                max_length=10,
                                verbose_name="培训形式",
                            ),
                        ),
                        ("lesson_minutes", models.PositiveSmallIntegerField(default=45, verbose_name="课时长度(分钟)")),
                        ("lesson_fee_fen", models.BigIntegerField(verbose_name="公示课时费(分)")),
                        ("published_on", models.DateField(verbose_name="公示日期")),
                        ("stopped_on", models.DateField(blank=True, null=True, verbose_name="停开日期")),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="courses",
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "课程",
                        "verbose_name_plural": "课程",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("stopped_on__isnull", True)),
                                fields=("institution", "name"),
                                name="course_name_once",
                                violation_error_message="该机构已有同名课程。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("category__in", ["subject", "sport", "arts", "science", "other"])),
                                name="course_category_known",
                                violation_error_message="“category”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("stage__in", ["preschool", "primary", "junior", "senior"])),
                                name="course_stage_known",
                                violation_error_message="“stage”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("mode__in", ["offline", "online", "both"])),
                                name="course_mode_known",
                                violation_error_message="“mode”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("lesson_fee_fen__gte", 0), ("lesson_minutes__gte", 10)),
                                name="course_fee_and_length_sane",
                                violation_error_message="课时费不能为负，课时长度不少于10分钟。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("stopped_on__isnull", True),
                                    ("stopped_on__gte", models.F("published_on")),
                                    _connector="OR",
                                ),
                                name="course_period_ordered",
                                violation_error_message="停开日期不能早于公示日期。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ComparedPair",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                choices=[("different", "确认不是同一机构"), ("merged", "已合并")],
                                max_length=10,
                                verbose_name="结论",
                            ),
                        ),
                        ("compared_at", models.DateTimeField(verbose_name="比对时间")),
                        (
                            "first",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="institutions.institution",
                                verbose_name="机构甲",
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="institutions.institution",
                                verbose_name="机构乙",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "疑似重复比对",
                        "verbose_name_plural": "疑似重复比对",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("first", "second"),
                                name="compared_pair_once",
                                violation_error_message="这两家机构已比对过。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("first__lt", models.F("second"))),
                                name="compared_pair_ordered",
                                violation_error_message="比对的两家机构顺序有误。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("verdict__in", ["different", "merged"])),
                                name="compared_pair_verdict_known",
                                violation_error_message="“verdict”的取值不在允许范围内。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClassificationOpinion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("item", models.CharField(max_length=80, verbose_name="培训项目")),
                        (
                            "conclusion",
                            models.CharField(
                                choices=[
                                    ("subject", "学科类"),
                                    ("sport", "体育类"),
                                    ("arts", "文化艺术类"),
                                    ("science", "科技类"),
                                    ("other", "其他非学科类"),
                                ],
                                max_length=10,
                                verbose_name="鉴别结论",
                            ),
                        ),
                        ("purpose", models.CharField(max_length=200, verbose_name="培训目的")),
                        ("content", models.CharField(max_length=200, verbose_name="培训内容")),
                        ("method", models.CharField(max_length=200, verbose_name="培训方式")),
                        ("evaluation", models.CharField(max_length=200, verbose_name="结果评价")),
                        ("experts", models.CharField(max_length=200, verbose_name="鉴别专家")),
                        (
                            "no_interest_declared",
                            models.BooleanField(default=False, verbose_name="专家已声明与机构无利害关系"),
                        ),
                        ("decided_on", models.DateField(verbose_name="鉴别日期")),
                        ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                        ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="撤销时间")),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="opinions",
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "分类鉴别意见",
                        "verbose_name_plural": "分类鉴别意见",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("conclusion__in", ["subject", "sport", "arts", "science", "other"])
                                ),
                                name="opinion_conclusion_known",
                                violation_error_message="“conclusion”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("no_interest_declared", True)),
                                name="opinion_experts_have_no_interest",
                                violation_error_message="鉴别专家须与机构无利害关系，请先确认声明。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Permit",
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
                                    ("school", "民办学校办学许可证"),
                                    ("non_subject", "非学科类校外培训许可证"),
                                    ("culture_opinion", "文化艺术类审核意见书"),
                                    ("set_up", "设立核准书"),
                                    ("platform_filing", "全国平台备案"),
                                ],
                                max_length=20,
                                verbose_name="许可种类",
                            ),
                        ),
                        ("number", models.CharField(max_length=40, verbose_name="许可编号")),
                        ("issuer", models.CharField(max_length=80, verbose_name="审批机关")),
                        ("scope", models.CharField(blank=True, max_length=200, verbose_name="许可内容")),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="有效期起")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="有效期至")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="提前终止日期")),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="permits",
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "许可",
                        "verbose_name_plural": "许可",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_on__isnull", True)),
                                fields=("issuer", "number"),
                                name="permit_number_once",
                                violation_error_message="同一审批机关的该许可编号已登记在另一家机构名下。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        ["school", "non_subject", "culture_opinion", "set_up", "platform_filing"],
                                    )
                                ),
                                name="permit_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="permit_period_ordered",
                                violation_error_message="许可有效期至不能早于有效期起。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["number"], name="permit_by_number"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Responsible",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "net",
                            models.CharField(
                                choices=[("grid", "社区网格"), ("school", "学校包片"), ("department", "部门分类包干")],
                                max_length=12,
                                verbose_name="网",
                            ),
                        ),
                        ("person_name", models.CharField(max_length=60, verbose_name="责任人")),
                        ("by_hand", models.BooleanField(default=False, verbose_name="人工指定")),
                        ("since", models.DateField(verbose_name="起始日期")),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="responsibles",
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="accounts.organ",
                                verbose_name="责任单位",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="accounts.post",
                                verbose_name="责任岗位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "三张网责任人",
                        "verbose_name_plural": "三张网责任人",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("institution", "net"),
                                name="responsible_one_a_net",
                                violation_error_message="每家机构在每张网中只有一名责任人。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("net__in", ["grid", "school", "department"])),
                                name="responsible_net_known",
                                violation_error_message="“net”的取值不在允许范围内。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Site",
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
                                choices=[("main", "核准办学地址"), ("campus", "分校区(教学点)")],
                                default="main",
                                max_length=10,
                                verbose_name="场所类别",
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=80, verbose_name="校区名称")),
                        ("address", models.CharField(max_length=200, verbose_name="地址")),
                        (
                            "area_m2",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="建筑面积(平方米)"),
                        ),
                        ("fire_approved_on", models.DateField(blank=True, null=True, verbose_name="消防手续日期")),
                        ("opened_on", models.DateField(verbose_name="启用日期")),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="停用日期")),
                        (
                            "division",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.division",
                                verbose_name="所在乡镇(街道)或社区",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sites",
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "办学场所",
                        "verbose_name_plural": "办学场所",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("closed_on__isnull", True), ("kind", "main")),
                                fields=("institution",),
                                name="site_one_main_address",
                                violation_error_message="机构只能有一个在用的核准办学地址，请先停用原地址。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["main", "campus"])),
                                name="site_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_on__isnull", True),
                                    ("closed_on__gte", models.F("opened_on")),
                                    _connector="OR",
                                ),
                                name="site_period_ordered",
                                violation_error_message="停用日期不能早于启用日期。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StaffMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="姓名")),
                        ("id_number", foundation.core.ciphers.SealedTextField(blank=True, verbose_name="身份证号")),
                        ("id_hash", models.CharField(blank=True, max_length=64, verbose_name="身份证号索引")),
                        ("phone", foundation.core.ciphers.SealedTextField(blank=True, verbose_name="手机号码")),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("teaching", "教学人员"),
                                    ("research", "教研人员"),
                                    ("administration", "其他从业人员"),
                                ],
                                max_length=20,
                                verbose_name="岗位类别",
                            ),
                        ),
                        ("full_time", models.BooleanField(default=True, verbose_name="专职")),
                        ("teaches_subject", models.BooleanField(default=False, verbose_name="从事学科类教学")),
                        (
                            "teacher_certificate",
                            models.CharField(blank=True, max_length=40, verbose_name="教师资格证编号"),
                        ),
                        (
                            "other_qualification",
                            models.CharField(blank=True, max_length=100, verbose_name="其他专业能力证明"),
                        ),
                        (
                            "crime_checked_on",
                            models.DateField(blank=True, null=True, verbose_name="最近违法犯罪记录查询日期"),
                        ),
                        ("joined_on", models.DateField(verbose_name="入职日期")),
                        ("left_on", models.DateField(blank=True, null=True, verbose_name="离职日期")),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="staff",
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "从业人员",
                        "verbose_name_plural": "从业人员",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("left_on__isnull", True), models.Q(("id_hash", ""), _negated=True)),
                                fields=("institution", "id_hash"),
                                name="staff_person_once",
                                violation_error_message="该人员已登记在本机构。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("role__in", ["teaching", "research", "administration"])),
                                name="staff_role_known",
                                violation_error_message="“role”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("teaches_subject", False),
                                    models.Q(("teacher_certificate", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="staff_subject_teacher_is_certified",
                                violation_error_message="从事学科类教学的人员必须登记教师资格证编号。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("role", "teaching"), _negated=True),
                                    models.Q(("teacher_certificate", ""), _negated=True),
                                    models.Q(("other_qualification", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="staff_teacher_is_qualified",
                                violation_error_message="教学人员必须登记教师资格证或其他专业能力证明。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("left_on__isnull", True), ("left_on__gte", models.F("joined_on")), _connector="OR"
                                ),
                                name="staff_period_ordered",
                                violation_error_message="离职日期不能早于入职日期。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RedLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("fact", models.CharField(max_length=300, verbose_name="事实")),
                        ("basis", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                        ("happened_on", models.DateField(verbose_name="发生日期")),
                        ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                        ("voided_at", models.DateTimeField(blank=True, null=True, verbose_name="撤销时间")),
                        (
                            "staff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="red_lines",
                                to="institutions.staffmember",
                                verbose_name="人员",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "红线行为",
                        "verbose_name_plural": "红线行为",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("fact", ""), _negated=True),
                                name="red_line_has_fact",
                                violation_error_message="请写明红线行为的事实。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StandingEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("effective_on", models.DateField(verbose_name="生效日期")),
                        ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                        ("withdrawn", models.BooleanField(default=False, verbose_name="撤销")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("grade", "诚信等级"),
                                    ("white_list", "白名单"),
                                    ("black_list", "黑名单"),
                                    ("warning", "预警"),
                                    ("afterschool", "课后服务白名单"),
                                    ("red_list", "红榜"),
                                    ("flag", "风险标记"),
                                ],
                                max_length=12,
                                verbose_name="种类",
                            ),
                        ),
                        (
                            "detail",
                            models.CharField(
                                blank=True,
                                help_text="风险标记的名称；其他种类为空。",
                                max_length=40,
                                verbose_name="细目",
                            ),
                        ),
                        ("value", models.CharField(blank=True, max_length=40, verbose_name="值")),
                        ("until", models.DateField(blank=True, null=True, verbose_name="期限至")),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="事由")),
                        ("source", models.CharField(blank=True, max_length=80, verbose_name="来源")),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="standing_events",
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                        (
                            "replaces",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="institutions.standingevent",
                                verbose_name="更正的记录",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "资信变化",
                        "verbose_name_plural": "资信变化",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "grade",
                                            "white_list",
                                            "black_list",
                                            "warning",
                                            "afterschool",
                                            "red_list",
                                            "flag",
                                        ],
                                    )
                                ),
                                name="standing_event_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("withdrawn", False), ("replaces__isnull", False), _connector="OR"),
                                name="standing_event_withdrawal_replaces",
                                violation_error_message="撤销必须指明所撤销的记录。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "grade"), _negated=True),
                                    ("value__in", ["A", "B", "C", "D", ""]),
                                    _connector="OR",
                                ),
                                name="standing_event_grade_known",
                                violation_error_message="诚信等级只能是A、B、C、D。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["institution", "kind", "-effective_on"], name="standing_event_chain"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StandingPeriod",
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
                                    ("grade", "诚信等级"),
                                    ("white_list", "白名单"),
                                    ("black_list", "黑名单"),
                                    ("warning", "预警"),
                                    ("afterschool", "课后服务白名单"),
                                    ("red_list", "红榜"),
                                    ("flag", "风险标记"),
                                ],
                                max_length=12,
                                verbose_name="种类",
                            ),
                        ),
                        ("detail", models.CharField(blank=True, max_length=40, verbose_name="细目")),
                        ("value", models.CharField(max_length=40, verbose_name="值")),
                        ("since", models.DateField(verbose_name="起始日期")),
                        ("over_on", models.DateField(verbose_name="不再有效之日")),
                        (
                            "event",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="institutions.standingevent",
                                verbose_name="依据的记录",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "在列期间",
                        "verbose_name_plural": "在列期间",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "grade",
                                            "white_list",
                                            "black_list",
                                            "warning",
                                            "afterschool",
                                            "red_list",
                                            "flag",
                                        ],
                                    )
                                ),
                                name="standing_period_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                fields=("institution", "kind", "detail", "since"),
                                name="standing_period_once",
                                violation_error_message="同一天开始的在列期间重复。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("over_on__gt", models.F("since"))),
                                name="standing_period_ordered",
                                violation_error_message="在列期间至少一天。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["kind", "since", "institution"], name="standing_period_by_since"),
                            models.Index(fields=["kind", "over_on", "institution"], name="standing_period_by_end"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StatusEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("effective_on", models.DateField(verbose_name="生效日期")),
                        ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                        ("withdrawn", models.BooleanField(default=False, verbose_name="撤销")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("preparing", "筹设"),
                                    ("normal", "正常"),
                                    ("suspended", "停业整改"),
                                    ("enrolment_stopped", "责令停止招生"),
                                    ("transformed", "转型"),
                                    ("under_review", "备改审"),
                                    ("closing", "拟终止公告"),
                                    ("deregistered", "注销"),
                                    ("revoked", "吊销"),
                                    ("banned", "取缔"),
                                    ("lost", "失联"),
                                ],
                                max_length=20,
                                verbose_name="状态",
                            ),
                        ),
                        ("category", models.CharField(max_length=10, verbose_name="当时类别")),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="事由")),
                        (
                            "institution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="status_events",
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                        (
                            "replaces",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="institutions.statusevent",
                                verbose_name="更正的记录",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "状态变化",
                        "verbose_name_plural": "状态变化",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "status__in",
                                        [
                                            "preparing",
                                            "normal",
                                            "suspended",
                                            "enrolment_stopped",
                                            "transformed",
                                            "under_review",
                                            "closing",
                                            "deregistered",
                                            "revoked",
                                            "banned",
                                            "lost",
                                        ],
                                    )
                                ),
                                name="status_event_status_known",
                                violation_error_message="“status”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("withdrawn", False), ("replaces__isnull", False), _connector="OR"),
                                name="status_event_withdrawal_replaces",
                                violation_error_message="撤销必须指明所撤销的记录。",
                            ),
                        ],
                        "indexes": [
                            models.Index(
                                fields=["institution", "-effective_on", "-recorded_at"], name="status_event_chain"
                            ),
                            models.Index(
                                condition=models.Q(("status__in", ["banned", "deregistered", "revoked"])),
                                fields=["institution"],
                                name="status_event_ended",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TrainingClass",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="班级名称")),
                        ("room", models.CharField(blank=True, max_length=40, verbose_name="教室")),
                        (
                            "timetable",
                            models.JSONField(
                                default=list,
                                help_text="[{weekday: 1-7, start: HH:MM, end: HH:MM}]",
                                verbose_name="上课时间",
                            ),
                        ),
                        ("lessons", models.PositiveSmallIntegerField(verbose_name="总课时")),
                        ("fee_fen", models.BigIntegerField(verbose_name="班级收费(分)")),
                        ("capacity", models.PositiveSmallIntegerField(verbose_name="班额")),
                        ("starts_on", models.DateField(verbose_name="开班日期")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="结班日期")),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="classes",
                                to="institutions.course",
                                verbose_name="课程",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="institutions.site",
                                verbose_name="办学场所",
                            ),
                        ),
                        (
                            "teacher",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="institutions.staffmember",
                                verbose_name="任课教师",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "班级",
                        "verbose_name_plural": "班级",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("course", "name"),
                                name="class_name_once",
                                violation_error_message="该课程已有同名班级。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("capacity__gte", 1), ("fee_fen__gte", 0), ("lessons__gte", 1)),
                                name="class_numbers_sane",
                                violation_error_message="收费不能为负，课时和班额至少为1。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                                ),
                                name="class_period_ordered",
                                violation_error_message="结班日期不能早于开班日期。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UnlicensedSite",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=30, verbose_name="编号")),
                        ("address", models.CharField(max_length=200, verbose_name="地址")),
                        ("sign", models.CharField(blank=True, max_length=120, verbose_name="招牌或称呼")),
                        (
                            "site_type",
                            models.CharField(
                                choices=[("training", "培训机构"), ("care", "托管机构")],
                                default="training",
                                max_length=10,
                                verbose_name="场所类型",
                            ),
                        ),
                        (
                            "category",
                            models.CharField(
                                choices=[
                                    ("subject", "学科类"),
                                    ("sport", "体育类"),
                                    ("arts", "文化艺术类"),
                                    ("science", "科技类"),
                                    ("other", "其他非学科类"),
                                ],
                                max_length=10,
                                verbose_name="培训类别",
                            ),
                        ),
                        ("subcategory", models.CharField(blank=True, default="", max_length=20, verbose_name="子类")),
                        (
                            "licence_status",
                            models.CharField(
                                choices=[
                                    ("complete", "证照齐全"),
                                    ("no_permit", "有照无证"),
                                    ("no_registration", "有证无照"),
                                    ("neither", "无证无照"),
                                ],
                                max_length=20,
                                verbose_name="证照情况",
                            ),
                        ),
                        ("credit_code", models.CharField(blank=True, max_length=18, verbose_name="统一社会信用代码")),
                        ("operator", models.CharField(blank=True, max_length=60, verbose_name="举办者")),
                        ("teachers", models.CharField(blank=True, max_length=200, verbose_name="教师")),
                        ("pupils", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="学生数")),
                        ("pupils_at_least", models.BooleanField(default=False, verbose_name="学生数为下限(余)")),
                        (
                            "discovery",
                            models.CharField(
                                choices=[
                                    ("tip", "群众举报"),
                                    ("hotline", "12345转办"),
                                    ("patrol", "巡查跟踪"),
                                    ("sweep", "拉网排查"),
                                    ("online", "网络线索"),
                                    ("transfer", "部门移交"),
                                    ("grid", "网格上报"),
                                ],
                                max_length=10,
                                verbose_name="发现方式",
                            ),
                        ),
                        ("found_on", models.DateField(verbose_name="发现日期")),
                        ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "待处置"), ("disposed", "已处置"), ("merged", "已并入名录")],
                                default="open",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        (
                            "disposal",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("banned", "取缔"),
                                    ("transformed", "转型"),
                                    ("licensed", "办证"),
                                    ("self_closed", "自行停办"),
                                ],
                                max_length=12,
                                verbose_name="处置结果",
                            ),
                        ),
                        ("disposed_on", models.DateField(blank=True, null=True, verbose_name="处置日期")),
                        (
                            "division",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.division",
                                verbose_name="所在乡镇(街道)或社区",
                            ),
                        ),
                        (
                            "institution",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="found_as",
                                to="institutions.institution",
                                verbose_name="并入机构",
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
                    ],
                    options={
                        "verbose_name": "无证场所",
                        "verbose_name_plural": "无证场所",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("number",), name="unlicensed_number_once", violation_error_message="编号重复。"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "disposed", "merged"])),
                                name="unlicensed_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("category__in", ["subject", "sport", "arts", "science", "other"])),
                                name="unlicensed_category_known",
                                violation_error_message="“category”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "discovery__in",
                                        ["tip", "hotline", "patrol", "sweep", "online", "transfer", "grid"],
                                    )
                                ),
                                name="unlicensed_discovery_known",
                                violation_error_message="“discovery”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("site_type__in", ["training", "care"])),
                                name="unlicensed_site_type_known",
                                violation_error_message="“site_type”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("licence_status__in", ["complete", "no_permit", "no_registration", "neither"])
                                ),
                                name="unlicensed_licence_status_known",
                                violation_error_message="“licence_status”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("disposal", ""),
                                    ("disposal__in", ["banned", "transformed", "licensed", "self_closed"]),
                                    _connector="OR",
                                ),
                                name="unlicensed_disposal_known",
                                violation_error_message="处置结果的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("disposal", ""), ("disposed_on__isnull", True), ("state", "open")),
                                    models.Q(
                                        models.Q(("state", "open"), _negated=True),
                                        models.Q(("disposal", ""), _negated=True),
                                        ("disposed_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="unlicensed_disposal_fits_state",
                                violation_error_message="处置结果和日期应与状态一致。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("institution__isnull", False), ("state", "merged")),
                                    models.Q(("state", "merged"), _negated=True),
                                    _connector="OR",
                                ),
                                name="unlicensed_merged_names_institution",
                                violation_error_message="并入名录必须指明机构。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("disposed_on__isnull", True),
                                    ("disposed_on__gte", models.F("found_on")),
                                    _connector="OR",
                                ),
                                name="unlicensed_disposed_after_found",
                                violation_error_message="处置日期不能早于发现日期。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("licence_status", "complete"), _negated=True),
                                name="unlicensed_lacks_something",
                                violation_error_message="证照齐全的机构请登记到机构名录。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["jurisdiction", "state", "-found_on"], name="unlicensed_by_bureau"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UnlicensedRound",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("no", models.PositiveSmallIntegerField(verbose_name="轮次")),
                        ("checked_on", models.DateField(verbose_name="核查日期")),
                        ("officers", models.CharField(max_length=200, verbose_name="核查人员")),
                        ("finding", models.CharField(max_length=500, verbose_name="核查情况")),
                        ("still_operating", models.BooleanField(verbose_name="仍在经营")),
                        ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="accounts.organ",
                                verbose_name="核查单位",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rounds",
                                to="institutions.unlicensedsite",
                                verbose_name="无证场所",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "核查轮次",
                        "verbose_name_plural": "核查轮次",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("site", "no"),
                                name="unlicensed_round_once",
                                violation_error_message="该轮次已登记。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("no__gte", 1)),
                                name="unlicensed_round_positive",
                                violation_error_message="轮次从1开始。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UnlicensedStateEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("effective_on", models.DateField(verbose_name="生效日期")),
                        ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                        ("withdrawn", models.BooleanField(default=False, verbose_name="撤销")),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "待处置"), ("disposed", "已处置"), ("merged", "已并入名录")],
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        (
                            "replaces",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="institutions.unlicensedstateevent",
                                verbose_name="更正的记录",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="state_events",
                                to="institutions.unlicensedsite",
                                verbose_name="无证场所",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "无证场所状态变化",
                        "verbose_name_plural": "无证场所状态变化",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "disposed", "merged"])),
                                name="unlicensed_event_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("withdrawn", False), ("replaces__isnull", False), _connector="OR"),
                                name="unlicensed_event_withdrawal_replaces",
                                violation_error_message="撤销必须指明所撤销的记录。",
                            ),
                        ],
                        "indexes": [
                            models.Index(
                                fields=["site", "-effective_on", "-recorded_at"], name="unlicensed_event_chain"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DepartmentCharge",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "charge",
                            models.CharField(
                                choices=[
                                    ("subject", "学科类"),
                                    ("science", "科技类"),
                                    ("arts", "文化艺术类"),
                                    ("sport", "体育类"),
                                    ("other", "其他非学科类"),
                                    ("care", "托管机构"),
                                ],
                                max_length=10,
                                verbose_name="机构类别",
                            ),
                        ),
                        (
                            "department",
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
                                verbose_name="责任部门",
                            ),
                        ),
                        ("effective_from", models.DateField(verbose_name="施行起")),
                        ("effective_to", models.DateField(blank=True, null=True, verbose_name="施行止")),
                        (
                            "jurisdiction",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.jurisdiction",
                                verbose_name="适用管辖单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "部门分工",
                        "verbose_name_plural": "部门分工",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("charge__in", ["subject", "science", "arts", "sport", "other", "care"])
                                ),
                                name="charge_known",
                                violation_error_message="“charge”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "department__in",
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
                                name="charge_department_known",
                                violation_error_message="“department”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effective_to__isnull", True),
                                    ("effective_to__gte", models.F("effective_from")),
                                    _connector="OR",
                                ),
                                name="charge_period_ordered",
                                violation_error_message="施行止不能早于施行起。",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("charge", "="),
                                    (
                                        django.db.models.functions.comparison.Coalesce(
                                            models.F("jurisdiction_id"), models.Value(0)
                                        ),
                                        "=",
                                    ),
                                    (
                                        foundation.accounts.models.DateRange(
                                            "effective_from",
                                            "effective_to",
                                            django.contrib.postgres.fields.ranges.RangeBoundary(
                                                inclusive_lower=True, inclusive_upper=True
                                            ),
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="charge_one_at_a_time",
                                violation_error_message="同一类机构在同一地区的施行时间不能重叠。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublicChange",
                    fields=[
                        (
                            "institution",
                            models.OneToOneField(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                        ("changed_at", models.DateTimeField(verbose_name="公开内容最近变更时间")),
                    ],
                    options={
                        "verbose_name": "公开内容变更",
                        "verbose_name_plural": "公开内容变更",
                        "indexes": [models.Index(fields=["changed_at", "institution"], name="public_change_by_time")],
                    },
                ),
                migrations.CreateModel(
                    name="SearchEntry",
                    fields=[
                        (
                            "institution",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="search_entry",
                                serialize=False,
                                to="institutions.institution",
                                verbose_name="机构",
                            ),
                        ),
                        ("text", models.TextField(verbose_name="文本")),
                        (
                            "terms",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=2), size=None, verbose_name="词元"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "检索项",
                        "verbose_name_plural": "检索项",
                        "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["terms"], name="search_terms")],
                    },
                ),
            ]
        ),
    ]
