import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from foundation.core.creation import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ('institutions', '0004_department_charges'),
        ('regions', '0002_places_of_fujian'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateModels([
        migrations.CreateModel(
            name='MaterialSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='material_sets', to='institutions.institution', verbose_name='机构')),
                ('title', models.CharField(max_length=120, verbose_name='材料名称')),
                ('edition', models.CharField(blank=True, max_length=40, verbose_name='版次')),
                ('subject', models.CharField(max_length=40, verbose_name='科目')),
                ('stage', models.CharField(choices=[('preschool', '学龄前(3-6岁)'), ('primary', '小学'), ('junior', '初中'), ('senior', '高中')], max_length=10, verbose_name='学段')),
                ('kind', models.CharField(choices=[('self_made', '自编'), ('published', '正式出版物')], max_length=10, verbose_name='编写方式')),
                ('isbn', models.CharField(blank=True, max_length=20, verbose_name='书号')),
                ('author', models.CharField(blank=True, max_length=80, verbose_name='编者或出版社')),
                ('state', models.CharField(choices=[('entered', '待内审'), ('inside', '待外审'), ('outside', '外审中'), ('returned', '退回修改'), ('refused', '审核不通过'), ('approved', '审核通过'), ('withdrawn', '已撤销')], default='entered', max_length=10, verbose_name='状态')),
                ('state_at', models.DateTimeField(verbose_name='状态时间')),
                ('inside_by', models.CharField(blank=True, max_length=60, verbose_name='内审人')),
                ('inside_on', models.DateField(blank=True, null=True, verbose_name='内审日期')),
                ('inside_note', models.CharField(blank=True, max_length=300, verbose_name='内审结论')),
                ('number', models.CharField(blank=True, default=None, max_length=40, null=True, verbose_name='备案号')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='有效期起')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='有效期至')),
                ('registered_on', models.DateField(verbose_name='登记日期')),
            ],
            options={
                'verbose_name': '培训材料',
                'verbose_name_plural': '培训材料',
                'indexes': [models.Index(fields=['institution', 'state'], name='material_set_by_institution')],
                'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', ['preschool', 'primary', 'junior', 'senior'])), name='material_set_stage_known', violation_error_message='“stage”的取值不在允许范围内。'), models.CheckConstraint(condition=models.Q(('kind__in', ['self_made', 'published'])), name='material_set_kind_known', violation_error_message='“kind”的取值不在允许范围内。'), models.CheckConstraint(condition=models.Q(('state__in', ['entered', 'inside', 'outside', 'returned', 'refused', 'approved', 'withdrawn'])), name='material_set_state_known', violation_error_message='“state”的取值不在允许范围内。'), models.UniqueConstraint(fields=('institution', 'title', 'edition'), name='material_set_once', violation_error_message='该机构已登记同名同版次的材料。'), models.UniqueConstraint(fields=('number',), name='material_set_number_once', violation_error_message='备案号重复。'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'published'), _negated=True), models.Q(('isbn', ''), _negated=True), _connector='OR'), name='material_set_published_has_isbn', violation_error_message='正式出版物必须填写书号。'), models.CheckConstraint(condition=models.Q(('state__in', ['entered', 'returned']), models.Q(models.Q(('inside_by', ''), _negated=True), ('inside_on__isnull', False)), _connector='OR'), name='material_set_inside_first', violation_error_message='送外审前必须登记内审人和内审日期。'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), models.Q(('number__isnull', False), ('valid_from__isnull', False), ('valid_to__isnull', False)), _connector='OR'), name='material_set_approved_is_filed', violation_error_message='审核通过的材料必须有备案号和有效期。'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='material_set_validity', violation_error_message='有效期止不能早于有效期起。')],
            },
        ),
        migrations.CreateModel(
            name='Reviewer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='regions.jurisdiction', verbose_name='聘任地区')),
                ('name', models.CharField(max_length=60, verbose_name='姓名')),
                ('workplace', models.CharField(max_length=120, verbose_name='工作单位')),
                ('subjects', models.CharField(max_length=120, verbose_name='审核科目')),
                ('since', models.DateField(verbose_name='任期起')),
                ('until', models.DateField(verbose_name='任期止')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='提前终止日期')),
            ],
            options={
                'verbose_name': '材料审核人员',
                'verbose_name_plural': '材料审核队伍',
                'constraints': [models.UniqueConstraint(fields=('jurisdiction', 'name', 'workplace', 'since'), name='material_reviewer_once', violation_error_message='该人员的这一任期已经登记。'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('since')), _connector='OR'), name='material_reviewer_term', violation_error_message='任期止不能早于任期起。')],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('material', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='materials.materialset', verbose_name='培训材料')),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='materials.reviewer', verbose_name='第一审核人')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='materials.reviewer', verbose_name='第二审核人')),
                ('sent_on', models.DateField(verbose_name='送审日期')),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='送审人')),
                ('verdict', models.CharField(blank=True, choices=[('approve', '同意使用'), ('return', '修改后再审'), ('refuse', '不同意使用')], max_length=10, verbose_name='审核结论')),
                ('points', models.TextField(blank=True, max_length=2000, verbose_name='意见')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='结论日期')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审定人')),
                ('number', models.CharField(blank=True, max_length=40, verbose_name='备案号')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='有效期至')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='撤销日期')),
            ],
            options={
                'verbose_name': '材料外审',
                'verbose_name_plural': '材料外审',
                'indexes': [models.Index(fields=['decided_on', 'material'], name='material_review_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('verdict__in', ['approve', 'return', 'refuse', ''])), name='material_review_verdict_known', violation_error_message='“verdict”的取值不在允许范围内。'), models.UniqueConstraint(condition=models.Q(('verdict', '')), fields=('material',), name='material_review_open_once', violation_error_message='这套材料正在外审。'), models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('number',), name='material_review_number_once', violation_error_message='备案号重复。'), models.CheckConstraint(condition=models.Q(('first', models.F('second')), _negated=True), name='material_review_two_reviewers', violation_error_message='外审须由两名不同的审核人员进行。'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('sent_by')), _negated=True), _connector='OR'), name='material_review_two_persons', violation_error_message='送审人不能审定同一套材料。'), models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', True), ('decided_on__isnull', True), ('verdict', '')), models.Q(models.Q(('verdict', ''), _negated=True), ('decided_by__isnull', False), ('decided_on__isnull', False)), _connector='OR'), name='material_review_decided_by_someone', violation_error_message='审核结论必须有日期和审定人。')],
            },
        ),
        migrations.CreateModel(
            name='Opinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opinions', to='materials.review', verbose_name='材料外审')),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opinions', to='materials.reviewer', verbose_name='审核人')),
                ('verdict', models.CharField(choices=[('approve', '同意使用'), ('return', '修改后再审'), ('refuse', '不同意使用')], max_length=10, verbose_name='意见')),
                ('points', models.TextField(blank=True, max_length=2000, verbose_name='具体问题')),
                ('given_on', models.DateField(verbose_name='意见日期')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
            ],
            options={
                'verbose_name': '外审意见',
                'verbose_name_plural': '外审意见',
                'constraints': [models.CheckConstraint(condition=models.Q(('verdict__in', ['approve', 'return', 'refuse'])), name='material_opinion_verdict_known', violation_error_message='“verdict”的取值不在允许范围内。'), models.UniqueConstraint(fields=('review', 'reviewer'), name='material_opinion_once', violation_error_message='这名审核人的意见已经登记。'), models.CheckConstraint(condition=models.Q(('verdict', 'approve'), models.Q(('points', ''), _negated=True), _connector='OR'), name='material_opinion_says_why', violation_error_message='不同意使用或修改后再审的，须写明具体问题。')],
            },
        ),
        migrations.CreateModel(
            name='MaterialUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('training_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='material_uses', to='institutions.trainingclass', verbose_name='班级')),
                ('material', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='materials.materialset', verbose_name='培训材料')),
                ('since', models.DateField(verbose_name='开始使用')),
                ('source', models.CharField(choices=[('told', '机构报告'), ('seen', '现场发现'), ('tip', '群众反映'), ('papers', '查阅资料')], max_length=10, verbose_name='来源')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='说明')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('stopped_on', models.DateField(blank=True, null=True, verbose_name='停用日期')),
                ('stop_reason', models.CharField(blank=True, max_length=300, verbose_name='停用事由')),
            ],
            options={
                'verbose_name': '班级用材料',
                'verbose_name_plural': '班级用材料',
                'indexes': [models.Index(fields=['material', 'stopped_on'], name='material_use_by_set')],
                'constraints': [models.CheckConstraint(condition=models.Q(('source__in', ['told', 'seen', 'tip', 'papers'])), name='material_use_source_known', violation_error_message='“source”的取值不在允许范围内。'), models.UniqueConstraint(condition=models.Q(('stopped_on__isnull', True)), fields=('training_class', 'material'), name='material_use_open_once', violation_error_message='这个班级已登记使用这套材料。'), models.CheckConstraint(condition=models.Q(('stopped_on__isnull', True), models.Q(('stop_reason', ''), _negated=True), _connector='OR'), name='material_use_stopped_why', violation_error_message='停用须写明事由。'), models.CheckConstraint(condition=models.Q(('stopped_on__isnull', True), ('stopped_on__gte', models.F('since')), _connector='OR'), name='material_use_days', violation_error_message='停用日期不能早于开始使用日期。')],
            },
        ),
        migrations.CreateModel(
            name='UseAlarm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('training_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='material_alarms', to='institutions.trainingclass', verbose_name='班级')),
                ('material', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='alarms', to='materials.materialset', verbose_name='培训材料')),
                ('cause', models.CharField(choices=[('unapproved', '未经审核'), ('withdrawn', '审核已撤销'), ('expired', '审核已过期')], max_length=10, verbose_name='原因')),
                ('source', models.CharField(choices=[('told', '机构报告'), ('seen', '现场发现'), ('tip', '群众反映'), ('papers', '查阅资料')], max_length=10, verbose_name='来源')),
                ('opened_on', models.DateField(verbose_name='发现日期')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='解除日期')),
                ('closing', models.CharField(blank=True, choices=[('stopped', '已停用'), ('approved', '已通过审核')], max_length=10, verbose_name='解除原因')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='解除说明')),
            ],
            options={
                'verbose_name': '未审先用警示',
                'verbose_name_plural': '未审先用警示',
                'constraints': [models.CheckConstraint(condition=models.Q(('cause__in', ['unapproved', 'withdrawn', 'expired'])), name='material_alarm_cause_known', violation_error_message='“cause”的取值不在允许范围内。'), models.CheckConstraint(condition=models.Q(('source__in', ['told', 'seen', 'tip', 'papers'])), name='material_alarm_source_known', violation_error_message='“source”的取值不在允许范围内。'), models.CheckConstraint(condition=models.Q(('closing__in', ['stopped', 'approved', ''])), name='material_alarm_closing_known', violation_error_message='“closing”的取值不在允许范围内。'), models.UniqueConstraint(condition=models.Q(('closed_on__isnull', True)), fields=('training_class', 'material'), name='material_alarm_open_once', violation_error_message='这个班级和这套材料已有未解除的警示。'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', True), ('closing', ''), ('reason', '')), models.Q(('closed_on__isnull', False), models.Q(('closing', ''), _negated=True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='material_alarm_closed_with_reason', violation_error_message='解除警示须有日期、原因和说明。'), models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='material_alarm_days', violation_error_message='解除日期不能早于发现日期。')],
            },
        ),
    ])]
