import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from foundation.core.creation import CreateModels


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ('accounts', '0002_append_only'),
        ('regions', '0002_places_of_fujian'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [CreateModels([
        migrations.CreateModel(
            name='Outreach',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.jurisdiction', verbose_name='地区')),
                ('organ', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organ', verbose_name='登记单位')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('happened_on', models.DateField(verbose_name='日期')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('recorded_at', models.DateTimeField(verbose_name='登记时间')),
                ('voided_at', models.DateTimeField(blank=True, null=True, verbose_name='作废时间')),
                ('channel', models.CharField(choices=[('media', '媒体'), ('door', '入户'), ('push', '推送'), ('home_visit', '家访'), ('account', '公众号')], max_length=12, verbose_name='渠道')),
                ('place', models.CharField(blank=True, max_length=120, verbose_name='地点或载体')),
                ('audience', models.PositiveIntegerField(blank=True, null=True, verbose_name='受众(人次)')),
                ('at_least', models.BooleanField(default=False, verbose_name='受众为约数(余)')),
                ('link', models.URLField(blank=True, max_length=300, verbose_name='链接')),
            ],
            options={
                'verbose_name': '宣传记录',
                'verbose_name_plural': '宣传记录',
                'indexes': [models.Index(fields=['jurisdiction', '-happened_on'], name='outreach_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('channel__in', ['media', 'door', 'push', 'home_visit', 'account'])), name='outreach_channel_known', violation_error_message='“channel”的取值不在允许范围内。'), models.CheckConstraint(condition=models.Q(('at_least', False), ('audience__isnull', False), _connector='OR'), name='outreach_lower_bound_of_something', violation_error_message='约数须写明人次。')],
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.jurisdiction', verbose_name='地区')),
                ('organ', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organ', verbose_name='登记单位')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('happened_on', models.DateField(verbose_name='日期')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('recorded_at', models.DateTimeField(verbose_name='登记时间')),
                ('voided_at', models.DateTimeField(blank=True, null=True, verbose_name='作废时间')),
                ('kind', models.CharField(choices=[('symposium', '座谈会'), ('promotion', '推进会'), ('joint', '联席会议'), ('other', '其他会议')], max_length=12, verbose_name='种类')),
                ('organiser', models.CharField(max_length=120, verbose_name='召集单位')),
                ('attendees', models.JSONField(verbose_name='参加单位')),
                ('topics', models.TextField(max_length=2000, verbose_name='议题')),
                ('decisions', models.TextField(blank=True, max_length=3000, verbose_name='议定事项')),
            ],
            options={
                'verbose_name': '会议座谈',
                'verbose_name_plural': '会议座谈',
                'indexes': [models.Index(fields=['jurisdiction', '-happened_on'], name='meeting_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['symposium', 'promotion', 'joint', 'other'])), name='meeting_kind_known', violation_error_message='“kind”的取值不在允许范围内。')],
            },
        ),
        migrations.CreateModel(
            name='Honour',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.jurisdiction', verbose_name='地区')),
                ('organ', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organ', verbose_name='登记单位')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('happened_on', models.DateField(verbose_name='日期')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('recorded_at', models.DateTimeField(verbose_name='登记时间')),
                ('voided_at', models.DateTimeField(blank=True, null=True, verbose_name='作废时间')),
                ('giver', models.CharField(max_length=120, verbose_name='授予单位')),
                ('document', models.CharField(blank=True, max_length=200, verbose_name='文件')),
            ],
            options={
                'verbose_name': '荣誉',
                'verbose_name_plural': '荣誉',
                'indexes': [models.Index(fields=['jurisdiction', '-happened_on'], name='honour_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('giver', ''), _negated=True), name='honour_has_giver', violation_error_message='请填写授予单位。')],
            },
        ),
    ])]
