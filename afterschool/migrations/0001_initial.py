from django.conf import settings
from django.db import migrations, models
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import foundation.accounts.models

from foundation.core.creation import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("institutions", "0001_initial"),
        ("regions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels([
        migrations.CreateModel(
            name='Term',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年份')),
                ('season', models.CharField(choices=[('spring', '春季'), ('autumn', '秋季')], max_length=10, verbose_name='季')),
                ('starts_on', models.DateField(verbose_name='开始日期')),
                ('ends_on', models.DateField(verbose_name='结束日期')),
                ('recorded_at', models.DateTimeField(verbose_name='登记时间')),
            ],
            options={
                'verbose_name': '学期',
                'verbose_name_plural': '学期',
                'constraints': [models.CheckConstraint(condition=models.Q(('season__in', ['spring', 'autumn'])), name='term_season_known', violation_error_message='“season”的取值不在允许范围内。'), models.UniqueConstraint(fields=('year', 'season'), name='term_once', violation_error_message='这个学期已经登记。'), models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='term_ordered', violation_error_message='学期的结束日期应晚于开始日期。'), models.CheckConstraint(condition=models.Q(('year', models.F('starts_on__year'))), name='term_named_by_its_year', violation_error_message='学期的年份是开始日期的年份。'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(foundation.accounts.models.DateRange('starts_on', 'ends_on', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='term_no_overlap', violation_error_message='与另一个学期的日期重叠。')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Block',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='regions.jurisdiction', verbose_name='管辖单位')),
                ('kind', models.CharField(choices=[('basic', '基本服务'), ('elective', '兴趣课程')], max_length=10, verbose_name='类别')),
                ('name', models.CharField(max_length=40, verbose_name='服务内容')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='停用日期')),
            ],
            options={
                'verbose_name': '服务内容',
                'verbose_name_plural': '服务内容(2+N)',
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['basic', 'elective'])), name='block_kind_known', violation_error_message='“kind”的取值不在允许范围内。'), models.UniqueConstraint(fields=('jurisdiction', 'name'), name='block_name_once', violation_error_message='本单位已有同名的服务内容。'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='block_has_name', violation_error_message='请填写服务内容的名称。')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Provider',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='regions.jurisdiction', verbose_name='遴选单位')),
                ('kind', models.CharField(choices=[('institution', '校外培训机构'), ('social', '社会组织')], max_length=12, verbose_name='种类')),
                ('institution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='afterschool_providers', to='institutions.institution', verbose_name='名录中的机构')),
                ('name', models.CharField(max_length=120, verbose_name='名称')),
                ('credit_code', models.CharField(max_length=18, verbose_name='统一社会信用代码')),
                ('services', models.CharField(blank=True, max_length=200, verbose_name='服务内容')),
                ('added_at', models.DateTimeField(verbose_name='登记时间')),
            ],
            options={
                'verbose_name': '服务机构',
                'verbose_name_plural': '服务机构',
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['institution', 'social'])), name='provider_kind_known', violation_error_message='“kind”的取值不在允许范围内。'), models.CheckConstraint(condition=models.Q(('kind', 'institution'), ('institution__isnull', True), _connector='XOR'), name='provider_institution_named', violation_error_message='校外培训机构应从名录中选择，社会组织不选。'), models.UniqueConstraint(fields=('jurisdiction', 'credit_code'), name='provider_code_once', violation_error_message='本单位已登记这个统一社会信用代码的服务机构。'), models.UniqueConstraint(fields=('jurisdiction', 'institution'), name='provider_institution_once', violation_error_message='本单位已登记这家机构。'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('credit_code', ''), _negated=True)), name='provider_has_name', violation_error_message='请填写名称和统一社会信用代码。')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='SelectionRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='regions.jurisdiction', verbose_name='遴选单位')),
                ('name', models.CharField(max_length=80, verbose_name='批次')),
                ('selected_on', models.DateField(verbose_name='遴选日期')),
                ('basis', models.CharField(blank=True, max_length=120, verbose_name='依据文件')),
                ('recorded_at', models.DateTimeField(verbose_name='登记时间')),
            ],
            options={
                'verbose_name': '遴选批次',
                'verbose_name_plural': '遴选批次',
                'constraints': [models.UniqueConstraint(fields=('jurisdiction', 'name'), name='selection_round_name_once', violation_error_message='本单位已有同名的遴选批次。'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='selection_round_has_name', violation_error_message='请填写批次名称。')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Selection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state_at', models.DateTimeField(verbose_name='状态时间')),
                ('reason', models.CharField(max_length=300, verbose_name='理由')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提请人')),
                ('proposed_at', models.DateTimeField(verbose_name='提请时间')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审核人')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='审核时间')),
                ('remark', models.CharField(blank=True, max_length=300, verbose_name='审核意见')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='selections', to='afterschool.provider', verbose_name='服务机构')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='selections', to='afterschool.selectionround', verbose_name='遴选批次')),
                ('state', models.CharField(choices=[('proposed', '待审核'), ('approved', '入选'), ('refused', '未入选'), ('ended', '已退出')], default='proposed', max_length=10, verbose_name='状态')),
                ('starts_on', models.DateField(verbose_name='有效期起')),
                ('ends_on', models.DateField(verbose_name='有效期止')),
                ('doubts', models.CharField(blank=True, max_length=300, verbose_name='提醒')),
                ('overruled', models.CharField(blank=True, max_length=300, verbose_name='仍然提请的理由')),
                ('exited_on', models.DateField(blank=True, null=True, verbose_name='退出日期')),
                ('exited_at', models.DateTimeField(blank=True, null=True, verbose_name='退出登记时间')),
                ('exited_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='退出登记人')),
                ('exit_reason', models.CharField(blank=True, max_length=300, verbose_name='退出理由')),
            ],
            options={
                'verbose_name': '遴选',
                'verbose_name_plural': '遴选',
                'indexes': [models.Index(fields=['provider', 'starts_on', 'ends_on'], name='selection_by_days')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'approved', 'refused', 'ended'])), name='selection_state_known', violation_error_message='“state”的取值不在允许范围内。'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='selection_two_persons', violation_error_message='须由另一人审核，不能审核自己提请的事项。'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'proposed'), ('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(models.Q(('state', 'proposed'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='selection_decided_by_somebody', violation_error_message='审核须有审核人和时间。'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='selection_has_reason', violation_error_message='请填写理由。'), models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('provider',), name='selection_one_open', violation_error_message='该服务机构已有一项待审核的提请。'), models.UniqueConstraint(condition=models.Q(('state', 'refused'), _negated=True), fields=('provider', 'round'), name='selection_once_a_round', violation_error_message='该服务机构已在这个批次中。'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='selection_period_ordered', violation_error_message='有效期止不能早于有效期起。'), models.CheckConstraint(condition=models.Q(('doubts', ''), models.Q(('overruled', ''), _negated=True), _connector='OR'), name='selection_doubt_overruled', violation_error_message='有提醒的，请写明仍然提请的理由。'), models.CheckConstraint(condition=models.Q(models.Q(('exited_at__isnull', False), ('exited_on__isnull', False), ('state', 'ended'), ('exited_by__isnull', False), ('exited_on__gte', models.F('starts_on')), models.Q(('exit_reason', ''), _negated=True)), models.Q(models.Q(('state', 'ended'), _negated=True), ('exit_reason', ''), ('exited_at__isnull', True), ('exited_by__isnull', True), ('exited_on__isnull', True)), _connector='OR'), name='selection_exit_has_reason', violation_error_message='退出须写明日期和理由，且不早于有效期起。')],
            },
        ),
        migrations.CreateModel(
            name='Offering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offerings', to='regions.school', verbose_name='学校')),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offerings', to='afterschool.term', verbose_name='学期')),
                ('block', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offerings', to='afterschool.block', verbose_name='服务内容')),
                ('title', models.CharField(blank=True, max_length=60, verbose_name='课程名称')),
                ('carrier', models.CharField(choices=[('school', '本校'), ('third_party', '第三方机构')], max_length=12, verbose_name='承担方')),
                ('provider', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='offerings', to='afterschool.provider', verbose_name='服务机构')),
                ('lessons', models.PositiveSmallIntegerField(verbose_name='课时数')),
                ('fee_fen', models.PositiveIntegerField(default=0, verbose_name='每课时收费')),
                ('recorded_at', models.DateTimeField(verbose_name='登记时间')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('voided_at', models.DateTimeField(blank=True, null=True, verbose_name='作废时间')),
                ('void_reason', models.CharField(blank=True, max_length=300, verbose_name='作废理由')),
            ],
            options={
                'verbose_name': '学校开设',
                'verbose_name_plural': '学校开设',
                'constraints': [models.CheckConstraint(condition=models.Q(('carrier__in', ['school', 'third_party'])), name='offering_carrier_known', violation_error_message='“carrier”的取值不在允许范围内。'), models.UniqueConstraint(condition=models.Q(('voided_at__isnull', True)), fields=('school', 'term', 'block', 'title'), name='offering_once', violation_error_message='该学校本学期已登记这项服务内容的同名课程。'), models.CheckConstraint(condition=models.Q(('carrier', 'third_party'), ('provider__isnull', True), _connector='XOR'), name='offering_third_party_named', violation_error_message='由第三方机构承担的应选择服务机构，由本校承担的不选。'), models.CheckConstraint(condition=models.Q(('lessons__gte', 1)), name='offering_has_lessons', violation_error_message='课时数应大于0。'), models.CheckConstraint(condition=models.Q(models.Q(('void_reason', ''), ('voided_at__isnull', True)), models.Q(('voided_at__isnull', False), models.Q(('void_reason', ''), _negated=True)), _connector='OR'), name='offering_void_has_reason', violation_error_message='作废须写明理由。')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Participation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effective_on', models.DateField(verbose_name='生效日期')),
                ('recorded_at', models.DateTimeField(verbose_name='登记时间')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='afterschool.participation', verbose_name='更正的记录')),
                ('withdrawn', models.BooleanField(default=False, verbose_name='撤销')),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participation', to='regions.school', verbose_name='学校')),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participation', to='afterschool.term', verbose_name='学期')),
                ('grade', models.PositiveSmallIntegerField(choices=[(1, '一年级'), (2, '二年级'), (3, '三年级'), (4, '四年级'), (5, '五年级'), (6, '六年级'), (7, '七年级'), (8, '八年级'), (9, '九年级')], verbose_name='年级')),
                ('enrolled', models.PositiveIntegerField(verbose_name='在校学生(人)')),
                ('joined', models.PositiveIntegerField(verbose_name='自愿参加(人)')),
                ('exempt_hardship', models.PositiveIntegerField(default=0, verbose_name='免收：家庭经济困难(人)')),
                ('exempt_boarding', models.PositiveIntegerField(default=0, verbose_name='免收：寄宿生(人)')),
                ('exempt_other', models.PositiveIntegerField(default=0, verbose_name='免收：其他(人)')),
                ('subsidy_fen', models.PositiveBigIntegerField(default=0, verbose_name='财政补助')),
                ('paid_fen', models.PositiveBigIntegerField(default=0, verbose_name='家长缴费')),
                ('days_per_week', models.PositiveSmallIntegerField(default=5, verbose_name='每周天数')),
                ('minutes_per_day', models.PositiveSmallIntegerField(default=120, verbose_name='每天时长(分钟)')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='更正理由')),
            ],
            options={
                'verbose_name': '参与情况',
                'verbose_name_plural': '参与情况',
                'indexes': [models.Index(fields=['school', 'term', 'grade', '-effective_on', '-recorded_at'], name='participation_chain'), models.Index(fields=['term', 'school'], name='participation_by_term')],
                'constraints': [models.CheckConstraint(condition=models.Q(('grade__in', [1, 2, 3, 4, 5, 6, 7, 8, 9])), name='participation_grade_known', violation_error_message='年级应为一年级至九年级。'), models.CheckConstraint(condition=models.Q(('joined__lte', models.F('enrolled'))), name='participation_joined_of_enrolled', violation_error_message='自愿参加人数不能多于在校学生数。'), models.CheckConstraint(condition=models.Q(('joined__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('exempt_hardship'), '+', models.F('exempt_boarding')), '+', models.F('exempt_other')))), name='participation_exempt_of_joined', violation_error_message='免收人数合计不能多于自愿参加人数。'), models.CheckConstraint(condition=models.Q(('joined__gt', 0), models.Q(('paid_fen', 0), ('subsidy_fen', 0)), _connector='OR'), name='participation_money_of_joined', violation_error_message='没有学生参加的，不能有财政补助和家长缴费。'), models.CheckConstraint(condition=models.Q(('days_per_week__lte', 7), ('minutes_per_day__lte', 360)), name='participation_hours_sane', violation_error_message='每周天数应不超过7天，每天时长应不超过360分钟。'), models.CheckConstraint(condition=models.Q(('withdrawn', False), ('replaces__isnull', False), _connector='OR'), name='participation_withdrawal_replaces', violation_error_message='撤销必须指明所撤销的记录。')],
            },
        ),
        ]),
    ]

