import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import foundation.accounts.models
import foundation.core.ciphers
from foundation.core.creation import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("assignments", "0001_initial"),
        ("institutions", "0001_initial"),
        ("photos", "0001_initial"),
        ("regions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Clue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=30, verbose_name="线索编号")),
                        ("client_id", models.UUIDField(blank=True, editable=False, null=True, verbose_name="填报标识")),
                        ("address", models.CharField(blank=True, max_length=200, verbose_name="地址")),
                        ("sign", models.CharField(blank=True, max_length=120, verbose_name="招牌或称呼")),
                        ("order_no", models.CharField(blank=True, max_length=40, verbose_name="12345工单编号")),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("grid", "网格上报"),
                                    ("supervisor", "监督员反馈"),
                                    ("school", "学校专员上报"),
                                    ("staff", "工作人员发现"),
                                    ("hotline", "12345转办"),
                                    ("phone", "电话反映"),
                                    ("mailbox", "信箱来信"),
                                    ("tip", "网上反映"),
                                    ("online", "网络线索"),
                                    ("transfer", "部门移交"),
                                ],
                                max_length=12,
                                verbose_name="来源",
                            ),
                        ),
                        (
                            "subject",
                            models.CharField(
                                choices=[
                                    ("unlicensed", "无证办学"),
                                    ("disguised", "隐形变异"),
                                    ("hours", "违规时间或学科"),
                                    ("advert", "违规广告"),
                                    ("safety", "安全隐患"),
                                    ("fees", "收费退费"),
                                    ("other", "其他"),
                                ],
                                max_length=12,
                                verbose_name="问题类别",
                            ),
                        ),
                        (
                            "urgency",
                            models.CharField(
                                choices=[("normal", "平件"), ("urgent", "急件"), ("very_urgent", "特急")],
                                default="normal",
                                max_length=12,
                                verbose_name="缓急",
                            ),
                        ),
                        (
                            "content",
                            foundation.core.ciphers.SealedTextField(
                                blank=True, max_length=2000, verbose_name="反映内容"
                            ),
                        ),
                        (
                            "points",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=100),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="核查要点",
                            ),
                        ),
                        ("happened_on", models.DateField(verbose_name="发现日期")),
                        ("received_at", models.DateTimeField(verbose_name="收到时间")),
                        (
                            "sender",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("anonymous", "匿名"),
                                    ("sealed", "实名（已密封）"),
                                    ("destroyed", "实名（已到期销毁）"),
                                ],
                                max_length=10,
                                verbose_name="反映人",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("received", "待受理"),
                                    ("handed", "已移交"),
                                    ("accepted", "已受理"),
                                    ("checking", "核查中"),
                                    ("closed", "已办结"),
                                    ("refused", "不予受理"),
                                    ("merged", "已并入"),
                                ],
                                default="received",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("visit_from_on", models.DateField(blank=True, null=True, verbose_name="最早现场核查日")),
                        (
                            "refusal",
                            foundation.core.ciphers.SealedTextField(
                                blank=True, max_length=500, verbose_name="不予受理的理由"
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                blank=True,
                                choices=[("true", "属实"), ("partly", "部分属实"), ("untrue", "不属实")],
                                max_length=10,
                                verbose_name="核查结论",
                            ),
                        ),
                        (
                            "result",
                            foundation.core.ciphers.SealedTextField(
                                blank=True, max_length=2000, verbose_name="核查情况"
                            ),
                        ),
                        (
                            "checked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clues_checked",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="核查人",
                            ),
                        ),
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
                                related_name="clues",
                                to="institutions.institution",
                                verbose_name="涉及机构",
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
                                related_name="merged",
                                to="clues.clue",
                                verbose_name="并入",
                            ),
                        ),
                        (
                            "recused",
                            models.ForeignKey(
                                blank=True,
                                help_text="反映的是这一级教育部门的办理，由上一级处理，本级看不到。",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clues_about",
                                to="regions.jurisdiction",
                                verbose_name="反映涉及的单位",
                            ),
                        ),
                        (
                            "reported_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clues_reported",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="上报人",
                            ),
                        ),
                        (
                            "reported_organ",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clues_reported",
                                to="accounts.organ",
                                verbose_name="上报单位",
                            ),
                        ),
                        (
                            "unlicensed_site",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clues",
                                to="institutions.unlicensedsite",
                                verbose_name="涉及无证场所",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "线索",
                        "verbose_name_plural": "线索",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("number",), name="clue_number_once", violation_error_message="编号重复。"
                            ),
                            models.UniqueConstraint(
                                fields=("client_id",),
                                name="clue_client_id_once",
                                violation_error_message="这条线索已经收到。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    models.Q(("order_no", ""), _negated=True),
                                    models.Q(("state", "refused"), _negated=True),
                                ),
                                fields=("order_no",),
                                name="clue_order_once",
                                violation_error_message="这张12345工单已经登记为线索。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "channel__in",
                                        [
                                            "grid",
                                            "supervisor",
                                            "school",
                                            "staff",
                                            "hotline",
                                            "phone",
                                            "mailbox",
                                            "tip",
                                            "online",
                                            "transfer",
                                        ],
                                    )
                                ),
                                name="clue_channel_known",
                                violation_error_message="“channel”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "subject__in",
                                        ["unlicensed", "disguised", "hours", "advert", "safety", "fees", "other"],
                                    )
                                ),
                                name="clue_subject_known",
                                violation_error_message="“subject”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("urgency__in", ["normal", "urgent", "very_urgent"])),
                                name="clue_urgency_known",
                                violation_error_message="“urgency”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ["received", "handed", "accepted", "checking", "closed", "refused", "merged"],
                                    )
                                ),
                                name="clue_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sender__in", ["anonymous", "sealed", "destroyed", ""])),
                                name="clue_sender_known",
                                violation_error_message="“sender”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("verdict__in", ["true", "partly", "untrue", ""])),
                                name="clue_verdict_known",
                                violation_error_message="“verdict”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("institution__isnull", True), ("unlicensed_site__isnull", True), _connector="OR"
                                ),
                                name="clue_about_one_thing",
                                violation_error_message="一条线索只能涉及一家机构或一个无证场所。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        models.Q(("state__in", ("checking", "closed")), _negated=True),
                                        ("checked_by__isnull", True),
                                    ),
                                    models.Q(("checked_by__isnull", False), ("state__in", ("checking", "closed"))),
                                    _connector="OR",
                                ),
                                name="clue_checked_by_somebody",
                                violation_error_message="核查中和已办结的线索必须有核查人。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), models.Q(("refusal", ""), _negated=True)),
                                    models.Q(models.Q(("state", "refused"), _negated=True), ("refusal", "")),
                                    _connector="OR",
                                ),
                                name="clue_refused_with_reason",
                                violation_error_message="不予受理必须写明理由。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("merged_into__isnull", False), ("state", "merged")),
                                    models.Q(
                                        models.Q(("state", "merged"), _negated=True), ("merged_into__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="clue_merged_into_another",
                                violation_error_message="已并入的线索必须指明并入哪一条。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "accepted"), _negated=True),
                                    ("visit_from_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="clue_accepted_with_day",
                                violation_error_message="受理必须确定最早现场核查日。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("recused__isnull", True),
                                    models.Q(("recused", models.F("jurisdiction")), _negated=True),
                                    _connector="OR",
                                ),
                                name="clue_not_at_the_recused",
                                violation_error_message="反映涉及的单位不能办理这条线索。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", "closed"),
                                        models.Q(("verdict", ""), _negated=True),
                                        models.Q(("result", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "closed"), _negated=True), ("result", ""), ("verdict", "")
                                    ),
                                    _connector="OR",
                                ),
                                name="clue_closed_with_verdict",
                                violation_error_message="办结必须写明核查结论和情况，未办结的没有结论。",
                            ),
                        ],
                        "indexes": [
                            models.Index(fields=["jurisdiction", "state", "-received_at"], name="clue_by_bureau"),
                            models.Index(fields=["reported_by", "-received_at"], name="clue_by_reporter"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AdvertRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=10, verbose_name="代码")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("promise", "承诺"),
                                    ("examiners", "命题"),
                                    ("endorsement", "证明"),
                                    ("false", "虚假"),
                                    ("extreme", "极限"),
                                    ("teacher", "在职"),
                                    ("anxiety", "焦虑"),
                                    ("disguise", "变异"),
                                    ("hours", "时间"),
                                    ("campus", "校园"),
                                    ("placement", "管控"),
                                    ("training", "教学用语"),
                                    ("subject", "学科用语"),
                                    ("pupils", "学生用语"),
                                    ("offer", "招揽用语"),
                                    ("warning", "警示用语"),
                                    ("official", "公告用语"),
                                    ("other_trade", "其他行业用语"),
                                ],
                                max_length=12,
                                verbose_name="种类",
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="名称")),
                        (
                            "words",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=120),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="用语",
                            ),
                        ),
                        (
                            "unless",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=120),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="同句出现则不标",
                            ),
                        ),
                        (
                            "needs",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("promise", "承诺"),
                                        ("examiners", "命题"),
                                        ("endorsement", "证明"),
                                        ("false", "虚假"),
                                        ("extreme", "极限"),
                                        ("teacher", "在职"),
                                        ("anxiety", "焦虑"),
                                        ("disguise", "变异"),
                                        ("hours", "时间"),
                                        ("campus", "校园"),
                                        ("placement", "管控"),
                                        ("training", "教学用语"),
                                        ("subject", "学科用语"),
                                        ("pupils", "学生用语"),
                                        ("offer", "招揽用语"),
                                        ("warning", "警示用语"),
                                        ("official", "公告用语"),
                                        ("other_trade", "其他行业用语"),
                                    ],
                                    max_length=12,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="同时须有",
                            ),
                        ),
                        (
                            "media",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("account", "公众号"),
                                        ("moments", "朋友圈"),
                                        ("group", "群消息"),
                                        ("video", "短视频"),
                                        ("outdoor", "户外"),
                                        ("poster", "海报"),
                                        ("leaflet", "传单"),
                                        ("campus", "校园"),
                                        ("shop", "门店"),
                                        ("other", "其他"),
                                    ],
                                    max_length=10,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="限于媒介",
                            ),
                        ),
                        (
                            "carrier",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("grounds", "校园内"),
                                    ("textbook", "教材"),
                                    ("aid", "教辅"),
                                    ("exercise", "练习册"),
                                    ("stationery", "文具"),
                                    ("tool", "教具"),
                                    ("uniform", "校服"),
                                    ("bus", "校车"),
                                ],
                                max_length=12,
                                verbose_name="载体",
                            ),
                        ),
                        (
                            "claim",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("teachers", "教师资质"),
                                    ("record", "执教履历"),
                                    ("effect", "培训效果"),
                                    ("strength", "机构实力"),
                                    ("reviews", "用户评价"),
                                    ("anxiety", "制造焦虑"),
                                ],
                                max_length=10,
                                verbose_name="虚假宣传类别",
                            ),
                        ),
                        ("law", models.CharField(blank=True, max_length=80, verbose_name="依据")),
                        ("clause", models.CharField(blank=True, max_length=40, verbose_name="条款")),
                        ("reason", models.CharField(blank=True, max_length=200, verbose_name="理由")),
                        ("valid_from", models.DateField(verbose_name="施行起")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="施行止")),
                    ],
                    options={
                        "verbose_name": "广告筛查规则",
                        "verbose_name_plural": "广告筛查规则",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "promise",
                                            "examiners",
                                            "endorsement",
                                            "false",
                                            "extreme",
                                            "teacher",
                                            "anxiety",
                                            "disguise",
                                            "hours",
                                            "campus",
                                            "placement",
                                            "training",
                                            "subject",
                                            "pupils",
                                            "offer",
                                            "warning",
                                            "official",
                                            "other_trade",
                                        ],
                                    )
                                ),
                                name="advert_rule_kind_known",
                                violation_error_message="“kind”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "carrier__in",
                                        [
                                            "grounds",
                                            "textbook",
                                            "aid",
                                            "exercise",
                                            "stationery",
                                            "tool",
                                            "uniform",
                                            "bus",
                                            "",
                                        ],
                                    )
                                ),
                                name="advert_rule_carrier_known",
                                violation_error_message="“carrier”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "claim__in",
                                        ["teachers", "record", "effect", "strength", "reviews", "anxiety", ""],
                                    )
                                ),
                                name="advert_rule_claim_known",
                                violation_error_message="“claim”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="advert_rule_period_ordered",
                                violation_error_message="施行止不能早于施行起。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "offer",
                                            "official",
                                            "other_trade",
                                            "pupils",
                                            "subject",
                                            "training",
                                            "warning",
                                        ],
                                    ),
                                    models.Q(
                                        models.Q(("law", ""), _negated=True), models.Q(("reason", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="advert_rule_says_why",
                                violation_error_message="标出违规的规则必须写明依据和理由。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("words", []), _negated=True), ("kind", "placement"), _connector="OR"
                                ),
                                name="advert_rule_has_words",
                                violation_error_message="请至少写一条用语。",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("code", "="),
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
                                name="advert_rule_one_at_a_time",
                                violation_error_message="同一代码的规则施行时间不能重叠。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CheckRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "assignment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="of_clue",
                                to="assignments.assignment",
                                verbose_name="交办",
                            ),
                        ),
                        (
                            "clue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="check_requests",
                                to="clues.clue",
                                verbose_name="线索",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "现场核查交办",
                        "verbose_name_plural": "现场核查交办",
                    },
                ),
                migrations.CreateModel(
                    name="CallBack",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "satisfaction",
                            models.CharField(
                                choices=[
                                    ("satisfied", "满意"),
                                    ("partly", "基本满意"),
                                    ("unsatisfied", "不满意"),
                                    ("unreachable", "联系不上"),
                                ],
                                max_length=12,
                                verbose_name="是否满意",
                            ),
                        ),
                        (
                            "words",
                            foundation.core.ciphers.SealedTextField(blank=True, max_length=500, verbose_name="说明"),
                        ),
                        ("called_at", models.DateTimeField(verbose_name="时间")),
                        (
                            "called_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="回访人",
                            ),
                        ),
                        (
                            "clue",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="call_back",
                                to="clues.clue",
                                verbose_name="线索",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "回访",
                        "verbose_name_plural": "回访",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("satisfaction__in", ["satisfied", "partly", "unsatisfied", "unreachable"])
                                ),
                                name="call_back_known",
                                violation_error_message="“satisfaction”的取值不在允许范围内。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CluePhoto",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "clue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="clues.clue",
                                verbose_name="线索",
                            ),
                        ),
                        (
                            "photo",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="photos.photo",
                                verbose_name="照片",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "线索照片",
                        "verbose_name_plural": "线索照片",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("photo",),
                                name="clue_photo_once",
                                violation_error_message="这张照片已用于另一条线索。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Handover",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=300, verbose_name="移交理由")),
                        ("handed_at", models.DateTimeField(verbose_name="移交时间")),
                        ("given_back_at", models.DateTimeField(blank=True, null=True, verbose_name="退回时间")),
                        ("back_reason", models.CharField(blank=True, max_length=300, verbose_name="退回理由")),
                        (
                            "clue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="handovers",
                                to="clues.clue",
                                verbose_name="线索",
                            ),
                        ),
                        (
                            "from_jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.jurisdiction",
                                verbose_name="移交单位",
                            ),
                        ),
                        (
                            "to_jurisdiction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="regions.jurisdiction",
                                verbose_name="接收单位",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "线索移交",
                        "verbose_name_plural": "线索移交",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("given_back_at__isnull", False)),
                                fields=("clue",),
                                name="clue_given_back_once",
                                violation_error_message="这条线索已经退回过一次，不能再退回。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("back_reason", ""), ("given_back_at__isnull", True)),
                                    models.Q(
                                        ("given_back_at__isnull", False), models.Q(("back_reason", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="handover_back_with_reason",
                                violation_error_message="退回必须写明理由。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("from_jurisdiction", models.F("to_jurisdiction")), _negated=True),
                                name="handover_elsewhere",
                                violation_error_message="不能移交给本单位。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SenderOpening",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("purpose", models.CharField(max_length=300, verbose_name="用途")),
                        ("asked_at", models.DateTimeField(verbose_name="申请时间")),
                        (
                            "state",
                            models.CharField(
                                choices=[("asked", "待审批"), ("allowed", "已批准"), ("refused", "未批准")],
                                default="asked",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        ("remark", models.CharField(blank=True, max_length=300, verbose_name="审批意见")),
                        ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="有效至")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="申请人",
                            ),
                        ),
                        (
                            "clue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="openings",
                                to="clues.clue",
                                verbose_name="线索",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="审批人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "反映人拆封",
                        "verbose_name_plural": "反映人拆封",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["asked", "allowed", "refused"])),
                                name="opening_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "asked")),
                                fields=("clue", "asked_by"),
                                name="opening_asked_once",
                                violation_error_message="您已经申请过，正在等审批。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_by__isnull", True), ("state", "asked")),
                                    models.Q(
                                        models.Q(("state", "asked"), _negated=True),
                                        ("decided_by__isnull", False),
                                        models.Q(("decided_by", models.F("asked_by")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="opening_by_another",
                                violation_error_message="拆封必须由申请人以外的人审批。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ends_at__isnull", False), ("state", "allowed")),
                                    models.Q(models.Q(("state", "allowed"), _negated=True), ("ends_at__isnull", True)),
                                    _connector="OR",
                                ),
                                name="opening_allowed_has_end",
                                violation_error_message="批准的拆封必须有截止时间。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Sighting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "medium",
                            models.CharField(
                                choices=[
                                    ("account", "公众号"),
                                    ("moments", "朋友圈"),
                                    ("group", "群消息"),
                                    ("video", "短视频"),
                                    ("outdoor", "户外"),
                                    ("poster", "海报"),
                                    ("leaflet", "传单"),
                                    ("campus", "校园"),
                                    ("shop", "门店"),
                                    ("other", "其他"),
                                ],
                                max_length=10,
                                verbose_name="媒介",
                            ),
                        ),
                        (
                            "carrier",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("grounds", "校园内"),
                                    ("textbook", "教材"),
                                    ("aid", "教辅"),
                                    ("exercise", "练习册"),
                                    ("stationery", "文具"),
                                    ("tool", "教具"),
                                    ("uniform", "校服"),
                                    ("bus", "校车"),
                                ],
                                max_length=12,
                                verbose_name="载体",
                            ),
                        ),
                        (
                            "nearness",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("inside", "校园内"),
                                    ("gate", "校门口"),
                                    ("near", "学校周边"),
                                    ("away", "远离学校"),
                                ],
                                max_length=8,
                                verbose_name="离学校",
                            ),
                        ),
                        (
                            "unit",
                            models.CharField(
                                choices=[
                                    ("place", "处"),
                                    ("face", "面"),
                                    ("board", "块"),
                                    ("sheet", "张"),
                                    ("firm", "家"),
                                ],
                                max_length=6,
                                verbose_name="计量单位",
                            ),
                        ),
                        (
                            "quantity",
                            models.PositiveIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(100000),
                                ],
                                verbose_name="数量",
                            ),
                        ),
                        ("at_least", models.BooleanField(default=False, verbose_name="余")),
                        (
                            "claims",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("teachers", "教师资质"),
                                        ("record", "执教履历"),
                                        ("effect", "培训效果"),
                                        ("strength", "机构实力"),
                                        ("reviews", "用户评价"),
                                        ("anxiety", "制造焦虑"),
                                    ],
                                    max_length=10,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="虚假宣传类别",
                            ),
                        ),
                        ("link", models.CharField(blank=True, max_length=500, verbose_name="链接")),
                        ("marks", models.JSONField(blank=True, default=list, verbose_name="标出的用语")),
                        (
                            "digest",
                            models.CharField(blank=True, editable=False, max_length=64, verbose_name="帖子摘要"),
                        ),
                        (
                            "clue",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="advert",
                                to="clues.clue",
                                verbose_name="线索",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "广告线索",
                        "verbose_name_plural": "广告线索",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "medium__in",
                                        [
                                            "account",
                                            "moments",
                                            "group",
                                            "video",
                                            "outdoor",
                                            "poster",
                                            "leaflet",
                                            "campus",
                                            "shop",
                                            "other",
                                        ],
                                    )
                                ),
                                name="sighting_medium_known",
                                violation_error_message="“medium”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "carrier__in",
                                        [
                                            "grounds",
                                            "textbook",
                                            "aid",
                                            "exercise",
                                            "stationery",
                                            "tool",
                                            "uniform",
                                            "bus",
                                            "",
                                        ],
                                    )
                                ),
                                name="sighting_carrier_known",
                                violation_error_message="“carrier”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("nearness__in", ["inside", "gate", "near", "away", ""])),
                                name="sighting_nearness_known",
                                violation_error_message="“nearness”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("unit__in", ["place", "face", "board", "sheet", "firm"])),
                                name="sighting_unit_known",
                                violation_error_message="“unit”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("quantity__range", (1, 100000))),
                                name="sighting_quantity_possible",
                                violation_error_message="数量须在1到100000之间。",
                            ),
                        ],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("digest", ""), _negated=True),
                                fields=["digest"],
                                name="sighting_by_digest",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TipMessage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("from_sender", models.BooleanField(verbose_name="反映人所写")),
                        ("body", foundation.core.ciphers.SealedTextField(max_length=1000, verbose_name="内容")),
                        ("sent_at", models.DateTimeField(verbose_name="时间")),
                        (
                            "clue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to="clues.clue",
                                verbose_name="线索",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="回复人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "反映往来",
                        "verbose_name_plural": "反映往来",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("from_sender", True), ("written_by__isnull", True)),
                                    models.Q(("from_sender", False), ("written_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="tip_message_of_one_side",
                                violation_error_message="回复必须有回复人，反映人所写不记名。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TipPhoto",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("path", models.CharField(max_length=200, verbose_name="存放位置")),
                        ("sha256", models.CharField(max_length=64, verbose_name="文件摘要")),
                        ("width", models.PositiveIntegerField(verbose_name="宽(像素)")),
                        ("height", models.PositiveIntegerField(verbose_name="高(像素)")),
                        (
                            "clue",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="clues.clue",
                                verbose_name="线索",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "反映照片",
                        "verbose_name_plural": "反映照片",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("path",),
                                name="tip_photo_path_once",
                                violation_error_message="照片的存放位置重复。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("height__gte", 1),
                                    ("width__gte", 1),
                                    ("sha256__regex", "^[0-9a-f]{64}$"),
                                    models.Q(("path", ""), _negated=True),
                                ),
                                name="tip_photo_whole",
                                violation_error_message="照片文件不完整。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Whistle",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=30, verbose_name="吹哨编号")),
                        ("address", models.CharField(max_length=200, verbose_name="地址")),
                        (
                            "subject",
                            models.CharField(
                                choices=[
                                    ("unlicensed", "无证办学"),
                                    ("disguised", "隐形变异"),
                                    ("hours", "违规时间或学科"),
                                    ("advert", "违规广告"),
                                    ("safety", "安全隐患"),
                                    ("fees", "收费退费"),
                                    ("other", "其他"),
                                ],
                                max_length=12,
                                verbose_name="问题类别",
                            ),
                        ),
                        ("words", foundation.core.ciphers.SealedTextField(max_length=1000, verbose_name="现场情况")),
                        ("raised_at", models.DateTimeField(verbose_name="吹哨时间")),
                        ("due_at", models.DateTimeField(verbose_name="报到时限")),
                        (
                            "state",
                            models.CharField(
                                choices=[("raised", "吹哨中"), ("ended", "已办结"), ("withdrawn", "已撤回")],
                                default="raised",
                                max_length=10,
                                verbose_name="状态",
                            ),
                        ),
                        ("state_at", models.DateTimeField(verbose_name="状态时间")),
                        (
                            "result",
                            foundation.core.ciphers.SealedTextField(
                                blank=True, max_length=1000, verbose_name="处置结果"
                            ),
                        ),
                        (
                            "division",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="regions.division",
                                verbose_name="所在乡镇(街道)或社区",
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
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="whistles",
                                to="accounts.organ",
                                verbose_name="吹哨单位",
                            ),
                        ),
                        (
                            "raised_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="吹哨人",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "吹哨报到",
                        "verbose_name_plural": "吹哨报到",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("number",), name="whistle_number_once", violation_error_message="编号重复。"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["raised", "ended", "withdrawn"])),
                                name="whistle_state_known",
                                violation_error_message="“state”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "subject__in",
                                        ["unlicensed", "disguised", "hours", "advert", "safety", "fees", "other"],
                                    )
                                ),
                                name="whistle_subject_known",
                                violation_error_message="“subject”的取值不在允许范围内。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("due_at__gt", models.F("raised_at"))),
                                name="whistle_due_later",
                                violation_error_message="报到时限必须晚于吹哨时间。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("result", ""), ("state", "raised")),
                                    models.Q(
                                        models.Q(("state", "raised"), _negated=True),
                                        models.Q(("result", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="whistle_ended_with_result",
                                violation_error_message="结束吹哨必须写明处置结果或撤回理由。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WhistleCall",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reported_at", models.DateTimeField(blank=True, null=True, verbose_name="报到时间")),
                        (
                            "organ",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="whistle_calls",
                                to="accounts.organ",
                                verbose_name="被吹哨部门",
                            ),
                        ),
                        (
                            "reported_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="报到人",
                            ),
                        ),
                        (
                            "whistle",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="calls",
                                to="clues.whistle",
                                verbose_name="吹哨",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "部门报到",
                        "verbose_name_plural": "部门报到",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("whistle", "organ"),
                                name="whistle_call_once",
                                violation_error_message="这个部门已经被吹哨。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reported_at__isnull", True), ("reported_by__isnull", True)),
                                    models.Q(("reported_at__isnull", False), ("reported_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="whistle_reported_by_somebody",
                                violation_error_message="报到必须有报到人。",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SealedSender",
                    fields=[
                        (
                            "clue",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="sealed_sender",
                                serialize=False,
                                to="clues.clue",
                                verbose_name="线索",
                            ),
                        ),
                        ("key", models.TextField(blank=True, verbose_name="密钥（已加密）")),
                        ("name", models.TextField(blank=True, verbose_name="姓名（已加密）")),
                        ("contact", models.TextField(blank=True, verbose_name="联系方式（已加密）")),
                        ("sealed_at", models.DateTimeField(verbose_name="密封时间")),
                        ("destroyed_at", models.DateTimeField(blank=True, null=True, verbose_name="销毁时间")),
                    ],
                    options={
                        "verbose_name": "密封的反映人",
                        "verbose_name_plural": "密封的反映人",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("destroyed_at__isnull", True),
                                        models.Q(("key", ""), _negated=True),
                                        models.Q(("contact", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("contact", ""), ("destroyed_at__isnull", False), ("key", ""), ("name", "")
                                    ),
                                    _connector="OR",
                                ),
                                name="sealed_sender_whole_or_gone",
                                violation_error_message="密封的反映人要么完整，要么已销毁。",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Tip",
                    fields=[
                        (
                            "clue",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="tip",
                                serialize=False,
                                to="clues.clue",
                                verbose_name="线索",
                            ),
                        ),
                        ("receipt", models.CharField(max_length=64, verbose_name="查询凭证摘要")),
                        ("notice_version", models.CharField(max_length=20, verbose_name="告知版本")),
                    ],
                    options={
                        "verbose_name": "网上反映",
                        "verbose_name_plural": "网上反映",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("receipt",),
                                name="tip_receipt_once",
                                violation_error_message="这份反映已经收到。",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("receipt__regex", "^[0-9a-f]{64}$")),
                                name="tip_receipt_hashed",
                                violation_error_message="查询凭证只保存摘要。",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
