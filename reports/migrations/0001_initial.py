import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from foundation.core.creation import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('regions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels([migrations.CreateModel(
            name='RatioStyle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, verbose_name='指标代码')),
                ('label', models.CharField(max_length=60, verbose_name='指标')),
                ('places', models.PositiveSmallIntegerField(verbose_name='小数位数')),
                ('rounding', models.CharField(choices=[('truncate', '去尾'), ('half_up', '四舍五入')], max_length=10, verbose_name='取舍')),
                ('reason', models.CharField(max_length=300, verbose_name='理由')),
                ('set_at', models.DateTimeField(verbose_name='设定时间')),
                ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='regions.jurisdiction', verbose_name='适用地区')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='设定人')),
            ],
            options={
                'verbose_name': '指标取舍',
                'verbose_name_plural': '指标取舍',
                'indexes': [models.Index(fields=['jurisdiction', 'code', '-set_at'], name='ratio_style_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('rounding__in', ['truncate', 'half_up'])), name='ratio_style_rounding_known', violation_error_message='“rounding”的取值不在允许范围内。'), models.CheckConstraint(condition=models.Q(('places__lte', 4)), name='ratio_style_places_few', violation_error_message='小数位数须在0到4之间。'), models.CheckConstraint(condition=models.Q(models.Q(('code', ''), _negated=True), models.Q(('label', ''), _negated=True), models.Q(('reason', ''), _negated=True)), name='ratio_style_says_why', violation_error_message='须写明指标和理由。')],
            },
        )]),
    ]
