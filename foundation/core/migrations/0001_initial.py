from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='OutboxMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=80, verbose_name='种类')),
                ('payload', models.JSONField(default=dict, verbose_name='内容')),
                ('key', models.CharField(blank=True, max_length=200, null=True, verbose_name='唯一键')),
                ('created_at', models.DateTimeField(verbose_name='产生时间')),
                ('due_at', models.DateTimeField(verbose_name='应办时间')),
                ('state', models.CharField(choices=[('due', '待发'), ('claimed', '发送中'), ('done', '已完成'), ('dead', '已停止')], default='due', max_length=10, verbose_name='状态')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='次数')),
                ('claimed_until', models.DateTimeField(blank=True, null=True, verbose_name='占用至')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='完成时间')),
                ('last_error', models.TextField(blank=True, verbose_name='最近错误')),
            ],
            options={
                'verbose_name': '待发事项',
                'verbose_name_plural': '待发事项',
                'indexes': [models.Index(condition=models.Q(('state__in', ['due', 'claimed'])), fields=['due_at', 'id'], name='outbox_open_by_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['due', 'claimed', 'done', 'dead'])), name='outbox_state_known', violation_error_message='“state”的取值不在允许范围内。'), models.UniqueConstraint(fields=('key',), name='outbox_key_once', violation_error_message='该事项已登记。'), models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', False), ('state', 'done')), models.Q(models.Q(('state', 'done'), _negated=True), ('done_at__isnull', True)), _connector='OR'), name='outbox_done_has_time', violation_error_message='已完成的事项必须有完成时间。')],
            },
        ),
    ]
